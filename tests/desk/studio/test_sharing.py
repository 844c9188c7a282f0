"""Links for clients: only what was chosen is shown, each no has its reason, and answers lead to the board."""

from dataclasses import replace
from datetime import timedelta

import pytest

from asterism.desk.studio import sharing
from asterism.desk.studio.listing import answers_of, shortlist_page
from asterism.desk.studio.sharing import (
    CLOSED,
    SHAREABLE,
    Answers,
    NewLink,
    answer,
    known_link,
    open_link,
    revoke,
    share,
)
from asterism.desk.studio.shortlists import NewShortlist, Remark, make_shortlist, set_remark
from asterism.errors import BadInput, NotAllowed, NotFound
from asterism.store.ledger.models import Answer, Collaboration, Creator, Event, ShareLink
from asterism.store.ledger.scope import rows, save
from asterism.store.ledger.secrets import secret_hash
from tests.finding import with_index
from tests.studio import campaign, collaboration, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def studio():
    made = place()
    with_index(made.owner)
    return made


@pytest.fixture
def seat(studio):
    return studio.seat("analyst")


@pytest.fixture
def listed(seat):
    of = campaign(seat, state="signed")
    return make_shortlist(seat, NewShortlist(name="First", campaign=of.pk, creator=["instagram:c-ana", "tiktok:c-ben"]))


@pytest.fixture
def opened(seat, listed):
    return share(seat, listed.pk, NewLink())


def said(listed, *yes_or_why, name="Eve"):
    """Answers to the creators of a list in order: True, or the reason of a no; None leaves one out."""
    given = [
        {"entry": entry.pk, "approved": word is True, "reason": "" if word is True else word}
        for entry, word in zip(listed.entries.all(), yes_or_why, strict=False)
        if word is not None
    ]
    return Answers(name=name, answers=given)


def client_says(secret, given, now):
    return answer(known_link(secret), given, now)


def test_the_secret_is_long_shown_once_and_kept_as_its_hash(seat, opened):
    link, secret = opened
    assert len(secret) == 32
    assert link.secret_hash == secret_hash(secret)
    assert secret not in str(ShareLink.objects.values().get())
    assert all(secret not in str(event.facts) for event in rows(seat, Event))
    assert known_link(secret) == link


def test_a_link_opens_for_fourteen_days_unless_told_otherwise(seat, listed, opened):
    link, _ = opened
    assert link.expires_at == seat.now + timedelta(days=14)
    late = link.expires_at
    assert open_link(link, late - timedelta(seconds=1)).open
    assert open_link(link, late) == CLOSED
    assert share(seat, listed.pk, NewLink(days=2))[0].expires_at == seat.now + timedelta(days=2)


def test_openings_are_counted_and_those_of_a_closed_link_are_not(seat, opened):
    link, secret = opened
    for _ in range(2):
        open_link(known_link(secret), seat.now)
    revoke(seat, link.pk)
    assert open_link(known_link(secret), seat.now) == CLOSED
    link.refresh_from_db()
    assert (link.opened, link.last_opened_at, link.revoked_at) == (2, seat.now, seat.now)


def test_a_secret_that_opens_nothing_is_not_found(opened):
    with pytest.raises(NotFound, match="nothing at this address"):
        known_link("x" * 32)


