"""`/jobs`: long work, how far it is, and what came of it."""

from datetime import datetime
from typing import Any

from ninja import Query, Router, Schema

from asterism.desk.studio import jobs as desk
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import At, Key, Page, asks, paged

router = Router(tags=["Jobs"])


class JobOut(Schema):
    """A job: `state` is waiting, running, done or failed; `share` runs from 0 to 1; `error` has `what` and `fix`."""

    id: int
    kind: str
    state: str
    what: str
    share: float
    attempts: int
    campaign: int | None
    made_at: datetime
    ended_at: datetime | None
    result: dict[str, Any]
    error: dict[str, Any]

    @staticmethod
    def resolve_campaign(row: Any) -> int | None:
        """The number of the campaign it is for."""
        return row.campaign_id

    @staticmethod
    def resolve_result(row: Any) -> dict[str, Any]:
        """What came of it, without where on this machine it lay."""
        return {name: value for name, value in row.result.items() if name != "sources"}


@router.get("", **asks("see", Page[JobOut]))
def list_jobs(request: Any, at: Query[At]) -> Any:
    """The jobs of the workspace, the newest first."""
    return paged(request, at, desk.all_jobs(seat_of(request)))


@router.get("/{job}", **asks("see", JobOut))
def read_job(request: Any, job: Key) -> Any:
    """One job; ask again every second or so while it goes on."""
    return desk.job_page(seat_of(request), job).job
