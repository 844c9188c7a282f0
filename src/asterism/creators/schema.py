"""What a kind of table is: fields with types, units and meanings, a key, and what a usable row needs."""

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

TEXT, COUNT, NUMBER, FLAG = pa.string(), pa.int64(), pa.float64(), pa.bool_()
TIME = pa.timestamp("us", tz="UTC")

PLATFORMS: Final = ("instagram", "tiktok", "youtube", "facebook", "x", "linkedin", "twitch", "pinterest", "snapchat")
VIEWS_FIRST: Final = ("tiktok", "youtube", "twitch", "snapchat")
"""Platforms where people watch what they do not follow: the audience is the usual unique viewers."""
FORMATS: Final = ("post", "carousel", "reel", "story", "short", "video", "live", "podcast", "blog")
DENOMINATORS: Final = ("followers", "views", "reach")


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its type, unit, meaning, and the values it may hold."""

    name: str
    type: pa.DataType
    unit: str
    meaning: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """One kind of table: its fields, the key that makes a row one thing, and what a usable row needs.

    `needs` is a conjunction of alternatives: `(("creator_id", "handle"), ("followers",))` reads
    «an id or a handle, and followers». `newest` is the field that says which of two rows with one key is newer.
    """

    name: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    newest: str | None = None

    @property
    def arrow(self) -> pa.Schema:
        """The Arrow schema, columns in order; all nullable."""
        return pa.schema([(f.name, f.type) for f in self.fields])

    @property
    def names(self) -> list[str]:
        """The field names in order."""
        return [f.name for f in self.fields]

    def field(self, name: str) -> Field:
        """The field of that name."""
        return next(f for f in self.fields if f.name == name)

    def empty(self) -> pa.Table:
        """A table of no rows."""
        return self.arrow.empty_table()
