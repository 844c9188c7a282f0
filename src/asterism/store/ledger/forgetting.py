"""Erasing a creator from the ledger: what names them goes, what accounts need stays, and a stub is left."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db import connection

from asterism.store.ledger.buyers import disown
from asterism.store.ledger.codes import neutralise, words_of
from asterism.store.ledger.files import forget
from asterism.store.ledger.models import (
    Agreement,
    Campaign,
    Click,
    Collaboration,
    Consent,
    Cost,
    Creator,
    Deliverable,
    Document,
    Draft,
    Figures,
    HookDelivery,
    Job,
    LiftStudy,
    Link,
    Listed,
    LivePost,
    Message,
    Note,
    Once,
    Payment,
    PlanDraft,
    PrivacyRequest,
    PromoCode,
    ResultLink,
    Review,
    Survey,
    Task,
    Upload,
)
from asterism.store.ledger.models.owned import Owned
from asterism.store.ledger.portals import masked
from asterism.store.ledger.scope import rows, save
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.visitors import join_clicks_of

GONE: Final = "erased"
NOWHERE: Final = "https://erased.invalid/"
_DELETED: Final[tuple[tuple[type[Owned], str], ...]] = (
    (Note, "creator"), (Message, "creator"), (Listed, "creator"), (Document, "collaboration__creator"),
    (Review, "draft__deliverable__collaboration__creator"), (Draft, "deliverable__collaboration__creator"),
    (Task, "collaboration__creator"),
)  # fmt: skip
"""Kinds whose rows about a creator go altogether, and the way from a row to the creator."""
_EMPTIED: Final[tuple[tuple[type[Owned], str, dict[str, Any]], ...]] = (
    (Consent, "creator", {"how": GONE}),
    (Agreement, "collaboration__creator", {"text": "", "terms": {}, "answered_name": ""}),
    (LivePost, "deliverable__collaboration__creator", {"url": NOWHERE, "post_id": ""}),
    (Payment, "collaboration__creator", {"reference": "", "reason": ""}),
    (Cost, "collaboration__creator", {"remark": ""}),
    (Link, "collaboration__creator", {"utm": {}, "label": ""}),
    (Click, "link__collaboration__creator", {"visitor": "", "referrer": ""}),
    (Collaboration, "creator", {"pick": {}, "secret_hash": "", "secret_expires_at": None}),
)
"""Kinds whose rows stay for the accounts: amounts, days, states and checksums; what could name somebody is emptied."""
_WRITTEN: Final[tuple[tuple[type[Owned], tuple[str, ...]], ...]] = (
    (Campaign, ("plan", "brief", "remark")),
    (PlanDraft, ("plan", "page", "locked", "excluded", "brief", "why", "sums")),
    (Job, ("asks", "result", "error")),
    (HookDelivery, ("payload",)),
    (Once, ("answer",)),
    (Link, ("utm", "label")),
    (ResultLink, ("label",)),
    (LiftStudy, ("name", "result")),
    (Survey, ("channel",)),
)
"""Documents in which names stand among others': they are struck out there."""


def forget_creator(seat: Seat, creator: Creator) -> dict[str, int]:
    """How many rows of each kind went, were emptied or had a name struck out; call it inside `together`."""
    words = words_of(seat, creator)
    join_clicks_of(seat, creator)
    own = disown(seat, creator)
    named = (*words, *names_of(creator))
    counts = {kind.__name__: _delete(seat, kind, path, creator) for kind, path in _DELETED}
    counts |= {kind.__name__: rows(seat, kind).filter(**{path: creator}).update(**to) for kind, path, to in _EMPTIED}
    counts |= {kind.__name__: _strike(seat, kind, fields, named) for kind, fields in _WRITTEN}
    counts["Link"] += _strike_targets(seat, creator, named)
    counts["PromoCode"] = neutralise(seat, creator, GONE)
    counts["Order"] = own
    counts["Upload"] = _drop_uploads(seat)
    save(seat, creator, **_stub(seat, creator))
    return {kind: n for kind, n in counts.items() if n}


