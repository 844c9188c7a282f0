"""What the terminal shows of an erasure, of one person's data, and of rows too old to keep."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from asterism.reports.console import bold, section, text
from asterism.reports.grid import Column, Grid, texts

if TYPE_CHECKING:
    from rich.console import Group

NOTHING: Final = "Nothing was touched: this is what would go. Add --yes to do it."
TOLD: Final = 60
"""Letters of a row that a terminal shows; `--json` has all."""


def erased_table(told: Mapping[str, Any]) -> "Group":
    """What an erasure took, from the fields of `asterism erase --json`."""
    from rich.console import Group

    verb = "was erased" if told["done"] else "would be erased"
    who, rows = ", ".join(told["who"]), sum(told["rows"].values())
    after = [
        f"Fetched pages removed: {told['pages']} accounts.",
        "Backups, reports and files that you saved are not ours to find: erase there too.",
    ]
    return Group(
        bold(f"{who} {verb}: {rows:,} rows, and mentions in {sum(told['mentions'].values()):,} rows of others."),
        *section(_counts("Rows", told["rows"])),
        *section(_counts("Mentions struck out of others' rows", told["mentions"])),
        *section(_counts("No longer readable up to version", told["lost"])),
        *map(text, after if told["done"] else [NOTHING]),
    )


def personal_table(told: Mapping[str, Any]) -> "Group":
    """One person's data, from the fields of `asterism personal-data --json`."""
    from rich.console import Group

    rows = [
        (each["kind"], each["source"], f"{(each['date'] or '')[:10]} ({each['date_is']})", _short(each["values"]))
        for each in told["entries"]
    ]
    heads = tuple(Column(head) for head in ("table", "source", "date", "says"))
    return Group(
        bold(f"{told['who']}: {len(rows):,} rows; mentioned in {sum(told['mentions'].values()):,} rows of others."),
        *section(Grid("What the catalogue holds", heads, tuple(texts(*row) for row in rows))),
    )


def expired_table(told: Mapping[str, Any]) -> "Group":
    """Rows too old to keep, from the fields of `asterism retention --json`."""
    from rich.console import Group

    verb = "went" if told["done"] else "would go"
    return Group(
        bold(f"Rows from before {told['before'][:10]} that {verb}: {sum(told['rows'].values()):,}."),
        *section(_counts("Rows", told["rows"])),
        *section(_counts("Kept, since nobody can say how old they are", told["kept_undated"])),
        *section(_counts("No longer readable up to version", told["lost"])),
        *([] if told["done"] else [text(NOTHING)]),
    )


def _counts(caption: str, counts: Mapping[str, int]) -> Grid:
    rows = tuple(texts(kind, f"{n:,}") for kind, n in counts.items())
    return Grid(caption, (Column("table"), Column("", numeric=True)), rows)


def _short(values: Mapping[str, Any]) -> str:
    words = "; ".join(f"{name} {value}" for name, value in values.items())
    return words if len(words) <= TOLD else f"{words[: TOLD - 1]}…"
