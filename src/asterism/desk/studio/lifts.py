"""Studies of lift: a panel is brought, the power is told first, and only a test large enough is estimated."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal

from pydantic import BaseModel, Field

from asterism.desk.studio.brought_tables import SHOWN, Brought, Line, Rejected, Sheet, read_sheet
from asterism.errors import BadInput, Conflict
from asterism.store.ledger.jobs import enqueue
from asterism.store.ledger.lifts import drop_study
from asterism.store.ledger.models import Campaign, Collaboration, Job, LiftStudy
from asterism.store.ledger.scope import add, find, lock, rows, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

POWER: Final = "lift_power"
LIFT: Final = "lift"
"""The two kinds of work: how often a lift would be found, and what the lift was."""
PLANNED: Final = "planned"
"""The kind of a study whose test is still to come."""
COLUMNS: Final = {
    "location": ("location", "place", "geo", "region", "city", "market", "dma"),
    "date": ("date", "day", "time", "week"),
    "y": ("y", "kpi", "sales", "orders", "revenue", "value"),
}
"""Field → the names under which it is written in tables, without marks and capitals."""
TOO_SMALL: Final = "Make a study with more days, more places, or a larger lift worth finding."
MEASURES: Final = {
    "revenue": "revenue", "orders": "orders", "new_customers": "new customers", "visits": "visits", "other": "y",
}  # fmt: skip
"""What y may count, in words."""


class NewStudy(BaseModel):
    """A study: where the campaign ran and since when, or for how many days it would run, and what y counts."""

    name: str = Field(default="", max_length=120)
    treated: str = Field(default="", max_length=4_000, description="Places, parted by commas; everywhere if empty.")
    start: date | None = Field(default=None, description="The first day it could work; none for a test to come.")
    end: date | None = Field(default=None, description="The last day looked at; the panel's where left out.")
    days: int | None = Field(default=None, ge=1, le=400, description="For a test to come: how long it would run.")
    tier: str = Field(default="", max_length=20, description="The tier that ran there; all where left out.")
    measure: Literal["revenue", "orders", "new_customers", "visits", "other"] = "revenue"
    currency: str = Field(default="", pattern="^([A-Z]{3})?$", description="Of revenue; the campaign's if left out.")
    effect_percent: float = Field(default=10, gt=0, le=100, description="The lift worth finding, in per cent.")


@dataclass(frozen=True, slots=True)
class MadeStudy:
    """A study that was made and the work that tells its power; or the rows for which nothing was made."""

    study: LiftStudy | None
    job: Job | None
    rejected: int = 0
    rejects: tuple[Rejected, ...] = ()


def make_study(seat: Seat, campaign: int, wish: NewStudy, brought: Brought) -> MadeStudy:
    """A new study of a panel that is brought; a panel with rows that cannot be read makes none.

    Raises
    ------
    BadInput
        It is no whole panel, a place is unknown, or too little stands before the start.
    """
    from asterism.measurement.lift.panel import panel_of

    seat.insist("plan")
    row = find(seat, Campaign, campaign)
    _check(seat, row, wish)
    sheet = read_sheet(seat, brought, COLUMNS, tuple(COLUMNS))
    columns, rejects = read_panel(sheet)
    if rejects:
        return MadeStudy(None, None, len(rejects), tuple(sorted(rejects, key=lambda one: one.row)[:SHOWN]))
    planned = _planned(panel_of(columns), wish)
    with together():
        fields = {"name": wish.name or _name(wish, planned), "tier": wish.tier, "measure": wish.measure}
        study = add(
            seat, LiftStudy, campaign=row, **fields, **planned, by=seat.user,
            currency=(wish.currency or row.currency) if wish.measure == "revenue" else "",
        )  # fmt: skip
        record(seat, "lift.made", study, kind=study.kind)
    asks = {"study": study.pk, "effect": round(wish.effect_percent / 100, 6), "days": wish.days}
    return MadeStudy(study, enqueue(seat, POWER, asks, row))


def estimate(seat: Seat, key: int) -> Job:
    """The work that estimates a study's lift, once its power is told and is enough.

    Raises
    ------
    Conflict
        The power is not told yet or too small, the test is still to come, or it was estimated already.
    """
    seat.insist("plan")
    study = find(seat, LiftStudy, key, "campaign")
    power = study.result.get("power")
    if study.kind == PLANNED:
        raise Conflict("This test is still to come.", "Once it ran, make a study of the panel that it is in.")
    if not power:
        raise Conflict("The power of this study is not told yet.", "Wait until it is, then decide.")
    if "verdict" in study.result:
        raise Conflict("This study was estimated already.", "Make another one of another panel.")
    if power["enough"] is False:
        raise Conflict(f"This test is too small to tell. {power['sentence']}", TOO_SMALL)
    return enqueue(seat, LIFT, {"study": study.pk, "effect": power["effect"]}, study.campaign)


def remove_study(seat: Seat, key: int) -> int:
    """Forget a study; the number of its campaign. That one was removed stays on the record."""
    seat.insist("plan")
    with together():
        study = lock(seat, LiftStudy, key, "campaign")
        record(seat, "lift.removed", study.campaign, estimated="verdict" in study.result)
        drop_study(seat, study.pk)
    return int(study.campaign_id)


def all_studies(seat: Seat, campaign: int) -> Any:
    """The studies of a campaign without their panels, the newest first."""
    seat.insist("see")
    return rows(seat, LiftStudy).filter(campaign=find(seat, Campaign, campaign)).defer("panel")


def study_of(seat: Seat, key: int) -> LiftStudy:
    """One study."""
    seat.insist("see")
    return find(seat, LiftStudy, key, "campaign__brand")


def tiers_in(seat: Seat, campaign: Campaign) -> tuple[str, ...]:
    """The tiers of a campaign's collaborations."""
    found = rows(seat, Collaboration).filter(campaign=campaign).exclude(tier="").order_by("tier")
    return tuple(found.values_list("tier", flat=True).distinct())


