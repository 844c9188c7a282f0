"""Privacy: requests with their day, notices that are due, what is kept of one creator, erasure, retention."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from asterism.desk.erase import Who, personal_data, would_erase
from asterism.desk.erase import erase as erase_from_catalogue
from asterism.desk.retention import expire, older_than
from asterism.desk.studio.privacy_requests import take_down
from asterism.desk.studio.workspace import options_of
from asterism.errors import BadInput, Conflict, NotFound
from asterism.store.ledger.forgetting import forget_creator, leave_no_trace, told_of
from asterism.store.ledger.jobs import Work, enqueue, register
from asterism.store.ledger.models import Creator, Job, PrivacyRequest
from asterism.store.ledger.places import catalogue_of, has_creators, shelf_of
from asterism.store.ledger.scope import after_commit, find, lock, rows, save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record
from asterism.store.mailed import forget_mail

ERASING: Final = "erase"
EXPIRING: Final = "expire"
SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Privacy:
    """`privacy.html.j2`: open requests, notices that are due, how long rows are kept, and how many were erased."""

    sentence: str
    requests: tuple[PrivacyRequest, ...]
    done: tuple[PrivacyRequest, ...]
    notices: tuple[Creator, ...]
    notices_due: int
    erased: int
    retention_months: int
    jobs: tuple[Job, ...]
    today: date


@dataclass(frozen=True, slots=True)
class Erasing:
    """`erase.html.j2`: whose data would be erased, and what of the catalogue would go."""

    creator: Creator
    rows: tuple[tuple[str, int], ...]
    held: tuple[tuple[str, int], ...]


def privacy_of(seat: Seat) -> Privacy:
    """What privacy law asks of a workspace now."""
    seat.insist("privacy")
    requests = rows(seat, PrivacyRequest).select_related("creator").order_by("due", "id")
    notices = rows(seat, Creator).filter(notice_sent_at=None, notice_due__isnull=False, erased_at=None)
    waiting = tuple(requests.filter(done_at=None)[:SHOWN])
    due = int(notices.filter(notice_due__lte=seat.today).count())
    return Privacy(
        sentence=_sentence(waiting, due, seat.today),
        requests=waiting,
        done=tuple(requests.exclude(done_at=None).order_by("-done_at")[:10]),
        notices=tuple(notices.order_by("notice_due", "id")[:SHOWN]),
        notices_due=due,
        erased=int(rows(seat, Creator).exclude(erased_at=None).count()),
        retention_months=options_of(seat.workspace).retention_months,
        jobs=tuple(rows(seat, Job).filter(kind__in=(ERASING, EXPIRING))[:5]),
        today=seat.today,
    )


def ask(seat: Seat, key: int, kind: str) -> PrivacyRequest:
    """Take down a request that came by another way than the creator's own page."""
    seat.insist("privacy")
    with together():
        return take_down(seat, lock(seat, Creator, key), kind)


def settle(seat: Seat, key: int) -> PrivacyRequest:
    """Mark a request as answered."""
    seat.insist("privacy")
    with together():
        row = lock(seat, PrivacyRequest, key)
        if row.done_at is not None:
            raise Conflict("This request was answered already.", "Reload the page.")
        save(seat, row, done_at=seat.now, by=seat.user)
        record(seat, "privacy.settled", row, kind=row.kind)
    return row


def notified(seat: Seat, key: int) -> Creator:
    """Note that a creator was told which data is kept of them (GDPR Art. 14)."""
    seat.insist("privacy")
    with together():
        row = lock(seat, Creator, key)
        save(seat, row, notice_sent_at=seat.now)
        record(seat, "privacy.notified", row)
    return row


def held(seat: Seat, key: int) -> dict[str, Any]:
    """Everything kept of a creator, from the ledger and the catalogue, each row with its source and date (Art. 15)."""
    seat.insist("privacy")
    creator = find(seat, Creator, key)
    with together():
        record(seat, "privacy.told", creator)
    return {"ledger": told_of(seat, creator), "catalogue": _in_catalogue(seat, creator)}


def _in_catalogue(seat: Seat, creator: Creator) -> dict[str, Any]:
    if creator.erased_at or not has_creators(seat.workspace):
        return {}
    try:
        return personal_data(_who(creator), catalogue_of(seat.workspace)).to_dict()
    except NotFound:
        return {}


