"""Answers that take long: the newest that was worked out is shown, and the worker is asked for the next."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from asterism.desk.studio.jobs import JobPage, shown
from asterism.store.ledger.implied import latest
from asterism.store.ledger.jobs import OPEN, enqueue
from asterism.store.ledger.models import Campaign, Job
from asterism.store.ledger.places import shelf_of
from asterism.store.ledger.results import Weight, orders_since
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

RECKONING: Final = "reckon"
"""The work that makes an answer anew; without a campaign it is the market view."""
VERSION: Final = 1
"""The form of the documents; those of another are worked out anew."""
AGAIN: Final = timedelta(minutes=15)
"""How long after it failed the work is not begun again by itself."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was worked out: in which state of the evidence, when, with which newest order, and the answer itself."""

    edition: str
    as_of: datetime
    order: int
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Newness:
    """How new what is shown is: None is of this moment; orders that are not in it, and the work on the next answer."""

    as_of: datetime | None = None
    newer: int = 0
    job: JobPage | None = None

    @property
    def left_out(self) -> str:
        """The orders that came since, in words; empty where there are none."""
        if not self.newer:
            return ""
        return "1 newer order is not in it yet" if self.newer == 1 else f"{self.newer} newer orders are not in it yet"

    @property
    def goes_on(self) -> bool:
        """Whether the next answer is being worked out."""
        return self.job is not None and self.job.goes_on


OF_NOW: Final = Newness()
"""What is shown where it was worked out for this very page."""


def edition_at(seat: Seat, *stand: Any) -> str:
    """A short name of the state of the evidence: the newest event, the day, and what else an answer rests on."""
    told = json.dumps([latest(seat), seat.today, *stand], default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def keep_answer(seat: Seat, name: str, edition: str, weight: Weight, document: Mapping[str, Any]) -> None:
    """Keep an answer until the next one; `weight` is that of the evidence it was worked out from."""
    head = {"form": VERSION, "as_of": seat.now.isoformat(), "order": weight.newest, "erased": weight.erased}
    shelf_of(seat.workspace).put_text(name, edition, json.dumps({**head, "answer": document}))


def kept_answer(seat: Seat, name: str, weight: Weight) -> Answer | None:
    """The answer that stands under a name; none that was worked out before somebody was erased."""
    found = shelf_of(seat.workspace).text(name)
    if found is None:
        return None
    kept = json.loads(found[1])
    if kept.get("form") != VERSION or kept["erased"] != weight.erased:
        return None
    return Answer(found[0], datetime.fromisoformat(kept["as_of"]), kept["order"], kept["answer"])


def newness_of(seat: Seat, answer: Answer | None, edition: str, campaign: Campaign | None = None) -> Newness:
    """How new an answer is where `edition` is the state now; the worker is asked for the next where it differs."""
    if answer is not None and answer.edition == edition:
        return Newness(answer.as_of)
    job = asked_anew(seat, campaign)
    return Newness(None, 0, job) if answer is None else Newness(answer.as_of, orders_since(seat, answer.order), job)


def asked_anew(seat: Seat, campaign: Campaign | None = None) -> JobPage:
    """The work on the next answer: that which waits or runs already, else asked for now; one at a time."""
    last = rows(seat, Job).filter(kind=RECKONING, campaign=campaign).first()
    if last is not None and (last.state in OPEN or _just_failed(last, seat.now)):
        return shown(last, seat.now)
    return shown(enqueue(seat, RECKONING, {}, campaign), seat.now)


def _just_failed(job: Job, now: datetime) -> bool:
    return job.state == "failed" and job.ended_at is not None and now - job.ended_at < AGAIN
