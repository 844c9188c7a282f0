"""What a return from files leaves out, in sentences: nothing is dropped without a word."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from asterism.creators.tables import Reject
from asterism.measurement.crediting import CANCELLED, NO_RATE, RETURNING, SELF_ORDER, Attribution
from asterism.measurement.events import Order, Partner, Seen
from asterism.measurement.ledger import Return
from asterism.measurement.sheets.lifts import Lifts
from asterism.measurement.sheets.reading import Sheet
from asterism.measurement.survey import SurveyAnswer

SET_ASIDE: Final = {
    CANCELLED: "cancelled",
    NO_RATE: "no rate is known for {currencies}: name one with --fx",
    SELF_ORDER: "creators' own orders",
    RETURNING: "of customers who bought before",
}


def silent(sheets: Mapping[str, Sheet]) -> list[str]:
    """That no orders were named, where it is so."""
    return [] if "orders" in sheets else ["No orders were named, so nothing is credited: add --orders FILE."]


def codeless(seen: Seen) -> list[str]:
    """That orders carry codes which cannot be anybody's, since no file says whose any code is."""
    n = 0 if seen.codes else sum(bool(order.codes) for order in seen.orders)
    said = f"{n:,} orders carry promo codes" if n != 1 else "1 order carries a promo code"
    what = f"{said}, and no file says whose they are, so no code credits anybody"
    return [f"{what}: name them in a column `code` of the deals, or with --codes FILE."] * (n > 0)


def uncredited(attribution: Attribution, orders: Sequence[Order]) -> list[str]:
    """What of the orders was left out or nobody's, counted by reason."""
    rateless = {each.order for each in attribution.set_aside if each.why == NO_RATE}
    currencies = " or ".join(sorted({order.amount.currency for order in orders if order.key in rateless}))
    said = [
        f"{n:,} order{'s' if n != 1 else ''} set aside: {SET_ASIDE[why].format(currencies=currencies)}."
        for why, n in Counter(each.why for each in attribution.set_aside).items()
    ]
    if attribution.unattributed:
        n = len(attribution.unattributed)
        said.append(f"{n:,} order{'s lead' if n != 1 else ' leads'} to nobody: no code or click of a deal.")
    said += [
        f"{n:,} code{'s' if n != 1 else ''} or click{'s' if n != 1 else ''} of orders did not count: "
        f"{why.replace('_', ' ')}."
        for why, n in Counter(note.why for note in attribution.notes).items()
    ]
    return said


def elsewhere(attribution: Attribution, result: Return) -> list[str]:
    """Orders of campaigns that the ledger has no line of."""
    campaigns = {line.partner.campaign for line in result.lines}
    others = [credit for credit in attribution.credits if credit.campaign not in campaigns]
    n, names = len({credit.order for credit in others}), sorted({credit.campaign or "no name" for credit in others})
    return [
        f"{n:,} {'orders are' if n != 1 else 'order is'} left to campaigns without a deal: {', '.join(names[:5])}."
    ] * (n > 0)


def strangers(answers: Sequence[SurveyAnswer], partners: Sequence[Partner]) -> list[str]:
    """Answers that name creators of no deal."""
    known = {partner.key for partner in partners}
    n = sum(bool(answer.partner) and answer.partner not in known for answer in answers)
    said = f"{n:,} survey answers name creators" if n != 1 else "1 survey answer names a creator"
    return [f"{said} of no deal: they count as another way."] * (n > 0)


def untested(lifts: Lifts, result: Return) -> list[str]:
    """Lifts of tiers that no collaboration is of: nothing can be made of them."""
    tiers = {line.partner.tier for line in result.lines} | {"all"}
    return [
        f"The lift of {tier} is of no tier of the deals, so it stands nowhere."
        for tier in lifts.by_tier
        if tier not in tiers
    ]


def incomplete(rejects: Sequence[Reject]) -> list[str]:
    """That something could not be used: it is said first."""
    if not rejects:
        return []
    n = len(rejects)
    said = f"{n:,} value{'s' if n != 1 else ''} or row{'s' if n != 1 else ''} could not be used"
    return [f"{said}: the figures leave them out, and they are listed with their reasons."]
