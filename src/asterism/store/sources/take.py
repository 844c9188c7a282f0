"""Take an account: from its journal what was asked before, from the source the rest."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from asterism.store.sources.asking import Answer, Ask, Document, Note, Steps
from asterism.store.sources.http import Line, Stopped
from asterism.store.sources.journal import Journal, Page

Tell = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """What there is of an account now.

    Parameters
    ----------
    pages
        The pages to read, in the order of asking.
    skipped
        What is not there, and why: a second run would only hear the same.
    missing
        What could not be had this time: a second run asks for it.
    asked
        Pages that came from the source; the others were there already.
    stopped
        Why nothing more could be had of the source, if so.
    """

    account: str
    pages: tuple[Page, ...]
    skipped: tuple[Note, ...]
    missing: tuple[Note, ...]
    asked: int
    stopped: Stopped | None


def take(account: str, steps: Steps, line: Line, journal: Journal, tell: Tell) -> Taken:
    """What there is of an account once its steps are taken, or as far as the source lets us."""
    taking = _Taking(line, journal, tell)
    stopped: Stopped | None = None
    absent = ""
    try:
        absent = taking.follow(steps)
    except Stopped as error:
        stopped = error
    if absent:
        taking.skipped.append(Note(account, absent))
    return Taken(
        account,
        () if absent else tuple(page for page in taking.pages if page.stage and page.document is not None),
        tuple(taking.skipped),
        tuple(taking.missing),
        taking.asked,
        stopped,
    )


class _Taking:
    """The pages and notes of an account as they come together."""

    def __init__(self, line: Line, journal: Journal, tell: Tell) -> None:
        self.line = line
        self.journal = journal
        self.tell = tell
        self.pages: list[Page] = []
        self.skipped: list[Note] = []
        self.missing: list[Note] = []
        self.asked = 0
        self._seen: set[str] = set()

    def follow(self, steps: Steps) -> str:
        """Take every step; returns why the account is not there, or nothing."""
        answer: Answer | None = None
        while True:
            try:
                step = next(steps) if answer is None else steps.send(answer)
            except StopIteration as end:
                return str(end.value or "")
            if isinstance(step, Note):
                self.skipped.append(step)
                answer = Answer(None)
            else:
                answer = self._answer(step)

    def _answer(self, ask: Ask) -> Answer:
        if ask.key in self._seen:
            self.missing.append(Note(ask.what, "the source sends us round in a circle"))
            return Answer(None)
        self._seen.add(ask.key)
        page = self.journal.page(ask) or self._from_source(ask)
        if page is None:
            return Answer(None, final=False)
        if page.document is None:
            self.skipped.append(Note(page.what, page.why))
        self.pages.append(page)
        return Answer(page.document, page.why)

    def _from_source(self, ask: Ask) -> Page | None:
        """The page as it comes now, kept; or None where it could not be had, which is not kept."""
        self.tell(f"Asking for {ask.what}", ask.share)
        answer = self.line.ask(ask)
        self.asked += 1
        if answer.document is None and not answer.final:
            self.missing.append(Note(ask.what, answer.why))
            return None
        document = _completed(answer.document, ask.known) if answer.document is not None else None
        return self.journal.keep(ask, replace(answer, document=document), self.line.patience.now())


def _completed(document: Document, known: Any) -> Document:
    """The document with what the request names and the answer leaves out."""
    if not known or not isinstance(document.get("data"), dict):
        return document
    return {**document, "data": {**known, **document["data"]}}
