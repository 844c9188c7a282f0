"""`/privacy`: requests, what is kept of one creator, erasure, retention."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Query, Router, Schema
from pydantic import Field

from asterism.desk.studio import privacy as desk
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import At, Key, Page, asks, paged

router = Router(tags=["Privacy"])


class RequestOut(Schema):
    """A request under privacy law, and by when it is to be answered."""

    id: int
    creator_id: int | None
    kind: str
    due: date
    done_at: datetime | None


class NewRequest(Schema):
    """A request that came by letter."""

    creator: Key
    kind: Literal["access", "erasure", "objection"]


class Held(Schema):
    """Everything kept of a creator, each row with its source and date."""

    ledger: dict[str, list[dict[str, Any]]]
    catalogue: dict[str, Any]


class Erasing(Schema):
    """Why; it must not say who."""

    reason: str = Field(min_length=1, max_length=80)


class PrivacyWorkOut(Schema):
    """Work that was begun: see `/jobs`."""

    id: int
    kind: str
    state: str


@router.get("/requests", **asks("privacy", Page[RequestOut]))
def list_privacy_requests(request: Any, at: Query[At]) -> Any:
    """Requests that wait, the soonest due first."""
    return paged(request, at, desk.privacy_of(seat_of(request)).requests)


@router.post("/requests", **asks("privacy", RequestOut, 201))
def add_privacy_request(request: Any, wish: NewRequest) -> Any:
    """Write down a request."""
    return desk.ask(seat_of(request), wish.creator, wish.kind)


@router.post("/requests/{privacy_request}/settle", **asks("privacy", RequestOut))
def settle_privacy_request(request: Any, privacy_request: Key) -> Any:
    """Mark a request as answered."""
    return desk.settle(seat_of(request), privacy_request)


@router.post("/creators/{creator}/data", **asks("privacy", Held))
def tell_personal_data(request: Any, creator: Key) -> Any:
    """Everything kept of a creator; the trail notes that it was told."""
    return desk.held(seat_of(request), creator)


@router.post("/creators/{creator}/erase", **asks("privacy", PrivacyWorkOut, 201))
def erase_creator(request: Any, creator: Key, wish: Erasing) -> Any:
    """Erase a creator from everything: this cannot be undone."""
    return desk.begin_erasure(seat_of(request), creator, wish.reason)


@router.post("/creators/{creator}/notified", **asks("privacy"))
def note_privacy_notice(request: Any, creator: Key) -> Any:
    """Note that the creator was told which data is kept of them."""
    desk.notified(seat_of(request), creator)


@router.post("/expire", **asks("privacy", PrivacyWorkOut, 201))
def expire_old_rows(request: Any) -> Any:
    """Let rows go that are older than the workspace keeps them."""
    return desk.begin_expiry(seat_of(request))
