"""What a language must be able to say, and how it says amounts, dates, counts and lists."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from asterism.quantities import Money

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class PlatformWords:
    """How a platform is written to: what it calls itself, what works on it, and where a paid post is marked."""

    name: str
    everyday: str
    diverse: str
    interactive: str
    action: str
    label: str
    place: str


@dataclass(frozen=True, slots=True)
class Language:
    """One language's words for everything a document composes.

    `formats` holds one and many of each format, `own_formats` those that a platform names itself, `counts` one and many
    of what is counted, `duties` a country's name with a remark of its own.
    """

    code: str
    phrases: Mapping[str, str]
    counts: Mapping[str, tuple[str, str]]
    formats: Mapping[str, tuple[str, str]]
    own_formats: Mapping[tuple[str, str], tuple[str, str]]
    platforms: Mapping[str, PlatformWords]
    goals: Mapping[str, str]
    tiers: Mapping[str, str]
    countries: Mapping[str, str]
    remarks: Mapping[str, str]
    months: tuple[str, ...]
    day_pattern: Callable[[int], str]
    thousands: str
    decimal: str

    def say(self, phrase: str, slots: Mapping[str, str] | None = None) -> str:
        """The phrase of that name with its slots filled in one pass: what fills one is never read again."""
        filling = slots or {}
        return _SLOT.sub(lambda slot: filling[slot[1]], self.phrases[phrase])

    def counted(self, n: int, what: str) -> str:
        """The number with its noun, as in `12 months`."""
        return f"{n} {self.counts[what][n != 1]}"

    def day(self, day: date) -> str:
        """The date in words."""
        return f"{self.day_pattern(day.day)} {self.months[day.month - 1]} {day.year}"

    def money(self, amount: Money) -> str:
        """The amount to the cent, with its currency's code."""
        digits = f"{amount.amount:,.2f}".replace(",", "\0").replace(".", self.decimal).replace("\0", self.thousands)
        return f"{digits}\N{NO-BREAK SPACE}{amount.currency}"

    def listed(self, words: tuple[str, ...], join: str = "and") -> str:
        """The words as a list in a sentence, the last two joined by `and` or `or`."""
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {self.phrases[join]} {words[-1]}"

    def quoted(self, words: tuple[str, ...]) -> str:
        """Words one may choose from, each in quotation marks."""
        return self.listed(tuple(self.say("quote", {"word": word}) for word in words), "or")

    def platform(self, name: str) -> PlatformWords:
        """The words for a platform, or those that fit anywhere under the name it was given."""
        return self.platforms.get(name) or self.platforms["other"]

    def format(self, name: str, platform: str, n: int = 1) -> str:
        """The word for a format on a platform, in the number asked for."""
        return self.own_formats.get((platform, name), self.formats[name])[n != 1]
