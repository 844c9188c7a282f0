"""One collaboration as a page: where it stands, what comes next and whose turn it is, and all that belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asterism.campaigns.lifecycle import unmet
from asterism.campaigns.roles import LEAST
from asterism.campaigns.steps import CREATOR
from asterism.desk.studio.cards import Due, due_next
from asterism.desk.studio.stages import NEXT, PARTIES, Move, label, moves, tone
from asterism.desk.studio.standing import facts_for
from asterism.desk.studio.timeline import Moment, timeline
from asterism.desk.studio.work import Work, work_of
from asterism.store.ledger.models import Agreement, Collaboration, Document, Member, Message, Note
from asterism.store.ledger.portals import masked
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import events

NEWEST = 10
"""Messages and documents that the page shows; the rest stand on pages of their own."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message as the page shows it: its subject, its words without secrets, where it stands, and when."""

    subject: str
    body: str
    state: str
    channel: str
    at: datetime
    received: bool


@dataclass(frozen=True, slots=True)
class Ahead:
    """A step that a member may take, with what it still needs; empty where it may be taken at once."""

    move: Move
    needs: str
    fix: str


@dataclass(frozen=True, slots=True)
class CollaborationPage:
    """`collaboration.html.j2`: one creator in one campaign.

    `sentence` says where it stands and what comes next; `reasons` are the plan's; `link_until` is when the creator's
    own page closes, None where there is none; `work` holds drafts, posts, payments and tasks.
    """

    row: Collaboration
    name: str
    sentence: str
    label: str
    tone: str
    due: Due | None
    turn: str
    ahead: tuple[Ahead, ...]
    reasons: tuple[str, ...]
    versions: tuple[Agreement, ...]
    documents: tuple[Document, ...]
    messages: tuple[Said, ...]
    notes: tuple[Note, ...]
    moments: tuple[Moment, ...]
    members: tuple[tuple[str, str], ...]
    link_until: datetime | None
    may_run: bool
    may_agree: bool
    may_write: bool
    work: Work


def collaboration_page(seat: Seat, key: int) -> CollaborationPage:
    """All that belongs to one collaboration."""
    seat.insist("see")
    row = find(seat, Collaboration, key, "creator", "campaign__brand", "phase", "looked_after_by__user")
    versions = tuple(rows(seat, Agreement).filter(collaboration=row).defer("text"))
    notes = tuple(rows(seat, Note).filter(collaboration=row).select_related("by")[:50])
    due = due_next(seat, row, _payment_days(versions))
    ahead = _ahead(seat, row)
    turn = PARTIES.get(NEXT.get(row.state, ("", ""))[1], "")
    return CollaborationPage(
        row=row,
        name=row.creator.name or row.creator.handle,
        sentence=sentence(row, ahead, due, turn),
        label=label(row.state),
        tone=tone(row.state),
        due=due,
        turn=turn,
        ahead=ahead,
        reasons=tuple(str(reason) for reason in row.pick.get("reasons", ())),
        versions=versions,
        documents=tuple(rows(seat, Document).filter(collaboration=row).defer("body").select_related("by")[:NEWEST]),
        messages=tuple(_said(each) for each in rows(seat, Message).filter(collaboration=row)[:NEWEST]),
        notes=notes,
        moments=timeline(events(seat, collaboration=row.pk), {note.pk: note.text for note in notes}),
        members=_members(seat) if seat.may("run") else (),
        link_until=_link_until(seat, row),
        may_run=seat.may("run"),
        may_agree=seat.may("agree"),
        may_write=seat.may("write"),
        work=work_of(seat, row),
    )


def sentence(row: Collaboration, ahead: Sequence[Ahead], due: Due | None, turn: str) -> str:
    """Where a collaboration stands, what comes next, and whose turn it is."""
    onward = NEXT.get(row.state)
    if onward is None or row.state == "declined":
        return f"{label(row.state)}."
    step = next((one.move.label for one in ahead if one.move.name == onward[0]), "")
    wait = f"waiting for {PARTIES[CREATOR]}" if turn == PARTIES[CREATOR] else f"next: {step.lower()}" if step else ""
    words = [label(row.state), *([wait] if wait else []), *([f"{due.what} {due.when}"] if due else [])]
    return "; ".join(words) + "."


def _ahead(seat: Seat, row: Collaboration) -> tuple[Ahead, ...]:
    may = frozenset(action for action in LEAST if seat.may(action))
    steps = moves(row.state, may)
    facts = facts_for(seat, row, [move.name for move in steps if move.kind == "press"])
    lacking = {move.name: unmet(move.name, facts) for move in steps if move.kind == "press"}
    return tuple(
        Ahead(move, needs[0].what, needs[0].fix) if (needs := lacking.get(move.name)) else Ahead(move, "", "")
        for move in steps
    )


def _payment_days(versions: Sequence[Agreement]) -> int | None:
    return next((each.terms.get("payment_days") for each in versions if each.state == "accepted"), None)


def _said(row: Message) -> Said:
    return Said(
        row.subject, masked(row.body), row.state, row.channel, row.sent_at or row.made_at, row.state == "received"
    )


def _members(seat: Seat) -> tuple[tuple[str, str], ...]:
    found = rows(seat, Member).select_related("user").exclude(role="viewer").order_by("user__name", "user__email")
    return tuple((str(member.pk), str(member.user)) for member in found)


def _link_until(seat: Seat, row: Collaboration) -> datetime | None:
    until = row.secret_expires_at
    return until if row.secret_hash and until and until > seat.now else None