def read_panel(sheet: Sheet) -> tuple[dict[str, list[Any]], list[Rejected]]:
    """The columns of a sheet as a panel takes them, and every row that cannot be read."""
    columns: dict[str, list[Any]] = {"location": [], "date": [], "y": []}
    rejects = list(sheet.spoiled)
    for line in sheet.lines:
        try:
            row = _row(sheet, line)
        except BadInput as error:
            rejects.append(sheet.rejected(line, error))
            continue
        for name, value in row.items():
            columns[name].append(value)
    return columns, rejects


def _row(sheet: Sheet, line: Line) -> dict[str, Any]:
    for name in COLUMNS:
        if name not in line.cells:
            fix = "Fill it in, 0 where nothing came." if name == "y" else "Fill it in."
            raise BadInput("The cell is empty.", fix, name)
    y = float(sheet.amount(line, "y")[0])
    if y < 0:
        raise BadInput("This figure is below zero.", "Give what came, 0 where nothing did.", "y")
    return {"location": line.cells["location"], "date": sheet.time(line, "date").date().isoformat(), "y": y}


def _check(seat: Seat, campaign: Campaign, wish: NewStudy) -> None:
    """Refuse what cannot be studied before a file is read."""
    if (wish.start is None) == (wish.days is None):
        what = "Say since when it ran, or for how many days it would run: one of the two."
        raise BadInput(what, "Give a first day for a test that ran, days for one to come.", "start")
    tiers = tiers_in(seat, campaign)
    if wish.tier and wish.tier not in tiers:
        raise BadInput("The campaign has no creators of this tier.", f"It has: {', '.join(tiers) or 'none'}.", "tier")


def _planned(panel: Any, wish: NewStudy) -> dict[str, Any]:
    """The kind, places, start and panel of a study, checked by setting its trial up."""
    from asterism.desk.lift import to_come
    from asterism.measurement.lift.trial import trial_of

    treated = places_of(panel.places, wish.treated) or panel.places
    if wish.start is None:
        trial = to_come(panel, treated, wish.days or 0)
        kind, start = PLANNED, panel.days[-1] + timedelta(days=panel.step)
    else:
        trial = trial_of(panel, treated, wish.start, wish.end)
        panel, kind, start = trial.panel, "geo" if trial.controls else "series", panel.days[trial.before]
    return {"kind": kind, "treated": list(trial.places), "start": start, "panel": kept(panel)}


def places_of(known: tuple[str, ...], said: str) -> tuple[str, ...]:
    """Places parted by commas, unless one is called so.

    >>> places_of(("Paris, Texas", "Rome"), "paris, texas"), places_of(("a", "b"), "a, b")
    (('paris, texas',), ('a', 'b'))
    """
    whole = said.strip()
    if whole.lower() in {place.lower() for place in known}:
        return (whole,)
    return tuple(part.strip() for part in whole.split(",") if part.strip())


def kept(panel: Any) -> dict[str, Any]:
    """A panel as columns, the places side by side."""
    return {
        "location": list(panel.places),
        "date": [day.isoformat() for day in panel.days],
        "y": [[float(value) for value in row] for row in panel.y],
    }


def panel_back(columns: dict[str, Any]) -> Any:
    """The panel of a study's columns.

    Raises
    ------
    BadInput
        There is none.
    """
    import numpy as np

    from asterism.measurement.lift.panel import Panel

    if not columns:
        raise BadInput("This study holds no panel.", "Make one from a file.")
    days = tuple(date.fromisoformat(day) for day in columns["date"])
    return Panel(days, tuple(columns["location"]), np.array(columns["y"], dtype=float))


def _name(wish: NewStudy, planned: dict[str, Any]) -> str:
    whose = f"{wish.tier.capitalize()} creators" if wish.tier else "All creators"
    when = f"{wish.days} days to come" if wish.days else f"from {planned['start'].isoformat()}"
    return f"{whose}, {when}"
