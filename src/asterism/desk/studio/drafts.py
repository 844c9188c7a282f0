"""Drafts: handed in, checked for their disclosure, and answered once."""

from dataclasses import replace
from typing import Any, Final, Literal

from pydantic import BaseModel, Field, field_validator

from asterism.campaigns.deliverables import DELIVERABLE, DRAFT
from asterism.campaigns.disclosure.verdict import Disclosure
from asterism.campaigns.lifecycle import Facts, Override
from asterism.campaigns.steps import SYSTEM, TEAM, take
from asterism.desk.disclosure import disclosure
from asterism.desk.studio.addresses import web_address
from asterism.desk.studio.following import follow
from asterism.errors import BadInput, IllegalStep, NotFound
from asterism.store.ledger.models import Agreement, Collaboration, Deliverable, Draft, Review
from asterism.store.ledger.scope import add, find, lock, move, rows, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

RELATED: Final = ("collaboration__creator", "collaboration__campaign")


class HandIn(BaseModel):
    """A draft: the words of the post, where the picture or video is seen, and what a text alone cannot show.

    `spoken`, `on_screen` and `whole_duration` say of a video or story whether the disclosure is said aloud, shown in
    the picture, and there from beginning to end.
    """

    caption: str = Field(max_length=20_000, min_length=1)
    link: str = Field(default="", max_length=500)
    platform_label: bool = False
    spoken: bool = False
    on_screen: bool = False
    whole_duration: bool = False
    remark: str = Field(default="", max_length=5_000)

    @field_validator("link")
    @classmethod
    def _web(cls, link: str) -> str:
        return web_address(link) if link else ""


class Answered(BaseModel):
    """What is said of a draft; changes need words, and setting a failed check aside needs a reason."""

    decision: Literal["approve", "ask_changes"]
    text: str = Field(default="", max_length=5_000)
    override: str = Field(default="", max_length=500)


def check(seat: Seat, deliverable: Deliverable, wish: HandIn) -> Disclosure:
    """How a draft stands under the rules of its campaign, or of the terms that were accepted."""
    work = deliverable.collaboration
    told = {name: getattr(wish, name) or None for name in ("spoken", "on_screen", "whole_duration")}
    return disclosure(
        wish.caption, _jurisdiction(seat, work), deliverable.platform, deliverable.format, wish.platform_label, **told
    )


def hand_in(seat: Seat, key: int, wish: HandIn, of: Collaboration | None = None) -> Draft:
    """A new version of a deliverable, checked; the one that waited is superseded.

    Parameters
    ----------
    of
        The collaboration of the creator who hands in; a deliverable of another one is not found.

    Raises
    ------
    IllegalStep
        Nothing is to be handed in now.
    """
    if seat.party == TEAM:
        seat.insist("run")
    with together():
        post = held_post(seat, key, of)
        state = take(DELIVERABLE, post.state, "hand_in", seat.party)
        found = check(seat, post, wish)
        for older in rows(seat, Draft).filter(deliverable=post, state="waiting"):
            move(seat, older, "waiting", take(DRAFT, "waiting", "supersede", SYSTEM))
        move(seat, post, post.state, state)
        made = _add(seat, post, wish, found)
        record(seat, "draft.handed_in", made, number=made.number, verdict=found.verdict)
        follow(seat, post.collaboration, "hand_in")
    return made


def answer(seat: Seat, key: int, wish: Answered) -> Review:
    """The review of a draft: of two at once one is taken, and the other is told.

    Raises
    ------
    IllegalStep
        The draft does not wait, or does not pass the disclosure check and nobody who may sets it aside with a reason.
    BadInput
        Changes are asked for without saying which.
    """
    seat.insist("review")
    with together():
        draft = lock(seat, Draft, key)
        post = lock(seat, Deliverable, draft.deliverable_id, *RELATED)
        if wish.decision == "ask_changes":
            return _ask_changes(seat, draft, post, wish)
        return _approve(seat, draft, post, wish)


