"""How a campaign is tracked: links and codes per creator, what was clicked, and what was no person's click."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from asterism.desk.studio.links import OUT
from asterism.measurement.codes import days
from asterism.measurement.visits import RULES, SAYS, VERSION
from asterism.store.ledger.codes import uses_of
from asterism.store.ledger.links import address_of
from asterism.store.ledger.models import Campaign, Collaboration, Link, PromoCode
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.visitors import tally

PER_PAGE: Final = 50
"""Creators on a page."""


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link with its address as people type it, its clicks that count and those that do not."""

    row: Link
    address: str
    counted: int
    filtered: int


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code, how many orders carry it so far, how it stands in words with their tone, its first and last day."""

    row: PromoCode
    uses: int
    says: str
    tone: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """One creator of a campaign, or the campaign itself (`key` 0), with links and codes."""

    key: int
    name: str
    handle: str
    platform: str
    tier: str
    links: tuple[LinkLine, ...]
    codes: tuple[CodeLine, ...]

    @property
    def counted(self) -> int:
        """Clicks that count."""
        return sum(link.counted for link in self.links)

    @property
    def filtered(self) -> int:
        """Clicks that do not."""
        return sum(link.filtered for link in self.links)

    @property
    def uses(self) -> int:
        """Orders that carry one of the codes so far."""
        return sum(code.uses for code in self.codes)


@dataclass(frozen=True, slots=True)
class Filtered:
    """How many clicks a rule left out, and what it says of them."""

    rule: str
    says: str
    count: int


@dataclass(frozen=True, slots=True)
class Tracking:
    """`tracking.html.j2`: the answer in one sentence, the campaign's own links and codes, a page of its creators.

    `rules` names the version of the rules of `filtered`; `people` are the creators who may be given a link or a code,
    as pairs for a choice.
    """

    campaign: Campaign
    sentence: str
    links: int
    codes: int
    counted: int
    filtered: tuple[Filtered, ...]
    rules: str
    own: Line
    lines: tuple[Line, ...]
    number: int
    of: int
    people: tuple[tuple[str, str], ...]
    may_run: bool


def tracking_of(seat: Seat, key: int, number: int = 1) -> Tracking:
    """How a campaign is tracked, with a page of its creators."""
    seat.insist("see")
    campaign = find(seat, Campaign, key, "brand")
    works, links, codes = _rows(seat, campaign)
    counts = tally(seat, campaign)
    with_some = {row.collaboration_id for row in (*links, *codes)}
    shown = [work for work in works if work.pk in with_some or work.state not in OUT]
    number = max(1, min(number, -(-len(shown) // PER_PAGE)))
    uses = uses_of(seat, [code.word for code in codes])
    lines = _Lines(links, codes, counts, uses, seat.now, seat.workspace.timezone)
    counted, filtered = _sums(counts)
    return Tracking(
        campaign=campaign,
        sentence=sentence(len(links), len(codes), counted, sum(one.count for one in filtered)),
        links=len(links),
        codes=len(codes),
        counted=counted,
        filtered=filtered,
        rules=VERSION,
        own=lines.of(None),
        lines=tuple(lines.of(work) for work in shown[(number - 1) * PER_PAGE : number * PER_PAGE]),
        number=number,
        of=max(1, -(-len(shown) // PER_PAGE)),
        people=tuple((str(work.pk), _called(work)) for work in works if work.state not in OUT),
        may_run=seat.may("run"),
    )


def _rows(seat: Seat, campaign: Campaign) -> tuple[list[Collaboration], list[Link], list[PromoCode]]:
    works = rows(seat, Collaboration).filter(campaign=campaign).select_related("creator").defer("pick")
    return (
        sorted(works, key=lambda work: (_called(work).casefold(), work.pk)),
        list(rows(seat, Link).filter(campaign=campaign).order_by("id")),
        list(rows(seat, PromoCode).filter(campaign=campaign).order_by("id")),
    )


@dataclass(frozen=True, slots=True)
class _Lines:
    """Everything that lines are made of."""

    links: Sequence[Link]
    codes: Sequence[PromoCode]
    counts: Mapping[int, Mapping[str, int]]
    uses: Mapping[str, int]
    now: datetime
    zone: str

    def of(self, work: Collaboration | None) -> Line:
        """The line of a collaboration, or of the campaign itself."""
        key = work.pk if work else None
        links = tuple(self._link(link) for link in self.links if link.collaboration_id == key)
        codes = tuple(
            code_line(code, self.uses.get(code.word, 0), self.now, self.zone)
            for code in self.codes
            if code.collaboration_id == key
        )
        if work is None:
            return Line(0, "The campaign itself", "", "", "", links, codes)
        return Line(work.pk, _called(work), work.creator.handle, work.creator.platform, work.tier, links, codes)

    def _link(self, link: Link) -> LinkLine:
        of = self.counts.get(link.pk, {})
        counted = of.get("", 0)
        return LinkLine(link, address_of(link.code), counted, sum(of.values()) - counted)


def _sums(counts: Mapping[int, Mapping[str, int]]) -> tuple[int, tuple[Filtered, ...]]:
    by: dict[str, int] = {}
    for of in counts.values():
        for rule, n in of.items():
            by[rule] = by.get(rule, 0) + n
    counted = by.pop("", 0)
    order = {rule.name: place for place, rule in enumerate(RULES)}
    known = sorted(by.items(), key=lambda one: (order.get(one[0], len(order)), one[0]))
    return counted, tuple(Filtered(rule, SAYS.get(rule, "was left out by an earlier rule"), n) for rule, n in known)


def code_line(code: PromoCode, uses: int, now: datetime, zone: str) -> CodeLine:
    """A code as pages show it."""
    return CodeLine(code, uses, *standing(code, uses, now), *days(code.starts_at, code.ends_at, zone))


def standing(code: PromoCode, uses: int, now: datetime) -> tuple[str, str]:
    """How a code stands, and the tone of it."""
    cases = (
        (code.revoked_at is not None, "revoked", "off"),
        (code.ends_at is not None and code.ends_at <= now, "over", "off"),
        (code.limit is not None and uses >= code.limit, "used up", "warn"),
        (code.starts_at is not None and code.starts_at > now, "not yet", ""),
        (True, "open", "good"),
    )
    return next((words, tone) for holds, words, tone in cases if holds)


def sentence(links: int, codes: int, counted: int, filtered: int) -> str:
    """How a campaign is tracked, in one sentence.

    >>> sentence(2, 1, 1204, 96)
    '2 links and 1 code: 1,204 clicks by people, 96 left out as no person’s.'
    >>> sentence(0, 0, 0, 0)
    'Nothing is tracked yet: what this campaign brings will not be seen.'
    """
    if not links and not codes:
        return "Nothing is tracked yet: what this campaign brings will not be seen."
    made = f"{_count(links, 'link')} and {_count(codes, 'code')}"
    left_out = f"{filtered:,} left out as no person’s" if filtered else "none left out"
    return f"{made}: {_count(counted, 'click')} by people, {left_out}." if links else f"{made}."


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def _called(work: Collaboration) -> str:
    return str(work.creator.name or work.creator.handle or work.creator.creator_id)


def tracked_for(seat: Seat, work: Collaboration) -> tuple[tuple[str, ...], tuple[CodeLine, ...]]:
    """The addresses of a collaboration's open links and its codes that are not over, as its creator sees them."""
    links: Iterable[Link] = rows(seat, Link).filter(collaboration=work, ended_at=None).order_by("id")
    codes: Iterable[PromoCode] = rows(seat, PromoCode).filter(collaboration=work, revoked_at=None).order_by("id")
    still = (code for code in codes if code.ends_at is None or code.ends_at > seat.now)
    lines = tuple(code_line(code, 0, seat.now, seat.workspace.timezone) for code in still)
    return tuple(address_of(link.code) for link in links), lines
