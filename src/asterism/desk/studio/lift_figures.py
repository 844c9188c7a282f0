"""What a campaign's studies of lift hand on to its return: incremental revenue per tier, as 80% ranges."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from asterism.measurement.events import WINDOW
from asterism.measurement.lift.calibration import standard_error
from asterism.measurement.roi import Z
from asterism.quantities import Interval
from asterism.store.ledger.models import Campaign, LiftStudy
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

REVENUE = "revenue"


def lifts_of(seat: Seat, campaign: Campaign) -> dict[str, Interval]:
    """Incremental revenue in cents per tier, `all` for every tier, by the newest study of each that says something.

    Studies never add up: each stands for its tier alone.
    """
    found: dict[str, Interval] = {}
    for study in rows(seat, LiftStudy).filter(campaign=campaign, measure=REVENUE).order_by("pk").defer("panel"):
        if feeds(study, campaign):
            found[study.tier or "all"] = at_80(study.result)
    return found


def feeds(study: LiftStudy, campaign: Campaign) -> bool:
    """Whether a study stands beside the return: it counts money of the campaign's currency, was large enough and ran
    in the campaign's days.
    """
    counts = study.measure == REVENUE and study.currency in ("", campaign.currency)
    return counts and "incremental" in study.result and not apart(study, campaign)


def apart(study: LiftStudy, campaign: Campaign) -> bool:
    """Whether no day of a study's test is one of the campaign's, or of the time after it in which a click counts."""
    if campaign.end is not None and study.start > campaign.end + WINDOW:
        return True
    return campaign.start is not None and study.start < campaign.start and last_day(study) < campaign.start


def last_day(study: LiftStudy) -> date:
    """The last day of a study's test, as its estimate says; of one not estimated the first, which is known."""
    return date.fromisoformat(study.result["end"]) if "end" in study.result else study.start


def at_80(result: Mapping[str, Any]) -> Interval:
    """What came on top in hundredths of y, its range brought to 80% as that of a normal distribution would be."""
    mean, low, high = (100 * result[name] for name in ("incremental", "incremental_low", "incremental_high"))
    narrower = Z * standard_error(-1.0, 1.0, result["level"])
    return Interval(mean, mean - narrower * (mean - low), mean + narrower * (high - mean))
