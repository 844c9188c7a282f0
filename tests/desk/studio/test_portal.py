"""The creator's own page: the invitation that opens it, what it shows, and what a creator may do there."""

from datetime import timedelta

import pytest

from asterism.campaigns.deliverables import DELIVERABLE, PAYMENT
from asterism.campaigns.lifecycle import COLLABORATION
from asterism.desk.studio.invitations import Invitation, close_link, invite, new_link
from asterism.desk.studio.inviting import invitation_page
from asterism.desk.studio.portal import (
    OWED,
    POSTS,
    SAYS,
    Ask,
    No,
    ask,
    decline_all,
    held,
    opt_out,
    portal_page,
    request_privacy,
)
from asterism.errors import BadInput, IllegalStep, NotAllowed, NotFound
from asterism.store.ledger.models import (
    Answer,
    Collaboration,
    Consent,
    Document,
    Listed,
    Message,
    Note,
    Payment,
    PrivacyRequest,
    ShareLink,
    Shortlist,
)
from asterism.store.ledger.portals import masked, portal_of
from asterism.store.ledger.scope import add, find, rows, save
from asterism.store.ledger.trail import events
from tests.studio import NOW, campaign, collaboration, creator, place

pytestmark = pytest.mark.django_db
SITE = "https://studio.test"


@pytest.fixture
def seat():
    return place().seat("manager")


def secret_of(made):
    return made.link.removeprefix(f"{SITE}/c/").rstrip("/")


def opened(seat, row):
    """The creator's seat after an invitation."""
    return portal_of(secret_of(invite(seat, row.pk, Invitation(), SITE)), NOW)


def test_every_state_has_words_for_the_creator():
    assert set(SAYS) == set(COLLABORATION.states)
    assert set(POSTS) == set(DELIVERABLE.states)
    assert set(OWED) == set(PAYMENT.states) - {"rejected"}


def test_an_invitation_opens_the_page_writes_the_letter_and_sets_the_day(seat):
    row = collaboration(seat)
    made = invite(seat, row.pk, Invitation(message="Your bread films are calm"), SITE)
    now = find(seat, Collaboration, row.pk)
    assert (now.state, str(now.answer_due)) == ("invited", "2026-11-30")
    assert secret_of(made) not in (now.secret_hash, "")
    letter = rows(seat, Message).get()
    assert (letter.state, letter.kind, letter.creator_id) == ("queued", "outreach", row.creator_id)
    for words in (made.link, f"{made.link}data", "Your bread films are calm", "Ana"):
        assert words in letter.body
    assert made.queued
    there, found = portal_of(secret_of(made), NOW)
    assert (there.party, there.role, found.pk) == ("creator", "", row.pk)


def test_without_an_address_nothing_is_queued_and_the_link_goes_by_hand(seat):
    made = invite(seat, collaboration(seat, who=creator(seat, email="")).pk, Invitation(), SITE)
    assert not made.queued
    assert not rows(seat, Message).exists()


@pytest.mark.parametrize(
    ("marks", "says"),
    [({"opted_out_at": NOW}, "does not want to be written to"), ({"erased_at": NOW}, "data was erased")],
    ids=["opted out", "erased"],
)
def test_who_does_not_want_to_hear_is_not_invited(seat, marks, says):
    row = collaboration(seat, who=creator(seat, **marks))
    with pytest.raises(NotAllowed, match=says):
        invite(seat, row.pk, Invitation(), SITE)
    assert find(seat, Collaboration, row.pk).state == "shortlisted"
    assert not rows(seat, Message).exists()
    assert invitation_page(seat, row.pk, Invitation(), SITE).barred


def test_whom_the_client_refused_is_not_invited_until_the_client_changes_their_mind(seat):
    row = collaboration(seat)
    listed = add(seat, Shortlist, campaign=row.campaign, name="First")
    entry = add(seat, Listed, shortlist=listed, creator=row.creator)
    link = add(seat, ShareLink, shortlist=listed, secret_hash="0" * 64, expires_at=NOW + timedelta(days=9))
    add(seat, Answer, link=link, entry=entry, approved=False, name="Client")
    with pytest.raises(IllegalStep, match="client said no"):
        invite(seat, row.pk, Invitation(), SITE)
    add(seat, Answer, link=link, entry=entry, approved=True, name="Client")
    assert invite(seat, row.pk, Invitation(), SITE).row.state == "invited"


