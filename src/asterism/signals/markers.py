"""Which posts are paid for: said by the source, by a named sponsor, or by the words creators disclose with."""

from typing import Final

import ibis
import ibis.expr.types as ir

_START: Final = r"(?:^|[^\p{L}\p{N}_])"
_END: Final = r"(?:$|[^\p{L}\p{N}_])"
TAGS: Final = (
    "ad", "ads", "adv", "advert", "advertisement", "advertising", "spon", "sponsored", "sponsoredpost",
    "sponsoredcontent", "paidad", "paidpost", "paidpartnership", "paidpartner", "anzeige", "werbung", "bezahltewerbung",
    "bezahltepartnerschaft", "publicité", "publicite", "collaborationcommerciale", "partenariatrémunéré",
    "partenariatremunere", "sponsorisé", "sponsorise", "publicidad", "publi", "patrocinado", "patrocinada",
    "pubblicità", "pubblicita", "sponsorizzato", "reklame", "reklam", "annons",
)  # fmt: skip
PHRASES: Final = (
    "paid partnership", "paid promotion", "paid collaboration", "sponsored by", "sponsored post", "is sponsored",
    "advertisement", "werbung", "anzeige", "bezahlte partnerschaft", "bezahlte kooperation", "publicité",
    "collaboration commerciale", "partenariat rémunéré", "sponsorisé par", "contenido patrocinado", "patrocinado por",
    "colaboración pagada", "contenuto sponsorizzato", "betaald partnerschap", "betaalde samenwerking",
    "betalt samarbejde", "betalt samarbeid", "betalt partnerskap",
)  # fmt: skip
PAID: Final = rf"(?i){_START}#(?:{'|'.join(TAGS)}){_END}|{_START}(?:{'|'.join(PHRASES)}){_END}|^\W*(?:ad|advert)\s*[:|]"
"""Words that disclose a paid post: FTC, CAP and OLG Celle practice, French and Italian law, the platforms' labels."""
_DENIALS: Final = r"not|isn.t|wasn.t|never|no|non|keine?|nicht|pas|ohne|sin|zonder|geen|inte|ikke"
_BETWEEN: Final = r"(?:an?|a paid|in a|any|une|de la|de|eine?|es|en)"
_DENIED: Final = (
    r"ads?|adverts?|advertisement|sponsored(?: by| post)?|sponsorisé(?: par)?|paid (?:partnership|promotion)|"
    r"werbung|anzeige|publicité|publicidad|collaboration commerciale|reklame?"
)
NOT_PAID: Final = (
    rf"(?i){_START}(?:(?:{_DENIALS})\s+(?:{_BETWEEN}\s+)?#?(?:{_DENIED})|#(?:not|no|non|keine|pas)(?:an?)?(?:{_DENIED})|"
    rf"(?:unbezahlte|unpaid|unsponsored) (?:{_DENIED})){_END}"
)
"""The same words denied, as in «not sponsored»; they are taken away before a caption is judged."""


def paid(posts: ir.Table) -> ir.BooleanValue:
    """Whether each post is paid for, null where neither the source nor a sponsor nor a caption says.

    What the source says comes first, then a named sponsor, then the caption. A caption without a marker counts as the
    creator's own: a lower bound, since one creator in five discloses systematically (EU sweep, February 2024).
    """
    named = ibis.ifelse(posts.sponsor.strip() != "", True, ibis.null("boolean"))
    return ibis.coalesce(posts.sponsored, named, disclosed(posts.caption))


def disclosed(caption: ir.StringValue) -> ir.BooleanValue:
    """Whether a caption discloses a paid post: a marker is left when its denials are taken away; null without one."""
    left = caption.re_replace(NOT_PAID, " ").re_search(PAID)
    return ibis.cases((caption.isnull(), ibis.null("boolean")), (caption.re_search(PAID), left), else_=False)
