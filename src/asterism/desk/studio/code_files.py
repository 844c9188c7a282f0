"""Promo codes as a table: brought, each row taken or told why not; and taken away, as it may be brought again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pyarrow as pa

from asterism.creators.values import truth
from asterism.desk.studio.brought_tables import SHOWN, Line, Rejected, Sheet, read_sheet, whole
from asterism.desk.studio.codes import CodeWish, add_code, codes_of
from asterism.desk.studio.links import MOST
from asterism.errors import BadInput
from asterism.measurement.addresses import slug
from asterism.measurement.codes import days, word_of
from asterism.measurement.shops.generic import checked
from asterism.reports.sheets import table_csv
from asterism.store.ledger.codes import uses_of
from asterism.store.ledger.models import Campaign, Collaboration, PromoCode
from asterism.store.ledger.scope import find, lock, rows, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

COLUMNS: Final = {
    "word": ("code", "word", "promo code", "coupon", "coupon code", "discount code", "voucher"),
    "creator": ("creator", "handle", "creator id", "influencer", "username", "account", "for"),
    "sitewide": ("sitewide", "site wide", "for everybody", "public"),
    "discount": ("discount", "value", "offer"),
    "first": ("first", "first day", "starts", "start", "start date", "valid from", "from"),
    "last": ("last", "last day", "ends", "end", "end date", "valid until", "until", "expires"),
    "limit": ("limit", "usage limit", "max uses", "uses"),
}
"""Field → the names under which it is written in tables, without marks and capitals."""


@dataclass(frozen=True, slots=True)
class BroughtCodes:
    """`tracking_brought.html.j2`: what became of a table of codes: taken, known, refused with reasons."""

    campaign: Campaign
    name: str
    rows: int
    taken: int
    repeated: int
    rejected: int
    rejects: tuple[Rejected, ...]


def bring_codes(seat: Seat, key: int, brought: tuple[str, Iterable[bytes], int]) -> BroughtCodes:
    """What became of a table of codes (its name, its bytes, how many it may have), row by row.

    A code that stands already for the same creator is counted as such and changes nothing, so a file may come twice.
    """
    seat.insist("run")
    campaign = find(seat, Campaign, key)
    sheet = read_sheet(seat, brought, COLUMNS, ("word", "creator|sitewide"))
    if len(sheet.lines) > MOST:
        raise BadInput(f"That would be {len(sheet.lines):,} codes at once.", f"Bring at most {MOST:,} in a table.")
    rejects, taken, repeated = list(sheet.spoiled), 0, 0
    with together():
        works = _directory(seat, lock(seat, Campaign, key))
        for line in sheet.lines:
            try:
                new = _take(seat, campaign, _wish(sheet, line, works))
                taken, repeated = taken + new, repeated + (not new)
            except BadInput as error:
                rejects.append(sheet.rejected(line, error))
        if taken:
            record(seat, "codes.made", campaign, count=taken)
    return BroughtCodes(campaign, brought[0], len(sheet.lines), taken, repeated, len(rejects), tuple(rejects[:SHOWN]))


def _take(seat: Seat, campaign: Campaign, wish: CodeWish) -> bool:
    """Whether the code is new; it may stand already only for whom it is meant now."""
    stands = rows(seat, PromoCode).filter(word=word_of(wish.word)).first()
    if stands is None:
        add_code(seat, campaign, wish)
        return True
    if (stands.campaign_id, stands.collaboration_id) != (campaign.pk, wish.collaboration):
        raise BadInput("This code stands already for somebody else.", "Take another word.", "word")
    return False


def _wish(sheet: Sheet, line: Line, works: dict[str, int | None]) -> CodeWish:
    cells = line.cells
    said = cells.get("creator", "").strip()
    try:
        sitewide = truth(cells["sitewide"]) if "sitewide" in cells else False
    except ValueError as error:
        raise BadInput(f"This is {error}.", "Write yes or no.", "sitewide") from None
    work = works.get(said.lstrip("@").lower()) if said else None
    if said and work is None:
        many = said.lstrip("@").lower() in works
        what = "Several creators of this campaign are called so." if many else "Nobody on this campaign is called so."
        raise BadInput(what, "Give the creator's id or handle as the campaign has it.", "creator")
    if sitewide == (work is not None):
        raise BadInput("A code is one creator's, or for everybody.", "Name a creator, or write yes there.", "creator")
    first, last = (_day(sheet, line, name) for name in ("first", "last"))
    limit = whole(cells["limit"], "limit") if "limit" in cells else None
    if limit == 0:
        raise BadInput("A code for no order is none.", "Leave the limit empty, or write 1 or more.", "limit")
    words = {"word": _short(cells, "word", 60), "discount": _short(cells, "discount", 40), "first": first, "last": last}
    limit = limit and min(limit, 2_000_000_000)
    return checked(CodeWish, {**words, "collaboration": work, "sitewide": sitewide, "limit": limit})


def _short(cells: Any, name: str, most: int) -> str:
    text: str = cells.get(name, "")
    if len(text) > most:
        raise BadInput(f"This is longer than {most} letters.", "Shorten it.", name)
    if name == "word" and not text:
        raise BadInput("The code is empty.", "Fill it in.", name)
    return text


def _day(sheet: Sheet, line: Line, name: str) -> date | None:
    return sheet.time(line, name).date() if name in line.cells else None


def _directory(seat: Seat, campaign: Campaign) -> dict[str, int | None]:
    """Handle or id of a creator → their collaboration; None where several are called so."""
    found: dict[str, int | None] = {}
    query = rows(seat, Collaboration).filter(campaign=campaign, creator__erased_at=None)
    for key, handle, creator_id in query.values_list("pk", "creator__handle", "creator__creator_id"):
        for name in {handle.lstrip("@").lower(), creator_id.lower()} - {""}:
            found[name] = key if found.get(name, key) == key else None
    return found


def code_sheet(seat: Seat, key: int) -> tuple[str, bytes]:
    """The name and the bytes of a table of every code of a campaign, as it may be brought again."""
    seat.insist("see")
    campaign = find(seat, Campaign, key)
    codes = list(codes_of(seat, key))
    uses = uses_of(seat, [one.word for one in codes])
    zone = seat.workspace.timezone
    lines = [_line(one, uses.get(one.word, 0), zone) for one in codes]
    names = ("code", "creator", "platform", "sitewide", "discount", "first day", "last day", "limit", "revoked")
    columns = {name: pa.array([line[at] for line in lines], pa.string()) for at, name in enumerate(names)}
    orders = pa.array([line[-1] for line in lines], pa.int64())
    return f"{slug(campaign.name) or 'campaign'}-codes.csv", table_csv(pa.table({**columns, "orders so far": orders}))


def _line(one: PromoCode, uses: int, zone: str) -> tuple[Any, ...]:
    creator = one.collaboration.creator if one.collaboration else None
    handle, platform = (creator.handle or creator.creator_id, creator.platform) if creator else (None, None)
    limit = None if one.limit is None else str(one.limit)
    revoked = one.revoked_at.isoformat() if one.revoked_at else None
    span = (day and day.isoformat() for day in days(one.starts_at, one.ends_at, zone))
    return (one.word, handle, platform, "yes" if one.sitewide else "no", one.discount, *span, limit, revoked, uses)
