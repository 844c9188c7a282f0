"""What is asked of a source and what it answers, before anything is sent."""

import hashlib
import json
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ask:
    """One request, without the key that goes with it.

    Parameters
    ----------
    what
        What is asked for, in the words of a sentence: `the videos of @ada`.
    path
        Below the source's address; `{user}` stands for the account the key belongs to.
    query
        Names and values; never a key.
    body
        The document to send; a request without one only reads.
    stage
        Pages of one stage are read together, later stages on top of earlier ones. Empty: the page only says what to
        ask next, and is not read.
    known
        What the answer leaves out under `data` although the request names it.
    units
        What the source charges for it.
    share
        How far the account is when this is asked, 0–1.
    """

    what: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: Document | None = None
    stage: str = ""
    known: Mapping[str, str] = field(default_factory=dict)
    units: int = 1
    share: float = 0.0

    @property
    def key(self) -> str:
        """The same for the same request and for no other, 24 hexadecimal digits."""
        asked = json.dumps([self.path, self.query, self.body], sort_keys=True)
        return hashlib.sha256(asked.encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Answer:
    """The document that came; or None, why, and whether asking again would only bring the same (`final`)."""

    document: Document | None
    why: str = ""
    final: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """Something that is not there or could not be had, and why."""

    what: str
    why: str


Steps = Generator[Ask | Note, Answer, str]
"""The requests that make up an account, each decided by the answers so far; returns why the account is not there."""


class Meaning(Enum):
    """What a source's answer means for us."""

    FINE = auto()
    ABSENT = auto()
    """Deleted, private, switched off: a fact, and the rest goes on."""
    SLOW = auto()
    """Too many requests: wait and ask again."""
    BROKEN = auto()
    """The source or the way to it failed: ask again."""
    EXPIRED = auto()
    """The token we were given ran out: sign in again."""
    SPENT = auto()
    """The quota is used up: nothing more until it starts afresh."""
    BARRED = auto()
    """The key is wrong, or may not do this: nothing more until that is changed."""
    UNSOUND = auto()
    """The source does not understand the request."""


STOPS = frozenset({Meaning.SPENT, Meaning.BARRED})
"""After these nothing else of the source can be had."""
AGAIN = frozenset({Meaning.SLOW, Meaning.BROKEN})
"""After these the same request may succeed."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an answer means, why, and what to change."""

    meaning: Meaning
    why: str = ""
    fix: str = ""


Judge = Callable[[int, Document], Judgement]
"""Status and document → what they mean."""


def by_status(status: int, why: str = "") -> Judgement:
    """What a status means where the document says nothing more exact."""
    said = why or f"status {status}"
    if status < 300:
        return Judgement(Meaning.FINE)
    if status == 404:
        return Judgement(Meaning.ABSENT, said)
    if status == 429:
        return Judgement(Meaning.SLOW, said)
    if status >= 500:
        return Judgement(Meaning.BROKEN, said)
    return Judgement(Meaning.UNSOUND, said)


def short(words: object, longest: int = 160) -> str:
    """A source's own words on one line, cut where they get long."""
    line = " ".join(str(words).split()).rstrip(".")
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
