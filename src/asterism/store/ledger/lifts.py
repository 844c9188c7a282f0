"""Studies of lift in the ledger: taken away with everything that was brought for them."""

from asterism.store.ledger.models import LiftStudy
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat


def drop_study(seat: Seat, key: int) -> None:
    """Forget a study, its panel and its result."""
    rows(seat, LiftStudy).filter(pk=key).delete()
