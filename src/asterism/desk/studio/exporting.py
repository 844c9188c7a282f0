"""A shortlist as a file to take along."""

import re
from typing import Literal

from asterism.desk.studio.listing import Entry, entries_of
from asterism.desk.studio.rows import FEE_SOURCES
from asterism.reports.shortlist import Line, shortlist_csv, shortlist_workbook
from asterism.store.ledger.models import Shortlist
from asterism.store.ledger.scope import find
from asterism.store.ledger.seats import Seat


def export_shortlist(seat: Seat, key: int, kind: Literal["csv", "xlsx"]) -> tuple[str, bytes]:
    """The name and the bytes of a shortlist's file; every text that a spreadsheet would run is made harmless."""
    seat.insist("see")
    row = find(seat, Shortlist, key)
    lines = [_line(entry) for entry in entries_of(seat, row) if not entry.row.creator.erased_at]
    made = shortlist_csv(lines) if kind == "csv" else shortlist_workbook(row.name, lines)
    stem = re.sub(r"[^a-z0-9]+", "-", row.name.lower()).strip("-")[:60] or "shortlist"
    return f"{stem}.{kind}", made


def _line(entry: Entry) -> Line:
    creator = entry.row.creator
    texts = {name: getattr(creator, name) for name in _TEXTS}
    said = "; ".join(
        f"{each.name}: {'yes' if each.approved else 'no'}{f', {each.reason}' if each.reason else ''}"
        for each in entry.answers
    )
    return Line(
        **texts,
        followers=creator.followers,
        engagement=entry.engagement,
        engagement_of=entry.engagement_of,
        real=entry.real,
        fee=entry.fee,
        fee_source=FEE_SOURCES.get(entry.fee_source, entry.fee_source),
        currency=entry.currency,
        remark=entry.row.remark,
        answer=entry.told,
        answers=said,
    )


_TEXTS = ("handle", "name", "platform", "creator_id", "tier", "niche", "country", "language")
