"""What one row says without saying it: ids from handles, platforms from addresses, sponsored from a sponsor."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from asterism.creators import places, platforms
from asterism.creators.columns import tokens
from asterism.creators.numbers import by_distinct
from asterism.creators.schema import TEXT, VIEWS_FIRST
from asterism.creators.synonyms import ADDRESS, PROFILE
from asterism.creators.tables import SCHEMAS

Columns = dict[str, pa.Array]


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known around a table: its source, headers, and the platform the user named."""

    source: str
    header: Sequence[str]
    platform: str | None = None


@dataclass(slots=True)
class Derived:
    """Typed columns completed; `how` says per field where a derived one came from."""

    columns: Columns
    how: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    @property
    def n_rows(self) -> int:
        """How many rows every column has."""
        return len(next(iter(self.columns.values())))


def complete(kind: str, columns: Columns, headers: Mapping[str, str], setting: Setting) -> Derived:
    """The columns with every field of `kind` that the others imply; roles go."""
    found = Derived(dict(columns))
    for step in _STEPS.get(kind, ()):
        step(found)
    if "platform" in SCHEMAS[kind].names:
        _platform(found, setting)
    if "engagement_rate" in found.columns:
        _denominator(found, headers.get("engagement_rate", ""))
    for role in (PROFILE, ADDRESS):
        found.columns.pop(role, None)
    return found


def _identity(found: Derived) -> None:
    """Handle and name → creator_id where the file gives none."""
    if PROFILE in found.columns:
        read = by_distinct(found.columns[PROFILE], _handle_or_none, TEXT).values
        found.columns["handle"] = pc.coalesce(found.columns["handle"], read) if "handle" in found.columns else read
        found.how.setdefault("handle", "from the addresses")
    sources = [name for name in ("creator_id", "handle", "name") if name in found.columns]
    if sources:
        found.columns["creator_id"] = _first_known([(name, found.columns[name]) for name in sources])
        found.how["creator_id"] = " or ".join(f"the {name} in lower case" for name in sources if name != "creator_id")


def _first_known(sources: Sequence[tuple[str, pa.Array]]) -> pa.Array:
    """Per row the first source that is there: ids as they stand, names in lower case."""
    known: pa.Array | None = None
    for name, column in sources:
        if known is None or known.null_count:
            lowered = column if name == "creator_id" else pc.utf8_lower(column)
            known = lowered if known is None else pc.coalesce(known, lowered)
    return known


def _handle_or_none(address: str) -> str | None:
    try:
        return platforms.handle(address)
    except ValueError:
        return None


def _post(found: Derived) -> None:
    """Post id and format from the post's address where no column gives them."""
    addresses = found.columns.get(ADDRESS)
    if addresses is not None:
        for name, read in (("post_id", platforms.post_of_address), ("format", platforms.format_of_address)):
            if name not in found.columns:
                values = by_distinct(addresses, read, TEXT).values
                if values.null_count < found.n_rows:
                    found.columns[name] = values
                    found.how[name] = "from the addresses"
    if "sponsor" in found.columns and "sponsored" not in found.columns:
        named = pc.is_valid(found.columns["sponsor"])
        found.columns["sponsored"] = pc.if_else(named, pa.scalar(True), pa.scalar(None, pa.bool_()))
        found.how["sponsored"] = "yes where a sponsor is named, else unknown"


def _pair(found: Derived) -> None:
    """Overlaps say the same from both sides: `a` is the smaller id."""
    a, b = pc.utf8_lower(found.columns["a"]), pc.utf8_lower(found.columns["b"])
    found.columns["a"], found.columns["b"] = (
        pc.min_element_wise(a, b, skip_nulls=False),
        pc.max_element_wise(a, b, skip_nulls=False),
    )


def _price(found: Derived) -> None:
    if "kind" not in found.columns:
        found.columns["kind"] = pa.repeat(pa.scalar("quote", TEXT), found.n_rows)
        found.warnings.append("No column says which prices were asked and which paid: all are taken as quotes.")


def _money(found: Derived) -> None:
    stated = found.columns.pop("currency of amounts", pa.nulls(found.n_rows, TEXT))
    own = found.columns.get("currency")
    currency = stated if own is None else pc.coalesce(own, stated)
    if currency.null_count < found.n_rows:
        found.columns["currency"] = currency
    if currency.null_count:
        found.warnings.append(f"{currency.null_count} amounts have no currency: add a column `currency`.")


def _buckets(found: Derived) -> None:
    """Buckets of an audience in one spelling per dimension: US, en, 18-24, female."""
    both = pc.binary_join_element_wise(found.columns["dimension"], found.columns["bucket"], "\n")
    found.columns["bucket"] = by_distinct(both, _bucket, TEXT).values