def erasing(seat: Seat, key: int) -> Erasing:
    """What an erasure would take; nothing is touched."""
    seat.insist("privacy")
    creator = find(seat, Creator, key)
    _insist_on_somebody(creator)
    found: dict[str, int] = {}
    if has_creators(seat.workspace):
        found = _counted(seat, creator)
    ledger = {kind: len(many) for kind, many in told_of(seat, creator).items()}
    return Erasing(creator, tuple(found.items()), tuple(ledger.items()))


def _counted(seat: Seat, creator: Creator) -> dict[str, int]:
    try:
        return dict(would_erase(_who(creator), catalogue_of(seat.workspace)).rows)
    except NotFound:
        return {}


def begin_erasure(seat: Seat, key: int, reason: str) -> Job:
    """Ask for the erasure of a creator; the reason must not say who it is.

    Raises
    ------
    BadInput
        No reason, or one that names the creator: every refused row would show it.
    """
    seat.insist("privacy")
    with together():
        creator = lock(seat, Creator, key)
        _insist_on_somebody(creator)
        _insist_on_reason(creator, reason)
        job = enqueue(seat, ERASING, {"creator": creator.pk, "reason": reason.strip()[:80]})
        record(seat, "privacy.erasure_begun", creator)
    return job


@register(ERASING)
def _erase(work: Work) -> Callable[[], dict[str, Any]]:
    """The catalogue first, with the tombstone before anything else; then the ledger in one transaction with the end.

    Ended in between, it is done again: the row still says who is meant until the very last step.
    """
    seat = work.seat
    seat.insist("privacy")  # whoever asked may have left since
    creator = find(seat, Creator, work.asks["creator"])
    work.tell("Erasing from the catalogue", 0.1)
    gone = erase_from_catalogue(_who(creator), catalogue_of(seat.workspace), work.asks["reason"], seat.now)
    work.tell("Erasing letters and what was computed", 0.7)
    shelf_of(seat.workspace).clear()
    forget_mail((creator.email, creator.handle, creator.name))
    work.tell("Erasing from the ledger", 0.9)

    def finish() -> dict[str, Any]:
        counts = forget_creator(seat, lock(seat, Creator, creator.pk))
        open_requests = rows(seat, PrivacyRequest).filter(creator=creator.pk, kind="erasure", done_at=None)
        open_requests.update(done_at=seat.now, outcome={"catalogue": dict(gone.rows), "ledger": counts})
        record(seat, "privacy.erased", creator, catalogue=sum(gone.rows.values()), ledger=sum(counts.values()))
        after_commit(leave_no_trace)
        after_commit(shelf_of(seat.workspace).clear)  # what was computed meanwhile, from rows that still stood
        return {"catalogue": dict(gone.rows), "ledger": counts}

    return finish


def begin_expiry(seat: Seat) -> Job:
    """Ask that rows older than the workspace keeps them go from its catalogue."""
    seat.insist("privacy")
    with together():
        months = options_of(seat.workspace).retention_months
        job = enqueue(seat, EXPIRING, {"months": months, "on": seat.today.isoformat()})
        record(seat, "privacy.expiry_begun", job, months=months)
    return job


@register(EXPIRING)
def _expire(work: Work) -> Callable[[], dict[str, Any]]:
    work.seat.insist("privacy")  # whoever asked may have left since
    catalogue, now = catalogue_of(work.seat.workspace), work.seat.now
    done = expire(catalogue, older_than(f"{work.asks['months']}m", now), now, dry_run=False)
    return lambda: {"rows": dict(done.rows), "kept_undated": dict(done.kept_undated)}


def _who(creator: Creator) -> Who:
    return Who(creator.platform, creator.creator_id, creator.handle or None)


def _insist_on_somebody(creator: Creator) -> None:
    if creator.erased_at:
        raise Conflict("This creator was erased already; what is left names nobody.", "Nothing more is to be done.")


def _insist_on_reason(creator: Creator, reason: str) -> None:
    words = reason.strip().casefold()
    if not words:
        raise BadInput("An erasure needs a reason.", "Name it in a word, as in `request`.")
    known = (creator.handle, creator.name, creator.email, creator.creator_id)
    if any(name and name.casefold() in words for name in known):
        raise BadInput("The reason names the creator, and would outlive the erasure.", "Say `request`, or the like.")


def _sentence(waiting: tuple[PrivacyRequest, ...], due: int, today: date) -> str:
    late = sum(request.due < today for request in waiting)
    if not waiting and not due:
        return "Nothing is asked of you under privacy law today."
    words = f"{len(waiting)} {'request waits' if len(waiting) == 1 else 'requests wait'}"
    told = f"{words}, {late} late" if late else words
    return f"{told}; {due} {'notice is' if due == 1 else 'notices are'} due."
