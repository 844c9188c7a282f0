"""The worker's part of rebooking: results and conduct of everybody with past work, weighed together."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from asterism.campaigns.relationships import relationship
from asterism.desk.studio.acquaintance import history_of
from asterism.desk.studio.learning_evidence import RESULTS, evidence_of, tables_of, versions_of
from asterism.desk.studio.measured import economics_of, rates_of
from asterism.desk.studio.rebooking import REBOOKING, TONES, Rebooked
from asterism.learning.evidence import Evidence, works
from asterism.learning.evidence import Work as Done
from asterism.learning.rebooking import Conduct, Economics, rebook
from asterism.store.ledger.jobs import Finish, Work, register
from asterism.store.ledger.models import Collaboration, LivePost, Message
from asterism.store.ledger.places import shelf_of
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

LEAST_MARGIN: Final = 0.01


@register(REBOOKING)
def make_advice(work: Work) -> Finish:
    """Work the advice out and keep it; it names creators, so it stands where an erasure clears it."""
    seat = work.seat
    work.tell("Weighing what each creator brought", 0.1)
    made = [one.to_dict() for one in advise(seat, versions_of(seat, RESULTS))]
    # Named as it was asked for: what changed in between is found out by the next who looks.
    shelf_of(seat.workspace).put_text(REBOOKING, str(work.asks["edition"]), json.dumps(made))
    return lambda: {"creators": len(made)}


def advise(seat: Seat, versions: dict[str, int]) -> list[Rebooked]:
    """The advice on everybody with past work in some versions of the tables, those to keep first."""
    evidence = evidence_of(seat, tables_of(seat, versions))
    done = works(evidence)
    if not done:
        return []
    advice = rebook(done, Economics(_margin(seat, done)), _conduct(seat, {w.who.creator_id for w in done}))
    handles = _handles(evidence)
    platforms = {w.who.creator_id: w.who.platform for w in done}
    return [
        Rebooked(handles.get(a.creator_id, a.creator_id), platforms[a.creator_id], TONES[a.verdict], a) for a in advice
    ]


def _margin(seat: Seat, done: Sequence[Done]) -> float:
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
