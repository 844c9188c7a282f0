"""Numbers, money, dates and the trade's terms as people read them."""

import math
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from asterism.brief import Brief
from asterism.planning.plan import Bound, Flip, Plan
from asterism.quantities import Interval

THIN: Final = "\N{NARROW NO-BREAK SPACE}"
NOTHING: Final = "–"
EVEN: Final = 1e-8
"""A smaller part between a value and its bound is rounding."""

RESULTS: Final = {
    "awareness": ("people reached", "person reached"),
    "effective_reach": ("people reached often enough", "person"),
    "engagement": ("people who act", "person who acts"),
    "conversions": ("buyers", "buyer"),
    "profit": ("profit", "unit of profit"),
}
"""What each goal counts: many, and one."""

RUNGS: Final = {
    1: "follower or engager ids: people are counted one by one in a sample of them",
    2: "audience sizes and pairwise overlaps: shared people are fitted, not assumed",
    3: "audience profiles: people shared inside a group are modelled by how active they are",
    4: "niche and country only: how many people are shared is a stated assumption, so ranges are wide",
}
"""What each rung of the ladder of evidence stands on."""

SOURCES: Final = {"quote": "quoted", "paid": "paid before", "prior": "typical fee"}
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BREAK = re.compile(r"[\t\r\n\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Words:
    """How numbers are written: by which locale, and whether thousands stand apart by a thin space.

    >>> Words().interval(Interval(412.3, 350, 480))
    '412 (350–480)'
    """

    locale: str = "en"
    thin: bool = False

    def number(self, value: float) -> str:
        """The number at three significant figures."""
        return self._set(Decimal(f"{value:.3g}"))

    def whole(self, n: int) -> str:
        """The count, every digit of it."""
        return self._set(Decimal(n))

    def compact(self, value: float) -> str:
        """The number short enough for an axis, as in `1.2M`."""
        from babel.numbers import format_compact_decimal

        digits = 0 if float(value).is_integer() and abs(value) < 1000 else 2
        return self._signed(format_compact_decimal(value, locale=self.locale, fraction_digits=digits))

    def compact_money(self, value: float, currency: str) -> str:
        """The amount short enough for an axis, as in `$52K`."""
        from babel.numbers import get_currency_symbol

        symbol = get_currency_symbol(currency, locale=self.locale)
        apart = "\N{NO-BREAK SPACE}" if symbol == currency else ""
        sign = self._signed("-") if value < 0 else ""
        return f"{sign}{symbol}{apart}{self.compact(abs(value))}"

    def money(self, amount: float, currency: str) -> str:
        """The amount with its currency; whole from 100 up, else to the cent."""
        return self._money(amount, currency, 0 if abs(amount) >= 99.995 else 2)

    def exact_money(self, amount: float, currency: str) -> str:
        """The amount with its currency, to the cent."""
        return self._money(amount, currency, 2)

    def interval(self, value: Interval) -> str:
        """The mean with its range, as in `412 (350–480)`; `to` stands for the dash beside a minus."""
        return self.number(value.mean) + self._range(self.number(value.low), self.number(value.high), value.low)

    def money_interval(self, value: Interval, currency: str) -> str:
        """The mean amount with its range; an amount without doubt stands alone."""
        mean = self.money(value.mean, currency)
        if value.low == value.high:
            return mean
        return mean + self._range(self._amount(value.low), self._amount(value.high), value.low)

    def result(self, value: Interval, plan: Plan) -> str:
        """What a goal counts, with its range: money for profit, people for every other goal."""
        return self.money_interval(value, plan.currency) if plan.goal == "profit" else self.interval(value)

    def result_mean(self, value: float, plan: Plan) -> str:
        """What a goal counts, without a range."""
        return self.money(value, plan.currency) if plan.goal == "profit" else self.number(value)

    def counted(self, n: int, one: str, many: str) -> str:
        """The whole number with the fitting noun.

        >>> Words().counted(1, "creator", "creators")
        '1 creator'
        """
        return f"{self.whole(n)} {one if n == 1 else many}"

    def percent(self, share: float) -> str:
        """The share as per cent, three significant figures.

        >>> Words().percent(0.274)
        '27.4%'
        """
        return self._signed(f"{self.number(100 * share)}%")

    def chance(self, share: float) -> str:
        """A chance as whole per cent; never 0% or 100% unless it is exactly that."""
        if 0 < share < 0.005:
            return "under 1%"
        return "over 99%" if 0.995 <= share < 1 else f"{share:.0%}"

    def day(self, day: date | None) -> str:
        """The date as people write it there; a dash where none is known."""
        from babel.dates import format_date

        text = format_date(day, "d MMM yyyy", locale=self.locale) if day else NOTHING
        return text.replace(" ", "\N{NO-BREAK SPACE}") if self.thin else text

    def days(self, start: date | None, end: date | None) -> str:
        """From one date to another, or that none are set."""
        if start is None and end is None:
            return "no dates set"
        gap = "\N{NO-BREAK SPACE}" if self.thin else " "
        return f"{self.day(start)}{gap}– {self.day(end)}"

    def _money(self, amount: float, currency: str, digits: int) -> str:
        from babel.numbers import format_currency

        rounded = Decimal(str(amount)).quantize(Decimal(1).scaleb(-digits))
        pattern = "¤#,##0.00" if digits else "¤#,##0"
        text = format_currency(rounded, currency, pattern, locale=self.locale, currency_digits=False)
        return self._signed(self._thinned(_apart(text, currency)))

    def _amount(self, amount: float) -> str:
        digits = 0 if abs(amount) >= 99.995 else 2
        return self._set(Decimal(str(amount)).quantize(Decimal(1).scaleb(-digits)))

    def _range(self, low: str, high: str, lowest: float) -> str:
        return f" ({low} to {high})" if lowest < 0 else f" ({low}–{high})"

    def _set(self, value: Decimal) -> str:
        from babel.numbers import format_decimal

        text = format_decimal(value, locale=self.locale, decimal_quantization=False)
        return self._signed(self._thinned(text))

    def _thinned(self, text: str) -> str:
        from babel.numbers import get_group_symbol

        return text.replace(get_group_symbol(self.locale), THIN) if self.thin else text

    def _signed(self, text: str) -> str:
        return text.replace("-", "\N{MINUS SIGN}") if self.thin else text


def _apart(text: str, currency: str) -> str:
    """A currency without a symbol of its own stands apart from the figure."""
    return text.replace(currency, f"{currency}\N{NO-BREAK SPACE}")


def plain(text: str) -> str:
    """The text on one line, without characters that steer a screen or turn its direction.

    >>> plain("a" + chr(27) + "[31m" + chr(10) + "b")
    'a[31m b'
    """
    return _UNREADABLE.sub("", _BREAK.sub(" ", text))


def spoken(name: str) -> str:
    """The name of an alternative, goal or phase as it is said.

    >>> spoken("two_phase")
    'two-phase'
    """
    return name.replace("two_phase", "two-phase").replace("_", " ")


def shortened(text: str, length: int) -> str:
    """The text cut to a length ≥ 1 with an ellipsis."""
    return text if len(text) <= length else text[: max(length - 1, 0)].rstrip() + "…"


def certificate(bound: Bound, plan: Plan, words: Words) -> str:
    """How near the plan is to the best possible; shares are rounded down, never up.

    >>> certificate(Bound(98.79, 100, "lp"), None, Words())
    'at least 98.7% of the best possible'
    >>> certificate(Bound(100, 100, "branch and bound"), None, Words())
    'proven the best possible'
    """
    if bound.sampling is None:
        return _near(bound.value, bound.upper, plan, words)
    sampled, sure = bound.sampling, words.chance(bound.sampling.confidence)
    return f"{_near(sampled.low, sampled.upper, plan, words)}, sampling included, {sure} confidence"


def _near(value: float, upper: float, plan: Plan, words: Words) -> str:
    if 0 < upper <= value + EVEN * upper:
        return "proven the best possible"
    if value >= 0 and upper > 0:
        return f"at least {math.floor(1000 * value / upper + 1e-9) / 10:g}% of the best possible"
    return f"at most {words.result_mean(upper - value, plan)} below the best possible"


def flip_sentence(flip: Flip, plan: Plan, words: Words) -> str:
    """Where the answer changes, in one sentence."""
    where = {
        "budget": f"{'Above' if flip.at > plan.budget else 'Below'} a budget of {words.money(flip.at, plan.currency)}",
        "max_creators": f"With a limit of {words.counted(round(flip.at), 'creator', 'creators')}",
        "price": f"At {words.number(flip.at)} times the fees assumed for {spoken(plan.verdict.winner)}",
    }.get(flip.what, f"At {spoken(flip.what)} {words.number(flip.at)}")
    return f"{where} the answer becomes {spoken(flip.to)}."


def rung_sentence(rung: int) -> str:
    """On which rung of the ladder of evidence a figure stands, and what that means."""
    return f"Rung {rung} of 4, {RUNGS.get(rung, 'its own kind of evidence')}."


def sureness(plan: Plan, words: Words) -> str:
    """How often the winner comes out best, and what was passed over for being hardly better and less simple."""
    verdict = plan.verdict
    often = f"{spoken(verdict.winner)} is best in {words.chance(verdict.chance_best)} of simulated outcomes"
    found = {one.name: one.value.mean for one in verdict.alternatives if one.why_empty is None}
    most = max(found, key=lambda name: found[name], default=verdict.winner)
    ours, theirs = (words.result_mean(found.get(name, 0.0), plan) for name in (verdict.winner, most))
    if ours == theirs:
        return often
    return f"{often}; {spoken(most)} comes to {theirs}, so near that simpler wins"


def default_sentence(name: str) -> str:
    """A field the brief left open, and what was taken instead.

    >>> default_sentence("weeks")
    'weeks: 8'
    """
    value: object = Brief(goal="awareness", budget="1 USD")
    for part in name.split("."):
        value = getattr(value, part, None)
    if value is None:
        return name
    return f"{name}: {'every one present' if value == () else value}"
