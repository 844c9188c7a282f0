"""The brief as a form: what was typed becomes the document of `Brief`, and a document becomes a form again."""

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic import BaseModel, Field

from asterism.brief import Brief, read_brief
from asterism.errors import BadBrief

PARTS: Final[dict[str, tuple[str, ...]]] = {
    "audience": ("countries", "regions", "cities", "languages", "ages", "genders"),
    "limits": ("max_creators", "posts_per_creator", "min_authenticity", "frequency_cap", "include", "exclude",
               "tier_share", "platform_share"),
    "economics": ("margin_per_sale", "handling_per_creator"),
    "add_ons": ("usage_months", "exclusivity_months", "boost", "rush"),
}  # fmt: skip
"""Part of a brief → its fields; every other field stands at the top."""
_HOME: Final = {name: part for part, names in PARTS.items() for name in names}
_LISTS: Final = ("niche", "style", "competitors", *PARTS["audience"], "include", "exclude")
_AMOUNTS: Final = ("product_price", "margin_per_sale", "handling_per_creator")
_SHARES: Final = ("tier_share", "platform_share")
_OWN: Final = ("brand", "new_brand", "jurisdiction", "currency", "tiers")
"""Fields of the form that are not the brief's."""
MOST_CENTS: Final = 10**15
LAST_YEAR: Final = 2999
LONGEST: Final = 160
_APART: Final = re.compile(r"[,;\n]+")
_SPAN: Final = re.compile(r"^(\S+?):?\s+(\d+(?:\.\d+)?)\s*%?\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)\s*%?$")
_PAIR: Final = re.compile(r"^(\S+?):?\s*=?\s*(\d+(?:\.\d+)?)$")
_DAYS: Final = re.compile(r"^(\d{4}-\d{2}-\d{2})(?:\s*(?:-|–|to)\s*(\d{4}-\d{2}-\d{2}))?$")


class BriefForm(BaseModel):
    """The fields of a brief as they are typed; empty ones are left to the defaults.

    Lists are words with commas or one to a line; shares of the budget are lines like `micro 20-60%`.
    """

    name: str = Field(max_length=160)
    brand: int | None = None
    new_brand: str = Field(default="", max_length=120)
    jurisdiction: str = Field(default="US", pattern="^(US|UK|FR|DE|EU)$")
    goal: str = Field(max_length=30)
    budget: str = Field(max_length=40)
    currency: str = Field(default="USD", pattern="^[A-Z]{3}$")
    platforms: list[str] = Field(default=[], max_length=20)
    formats: list[str] = Field(default=[], max_length=20)
    niche: str = Field(default="", max_length=1000)
    style: str = Field(default="", max_length=1000)
    occasion: str = Field(default="", max_length=20)
    start: str = Field(default="", max_length=10)
    weeks: int | None = None
    blackout: str = Field(default="", max_length=2000)
    hand_over: str = Field(default="", max_length=20)
    frequency: int | None = None
    tier_scheme: str = Field(default="", max_length=40)
    tiers: str = Field(default="", max_length=500)
    price_positioning: str = Field(default="", max_length=20)
    product_price: str = Field(default="", max_length=40)
    competitors: str = Field(default="", max_length=2000)
    universe: float | None = None
    countries: str = Field(default="", max_length=1000)
    regions: str = Field(default="", max_length=1000)
    cities: str = Field(default="", max_length=1000)
    languages: str = Field(default="", max_length=1000)
    ages: str = Field(default="", max_length=200)
    genders: list[str] = Field(default=[], max_length=5)
    max_creators: int | None = None
    posts_per_creator: int | None = None
    min_authenticity: float | None = None
    frequency_cap: int | None = None
    include: str = Field(default="", max_length=10_000)
    exclude: str = Field(default="", max_length=10_000)
    tier_share: str = Field(default="", max_length=500)
    platform_share: str = Field(default="", max_length=500)
    margin_per_sale: str = Field(default="", max_length=40)
    handling_per_creator: str = Field(default="", max_length=40)
    usage_months: float | None = None
    exclusivity_months: float | None = None
    boost: bool = False
    rush: bool = False
    fx: str = Field(default="", max_length=500)


def document_of(form: BriefForm) -> dict[str, Any]:
    """The document of a brief that says what the form says, and passes as one.

    Raises
    ------
    BadBrief
        A field cannot be used; `field` names it as the form does.
    """
    document: dict[str, Any] = {}
    for name in BriefForm.model_fields:
        if name not in _OWN and (value := _meant(form, name)) is not None:
            (document.setdefault(_HOME[name], {}) if name in _HOME else document)[name] = value
    if form.tiers:
        document["tier_scheme"] = dict(_pairs(form.tiers, "tiers"))
    checked(document)
    return document


def checked(document: Mapping[str, Any]) -> Brief:
    """The brief of a document, sound and of a size that can be kept; an error names the field as the form does."""
    try:
        brief = read_brief(document)
        _insist_on_size(document, brief)
        return brief
    except BadBrief as error:
        named = error.field or next((name for name in _HOME if f".{name} " in error.what), "")
        raise BadBrief(error.what, error.fix, _field_of(named)) from None


