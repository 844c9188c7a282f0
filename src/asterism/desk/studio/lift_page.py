"""The pages of a campaign's studies of lift: the list, and one study with its power, answer, pictures and checks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from asterism.desk.studio.lift_figures import apart, feeds, last_day
from asterism.desk.studio.lifts import LIFT, MEASURES, PLANNED, POWER, MadeStudy, all_studies, study_of, tiers_in
from asterism.desk.studio.mix_exports import EXPORTS
from asterism.quantities import Interval
from asterism.reports.charts import Chart
from asterism.reports.grid import Grid
from asterism.reports.lift import checks_grid
from asterism.reports.lift_charts import placebo_chart, signed, span_of, trace_chart
from asterism.reports.page import Figure
from asterism.reports.words import Words
from asterism.store.ledger.jobs import OPEN
from asterism.store.ledger.models import Campaign, Job, LiftStudy
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat

WORDS: Final = Words(thin=True)
SHOWN: Final = 200
NAMED: Final = 6
"""Treated places that are named; of more the number is said."""
OPENINGS: Final = {
    "clear": "Clear: it came to {span} against what would have come anyway",
    "not clear": "Not clear whether it did anything: {span} against what would have come anyway",
    "cannot tell yet": "Cannot tell yet whether it did anything: the test is too small",
}
TONES: Final = {"clear": "good", "not clear": "warn", "cannot tell yet": "warn"}


@dataclass(frozen=True, slots=True)
class StudyLine:
    """A study in the list: its row, where it ran and what y counts, how it stands, by tone, and its answer."""

    row: LiftStudy
    where: str
    state: str
    tone: str
    answer: str


@dataclass(frozen=True, slots=True)
class LiftsPage:
    """`lifts.html.j2`: the studies of a campaign, what a new one may speak of, and rows for which none was made."""

    campaign: Campaign
    sentence: str
    studies: tuple[StudyLine, ...]
    tiers: tuple[str, ...]
    measures: tuple[tuple[str, str], ...]
    exports: tuple[tuple[str, str], ...]
    may_plan: bool
    made: MadeStudy | None = None


@dataclass(frozen=True, slots=True)
class StudyPage:
    """`lifts_study.html.j2`: one study.

    Parameters
    ----------
    sentence, why
        The answer in one sentence, and why it is no more certain than that.
    power
        How often a lift would be found, in words; empty until it is told.
    enough
        Whether the test is large enough to be estimated; None where that cannot be told.
    job
        The work that is under way for it.
    can_estimate
        Whether the member may have it estimated now.
    returned
        What it is for the campaign's return, in words.
    """

    campaign: Campaign
    study: LiftStudy
    sentence: str
    why: str
    power: str
    enough: bool | None
    job: Job | None
    can_estimate: bool
    may_plan: bool
    figures: tuple[Figure, ...]
    charts: tuple[Chart, ...]
    checks: Grid | None
    facts: tuple[tuple[str, str], ...]
    returned: str


def lifts_page(seat: Seat, key: int, made: MadeStudy | None = None) -> LiftsPage:
    """The studies of a campaign."""
    seat.insist("see")
    campaign = find(seat, Campaign, key, "brand")
    lines = tuple(_line(study, campaign) for study in all_studies(seat, key)[:SHOWN])
    told = [line for line in lines if "verdict" in line.row.result]
    return LiftsPage(
        campaign=campaign,
        sentence=_counted(lines, told),
        studies=lines,
        tiers=tiers_in(seat, campaign),
        measures=tuple(MEASURES.items()),
        exports=tuple(EXPORTS.items()),
        may_plan=seat.may("plan"),
        made=made,
    )


def study_page(seat: Seat, key: int) -> StudyPage:
    """One study as it stands."""
    study = study_of(seat, key)
    campaign, result, power = study.campaign, study.result, study.result.get("power") or {}
    job = _job(seat, study)
    told, enough = "effect" in result, power.get("enough", False) if power else False
    ready = bool(power) and enough is not False and study.kind != PLANNED and "verdict" not in result
    return StudyPage(
        campaign=campaign,
        study=study,
        sentence=_sentence(study, job),
        why=result.get("why", "") if told else "",
        power=power.get("sentence", ""),
        enough=enough,
        job=job,
        can_estimate=ready and job is None and seat.may("plan"),
        may_plan=seat.may("plan"),
        figures=_figures(study) if told else (),
        charts=_charts(study) if told else (),
        checks=checks_grid(result) if result.get("checks") else None,
        facts=_facts(study),
        returned=_returned(study, campaign) if "verdict" in result else "",
    )


def _counted(lines: tuple[StudyLine, ...], told: list[StudyLine]) -> str:
    if not lines:
        return "No study of lift was made yet."
    n = WORDS.counted(len(lines), "study", "studies")
    clear = sum(line.row.result["verdict"] == "clear" for line in told)
    return f"{n}, {len(told)} estimated, {clear} of them clear."


def _line(study: LiftStudy, campaign: Campaign) -> StudyLine:
    result, power = study.result, study.result.get("power")
    if "verdict" in result:
        state, tone = result["verdict"].capitalize(), TONES[result["verdict"]]
    elif not power:
        state, tone = "Power not told yet", "off"
    elif power["enough"] is False:
        state, tone = "Too small", "warn"
    else:
        state, tone = ("Large enough", "good") if power["enough"] else ("Ready", "")
    state = f"To come: {state.lower()}" if study.kind == PLANNED else state
    answer = span_of(_effect(result)) if "effect" in result else (power or {}).get("sentence", "")
    beside = " · outside the campaign's days" if "verdict" in result and apart(study, campaign) else ""
    return StudyLine(study, f"{_where(study)} · {_counts(study)}{beside}", state, tone, answer)


def _where(study: LiftStudy) -> str:
    return ", ".join(study.treated) if 0 < len(study.treated) <= NAMED else f"{len(study.treated)} places"


def _effect(result: Mapping[str, Any]) -> Interval:
    return Interval(result["effect"], result["low"], result["high"])


def _job(seat: Seat, study: LiftStudy) -> Job | None:
    query = rows(seat, Job).filter(campaign=study.campaign, kind__in=(POWER, LIFT), state__in=OPEN)
    return next((job for job in query[:20] if job.asks.get("study") == study.pk), None)


def _sentence(study: LiftStudy, job: Job | None) -> str:
    result, power = study.result, study.result.get("power")
    if "verdict" in result:
        span = span_of(_effect(result)) if "effect" in result else ""
        return f"{OPENINGS[result['verdict']].format(span=span)}."
    if job is not None:
        return "This is being worked out."
    if not power:
        return "How often this test would find a lift is not told yet."
    if study.kind == PLANNED:
        return "The test is worth running." if power["enough"] else "The test is not worth running as it is."
    if power["enough"] is False:
        return "The test is too small to tell, so it is not estimated."
    return "The test is large enough. Estimate it now." if power["enough"] else "Whether it is large enough is unknown."


def _write(study: LiftStudy) -> Callable[[float], str]:
    if study.currency:
        return lambda value: WORDS.compact_money(float(f"{value:.3g}"), study.currency)
    return lambda value: WORDS.compact(float(f"{value:.3g}"))


def _figures(study: LiftStudy) -> tuple[Figure, ...]:
    result, write = study.result, _write(study)
    low, high = write(result["incremental_low"]), write(result["incremental_high"])
    unit = "" if study.currency else f" {MEASURES.get(study.measure, study.measure)}"
    level = WORDS.percent(result["level"])
    return (
        Figure(
            "Lift", signed(result["effect"]), f"the range holds the truth in {level} of cases",
            f" ({signed(result['low'])} to {signed(result['high'])})",
        ),
        Figure(
            "On top", f"{write(result['incremental'])}{unit}",
            f"of {write(result['baseline'])} that would have come anyway", f" ({low} to {high})",
        ),
        Figure("p-value", f"{result['p_value']:.2g}", "how often placebos come out as large"),
    )  # fmt: skip


def _charts(study: LiftStudy) -> tuple[Chart, ...]:
    result = study.result
    if "trace" not in result:
        return ()
    made = (trace_chart(result["trace"], _write(study)), placebo_chart(result, WORDS))
    return tuple(chart for chart in made if chart is not None)


def _facts(study: LiftStudy) -> tuple[tuple[str, str], ...]:
    result, panel = study.result, study.panel
    facts = [("Ran in", _where(study)), ("Speaks of", study.tier or "all tiers")]
    facts.append(("y counts", _counts(study)))
    if panel:
        days = panel["date"]
        facts.append(
            ("Panel", f"{len(panel['location'])} places, {_day(days[0])} to {_day(days[-1])}, {len(days)} rows each")
        )
    facts.append(("Would start" if study.kind == PLANNED else "Start", _day(study.start.isoformat())))
    if "method" in result:
        facts.append(("Method", f"{result['method']}, {result['controls']} places to compare with"))
    return tuple(facts)


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%b %Y}"


def _days(first: date | None, last: date | None) -> str:
    ends = (("from", first), ("to", last))
    return " ".join(f"{word} {_day(day.isoformat())}" for word, day in ends if day is not None)


def _counts(study: LiftStudy) -> str:
    return f"{MEASURES.get(study.measure, study.measure)} {study.currency}".strip()


def _returned(study: LiftStudy, campaign: Campaign) -> str:
    if apart(study, campaign):
        ran, whole = _days(study.start, last_day(study)), _days(campaign.start, campaign.end)
        return (
            f"It does not stand beside the return: the test ran {ran}, outside the campaign's days, {whole}. The study "
            "is kept. If it is of another campaign, make it there; if the campaign's days are wrong, change them."
        )
    if not feeds(study, campaign):
        return (
            "It does not stand beside the return: only revenue in the campaign's currency does, of a test that tells."
        )
    whose = f"of {study.tier} creators" if study.tier else "of the whole campaign"
    return (
        f"It is the causal return {whose}: what came on top, its range brought to 80%, times the margin, against the "
        "full cost. It counts the treated places until the last day of the panel alone: what came elsewhere or later "
        "is missing. It is never added to what was tracked."
    )
