"""What a column's header says it means: the trade's words for our fields, in several languages and vendors' dialects."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

PROFILE, ADDRESS, IDENTITY = "profile address", "post address", "identity"
"""Roles that are no field themselves: addresses tell handle, platform and format; identities are told apart by content."""

AVERAGED: Final = {
    "views": ("view", "views", "play", "plays", "video views", "reels video views", "vues", "visualizaciones", "aufrufe",
              "visualizacoes", "video plays", "reel plays", "reels plays", "reels views", "story views"),
    "likes": ("like", "likes", "hearts", "jaime", "me gusta", "curtidas", "gefallt mir"),
    "comments": ("comment", "comments", "kommentare", "commentaires", "comentarios"),
    "shares": ("share", "shares", "retweets", "reposts", "partages", "compartidos"),
    "engagements": ("engagements", "engagement", "eng", "interactions", "interaktionen", "authentic engagement",
                    "eng auth", "auth engagement", "total engagement", "interacciones"),
}  # fmt: skip
AVERAGE_WORDS: Final = frozenset(
    {"avg", "average", "mean", "median", "usual", "typical", "moyenne", "moyen", "mittlere", "durchschnitt",
     "durchschnittliche", "promedio", "media", "medio", "media de", "per", "post"}
)  # fmt: skip

_COMMON_ID = (
    "creator id, influencer id, user id, account id, channel id, profile id, author id, owner id, social id, kol id, "
    "platform user id, external id"
)
_COMMON_HANDLE = (
    "handle, username, user name, influencer username, creator username, screen name, account name, login, user login, account, "
    "owner username, creator handle, influencer handle, author username, unique id, profile name, "
    "social handle, instagram, tiktok, youtube, instagram handle, ig handle, ig username, instagram username, tiktok handle, tiktok username, "
    "youtube handle, twitter handle, benutzername, nutzername, nom d'utilisateur, identifiant, pseudo, usuario, "
    "nombre de usuario, nome de usuario, utilizador, alias, page username, twitter username, compte, konto, cuenta, conta"
)
_COMMON_PLATFORM = (
    "platform, network, social network, social platform, social media, social media platform, plattform, plateforme, "
    "plataforma, red social, rede social, reseau, reseau social, netzwerk, work platform, source platform"
)
_SEEN = (
    "as of, seen at, scraped at, scrape time, vid scrape time, crawled at, fetched at, collected at, updated at, "
    "last updated, last update, snapshot date, data date, report date, retrieved at, stand, timestamp"
)
_POST_ID = (
    "post id, media id, video id, vid id, tweet id, shortcode, pk, content id, aweme id, item id, postid, publication id, "
    "reel id, status id"
)
_POST_URL = "post url, permalink, video url, vid url, post link, video link, web video url, media link, content url, url, link"
_MONEY_UNITS = "currency, waehrung, wahrung, devise, moneda, moeda, currency code, ccy"

SYNONYMS: Final[dict[str, dict[str, str]]] = {
    "creators": {
        "creator_id": _COMMON_ID + ", id",
        "handle": _COMMON_HANDLE,
        IDENTITY: "name, influencer name, creator name, influencer, creator, blogger, kol, youtuber, youtuber name, tiktoker, "
        "tiktoker name, tiktok name, instagrammer, instagram name, insta name, influencer insta name, youtube channel, "
        "youtube name, channel, channel name, channel title, title, streamer, page name, page, nom, nombre, nome, author, "
        "author name, celebrity, account holder, talent, talent name, user, twitch channel, influenceur, createur, creador",
        "name": "full name, display name, real name, nickname, nom complet, vollstandiger name, nombre completo, "
        "nome completo, person, screen title",
        "platform": _COMMON_PLATFORM,
        PROFILE: "profile address, profile url, profile link, account url, lien instagram, lien, link, url, channel url, instagram url, "
        "instagram link, tiktok url, tiktok link, youtube url, youtube link, profile, instagram, tiktok, youtube, "
        "social link, page url, enlace, perfil, instagram profile, lien tiktok, lien youtube, profil, web address",
        "followers": "followers, follower, subscribers, subscriber, subs, sub, fans, abonnes, abonnenten, seguidores, "
        "inscritos, suscriptores, followers numbers, audience size, nfollower, user nfollower, edge followed by, "
        "followed by, following size, follower anzahl, nombre d'abonnes, follower zahl, anzahl follower, total followers, "
        "numero de seguidores, fan, fanbase, channel sub, patrons, members, subscribers gained total",
        "following": "following, followees, followings, follows, edge follow, friends, gefolgt, abonnements, siguiendo, "
        "seguindo, seguidos, nfollowing, user nfollowing, folgt",
        "posts": "posts, post, media, uploads, videos, video, publications, beitrage, publicaciones, publicacoes, tweets, "
        "statuses, content, total posts, total videos, channel video, nposts, posts total, edge owner to timeline media, "
        "contents",
        "niche": "niche, category, categories, category 1, main category, primary category, topic, topics, main topic, "
        "vertical, industry, interests, interest, content category, genre, theme, themes, thematique, kategorie, categoria, "
        "categorie, nische, nicho, sector, channel type, category 2, tags, content type, subject, topic category",
        "country": "country, country code, location country, country name, creator country, land, pays, pais, nation, geo, "
        "market, account country, audience country, audience country mostly, main audience country, top audience country, "
        "location, abbreviation",
        "region": "region, state, province, bundesland, estado, state region, location region",
        "city": "city, town, stadt, ville, ciudad, cidade, location city",
        "language": "language, lang, main language, content language, sprache, langue, idioma, language code, audience language",
        "bio": "bio, biography, description, about, profile text, intro, signature, channel description, biographie, profile bio",
        "verified": "verified, is verified, verified account, blue tick, verifiziert, verifie, verificado, user verified",
        "engagement_rate": "engagement rate, er, eng rate, engagement, engagement percent, er percent, taux d'engagement, "
        "taux engagement, interaktionsrate, engagementrate, tasa de interaccion, tasa de engagement, taxa de engajamento, "
        "60 day eng rate, eng, post engagement rate, engagement rate by followers, engagement rate by views, "
        "engagement rate by reach, er by followers, er by views, er by reach, engagement ratio",
        "engagement_denominator": "engagement denominator, er basis, denominator, engagement basis, er denominator",
        "as_of": _SEEN + ", date, datum, fecha",
    },
    "posts": {
        "post_id": _POST_ID + ", post, id",
        ADDRESS: _POST_URL,
        "creator_id": _COMMON_ID + ", " + _COMMON_HANDLE + ", influencer, creator, author, channel, channel title, "
        "channel name, user, author name, name, tiktoker, youtuber",
        "platform": _COMMON_PLATFORM,
        "format": "format, type, media type, typename, post type, content type, media product type, product type, post format",
        "posted_at": "posted at, published at, taken at, created at, post time, vid post time, date, publish date, post date, "
        "published, create time, create time iso, upload date, created time, publication date, posted, timestamp, posted on, "
        "date posted, datum, fecha, publish time, taken at timestamp",
        "seen_at": _SEEN.removesuffix(", timestamp"),
        "likes": "likes, like, nlike, vid nlike, digg, hearts, heart, reactions, edge liked by, edge media preview like, "
        "gefallt mir, jaime, j'aime, me gusta, curtidas, favorites, like total",
        "comments": "comments, comment, ncomment, vid ncomment, replies, kommentare, commentaires, comentarios, reply, "
        "edge media to comment",
        "shares": "shares, share, nshare, vid nshare, retweets, reposts, partages, compartidos, compartilhamentos, sends, "
        "geteilt, retweet, repost",
        "saves": "saves, save, saved, nsave, vid nsave, bookmarks, collect, enregistrements, guardados, salvamentos, gespeichert",
        "views": "views, view, nview, vid nview, plays, play, video views, video view, aufrufe, vues, visualizaciones, "
        "visualizacoes, reproducciones, video plays, video play, ig play",
        "reach": "reach, reached, accounts reached, unique reach, people reached, portee, reichweite, alcance, post reach",
        "caption": "caption, vid caption, text, title, description, message, content, body, beschreibung, legende, texte, "
        "full text, desc, video title, post text",
        "sponsored": "sponsored, is sponsored, is ad, ad, paid, paid partnership, is paid partnership, branded content, "
        "werbung, patrocinado, sponsorise, is branded",
        "sponsor": "sponsor, sponsors, sponsor users, brand, sponsored by, advertiser, branded content partner, partner, "
        "sponsor name, marke, marque, marca",
    },
    "audiences": {
        "creator_id": _COMMON_ID + ", " + _COMMON_HANDLE + ", influencer, creator, channel, id",
        "dimension": "dimension, attribute, breakdown, type, kind, category, demographic, metric",
        "bucket": "bucket, segment, label, key, group, code, value, name, level",
        "share": "share, percent, percentage, pct, weight, ratio, anteil, part, proportion, porcentaje, value",
    },
    "followers": {
        "creator_id": _COMMON_ID.replace("user id, ", "") + ", " + _COMMON_HANDLE + ", influencer, creator, followed, channel, "
        "target, followee, creator",
        "person": "person, person id, follower, follower id, fan, fan id, engager, engager id, viewer, viewer id, "
        "follower hash, hashed follower, user, user id, member id, source, follower username, commenter, liker",
    },
    "overlaps": {
        "a": "a, creator a, creator 1, source, from, left, channel a, streamer a, influencer a, influencer 1, id a, handle a, "
        "handle 1, first",
        "b": "b, creator b, creator 2, target, to, right, channel b, streamer b, influencer b, influencer 2, id b, handle b, "
        "handle 2, second",
        "shared": "shared, overlap, shared viewers, shared followers, common, common followers, intersection, shared people, "
        "shared audience, both, overlap count, common viewers",
    },
    "rates": {
        "creator_id": _COMMON_ID + ", " + _COMMON_HANDLE + ", influencer, creator, channel, talent, name, id, influencer name",
        "package": "package, deliverable, deliverables, placement, format, post type, content, service, offer, leistung, "
        "what, content type, product",
        "price": "price, rate, fee, cost, amount, quote, preis, honorar, tarif, prix, precio, preco, price usd, rate usd, "
        "fee usd, price eur, fee eur, cost usd, total, budget, paid amount, gage, cachet",
        "currency": _MONEY_UNITS,
        "date": "date, quoted at, paid at, as of, datum, fecha, quote date, valid from, invoice date, created at",
        "kind": "kind, type, status, quote or paid, price type, source",
    },
    "outcomes": {
        "creator_id": _COMMON_ID + ", " + _COMMON_HANDLE + ", influencer, creator, channel, id",
        "campaign": "campaign, campaign name, campaign id, kampagne, campagne, campana, campanha, project",
        "cost": "cost, spend, spent, fee, paid, total cost, kosten, cout, coste, custo, budget",
        "reach": "reach, reached, people reached, accounts reached, reichweite, portee, alcance",
        "engagements": "engagements, engagement, interactions, total engagements, interaktionen",
        "clicks": "clicks, link clicks, klicks, clics, cliques, visits",
        "orders": "orders, conversions, sales, purchases, bestellungen, commandes, pedidos, ventas, approved conversion",
        "revenue": "revenue, turnover, sales value, umsatz, chiffre d'affaires, ingresos, receita, order value, gmv",
        "currency": _MONEY_UNITS,
        "date": "date, end, end date, ended at, datum, fecha, as of, campaign end",
    },
    "comments": {
        "post_id": _POST_ID + ", post, video",
        "creator_id": "creator id, influencer id, channel id, influencer username, influencer, creator, owner username, "
        "owner id, channel, post owner, post author, creator handle, handle, account",
        "person": "person, commenter, commenter id, user id, user, username, author, author id, author name, comment author, "
        "author channel id, commenter username, person id, owner",
        "posted_at": "posted at, created at, commented at, published at, date, timestamp, time, comment time, created time",
        "by_creator": "by creator, commenter is creator self, is creator, from creator, by owner, is owner, is author, creator reply",
        "text": "text, comment text, comment, body, content, message, text display, text original",
        "length": "length, text len, text length, comment length, characters",
    },
    "fx": {
        "currency": _MONEY_UNITS + ", iso, code, from",
        "date": "date, as of, day, datum",
        "usd": "usd, in usd, usd rate, rate, exchange rate, usd per unit, to usd, value, us dollars",
    },
}  # fmt: skip

COUNTING: Final = frozenset({"count", "counts", "number", "numbers", "num", "nb", "of", "the", "values", "value", "anzahl"})
NOISE: Final = COUNTING | frozenset(
    {"no", "mostly", "n", "main", "data", "user", "account", "profile", "influencer", "creator", "channel", "author", "instagram", "insta", "ig", "tiktok",
     "youtube", "yt", "facebook", "twitter", "vid", "video", "post", "media", "basic", "metrics", "stats", "statistics",
     "current", "day", "days", "last", "year", "month", "in", "anzahl", "nombre", "de"}
)  # fmt: skip
"""Words that may stand in a header without changing what it means."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field a header may mean; the lower the `rank` the closer the header is to the field's first name."""

    field: str
    rank: int


