"""Deadlines: what is due in each state, by when and by whom, and how late it is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from asterism.campaigns.steps import CREATOR, SYSTEM, TEAM
from asterism.errors import BadInput

SOON_DAYS: Final = 2
"""From how many days before on a deadline is due soon."""
_WEEKEND: Final = 5


@dataclass(frozen=True, slots=True)
class Terms:
    """Agreed or usual times, in days; business days leave out weekends and `holidays` where `business` is set.

    Parameters
    ----------
    answer, agree, brief
        To answer an invitation, to come to terms, to send the brief.
    draft
        To hand in a draft where no day of the post is set.
    draft_lead
        By which a draft is due before the day of the post.
    review
        To answer a draft.
    measure
        After the post, when its figures have settled.
    payment
        After the post; None where no money was agreed on.
    thank
        After the payment.
    pause
        After which a pause is looked at again.
    """

    answer: int = 5
    agree: int = 7
    brief: int = 3
    draft: int = 10
    draft_lead: int = 7
    review: int = 2
    measure: int = 14
    payment: int | None = 30
    thank: int = 7
    pause: int = 14
    business: bool = False
    holidays: frozenset[date] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        days = (self.answer, self.agree, self.brief, self.draft, self.draft_lead, self.review, self.measure)
        if min(*days, self.payment or 0, self.thank, self.pause) < 0:
            raise BadInput("A time agreed on cannot be below 0 days.")

    def after(self, day: date, days: int) -> date:
        """The day so many days after; before, if they are below 0."""
        if not self.business:
            return day + timedelta(days=days)
        ahead = timedelta(days=1 if days > 0 else -1)
        for _ in range(abs(days)):
            day += ahead
            while day.weekday() >= _WEEKEND or day in self.holidays:
                day += ahead
        return day


@dataclass(frozen=True, slots=True)
class Dates:
    """Days to count from: when the present state began, the day of the post, the day on which it went live."""

    entered: date
    post_day: date | None = None
    live_day: date | None = None


@dataclass(frozen=True, slots=True)
class Lateness:
    """How a deadline stands: `kind` is `on time`, `due soon` or `late`; `days` are those left, below 0 if late."""

    kind: str
    days: int

    @property
    def words(self) -> str:
        """As people say it.

        >>> Lateness("late", -1).words, Lateness("due soon", 0).words, Lateness("on time", 9).words
        ('late by 1 day', 'due today', 'due in 9 days')
        """
        if self.days < 0:
            return f"late by {_days(-self.days)}"
        return {0: "due today", 1: "due tomorrow"}.get(self.days, f"due in {_days(self.days)}")


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is due, by which day (still in time on that day), and whose turn it is."""

    what: str
    due: date
    owner: str

    def lateness(self, now: date | datetime) -> Lateness:
        """How it stands on a day; of a time of day only its own date counts, so pass local time.

        >>> Deadline("draft", date(2026, 12, 1), "creator").lateness(date(2026, 12, 4)).words
        'late by 3 days'
        """
        left = (self.due - day_of(now)).days
        return Lateness("late" if left < 0 else "due soon" if left <= SOON_DAYS else "on time", left)


@dataclass(frozen=True, slots=True)
class _Rule:
    """Something is due so many days from a day; of several rules for it the first whose day is known counts."""

    state: str
    what: str
    owner: str
    start: Callable[[Dates], date | None]
    days: Callable[[Terms], int | None]


def _entered(dates: Dates) -> date | None:
    return dates.entered


def _post(dates: Dates) -> date | None:
    return dates.post_day


def _live(dates: Dates) -> date | None:
    return dates.live_day


def _at_once(_: Terms) -> int:
    return 0


def _to_pay_now(terms: Terms) -> int | None:
    return None if terms.payment is None else 0


def _to_invite(terms: Terms) -> int:
    """Enough days before the post for an answer, terms, a brief and a draft."""
    return -(terms.answer + terms.agree + terms.brief + terms.draft_lead)


_RULES: Final = (
    _Rule("shortlisted", "invitation", TEAM, _post, _to_invite),
    _Rule("invited", "answer", CREATOR, _entered, lambda t: t.answer),
    _Rule("negotiating", "agreement", TEAM, _entered, lambda t: t.agree),
    _Rule("agreed", "brief", TEAM, _entered, lambda t: t.brief),
    _Rule("briefed", "draft", CREATOR, _post, lambda t: -t.draft_lead),
    _Rule("briefed", "draft", CREATOR, _entered, lambda t: t.draft),
    _Rule("draft", "review", TEAM, _entered, lambda t: t.review),
    _Rule("approved", "post", CREATOR, _post, _at_once),
    _Rule("scheduled", "post", CREATOR, _post, _at_once),
    _Rule("live", "figures", SYSTEM, _live, lambda t: t.measure),
    _Rule("live", "figures", SYSTEM, _entered, lambda t: t.measure),
    _Rule("live", "payment", TEAM, _live, lambda t: t.payment),
    _Rule("live", "payment", TEAM, _entered, lambda t: t.payment),
    _Rule("measured", "payment", TEAM, _live, lambda t: t.payment),
    _Rule("measured", "payment", TEAM, _entered, _to_pay_now),
    _Rule("paid", "thanks", TEAM, _entered, lambda t: t.thank),
    _Rule("paused", "second look", TEAM, _entered, lambda t: t.pause),
)
DUE: Final = tuple(dict.fromkeys(rule.what for rule in _RULES))
"""Everything that may be due."""
_BEFORE_POST: Final = ("answer", "agreement", "brief", "review")
"""What is worth nothing after the day of the post, whatever the terms."""


def deadlines(state: str, dates: Dates, terms: Terms) -> tuple[Deadline, ...]:
    """What is due in a state of a collaboration, the soonest first; nothing where no day is known to count from."""
    found: dict[str, Deadline] = {}
    for rule in _RULES:
        start, days = rule.start(dates), rule.days(terms)
        if rule.state == state and start is not None and days is not None and rule.what not in found:
            due = terms.after(start, days)
            if rule.what in _BEFORE_POST and dates.post_day is not None:
                due = min(due, dates.post_day)
            found[rule.what] = Deadline(rule.what, due, rule.owner)
    return tuple(sorted(found.values(), key=lambda deadline: deadline.due))


def latest(many: Iterable[Deadline], now: date | datetime) -> Deadline | None:
    """The deadline that is overdue most, None where none is late."""
    late = [deadline for deadline in many if deadline.lateness(now).kind == "late"]
    return min(late, key=lambda deadline: deadline.due, default=None)


def day_of(now: date | datetime) -> date:
    """The date of a day or of a moment, in the moment's own zone."""
    return now.date() if isinstance(now, datetime) else now


def _days(n: int) -> str:
    return f"{n} day" if n == 1 else f"{n} days"