def _approve(seat: Seat, draft: Draft, post: Deliverable, wish: Answered) -> Review:
    facts = _facts(seat, draft, wish.override)
    done = _answered(seat, draft, post, wish, ("approve", "approve"))
    record(seat, "draft.approved", draft, number=draft.number, set_aside=bool(done.override))
    follow(seat, post.collaboration, "approve", facts)
    return done


def _facts(seat: Seat, draft: Draft, reason: str) -> Facts:
    """The verdict on a draft, and who sets it aside; a failed check stops here."""
    verdict = "pass" if draft.passes else str(draft.disclosure.get("verdict", "unclear"))
    facts = Facts(disclosure=verdict)
    if draft.passes:
        return facts
    if not reason.strip():
        what = "The draft does not pass the disclosure check."
        raise IllegalStep(what, "Ask for changes, or let an owner set the check aside with a reason.")
    seat.insist("override")
    return replace(facts, override=Override(seat.role, reason))


def _ask_changes(seat: Seat, draft: Draft, post: Deliverable, wish: Answered) -> Review:
    if not wish.text.strip():
        raise BadInput("Which changes?", "Say in a few words what should be different.")
    step = "reopen" if draft.state == "approved" else "ask_changes"
    done = _answered(seat, draft, post, wish, ("ask_changes", step))
    record(seat, "draft.changes_asked", draft, number=draft.number)
    follow(seat, post.collaboration, step)
    return done


def _answered(seat: Seat, draft: Draft, post: Deliverable, wish: Answered, steps: tuple[str, str]) -> Review:
    """The review, once the draft and its deliverable have taken their steps."""
    move(seat, draft, draft.state, take(DRAFT, draft.state, steps[0], TEAM))
    move(seat, post, post.state, take(DELIVERABLE, post.state, steps[1], TEAM))
    override = wish.override.strip() if wish.decision == "approve" and not draft.passes else ""
    return add(seat, Review, draft=draft, decision=draft.state, text=wish.text.strip(), override=override, by=seat.user)


def _add(seat: Seat, post: Deliverable, wish: HandIn, found: Disclosure) -> Draft:
    number = rows(seat, Draft).filter(deliverable=post).count() + 1
    return add(
        seat, Draft, deliverable=post, number=number, caption=wish.caption, link=wish.link, remark=wish.remark,
        platform_label=wish.platform_label, disclosure=kept(found), passes=found.passes, state="waiting",
        from_creator=seat.party != TEAM,
    )  # fmt: skip


def kept(found: Disclosure) -> dict[str, Any]:
    """The verdict as it is kept beside a draft: the answer, and each rule that asks for a change with its version."""
    rules = [answer.to_dict() for answer in found.rules]
    wanted = ("id", "version", "date", "source", "met", "found", "change")
    shown = [{name: rule[name] for name in wanted if name in rule} for rule in rules]
    return {"verdict": found.verdict, "sentence": found.sentence, "jurisdiction": found.jurisdiction, "rules": shown,
            "notice": found.notice}  # fmt: skip


def held_post(seat: Seat, key: int, of: Collaboration | None) -> Deliverable:
    """The deliverable, held, with its collaboration held too; a creator reaches their own alone."""
    post = lock(seat, Deliverable, key)
    if of is not None and post.collaboration_id != of.pk:
        raise NotFound("There is no such deliverable here.", "Go back to your page and choose one of yours.")
    post.collaboration = lock(seat, Collaboration, post.collaboration_id, "creator", "campaign")
    return post


def _jurisdiction(seat: Seat, work: Collaboration) -> str:
    agreed = rows(seat, Agreement).filter(collaboration=work, state="accepted").first()
    terms = agreed.terms if agreed else {}
    return str(terms.get("jurisdiction") or work.campaign.jurisdiction)


def draft_of(seat: Seat, key: int) -> Draft:
    """A draft with its deliverable and collaboration."""
    seat.insist("see")
    return find(seat, Draft, key, "deliverable__collaboration__creator", "deliverable__collaboration__campaign")
