"""What was delivered: impressions, reach and engagements as the figures of the posts say, and who says so."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Literal

from asterism.errors import BadInput
from asterism.quantities import Interval

Origin = Literal["measured", "creator", "modelled"]
ORIGINS: Final[tuple[Origin, ...]] = ("measured", "creator", "modelled")
"""Where a figure comes from, the best first: a platform's own, the creator's word, our estimate."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The figures of a collaboration's posts; None where nobody says.

    `reach` is of its posts together, each person once where the platform says so; reaches of several collaborations
    never add up. `auto_initiated` views started by themselves and `filtered_invalid` ones were no person's: both are
    counted apart and stand in no other figure.
    """

    impressions: int | None = None
    views: int | None = None
    reach: int | None = None
    engagements: int | None = None
    clicks: int | None = None
    auto_initiated: int | None = None
    filtered_invalid: int | None = None
    posts: int | None = None
    origin: Origin = "measured"

    def __post_init__(self) -> None:
        for f in fields(self):
            value = getattr(self, f.name)
            if isinstance(value, int) and value < 0:
                raise BadInput(f"`{f.name}` is below zero.", "Give counts of 0 or more.", f.name)

    def to_dict(self) -> dict[str, Any]:
        """The figures as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ReachOnce:
    """People reached by a set of collaborations, each counted once, and how often.

    Parameters
    ----------
    people
        People reached, with their interval; never the plain sum of reaches.
    frequency
        Impressions per person reached; None without impressions.
    on_target
        Share of the people reached who are in the target audience; None where that is unknown.
    of, lacking
        How many collaborations it counts, and how many it leaves out because their reach is unknown.
    rung
        The step of the ladder of evidence it stands on; 4 where only a duplication prior is known.
    origin
        The weakest origin among the reaches it is made of.
    method
        How duplication was taken out, in words.
    """

    people: Interval
    frequency: Interval | None
    on_target: float | None
    of: int
    lacking: int
    rung: int
    origin: Origin
    method: str

    def to_dict(self) -> dict[str, Any]:
        """The figure as plain values."""
        return {
            **asdict(self),
            "people": self.people.to_dict(),
            "frequency": self.frequency and self.frequency.to_dict(),
        }


PER_PERSON: Final = 1.25
"""Impressions per person reached where only reach is known: a usual estimate of one vendor, and no more than that."""


def impressions_of(delivered: Delivered) -> tuple[int, Origin] | None:
    """Impressions and where they come from: as counted, else views, else `PER_PERSON` for each person reached.

    >>> impressions_of(Delivered(reach=1_000)), impressions_of(Delivered(views=900, reach=800))
    ((1250, 'modelled'), (900, 'measured'))
    """
    counted = delivered.impressions if delivered.impressions is not None else delivered.views
    if counted is not None:
        return counted, delivered.origin
    return None if delivered.reach is None else (round(PER_PERSON * delivered.reach), "modelled")


def weakest(origins: Sequence[Origin]) -> Origin:
    """The origin that a figure made of several has; measured where there is none."""
    return max(origins, key=ORIGINS.index, default="measured")


def together(parts: Sequence[Delivered]) -> Delivered:
    """The sums of figures, of those who have them; reach has no sum and is left out."""
    names = [f.name for f in fields(Delivered) if f.name not in ("reach", "origin")]
    known = {name: [getattr(part, name) for part in parts if getattr(part, name) is not None] for name in names}
    told = [part.origin for part in parts if part != Delivered()]
    return Delivered(**{name: sum(n) if n else None for name, n in known.items()}, origin=weakest(told))