def _insist_on_size(document: Mapping[str, Any], brief: Brief) -> None:
    """What a brief may say and a ledger cannot keep."""
    if brief.budget.cents > MOST_CENTS:
        raise BadBrief("The budget is larger than any we can plan.", "Write it in a larger currency.", "budget")
    if brief.start and brief.start.year > LAST_YEAR:
        raise BadBrief(f"The campaign starts after {LAST_YEAR}.", "Choose an earlier day.", "start")
    if len(brief.name) > LONGEST:
        raise BadBrief(f"The name is longer than {LONGEST} letters.", "Shorten it.", "name")
    if not _finite(document):
        raise BadBrief("The brief holds a number without an end.", "Write a finite one.")


def _finite(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(map(_finite, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_finite, value))
    return not isinstance(value, float) or math.isfinite(value)


def form_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the form's fields for a document, each field by name."""
    values: dict[str, Any] = dict.fromkeys(BriefForm.model_fields, "")
    values |= {"platforms": (), "formats": (), "genders": (), "boost": False, "rush": False}
    flat = {**document}
    for part in PARTS:
        flat.update(flat.pop(part, {}))
    for name, value in flat.items():
        values[name] = _typed(name, value)
    if isinstance(document.get("tier_scheme"), Mapping):
        values["tier_scheme"], values["tiers"] = "", _lined(document["tier_scheme"])
    amount, _, currency = str(values["budget"]).rpartition(" ")
    values["budget"], values["currency"] = (amount, currency) if amount else (values["budget"], "")
    return values


def _meant(form: BriefForm, name: str) -> Any:
    """The value of a field as the brief takes it."""
    typed = getattr(form, name)
    if name == "budget":
        return _amount(typed, form.currency)
    if typed is None or typed is False or typed in ("", []):
        return None
    if name in _AMOUNTS:
        return _amount(typed, form.currency)
    if name in _SHARES:
        return _spans(typed, name)
    if name == "fx":
        return dict(_pairs(typed, name))
    if name == "blackout":
        return _days(typed)
    if name == "min_authenticity":
        return typed / 100
    return [*_words(typed)] if name in _LISTS and isinstance(typed, str) else typed


def _amount(typed: str, currency: str) -> str:
    """An amount with its currency: the campaign's where none was typed."""
    bare = re.fullmatch(r"[\d\s.,_]+[kKmM]?", typed.strip())
    return f"{typed.strip()} {currency}" if bare else typed.strip()


def _words(typed: str) -> Iterable[str]:
    return dict.fromkeys(word.strip() for word in _APART.split(typed) if word.strip())


def _spans(typed: str, name: str) -> dict[str, dict[str, float]]:
    found = {}
    for line in _words(typed):
        if not (said := _SPAN.match(line)):
            raise BadBrief(f"`{line}` is no share of the budget.", "Write it as in `micro 20-60%`.", name)
        found[said[1].lower()] = {"min": float(said[2]) / 100, "max": float(said[3]) / 100}
    return found


def _pairs(typed: str, name: str) -> Iterable[tuple[str, float]]:
    for line in _words(typed):
        if not (said := _PAIR.match(line)):
            fix = "Write it as in `EUR 1.08`." if name == "fx" else "Write it as in `micro 10000`."
            raise BadBrief(f"`{line}` is no name with a number.", fix, name)
        yield said[1], float(said[2])


def _days(typed: str) -> list[dict[str, str]]:
    found = []
    for line in _words(typed):
        if not (said := _DAYS.match(line)):
            fix = "Write it as in `2026-12-24 to 2026-12-26`, one to a line."
            raise BadBrief(f"`{line}` is no day and no span of days.", fix, "blackout")
        found.append({"from": said[1], "to": said[2] or said[1]})
    return found


def _typed(name: str, value: Any) -> Any:
    """A value of the document as it is typed."""
    if name == "fx" and isinstance(value, Mapping):
        return _lined(value)
    if name in _SHARES:
        return "\n".join(f"{who} {100 * s.get('min', 0):g}-{100 * s.get('max', 1):g}%" for who, s in value.items())
    if name == "blackout":
        spans = [each if isinstance(each, Mapping) else {"from": each, "to": each} for each in _many(value)]
        return "\n".join(f"{span['from']} to {span['to']}" for span in spans)
    if name == "min_authenticity":
        return f"{100 * value:g}"
    if name in ("platforms", "formats", "genders"):
        return tuple(str(each).lower() for each in _many(value))
    return ", ".join(map(str, _many(value))) if name in _LISTS else value


def _many(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _lined(pairs: Mapping[str, Any]) -> str:
    return "\n".join(f"{name} {value:g}" for name, value in pairs.items())


def _field_of(dotted: str) -> str:
    """The form's field for a place in the brief, as `max_creators` for `limits.max_creators`."""
    first, _, rest = dotted.partition(".")
    return rest.partition(".")[0] if first in PARTS else first