def names_of(creator: Creator) -> tuple[str, ...]:
    """What a creator is named by, the longest first."""
    known = (creator.creator_id, creator.handle.lstrip("@"), creator.name, creator.email, creator.phone)
    return tuple(sorted({name.strip() for name in known if name.strip()}, key=len, reverse=True))


def struck(value: Any, named: Iterable[str]) -> Any:
    """A document with every mention of some names struck out, in keys as in texts.

    >>> struck({"handle": "@Ana", "why": "ana is near; bananas are not"}, ["ana"])
    {'handle': '@erased', 'why': 'erased is near; bananas are not'}
    """
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, named))})(?!\w)", re.IGNORECASE)
    return _walk(value, pattern)


def leave_no_trace() -> None:
    """Let the database's files forget what was deleted: SQLite keeps it in its log until that is folded in."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def told_of(seat: Seat, creator: Creator) -> dict[str, list[dict[str, Any]]]:
    """Everything the ledger holds about a creator, by kind of row."""
    ways: dict[type[Owned], str] = {
        **dict(_DELETED), **{kind: path for kind, path, _ in _EMPTIED},
        Deliverable: "collaboration__creator", Figures: "post__deliverable__collaboration__creator",
        PrivacyRequest: "creator", PromoCode: "collaboration__creator", Creator: "pk",
    }  # fmt: skip
    found = {kind: rows(seat, kind).filter(**{path: creator.pk}).order_by("pk") for kind, path in ways.items()}
    return {kind.__name__.lower(): [_row(one) for one in query.values()] for kind, query in found.items() if query}


def _row(values: Mapping[str, Any]) -> dict[str, Any]:
    """A row as plain values, without the secrets that open something."""
    return {
        name: masked(value) if isinstance(value, str) else value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in values.items()
        if name not in ("secret_hash", "workspace_id", "by_id")
    }


def _delete(seat: Seat, kind: type[Owned], path: str, creator: Creator) -> int:
    query = rows(seat, kind).filter(**{path: creator})
    n = int(query.count())
    if kind is Draft:
        for draft in query.exclude(upload=None).select_related("upload"):
            forget(seat, draft.upload)
    query.delete()
    return n


def _strike(seat: Seat, kind: type[Owned], fields: tuple[str, ...], named: tuple[str, ...]) -> int:
    changed = 0
    for row in rows(seat, kind).only(*fields):
        after = {field: struck(getattr(row, field), named) for field in fields}
        if any(getattr(row, field) != value for field, value in after.items()):
            rows(seat, kind).filter(pk=row.pk).update(**after)
            changed += 1
    return changed


def _strike_targets(seat: Seat, creator: Creator, named: tuple[str, ...]) -> int:
    """Names struck out of what follows the host in the targets of a creator's links; the host is the shop's own."""
    changed = 0
    for link in rows(seat, Link).filter(collaboration__creator=creator):
        scheme, _, rest = link.target.partition("://")
        host, slash, path = rest.partition("/")
        after = f"{scheme}://{host}{slash}{struck(path, named)}"
        changed += after != link.target and rows(seat, Link).filter(pk=link.pk).update(target=after)
    return changed


def _drop_uploads(seat: Seat) -> int:
    """Tables that wait, or could not be imported, may name anybody: they go."""
    left = list(rows(seat, Upload).filter(kind__in=("csv", "json", "xlsx", "parquet")))
    for upload in left:
        forget(seat, upload)
    return len(left)


def _stub(seat: Seat, creator: Creator) -> dict[str, Any]:
    empty = dict.fromkeys(("handle", "name", "email", "phone", "niche", "country", "language", "source"), "")
    return {**empty, "creator_id": f"{GONE}-{creator.pk}", "followers": None, "source_at": None, "notice_due": None,
            "notice_sent_at": None, "erased_at": seat.now}  # fmt: skip


def _walk(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(GONE, value)
    if isinstance(value, list):
        return [_walk(each, pattern) for each in value]
    if isinstance(value, dict):
        return {pattern.sub(GONE, str(key)): _walk(each, pattern) for key, each in value.items()}
    return value
