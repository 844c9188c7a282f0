"""The next wave of a test that grows: asked for with a budget, made by the worker, read as a table or as a file."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from typing import Any, Final

from pydantic import BaseModel, Field

from asterism.desk.studio.beliefs import NO_CREATORS
from asterism.desk.studio.jobs import JobPage, shown
from asterism.desk.studio.measured import rates_of
from asterism.desk.studio.result_files import CSV, ResultFile
from asterism.errors import BadInput, NotFound, UnknownCurrency
from asterism.quantities import Money, figure
from asterism.reports.spreadsheet_safety import inert
from asterism.store.ledger.jobs import enqueue
from asterism.store.ledger.models import Job
from asterism.store.ledger.places import has_creators
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat

WAVE: Final = "wave"
"""The work that plans a wave."""
USUAL: Final = (5_000.0, 60.0)
"""US dollars that stand in the form at first: of a wave, and of a booking besides its fee."""


class WaveWish(BaseModel):
    """What a wave is asked for; money in the workspace's currency."""

    budget: float = Field(gt=0, le=10_000_000_000, allow_inf_nan=False, description="Of this wave.")
    waves: int = Field(default=6, ge=1, le=52, description="How many waves there will be in all.")
    done: int = Field(default=0, ge=0, le=51, description="How many of them are done.")
    handling: float | None = Field(
        default=None, ge=0, le=100_000_000, allow_inf_nan=False,
        description="What each booking costs besides the fee; what 60 US dollars buy where it is left out.",
    )  # fmt: skip


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
    currency
        That of the wave's money.
    form
        Budget and cost of a booking besides the fee, as they stand in the form: in the workspace's currency.
    missing
        What to do where the workspace's currency has no exchange rate; nothing can be asked for until then.
    """

    sentence: str
    wish: WaveWish
    bookings: tuple[dict[str, Any], ...]
    tiers: tuple[tuple[str, float], ...]
    job: JobPage | None
    key: int
    has_creators: bool
    currency: str
    form: tuple[float, float]
    missing: str


def plan_wave(seat: Seat, wish: WaveWish) -> Job:
    """The job that plans the next wave.

    Raises
    ------
    NotFound
        The workspace has no creators.
    BadInput
        All waves are done, or the workspace's currency has no exchange rate.
    """
    seat.insist("plan")
    if wish.done >= wish.waves:
        raise BadInput(f"All {wish.waves} waves are done.", "Say how many there will be in all.", "done")
    if not has_creators(seat.workspace):
        raise NotFound(*NO_CREATORS)
    per_dollar(seat)
    return enqueue(seat, WAVE, wish.model_dump())


def per_dollar(seat: Seat) -> float:
    """What a US dollar buys of the workspace's currency today.

    Raises
    ------
    UnknownCurrency
        No rate is known.
    """
    many = Money(Decimal(1_000_000), "USD")
    return float(rates_of(seat).convert(many, seat.workspace.currency, seat.today).amount / many.amount)


def waves_page(seat: Seat) -> WavesPage:
    """The newest wave of a workspace."""
    seat.insist("see")
    jobs = list(rows(seat, Job).filter(kind=WAVE)[:10])
    done = next((job for job in jobs if job.state == "done"), None)
    newest = jobs[0] if jobs and jobs[0].state != "done" else None
    given = dict(done.result) if done else {"allocations": (), "tiers": {}}
    wish = WaveWish(**done.asks) if done else WaveWish(budget=USUAL[0])
    currency = given.get("currency", "USD") if done else seat.workspace.currency
    form, missing = _form(seat, wish if done and currency == seat.workspace.currency else None)
    return WavesPage(
        sentence=sentence_of(given) if done else "",
        wish=wish,
        bookings=tuple(given["allocations"]),
        tiers=tuple((tier, cost) for tier, cost in given["tiers"].items() if cost),
        job=None if newest is None else shown(newest, seat.now),
        key=done.pk if done else 0,
        has_creators=has_creators(seat.workspace),
        currency=currency,
        form=form,
        missing=missing,
    )


def _form(seat: Seat, wish: WaveWish | None) -> tuple[tuple[float, float], str]:
    """The sums that stand in the form, those asked for last where there are some; and what is missing."""
    try:
        budget, handling = (float(f"{dollars * per_dollar(seat):.1g}") for dollars in USUAL)
    except UnknownCurrency as error:
        return USUAL, f"{error.what} {error.fix}"
    if wish is None:
        return (budget, handling), ""
    return (wish.budget, handling if wish.handling is None else wish.handling), ""


def sentence_of(wave: dict[str, Any]) -> str:
    """Whom to book, for how much, and what should come of it."""
    booked = wave["allocations"]
    orders = sum(one["orders"]["mean"] for one in booked)
    some = f"{len(booked)} creator{'s' * (len(booked) != 1)}"
    money = f"{figure(wave['spent'])} of {figure(wave['budget'])} {wave.get('currency', 'USD')}"
    return f"Book {some} for {money}: about {figure(orders)} orders, and a better idea of which tier brings them."


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
    return {"currency": "USD", **job.result, "sentence": sentence_of(job.result)}


def wave_file(seat: Seat, key: int) -> ResultFile:
    """A wave as a table."""
    written = StringIO()
    table = csv.writer(written, lineterminator="\n")
    found = wave(seat, key)
    cost = f"cost_{found['currency'].lower()}"
    table.writerow(("creator_id", "handle", "platform", "tier", cost, "orders", "low", "high", "chance", "why"))
    for one in found["allocations"]:
        orders = (round(one["orders"][end], 3) for end in ("mean", "low", "high"))
        who = (inert(one.get(name, "")) for name in ("creator_id", "handle", "platform", "tier"))
        table.writerow((*who, one["cost"], *orders, round(one["chance"], 3), inert(one["reason"])))
    return ResultFile("next wave.csv", CSV, written.getvalue().encode())
