"""Answers to «how did you hear of us?»: entered, sent or brought as a file, each kept once or told why not."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field

from asterism.desk.studio.brought_tables import SHOWN, Brought, Line, Rejected, Sheet, read_sheet
from asterism.errors import BadInput, MissingColumns
from asterism.measurement.sheets.naming import bare
from asterism.measurement.shops.generic import checked
from asterism.measurement.survey import channel_of
from asterism.store.ledger.models import Campaign, Collaboration, PromoCode, Survey
from asterism.store.ledger.scope import find, lock, rows, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.surveys import drop_answer, keep_answers, known_keys
from asterism.store.ledger.trail import record

MOST: Final = 1_000
"""Answers of one call."""
LONGEST: Final = 40
"""Letters of a channel that are kept: what people say at length is no channel."""
COLUMNS: Final = {
    "key": ("key", "id", "answer", "answer id", "response id", "response"),
    "at": ("at", "date", "time", "answered at", "timestamp", "created at", "submitted at"),
    "channel": ("channel", "source", "how", "heard", "heard from", "how did you hear of us",
                "how did you hear about us"),
    "creator": ("creator", "handle", "creator id", "influencer", "username", "who"),
    "code": ("code", "promo code", "coupon", "coupon code", "discount code"),
    "tier": ("tier", "size", "kind of creator"),
    "order": ("order", "order id", "order number", "order key"),
}  # fmt: skip
"""Field → the names under which it is written in tables, without marks and capitals."""
NEEDED: Final = ("key|order", "channel|creator|code|tier")


class SaidAnswer(BaseModel):
    """One answer: another way in one's own words, or a creator by handle, by promo code, or by tier alone.

    `key` makes it stand once; the order's key does where there is none.
    """

    key: str = Field(default="", max_length=120)
    at: datetime | None = Field(default=None, description="When it was given; now where it is left out.")
    channel: str = Field(default="", max_length=400, description="`creator`, or another way as `search`.")
    creator: str = Field(default="", max_length=120, description="Handle or id of a creator of the campaign.")
    code: str = Field(default="", max_length=60, description="A promo code of the campaign, instead of the creator.")
    tier: str = Field(default="", max_length=20, description="The tier, where only the kind of creator is known.")
    order: str = Field(default="", max_length=120, description="The order's key in its shop, where it came with one.")


class SaidAnswers(BaseModel):
    """Answers, up to 1,000 together."""

    answers: list[SaidAnswer] = Field(min_length=1, max_length=MOST)


@dataclass(frozen=True, slots=True)
class BroughtAnswers:
    """What became of answers: written down, known before by their keys, refused and why."""

    taken: int
    repeated: int
    rejected: int
    rejects: tuple[Rejected, ...] = ()


def add_answer(seat: Seat, campaign: int, wish: SaidAnswer) -> BroughtAnswers:
    """Write down one answer that somebody typed.

    Raises
    ------
    BadInput
        It says nothing, names nobody of the campaign, or lies ahead.
    """
    seat.insist("import")
    if not _key(wish):
        wish = wish.model_copy(update={"key": f"typed {secrets.token_hex(8)}"})
    return _kept(seat, find(seat, Campaign, campaign), [(Line(1, {}), wish)], Refusals(strict=True))


def bring_answers(seat: Seat, campaign: int, wish: SaidAnswers) -> BroughtAnswers:
    """Write down answers that a program sends; those known by their key change nothing."""
    seat.insist("import")
    row = find(seat, Campaign, campaign)
    return _kept(seat, row, [(Line(at, {}), one) for at, one in enumerate(wish.answers, 1)], Refusals())


def bring_answer_file(seat: Seat, campaign: int, brought: Brought) -> BroughtAnswers:
    """What became of a table of answers, row by row.

    Raises
    ------
    BadInput
        It is no such table, or holds what could do harm.
    """
    seat.insist("import")
    row = find(seat, Campaign, campaign)
    sheet = read_sheet(seat, brought, COLUMNS, NEEDED)
    if "key" not in sheet.source and "order" not in sheet.source:
        raise MissingColumns(f"{brought[0]} tells no answer from another.", "Name a column `key`.", ("key",))
    read, refusals = [], Refusals(sheet, list(sheet.spoiled))
    for line in sheet.lines:
        try:
            read.append((line, checked(SaidAnswer, _words(sheet, line))))
        except BadInput as error:
            refusals.add(line, error)
    return _kept(seat, row, read, refusals)


def remove_answer(seat: Seat, key: int) -> int:
    """Forget an answer that was entered wrongly; the number of its campaign."""
    seat.insist("import")
    with together():
        row = lock(seat, Survey, key, "campaign")
        drop_answer(seat, row.pk)
        record(seat, "survey.removed", row.campaign)
    return int(row.campaign_id)


def all_answers(seat: Seat, campaign: int) -> Any:
    """The answers of a campaign, the newest first."""
    seat.insist("see")
    found = rows(seat, Survey).filter(campaign=find(seat, Campaign, campaign))
    return found.select_related("collaboration__creator").order_by("-at", "-pk")


@dataclass(frozen=True, slots=True)
class Known:
    """The collaborations of a campaign by the names that an answer may use, and the tiers among them."""

    by_name: Mapping[str, tuple[Collaboration, ...]]
    by_code: Mapping[str, Collaboration]
    tiers: frozenset[str]

    @classmethod
    def of(cls, seat: Seat, campaign: Campaign) -> "Known":
        """Of a campaign; two questions."""
        works = list(rows(seat, Collaboration).filter(campaign=campaign).select_related("creator").order_by("pk"))
        by_name: dict[str, tuple[Collaboration, ...]] = {}
        for work in works:
            for name in {bare(work.creator.handle or ""), bare(work.creator.creator_id)} - {""}:
                by_name[name] = (*by_name.get(name, ()), work)
        codes = rows(seat, PromoCode).filter(campaign=campaign, sitewide=False).exclude(collaboration=None)
        mine = {work.pk: work for work in works}
        by_code = {word: mine[key] for word, key in codes.values_list("word", "collaboration_id") if key in mine}
        return cls(by_name, by_code, frozenset(work.tier for work in works if work.tier))

    def whom(self, wish: SaidAnswer) -> Collaboration | None:
        """The collaboration that an answer names, None where it names none.

        Raises
        ------
        BadInput
            It names somebody who is not of the campaign, or several.
        """
        if wish.code:
            found = self.by_code.get(wish.code.strip().upper())
            if found is None:
                raise BadInput("No creator of this campaign has this code.", "Name the creator or the tier.", "code")
            return found
        if not wish.creator.strip():
            return None
        same = self.by_name.get(bare(wish.creator), ())
        if not same:
            fix = "Name one who is; or leave `creator` empty and write what was said as `channel`, so that it counts."
            raise BadInput("No creator of this campaign is called so.", fix, "creator")
        if len(same) > 1:
            raise BadInput(f"{len(same)} collaborations are with this creator.", "Give the promo code.", "creator")
        return same[0]


@dataclass(slots=True)
class Refusals:
    """Rows that are refused; where `strict` the first refusal is raised."""

    sheet: Sheet | None = None
    rows: list[Rejected] | None = None
    strict: bool = False

    def add(self, line: Line, error: BadInput) -> None:
        """Keep one refusal."""
        if self.strict:
            raise error
        why = f"{error.what} {error.fix}".strip()
        bare_row = Rejected(line.number, error.field, "", why)
        self.rows = [*(self.rows or []), self.sheet.rejected(line, error) if self.sheet else bare_row]


def _kept(
    seat: Seat, campaign: Campaign, given: Sequence[tuple[Line, SaidAnswer]], refusals: Refusals
) -> BroughtAnswers:
    """Write down what is new; of two answers with one key the first holds."""
    with together():
        row = lock(seat, Campaign, campaign.pk)
        known = Known.of(seat, row)
        standing = known_keys(seat, [_key(one) for _, one in given])
        fresh: dict[str, dict[str, Any]] = {}
        repeated = 0
        for line, one in given:
            try:
                fields = _fields(seat, known, one)
                if standing.get(_key(one), row.pk) != row.pk:
                    raise BadInput("An answer with this key stands at another campaign.", "Bring it there.", "key")
            except BadInput as error:
                refusals.add(line, error)
                continue
            if fields["key"] in standing or fields["key"] in fresh:
                repeated += 1
            else:
                fresh[fields["key"]] = fields
        keep_answers(seat, row, fresh.values())
        rejects = refusals.rows or []
        record(seat, "survey.brought", row, taken=len(fresh), rejected=len(rejects))
    shown = tuple(sorted(rejects, key=lambda one: one.row)[:SHOWN])
    return BroughtAnswers(len(fresh), repeated, len(rejects), shown)


def _key(wish: SaidAnswer) -> str:
    return wish.key.strip() or (f"order {wish.order.strip()}"[:120] if wish.order.strip() else "")


def _fields(seat: Seat, known: Known, wish: SaidAnswer) -> dict[str, Any]:
    key, work = _key(wish), known.whom(wish)
    if not key:
        raise BadInput("Nothing tells this answer from another.", "Give a key, or the order it came with.", "key")
    tier = work.tier if work is not None else wish.tier.strip().lower()
    if work is None and tier and tier not in known.tiers:
        names = ", ".join(sorted(known.tiers)) or "none yet"
        raise BadInput(f"The campaign has no creators of this tier; it has {names}.", "Name one of these.", "tier")
    channel = channel_of(wish.channel, work is not None or bool(tier))
    if not channel:
        raise BadInput("The answer says nothing.", "Write a channel, as `search`, or name a creator.", "channel")
    at = wish.at or seat.now
    at = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(seat.workspace.timezone))
    if at > seat.now:
        raise BadInput("This time lies ahead.", "Say when the answer was given.", "at")
    return {
        "key": key, "at": at, "channel": channel[:LONGEST].strip(), "collaboration": work, "tier": tier,
        "order_key": wish.order.strip(),
    }  # fmt: skip


def _words(sheet: Sheet, line: Line) -> dict[str, Any]:
    words: dict[str, Any] = {name: value for name, value in line.cells.items() if name != "at"}
    return words | ({"at": sheet.time(line, "at")} if "at" in line.cells else {})
