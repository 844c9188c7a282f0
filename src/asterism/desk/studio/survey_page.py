"""The page of a campaign's survey: what answers make of tracked orders, who was named, and forms to bring more."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from asterism.desk.studio.heard import Heard, heard_of
from asterism.desk.studio.measured import measured
from asterism.desk.studio.remembered import remembered
from asterism.desk.studio.surveys import BroughtAnswers, all_answers
from asterism.measurement.multiplier import CAP, EVERY, Multiplier
from asterism.measurement.survey import CREATOR
from asterism.reports.charts import Chart
from asterism.reports.grid import Column, Grid, texts
from asterism.reports.heard import heard_chart, heard_grid, times
from asterism.reports.words import Words
from asterism.store.ledger.models import Campaign, Collaboration, Survey
from asterism.store.ledger.results import freshness
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.surveys import counted

WORDS: Final = Words(thin=True)
NEWEST: Final = 10
"""Answers that are shown one by one."""
NOBODY: Final = "a creator, nobody knows which"


@dataclass(frozen=True, slots=True)
class SurveyPage:
    """`surveys.html.j2`: a campaign's survey.

    Parameters
    ----------
    sentence, doubt
        The answer in one sentence, and how the answers are taken.
    cap
        The largest multiplier that is believed.
    channels, creators
        How often each way and each creator was named.
    people
        Creators of the campaign that an answer may name, as choices.
    """

    campaign: Campaign
    sentence: str
    doubt: str
    cap: str
    answers: int
    multipliers: tuple[Multiplier, ...]
    tiers: Grid
    chart: Chart | None
    channels: Grid
    creators: Grid
    newest: tuple[Survey, ...]
    people: tuple[tuple[str, str], ...]
    may_import: bool
    brought: BroughtAnswers | None = None


def survey_page(seat: Seat, key: int, brought: BroughtAnswers | None = None) -> SurveyPage:
    """The survey of a campaign."""
    seat.insist("see")
    campaign = find(seat, Campaign, key, "brand")
    found = _heard(seat, campaign)
    works = list(rows(seat, Collaboration).filter(campaign=campaign).select_related("creator").order_by("pk"))
    names = {work.pk: _name(work) for work in works}
    said = counted(seat, campaign)
    return SurveyPage(
        campaign=campaign,
        sentence=_sentence(found),
        doubt=found.recall.says,
        cap=f"{CAP:g}",
        answers=found.answers,
        multipliers=found.multipliers,
        tiers=heard_grid(found.multipliers, campaign.currency, WORDS),
        chart=heard_chart(found.multipliers, campaign.currency, WORDS),
        channels=_channels(said),
        creators=_creators(said, names),
        newest=tuple(all_answers(seat, key)[:NEWEST]),
        people=tuple((work.creator.handle, names[work.pk]) for work in works if work.creator.handle),
        may_import=seat.may("import"),
        brought=brought,
    )


def _heard(seat: Seat, campaign: Campaign) -> Heard:
    stand = freshness(seat)
    what = ("heard", campaign.pk, stand)
    return remembered(seat, what, lambda: heard_of(seat, campaign, measured(seat, campaign.currency, stand)))


def _sentence(found: Heard) -> str:
    if not found.answers:
        return "Nobody was asked yet how they heard of you."
    whole = next(each for each in found.multipliers if each.tier == EVERY)
    if not whole.told or whole.value is None:
        return whole.says
    if whole.value.mean < 1:
        span = times(whole.value, WORDS)
        return f"People name creators less often than tracking does: {span} orders for each one that was tracked."
    return f"Creators brought {times(whole.value, WORDS)} orders for each one that was tracked{_by_tier(found)}."


def _by_tier(found: Heard) -> str:
    """The tiers with the most and the least that tracking misses, where two or more can be told."""
    told: list[Multiplier] = [e for e in found.multipliers if e.tier != EVERY and e.told and e.value is not None]
    if len(told) < 2:
        return ""
    ordered = sorted(told, key=lambda each: each.value.mean if each.value else 0.0)
    most, least = ordered[-1], ordered[0]
    return f": most is missed of {most.tier}, least of {least.tier}"


def _channels(said: list[tuple[str, int | None, str, int]]) -> Grid:
    sums: Counter[str] = Counter()
    for channel, _, _, n in said:
        sums[channel] += n
    whole = max(sums.total(), 1)
    columns = (Column("way"), Column("answers", True), Column("of all answers", True))
    rows_ = tuple(texts(name, WORDS.whole(n), WORDS.percent(n / whole)) for name, n in sums.most_common())
    return Grid("How people heard of you", columns, rows_)


def _creators(said: list[tuple[str, int | None, str, int]], names: dict[int, str]) -> Grid:
    sums: Counter[str] = Counter()
    for channel, work, tier, n in said:
        if channel == CREATOR:
            unnamed = f"a {tier} creator, nobody knows which" if tier else NOBODY
            sums[names.get(work, unnamed) if work is not None else unnamed] += n
    columns = (Column("creator"), Column("answers", True))
    return Grid("Whom they named", columns, tuple(texts(name, WORDS.whole(n)) for name, n in sums.most_common(200)))


def _name(work: Collaboration) -> str:
    creator = work.creator
    if creator.erased_at:
        return "an erased creator"
    return f"@{creator.handle}" if creator.handle else creator.name or creator.creator_id