def tokens(header: str) -> list[str]:
    """The words of a header: lower case, no accents, camelCase split.

    >>> tokens("Views (Avg.)"), tokens("#Followers"), tokens("followersCount")
    (['views', 'avg'], ['followers'], ['followers', 'count'])
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", header) if not unicodedata.combining(c))
    bare = bare.replace("%", " percent ").replace("ß", "ss")
    split = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", bare)
    return re.findall(r"[a-z0-9]+", split.lower())


def meanings(header: str, kind: str) -> list[Meaning]:
    """The fields of `kind` that a header may mean, best first; empty where none is called so."""
    words = tokens(header)
    spelled = _spelled(kind)
    found = dict.fromkeys(spelled.get("".join(words), ()))
    if kind == "creators" and AVERAGE_WORDS.intersection(words):
        found = {**_averaged(words), **found}
    elif not found:
        found = dict.fromkeys(_without_noise(words, spelled))
    return [Meaning(field, rank) for field, rank in found]


def _without_noise(words: list[str], spelled: Mapping[str, tuple[tuple[str, int], ...]]) -> tuple[tuple[str, int], ...]:
    """What a header means once counting words, and then every word without weight, are left out."""
    if TOTAL.intersection(words):
        return ()
    counted = [word for word in words if word not in COUNTING]
    essential = [word for word in counted if word not in NOISE and not word.isdigit()]
    found = spelled.get("".join(counted), ()) or spelled.get("".join(essential), ())
    if essential == ["id"]:
        return ()
    return tuple((field, rank + 100) for field, rank in found)


TOTAL: Final = frozenset({"total", "sum", "lifetime", "overall", "alltime", "rank", "ranking", "growth", "earnings", "score"})
"""Words that make of a known field another figure."""


def _averaged(words: list[str]) -> dict[tuple[str, int], None]:
    """The field an average means: `Views (Avg.)`, `avg_likes`, `Average engagement rate`."""
    essential = [word for word in words if word not in AVERAGE_WORDS]
    if essential and essential[-1] in ("rate", "er"):
        return dict.fromkeys(_spelled("creators").get("".join(essential), ()))
    for plain in (essential, [word for word in essential if word not in NOISE]):
        for base, names in AVERAGED.items():
            for rank, name in enumerate(names):
                if "".join(plain) == name.replace(" ", ""):
                    rate = {("engagement_rate", 90): None} if base == "engagements" else {}
                    return {(f"avg_{base}", rank): None, **rate}
    return {}


@lru_cache(maxsize=16)
def _spelled(kind: str) -> dict[str, tuple[tuple[str, int], ...]]:
    """Header without spaces → the fields called so, with the place of the word in the field's list."""
    out: dict[str, tuple[tuple[str, int], ...]] = {}
    for field, names in SYNONYMS[kind].items():
        for rank, name in enumerate([field, *names.split(",")]):
            key = "".join(tokens(name))
            if all(known != field for known, _ in out.get(key, ())):
                out[key] = (*out.get(key, ()), (field, rank))
    if kind == "creators":
        for base, names in AVERAGED.items():
            for name in names[:2] if base != "engagements" else names:
                out[f"avg{name.replace(' ', '')}"] = ((f"avg_{base}", 0),)
                key = name.replace(" ", "")
                if base == "engagements":
                    out[key] = (*out.get(key, ()), (f"avg_{base}", names.index(name)))
    return out


