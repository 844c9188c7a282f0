"""Take one account of a platform of our own, as a run does."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from asterism.store.settings import Access
from asterism.store.sources.http import Line
from asterism.store.sources.journal import open_journal
from asterism.store.sources.take import Taken, take
from asterism.store.sources.wanted import Source, Wanted
from tests.store.sources.platforms import CLIENT, KEY, SECRET, TOKEN, USER
from tests.store.sources.server import Answering, Server, served
from tests.store.sources.waiting import Clock

KEYS = {"youtube": (KEY, "", ""), "instagram": (TOKEN, "", USER), "tiktok": (CLIENT, SECRET, "")}


@contextlib.contextmanager
def connected(source: Source, world: Answering, quota: int = 10_000) -> Iterator[tuple[Server, Line]]:
    key, secret, user = KEYS[source.name]
    with served(world) as server:
        line = Line(source.door(Access(server.url, key, secret, user)), quota, Clock().patience())
        with contextlib.closing(line):
            yield server, line


def taken(
    source: Source, world: Answering, folder: Path, account: str = "@ada", posts: int = 50, comments: int = 100,
    quota: int = 10_000,
) -> tuple[Taken, Server, Line]:  # fmt: skip
    """The account, the server that was asked, and the line with its units."""
    with connected(source, world, quota) as (server, line):
        journal = open_journal(folder, line.patience.now())
        steps = source.steps(account, Wanted(posts, comments, journal.begun))
        return take(account, steps, line, journal, lambda _what, _share: None), server, line


def rows(one: Taken, stage: str, *path: str) -> list[dict]:
    """The objects of a stage's pages, at a path of each document."""
    found = []
    for page in one.pages:
        if page.stage == stage:
            part = page.document
            for name in path:
                part = part[name]
            found += part
    return found
