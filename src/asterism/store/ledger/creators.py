"""Creators as a workspace knows them: kept the first time it deals with them, found by account or by words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db.models import Q

from asterism.errors import BadInput
from asterism.store.ledger.models import Creator
from asterism.store.ledger.scope import add, rows, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

NOTICE_DAYS: Final = 28
"""Days until the notice of Art. 14 GDPR must have gone out: the law says a month, and this is within every month."""


@dataclass(frozen=True, slots=True)
class Account:
    """A creator's account, and what is known of it when the workspace first keeps it."""

    platform: str
    creator_id: str
    handle: str = ""
    name: str = ""
    tier: str = ""
    niche: str = ""
    country: str = ""
    language: str = ""
    followers: int | None = None
    source: str = ""

    def __post_init__(self) -> None:
        if not self.platform or not self.creator_id or len(self.creator_id) > 200 or len(self.platform) > 20:
            raise BadInput("An account needs a platform and an id.", "Choose a creator from a list.")


def keep(seat: Seat, who: Account) -> Creator:
    """The workspace's row of an account, made now if there is none; call it inside `together`."""
    standing: Creator | None = rows(seat, Creator).filter(platform=who.platform, creator_id=who.creator_id).first()
    return standing or keep_all(seat, [who])[who.platform, who.creator_id]


def keep_all(seat: Seat, accounts: Sequence[Account]) -> dict[tuple[str, str], Creator]:
    """The rows of several accounts by platform and id, those that are missing made now."""
    with together():
        standing = known(seat, [(who.platform, who.creator_id) for who in accounts])
        for who in accounts:
            if (who.platform, who.creator_id) not in standing:
                standing[who.platform, who.creator_id] = _kept(seat, who)
    return standing


def _kept(seat: Seat, who: Account) -> Creator:
    texts = {name: getattr(who, name)[:most] for name, most in _LONGEST.items()}
    due = seat.today + timedelta(days=NOTICE_DAYS)
    dated = {"source_at": seat.today, "notice_due": due, "followers": who.followers}
    made = add(seat, Creator, platform=who.platform, creator_id=who.creator_id, **texts, **dated)
    record(seat, "creator.kept", made)
    return made


_LONGEST: Final = {
    "handle": 200, "name": 200, "tier": 20, "niche": 80, "country": 2, "language": 8, "source": 300,
}  # fmt: skip


def known(seat: Seat, accounts: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Creator]:
    """The rows of accounts (platform, creator id) that the workspace keeps already."""
    wanted = set(accounts)
    found = rows(seat, Creator).filter(creator_id__in=[creator_id for _, creator_id in accounts])
    return {key: each for each in found if (key := (each.platform, each.creator_id)) in wanted}


def recorded(seat: Seat, words: str, most: int = 10) -> list[Creator]:
    """Creators of the workspace's own records whose handle, name or niche holds every word."""
    query: Any = rows(seat, Creator).filter(erased_at=None)
    for word in words.removeprefix("@").split()[:8]:
        query = query.filter(Q(handle__icontains=word) | Q(name__icontains=word) | Q(niche__icontains=word))
    return list(query.order_by("handle", "id")[:most])