def test_nobody_is_invited_twice_but_one_who_declined_may_be_asked_again_with_a_new_link(seat):
    row = collaboration(seat)
    first = secret_of(invite(seat, row.pk, Invitation(), SITE))
    with pytest.raises(IllegalStep, match="does not follow «invited»"):
        invite(seat, row.pk, Invitation(), SITE)
    decline_all(*portal_of(first, NOW), No())
    second = secret_of(invite(seat, row.pk, Invitation(), SITE))
    assert portal_of(second, NOW)[1].pk == row.pk
    with pytest.raises(NotFound, match="nothing at this address"):
        portal_of(first, NOW)


@pytest.mark.parametrize(
    ("secret", "after", "says"),
    [("wrong", 0, "nothing at this address"), ("", 0, "nothing at this address"), (None, 181, "no longer open")],
    ids=["wrong", "empty", "expired"],
)
def test_a_link_that_is_wrong_or_old_opens_nothing(seat, secret, after, says):
    real = secret_of(invite(seat, collaboration(seat).pk, Invitation(), SITE))
    collaboration(seat, who=creator(seat, "ben"))
    with pytest.raises(NotFound, match=says):
        portal_of(real if secret is None else secret, NOW + timedelta(days=after))


def test_a_declined_page_stays_open_for_two_weeks(seat):
    secret = secret_of(invite(seat, collaboration(seat).pk, Invitation(), SITE))
    decline_all(*portal_of(secret, NOW), No(reason="No time"))
    assert portal_of(secret, NOW + timedelta(days=13))
    with pytest.raises(NotFound, match="no longer open"):
        portal_of(secret, NOW + timedelta(days=14))


def test_an_erased_creators_page_is_closed(seat):
    row = collaboration(seat)
    secret = secret_of(invite(seat, row.pk, Invitation(), SITE))
    save(seat, row.creator, erased_at=NOW)
    with pytest.raises(NotFound, match="no longer open"):
        portal_of(secret, NOW)


def test_a_new_link_ends_the_old_and_closing_ends_all(seat):
    row = collaboration(seat)
    with pytest.raises(IllegalStep, match="no open page"):
        new_link(seat, row.pk, SITE)
    first = secret_of(invite(seat, row.pk, Invitation(), SITE))
    second = secret_of(new_link(seat, row.pk, SITE))
    with pytest.raises(NotFound, match="nothing at this address"):
        portal_of(first, NOW)
    close_link(seat, row.pk)
    with pytest.raises(NotFound, match="nothing at this address"):
        portal_of(second, NOW)
    assert [e.action for e in events(seat, collaboration=row.pk)[:2]] == ["portal.closed", "portal.renewed"]


def test_letters_are_shown_without_the_creators_secret(seat):
    made = invite(seat, collaboration(seat).pk, Invitation(), SITE)
    body = rows(seat, Message).get().body
    assert secret_of(made) in body
    assert secret_of(made) not in masked(body)
    assert masked("See https://x.test/c/ and /campaigns/12/") == "See https://x.test/c/ and /campaigns/12/"


def test_a_question_becomes_a_message_and_a_talk_about_terms(seat):
    there, row = opened(seat, collaboration(seat))
    ask(there, row, Ask(text="Could it be one reel?"))
    assert find(seat, Collaboration, row.pk).state == "negotiating"
    said = rows(seat, Message).first()
    assert (said.state, said.channel, said.body) == ("received", "portal", "Could it be one reel?")
    ask(there, row, Ask(text="And when?"))
    assert rows(seat, Message).filter(state="received").count() == 2


def test_declining_needs_no_reason_but_keeps_one(seat):
    there, row = opened(seat, collaboration(seat))
    decline_all(there, row, No(reason="I am on leave"))
    assert find(seat, Collaboration, row.pk).state == "declined"
    kept = rows(seat, Note).get()
    assert (kept.text, kept.by) == ("I am on leave", None)
    with pytest.raises(IllegalStep, match="does not follow «declined»"):
        decline_all(there, row, No())
    with pytest.raises(IllegalStep, match="is over"):
        ask(there, row, Ask(text="Wait"))


def test_what_is_agreed_is_not_declined_by_a_press(seat):
    there, row = opened(seat, collaboration(seat))
    save(seat, row, state="agreed")
    with pytest.raises(IllegalStep, match="does not follow «agreed»"):
        decline_all(there, row, No())


