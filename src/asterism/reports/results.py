"""What a report on results is made from, and what it tells: the answer, the plan beside what came, the lessons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from asterism.measurement.leakage import Leak
from asterism.measurement.ledger import DIMENSIONS, Dimension, Group, Line, Return
from asterism.quantities import Interval
from asterism.reports.charts import Chart
from asterism.reports.grid import Grid
from asterism.reports.page import Figure

GROUPED: Final[tuple[tuple[Dimension, ...], ...]] = (*((name,) for name in DIMENSIONS), ("tier", "phase"))
"""The groups that a report shows, and that the ledger's JSON holds."""
BETWEEN: Final = " × "
"""What stands between dimensions in the name of a grouping."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger of return as reports read it: its groups worked out once, or read back from its JSON.

    `groups` are by the names of their dimensions; `unattributed` and `set_aside` count orders without credit.
    """

    currency: str
    rule: str
    as_of: date | None
    lines: tuple[Line, ...]
    total: Group
    groups: Mapping[str, tuple[Group, ...]]
    unattributed: int = 0
    set_aside: int = 0
    warnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, returned: Return) -> "Ledger":
        """A ledger with its groups worked out."""
        groups = {BETWEEN.join(names): returned.by(*names) for names in GROUPED}
        counts = (returned.unattributed, returned.set_aside)
        about = (returned.currency, returned.rule, returned.as_of)
        return cls(*about, returned.lines, returned.total, groups, *counts, returned.warnings)

    def by(self, *dimensions: Dimension) -> tuple[Group, ...]:
        """The groups along some dimensions of `GROUPED`."""
        return self.groups.get(BETWEEN.join(dimensions), ())

    def to_dict(self) -> dict[str, Any]:
        """The ledger as plain values, as `Return.to_dict` gives them."""
        return {
            "currency": self.currency,
            "rule": self.rule,
            "as_of": self.as_of and self.as_of.isoformat(),
            "total": self.total.to_dict(),
            "by": {name: [group.to_dict() for group in groups] for name, groups in self.groups.items()},
            "lines": [line.to_dict() for line in self.lines],
            "unattributed_orders": self.unattributed,
            "orders_set_aside": self.set_aside,
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure as it was forecast before the start and as it came; None where either is not known.

    `kind` is people, count or money (in the campaign's currency, not cents); `note` says what to mind.
    """

    name: str
    forecast: Interval | None
    came: Interval | None
    kind: str = "count"
    note: str = ""

    @property
    def verdict(self) -> str:
        """Where what came stands to the range forecast: inside, above or below; empty where it cannot be said."""
        if self.forecast is None or self.came is None:
            return ""
        if self.came.mean > self.forecast.high:
            return "above"
        return "below" if self.came.mean < self.forecast.low else "inside"

    @property
    def error(self) -> float | None:
        """By what part of the forecast it was missed; None where a part of it says nothing, as of a loss."""
        if self.forecast is None or self.came is None or self.forecast.low <= 0 or self.came.mean < 0:
            return None
        return self.came.mean / self.forecast.mean - 1


@dataclass(frozen=True, slots=True)
class Aside:
    """Orders that were set aside for one reason: how many, and what they came to in cents."""

    reason: str
    orders: int
    cents: int


@dataclass(frozen=True, slots=True)
class Clicks:
    """Openings of the campaign's links: those held to be persons', and those filtered, by rule."""

    counted: int
    filtered: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """One figure as the books were last closed and as it stands now."""

    name: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The last closing of the books: its number and day, and what differs since."""

    number: int
    day: date
    changes: tuple[Changed, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """What a campaign came to, as figures; everything a report tells is worked out from these.

    Parameters
    ----------
    title, brand, agency
        The campaign, whom it speaks for, and who reports; the last two may be empty.
    planned
        What the plan said, in one sentence; empty where there was none.
    start, end
        The days it ran, where they are known.
    compared
        Forecasts made before the start beside what came.
    counted_on
        On whom reach was counted, in a sentence; may be empty.
    aside, clicks, leaks
        Orders nobody is credited with, the click log, and signs of codes passed around.
    closed
        The last closing of the books, if there was one.
    media_value
        Earned media value in cents with the formula behind it, only where somebody asked for it.
    """

    title: str
    returned: Ledger
    brand: str = ""
    agency: str = ""
    planned: str = ""
    counted_on: str = ""
    start: date | None = None
    end: date | None = None
    compared: tuple[Compared, ...] = ()
    aside: tuple[Aside, ...] = ()
    clicks: Clicks | None = None
    leaks: tuple[Leak, ...] = ()
    closed: Closed | None = None
    media_value: tuple[int, str] | None = None

    @property
    def over(self) -> bool:
        """Whether its last day has passed; forecasts of a campaign are of the whole of it."""
        day = self.returned.as_of
        return self.end is None or day is None or day > self.end


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report: its heading, what it says, a picture with its table, further tables, points to read.

    `name` is how the studio, the slides and links within the page call it; `open` shows the picture's table at once.
    """

    name: str
    title: str
    says: tuple[str, ...] = ()
    chart: Chart | None = None
    grids: tuple[Grid, ...] = ()
    points: tuple[str, ...] = ()
    warns: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Everything `results.html.j2` shows, already in words; the template only lays it out.

    `by` is who reports: the agency's name, or the product's where none is set.
    """

    title: str
    by: str
    about: str
    sentence: str
    doubt: str
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    foot: str

    def section(self, name: str) -> Section | None:
        """The part of a name, where it has anything to say."""
        return next((one for one in self.sections if one.name == name), None)
