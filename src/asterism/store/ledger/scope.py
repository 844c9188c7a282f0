"""The one place where rows of a workspace are found, added and changed: nobody reaches another workspace's."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction

from asterism.errors import Conflict, NotFound
from asterism.store.ledger.models.owned import Owned
from asterism.store.ledger.seats import Seat

Row = TypeVar("Row", bound=Owned)


def rows(seat: Seat, kind: type[Row]) -> Any:
    """The rows of a kind in the seat's workspace, as a query that may be narrowed further."""
    return kind.objects.filter(workspace_id=seat.workspace.pk)


def find(seat: Seat, kind: type[Row], key: Any, *related: str) -> Row:
    """The row of a kind with a key in the seat's workspace, `related` rows fetched with it.

    Raises
    ------
    NotFound
        There is none here; whether another workspace has one is not said.
    """
    return _one(rows(seat, kind).select_related(*related), kind, key)


def lock(seat: Seat, kind: type[Row], key: Any, *related: str) -> Row:
    """The same, held until the end of the transaction: whoever else wants it waits."""
    return _one(rows(seat, kind).select_related(*related).select_for_update(of=("self",)), kind, key)


def _one(query: Any, kind: type[Row], key: Any) -> Row:
    found: Row | None = query.filter(pk=key).first() if str(key).isdecimal() and len(str(key)) < 19 else None
    if found is None:
        raise NotFound(f"There is no such {_noun(kind)} here.", "It may have been removed: go back and look again.")
    return found


def add(seat: Seat, kind: type[Row], /, **fields: Any) -> Row:
    """A new row in the seat's workspace.

    Raises
    ------
    NotFound
        A row it points at is another workspace's.
    Conflict
        Such a row stands already.
    """
    row = kind(workspace=seat.workspace, made_at=seat.now, **fields)
    _insist_on_one_workspace(seat, row)
    with _once(kind), transaction.atomic():
        row.save(force_insert=True)
    return row


def save(seat: Seat, row: Owned, /, **fields: Any) -> None:
    """Change the named fields of a row of the seat's workspace."""
    if row.workspace_id != seat.workspace.pk:
        raise NotFound(f"There is no such {_noun(type(row))} here.")
    for name, value in fields.items():
        setattr(row, name, value)
    _insist_on_one_workspace(seat, row, tuple(fields))
    with _once(type(row)), transaction.atomic():
        row.save(update_fields=list(fields))


def move(seat: Seat, row: Owned, source: str, target: str, /, **fields: Any) -> None:
    """Change a row's `state` from `source` to `target`, with further fields, unless somebody else was quicker.

    Raises
    ------
    Conflict
        The row is no longer in `source`.
    """
    changed = rows(seat, type(row)).filter(pk=row.pk, state=source).update(state=target, **fields)
    if not changed:
        raise Conflict(f"Somebody else has just changed this {_noun(type(row))}.", "Look again, then decide.")
    for name, value in {"state": target, **fields}.items():
        setattr(row, name, value)


@contextmanager
def together() -> Iterator[None]:
    """Everything inside happens, or nothing does."""
    with transaction.atomic():
        yield


def after_commit(deed: Callable[[], object]) -> None:
    """Do something once the transaction is committed; at once outside of one."""
    transaction.on_commit(deed)


@contextmanager
def _once(kind: type[Owned]) -> Iterator[None]:
    """A broken constraint, told as the rule it stands for."""
    try:
        yield
    except IntegrityError as error:
        if "two_people_pay" in str(error):
            raise Conflict("Who proposes a payment cannot approve it.", "Ask a second person.") from None
        raise Conflict(f"Such a {_noun(kind)} stands already.", "Change that one instead.") from None


def _insist_on_one_workspace(seat: Seat, row: Owned, only: tuple[str, ...] | None = None) -> None:
    for field in type(row)._meta.fields:
        if only is not None and field.name not in only:
            continue
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, Owned):
            other = getattr(row, field.name)
            if other is not None and other.workspace_id != seat.workspace.pk:
                raise NotFound(f"There is no such {_noun(field.related_model)} here.")


def _noun(kind: type[models.Model]) -> str:
    return str(kind._meta.verbose_name)
