"""Following a link: the click is kept, then the visitor is led on."""

from dataclasses import dataclass
from datetime import datetime

from asterism.measurement.visits import Visit, origin
from asterism.store.ledger.clicks import JOURNAL, Entry
from asterism.store.ledger.hashes import visitor_hash
from asterism.store.ledger.links import Way, forget_way, way_of
from asterism.store.ledger.visitors import drop_visitors


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request for a link tells: the address it came from is turned into a hash and goes no further."""

    address: str
    agent: str
    referrer: str = ""
    head: bool = False
    prefetch: bool = False


def follow(code: str, asked: Asked, now: datetime) -> str:
    """The address that a link leads to, once the click is kept; empty where there is no such link."""
    way = way_of(code)
    key = _kept(way, code, asked, now) if way else ""
    if way and not key:  # what this process knew of the link is no longer so
        forget_way(code)
        way = way_of(code)
        key = _kept(way, code, asked, now) if way else ""
    return way.to(key) if way and key else ""


def forget_visitors(now: datetime) -> int:
    """Empty the visitors of clicks and orders whose window of attribution is over; how many they were."""
    return drop_visitors(now)


def _kept(way: Way, code: str, asked: Asked, now: datetime) -> str:
    visit = Visit(
        link=way.link,
        at=now,
        agent=asked.agent[:500],
        visitor=visitor_hash(way.workspace, asked.address, asked.agent[:500]),
        referrer=origin(asked.referrer[:2_000]),
        head=asked.head,
        prefetch=asked.prefetch,
    )
    return JOURNAL.write(Entry(visit, code, way.workspace))
