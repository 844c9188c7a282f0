"""`Bearer`: whose token a request carries, and whether it reaches what an operation needs."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from asterism.store.ledger.seats import Seat


class Bearer(HttpBearer):
    """A token in the Authorization header, whose scopes and role must reach `scope` before anything else is read."""

    def __init__(self, scope: str = "") -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Seat | None:  # noqa: ARG002 — ninja passes it
        """The seat that the door found, or None.

        Raises
        ------
        NotAllowed
            The scope is beyond the token, or beyond its maker's role today.
        """
        seat: Seat | None = getattr(request, "seat", None)
        if seat is not None and self.scope:
            seat.insist(self.scope)
        return seat