def test_only_the_chosen_fields_are_shown_and_fees_are_not_among_the_usual(seat, listed):
    every = {name: each.label for name, each in SHAREABLE.items()}
    link, _ = share(seat, listed.pk, NewLink())
    labels = {label for one in open_link(link, seat.now).put for label, _ in one.facts}
    assert labels == {every[name] for name in sharing.USUAL}
    assert "Fee" not in labels
    link, _ = share(seat, listed.pk, NewLink(fields=["fee"]))
    assert open_link(link, seat.now).put[0].facts == (
        ("Fee", "512 USD a post, quoted".replace("512", "512 (431–623)")),
    )
    link, _ = share(seat, listed.pk, NewLink(fields=[]))
    assert [(one.called, one.platform, one.facts) for one in open_link(link, seat.now).put] == [
        ("@ana", "instagram", ()),
        ("@ben", "tiktok", ()),
    ]


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ("name", "Ana Ray"), ("tier", "micro"), ("followers", "42,000"), ("niche", "beauty"), ("country", "Germany"),
        ("language", "German"), ("engagement", "3.1% (2.7%–3.6%) of followers"), ("real", "86% (70%–95%)"),
        ("remark", "Face of spring"), ("fee", "512 (431–623) USD a post, quoted"),
    ],
)  # fmt: skip
def test_each_field_is_said_in_words(seat, listed, field, shown):
    set_remark(seat, listed.entries.first().pk, Remark(remark="Face of spring"))
    link, _ = share(seat, listed.pk, NewLink(fields=[field]))
    assert open_link(link, seat.now).put[0].facts == ((SHAREABLE[field].label, shown),)


def test_a_field_that_cannot_be_shown_is_refused(seat, listed):
    with pytest.raises(BadInput, match="`email` cannot be shown"):
        share(seat, listed.pk, NewLink(fields=["email"]))


def test_an_empty_list_is_not_shared(seat):
    empty = make_shortlist(seat, NewShortlist(name="Empty"))
    with pytest.raises(BadInput, match="nobody on this list"):
        share(seat, empty.pk, NewLink())


def test_an_erased_creator_is_shown_to_nobody(seat, listed, opened):
    save(seat, rows(seat, Creator).get(handle="ana"), erased_at=seat.now, handle="", name="")
    assert [one.called for one in open_link(opened[0], seat.now).put] == ["@ben"]


def test_a_client_answers_and_the_team_sees_who_when_and_why(seat, listed, opened):
    later = seat.now + timedelta(hours=1)
    page = client_says(opened[1], said(listed, True, "Too large for us"), later)
    assert (page.answered, page.thanks, page.name) == (2, True, "Eve")
    shown = shortlist_page(seat, listed.pk)
    assert [entry.told for entry in shown.entries] == ["yes", "no"]
    no = shown.entries[1].answers[0]
    assert (no.name, no.reason, no.made_at) == ("Eve", "Too large for us", later)
    assert (shown.yes, shown.no) == (1, 1)


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_no_needs_a_reason_and_nothing_is_half_done(seat, listed, opened, reason):
    with pytest.raises(BadInput, match="The no to @ben has no reason"):
        client_says(opened[1], said(listed, True, reason), seat.now)
    assert not rows(seat, Answer).exists()


def test_answering_for_nobody_is_refused(seat, opened):
    with pytest.raises(BadInput, match="No creator was answered for"):
        client_says(opened[1], Answers(name="Eve", answers=[]), seat.now)


def test_an_entry_of_another_list_is_not_found(seat, opened):
    other = make_shortlist(seat, NewShortlist(name="Other", creator=["instagram:c-cyd"]))
    with pytest.raises(NotFound, match="no longer on the list"):
        client_says(opened[1], said(other, True), seat.now)
    assert not rows(seat, Answer).exists()


def test_an_answer_can_be_changed_until_it_closes_and_every_version_is_kept(seat, listed, opened):
    link, secret = opened
    client_says(secret, said(listed, True, "No"), seat.now)
    client_says(secret, said(listed, "Changed our mind", "No"), seat.now)
    assert [entry.told for entry in shortlist_page(seat, listed.pk).entries] == ["no", "no"]
    assert rows(seat, Answer).count() == 3  # what stays the same is not said twice
    assert client_says(secret, said(listed, True, True), link.expires_at) == CLOSED
    assert rows(seat, Answer).count() == 3
    revoke(seat, link.pk)
    assert client_says(secret, said(listed, True, True), seat.now) == CLOSED


