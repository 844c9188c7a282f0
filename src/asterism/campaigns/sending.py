"""Whether a message may go out now, and when to try again: caps, gaps, quiet hours, opt-outs that block everything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Final, Literal

from asterism.errors import BadInput, WrongUsage

Outcome = Literal["sent", "failed", "soft_bounce", "hard_bounce", "answered"]

DAY: Final = timedelta(hours=24)
RETRIES: Final[dict[Outcome, tuple[timedelta, ...]]] = {
    "failed": tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 720)),
    "soft_bounce": tuple(timedelta(hours=h) for h in (1, 6, 24, 72)),
}
"""How long to wait before each further try: ours failed (no mail server), or theirs was full or busy for a while."""
REACHED: Final[tuple[Outcome, ...]] = ("sent", "answered")
NEVER_LEFT: Final[tuple[Outcome, ...]] = ("answered", "failed")
"""What is no use of the workspace's cap."""
OPENING: Final = ("outreach", "follow_up", "renewal")
"""Kinds that ask for something unasked: those that a silent creator gets only so many of."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message about to go: who sends, to whom, by which channel and address, and of what kind."""

    workspace: str
    creator: str
    kind: str
    channel: str = "email"
    address: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What became of an earlier message, or an answer that came, in any channel."""

    at: datetime
    message: Message
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Consent:
    """What a creator said about being written to: opted out or not, since when; an opt-out has no exceptions."""

    opted_out: bool = False
    since: datetime | None = None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Hours of a creator's night in which nothing is sent; they may cross midnight."""

    start: time
    end: time
    zone: tzinfo

    def until(self, now: datetime) -> datetime | None:
        """The end of the quiet hours `now` falls into, or None."""
        local = now.astimezone(self.zone)
        clock = local.time()
        crossing = self.start > self.end
        quiet = clock >= self.start or clock < self.end if crossing else self.start <= clock < self.end
        if not quiet:
            return None
        next_day = crossing and clock >= self.start
        return datetime.combine(local.date() + timedelta(days=next_day), self.end, self.zone)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workspace allows itself: messages in 24 hours, time between two to one creator, openings unanswered.

    `gap` stands before an opening, the shorter `working_gap` before what a collaboration needs.
    """

    per_day: int = 50
    gap: timedelta = timedelta(days=3)
    working_gap: timedelta = timedelta(minutes=10)
    unanswered: int = 3
    quiet: QuietHours | None = None

    def __post_init__(self) -> None:
        if self.per_day < 0 or self.unanswered < 0 or min(self.gap, self.working_gap) < timedelta(0):
            raise BadInput("A limit on sending cannot be below 0.", "Write 0 to send nothing at all.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a message may go, the rule that decided, why in one sentence, and when to ask again if ever."""

    allowed: bool
    rule: str
    reason: str
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Retry:
    """When to try a message again, or None for never, and why."""

    at: datetime | None
    reason: str


_YES: Final = Verdict(True, "", "Nothing stands against it.")


def may_send(
    message: Message, history: Iterable[Event], consent: Consent, now: datetime, limits: Limits | None = None
) -> Verdict:
    """Whether `message` may go out now; rules that never lift are asked first, so the reason given is the strongest.

    `history` holds events of every workspace, creator and channel that is at hand; each rule picks its own.
    """
    if now.tzinfo is None:
        raise WrongUsage("The time to send needs its zone.", "Give a time in UTC.")
    own, events = limits or Limits(), sorted(history, key=lambda event: event.at)
    theirs = [event for event in events if event.message.creator == message.creator]
    verdicts = (
        _consent(consent),
        _address(message, theirs),
        _silence(message, theirs, own),
        _gap(message, theirs, now, own),
        _cap(message, events, now, own),
        _quiet(now, own),
    )
    return next((verdict for verdict in verdicts if verdict), _YES)


def _consent(consent: Consent) -> Verdict | None:
    if consent.erased:
        return Verdict(False, "erased", "This creator's data was erased: nothing may be sent.")
    if not consent.opted_out:
        return None
    since = f" on {consent.since:%Y-%m-%d}" if consent.since else ""
    return Verdict(False, "opted_out", f"The creator opted out{since}: no channel may be used.")


def _address(message: Message, theirs: list[Event]) -> Verdict | None:
    spot = (message.channel, message.address)
    dead = any(e.outcome == "hard_bounce" and (e.message.channel, e.message.address) == spot for e in theirs)
    said = "This address does not exist any more: a message came back for good. Ask for another."
    return Verdict(False, "dead_address", said) if dead else None


def _silence(message: Message, theirs: list[Event], limits: Limits) -> Verdict | None:
    if message.kind not in OPENING:
        return None
    unanswered = [e for e in _since_answer(message, theirs) if e.outcome == "sent" and e.message.kind in OPENING]
    if len(unanswered) < limits.unanswered:
        return None
    said = f"{len(unanswered)} messages without an answer are enough: leave it unless the creator writes."
    return Verdict(False, "unanswered", said)


def _gap(message: Message, theirs: list[Event], now: datetime, limits: Limits) -> Verdict | None:
    """The gap counts from the last message nobody answered: in a conversation there is none."""
    sent = [e.at for e in _since_answer(message, theirs) if e.outcome == "sent"]
    gap = limits.gap if message.kind in OPENING else limits.working_gap
    if not sent or sent[-1] + gap <= now:
        return None
    again = sent[-1] + gap
    return Verdict(False, "gap", f"The last message is too recent: the next may go at {_clock(again)}.", again)


def _since_answer(message: Message, theirs: list[Event]) -> list[Event]:
    own = [event for event in theirs if event.message.workspace == message.workspace]
    answers = [n for n, event in enumerate(own) if event.outcome == "answered"]
    return own[answers[-1] + 1 :] if answers else own


def _cap(message: Message, events: list[Event], now: datetime, limits: Limits) -> Verdict | None:
    """At most so many in any 24 hours; what bounced counts, what never left does not."""
    recent = [
        event.at
        for event in events
        if event.message.workspace == message.workspace and event.outcome not in NEVER_LEFT and event.at > now - DAY
    ]
    if len(recent) < limits.per_day:
        return None
    again = recent[len(recent) - limits.per_day] + DAY if limits.per_day else None
    when = f" The next may go at {_clock(again)}." if again else ""
    return Verdict(False, "cap", f"The workspace has sent its {limits.per_day} messages of 24 hours.{when}", again)


def _quiet(now: datetime, limits: Limits) -> Verdict | None:
    again = limits.quiet.until(now) if limits.quiet else None
    if again is None:
        return None
    return Verdict(False, "quiet_hours", f"It is night where the creator lives: wait until {_clock(again)}.", again)


def _clock(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M %Z}".strip()


def retry(outcome: Outcome, tries: int, last: datetime) -> Retry:
    """When a message that did not arrive is tried again, after `tries` tries of which the last was at `last`.

    A retry is a message like any other: `may_send` is asked again before it.
    """
    if tries < 1:
        raise WrongUsage(f"A message tried {tries} times has no outcome.", "Count the first try as 1.")
    if outcome in REACHED:
        return Retry(None, "It arrived.")
    waits = RETRIES.get(outcome, ())
    if not waits:
        return Retry(None, "It came back for good: the address does not exist.")
    if tries > len(waits):
        return Retry(None, f"It failed {tries} times: somebody should look at it.")
    return Retry(last + waits[tries - 1], f"Try {tries + 1} of {len(waits) + 1}.")
