"""A workspace at a glance: its campaigns, what waits for somebody, the one next step."""

from dataclasses import dataclass

from asterism.store.ledger.models import Campaign
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat


@dataclass(frozen=True, slots=True)
class Home:
    """`home.html.j2`: campaigns, the newest first."""

    campaigns: list[Campaign]


def home_of(seat: Seat) -> Home:
    """What a member sees first."""
    seat.insist("see")
    return Home(list(rows(seat, Campaign).select_related("brand")[:20]))
