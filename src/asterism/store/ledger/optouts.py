"""The link by which anybody who was written to ends all letters: signed, without an end, good for nothing else."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, Signer

from asterism.errors import NotFound
from asterism.store.ledger.models import Creator
from asterism.store.ledger.seats import Seat

_SIGNER: Final = Signer(salt="asterism.opt-out", sep=".")


def studio_address() -> str:
    """How people reach the studio, without a slash at the end."""
    return str(settings.HOSTING.address)


def opt_out_link(creator: Creator) -> str:
    """The address at which a creator ends all letters."""
    return f"{studio_address()}/o/{_SIGNER.sign(str(creator.pk))}"


def reader_of(secret: str, now: datetime) -> tuple[Seat, Creator]:
    """The creator of such a link, and their seat.

    Raises
    ------
    NotFound
        It is no link of ours, or the creator was erased: nobody can tell the two apart.
    """
    try:
        key = _SIGNER.unsign(secret)
    except BadSignature:
        key = ""
    found = Creator.objects.select_related("workspace").filter(pk=key, erased_at=None).first() if key else None
    if found is None:
        raise NotFound("There is nothing at this address.", "Check that the whole link was copied.")
    return Seat(found.workspace, None, "portal", now), found
