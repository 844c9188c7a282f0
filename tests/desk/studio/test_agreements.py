"""Agreements: drafted from the plan, offered, and accepted word for word or not at all."""

from datetime import date
from decimal import Decimal

import pytest

from asterism.campaigns.documents.letters import hash_of
from asterism.desk.studio.agreements import (
    Acceptance,
    Recorded,
    Wording,
    accept,
    change,
    decline,
    draft,
    offer,
    record_acceptance,
    reword,
    withdraw,
)
from asterism.desk.studio.drafting import TermsWish, letter_of, terms_kept
from asterism.desk.studio.terms_page import draft_page, printed, printed_for, terms_page
from asterism.errors import BadInput, Conflict, IllegalStep, NotAllowed, NotFound
from asterism.store.ledger.models import Agreement, Collaboration, Deliverable, Message
from asterism.store.ledger.scope import find, rows, save
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import events
from tests.studio import NOW, collaboration, place

pytestmark = pytest.mark.django_db
YES = "Ana Ruiz"


@pytest.fixture
def here():
    return place()


@pytest.fixture
def seat(here):
    return here.seat("manager")


@pytest.fixture
def row(seat):
    return collaboration(seat, state="negotiating", deliverables=2)


def portal(seat):
    """The creator's seat."""
    return Seat(seat.workspace, None, "portal", NOW)


def yes(made, name=YES):
    return Acceptance(number=made.number, hash=made.hash, name=name)


def states(seat):
    return [a.state for a in rows(seat, Agreement).order_by("number")]


def stands(seat, row):
    return find(seat, Collaboration, row.pk)


def test_the_terms_start_from_the_plan_and_the_workspace(seat, row):
    seat.workspace.options = {"payment_days": 14, "usage_months": 6, "reply_to": "team@aurora.test"}
    made = draft(seat, row.pk, TermsWish())
    assert (made.number, made.state, made.fee_cents, made.currency) == (1, "drafted", 50_000, "USD")
    terms = terms_kept(made)
    assert (terms.payment_days, terms.usage_months) == (14, 6)
    assert [(d.count, d.format) for d in terms.deliverables] == [(2, "reel")]
    for words in ("500.00", "14 days", "6 months", "#ad", "team@aurora.test", "Ana"):
        assert words in made.text
    assert made.hash == hash_of(letter_of(made))


@pytest.mark.parametrize(("where", "words"), [("US", "#ad"), ("FR", "Publicité"), ("DE", "Werbung")])
def test_the_disclosure_duty_is_that_of_the_campaigns_country(seat, row, where, words):
    save(seat, row.campaign, jurisdiction=where)
    assert words in draft(seat, row.pk, TermsWish()).text


def test_a_wish_replaces_what_is_usual_and_sets_the_days(seat, row):
    posts = list(rows(seat, Deliverable).order_by("position"))
    wish = TermsWish(
        fee=Decimal("750.50"), usage_months=3, usage_channels="website, newsletter", exclusivity_months=2,
        competitors="Rival", days={posts[0].pk: date(2026, 12, 20), 999_999: date(2026, 12, 1)},
    )  # fmt: skip
    made = draft(seat, row.pk, wish)
    assert made.fee_cents == 75_050
    for words in ("750.50", "newsletter", "Rival", "20 December 2026"):
        assert words in made.text
    post = find(seat, Deliverable, posts[0].pk)
    assert (post.live_on, post.draft_due) == (date(2026, 12, 20), date(2026, 12, 13))
    assert find(seat, Deliverable, posts[1].pk).live_on is None


def test_without_a_fee_the_product_is_what_the_creator_gets(seat, row):
    made = draft(seat, row.pk, TermsWish(fee=Decimal(0), gift="a mixer"))
    assert made.fee_cents == 0
    assert "a mixer" in made.text
    offer(seat, made.pk)


def test_one_version_is_drafted_at_a_time(seat, row):
    draft(seat, row.pk, TermsWish())
    with pytest.raises(Conflict, match="Version 1 is being drafted already"):
        draft(seat, row.pk, TermsWish())


def test_what_was_offered_is_changed_no_more(seat, row):
    made = draft(seat, row.pk, TermsWish())
    text = change(seat, made.pk, TermsWish(fee=Decimal(600))).text
    assert "600.00" in text
    offer(seat, made.pk)
    for deed in (
        lambda: change(seat, made.pk, TermsWish(fee=Decimal(1))),
        lambda: reword(seat, made.pk, Wording(text="Nothing")),
        lambda: offer(seat, made.pk),
    ):
        with pytest.raises(IllegalStep, match="Version 1 is offered"):
            deed()
    assert find(seat, Agreement, made.pk).text == text


