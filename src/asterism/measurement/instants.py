"""Instants: times as moments in UTC; clock faces cannot be subtracted across a change of the clocks."""

from datetime import UTC, datetime

from asterism.errors import BadInput


def instant(at: datetime, whose: str) -> datetime:
    """The moment of a time with an offset, in UTC.

    Raises
    ------
    BadInput
        The time has no offset: which moment is meant cannot be known.
    """
    if at.tzinfo is UTC:
        return at
    if at.utcoffset() is None:
        raise BadInput(f"The time of {whose} has no offset.", "Write it as in `2026-05-01T09:30:00+02:00`.")
    return at.astimezone(UTC)
