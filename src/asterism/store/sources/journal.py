"""`Journal`: what came of an account so far, page by page, so that a second run asks only for the rest."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from asterism.store.failures import failing_as
from asterism.store.save import save_text
from asterism.store.sources.asking import Answer, Ask, Document

GOOD_FOR: Final = timedelta(days=1)
"""An account's pages are good for a day from its first one; then all of them are asked anew, as the figures have moved
and the lists with them: old and new pages of one list would leave posts out."""
KEPT_FOR: Final = timedelta(days=30)
"""Pages older than this are removed: they name commenters, and YouTube's terms allow no longer storage."""
_NAME: Final = "journal.json"


@dataclass(frozen=True, slots=True)
class Page:
    """One answer as it came: when it was read, and the document, or why there is none."""

    what: str
    stage: str
    read: datetime
    document: Document | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Journal:
    """The pages of one account in one folder, one file each, all of them since `begun`."""

    folder: Path
    begun: datetime

    def page(self, ask: Ask) -> Page | None:
        """The page that answered this request, or None where it is still to be asked."""
        found = _load(self._file(ask))
        if not isinstance(found, dict) or not isinstance(found.get("document"), (dict, type(None))):
            return None
        when = _time(found.get("read"))
        if when is None or when < self.begun:
            return None
        return Page(ask.what, ask.stage, when, found.get("document"), str(found.get("why") or ""))

    def keep(self, ask: Ask, answer: Answer, now: datetime) -> Page:
        """The page of an answer, once it stands on the disk in full."""
        page = Page(ask.what, ask.stage, now, answer.document, answer.why)
        asked = {"what": ask.what, "path": ask.path, "query": dict(ask.query), "body": ask.body}
        written = {"request": asked, "read": now.isoformat(), "why": page.why, "document": page.document}
        save_text(self._file(ask), json.dumps(written))
        return page

    def _file(self, ask: Ask) -> Path:
        return self.folder / f"{ask.key}.json"


def folder_of(home: Path, source: str, account: str) -> Path:
    """Where the pages of an account lie; a name that is no file name is written as in an address."""
    return home / "fetched" / source / quote(account, safe="@")


def begun_at(folder: Path) -> datetime | None:
    """When the pages of a folder were begun; None where there are none."""
    found = _load(folder / _NAME)
    return _time(found.get("begun")) if isinstance(found, dict) else None


def is_good(begun: datetime | None, now: datetime) -> bool:
    """Whether pages begun then are still good now."""
    return begun is not None and timedelta(0) <= now - begun < GOOD_FOR


def open_journal(folder: Path, now: datetime, again: bool = False) -> Journal:
    """The journal of a folder: the one that stands there while it is good, else a new one.

    `again` starts afresh in any case. The old journal goes before its pages and the new one comes after that, so a
    run that is killed in between leaves a folder that is begun anew.

    Raises
    ------
    OutsideFailure
        The folder cannot be read or written.
    """
    begun = begun_at(folder)
    if begun is not None and is_good(begun, now) and not again:
        return Journal(folder, begun)
    with failing_as("cannot be written", folder):
        (folder / _NAME).unlink(missing_ok=True)
        if folder.exists():
            shutil.rmtree(folder)
    save_text(folder / _NAME, json.dumps({"begun": now.isoformat()}))
    return Journal(folder, now)


def discard(folder: Path) -> None:
    """Remove the pages of an account, as far as there are any."""
    with failing_as("cannot be removed", folder):
        if folder.exists():
            shutil.rmtree(folder)


def tidy(home: Path, source: str, now: datetime) -> None:
    """Remove the pages of accounts that were begun more than `KEPT_FOR` ago.

    Where a run was killed before it could say when it began, the folder's own time counts.
    """
    for folder in _folders(home / "fetched" / source):
        begun = begun_at(folder) or datetime.fromtimestamp(folder.stat().st_mtime, UTC)
        if now - begun > KEPT_FOR:
            with failing_as("cannot be removed", folder):
                shutil.rmtree(folder)


def _folders(parent: Path) -> Iterator[Path]:
    if parent.is_dir():
        yield from (path for path in sorted(parent.iterdir()) if path.is_dir())


def _load(path: Path) -> Any:
    """The JSON of a file, or None: a page that is not there, or is damaged, is asked for again."""
    with failing_as("cannot be read", path):
        try:
            return json.loads(path.read_bytes())
        except (FileNotFoundError, ValueError, RecursionError):
            return None


def _time(words: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(words)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else None
