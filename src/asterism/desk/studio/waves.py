"""The next wave of a test that grows: asked for with a budget, made by the worker, read as a table or as a file."""

import csv
from dataclasses import dataclass
from io import StringIO
from typing import Any, Final

from pydantic import BaseModel, Field

from asterism.desk.studio.beliefs import NO_CREATORS
from asterism.desk.studio.jobs import JobPage, shown
from asterism.desk.studio.result_files import CSV, ResultFile
from asterism.errors import BadInput, NotFound
from asterism.quantities import figure
from asterism.reports.spreadsheet_safety import inert
from asterism.store.ledger.jobs import enqueue
from asterism.store.ledger.models import Job
from asterism.store.ledger.places import has_creators
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat

WAVE: Final = "wave"
"""The work that plans a wave."""


class WaveWish(BaseModel):
    """What a wave is asked for; money in US dollars, as the benchmarks are."""

    budget: float = Field(gt=0, le=100_000_000, allow_inf_nan=False, description="Of this wave, in US dollars.")
    waves: int = Field(default=6, ge=1, le=52, description="How many waves there will be in all.")
    done: int = Field(default=0, ge=0, le=51, description="How many of them are done.")
    handling: float = Field(
        default=60, ge=0, le=1_000_000, allow_inf_nan=False, description="What each booking costs besides the fee."
    )


@dataclass(frozen=True, slots=True)
class WavesPage:
    """`learning_waves.html.j2`: the newest wave, what was asked for it, and how far the work on one is.

    Parameters
    ----------
    sentence
        Whom to book in one line; empty while no wave was planned.
    job
        The work that goes on, or that stopped after the newest wave.
    key
        The number under which the wave can be taken away.
    """

    sentence: str
    wish: WaveWish
    bookings: tuple[dict[str, Any], ...]
    tiers: tuple[tuple[str, float], ...]
    job: JobPage | None
    key: int
    has_creators: bool


def plan_wave(seat: Seat, wish: WaveWish) -> Job:
    """The job that plans the next wave.

    Raises
    ------
    NotFound
        The workspace has no creators.
    BadInput
        All waves are done.
    """
    seat.insist("plan")
    if wish.done >= wish.waves:
        raise BadInput(f"All {wish.waves} waves are done.", "Say how many there will be in all.", "done")
    if not has_creators(seat.workspace):
        raise NotFound(*NO_CREATORS)
    return enqueue(seat, WAVE, wish.model_dump())


def waves_page(seat: Seat) -> WavesPage:
    """The newest wave of a workspace."""
    seat.insist("see")
    jobs = list(rows(seat, Job).filter(kind=WAVE)[:10])
    done = next((job for job in jobs if job.state == "done"), None)
    newest = jobs[0] if jobs and jobs[0].state != "done" else None
    given = dict(done.result) if done else {"allocations": (), "tiers": {}}
    wish = WaveWish(**done.asks) if done else WaveWish(budget=5000)
    return WavesPage(
        sentence=sentence_of(given) if done else "",
        wish=wish,
        bookings=tuple(given["allocations"]),
        tiers=tuple((tier, cost) for tier, cost in given["tiers"].items() if cost),
        job=None if newest is None else shown(newest, seat.now),
        key=done.pk if done else 0,
        has_creators=has_creators(seat.workspace),
    )


def sentence_of(wave: dict[str, Any]) -> str:
    """Whom to book, for how much, and what should come of it."""
    booked = wave["allocations"]
    orders = sum(one["orders"]["mean"] for one in booked)
    some = f"{len(booked)} creator{'s' * (len(booked) != 1)}"
    return (
        f"Book {some} for {figure(wave['spent'])} of {figure(wave['budget'])} USD: about {figure(orders)} orders, "
        f"and a better idea of which tier brings them."
    )


def wave(seat: Seat, key: int) -> dict[str, Any]:
    """One wave as it was planned, with its sentence.

    Raises
    ------
    NotFound
        There is none of that number.
    """
    seat.insist("see")
    job = find(seat, Job, key)
    if job.kind != WAVE or job.state != "done":
        raise NotFound("There is no such wave here.", "Plan one.")
    return {**job.result, "sentence": sentence_of(job.result)}


def wave_file(seat: Seat, key: int) -> ResultFile:
    """A wave as a table."""
    written = StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(("creator_id", "handle", "platform", "tier", "cost_usd", "orders", "low", "high", "chance", "why"))
    for one in wave(seat, key)["allocations"]:
        orders = (round(one["orders"][end], 3) for end in ("mean", "low", "high"))
        who = (inert(one.get(name, "")) for name in ("creator_id", "handle", "platform", "tier"))
        table.writerow((*who, one["cost"], *orders, round(one["chance"], 3), inert(one["reason"])))
    return ResultFile("next wave.csv", CSV, written.getvalue().encode())
