"""What lift tests found, from rows: incremental revenue per tier as 80% ranges."""

from dataclasses import dataclass

from scipy.special import ndtri

from asterism.creators.tables import Reject
from asterism.errors import AsterismError, BadInput
from asterism.measurement.roi import Z
from asterism.measurement.sheets.deals import Setting
from asterism.measurement.sheets.reading import Row, Sheet
from asterism.quantities import LEVEL, Interval


@dataclass(frozen=True, slots=True)
class Lifts:
    """Incremental revenue in cents of the ledger's currency per tier, and what was refused."""

    by_tier: dict[str, Interval]
    rejects: tuple[Reject, ...]


def lifts_of(sheet: Sheet, setting: Setting) -> Lifts:
    """The lifts of a sheet; a range at another level is brought to 80% as a normal one would be."""
    found: dict[str, Interval] = {}
    rejects = [*sheet.rejects]
    for row in sheet.rows:
        tier = (row["tier"] or "all").strip().lower()
        try:
            if tier in found:
                raise BadInput("a lift of this tier stands above", field="tier")
            found[tier] = _interval(row, setting)
        except AsterismError as error:
            rejects.append(sheet.refuse(row.line, getattr(error, "field", "") or "revenue", tier, error.what))
    return Lifts(found, tuple(rejects))


def _interval(row: Row, setting: Setting) -> Interval:
    mean, low, high = (setting.cents(row[name], row["currency"], None) for name in ("revenue", "low", "high"))
    if not low <= mean <= high:
        raise BadInput("the lift does not lie inside its range", field="revenue")
    scale = Z / float(ndtri((1 + (row["level"] or LEVEL)) / 2))
    return Interval(mean, mean - scale * (mean - low), mean + scale * (high - mean))
