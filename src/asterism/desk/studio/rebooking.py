"""Whom to book again: worked out from results and conduct each time it is asked, so that it names nobody for long."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from asterism.campaigns.relationships import relationship
from asterism.desk.studio.acquaintance import history_of
from asterism.desk.studio.learning_evidence import RESULTS, evidence_of, tables_of, versions_of
from asterism.desk.studio.measured import economics_of, rates_of
from asterism.desk.studio.remembered import remembered
from asterism.errors import UnknownCurrency
from asterism.learning.evidence import Evidence, Work, works
from asterism.learning.rebooking import AGAIN, END, KEEP, UNTOLD, Advice, Conduct, Economics, rebook
from asterism.measurement.economics import Economics as Margin
from asterism.store.ledger.models import Collaboration, LivePost, Message
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

TONES: Final = {KEEP: "good", AGAIN: "warn", UNTOLD: "off", END: "bad"}
SAID: Final = {KEEP: "keep {:,}", AGAIN: "test {:,} again", END: "end with {:,}", UNTOLD: "cannot tell of {:,} yet"}
SHOWN: Final = 200
"""Creators on the page; programs get all of them."""
LEAST_MARGIN: Final = 0.01
UNSET: Final = "Revenue is taken for what an order leaves, which is too much: set the margin under Settings."


@dataclass(frozen=True, slots=True)
class Rebooked:
    """The advice on one creator, with how to name and find them."""

    handle: str
    platform: str
    tone: str
    advice: Advice

    @property
    def next(self) -> str:
        """What the next collaboration returns."""
        return "–" if self.advice.roi is None else _signed(self.advice.roi.mean)

    @property
    def range(self) -> str:
        """Its 80% range; empty where nothing is known."""
        roi = self.advice.roi
        return "" if roi is None else f"{_signed(roi.low)} to {_signed(roi.high)}"

    def to_dict(self) -> dict[str, Any]:
        """The advice as plain values."""
        return {"handle": self.handle, "platform": self.platform, **self.advice.to_dict()}


@dataclass(frozen=True, slots=True)
class RebookingPage:
    """`learning_rebooking.html.j2`: the answer in one sentence, then each creator, those to keep first.

    Parameters
    ----------
    remark
        What the advice rests on that one should know, as an unset margin.
    problem, fix
        Why nothing can be said, and what to do about it.
    """

    sentence: str
    people: tuple[Rebooked, ...]
    total: int
    remark: str = ""
    problem: str = ""
    fix: str = ""


def rebooking_page(seat: Seat) -> RebookingPage:
    """Whom to keep, whom to test again, with whom to end it."""
    seat.insist("see")
    try:
        found = _rebooking(seat)
    except UnknownCurrency as error:
        return RebookingPage("", (), 0, problem=error.what, fix=error.fix)
    remark = "" if economics_of(seat) != Margin() else UNSET
    return RebookingPage(sentence_of(found), found[:SHOWN], len(found), remark if found else "")


def rebooking(seat: Seat) -> tuple[Rebooked, ...]:
    """The advice on everybody with past work."""
    seat.insist("see")
    return _rebooking(seat)


def sentence_of(found: Sequence[Rebooked]) -> str:
    """How many to keep, to test, to end."""
    verdicts = [one.advice.verdict for one in found]
    said = [words.format(n) for verdict, words in SAID.items() if (n := verdicts.count(verdict))]
    some = f"Of {len(found):,} creator{'s' * (len(found) != 1)} with past work"
    return f"{some}: {', '.join(said)}." if said else ""


def _signed(share: float) -> str:
    return f"{share:+,.0%}".replace("-", "−")


def _rebooking(seat: Seat) -> tuple[Rebooked, ...]:
    versions = versions_of(seat, RESULTS)
    if not {"creators", "outcomes"} <= set(versions):
        return ()
    return remembered(seat, ("rebooking", *versions.items()), lambda: _worked_out(seat, versions))


def _worked_out(seat: Seat, versions: dict[str, int]) -> tuple[Rebooked, ...]:
    tables = tables_of(seat, versions)
    evidence = evidence_of(seat, tables)
    done = works(evidence)
    if not done:
        return ()
    advice = rebook(done, Economics(_margin(seat, done)), _conduct(seat, {w.who.creator_id for w in done}))
    handles = _handles(evidence)
    platforms = {w.who.creator_id: w.who.platform for w in done}
    return tuple(
        Rebooked(handles.get(a.creator_id, a.creator_id), platforms[a.creator_id], TONES[a.verdict], a) for a in advice
    )


def _margin(seat: Seat, done: Sequence[Work]) -> float:
    """What is left of a dollar of revenue before creators are paid, 0–1; all of it where nobody said."""
    margin = economics_of(seat)
    if margin.per_sale is not None:
        orders, revenue = sum(w.orders or 0 for w in done), sum(w.revenue or 0 for w in done)
        left = float(rates_of(seat).convert(margin.per_sale, "USD", seat.today).amount)
        share = left * orders / revenue if revenue else 1.0
    else:
        share = 1.0 if margin.share is None else float(margin.share)
    return min(max(share, LEAST_MARGIN), 1.0)


def _handles(evidence: Evidence) -> dict[str, str]:
    named = evidence.creators.select(["creator_id", "handle"]).to_pylist()
    return {row["creator_id"]: f"@{row['handle'].lstrip('@')}" for row in named if row["handle"]}


def _conduct(seat: Seat, wanted: set[str]) -> Mapping[str, Conduct]:
    """What the ledger knows of working with some creators: days kept, and how strong the relationship is."""
    of = {"creator__erased_at": None}
    work, posts, messages = defaultdict(list), defaultdict(list), defaultdict(list)
    found = rows(seat, Collaboration).filter(**of).exclude(state="shortlisted").order_by("-id")
    for one in found.select_related("creator").only("state", "renewal_of", "creator__creator_id"):
        if one.creator.creator_id in wanted:
            work[one.creator.creator_id].append(one)
    whose = {one.creator_id: who for who, theirs in work.items() for one in theirs}
    field = "deliverable__collaboration__creator_id"
    live = rows(seat, LivePost).filter(**{f"{field}__in": list(whose)}).select_related("deliverable__collaboration")
    for post in live:
        posts[whose[post.deliverable.collaboration.creator_id]].append(post)
    for message in rows(seat, Message).filter(creator__in=list(whose)).only("state", "made_at", "sent_at", "creator"):
        messages[whose[message.creator_id]].append(message)
    histories = {who: history_of(theirs, posts[who], messages[who]) for who, theirs in work.items()}
    return {
        who: Conduct(on_time=history.on_time, relationship=relationship(history, seat.today))
        for who, history in histories.items()
    }
