"""Whom to book again: worked out by the worker, kept beside the catalogue until an erasure clears it, read by pages."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from asterism.desk.studio.jobs import JobPage, shown
from asterism.desk.studio.kept import work_for
from asterism.desk.studio.learning_evidence import RESULTS, versions_of
from asterism.desk.studio.measured import economics_of
from asterism.desk.studio.remembered import remembered
from asterism.desk.studio.workspace import options_of
from asterism.errors import Conflict
from asterism.learning.rebooking import AGAIN, END, KEEP, UNTOLD, Advice
from asterism.measurement.economics import Economics as Margin
from asterism.quantities import Interval
from asterism.store.ledger.models import Job, Rate
from asterism.store.ledger.places import shelf_of
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

REBOOKING: Final = "rebook"
"""The work that makes the advice, and the name under which it is kept."""
TONES: Final = {KEEP: "good", AGAIN: "warn", UNTOLD: "off", END: "bad"}
SAID: Final = {KEEP: "keep {:,}", AGAIN: "test {:,} again", END: "end with {:,}", UNTOLD: "cannot tell of {:,} yet"}
SHOWN: Final = 200
"""Creators on the page; programs get all of them."""
UNSET: Final = "Revenue is taken for what an order leaves, which is too much: set the margin under Settings."


@dataclass(frozen=True, slots=True)
class Rebooked:
    """The advice on one creator, with how to name and find them."""

    handle: str
    platform: str
    tone: str
    advice: Advice

    @property
    def next(self) -> str:
        """What a collaboration returns on average."""
        return "–" if self.advice.roi is None else _signed(self.advice.roi.mean)

    @property
    def range(self) -> str:
        """Its 80% range; empty where nothing is known."""
        roi = self.advice.roi
        return "" if roi is None else f"{_signed(roi.low)} to {_signed(roi.high)}"

    def to_dict(self) -> dict[str, Any]:
        """The advice as plain values."""
        return {"handle": self.handle, "platform": self.platform, **self.advice.to_dict()}


@dataclass(frozen=True, slots=True)
class RebookingPage:
    """`learning_rebooking.html.j2`: the answer in one sentence, then each creator, those to keep first.

    Parameters
    ----------
    remark
        What the advice rests on that one should know, as an unset margin.
    job
        The work on it that goes on, or that stopped.
    """

    sentence: str
    people: tuple[Rebooked, ...]
    total: int
    remark: str = ""
    job: JobPage | None = None


def rebooking_page(seat: Seat) -> RebookingPage:
    """Whom to keep, whom to test again, with whom to end it; while that is worked out anew, the older advice."""
    seat.insist("see")
    found, job = _standing(seat)
    remark = "" if economics_of(seat) != Margin() else UNSET
    shown_job = None if job is None else shown(job, seat.now)
    return RebookingPage(sentence_of(found), found[:SHOWN], len(found), remark if found else "", shown_job)


def rebooking(seat: Seat) -> tuple[Rebooked, ...]:
    """The advice on everybody with past work.

    Raises
    ------
    Conflict
        It is being worked out, or cannot be.
    """
    seat.insist("see")
    found, job = _standing(seat)
    if job is not None:
        told = {"what": "The advice is being worked out.", "fix": f"Ask again soon: job {job.pk} says how far it is."}
        told |= job.error
        raise Conflict(told["what"], told["fix"])
    return found


def _standing(seat: Seat) -> tuple[tuple[Rebooked, ...], Job | None]:
    """The advice as it is kept, and the work that makes it anew where results, rates or the day have changed."""
    versions = versions_of(seat, RESULTS)
    if not {"creators", "outcomes"} <= set(versions):
        return (), None
    now = edition(seat, versions)
    edition_kept, text = shelf_of(seat.workspace).text(REBOOKING) or ("", "[]")
    job = None if edition_kept == now else work_for(seat, REBOOKING, {"edition": now})
    return remembered(seat, (REBOOKING, edition_kept), lambda: _read(text)), job


def edition(seat: Seat, versions: dict[str, int]) -> str:
    """A short name of all that the advice is worked out from; conduct is looked at once a day."""
    state = json.dumps([versions, options_of(seat.workspace).margin, rows(seat, Rate).count(), seat.today.isoformat()])
    return hashlib.sha256(state.encode()).hexdigest()[:16]


def _read(text: str) -> tuple[Rebooked, ...]:
    found = []
    for row in json.loads(text):
        about = {name: row.pop(name) for name in ("handle", "platform")}
        roi = row["roi"] and Interval(**row["roi"])
        advice = Advice(**{**row, "roi": roi, "reasons": tuple(row["reasons"])})
        found.append(Rebooked(**about, tone=TONES[advice.verdict], advice=advice))
    return tuple(found)


def sentence_of(found: Sequence[Rebooked]) -> str:
    """How many to keep, to test, to end."""
    verdicts = [one.advice.verdict for one in found]
    said = [words.format(n) for verdict, words in SAID.items() if (n := verdicts.count(verdict))]
    some = f"Of {len(found):,} creator{'s' * (len(found) != 1)} with past work"
    return f"{some}: {', '.join(said)}." if said else ""


def _signed(share: float) -> str:
    return f"{share:+,.0%}".replace("-", "−")
