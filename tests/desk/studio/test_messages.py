"""Messages: written, noted, sent again and held back; the post as pages show it; ending all letters by a link."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from asterism.desk.studio.messages import (
    Answered,
    Composed,
    Outgoing,
    compose,
    hold_back,
    messages_of,
    note_answer,
    queue,
    send_again,
)
from asterism.desk.studio.opting import opt_out_by_link, opt_out_page
from asterism.desk.studio.post_pages import BOXES, STATES, Box, messages_page, thread_page
from asterism.desk.studio.posting import send_due
from asterism.errors import BadInput, Conflict, NotAllowed, NotFound
from asterism.store.hosting import read_hosting
from asterism.store.ledger.models import Collaboration, Consent, Creator, Event, Message
from asterism.store.ledger.optouts import opt_out_link, reader_of
from asterism.store.ledger.scope import add, find, move, rows, save
from tests.studio import NOW, collaboration, creator, place

pytestmark = pytest.mark.django_db
WISH = Composed(subject="Hello", text="A word.")


@pytest.fixture
def seat():
    return place().seat("manager")


def secret_of(who):
    return opt_out_link(who).rpartition("/o/")[2]


def test_a_message_waits_to_be_sent_and_is_told_in_the_trail(seat):
    row = collaboration(seat)
    made = compose(seat, row.creator_id, Composed(subject=" Hello \n there ", text=" A word. ", collaboration=row.pk))
    assert (made.state, made.kind, made.subject, made.body) == ("queued", "message", "Hello there", "A word.")
    assert (made.by, made.collaboration_id) == (seat.user, row.pk)
    assert Event.objects.get(action="message.queued").facts == {"letter": "message"}


@pytest.mark.parametrize(
    ("marks", "error", "says"),
    [
        ({"opted_out_at": NOW}, NotAllowed, "does not want to be written to"),
        ({"erased_at": NOW}, NotAllowed, "was erased"),
        ({"email": ""}, BadInput, "No mail address"),
        ({"email": "a@b.test\nBcc: eve@x.test"}, BadInput, "No mail address"),
    ],
)
def test_who_may_not_be_written_to_is_refused_in_one_line(seat, marks, error, says):
    who = creator(seat, **marks)
    with pytest.raises(error, match=says):
        compose(seat, who.pk, WISH)
    failed = add(seat, Message, creator=who, kind="message", body="x", state="failed")
    with pytest.raises(error, match=says):
        send_again(seat, failed.pk)
    assert find(seat, Message, failed.pk).state == "failed"


def test_a_message_is_about_a_collaboration_with_its_creator_alone(seat):
    row, eve = collaboration(seat), creator(seat, "eve")
    with pytest.raises(BadInput, match="with somebody else"):
        compose(seat, eve.pk, WISH.model_copy(update={"collaboration": row.pk}))


def test_an_answer_noted_by_hand_stands_on_its_day(seat):
    ana = creator(seat)
    made = note_answer(seat, ana.pk, Answered(channel="instagram", text="Yes!\x00", on=date(2026, 11, 20)))
    assert (made.state, made.kind, made.channel, made.body) == ("received", "reply", "instagram", "Yes!")
    assert made.sent_at.date() == date(2026, 11, 20)
    assert note_answer(seat, ana.pk, Answered(text="Today")).sent_at == NOW


@pytest.mark.parametrize("on", [date(2026, 11, 26), date(2100, 1, 1)])
def test_no_answer_comes_tomorrow(seat, on):
    with pytest.raises(BadInput, match="still to come"):
        note_answer(seat, creator(seat).pk, Answered(text="Yes", on=on))


def test_channels_and_days_that_cannot_be_are_refused(seat):
    for wish in ({"channel": "pigeon"}, {"on": "0001-01-01"}):
        with pytest.raises(ValidationError):
            Answered(text="Yes", **wish)


@pytest.mark.parametrize("state", ["failed", "bounced", "blocked"])
def test_what_did_not_go_is_sent_again(seat, state):
    made = queue(seat, creator(seat), None, Outgoing("message", "x", "y"))
    move(seat, made, "queued", state, attempts=6, error="no", next_at=None)
    again = send_again(seat, made.pk)
    assert (again.state, again.attempts, again.error) == ("queued", 0, "")
    assert send_due(NOW) == 1


@pytest.mark.parametrize("state", ["queued", "sending", "sent", "received"])
def test_what_went_or_waits_is_not_sent_again(seat, state):
    made = add(seat, Message, creator=creator(seat), kind="message", body="x", state=state)
    with pytest.raises(Conflict, match=f"is {state}"):
        send_again(seat, made.pk)


def test_what_waits_can_be_taken_back_and_what_is_on_its_way_cannot(seat):
    made = queue(seat, creator(seat), None, Outgoing("message", "x", "y"))
    assert hold_back(seat, made.pk).state == "blocked"
    assert send_due(NOW) == 0
    save(seat, made, state="sending")
    with pytest.raises(Conflict, match="is sending"):
        hold_back(seat, made.pk)


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_lesser_roles_read_and_write_nothing(role):
    here = place()
    ana = creator(here.owner)
    made = queue(here.owner, ana, None, Outgoing("message", "x", "y"))
    lesser = here.seat(role)
    assert thread_page(lesser, ana.pk).may_write is False
    for deed in (
        lambda: compose(lesser, ana.pk, WISH), lambda: note_answer(lesser, ana.pk, Answered(text="Yes")),
        lambda: send_again(lesser, made.pk), lambda: hold_back(lesser, made.pk),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match="may not do that"):
            deed()


def test_another_workspaces_post_is_not_found(seat):
    ana = creator(seat)
    made = queue(seat, ana, None, Outgoing("message", "x", "y"))
    other = place("Borealis").owner
    for ask in (
        lambda: compose(other, ana.pk, WISH), lambda: thread_page(other, ana.pk), lambda: send_again(other, made.pk),
        lambda: hold_back(other, made.pk), lambda: note_answer(other, ana.pk, Answered(text="Yes")),
        lambda: messages_of(other, creator=ana.pk),
    ):  # fmt: skip
        with pytest.raises(NotFound, match="no such"):
            ask()
    assert messages_page(other, Box()).lines == ()


def test_every_state_has_words_and_a_part_of_the_post():
    assert {state for _, states in BOXES.values() for state in states} == set(STATES)


def test_the_post_says_first_what_did_not_go_and_shows_a_line_per_creator(seat):
    ana, ben = creator(seat), creator(seat, "ben")
    for who, state in ((ana, "sent"), (ana, "received"), (ben, "failed"), (ben, "queued")):
        add(seat, Message, creator=who, kind="message", subject=state, body="x", state=state)
    page = messages_page(seat, Box())
    assert page.sentence == "1 could not be sent; 1 waits to be sent; 1 answered."
    assert [(line.row.creator_id, line.row.subject, line.count) for line in page.lines] == [
        (ben.pk, "queued", 2), (ana.pk, "received", 2),
    ]  # fmt: skip
    for box, subjects in (("failed", ["failed"]), ("waiting", ["queued"]), ("received", ["received"]), ("blocked", [])):
        assert [line.row.subject for line in messages_page(seat, Box(box=box)).lines] == subjects


def test_a_thread_shows_no_secret_of_the_creators_page(seat):
    ana = creator(seat)
    queue(seat, ana, None, Outgoing("outreach", "x", "https://studio.test/c/abcdefghijklmnopqrstuvwx/"))
    assert "abcdefghijklmnop" not in thread_page(seat, ana.pk).lines[0].body


def test_the_link_ends_letters_once_and_declines_what_is_open(seat):
    row = collaboration(seat, state="invited")
    waiting = queue(seat, row.creator, row, Outgoing("outreach", "x", "y"))
    there, ana = reader_of(secret_of(row.creator), NOW)
    assert not opt_out_page(there, ana).ended
    opt_out_by_link(there, ana)
    opt_out_by_link(there, ana)
    assert find(seat, Creator, ana.pk).opted_out_at == NOW
    assert (find(seat, Message, waiting.pk).state, find(seat, Collaboration, row.pk).state) == ("blocked", "declined")
    assert rows(seat, Consent).get().how == "by the link in a letter"
    assert Event.objects.filter(action="creator.opted_out", via="portal").count() == 1


def test_an_agreed_collaboration_goes_on_without_letters(seat):
    row = collaboration(seat, state="agreed")
    opt_out_by_link(*reader_of(secret_of(row.creator), NOW))
    assert find(seat, Collaboration, row.pk).state == "agreed"


@pytest.mark.parametrize(
    "bend", [lambda s: s[:-1], lambda s: "9" + s, lambda _: "", lambda _: "1.x", lambda s: s + "x"]
)
def test_a_link_that_was_bent_opens_nothing(seat, bend):
    with pytest.raises(NotFound, match="nothing at this address"):
        reader_of(bend(secret_of(creator(seat))), NOW)


def test_the_link_of_the_erased_opens_nothing_and_no_time_ends_a_link(seat):
    ana = creator(seat)
    assert reader_of(secret_of(ana), NOW + timedelta(days=9000))[1].pk == ana.pk
    save(seat, ana, erased_at=NOW)
    with pytest.raises(NotFound, match="nothing at this address"):
        reader_of(secret_of(ana), NOW)


@pytest.mark.parametrize(
    ("url", "what"),
    [
        (
            "imaps://team%40a.test:p%3Aw@mail.a.test/Answers",
            ("mail.a.test", 993, "team@a.test", "p:w", "Answers", True),
        ),
        ("imap://t:pass@127.0.0.1:1143", ("127.0.0.1", 1143, "t", "pass", "INBOX", False)),
    ],
)
def test_a_mailbox_is_read_from_its_address(url, what):
    inbox = read_hosting({"ASTERISM_IMAP": url}).inbox
    assert (inbox.host, inbox.port, inbox.user, inbox.password, inbox.folder, inbox.tls) == what
    assert inbox.password not in repr(inbox)


@pytest.mark.parametrize(
    "url", ["x", "pop3://a:b@c", "imaps://mail.a.test", "imap://a:b@mail.a.test", "imaps://a:b@c:99999"]
)
def test_a_mailbox_that_is_none_is_refused_in_one_line(url):
    with pytest.raises(ValueError, match="ASTERISM_IMAP"):
        read_hosting({"ASTERISM_IMAP": url})


def test_no_mailbox_is_no_mailbox():
    assert read_hosting({}).inbox is None
