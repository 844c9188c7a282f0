"""Weekly tier channels and lift tests of a workspace, as tables that marketing-mix models read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import pyarrow as pa

from asterism.desk.studio.deals import Purse, deals_of
from asterism.desk.studio.measured import rates_of
from asterism.desk.studio.result_files import ResultFile
from asterism.errors import BadInput, Conflict, NotFound
from asterism.measurement.ledger import Deal
from asterism.measurement.lift.calibration import LiftTest, experiments, measurements, standard_error
from asterism.measurement.lift.weeks import NATIONAL, Week, for_meridian, for_pymc, monday_of
from asterism.reports.sheets import table_csv
from asterism.store.ledger.models import Campaign, LiftStudy, LivePost
from asterism.store.ledger.results import newest_figures
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat

EXPORTS: Final = {
    "pymc_channels": "Weekly channels for PyMC-Marketing",
    "meridian_channels": "Weekly channels for Meridian",
    "pymc_lift_tests": "Lift tests for PyMC-Marketing",
    "meridian_experiments": "Lift tests for Meridian",
}
"""Kind of file → what its button says."""


def mix_export(seat: Seat, key: int, kind: str) -> ResultFile:
    """A table for a marketing-mix model, over all campaigns of the workspace, in the currency of this one.

    Raises
    ------
    NotFound
        There is no such kind of file.
    Conflict
        There is nothing to hand on yet.
    """
    seat.insist("see")
    campaign = find(seat, Campaign, key)
    if kind not in EXPORTS:
        raise NotFound("There is no such file.", f"Ask for one of {', '.join(EXPORTS)}.")
    made = _channels(seat, campaign, kind) if kind.endswith("channels") else _tests(seat, campaign, kind)
    return ResultFile(f"{kind}.csv", "text/csv; charset=utf-8", table_csv(made))


def _channels(seat: Seat, campaign: Campaign, kind: str) -> pa.Table:
    found = weeks_in(seat, campaign.currency)
    if not found:
        raise Conflict("Nothing was spent yet, so there are no channels.", "Agree on fees or write down costs first.")
    return for_pymc(found) if kind == "pymc_channels" else for_meridian(found)


def weeks_in(seat: Seat, currency: str) -> tuple[Week, ...]:
    """What each tier spent and showed per week over all campaigns; what cost a campaign alone is left out.

    A collaboration's full cost falls in equal parts on the weeks of its posts, or on the campaign's first week where
    none is out. Reach of several posts of a tier in one week adds up.
    """
    campaigns = {one.pk: one for one in rows(seat, Campaign)}
    dealt = deals_of(seat, list(campaigns.values()), Purse(currency, rates_of(seat)))
    posts, seen = _posts(seat), _figures(seat, list(campaigns))
    sums: defaultdict[tuple[date, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for deal in dealt.deals:
        if not deal.partner.tier:
            continue
        days = posts.get(deal.partner.key) or [_first_day(seat, campaigns[int(deal.partner.campaign)])]
        for day in days:
            sums[monday_of(day), deal.partner.tier][0] += deal.costs.total / 100 / len(days)
        for day, impressions, reach in seen.get(deal.partner.key, ()):
            kept = sums[monday_of(day), deal.partner.tier]
            kept[1], kept[2], kept[3] = kept[1] + impressions, kept[2] + reach, kept[3] + (reach > 0)
    return tuple(Week(*at, NATIONAL, s, i, r, max(int(n), 1)) for at, (s, i, r, n) in sorted(sums.items()))


def _posts(seat: Seat) -> dict[str, list[date]]:
    found: defaultdict[str, list[date]] = defaultdict(list)
    for key, at in rows(seat, LivePost).values_list("deliverable__collaboration_id", "posted_at").order_by("pk"):
        found[str(key)].append(_day(seat, at))
    return found


def _figures(seat: Seat, campaigns: Sequence[int]) -> dict[str, list[tuple[date, float, float]]]:
    found: defaultdict[str, list[tuple[date, float, float]]] = defaultdict(list)
    for one in newest_figures(seat, campaigns):
        values: Mapping[str, Any] = one["values"]
        shown = values.get("impressions", values.get("views", 0))
        key = str(one["post__deliverable__collaboration_id"])
        found[key].append((_day(seat, one["post__posted_at"]), float(shown), float(values.get("reach", 0))))
    return found


def _first_day(seat: Seat, campaign: Campaign) -> date:
    return campaign.start or _day(seat, campaign.made_at)


def _day(seat: Seat, at: datetime) -> date:
    return at.astimezone(ZoneInfo(seat.workspace.timezone)).date()


def _tests(seat: Seat, campaign: Campaign, kind: str) -> pa.Table:
    found = lift_tests_in(seat, campaign.currency)
    if kind == "pymc_lift_tests":
        made, _ = measurements(test for _, test in found)
    else:
        parts = [experiments([test for money, test in found if money is revenue], revenue) for revenue in (True, False)]
        made = pa.concat_tables([part for part in parts if part.num_rows] or parts[:1])
    if not made.num_rows:
        what = "There is no lift test to hand on: it takes an estimated study of one tier that spent something."
        raise Conflict(what, "Estimate a study of one tier first; a lift of 0 or below suits Meridian alone.")
    return made


def lift_tests_in(seat: Seat, currency: str) -> list[tuple[bool, LiftTest]]:
    """The estimated studies of one tier each as lift tests, with whether y counts money of the currency.

    What was spent for a test is the full cost of the tier in its campaign.
    """
    studies = rows(seat, LiftStudy).exclude(tier="").select_related("campaign").defer("panel").order_by("pk")
    mine = [one for one in studies if "incremental" in one.result and one.currency in ("", currency)]
    campaigns = {one.campaign_id: one.campaign for one in mine}
    dealt = deals_of(seat, list(campaigns.values()), Purse(currency, rates_of(seat)))
    made = []
    for study in mine:
        spent = _spent(dealt.deals, study)
        try:
            made.append((bool(study.currency), _test(study, spent)))
        except BadInput:
            continue  # a test that cost nothing, or has no range, is none for such a model
    return made


def _spent(deals: Iterable[Deal], study: LiftStudy) -> float:
    whose = (str(study.campaign_id), study.tier)
    return sum(deal.costs.total for deal in deals if (deal.partner.campaign, deal.partner.tier) == whose) / 100


def _test(study: LiftStudy, spent: float) -> LiftTest:
    result = study.result
    error = standard_error(result["incremental_low"], result["incremental_high"], result["level"])
    start, end = (date.fromisoformat(result[name]) for name in ("start", "end"))
    return LiftTest(study.tier, start, end, result["incremental"], error, spent)
