"""`/campaigns/{campaign}/lift`, `/lift-studies`: studies of lift, and tables for marketing-mix models."""

import base64
from datetime import date, datetime
from typing import Any, Literal

from ninja import File, Form, Path, Query, Router, Schema
from ninja.files import UploadedFile

from asterism.desk.studio import lifts as desk
from asterism.desk.studio.mix_exports import mix_export
from asterism.faces.api.campaigns import PlanFileOut
from asterism.faces.api.jobs import JobOut
from asterism.faces.api.orders import OfCampaign, RejectedOut, brought
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import At, Key, Page, asks, paged

router = Router(tags=["Lift"])
all_studies = Router(tags=["Lift"])


class StudyOut(Schema):
    """A study of lift; `result` holds `power` once it is told, then the estimate with its range, checks and trace.

    `kind` is geo, series or planned; relative effects are shares, `incremental` is in units of y.
    """

    id: int
    campaign_id: int
    name: str
    kind: str
    tier: str
    treated: list[str]
    start: date
    measure: str
    currency: str
    result: dict[str, Any]
    made_at: datetime


class MadeStudyOut(Schema):
    """A study that was made and the work that tells its power; or the rows for which nothing was made."""

    study: StudyOut | None
    job: JobOut | None
    rejected: int
    rejects: list[RejectedOut]


@router.get("", **asks("see", Page[StudyOut]))
def list_studies(request: Any, campaign: Path[Key], at: Query[At]) -> Any:
    """The studies of a campaign, the newest first."""
    return paged(request, at, desk.all_studies(seat_of(request), campaign))


@all_studies.post("", **asks("plan", MadeStudyOut))
def make_study(
    request: Any,
    file: UploadedFile = File(...),  # noqa: B008 — ninja reads it
    of: OfCampaign = Form(...),  # noqa: B008 — ninja reads it
    wish: desk.NewStudy = Form(...),  # noqa: B008 — ninja reads it
) -> Any:
    """Make a study from a panel with location, date and y; its power is told first, by the job that is answered."""
    return desk.make_study(seat_of(request), of.campaign, wish, brought(file))


@router.get("/as/{kind}", **asks("see", PlanFileOut))
def export_mix(
    request: Any,
    campaign: Path[Key],
    kind: Path[Literal["pymc_channels", "meridian_channels", "pymc_lift_tests", "meridian_experiments"]],
) -> Any:
    """Weekly tier channels, or lift tests, as CSV in base64 for a marketing-mix model."""
    made = mix_export(seat_of(request), campaign, kind)
    return {"name": made.name, "type": made.type, "content": base64.b64encode(made.content).decode()}


@all_studies.get("/{study}", **asks("see", StudyOut))
def read_study(request: Any, study: Key) -> Any:
    """One study."""
    return desk.study_of(seat_of(request), study)


@all_studies.post("/{study}/estimate", **asks("plan", JobOut, 201))
def estimate_lift(request: Any, study: Key) -> Any:
    """Estimate the lift, once its power is told and is enough."""
    return desk.estimate(seat_of(request), study)


@all_studies.delete("/{study}", **asks("plan"))
def remove_study(request: Any, study: Key) -> None:
    """Forget a study; that one was removed stays on the record."""
    desk.remove_study(seat_of(request), study)
