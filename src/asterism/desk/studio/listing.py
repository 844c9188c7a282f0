"""The page of one shortlist: the creators side by side, clients' answers, links; and the list of all shortlists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from asterism.desk.studio.jobs import JobPage, shown
from asterism.desk.studio.kept import REACHING, standing_index
from asterism.desk.studio.rows import rows_of
from asterism.desk.studio.sharing import SHAREABLE, USUAL
from asterism.errors import BadInput
from asterism.quantities import Interval
from asterism.store.ledger.jobs import enqueue
from asterism.store.ledger.models import Answer, Campaign, Job, Listed, ShareLink, Shortlist
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.shortlists import standing_answers, with_counts

ENOUGH: Final = 2
"""Creators from which it makes sense to ask whom they reach together."""


@dataclass(frozen=True, slots=True)
class Shortlists:
    """`shortlists.html.j2`: every shortlist, the newest first, and the campaigns that a new one may be for."""

    lists: tuple[Shortlist, ...]
    campaigns: tuple[Campaign, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One creator on a list: the row, its figures, what clients said, and the answer that holds now.

    `told` is yes, no or empty; of several links the newest answer holds.
    """

    row: Listed
    called: str
    engagement: Interval | None
    engagement_of: str
    real: Interval | None
    fee: Interval | None
    fee_source: str
    currency: str
    answers: tuple[Answer, ...]
    told: str


@dataclass(frozen=True, slots=True)
class Together:
    """How many people the creators reach together, each counted once; None until somebody asks."""

    people: Interval | None
    sum: int
    job: JobPage | None


@dataclass(frozen=True, slots=True)
class ShortlistPage:
    """`shortlist.html.j2`: a list with its entries, links and answers.

    Parameters
    ----------
    together
        Reach counted once; None for fewer than two creators.
    fields, usual
        What a link may show, and what it shows unless told otherwise.
    secret
        The address of a link made just now: it is shown this once.
    """

    row: Shortlist
    entries: tuple[Entry, ...]
    links: tuple[ShareLink, ...]
    yes: int
    no: int
    together: Together | None
    fields: tuple[tuple[str, str], ...]
    usual: tuple[str, ...]
    campaigns: tuple[Campaign, ...]
    secret: str = ""


def shortlists_of(seat: Seat) -> Shortlists:
    """The newest shortlists of the workspace."""
    return Shortlists(tuple(all_shortlists(seat)[:200]), _campaigns(seat))


def all_shortlists(seat: Seat) -> Any:
    """Every shortlist, the newest first, each with how many creators and open links it has."""
    seat.insist("see")
    return with_counts(seat)


def links_of(seat: Seat, key: int) -> Any:
    """The links to a shortlist, the newest first."""
    seat.insist("see")
    return rows(seat, ShareLink).filter(shortlist=find(seat, Shortlist, key)).select_related("by")


def answers_of(seat: Seat, key: int) -> list[Answer]:
    """What clients say of a shortlist's creators: the newest answer of each link to each of them."""
    seat.insist("see")
    return standing_answers(seat, find(seat, Shortlist, key))


def shortlist_page(seat: Seat, key: int, secret: str = "") -> ShortlistPage:
    """A shortlist as its page shows it."""
    seat.insist("see")
    row = find(seat, Shortlist, key, "campaign__brand", "by")
    entries = tuple(entries_of(seat, row))
    told = [entry.told for entry in entries]
    return ShortlistPage(
        row=row,
        entries=entries,
        links=tuple(rows(seat, ShareLink).filter(shortlist=row).select_related("by")[:50]),
        yes=told.count("yes"),
        no=told.count("no"),
        together=_together(seat, entries),
        fields=tuple((name, each.label) for name, each in SHAREABLE.items()),
        usual=USUAL,
        campaigns=_campaigns(seat),
        secret=secret,
    )


def entries_of(seat: Seat, row: Shortlist) -> list[Entry]:
    """The creators of a list in order, each with what clients said, the newest first."""
    said: dict[int, list[Answer]] = {}
    for answer in standing_answers(seat, row):
        said.setdefault(answer.entry_id, []).append(answer)
    listed = rows(seat, Listed).filter(shortlist=row).select_related("creator")
    return [_entry(each, said.get(each.pk, [])) for each in listed]


def count_together(seat: Seat, key: int) -> Job:
    """Ask how many people a list's creators reach together; the answer takes a while.

    Raises
    ------
    BadInput
        Fewer than two of them are in the catalogue.
    """
    seat.insist("plan")
    row = find(seat, Shortlist, key)
    accounts = _accounts(entries_of(seat, row))
    standing = standing_index(seat)
    there = rows_of(standing.kept, accounts)
    if len(there) < ENOUGH:
        raise BadInput("Fewer than two of these creators are in the catalogue.", "Add others, or import them.")
    return enqueue(seat, REACHING, _asks(standing.edition, [account for account in accounts if account in there]))


def _campaigns(seat: Seat) -> tuple[Campaign, ...]:
    query = rows(seat, Campaign).filter(state__in=("planning", "signed", "running")).select_related("brand")
    return tuple(query.defer("brief", "plan")[:100]) if seat.may("plan") else ()


def _entry(row: Listed, answers: Sequence[Answer]) -> Entry:
    creator, kept = row.creator, row.shown
    newest = max(answers, key=lambda each: each.pk, default=None)
    return Entry(
        row=row,
        called=f"@{creator.handle}" if creator.handle else creator.name or "an erased creator",
        engagement=_interval(kept.get("engagement")),
        engagement_of=kept.get("engagement_of") or "",
        real=_interval(kept.get("real")),
        fee=_interval(kept.get("fee")),
        fee_source=kept.get("fee_source") or "",
        currency=kept.get("currency") or "USD",
        answers=tuple(answers),
        told="" if newest is None else "yes" if newest.approved else "no",
    )


def _interval(span: dict[str, float] | None) -> Interval | None:
    return Interval(span["mean"], span["low"], span["high"]) if span else None


def _accounts(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    return sorted((entry.row.creator.platform, entry.row.creator.creator_id) for entry in entries)


def _asks(edition: str, accounts: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {"edition": edition, "accounts": [list(account) for account in accounts]}


def _together(seat: Seat, entries: Sequence[Entry]) -> Together | None:
    """What was counted of exactly these creators, as the catalogue stands now."""
    if len(entries) < ENOUGH:
        return None
    potential = sum(entry.row.creator.followers or 0 for entry in entries)
    standing = standing_index(seat)
    accounts = _accounts(entries)
    there = rows_of(standing.kept, accounts)
    asks = _asks(standing.edition, [account for account in accounts if account in there])
    job = next((each for each in rows(seat, Job).filter(kind=REACHING)[:50] if each.asks == asks), None)
    if job is None:
        return Together(None, potential, None)
    if job.state == "done":
        found = job.result
        return Together(Interval(found["people"], found["low"], found["high"]), potential, None)
    return Together(None, potential, shown(job, seat.now))
