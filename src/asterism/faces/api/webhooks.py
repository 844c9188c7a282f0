"""`/webhooks`: who is called when something happens, and the log of the calls."""

from datetime import datetime
from typing import Any

from ninja import Query, Router, Schema

from asterism.desk.studio import webhooks as desk
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import At, Key, Page, asks, paged

router = Router(tags=["Webhooks"])


class HookOut(Schema):
    """A webhook without its secret."""

    id: int
    url: str
    events: list[str]
    active: bool
    made_at: datetime


class MadeHook(Schema):
    """A new webhook and the secret that signs its calls, which is shown this once."""

    webhook: HookOut
    secret: str


class CallOut(Schema):
    """A call: what was said, and what came of it so far; `state` is waiting, delivered or failed."""

    id: int
    event: str
    payload: dict[str, Any]
    state: str
    attempts: int
    status: int | None
    answered: str
    made_at: datetime
    next_at: datetime | None
    replay_of_id: int | None


@router.get("", **asks("webhooks", Page[HookOut]))
def list_webhooks(request: Any, at: Query[At]) -> Any:
    """The webhooks of the workspace, the newest first."""
    return paged(request, at, desk.all_hooks(seat_of(request)))


@router.post("", **asks("webhooks", MadeHook, 201))
def add_webhook(request: Any, wish: desk.NewHook) -> Any:
    """Add an address that is called when something happens."""
    hook, secret = desk.add_hook(seat_of(request), wish)
    return {"webhook": hook, "secret": secret}


@router.get("/{webhook}", **asks("webhooks", HookOut))
def read_webhook(request: Any, webhook: Key) -> Any:
    """One webhook."""
    return desk.hook_of(seat_of(request), webhook)


@router.patch("/{webhook}", **asks("webhooks", HookOut))
def change_webhook(request: Any, webhook: Key, change: desk.HookChange) -> Any:
    """Change the address or the events, stop it or start it again."""
    return desk.change_hook(seat_of(request), webhook, change)


@router.delete("/{webhook}", **asks("webhooks"))
def remove_webhook(request: Any, webhook: Key) -> Any:
    """Remove a webhook with its log; calls that wait are not made."""
    desk.remove_hook(seat_of(request), webhook)


@router.post("/{webhook}/try", **asks("webhooks", CallOut, 201))
def try_webhook(request: Any, webhook: Key) -> Any:
    """Make a call that says nothing, to see whether the receiver takes it."""
    return desk.try_hook(seat_of(request), webhook)


@router.get("/{webhook}/calls", **asks("webhooks", Page[CallOut]))
def list_calls(request: Any, webhook: Key, at: Query[At]) -> Any:
    """The calls of a webhook, the newest first."""
    return paged(request, at, desk.calls_of(seat_of(request), webhook))


@router.post("/calls/{call}/replay", **asks("webhooks", CallOut, 201))
def replay_call(request: Any, call: Key) -> Any:
    """Make a call again, as it was said the first time."""
    return desk.replay(seat_of(request), call)
