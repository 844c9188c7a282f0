"""What is usual in a workspace where nothing else was agreed on: the times that deadlines are counted with."""

from asterism.campaigns.deadlines import Terms
from asterism.store.ledger.models import Workspace


def usual_times(workspace: Workspace, payment: int | None = None) -> Terms:
    """The times of a workspace, with the days until payment of one agreement where it names them."""
    return Terms(payment=int(workspace.options.get("payment_days", 30)) if payment is None else payment)
