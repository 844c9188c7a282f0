"""What tasks and calendars are worked out from: the collaborations that somebody has something to do in."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from asterism.campaigns.deadlines import Dates, Terms
from asterism.campaigns.tasks import Work
from asterism.store.ledger.models import Agreement, Collaboration, Deliverable, Event, Payment
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

_FIELDS: Final = (
    "pk", "campaign_id", "campaign__name", "state", "state_since", "creator_id", "creator__handle",
    "creator__notice_due", "creator__notice_sent_at", "looked_after_by__user_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Busy:
    """One collaboration as tasks need it, with the campaign it belongs to and the user who looks after it."""

    work: Work
    campaign: int
    campaign_name: str
    user: int | None


def latest(seat: Seat) -> int:
    """The number of the newest event: while it stands, whatever is worked out from the ledger stands too."""
    found = rows(seat, Event).values_list("pk", flat=True).first()
    return int(found or 0)


def busy(seat: Seat, states: Sequence[str], usual: Terms, campaign: int | None = None) -> list[Busy]:
    """The collaborations in some states of campaigns that run; four queries, however many there are."""
    query = rows(seat, Collaboration).filter(state__in=states, campaign__state__in=("signed", "running"))
    if campaign is not None:
        query = query.filter(campaign=campaign)
    found = list(query.values(*_FIELDS))
    zone = ZoneInfo(seat.workspace.timezone)
    posts, live = post_days(seat, query)
    times, proposed = _times(seat, query), _proposed(seat, query, zone)
    told: set[int] = set()
    return [_busy(one, zone, told, (posts, live, times, proposed), usual) for one in found]


def _busy(one: dict[str, Any], zone: ZoneInfo, told: set[int], known: tuple[Any, ...], usual: Terms) -> Busy:
    posts, live, times, proposed = known
    key = one["pk"]
    dates = Dates(one["state_since"].astimezone(zone).date(), posts.get(key), live.get(key))
    notice = None if one["creator__notice_sent_at"] or one["creator_id"] in told else one["creator__notice_due"]
    told.add(one["creator_id"])
    work = Work(
        id=str(key),
        handle=f"@{one['creator__handle']}",
        state=one["state"],
        dates=dates,
        turn=int(one["state_since"].timestamp()),
        terms=times.get(key, usual),
        proposed=tuple(proposed.get(key, ())),
        notice_due=notice,
    )
    return Busy(work, one["campaign_id"], one["campaign__name"], one["looked_after_by__user_id"])


def post_days(seat: Seat, of: Any) -> tuple[dict[int, date], dict[int, date]]:
    """The day of the next post of some collaborations, and the day on which the last one of each went live.

    `of` are their keys, or a query that finds them; days are those of the workspace's own time zone.
    """
    zone = ZoneInfo(seat.workspace.timezone)
    ahead: dict[int, date] = {}
    out: dict[int, date] = {}
    fields = ("collaboration_id", "state", "live_on", "posts__posted_at")
    for key, state, day, posted in rows(seat, Deliverable).filter(collaboration__in=of).values_list(*fields):
        if posted is not None:
            here = posted.astimezone(zone).date()
            out[key] = max(out.get(key, here), here)
        elif day is not None and state not in ("cancelled", "missed"):
            ahead[key] = min(ahead.get(key, day), day)
    return ahead, out


def _times(seat: Seat, of: Any) -> dict[int, Terms]:
    accepted = rows(seat, Agreement).filter(collaboration__in=of, state="accepted")
    found = accepted.values_list("collaboration_id", "terms")
    return {key: Terms(payment=int(terms["payment_days"])) for key, terms in found if terms.get("payment_days")}


def _proposed(seat: Seat, of: Any, zone: ZoneInfo) -> dict[int, list[tuple[str, date, str]]]:
    waiting: dict[int, list[tuple[str, date, str]]] = defaultdict(list)
    fields = ("collaboration_id", "pk", "made_at", "proposed_by_id")
    for key, payment, at, maker in (
        rows(seat, Payment).filter(collaboration__in=of, state="proposed").values_list(*fields)
    ):
        waiting[key].append((str(payment), at.astimezone(zone).date(), str(maker)))
    return waiting