_GENDERS: Final = {"f": "female", "w": "female", "women": "female", "woman": "female", "m": "male", "men": "male",
                   "man": "male", "weiblich": "female", "mannlich": "male",
                   "femme": "female", "homme": "male"}  # fmt: skip


def _bucket(both: str) -> str:
    dimension, _, bucket = both.partition("\n")
    try:
        if dimension == "country":
            return places.country(bucket)
        if dimension == "language":
            return places.language(bucket)
    except ValueError:
        return bucket
    if dimension == "age":
        return bucket.replace("–", "-").replace(" ", "").replace("to", "-").removeprefix("age")
    lowered = bucket.lower()
    return _GENDERS.get(lowered, lowered) if dimension == "gender" else lowered if dimension == "interest" else bucket


_STEPS: Final[dict[str, tuple[Callable[[Derived], None], ...]]] = {
    "creators": (_identity,),
    "posts": (_post,),
    "overlaps": (_pair,),
    "rates": (_price, _money),
    "outcomes": (_money,),
    "audiences": (_buckets,),
}


def _platform(found: Derived, setting: Setting) -> None:
    """The platform by the nearest evidence: column, the user's word, addresses, headers, file name."""
    known = found.columns.get("platform", pa.nulls(found.n_rows, TEXT))
    known = pc.coalesce(known, _platform_of_addresses(found.columns, found.n_rows)) if not setting.platform else known
    if "platform" not in found.columns and known.null_count < found.n_rows:
        found.how["platform"] = "from the addresses"
    if known.null_count:
        name, why = _one_platform(found.columns, setting)
        if name:
            found.warnings.append(f"Platform {name} for {known.null_count} rows that do not state one: {why}.")
            known = pc.fill_null(known, name)
        else:
            found.warnings.append(f"{known.null_count} rows state no platform, nor does {why}: pass --platform.")
    found.columns["platform"] = known


def _platform_of_addresses(columns: Columns, n_rows: int) -> pa.Array:
    addresses = columns.get(PROFILE, columns.get(ADDRESS))
    if addresses is None:
        return pa.nulls(n_rows, TEXT)
    sites = pc.struct_field(pc.extract_regex(addresses, r"(?i)(?P<site>(?:https?://|www\.)*[^/]+)"), "site")
    return by_distinct(sites, platforms.platform_of_address, TEXT).values


def _one_platform(columns: Columns, setting: Setting) -> tuple[str, str]:
    """One platform for all rows and the evidence; an empty name and what was searched where there is none."""
    if setting.platform:
        return setting.platform, "as you said"
    evidence = (
        ("a header names it", [" ".join(tokens(name)) for name in setting.header]),
        ("the file's name does", [PurePath(setting.source).name]),
        ("the folder's name does", [PurePath(setting.source).parent.name]),
    )
    for why, words in evidence:
        named = platforms.platforms_named(words)
        if len(named) == 1:
            return named.pop(), why
    ids = columns.get("creator_id")
    if ids is not None and pc.all(pc.match_substring_regex(ids, r"^UC[\w-]{22}$")).as_py():
        return "youtube", "all ids are YouTube channel ids"
    if any("subscriber" in name.lower() for name in setting.header):
        return "youtube", "subscribers are counted on YouTube"
    return "", "an address, a header or the file's name"


def _denominator(found: Derived, header: str) -> None:
    """What engagement rates are a share of: a column, the header's words, or the platform's custom (stated)."""
    rated = pc.is_valid(found.columns["engagement_rate"])
    named = next(
        (word for word in ("followers", "views", "reach") if {word, word.rstrip("s")} & set(tokens(header))), None
    )
    if named:
        custom, why = pa.repeat(pa.scalar(named, TEXT), found.n_rows), "its header says so"
    else:
        views_first = pc.is_in(found.columns["platform"], pa.array(VIEWS_FIRST))
        custom = pc.if_else(views_first, "views", "followers")
        why = "the custom of the platform, as the file does not say"
    own = found.columns.get("engagement_denominator")
    found.columns["engagement_denominator"] = pc.if_else(
        rated, custom if own is None else pc.coalesce(own, custom), pa.scalar(None, TEXT)
    )
    if own is None:
        words = " and ".join(sorted(set(pc.drop_null(pc.unique(found.columns["engagement_denominator"])).to_pylist())))
        found.how["engagement_denominator"] = f"per {words}: {why}"
        if not named:
            found.warnings.append(f"Engagement rates are read as shares of {words}: {why}.")
