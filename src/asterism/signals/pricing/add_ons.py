"""Add-ons: usage rights, exclusivity, boosting and rush, as price lists write them, and what they do to a fee."""

import re
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from asterism.brief import AddOns
from asterism.errors import BadInput
from asterism.priors import LogNormal, Priors
from asterism.signals.pricing.price import Parts, parse_package

REFERENCE: Final = {"usage": 6.0, "exclusivity": 3.0}
"""Months at which the priors' factors hold; rights of no stated length are taken to last as long."""
FOR_EVER: Final = 24.0
"""Months that rights without an end count as."""
_UNIT: Final = {"d": 1 / 30, "w": 7 / 30, "m": 1.0, "y": 12.0}
_LENGTH: Final = (
    r"(?:(?P<{0}n>\d+(?:\.\d+)?)[\s-]*(?P<{0}u>days?|d|weeks?|wks?|w|months?|mos?|m|years?|yrs?|y)\b"
    r"|(?P<{0}e>perpetual|in perpetuity|forever|lifetime|unlimited))"
)
_WORDS: Final = {
    "usage": r"(?:(?:content|paid|ad|full|digital|media|image|organic)\s+)*(?:usage(?:\s+rights?)?|rights|"
    r"licen[sc](?:e|ing)(?:\s+rights)?|buy-?out)",
    "exclusivity": r"(?:(?:category|industry|brand|competitor)\s+)?exclusiv(?:ity|e)(?:\s+rights)?",
    "boost": r"(?:(?:paid|ad)\s+)?(?:boost(?:ed|ing)?|(?:white|allow)-?list(?:ed|ing)?|spark\s+ads?|"
    r"partnership\s+ads?|dark\s+post(?:s|ing)?)(?:\s+(?:rights?|code))?",
    "rush": r"(?:rush|express|urgent)(?:\s+(?:fee|delivery))?",
}
_PHRASE: Final = "|".join(
    rf"(?P<{kind}>(?:{_LENGTH.format(kind + 'a')}\s+(?:of\s+)?(?:{words})\b"
    rf"|\b(?:{words})\b(?:\s*[:(–-]?\s*(?:for\s+|of\s+)?{_LENGTH.format(kind + 'b')}\s*\)?)?))"
    for kind, words in _WORDS.items()
)
_FOUND: Final = re.compile(rf"(?P<no>\b(?:no|without|w/o|excluding|excl\.?)\s+)?(?:{_PHRASE})")


@dataclass(frozen=True, slots=True)
class Package:
    """What a price buys: posts by format, and add-ons."""

    parts: Parts
    add_ons: AddOns


def read_package(text: str) -> Package:
    """The posts and add-ons of a price list's line.

    >>> read_package("2 reels + usage rights 6 months, no exclusivity").add_ons.usage_months
    6.0

    Raises
    ------
    BadInput
        A word is neither a format nor an add-on, or no post is bought.
    """
    found: dict[str, Any] = {}
    rest = _FOUND.sub(lambda match: _take(match, found), text.lower())
    try:
        return Package(parse_package(rest), AddOns(**found))
    except BadInput as error:
        raise BadInput(error.what.replace(f"`{rest}`", f"`{text}`"), error.fix) from None


def _take(match: re.Match[str], found: dict[str, Any]) -> str:
    """Note an add-on, and leave a mark between what stands before and after it."""
    kind = next(kind for kind in _WORDS if match[kind])
    if not match["no"]:
        found.update({f"{kind}_months": _months(match, kind)} if kind in REFERENCE else {kind: True})
    return " + "


def _months(match: re.Match[str], kind: str) -> float:
    for side in (f"{kind}a", f"{kind}b"):
        if match[f"{side}e"]:
            return FOR_EVER
        if match[f"{side}n"]:
            return float(match[f"{side}n"]) * _UNIT[match[f"{side}u"][0]]
    return REFERENCE[kind]


def add_on(kind: str, months: float, priors: Priors) -> LogNormal:
    """What one add-on does to a fee, as a factor: 1 + (f − 1) · (months / reference)^e for rights that last.

    f and e are the priors `add_on.{kind}` and `add_on.months`; doubt is carried over to first order. `months` means
    nothing for boosting and rush.
    """
    entry, power = priors.entry(f"add_on.{kind}"), priors.entry("add_on.months")
    times = months / REFERENCE[kind] if kind in REFERENCE else 1.0
    grown = times**power.value
    extra = (entry.value - 1.0) * grown
    doubt = np.hypot(entry.value * entry.sd * grown, extra * np.log(times) * power.value * power.sd)
    return LogNormal(np.asarray(1.0 + extra), np.asarray(doubt / (1.0 + extra)))


def together(add_ons: AddOns, priors: Priors) -> LogNormal:
    """What all add-ons of a package do to its fee: what each adds is added up, 1 + Σ (factor − 1)."""
    each = [add_on(kind, months, priors) for kind, months in _listed(add_ons)]
    factor = 1.0 + sum(float(f.median) - 1.0 for f in each)
    doubt = np.sqrt(sum(float(f.median * f.log_sd) ** 2 for f in each)) / factor
    return LogNormal(np.asarray(factor), np.asarray(doubt))


def _listed(add_ons: AddOns) -> list[tuple[str, float]]:
    lasting = [("usage", add_ons.usage_months), ("exclusivity", add_ons.exclusivity_months)]
    once = [("boost", float(add_ons.boost)), ("rush", float(add_ons.rush))]
    return [(kind, amount) for kind, amount in (*lasting, *once) if amount > 0]


def add_on_words(add_ons: AddOns) -> str:
    """The add-ons in canonical words, readable by `read_package`; "" for none.

    >>> add_on_words(AddOns(usage_months=6, boost=True))
    '6 months of usage rights + boost'
    """
    named = {"usage": "usage rights", "exclusivity": "exclusivity"}
    return " + ".join(
        f"{months:.4g} months of {named[kind]}" if kind in named else kind for kind, months in _listed(add_ons)
    )
