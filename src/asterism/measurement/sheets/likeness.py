"""What a table of a campaign's results looks like: deals, orders, codes, clicks, answers or lifts, by its headers."""

from typing import Final

from asterism.creators.text import TextTable, clean
from asterism.measurement.sheets.kinds import KINDS, Kind
from asterism.measurement.sheets.reading import places_of

_MARKS: Final = {
    "deals": ("fee", "product", "usage_rights", "hours", "hours_cost", "code"),
    "orders": ("amount",),
    "codes": ("word",),
    "clicks": ("key", "visitor"),
    "survey": ("channel",),
    "lifts": ("revenue",),
}
"""Columns one of which a table of the kind has: a day or a name alone says little."""


def likeness(table: TextTable) -> tuple[str, int]:
    """The kind most columns of a table are of, and how many; an empty name where it is none.

    A table is of a kind when it has what every row needs and half of its columns at the least are known.
    """
    text = clean(table)
    found = [(len(places), name) for name in _MARKS if (places := _of_kind(text, KINDS[name]))]
    most = max((n for n, _ in found), default=0)
    return next(((name, n) for n, name in found if n == most and 2 * n >= len(text.header)), ("", 0))


def _of_kind(text: TextTable, kind: Kind) -> dict[str, int]:
    """The columns of the fields of a kind; none where the table cannot be of it."""
    places = places_of(text, kind, {})
    asked = (*kind.needs, *kind.heads, _MARKS[kind.name])
    return places if all(set(group) & set(places) for group in asked) else {}