def test_opting_out_blocks_what_waits_and_ends_the_invitation(seat):
    there, row = opened(seat, collaboration(seat))
    opt_out(there, row)
    now = find(seat, Collaboration, row.pk, "creator")
    assert (now.creator.opted_out_at, now.state) == (NOW, "declined")
    assert [m.state for m in rows(seat, Message)] == ["blocked"]
    assert [(c.what, c.given) for c in rows(seat, Consent)] == [("contact", False)]
    opt_out(there, now)
    assert rows(seat, Consent).count() == 1
    with pytest.raises(NotAllowed, match="does not want"):
        new_link(seat, row.pk, SITE)


def test_opting_out_does_not_break_what_was_agreed(seat):
    there, row = opened(seat, collaboration(seat))
    save(seat, row, state="agreed")
    opt_out(there, row)
    assert find(seat, Collaboration, row.pk).state == "agreed"


def test_a_request_under_privacy_law_is_due_within_a_month_and_stands_once(seat):
    there, row = opened(seat, collaboration(seat))
    first = request_privacy(there, row, "erasure")
    assert request_privacy(there, row, "erasure") == first
    assert (str(first.due), first.creator_id) == ("2026-12-25", row.creator_id)
    request_privacy(there, row, "objection")
    assert rows(seat, PrivacyRequest).count() == 2
    with pytest.raises(BadInput, match="no such request"):
        request_privacy(there, row, "revenge")


def test_the_page_shows_their_own_and_nothing_of_others(seat):
    of = campaign(seat)
    row = collaboration(seat, of, state="shortlisted")
    other = collaboration(seat, of, creator(seat, "ben"), fee_cents=99_900)
    add(seat, Payment, collaboration=other, currency="USD", cents=99_900, proposed_by=seat.user)
    add(seat, Payment, collaboration=row, currency="USD", cents=50_000, proposed_by=seat.user, state="rejected")
    mine = add(seat, Payment, collaboration=row, currency="USD", cents=50_000, proposed_by=seat.user)
    add(seat, Document, campaign=of, collaboration=other, kind="brief", title="B", body="For Ben", hash="0" * 64)
    add(seat, Document, campaign=of, kind="brief", title="B", body="For all", hash="0" * 64)
    there, row = opened(seat, row)
    shown = portal_page(there, row)
    assert [each.pk for each, _ in shown.payments] == [mine.pk]
    assert shown.brief[0].lines[0][0].text == "For all"
    assert {post.collaboration_id for post, _ in shown.posts} == {row.pk}


def test_what_is_kept_is_told_with_its_source_and_purpose(seat):
    row = collaboration(seat, who=creator(seat, source="A list of the agency", lawful_basis="consent"))
    there, row = opened(seat, row)
    shown = held(there, row)
    assert dict(shown.facts)["E-mail address"] == "ana@creator.test"
    assert dict(shown.facts)["Messages between us"] == "1"
    assert shown.source == "A list of the agency"
    assert "consent" in shown.purpose


@pytest.mark.parametrize("tier", ["nano", "micro", "mid", "macro", "mega", ""])
@pytest.mark.parametrize("platform", ["instagram", "youtube", "linkedin"])
def test_a_letter_can_be_written_to_anybody(seat, tier, platform):
    who = creator(seat, tier=tier, platform=platform, niche="", name="", language="pt")
    row = collaboration(seat, campaign(seat, brief={}), who, fee_cents=0)
    assert invitation_page(seat, row.pk, Invitation(), SITE).subject


def test_hostile_names_stay_text_in_the_letter(seat):
    who = creator(seat, name="{fee} <script>alert(1)</script> **x**")
    row = collaboration(seat, who=who)
    invite(seat, row.pk, Invitation(message="{portal_link} https://evil.test"), SITE)
    body = rows(seat, Message).get().body
    assert "{fee} <script>alert(1)</script> **x**" in body
    assert "{portal_link} https://evil.test" in body


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_lesser_roles_invite_nobody(role):
    here = place()
    row = collaboration(here.owner)
    for deed in (
        lambda: invite(here.seat(role), row.pk, Invitation(), SITE),
        lambda: new_link(here.seat(role), row.pk, SITE),
        lambda: close_link(here.seat(role), row.pk),
        lambda: invitation_page(here.seat(role), row.pk, Invitation(), SITE),
    ):
        with pytest.raises(NotAllowed, match="may not do that"):
            deed()
