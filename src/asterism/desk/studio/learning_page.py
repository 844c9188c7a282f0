"""The page of what a workspace learnt: the answer, entries before and after, versions, and whether forecasts held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from asterism.desk.studio.beliefs import LEARNING
from asterism.desk.studio.jobs import JobPage
from asterism.desk.studio.jobs import shown as as_page
from asterism.desk.studio.scorecard_page import Scored, scored
from asterism.reports.belief_words import HEADLINES, answer, changed, ratio, shown, words_of
from asterism.store.ledger.models import Belief, Closing, Job
from asterism.store.ledger.places import has_creators
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

VERSIONS: Final = 20
"""Versions listed, the newest."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry before and after: at which followers, the middles and ranges, the change, the evidence, its weight."""

    what: str
    name: str
    followers: float | None
    before: str
    before_range: str
    after: str
    after_range: str
    change: str
    evidence: str
    when: str
    weight: str


@dataclass(frozen=True, slots=True)
class LearningPage:
    """`learning.html.j2`: the answer in one sentence, what moved, the versions, the scorecard.

    Parameters
    ----------
    told
        The version the page speaks of: the one in use, or else the newest; None while nothing was learnt.
    main, groups, others
        Entries that plans read: levels, how formats, platforms and niches differ, and the rest.
    noted
        Entries that nothing reads.
    fresh
        Campaigns whose books were closed since the newest version.
    job
        The work that goes on, or that stopped after the newest version.
    """

    sentence: str
    told: Belief | None
    main: tuple[Entry, ...]
    groups: tuple[Entry, ...]
    others: tuple[Entry, ...]
    noted: tuple[Entry, ...]
    widths: tuple[str, ...]
    versions: tuple[Belief, ...]
    scored: Scored
    fresh: int
    job: JobPage | None
    has_creators: bool

    @property
    def newest(self) -> Belief | None:
        """The newest version."""
        return self.versions[0] if self.versions else None


def learning_page(seat: Seat) -> LearningPage:
    """What a workspace learnt, as it stands."""
    seat.insist("see")
    versions = tuple(rows(seat, Belief).select_related("by").defer("entries")[:VERSIONS])
    used = next((one for one in versions if one.in_use), None) or rows(seat, Belief).filter(in_use=True).first()
    told = used or (versions[0] if versions else None)
    evidence: Mapping[str, Any] = told.evidence if told else {}
    closings = rows(seat, Closing).count()
    parts = _parted(evidence.get("updates", ()))
    return LearningPage(
        sentence=answer(evidence) if told else "",
        told=told,
        main=parts["main"],
        groups=parts["groups"],
        others=parts["others"],
        noted=parts["noted"],
        widths=tuple(evidence.get("widths", ())),
        versions=versions,
        scored=scored(seat),
        fresh=max(closings - (versions[0].evidence.get("closings", 0) if versions else 0), 0),
        job=_job(seat, versions[0] if versions else None),
        has_creators=has_creators(seat.workspace),
    )


def _job(seat: Seat, newest: Belief | None) -> JobPage | None:
    last = rows(seat, Job).filter(kind=LEARNING).first()
    if last is None or last.state == "done" or (newest is not None and last.made_at < newest.made_at):
        return None
    return as_page(last, seat.now)


def _parted(updates: Sequence[Mapping[str, Any]]) -> dict[str, tuple[Entry, ...]]:
    """Entries by the part of the page they stand in; levels in the order of a campaign."""
    found: dict[str, list[Entry]] = {"main": [], "groups": [], "others": [], "noted": []}
    order = {measure: i for i, measure in enumerate(HEADLINES)}
    for update in sorted(updates, key=lambda u: (order.get(u["name"].partition(".")[0], len(order)), u["name"])):
        found[_part(update)].append(_entry(update))
    return {part: tuple(entries) for part, entries in found.items()}


def _part(update: Mapping[str, Any]) -> str:
    first = update["name"].partition(".")[0]
    if not update["used"]:
        return "noted"
    return "main" if first in HEADLINES else "groups" if first in ("format", "platform", "niche") else "others"


def _entry(update: Mapping[str, Any]) -> Entry:
    before, before_range = shown(update["before"], update["unit"])
    after, after_range = shown(update["after"], update["unit"])
    words = words_of(update["name"])
    return Entry(
        what=words[:1].upper() + words[1:],
        name=update["name"],
        followers=update["followers"],
        before=before,
        before_range=before_range,
        after=after,
        after_range=after_range,
        change=changed(ratio(update)),
        evidence=update["evidence"].partition(", ")[0],
        when=_days(update),
        weight=f"{update['weight']:.0%}",
    )


def _days(update: Mapping[str, Any]) -> str:
    """From the first to the last result, in months."""
    ends = [date.fromisoformat(day) for day in (update["first"], update["last"]) if day]
    return " to ".join(dict.fromkeys(f"{day:%b %Y}" for day in ends))