WHY_NOT: Final = (
    (frozenset({"rank", "ranking", "no", "index", "row", "unnamed", "nr"}), "a running number or rank, not a figure of the creator"),
    (frozenset({"earnings", "income", "emv", "salary"}), "an estimate of money earned; no field of ours"),
    (frozenset({"score", "quality", "aqs", "credibility"}), "a vendor's score whose parts are not stated; not trusted, not used"),
    (frozenset({"email", "mail", "phone", "telephone", "whatsapp", "contact"}), "contact data is not kept with creators"),
    (frozenset({"total", "lifetime", "overall"}), "a total over all posts, not a figure per post"),
    (frozenset({"created", "joined", "birth", "birthday"}), "a date of the account, not of the figures"),
    (frozenset({"music", "sound", "audio"}), "about the sound, not about the post or its creator"),
    (frozenset({"duration"}), "length of the video; no field of ours"),
    (frozenset({"hashtags", "tags", "tagged"}), "tags; read from the caption where needed"),
)  # fmt: skip


def why_unmapped(header: str, kind: str) -> str:
    """Why a header means no field: a known family, or simply a name we do not know."""
    words = set(tokens(header))
    for family, why in WHY_NOT:
        if family & words:
            return why
    bare = {word.rstrip("s") for word in words}
    if kind == "creators" and bare & {"view", "like", "comment", "share"}:
        return "not said to be per post: a total or a single period; map it yourself if it is an average"
    return f"no field of {kind} is called so; name it in a mapping file if it is one"