def test_own_words_stand_as_typed_and_fields_in_them_are_filled(seat, row):
    made = reword(
        seat, draft(seat, row.pk, TermsWish()).pk, Wording(text="# Ours\n\nPay {fee} to {creator_name}. \\{no\\}")
    )
    assert "Pay 500.00" in made.text
    assert "to Ana." in made.text
    assert made.hash == hash_of(letter_of(made))
    assert letter_of(made).version.startswith("2026.1+")
    assert terms_kept(made).deliverables, "the terms stay what they were"


@pytest.mark.parametrize("text", ["Pay {feee}", "Pay {", "a } b", "{portal.secret}", "{fee!r}"])
def test_a_text_with_a_stray_brace_is_not_kept(seat, row, text):
    made = draft(seat, row.pk, TermsWish())
    with pytest.raises(BadInput, match="cannot be kept"):
        reword(seat, made.pk, Wording(text=text))
    assert find(seat, Agreement, made.pk).text == made.text


def test_a_text_that_does_not_name_the_fee_is_not_offered(seat, row):
    made = reword(seat, draft(seat, row.pk, TermsWish()).pk, Wording(text="# Ours\n\nFor 1,500.00 USD."))
    with pytest.raises(BadInput, match=r"does not name the fee of 500\.00 USD"):
        offer(seat, made.pk)


def test_a_newer_offer_replaces_the_older_and_a_letter_says_so(seat, row):
    offer(seat, draft(seat, row.pk, TermsWish()).pk)
    offer(seat, draft(seat, row.pk, TermsWish(fee=Decimal(600))).pk)
    assert states(seat) == ["superseded", "offered"]
    assert [m.kind for m in rows(seat, Message)] == ["terms", "terms"]
    assert "version 2" in rows(seat, Message).first().body


@pytest.mark.parametrize("state", ["shortlisted", "declined", "cancelled", "paused", "live", "paid"])
def test_terms_are_offered_while_they_are_talked_about(seat, state):
    row = collaboration(seat, state=state)
    with pytest.raises(IllegalStep, match=f"while the collaboration is {state}"):
        offer(seat, draft(seat, row.pk, TermsWish()).pk)


def test_the_creators_yes_agrees_the_collaboration_and_keeps_name_moment_and_hash(seat, row):
    made = offer(seat, draft(seat, row.pk, TermsWish(fee=Decimal(600))).pk)
    accept(portal(seat), row, yes(made))
    made = find(seat, Agreement, made.pk)
    assert (made.state, made.answered_name, made.answered_at) == ("accepted", YES, NOW)
    now = stands(seat, row)
    assert (now.state, now.fee_cents) == ("agreed", 60_000)
    first, second = events(seat, collaboration=row.pk)[:2]
    assert (first.action, first.facts["hash"], first.via) == ("agreement.accepted", made.hash, "portal")
    assert second.action == "collaboration.agreed"
    assert YES not in str(first.facts)


def test_a_yes_to_an_older_version_is_refused_and_says_which_to_read(seat, row):
    old = offer(seat, draft(seat, row.pk, TermsWish()).pk)
    new = offer(seat, draft(seat, row.pk, TermsWish(fee=Decimal(400))).pk)
    with pytest.raises(Conflict, match=r"The terms changed while you read\. Read version 2"):
        accept(portal(seat), row, yes(old))
    assert stands(seat, row).state == "negotiating"
    with pytest.raises(Conflict, match="Read version 2"):
        accept(portal(seat), row, Acceptance(number=2, hash=old.hash, name=YES))
    with pytest.raises(Conflict, match="Read version 2"):
        accept(portal(seat), row, Acceptance(number=1, hash=new.hash, name=YES))
    accept(portal(seat), row, yes(new))
    with pytest.raises(Conflict, match="no longer on offer"):
        accept(portal(seat), row, yes(new))


def test_a_yes_counts_though_newer_terms_are_being_drafted(seat, row):
    made = offer(seat, draft(seat, row.pk, TermsWish()).pk)
    draft(seat, row.pk, TermsWish(fee=Decimal(700)))
    accept(portal(seat), row, yes(made))
    assert stands(seat, row).state == "agreed"
    assert states(seat) == ["accepted", "drafted"]


