"""The campaign board: how far everybody is, in columns or as a table, and how much of the budget is promised."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from pydantic import BaseModel, Field

from asterism.campaigns.lifecycle import COLLABORATION
from asterism.desk.studio.cards import Card, cards_of
from asterism.desk.studio.stages import COMMITTED, LANES, LIVE, WORDS
from asterism.store.ledger.models import Campaign, Collaboration, Cost, Phase
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat

MOST: Final = 200
"""Cards that a board shows at most; the table has pages."""
PER_PAGE: Final = 50
"""Rows of the table on a page."""
SORTS: Final = {
    "due": "what is due first", "name": "creator", "fee": "highest fee", "state": "state", "tier": "tier",
    "since": "longest in its state",
}  # fmt: skip
"""What the table may be sorted by."""


class Filter(BaseModel):
    """What of a board is shown, and how."""

    view: str = Field(default="board", pattern="^(board|table)$")
    tier: str = Field(default="", max_length=20)
    phase: int | None = None
    state: str = Field(default="", max_length=16)
    late: bool = False
    sort: str = Field(default="due", max_length=10)
    page: int = Field(default=1, ge=1, le=100_000)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it says when it is empty, and its cards."""

    name: str
    says: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Money:
    """Fees promised and costs written down, in cents of the campaign's currency; what is in others, in words."""

    currency: str
    committed_cents: int
    budget_cents: int
    share: float
    elsewhere: str

    @property
    def over(self) -> bool:
        """Whether more is promised than there is."""
        return self.committed_cents > self.budget_cents


@dataclass(frozen=True, slots=True)
class Board:
    """`board.html.j2`: the answer in one sentence, then columns or a table.

    `shown` of `found` cards are on this page, of `total` in the campaign; `query` is the filter as an address has it,
    without its page and view.
    """

    campaign: Campaign
    sentence: str
    money: Money
    total: int
    late: int
    filter: Filter
    columns: tuple[Column, ...]
    table: tuple[Card, ...]
    found: int
    shown: int
    pages: int
    query: str
    phases: tuple[tuple[str, str], ...]
    tiers: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str], ...]
    sorts: tuple[tuple[str, str], ...]
    may_run: bool


def board_of(seat: Seat, key: int, wish: Filter) -> Board:
    """The board of a campaign."""
    seat.insist("see")
    campaign = find(seat, Campaign, key, "brand")
    many = rows(seat, Collaboration).filter(campaign=campaign).select_related("creator", "phase").defer("pick")
    cards = cards_of(seat, list(many))
    found = _sorted((card for card in cards if fits(card, wish)), wish.sort)
    pages = max(1, -(-len(found) // PER_PAGE))
    wish = wish.model_copy(update={"page": min(wish.page, pages)})
    columns = _columns(found[:MOST]) if wish.view == "board" else ()
    table = _page(found, wish.page) if wish.view == "table" else ()
    return Board(
        campaign=campaign,
        sentence=sentence(cards),
        money=_money(seat, campaign, cards),
        total=len(cards),
        late=sum(card.late for card in cards),
        filter=wish,
        columns=columns,
        table=table,
        found=len(found),
        shown=len(table) + sum(len(column.cards) for column in columns),
        pages=pages,
        query=_query(wish),
        **_choices(seat, campaign, cards),
        may_run=seat.may("run"),
    )


def fits(card: Card, wish: Filter) -> bool:
    """Whether a card is among those asked for."""
    asked = ((wish.tier, card.tier), (wish.phase, card.phase_key), (wish.state, card.state), (wish.late, card.late))
    return all(not want or want == have for want, have in asked)


def sentence(cards: Sequence[Card]) -> str:
    """How far a campaign is, in one sentence.

    >>> sentence([])
    'Nobody is on this campaign yet.'
    """
    if not cards:
        return "Nobody is on this campaign yet."
    agreed, live = (sum(card.state in states for card in cards) for states in (COMMITTED, LIVE))
    late = sum(card.late for card in cards)
    lateness = f"{late} {'is' if late == 1 else 'are'} late" if late else "nobody is late"
    return f"{agreed} of {len(cards)} agreed, {live} live; {lateness}."


def _money(seat: Seat, campaign: Campaign, cards: Iterable[Card]) -> Money:
    sums: dict[str, int] = {}
    fees = [(card.currency, card.fee_cents) for card in cards if card.state in COMMITTED]
    for currency, cents in (*fees, *rows(seat, Cost).filter(campaign=campaign).values_list("currency", "cents")):
        sums[currency] = sums.get(currency, 0) + cents
    committed = sums.pop(campaign.currency, 0)
    others = ", ".join(f"{cents / 100:,.2f} {currency}" for currency, cents in sorted(sums.items()) if cents)
    budget = campaign.budget_cents
    return Money(campaign.currency, committed, budget, committed / budget if budget else 0.0, others)


def _choices(seat: Seat, campaign: Campaign, cards: Sequence[Card]) -> dict[str, Any]:
    phases = rows(seat, Phase).filter(campaign=campaign).values_list("pk", "name")
    tiers, states = {card.tier for card in cards if card.tier}, {card.state for card in cards}
    return {
        "phases": tuple((str(key), name) for key, name in phases),
        "tiers": tuple((tier, tier) for tier in sorted(tiers)),
        "states": tuple((state, words) for state, (words, _) in WORDS.items() if state in states),
        "sorts": tuple(SORTS.items()),
    }


def _columns(cards: Sequence[Card]) -> tuple[Column, ...]:
    return tuple(
        Column(lane.name, lane.says, tuple(card for card in cards if card.state in lane.states)) for lane in LANES
    )


def _page(cards: Sequence[Card], number: int) -> tuple[Card, ...]:
    return tuple(cards[(number - 1) * PER_PAGE : number * PER_PAGE])


_KEYS: Final[dict[str, Callable[[Card], Any]]] = {
    "due": lambda card: card.due.day if card.due else date.max,
    "name": lambda card: card.name.casefold(),
    "fee": lambda card: -card.fee_cents,
    "state": lambda card: COLLABORATION.states.index(card.state),
    "tier": lambda card: card.tier,
    "since": lambda card: card.since,
}


def _sorted(cards: Iterable[Card], by: str) -> list[Card]:
    first = _KEYS.get(by, _KEYS["due"])
    return sorted(cards, key=lambda card: (first(card), card.key))


def _query(wish: Filter) -> str:
    given = wish.model_dump(exclude={"page", "view"}, exclude_defaults=True)
    return urlencode(given)
