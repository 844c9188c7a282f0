"""A creator's page at the desk: what the catalogue and the ledger tell, and what members write."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from asterism.desk.studio import creators as desk
from asterism.desk.studio.creators import Contact, NewNote, Objection, creator_page
from asterism.desk.studio.kept import PROFILING
from asterism.errors import BadInput, NotAllowed, NotFound
from asterism.store.ledger.models import Consent, Creator, Event, Job, LivePost, Message
from asterism.store.ledger.scope import add, rows
from asterism.store.ledger.trail import record
from tests.finding import with_index, with_profile
from tests.studio import campaign, collaboration, creator, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
ANA = ("instagram", "c-ana")


@pytest.fixture
def studio():
    made = place()
    with_index(made.owner)
    return made


@pytest.fixture
def seat(studio):
    return studio.owner


def actions(seat):
    return [event.action for event in rows(seat, Event).order_by("id")]


def test_the_first_opening_shows_the_index_and_asks_once_for_the_rest(seat):
    for _ in range(2):
        page = creator_page(seat, *ANA)
        assert (page.profile, page.in_catalogue, page.row.called) == (None, True, "@ana")
        assert page.job.job.asks["creator_id"] == "c-ana"
    assert rows(seat, Job).filter(kind=PROFILING).count() == 1


def test_a_profile_that_was_read_is_shown_without_any_work(seat):
    page = creator_page(with_profile(seat), *ANA)
    assert page.profile.title == "@ana"
    assert page.job is None
    assert page.dated
    assert "on target" not in [figure.label for figure in page.profile.figures]
    assert not rows(seat, Job).exists()


def test_a_profile_of_an_older_catalogue_is_shown_as_such_while_the_new_one_is_read(seat):
    page = creator_page(with_profile(seat, edition="older"), *ANA)
    assert (page.profile.title, page.dated, page.job.goes_on) == ("@ana", False, True)


def test_a_creator_only_the_ledger_knows_is_shown_too(seat):
    creator(seat, "zoe", platform="x")
    page = creator_page(seat, "x", "c-zoe")
    assert (page.in_catalogue, page.row.called, page.row.engagement, page.job) == (False, "@zoe", None, None)


@pytest.mark.parametrize("account", [("instagram", "nobody"), ("tiktok", "c-ana")])
def test_an_account_nobody_knows_is_not_found(seat, account):
    with pytest.raises(NotFound, match="no such creator"):
        creator_page(seat, *account)


def test_a_creator_of_another_workspace_is_not_found(seat):
    creator(place("Borealis").owner, "zoe", platform="x")
    with pytest.raises(NotFound, match="no such creator"):
        creator_page(seat, "x", "c-zoe")


def test_a_note_starts_the_record_with_its_source_and_the_day_of_the_notice(seat):
    desk.add_note(seat, *ANA, NewNote(text=" Answers fast. "))
    kept = rows(seat, Creator).get()
    assert (kept.handle, kept.tier, kept.followers, kept.source) == ("ana", "micro", 42_000, desk.CATALOGUE)
    assert kept.notice_due == seat.today + timedelta(days=28)
    assert [note.text for note in creator_page(seat, *ANA).notes] == ["Answers fast."]
    assert actions(seat)[-2:] == ["creator.kept", "creator.noted"]
    assert all("ana" not in str(event.facts) for event in rows(seat, Event))


def test_a_second_note_keeps_the_record(seat):
    for text in ("One.", "Two."):
        desk.add_note(seat, *ANA, NewNote(text=text))
    assert rows(seat, Creator).count() == 1
    assert [note.text for note in creator_page(seat, *ANA).notes] == ["Two.", "One."]


def test_a_contact_is_kept_with_source_basis_and_day(seat):
    wish = Contact(name="Ana", email="ana@example.org", country="de", source="her media kit", lawful_basis="consent")
    kept = desk.set_contact(seat, *ANA, wish)
    assert (kept.email, kept.country, kept.source, kept.lawful_basis) == (
        "ana@example.org",
        "DE",
        "her media kit",
        "consent",
    )
    assert kept.source_at == seat.today
    event = rows(seat, Event).filter(action="creator.contact_changed").get()
    assert "email" in event.facts["fields"]
    assert "example.org" not in str(event.facts)


@pytest.mark.parametrize(
    "off",
    [{"email": "ana"}, {"email": "a@b@c.d"}, {"phone": "call me"}, {"country": "DEU"}, {"source": ""},
     {"lawful_basis": "curiosity"}, {"email": "a@b.example\nBcc: x@y.example"}],
    ids=str,
)  # fmt: skip
def test_a_contact_that_cannot_be_is_refused(off):
    with pytest.raises(ValidationError):
        Contact(**{"source": "her media kit", **off})


def test_a_notice_that_went_out_is_not_due_again(seat):
    sent = creator(seat, "ana", notice_sent_at=seat.now)
    assert desk.set_contact(seat, *ANA, Contact(source="kit")).notice_due is None
    assert sent.pk == rows(seat, Creator).get().pk


def test_who_wants_no_messages_is_left_alone_until_they_say_otherwise(seat):
    kept = desk.opt_out(seat, *ANA, Objection(how="by answer of 3 May"))
    first = kept.opted_out_at
    assert first == seat.now
    page = creator_page(seat, *ANA)
    assert [(c.given, c.how) for c in page.consents] == [(False, "by answer of 3 May")]
    assert page.acquaintance.suggestions == ()
    assert desk.opt_in(seat, *ANA, Objection(how="by letter")).opted_out_at is None
    assert rows(seat, Consent).count() == 2
    assert actions(seat)[-1] == "creator.opted_in"


def test_what_waits_for_who_wants_no_messages_is_held_back(seat):
    letter = add(seat, Message, creator=creator(seat, "ana"), kind="outreach", state="queued")
    desk.opt_out(seat, *ANA, Objection(how="by answer"))
    letter.refresh_from_db()
    assert letter.state == "blocked"


def test_nothing_is_added_to_somebody_who_was_erased(seat):
    creator(seat, "ana", erased_at=seat.now)
    with pytest.raises(BadInput, match="was erased"):
        desk.add_note(seat, *ANA, NewNote(text="x"))
    with pytest.raises(BadInput, match="was erased"):
        desk.set_contact(seat, *ANA, Contact(source="kit"))


@pytest.mark.parametrize(
    ("role", "deed"),
    [
        ("viewer", lambda seat: desk.add_note(seat, *ANA, NewNote(text="x"))),
        ("analyst", lambda seat: desk.set_contact(seat, *ANA, Contact(source="x"))),
        ("analyst", lambda seat: desk.opt_out(seat, *ANA, Objection(how="x"))),
        ("analyst", lambda seat: desk.opt_in(seat, *ANA, Objection(how="x"))),
    ],
    ids=["note", "contact", "opt out", "opt in"],
)
def test_a_lesser_role_writes_nothing(studio, role, deed):
    with pytest.raises(NotAllowed):
        deed(studio.seat(role))
    assert not rows(studio.owner, Creator).exists()


def test_the_time_together_is_read_from_collaborations_posts_and_messages(seat):
    ana = creator(seat, "ana")
    of = campaign(seat)
    work = collaboration(seat, of, ana, state="thanked", deliverables=2)
    for at, late in enumerate((0, 3)):
        reel = work.deliverables.all()[at]
        reel.live_on = seat.today - timedelta(days=10)
        reel.save()
        posted = seat.now - timedelta(days=10) + timedelta(days=late)
        add(seat, LivePost, deliverable=reel, url="https://social.test/p", posted_at=posted)
    for state, hours in (("sent", 72), ("sent", 70), ("received", 66), ("received", 60), ("queued", 1)):
        when = seat.now - timedelta(hours=hours)
        made = add(seat, Message, creator=ana, kind="outreach", state=state, sent_at=when if state == "sent" else None)
        rows(seat, Message).filter(pk=made.pk).update(made_at=when)
    record(seat, "collaboration.thanked", work)
    found = creator_page(seat, *ANA).acquaintance
    parts = {part.name: part for part in found.relationship.parts}
    assert parts["collaborations done"].measured == 1
    assert parts["on time"].evidence == "1 of 2 deliverables due"
    assert parts["reply speed"].measured == pytest.approx(6.0)
    assert parts["last contact"].measured == (seat.today - (seat.now - timedelta(hours=60)).date()).days
    assert [each.kind for each in found.suggestions]
    assert found.collaborations == (work,)


def test_without_any_dealings_there_is_no_relationship_to_speak_of(seat):
    creator(seat, "ana")
    assert creator_page(seat, *ANA).acquaintance.relationship is None


def test_dates_of_contact_ahead_of_today_count_as_today(seat):
    ana = creator(seat, "ana")
    add(seat, Message, creator=ana, kind="outreach", state="sent", sent_at=seat.now + timedelta(days=5))
    parts = {part.name: part for part in creator_page(seat, *ANA).acquaintance.relationship.parts}
    assert parts["last contact"].measured == 0
    assert isinstance(seat.today, date)
