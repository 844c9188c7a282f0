"""Orders, codes, clicks and survey answers from rows, as tracking would hand them on."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final, Generic, TypeVar

from asterism.creators.tables import Reject
from asterism.errors import BadInput
from asterism.measurement.events import Click, Code, Order, Refund
from asterism.measurement.sheets.naming import Directory
from asterism.measurement.sheets.reading import Row, Sheet
from asterism.measurement.survey import SurveyAnswer, channel_of
from asterism.quantities import Money

T = TypeVar("T")
_BETWEEN: Final = re.compile(r"[,;|\s]+")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What the rows of a sheet are, and every row that could not be one."""

    values: tuple[T, ...]
    rejects: tuple[Reject, ...]


def orders_of(sheet: Sheet, currency: str) -> Found[Order]:
    """The orders of a sheet, in `currency` where a row names none; the first row of a key is its order."""
    return _each(sheet, lambda row: _order(row, currency), "an order with this key stands above")


def codes_of(sheet: Sheet, known: Directory) -> Found[Code]:
    """The promo codes of a sheet; one without a partner is everybody's."""
    return _each(sheet, lambda row: _code(row, known), "this code stands above")


def clicks_of(sheet: Sheet, known: Directory) -> Found[Click]:
    """The clicks of a sheet; one without a partner is of its campaign's own link."""
    return _each(sheet, lambda row: _click(row, known), "a click with this key stands above")


def answers_of(sheet: Sheet, known: Directory) -> Found[SurveyAnswer]:
    """The survey answers of a sheet; one that names a creator or a tier means a creator.

    Who is in several deals is named with their tier, where it is one; who is in none keeps the name, which is then
    nobody's key.
    """
    return _each(sheet, lambda row: _answer(row, known), "an answer with this key stands above")


def _each(sheet: Sheet, read: Callable[[Row], T], twice: str) -> Found[T]:
    found: dict[str, T] = {}
    rejects = [*sheet.rejects]
    for row in sheet.rows:
        try:
            value = read(row)
        except BadInput as error:
            at = error.field or next(iter(sheet.columns))
            rejects.append(sheet.refuse(row.line, at, str(row[at] or ""), error.what))
            continue
        key = str(getattr(value, "word", None) or getattr(value, "key", ""))
        if key in found:
            rejects.append(sheet.refuse(row.line, "word" if hasattr(value, "word") else "key", key, twice))
        else:
            found[key] = value
    return Found(tuple(found.values()), tuple(rejects))


def _order(row: Row, currency: str) -> Order:
    unit = row["currency"] or currency
    if (row["refunded"] or 0) > row["amount"]:
        raise BadInput("more was given back than the order came to", field="refunded")
    refunded = row["refunded"] or 0.0
    refund = Refund(f"{row['key']} refund", row["refunded_at"] or row["at"], _money(refunded, unit))
    return Order(
        key=row["key"],
        at=row["at"],
        amount=_money(row["amount"], unit),
        codes=tuple(word.upper() for word in _several(row["codes"])),
        clicks=_several(row["clicks"]),
        visitor=row["visitor"] or "",
        customer=row["customer"] or "",
        new_customer=row["new_customer"],
        margin=None if row["margin"] is None else _money(row["margin"], unit),
        referrer=row["referrer"] or "",
        cancelled=bool(row["cancelled"]) or row["cancelled_at"] is not None,
        refunds=(refund,) if refunded else (),
    )


def _money(amount: float, currency: str) -> Money:
    return Money(Decimal(str(amount)), currency)


def _several(text: str | None) -> tuple[str, ...]:
    return tuple(word for word in _BETWEEN.split(text or "") if word)


def _code(row: Row, known: Directory) -> Code:
    partner, campaign = _whose(row, known)
    return Code(row["word"].strip().upper(), partner, campaign, row["starts"], row["ends"], row["limit"])


def _click(row: Row, known: Directory) -> Click:
    partner, campaign = _whose(row, known)
    return Click(
        key=row["key"] or f"row {row.line}",
        at=row["at"],
        partner=partner,
        campaign=campaign,
        visitor=row["visitor"] or "",
        referrer=row["referrer"] or "",
        filtered=row["filtered"] or "",
    )


def _whose(row: Row, known: Directory) -> tuple[str, str]:
    """Partner and campaign of a row; the campaign of the partner goes before the row's."""
    campaign = row["campaign"] or ""
    if not row["partner"]:
        return "", campaign
    found = known.find(row["partner"], campaign)
    if isinstance(found, str):
        raise BadInput(found, field="partner")
    return found.partner.key, found.partner.campaign


def _answer(row: Row, known: Directory) -> SurveyAnswer:
    tier, name = (row["tier"] or "").strip().lower(), row["partner"] or ""
    meant = [deal.partner for deal in known.all(name)] if name else []
    tiers = {partner.tier for partner in meant}
    stranger = "" if meant or tier else name
    return SurveyAnswer(
        key=row["key"] or f"row {row.line}",
        at=row["at"] or datetime.min.replace(tzinfo=UTC),
        channel=channel_of(row["channel"] or "", bool(tier or name)),
        partner=meant[0].key if len(meant) == 1 else stranger,
        tier=tier or (tiers.pop() if len(tiers) == 1 else ""),
        order=row["order"] or "",
    )


def clicked(clicks: tuple[Click, ...]) -> Mapping[str, tuple[int, int]]:
    """Clicks of persons, and those filtered, per partner."""
    found: dict[str, tuple[int, int]] = {}
    for click in clicks:
        persons, filtered = found.get(click.partner, (0, 0))
        found[click.partner] = (persons + click.counted, filtered + (not click.counted))
    return found
