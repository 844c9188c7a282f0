"""Tasks: who should do what by when, as the state of a campaign implies it; never written down, always worked out.

Each task has an id that depends on what it is about and not on its day, so that it can be ticked off and stays so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final

from asterism.campaigns.care import Suggestion
from asterism.campaigns.deadlines import Dates, Deadline, Lateness, Terms, day_of, deadlines
from asterism.campaigns.steps import CLIENT, CREATOR, TEAM

USUAL: Final = Terms()
"""Times where nothing else was agreed on."""
PRIORITIES: Final = ("now", "soon", "later")
"""Late or due today, due soon, and all the rest."""
_PRIORITY: Final = {"late": "now", "due soon": "soon", "on time": "later"}
"""The priority of a lateness; what is due today is done now."""


@dataclass(frozen=True, slots=True)
class Task:
    """What somebody should do.

    Parameters
    ----------
    id
        The same for the same task on every day, until its occasion comes anew.
    text
        What to do, a verb first.
    due
        The day by which.
    owner
        The party whose turn it is.
    about
        Id of what it is about, as of a collaboration.
    kind
        What sort of task, as in `review` or `payment`.
    why
        What implies it.
    barred
        The member who may not do it, as who proposed a payment may not approve it.
    """

    id: str
    text: str
    due: date
    owner: str
    about: str
    kind: str
    why: str
    barred: str | None = None

    def lateness(self, now: date | datetime) -> Lateness:
        """How it stands on a day."""
        return Deadline(self.kind, self.due, self.owner).lateness(now)

    def priority(self, now: date | datetime) -> str:
        """One of `PRIORITIES`, by lateness alone."""
        lateness = self.lateness(now)
        return "now" if lateness.days == 0 else _PRIORITY[lateness.kind]


@dataclass(frozen=True, slots=True)
class Work:
    """One collaboration as its tasks need it.

    Parameters
    ----------
    id, handle
        Its id, and how the creator is called.
    state, dates
        Where it stands, and the days deadlines are counted from.
    turn
        How many steps it has taken: the second review of a draft is not the first one.
    terms
        Agreed or usual times.
    proposed
        Day of each payment that waits for a second person: (payment id, day, who proposed it).
    client
        Day of each draft that waits for the client: (draft id, day).
    notice_due
        By when the creator must be told of the data kept on them; None once told.
    """

    id: str
    handle: str
    state: str
    dates: Dates
    turn: int = 0
    terms: Terms = USUAL
    proposed: tuple[tuple[str, date, str], ...] = ()
    client: tuple[tuple[str, date], ...] = ()
    notice_due: date | None = None


TEXTS: Final = {
    ("invitation", TEAM): "Invite {handle}",
    ("answer", CREATOR): "Answer the invitation",
    ("answer", TEAM): "Ask {handle} for an answer",
    ("agreement", TEAM): "Come to terms with {handle}",
    ("brief", TEAM): "Send {handle} the brief",
    ("draft", CREATOR): "Hand in the draft",
    ("draft", TEAM): "Ask {handle} for the draft",
    ("review", TEAM): "Answer {handle}'s draft",
    ("post", CREATOR): "Publish, and add the link",
    ("post", TEAM): "Ask {handle} for the link to the post",
    ("figures", TEAM): "Record the figures of {handle}'s post",
    ("payment", TEAM): "Pay {handle}",
    ("thanks", TEAM): "Thank {handle}",
    ("second look", TEAM): "Decide how to go on with {handle}",
}
"""The words of a task by what is due and whose turn it is; what is not there is nobody's task."""
_LASTING: Final = ("payment",)
"""What stays one task while the state moves on."""


def tasks(works: Iterable[Work], now: date | datetime) -> tuple[Task, ...]:
    """All that the collaborations imply, the soonest first; what a creator is late with, the team asks about too."""
    return ordered(task for work in works for task in _of(work, day_of(now)))


def care_tasks(about: str, suggestions: Iterable[Suggestion]) -> tuple[Task, ...]:
    """What care suggests, as tasks; a later occasion of the same kind is another task."""
    return tuple(
        Task(task_id(about, one.kind, one.due.isoformat()), one.text, one.due, TEAM, about, one.kind, one.why)
        for one in suggestions
    )


def ordered(many: Iterable[Task]) -> tuple[Task, ...]:
    """The tasks by their day; of one day, a law's before money, money before the rest."""
    return tuple(sorted(many, key=lambda task: (task.due, _weight(task.kind), task.about, task.id)))


def open_tasks(many: Iterable[Task], done: Iterable[str]) -> tuple[Task, ...]:
    """The tasks that were not ticked off."""
    ticked = frozenset(done)
    return tuple(task for task in many if task.id not in ticked)


def task_id(*parts: str) -> str:
    """A short id of what a task is about.

    >>> task_id("c1", "payment") == task_id("c1", "payment") != task_id("c1p", "ayment")
    True
    """
    return sha256("\0".join(parts).encode(errors="replace")).hexdigest()[:16]


def _of(work: Work, today: date) -> Iterator[Task]:
    for deadline in deadlines(work.state, work.dates, work.terms):
        yield from _due(work, deadline, today)
    yield from _waiting(work)


def _due(work: Work, deadline: Deadline, today: date) -> Iterator[Task]:
    """The owner's task; and, once a creator is late or the program has to be helped, the team's."""
    owners = {deadline.owner: True, TEAM: deadline.owner != CREATOR or deadline.due < today}
    turn = "" if deadline.what in _LASTING else str(work.turn)
    for owner in (owner for owner, wanted in owners.items() if wanted):
        text = TEXTS.get((deadline.what, owner))
        if text is not None:
            said, key = text.format(handle=work.handle), task_id(work.id, deadline.what, owner, turn)
            yield Task(key, said, deadline.due, owner, work.id, deadline.what, f"It is {work.state}.")


def _waiting(work: Work) -> Iterator[Task]:
    """What waits beside the state: payments for a second person, drafts for the client, a notice the law asks for."""
    for payment, day, maker in work.proposed:
        text, key = f"Approve or reject the payment to {work.handle}", task_id(work.id, "approval", payment)
        due = work.terms.after(day, work.terms.review)
        yield Task(key, text, due, TEAM, work.id, "approval", "A payment needs a second person.", maker)
    for draft, day in work.client:
        key, due = task_id(work.id, "client", draft), work.terms.after(day, work.terms.review)
        yield Task(key, f"Look at {work.handle}'s draft", due, CLIENT, work.id, "client", "The client passes drafts.")
    if work.notice_due is not None:
        text, key = f"Send {work.handle} the notice under Art. 14", task_id(work.id, "notice")
        why = "Their data came from somebody else: GDPR Art. 14 gives a month, or until the first letter."
        yield Task(key, text, work.notice_due, TEAM, work.id, "notice", why)


def _weight(kind: str) -> int:
    return {"notice": 0, "approval": 1, "payment": 1}.get(kind, 2)