def test_a_version_taken_back_is_accepted_no_more(seat, row):
    made = offer(seat, draft(seat, row.pk, TermsWish()).pk)
    withdraw(seat, made.pk, "A wrong sum")
    with pytest.raises(Conflict, match="no longer on offer"):
        accept(portal(seat), row, yes(made))
    assert states(seat) == ["withdrawn"]


def test_nobody_of_the_team_presses_accept(seat, row):
    made = offer(seat, draft(seat, row.pk, TermsWish()).pk)
    with pytest.raises(IllegalStep, match="Only the creator accepts"):
        accept(seat, row, yes(made))


def test_a_signed_paper_is_recorded_and_marked_as_such(here, seat, row):
    made = offer(seat, draft(seat, row.pk, TermsWish()).pk)
    record_acceptance(seat, made.pk, Recorded(name=YES, how="signed paper of 3 May"))
    made = find(seat, Agreement, made.pk)
    assert made.state == "accepted"
    assert made.terms["recorded"] == {"how": "signed paper of 3 May", "by": seat.user.pk}
    assert made.hash == hash_of(letter_of(made)), "marking it changes no word of it"
    assert stands(seat, row).state == "agreed"
    assert events(seat, collaboration=row.pk)[0].action == "agreement.recorded"
    assert terms_page(here.seat("viewer"), made.pk).recorded == "signed paper of 3 May"


def test_a_draft_cannot_be_recorded_as_signed(seat, row):
    made = draft(seat, row.pk, TermsWish())
    with pytest.raises(IllegalStep, match="does not follow «drafted»"):
        record_acceptance(seat, made.pk, Recorded(name=YES, how="by mail"))


def test_new_terms_during_the_work_replace_the_old_and_the_work_goes_on(seat, row):
    accept(portal(seat), row, yes(offer(seat, draft(seat, row.pk, TermsWish()).pk)))
    save(seat, stands(seat, row), state="draft")
    accept(portal(seat), row, yes(offer(seat, draft(seat, row.pk, TermsWish(fee=Decimal(900))).pk)))
    assert states(seat) == ["superseded", "accepted"]
    assert (stands(seat, row).state, stands(seat, row).fee_cents) == ("draft", 90_000)


def test_a_no_to_the_terms_is_recorded_and_the_talk_goes_on(seat, row):
    made = offer(seat, draft(seat, row.pk, TermsWish()).pk)
    decline(seat, made.pk, "Too little")
    assert states(seat) == ["declined"]
    assert stands(seat, row).state == "negotiating"
    assert draft_page(seat, row.pk).terms.fee.cents == 50_000


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_lesser_roles_agree_on_nothing(here, row, role):
    made = draft(here.owner, row.pk, TermsWish())
    lesser = here.seat(role)
    for deed in (
        lambda: draft(lesser, row.pk, TermsWish()),
        lambda: change(lesser, made.pk, TermsWish()),
        lambda: reword(lesser, made.pk, Wording(text="x")),
        lambda: offer(lesser, made.pk),
        lambda: withdraw(lesser, made.pk),
        lambda: decline(lesser, made.pk, "why not"),
        lambda: record_acceptance(lesser, made.pk, Recorded(name=YES, how="by mail")),
        lambda: draft_page(lesser, row.pk),
    ):
        with pytest.raises(NotAllowed, match="may not do that"):
            deed()


def test_the_paper_carries_the_signature_of_the_accepted_text(seat, row):
    made = offer(seat, draft(seat, row.pk, TermsWish()).pk)
    accept(portal(seat), row, yes(made))
    name, pdf = printed(seat, made.pk)
    assert name == f"agreement-{row.pk}-1.pdf"
    assert pdf.startswith(b"%PDF")
    assert printed_for(portal(seat), row)[1] == pdf


def test_a_creator_without_terms_has_none_to_print(seat, row):
    draft(seat, row.pk, TermsWish())
    with pytest.raises(NotFound, match="no terms to print"):
        printed_for(portal(seat), row)


def test_a_signature_under_a_changed_text_is_not_printed(seat, row):
    made = offer(seat, draft(seat, row.pk, TermsWish()).pk)
    accept(portal(seat), row, yes(made))
    save(seat, find(seat, Agreement, made.pk), text="Other words")
    with pytest.raises(Exception, match="signature belongs to another version"):
        printed(seat, made.pk)
