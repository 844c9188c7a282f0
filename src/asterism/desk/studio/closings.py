"""Closing a campaign's books: its results as they stand, numbered; later figures stand beside them."""

from collections.abc import Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from asterism.desk.studio.deals import over
from asterism.desk.studio.results import reckoned
from asterism.desk.studio.stages import OPEN
from asterism.errors import BadInput
from asterism.measurement.ledger import Return
from asterism.reports.results import Changed, Closed, Ledger
from asterism.reports.words import NOTHING, Words
from asterism.store.ledger.jobs import enqueue
from asterism.store.ledger.models import Campaign, Closing, Collaboration
from asterism.store.ledger.scope import add, find, lock, rows, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

UNPAID: Final = tuple(state for state in OPEN if state not in ("paid", "thanked"))
"""States in which something is still to be agreed on, made, posted or paid."""
OUTCOMES: Final = "outcomes"
"""The work that puts a closed campaign's results into the catalogue."""
DELIVERED: Final = ("reach", "engagements", "clicks")
"""What was delivered, as far as a closing keeps it of each collaboration."""
_COUNTS: Final = (("orders", ("tracked", "orders")),)
_MONEY: Final = (
    ("full cost", ("costs", "total")),
    ("tracked revenue", ("tracked", "kept")),
    ("tracked margin", ("tracked", "margin")),
)


class Closure(BaseModel):
    """How the books are closed: `anyway` where the campaign is not over or work is still open."""

    anyway: bool = False


AS_USUAL: Final = Closure()


def close(seat: Seat, key: int, wish: Closure = AS_USUAL) -> Closing:
    """The campaign's books, closed: figures and rule are kept, and the catalogue learns what came of each creator.

    Raises
    ------
    BadInput
        Nothing is in the books yet, or something is still to come and nobody said to close them anyway.
    """
    seat.insist("run")
    campaign = find(seat, Campaign, key, "brand")
    returned = reckoned(seat, campaign).returned  # before anybody has to wait for it
    if not returned.total.costs.total and not returned.total.tracked.orders:
        raise BadInput("There is nothing to close: no cost and no order.", "Agree on fees, or bring orders first.")
    if not wish.anyway and (missing := still_open(seat, campaign)):
        raise BadInput(missing, "Close the books later, or say to close them anyway.")
    with together():
        campaign = lock(seat, Campaign, key)
        last = rows(seat, Closing).filter(campaign=campaign).values_list("number", flat=True).first()
        made = add(
            seat, Closing, campaign=campaign, number=(last or 0) + 1, figures=figures_of(returned), rule=returned.rule,
            by=seat.user,
        )  # fmt: skip
        record(seat, "books.closed", made, number=made.number, rule=made.rule)
        enqueue(seat, OUTCOMES, {"closing": made.pk}, campaign)
    return made


def still_open(seat: Seat, campaign: Campaign) -> str:
    """What speaks against closing the books now, in a sentence; empty where nothing does."""
    said = []
    if not over(campaign, seat.today):
        said.append(f"it runs until {campaign.end.isoformat()}" if campaign.end else "it is not marked as done")
    n = rows(seat, Collaboration).filter(campaign=campaign, state__in=UNPAID).count()
    if n:
        said.append(f"{n:,} collaboration{' is' if n == 1 else 's are'} not paid yet")
    return f"The campaign is still open: {', and '.join(said)}." if said else ""


def closings_of(seat: Seat, key: int) -> list[Closing]:
    """The closings of a campaign, the newest first."""
    seat.insist("see")
    return list(rows(seat, Closing).filter(campaign=find(seat, Campaign, key)).select_related("by"))


def figures_of(returned: Return) -> dict[str, Any]:
    """A ledger of return as it is kept: groups and collaborations by their numbers, and nobody's name.

    What is closed outlives an erasure; a collaboration's number names nobody once its creator was erased.
    """
    whole = returned.to_dict()
    kept = {name: whole[name] for name in ("currency", "rule", "as_of", "total", "warnings")}
    groups = {name: groups for name, groups in whole["by"].items() if "creator" not in name}
    lines = [
        {
            "collaboration": line.partner.key,
            "cost": line.costs.total,
            "orders": line.tracked.orders,
            "kept": line.tracked.kept,
            "margin": line.tracked.margin,
            "planned": line.planned,
            **{name: getattr(line.delivered, name) for name in DELIVERED},
        }
        for line in returned.lines
    ]
    return {**kept, "by": groups, "collaborations": lines}


def since(closing: Closing | None, returned: Ledger, zone: str, words: Words) -> Closed | None:
    """The last closing, and which of its figures differ now."""
    if closing is None:
        return None
    now, then = returned.total.to_dict(), closing.figures.get("total", {})
    money = returned.currency
    pairs = [(name, _told(then, way, "", words), _told(now, way, "", words)) for name, way in _COUNTS]
    pairs += [(name, _told(then, way, money, words), _told(now, way, money, words)) for name, way in _MONEY]
    if closing.rule != returned.rule:
        pairs.append(("rule of attribution", closing.rule, returned.rule))
    changes = tuple(Changed(*pair) for pair in pairs if pair[1] != pair[2])
    return Closed(closing.number, closing.made_at.astimezone(ZoneInfo(zone)).date(), changes)


def _told(group: Mapping[str, Any], way: tuple[str, str], currency: str, words: Words) -> str:
    value = group.get(way[0], {}).get(way[1])
    if value is None:
        return NOTHING
    return words.exact_money(value / 100, currency) if currency else words.number(value)