def test_of_two_links_the_newest_answer_holds_and_both_are_shown(seat, listed, opened):
    _, second = share(seat, listed.pk, NewLink(label="The board"))
    client_says(opened[1], said(listed, True, name="Eve"), seat.now)
    client_says(second, said(listed, "Not for us", name="Bob"), seat.now)
    entry = shortlist_page(seat, listed.pk).entries[0]
    assert (entry.told, {each.name for each in entry.answers}) == ("no", {"Eve", "Bob"})
    assert {each.name for each in answers_of(seat, listed.pk)} == {"Eve", "Bob"}


def test_one_client_does_not_see_what_another_answered(seat, listed, opened):
    _, second = share(seat, listed.pk, NewLink())
    client_says(opened[1], said(listed, "Secretly not", name="Eve"), seat.now)
    page = open_link(known_link(second), seat.now)
    assert [one.answer for one in page.put] == [None, None]
    assert page.name == ""


def happened(seat):
    return [event.action for event in rows(seat, Event).order_by("id") if event.via == "link"]


def test_an_approved_creator_stands_on_the_board_of_a_signed_campaign_and_is_not_invited(seat, listed, opened):
    client_says(opened[1], said(listed, True, "No"), seat.now)
    work = rows(seat, Collaboration).get()
    assert (work.creator.handle, work.state, work.tier, work.currency) == ("ana", "shortlisted", "micro", "USD")
    assert happened(seat) == ["shortlist.answered", "collaboration.client_approved"]


def test_a_collaboration_that_stands_is_kept_and_told_of(seat, listed, opened):
    ben = collaboration(seat, listed.campaign, rows(seat, Creator).get(handle="ben"))
    client_says(opened[1], said(listed, None, "No"), seat.now)
    assert rows(seat, Collaboration).get() == ben
    event = rows(seat, Event).get(action="collaboration.client_refused")
    assert (event.collaboration, event.facts) == (ben.pk, {})


def test_all_approved_is_said_once_every_creator_has_a_yes(seat, listed, opened):
    client_says(opened[1], said(listed, True), seat.now)
    assert "shortlist.approved" not in happened(seat)
    client_says(opened[1], said(listed, None, True), seat.now)
    assert happened(seat)[-1] == "shortlist.approved"
    assert rows(seat, Collaboration).count() == 2


@pytest.mark.parametrize("state", ["planning", "done", "cancelled"])
def test_a_campaign_that_is_not_at_work_gets_nobody(seat, listed, opened, state):
    save(seat, listed.campaign, state=state)
    client_says(opened[1], said(listed, True, True), seat.now)
    assert not rows(seat, Collaboration).exists()


def test_answers_to_a_list_without_a_campaign_are_kept_all_the_same(seat):
    alone = make_shortlist(seat, NewShortlist(name="Alone", creator=["instagram:c-ana"]))
    _, secret = share(seat, alone.pk, NewLink())
    assert client_says(secret, said(alone, True), seat.now).about == ""
    assert happened(seat) == ["shortlist.answered", "shortlist.approved"]


def test_the_trail_of_an_answer_names_nobody(seat, listed, opened):
    client_says(opened[1], said(listed, True, "Too loud"), seat.now)
    told = str([event.facts for event in rows(seat, Event)])
    assert not [word for word in ("ana", "ben", "Eve", "loud") if word in told]


def test_a_viewer_shares_nothing_and_closes_nothing(studio, listed, opened):
    with pytest.raises(NotAllowed):
        share(studio.seat("viewer"), listed.pk, NewLink())
    with pytest.raises(NotAllowed):
        revoke(studio.seat("viewer"), opened[0].pk)
    with pytest.raises(NotAllowed, match="scope"):
        share(replace(studio.seat("analyst"), scopes=frozenset({"plan"})), listed.pk, NewLink())


def test_another_workspaces_list_and_link_are_not_found(listed, opened):
    theirs = place("Borealis").owner
    with pytest.raises(NotFound):
        share(theirs, listed.pk, NewLink())
    with pytest.raises(NotFound):
        revoke(theirs, opened[0].pk)
