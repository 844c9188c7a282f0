"""What the terminal shows of creators: one in full, many as a list with what was left out."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from asterism.reports.console import bold, listed, section, text
from asterism.reports.grid import Cell, Column, Grid, texts, tint
from asterism.reports.profile import accounts_grid, doubt, fields_grid, formats_grid, sentence
from asterism.reports.readings import parts_grid, signals_grid
from asterism.reports.words import NOTHING, Words, spoken
from asterism.signals.finding.search import Facet, Found, Left
from asterism.signals.profile import Profile

if TYPE_CHECKING:
    from rich.console import Group, RenderableType

FILTERS: Final = {
    "platforms": "on another platform", "tiers": "of another tier", "countries": "in another country",
    "languages": "in another language", "niches": "of another niche", "words": "of another name",
    "min_followers": "with fewer followers", "max_followers": "with more followers",
    "min_engagement": "with less engagement", "min_authenticity": "with a smaller share of real followers",
    "min_connection": "with a weaker connection", "min_on_target": "with less of their audience on target",
    "min_match": "whose words fit the niche less", "max_price": "who cost more",
}  # fmt: skip
"""What is said of the creators that a filter left out."""
ASKED: Final = ("on_target", "connection", "match", "similar")
"""Columns shown only where somebody asked for them."""


def scores_table(profiles: Sequence[Profile], warnings: Iterable[str] = ()) -> "Group":
    """Creators in full, one after the other, for a terminal of 80 columns or more."""
    from rich.console import Group

    words = Words()
    return Group(*(line for profile in profiles for line in _profile(profile, words)), *listed("Warnings", warnings))


def _profile(profile: Profile, words: Words) -> list["RenderableType"]:
    return [
        bold(sentence(profile, words)),
        text(doubt(profile, words)),
        *section(formats_grid(profile, words)),
        *section(signals_grid(profile, words)),
        *(line for reading in profile.readings for line in section(parts_grid(reading, words))),
        *section(accounts_grid(profile)),
        *_sources(profile, words),
        *listed("What to mind", profile.remarks),
        text(""),
    ]


def _sources(profile: Profile, words: Words) -> list["RenderableType"]:
    """Fields that several sources tell; where one tells all, its name."""
    told = {f.source for f in profile.fields}
    if len(told) == 1 and not any(f.others for f in profile.fields):
        dated = f"as of {words.day(profile.as_of)}" if profile.as_of else "of no stated date"
        return [text(""), text(f"Every field: {told.pop()}, {dated}.")]
    return section(fields_grid(profile, words))


def found_table(found: Found) -> "Group":
    """The creators found, best first, with facets and what the filters left out."""
    from rich.console import Group

    words = Words()
    return Group(
        bold(found_sentence(found, words)),
        *section(found_grid(found, words)),
        *section(facets_grid(found, words)),
        *listed("Left out", (left_sentence(each, words) for each in found.left if each.failed or each.unknown)),
        *listed("Warnings", found.warnings),
    )


def found_sentence(found: Found, words: Words) -> str:
    """How many creators pass, of how many, and how many are shown."""
    pass_ = f"{words.counted(found.total, 'creator passes', 'creators pass')} of {words.whole(found.searched)}"
    if not found.total:
        return f"No creator of {words.whole(found.searched)} passes: loosen a filter."
    shown = f"; the first {words.whole(found.rows.num_rows)}" if found.rows.num_rows < found.total else ""
    return f"{pass_}{shown}, by {found.sort.removeprefix('-')}{' turned round' if found.sort.startswith('-') else ''}."


def found_grid(found: Found, words: Words) -> Grid:
    """The creators in rows; likeness and match only where they were asked for."""
    asked = [name for name in ASKED if found.rows[name].null_count < found.rows.num_rows]
    columns = (
        Column("creator"), Column("where"), Column("niche"), Column("followers", True),
        Column("engagement", True), Column("real", True), Column("fee", True),
        *(Column(name.replace("_", " "), True) for name in asked),
    )  # fmt: skip
    return Grid(
        f"Creators; engagement of {_denominator(found)}",
        columns,
        tuple(_row(row, asked, words) for row in found.rows.to_pylist()),
    )


def _denominator(found: Found) -> str:
    """What the rates are shares of, named once."""
    per = sorted(set(found.rows["engagement_of"].to_pylist()))
    return per[0] if len(per) == 1 else "followers, on TikTok and YouTube of views"


def _row(row: dict[str, Any], asked: list[str], words: Words) -> tuple[Cell, ...]:
    name = f"@{row['handle']}" if row["handle"] else row["name"] or row["creator_id"]
    low, high = (words.percent(row[f"engagement_{end}"]) for end in ("low", "high"))
    rate = f"{words.percent(row['engagement'])} ({low.removesuffix('%')}–{high})"
    return (
        Cell(name),
        Cell(f"{row['platform']} {row['tier']}", tint=tint(row["tier"])),
        Cell(row["niche"] or NOTHING),
        Cell(NOTHING if row["followers"] is None else words.compact(row["followers"])),
        *texts(rate, words.percent(row["real"]), words.money(float(f"{row['fee']:.3g}"), "USD")),
        *texts(*(NOTHING if row[name] is None else words.number(row[name]) for name in asked)),
    )


def facets_grid(found: Found, words: Words) -> Grid:
    """Of the creators found, how many have each value."""
    rows = tuple(texts(facet.name, _counts(facet, words)) for facet in found.facets if len(facet.counts) > 1)
    return Grid("Among all that pass", (Column("by"), Column("creators")), rows)


def _counts(facet: Facet, words: Words) -> str:
    counts = [*facet.counts, *([("others", facet.others)] if facet.others else [])]
    return ", ".join(f"{name} {words.whole(n)}" for name, n in counts)


def left_sentence(left: Left, words: Words) -> str:
    """What a filter left out, in words: those who fail it, and those of whom it cannot be told."""
    parts = []
    if left.failed:
        parts.append(f"{words.whole(left.failed)} {FILTERS[left.filter]}")
    if left.unknown:
        name = spoken(left.filter).removeprefix("min ").removeprefix("max ")
        parts.append(f"{words.whole(left.unknown)} of whom that is not known ({name})")
    return "; ".join(parts) + "."
