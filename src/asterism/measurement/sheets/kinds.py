"""The kinds of tables a return is reckoned from: their columns, units, meanings, and what else they are called."""

from dataclasses import dataclass
from typing import Final

from asterism.creators.schema import COUNT, FLAG, NUMBER, PLATFORMS, TEXT, TIME, Field
from asterism.measurement.delivered import ORIGINS


@dataclass(frozen=True, slots=True)
class Column:
    """A column with other headers it is known by; a `strict` one refuses the whole row where it cannot be read."""

    field: Field
    words: str = ""
    strict: bool = False

    @property
    def name(self) -> str:
        """The field's name."""
        return self.field.name


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of table; every row needs one of each group of `needs`, the header one of each of `heads` too."""

    name: str
    columns: tuple[Column, ...]
    needs: tuple[tuple[str, ...], ...] = ()
    heads: tuple[tuple[str, ...], ...] = ()

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)


def _text(name: str, meaning: str, words: str = "") -> Column:
    return Column(Field(name, TEXT, "text", meaning), words)


def _time(name: str, meaning: str, words: str = "", strict: bool = False) -> Column:
    return Column(Field(name, TIME, "time", meaning), words, strict)


def _money(name: str, meaning: str, words: str = "") -> Column:
    return Column(Field(name, NUMBER, "money", meaning, low=0), words, strict=True)


def _count(name: str, meaning: str, words: str = "") -> Column:
    return Column(Field(name, COUNT, "count", meaning, low=0), words)


_CREATOR: Final = Column(
    Field("creator_id", TEXT, "id", "the creator; the handle in lower case where there is no id"),
    "creator, influencer, influencer id, username, channel, account, partner name, influencerin, createur, creatrice, "
    "influenceur, influenceuse, creador, creadora, influenciador",
)
_HANDLE: Final = Column(
    Field("handle", TEXT, "name", "the name behind the @"),
    "instagram handle, tiktok handle, name, nutzername, profil, compte, pseudo, nom, usuario, cuenta, perfil, nombre",
)
_CAMPAIGN: Final = _text("campaign", "the campaign", "campaign name, campaign id, kampagne, campagne, campana, project")
_PLATFORM: Final = Column(
    Field("platform", TEXT, "name", "where it was published", choices=PLATFORMS),
    "network, social network, netzwerk, plattform, reseau, reseau social, plateforme, red, red social, plataforma",
)
_TIER: Final = _text("tier", "the creator's tier", "size, segment, category, stufe, grosse, taille, tamano")
_PHASE: Final = _text("phase", "the phase of the campaign", "stage, flight, wave, etappe, welle, etape, fase, etapa")
_FOLLOWERS: Final = _count(
    "followers",
    "followers: the tier is read from them where none is given",
    "follower, follower count, subscribers, fans, abonnenten, abonnes, seguidores",
)
_CURRENCY: Final = Column(
    Field("currency", TEXT, "ISO 4217", "the currency of the row's amounts"),
    "ccy, wahrung, devise, monnaie, moneda, divisa",
    strict=True,
)
_PARTNER: Final = _text(
    "partner",
    "whose it is: a deal's key, creator or handle",
    "deal, collaboration, creator, creator id, influencer, handle, kooperation, createur, influenceur, creador",
)
_FIGURES: Final = (
    _count("impressions", "times the posts were shown", "impr, imps, impressionen, impresiones"),
    _count("views", "times they were watched", "plays, video views, aufrufe, vues, vistas, visualizaciones"),
    _count(
        "reach", "people reached by its posts together", "people reached, accounts reached, reichweite, portee, alcance"
    ),
    _count(
        "engagements",
        "likes, comments, shares and saves",
        "engagement, interactions, total engagements, interaktionen, interacciones",
    ),
    _count("clicks", "clicks of persons", "link clicks, klicks, clics"),
    _count("auto_initiated", "views that started by themselves: counted apart", "autoplay, auto initiated impressions"),
    _count("filtered_invalid", "clicks or views that were no person's: counted apart", "invalid, ivt, bots, filtered"),
    _count("posts", "how many posts it was", "deliverables, content pieces, beitrage, publications, publicaciones"),
    Column(
        Field("origin", TEXT, "word", "who says so: measured, creator or modelled", choices=ORIGINS), "figures from"
    ),
)

DEALS: Final = Kind(
    "deals",
    (
        _text("key", "the collaboration; the creator where not given", "deal, deal id, collaboration, id"),
        _CREATOR, _HANDLE, _CAMPAIGN, _PLATFORM, _TIER, _PHASE, _FOLLOWERS,
        _money("fee", "the fee", "cost, spend, spent, price, total cost, paid, amount, honorar, gage, vergutung, "
               "kosten, betrag, preis, cachet, honoraires, remuneration, cout, prix, montant, honorarios, coste, "
               "costo, precio, tarifa, importe"),
        _money("product", "what the product sent was worth", "product cost, product value, gift, goods, seeding, "
               "produkt, produktwert, warenwert, produit, valeur du produit, producto, valor del producto"),
        _money("shipping", "what sending it cost", "shipping cost, postage, versand, versandkosten, livraison, "
               "frais de port, envio, gastos de envio"),
        _money("usage_rights", "rights to use the posts", "usage, usage fee, rights, licence, license, buyout, "
               "nutzungsrechte, droits, droits d'utilisation, derechos, derechos de uso"),
        _money("boost", "advertising with the posts", "boosting, paid boost, paid media, ad spend, whitelisting"),
        _money("hours_cost", "own time, as money", "own time, cost of hours, time cost, handling, labour, labor"),
        Column(Field("hours", NUMBER, "hours", "own time; needs hourly_rate", low=0), "stunden, heures, horas",
               strict=True),
        _money("hourly_rate", "what an hour costs", "rate per hour, cost per hour, stundensatz, taux horaire, "
               "tarifa por hora"),
        _money("platform_fee", "fees of tools, platforms and agencies", "tool fee, agency fee, service fee, "
               "agenturkosten, frais d'agence, comision"),
        _money("other", "anything else", "other costs, extras, travel, sonstiges, autres, autres frais, otros, "
               "otros gastos"),
        _CURRENCY,
        _time("date", "when it was paid: the day whose rate converts it", "paid at, invoice date, start, datum, "
              "rechnungsdatum, date de facture, fecha, fecha de factura"),
        _text("code", "the creator's promo code", "promo code, discount code, coupon, coupon code, gutschein, "
              "gutscheincode, rabattcode, code promo, code de reduction, codigo, codigo promocional, "
              "codigo de descuento, cupon"),
        *_FIGURES,
    ),
    heads=(("creator_id", "handle", "key"),),
)  # fmt: skip
"""A row per collaboration; a row that names nobody is a cost of the campaign itself."""
ORDERS: Final = Kind(
    "orders",
    (
        _text("key", "the order", "order, order id, order number, order no, id, name, bestellnummer, bestell nr, "
              "bestellung, auftragsnummer, commande, numero de commande, no de commande, n de commande, pedido, "
              "numero de pedido"),
        _time("at", "when it was placed", "created at, date, order date, placed at, time, paid at, date created, "
              "datum, bestelldatum, bestellt am, date de commande, fecha, fecha de pedido, fecha del pedido", True),
        _money("amount", "after discounts, without tax and shipping", "subtotal, net, net amount, revenue, "
               "order value, value, sales, total, umsatz, netto, nettobetrag, bestellwert, betrag, "
               "montant ht, montant, sous total, importe neto, importe"),
        _CURRENCY,
        _text("codes", "promo codes used, with commas between", "code, discount code, discount codes, "
              "coupon, coupon code, coupons, promo code, voucher, rabattcode, gutschein, gutscheincode, "
              "code promo, code de reduction, codigo, codigo promocional, codigo de descuento, cupon"),
        _text("clicks", "keys of clicks handed back by the shop", "click, click id, click key, click ids"),
        _text("visitor", "the visitor, as the click log calls them", "visitor id, visitor hash, session"),
        _text("customer", "the customer; never shown", "customer id, customer hash, email, buyer, kunde, kundennummer, "
              "client, cliente"),
        Column(Field("new_customer", FLAG, "yes or no", "whether it is the customer's first order"),
               "new, is new, first order, new buyer, neukunde, nouveau client, nuevo cliente"),
        Column(Field("margin", NUMBER, "money", "what is left of the amount after the goods"), "profit, gross profit, "
               "contribution, marge, deckungsbeitrag, margen", strict=True),
        _money("refunded", "what was given back of it", "refund, refunds, refunded amount, returned, "
               "erstattung, erstattet, remboursement, rembourse, reembolso, devolucion"),
        _time("refunded_at", "when", "refund date, refunded on"),
        Column(Field("cancelled", FLAG, "yes or no", "whether it was cancelled"), "canceled, is cancelled, void, "
               "storniert, annule, cancelado"),
        _time("cancelled_at", "when it was cancelled", "canceled at"),
        _text("referrer", "the page the buyer came from", "referer, referring site, source"),
    ),
    needs=(("key",), ("at",), ("amount",)),
)  # fmt: skip
CODES: Final = Kind(
    "codes",
    (
        _text("word", "the code", "code, promo code, discount code, coupon, coupon code, voucher, rabattcode, "
              "gutschein, gutscheincode, code promo, codigo, cupon"),
        _PARTNER, _CAMPAIGN,
        _time("starts", "from when it counts", "from, start, valid from, start date, gultig ab, debut, desde", True),
        _time("ends", "until when, not included", "until, end, expires, valid until, end date, gultig bis, "
              "fin, hasta", True),
        Column(Field("limit", COUNT, "orders", "for how many orders", low=0), "uses, usage limit", strict=True),
    ),
    needs=(("word",),),
)  # fmt: skip
CLICKS: Final = Kind(
    "clicks",
    (
        _text("key", "the click", "click, click id, id"),
        _time("at", "when", "time, date, clicked at, timestamp, created at, datum, zeit, fecha", True),
        _PARTNER, _CAMPAIGN,
        _text("visitor", "the visitor", "visitor id, visitor hash, session"),
        _text("referrer", "the page before", "referer"),
        _text("filtered", "the rule by which it is no person's", "invalid, bot, filter"),
    ),
    needs=(("at",),),
)  # fmt: skip
SURVEY: Final = Kind(
    "survey",
    (
        _text("key", "the answer", "id, answer, answer id, response id"),
        _time("at", "when", "time, date, answered at, timestamp, created at, datum, fecha"),
        _text("channel", "how they heard of us: creator, or another way", "source, how, heard, how did you hear of us, "
              "how did you hear about us, answer text, quelle, antwort, kanal, canal, reponse, respuesta"),
        _PARTNER, _TIER,
        _text("order", "the order it came with", "order id, order number"),
    ),
    needs=(("channel", "partner", "tier"),),
)  # fmt: skip
OUTCOMES: Final = Kind(
    "outcomes",
    (
        _CREATOR, _HANDLE, _CAMPAIGN, _PLATFORM, _TIER, _PHASE, _FOLLOWERS,
        _money("cost", "what it cost in full", "spend, spent, fee, paid, total cost, budget, kosten, ausgaben, "
               "cout, depense, coste, costo, gasto"),
        *_FIGURES,
        Column(Field("orders", NUMBER, "orders", "orders", low=0), "conversions, sales, purchases, "
               "bestellungen, commandes, pedidos, approved conversion"),
        _money("revenue", "revenue of the orders, after refunds", "turnover, sales value, gmv, order value, umsatz, "
               "chiffre d'affaires, ingresos"),
        _CURRENCY,
        _time("date", "when the campaign ended", "end, end date, ended at, as of, datum, fecha"),
    ),
    needs=(("creator_id", "handle"),),
)  # fmt: skip
LIFTS: Final = Kind(
    "lifts",
    (
        _text("tier", "whose lift it is; all for every tier together", "of, group"),
        Column(Field("revenue", NUMBER, "money", "what would not have come anyway"), "incremental, incremental revenue",
               strict=True),
        Column(Field("low", NUMBER, "money", "lower end of its range"), "incremental low", strict=True),
        Column(Field("high", NUMBER, "money", "upper end of its range"), "incremental high", strict=True),
        Column(Field("level", NUMBER, "share", "how often the range holds the truth; 80% where not given", low=0.01,
                     high=0.999), "confidence", strict=True),
        _CURRENCY,
    ),
    needs=(("revenue",), ("low",), ("high",)),
)  # fmt: skip
"""What lift tests found, a row per tier."""
KINDS: Final[dict[str, Kind]] = {kind.name: kind for kind in (DEALS, ORDERS, CODES, CLICKS, SURVEY, LIFTS, OUTCOMES)}
