"""Shortlists: creators put forward, for a campaign or by themselves; in order, each with the figures of that day."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, Field

from asterism.desk.studio.creators import rows_for
from asterism.desk.studio.kept import standing_index
from asterism.desk.studio.rows import rows_of
from asterism.errors import BadInput, Conflict, NotFound
from asterism.store.ledger.creators import Account, keep_all
from asterism.store.ledger.models import Campaign, Creator, Listed, PlanDraft, Shortlist
from asterism.store.ledger.scope import add, find, lock, rows, save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.shortlists import next_position, put_in_order
from asterism.store.ledger.trail import record

MOST: Final = 200
"""Creators on a shortlist at most: a client reads every one of them."""
Named = Annotated[str, Field(max_length=221, pattern=r"^[a-z_]+:.+$")]
"""An account as `platform:id`."""


class NewShortlist(BaseModel):
    """A shortlist, for a campaign or by itself, with its first creators."""

    name: str = Field(max_length=120, min_length=1)
    campaign: int | None = Field(default=None, ge=1, lt=2**63)
    creator: list[Named] = Field(default=[], max_length=MOST, description="Accounts as `platform:id`.")


class Adding(BaseModel):
    """Creators to add to a shortlist, or to a new one of the name where no number is given."""

    creator: list[Named] = Field(min_length=1, max_length=MOST, description="Accounts as `platform:id`.")
    shortlist: int | None = Field(default=None, ge=1, lt=2**63)
    name: str = Field(default="", max_length=120)


class Renaming(BaseModel):
    """Another name, or another campaign."""

    name: str = Field(max_length=120, min_length=1)
    campaign: int | None = Field(default=None, ge=1, lt=2**63)


class Remark(BaseModel):
    """What is said of one creator on the list; a client sees it where the link shows remarks."""

    remark: str = Field(default="", max_length=500)


class Moving(BaseModel):
    """Where a creator goes: one up, one down, or to a place counted from 1."""

    to: Literal["up", "down"] | int = Field(description="`up`, `down`, or a place counted from 1.")


@dataclass(frozen=True, slots=True)
class Put:
    """What became of creators that were to be added: the list, how many are new on it, how many stood there."""

    shortlist: Shortlist
    added: int
    standing: int


def make_shortlist(seat: Seat, wish: NewShortlist) -> Shortlist:
    """A new shortlist with its first creators."""
    seat.insist("plan")
    with together():
        campaign = None if wish.campaign is None else find(seat, Campaign, wish.campaign)
        made = _made(seat, wish.name, campaign)
        if wish.creator:
            _put(seat, made, rows_for(seat, accounts_of(wish.creator)))
    return made


def add_creators(seat: Seat, wish: Adding) -> Put:
    """Creators of the catalogue or the workspace's records, at the end of a list; those on it already stay in place.

    Raises
    ------
    BadInput
        Neither a list nor a name for a new one is given.
    Conflict
        The list would be too long to read.
    """
    seat.insist("plan")
    if wish.shortlist is None and not wish.name.strip():
        raise BadInput("No shortlist was chosen.", "Choose one, or name a new one.")
    with together():
        fresh = wish.shortlist is None
        target = _made(seat, wish.name, None) if fresh else lock(seat, Shortlist, wish.shortlist)
        return _put(seat, target, rows_for(seat, accounts_of(wish.creator)))


def shortlist_of_plan(seat: Seat, campaign: int, number: int) -> Shortlist:
    """A new shortlist of a plan's picks in their order, each with its price, its gain and its reasons.

    Raises
    ------
    NotFound
        The campaign has no draft of that number.
    BadInput
        The plan picks nobody.
    """
    seat.insist("plan")
    of = find(seat, Campaign, campaign)
    draft = rows(seat, PlanDraft).filter(campaign=of, number=number).first()
    if draft is None:
        raise NotFound("There is no such plan here.", "It may have been removed: go back and look again.")
    picks: dict[tuple[str, str], dict[str, Any]] = {}
    for pick in draft.plan.get("picks") or []:
        picks.setdefault((str(pick["platform"]), str(pick["creator_id"])), pick)
    if not picks:
        raise BadInput("This plan picks nobody.", "Change its brief, then plan again.")
    with together():
        kept = keep_all(seat, [_picked(account, pick) for account, pick in picks.items()])
        made = _made(seat, f"{of.name}, plan {number}"[:120], of)
        said = {account: _of_plan(pick, draft.plan) for account, pick in picks.items()}
        _put(seat, made, [kept[account] for account in picks], said)
    return made


def rename(seat: Seat, key: int, wish: Renaming) -> Shortlist:
    """Change the name and the campaign of a list."""
    seat.insist("plan")
    with together():
        row = lock(seat, Shortlist, key)
        campaign = None if wish.campaign is None else find(seat, Campaign, wish.campaign)
        save(seat, row, name=wish.name.strip(), campaign=campaign)
        record(seat, "shortlist.changed", row)
    return row


def drop_shortlist(seat: Seat, key: int) -> None:
    """Take a list away, with its links and what clients answered over them."""
    seat.insist("plan")
    with together():
        row = lock(seat, Shortlist, key)
        record(seat, "shortlist.dropped", row, entries=rows(seat, Listed).filter(shortlist=row).count())
        row.delete()


def set_remark(seat: Seat, key: int, wish: Remark) -> Listed:
    """Say something of one creator on a list."""
    seat.insist("plan")
    with together():
        entry = lock(seat, Listed, key, "shortlist")
        save(seat, entry, remark=wish.remark.strip())
        record(seat, "shortlist.remarked", entry.shortlist, entry=entry.pk)
    return entry


def remove_entry(seat: Seat, key: int) -> Shortlist:
    """Take one creator off a list; answers about them go too."""
    seat.insist("plan")
    with together():
        entry = lock(seat, Listed, key, "shortlist")
        target: Shortlist = entry.shortlist
        record(seat, "shortlist.removed", target, entry=entry.pk)
        entry.delete()
    return target


def move_entry(seat: Seat, key: int, wish: Moving) -> Shortlist:
    """Move one creator up, down, or to a place on its list; the others close up."""
    seat.insist("plan")
    with together():
        entry = find(seat, Listed, key)
        target = lock(seat, Shortlist, entry.shortlist_id)
        order = list(rows(seat, Listed).filter(shortlist=target).values_list("pk", flat=True))
        at = order.index(entry.pk)
        place = {"up": at - 1, "down": at + 1}.get(wish.to, 0) if isinstance(wish.to, str) else wish.to - 1
        order.insert(min(max(place, 0), len(order) - 1), order.pop(at))
        put_in_order(seat, target, order)
        record(seat, "shortlist.moved", target, entry=entry.pk)
    return target


def accounts_of(named: Sequence[str]) -> list[tuple[str, str]]:
    """Accounts named `platform:id`, each once, in their order."""
    parted = (name.partition(":") for name in named)
    return list(dict.fromkeys((platform, creator_id) for platform, _, creator_id in parted))


def _made(seat: Seat, name: str, campaign: Campaign | None) -> Shortlist:
    made = add(seat, Shortlist, name=name.strip()[:120], campaign=campaign, by=seat.user)
    record(seat, "shortlist.made", made)
    return made


def _put(
    seat: Seat, target: Shortlist, creators: Sequence[Creator], said: dict[tuple[str, str], Any] | None = None
) -> Put:
    there = set(rows(seat, Listed).filter(shortlist=target).values_list("creator_id", flat=True))
    fresh = [each for each in creators if each.pk not in there]
    if len(there) + len(fresh) > MOST:
        raise Conflict(f"A shortlist holds {MOST} creators at most.", "Make a second one, or take some off.")
    if gone := [each for each in fresh if each.erased_at]:
        raise BadInput(f"{len(gone)} of these creators were erased.", "Leave them out.")
    found = rows_of(standing_index(seat).kept, [(each.platform, each.creator_id) for each in fresh])
    position = next_position(seat, target)
    for at, creator in enumerate(fresh, position):
        account = (creator.platform, creator.creator_id)
        shown = found[account].figures() if account in found else {}
        extra = (said or {}).get(account, {})
        add(seat, Listed, shortlist=target, creator=creator, position=at, shown={**shown, **extra})
    record(seat, "shortlist.extended", target, added=len(fresh))
    return Put(target, len(fresh), len(creators) - len(fresh))


def _picked(account: tuple[str, str], pick: dict[str, Any]) -> Account:
    texts = {name: str(pick.get(name) or "") for name in ("tier", "niche")}
    followers = pick.get("followers")
    handle = str(pick.get("handle") or "").removeprefix("@")
    return Account(*account, handle, **texts, followers=int(followers) if followers else None, source="a plan")


def _of_plan(pick: dict[str, Any], plan: dict[str, Any]) -> dict[str, Any]:
    """What the plan says of a pick: the fee it counts with, its package, and why it was chosen."""
    price = pick.get("price") or {}
    span = {end: price[end] for end in ("mean", "low", "high") if isinstance(price.get(end), int | float)}
    told: dict[str, Any] = {"package": pick.get("package") or "", "reasons": list(pick.get("reasons") or [])}
    if len(span) == 3:
        told |= {"fee": span, "fee_source": price.get("source") or "", "currency": plan.get("currency") or "USD"}
    return told
