"""Requests that are answered once: the same request again gets the first answer again, and nothing is done twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, OperationalError, connection, transaction

from asterism.errors import Conflict
from asterism.store.ledger.models.access import Once
from asterism.store.ledger.seats import Seat

KEPT: Final = timedelta(hours=48)
"""How long an answer can be had again."""
TORN: Final = "40001"
"""PostgreSQL's code for two transactions of which one must give way."""
GAVE_WAY: Final = Conflict("Somebody else has just changed this.", "Look again, then decide.")


@dataclass(frozen=True, slots=True)
class Answered:
    """What a request was answered: the status, what is needed to say it again, and whether this is the second time."""

    status: int
    answer: dict[str, Any] = field(default_factory=dict)
    replayed: bool = False


def answer_once(seat: Seat, key: str, asked: str, do: Callable[[], Answered]) -> Answered:
    """What `do` answers, or what it answered the first time that the workspace was asked with this key.

    Claim, deed and answer are one transaction: whoever asks at the same time waits for the first, and a refusal
    (an error, or a status of 400 and above) undoes the claim with everything else, so that the key is free again.

    Raises
    ------
    Conflict
        The key was used before to ask for something else.
    """
    with transaction.atomic():
        earlier = _claim(seat, key, asked)
        if earlier is not None:
            return earlier
        done = do()
        if done.status >= 400:
            transaction.set_rollback(True)
        else:
            Once.objects.filter(workspace=seat.workspace, key=key).update(status=done.status, answer=done.answer)
        return done


def _claim(seat: Seat, key: str, asked: str) -> Answered | None:
    """None where the key is ours now; else what was answered with it."""
    try:
        with transaction.atomic():
            Once(workspace=seat.workspace, made_at=seat.now, key=key, asked=asked).save(force_insert=True)
    except IntegrityError:
        first = Once.objects.filter(workspace=seat.workspace, key=key).first()
        if first is None or first.status is None:
            raise Conflict("The same request is being answered.", "Ask again in a moment.") from None
        if first.asked != asked:
            what = "This key was used before, to ask for something else."
            raise Conflict(what, "Take a new key for a new request.") from None
        return Answered(first.status, first.answer, replayed=True)
    return None


@contextmanager
def as_it_stands() -> Iterator[None]:
    """A transaction in which what was read stays as it is until the end, or `Conflict`."""
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    except OperationalError as error:
        if not gave_way(error):
            raise
        raise GAVE_WAY from None


def gave_way(error: OperationalError) -> bool:
    """Whether a database undid our transaction because another one came first."""
    return getattr(error.__cause__, "sqlstate", "") == TORN


def undo() -> None:
    """Let the transaction around this end without a trace."""
    transaction.set_rollback(True)


def forget_answers(now: datetime) -> int:
    """Delete answers that nobody can ask for again; how many they were."""
    return int(Once.objects.filter(made_at__lt=now - KEPT).delete()[0])
