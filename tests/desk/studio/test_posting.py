"""Sending: once, within limits, never to who wants none; a server that is away, hangs or refuses loses nothing."""

import smtplib
import socket
import threading
from datetime import timedelta

import pytest
from django.core import mail

from asterism.campaigns.sending import DAY, RETRIES
from asterism.desk.studio.messages import Outgoing, queue
from asterism.desk.studio.posting import AFTER_A_DEFECT, MAY_HAVE_ARRIVED, NO_ADDRESS, send_due, sent_text
from asterism.store import mail as store
from asterism.store.ledger import letters
from asterism.store.ledger.models import Creator, Event, Message
from asterism.store.ledger.optouts import opt_out_link
from asterism.store.ledger.scope import add, find, move, rows, save
from tests.studio import NOW, campaign, collaboration, creator, place

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)


@pytest.fixture
def seat():
    return place().seat("manager")


def letter(seat, who, kind="message", subject="Hello", body="A word."):
    return queue(seat, who, None, Outgoing(kind, subject, body))


def again(row):
    row.refresh_from_db()
    return row


def smtp(settings, port):
    """A studio whose mail server is at a port of this machine."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 0.2
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = ""


def test_a_letter_goes_out_once_with_all_that_a_mail_needs(seat):
    seat.workspace.options = {"agency": "Northlight", "reply_to": "team@northlight.test"}
    seat.workspace.save()
    ana = creator(seat)
    row = letter(seat, ana)
    assert send_due(NOW) == 1
    assert send_due(LATER) == 0
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.reply_to) == (["ana@creator.test"], "Hello", ["team@northlight.test"])
    assert sent.from_email == "Northlight <asterism@localhost>"
    assert again(row).state == "sent"
    assert (row.address, row.sent_at, row.attempts, row.error) == ("ana@creator.test", NOW, 1, "")
    assert sent.extra_headers["Message-ID"] == row.reference
    assert row.reference.endswith("@localhost>")
    assert sent.extra_headers["List-Unsubscribe"] == f"<{opt_out_link(ana)}>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.body == f"A word.\n\n-- \nNo more letters from us: {opt_out_link(ana)}\n"
    assert Event.objects.filter(action="message.sent").count() == 1


@pytest.mark.parametrize(
    "body", ["End it: https://studio.test/c/abcdefghijklmnopqrstuvwx/data", "End it: https://studio.test/o/7.Ab-_="]
)
def test_a_letter_that_names_a_way_out_gets_no_second_one(body):
    assert sent_text(Message(body=body), "https://studio.test/o/1.x") == body


def test_without_a_reply_address_answers_go_to_who_wrote(seat):
    letter(seat, creator(seat))
    send_due(NOW)
    assert mail.outbox[0].reply_to == ["manager@aurora.test"]
    assert mail.outbox[0].from_email == "Aurora <asterism@localhost>"


@pytest.mark.parametrize("evil", ["x\r\nBcc: eve@evil.test", "x\nBcc: eve@evil.test", "x\u2028Bcc: eve@evil.test"])
def test_no_name_and_no_subject_opens_a_header_of_its_own(seat, evil):
    seat.workspace.options = {"agency": evil[:120], "reply_to": "team@a.test\nBcc: eve@evil.test"}
    seat.workspace.save()
    ana = creator(seat)
    row = letter(seat, ana)
    Message.objects.filter(pk=row.pk).update(subject=evil)
    assert (send_due(NOW), again(row).state) == (0, "queued")  # such options are refused before anything is sent
    seat.workspace.options = {"agency": evil[:120]}
    seat.workspace.save()
    save(seat, row, next_at=None)
    assert send_due(NOW) == 1
    head = mail.outbox[0].message().as_bytes().decode().partition("\n\n")[0]
    assert not [line for line in head.splitlines() if line.lower().startswith("bcc")]
    assert mail.outbox[0].recipients() == ["ana@creator.test"]


@pytest.mark.parametrize(
    "address", ["", "nobody", "ana@x.test\nBcc: eve@evil.test", "ana@x.test, eve@evil.test", "<ana@x.test>"]
)
def test_what_is_no_single_address_is_written_to_by_nobody(seat, address):
    row = letter(seat, creator(seat, email=address))
    assert send_due(NOW) == 0
    assert (again(row).state, row.error) == ("blocked", NO_ADDRESS)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("marks", "says"),
    [({"opted_out_at": NOW}, "opted out on 2026-11-25"), ({"erased_at": NOW}, "data was erased")],
    ids=["opted out", "erased"],
)
def test_who_ends_letters_while_one_waits_gets_none(seat, marks, says):
    ana = creator(seat)
    row = letter(seat, ana, "terms")
    save(seat, ana, **marks)
    assert send_due(NOW) == 0
    assert again(row).state == "blocked"
    assert says in row.error
    assert mail.outbox == []
    assert Event.objects.get(action="message.blocked").facts["rule"] in ("opted_out", "erased")


def test_a_letter_to_who_ended_them_is_held_back_as_it_is_written(seat):
    row = letter(seat, creator(seat, opted_out_at=NOW))
    assert (row.state, row.error) == ("blocked", "This creator does not want to be written to.")


def test_the_cap_lets_the_rest_wait_a_day_and_nothing_is_lost(seat):
    seat.workspace.options = {"letters_per_day": 2}
    seat.workspace.save()
    waiting = [letter(seat, creator(seat, f"c{n}")) for n in range(3)]
    assert send_due(NOW) == 2
    last = again(waiting[2])
    assert (last.state, last.next_at) == ("queued", NOW + DAY)
    assert "its 2 messages of 24 hours" in last.error
    assert send_due(NOW + DAY - timedelta(seconds=1)) == 0
    assert send_due(NOW + DAY) == 1
    assert (again(last).state, last.error) == ("sent", "")


def test_a_cap_of_nothing_lets_letters_wait_and_never_ends_them(seat):
    seat.workspace.options = {"letters_per_day": 0}
    seat.workspace.save()
    row = letter(seat, creator(seat))
    assert send_due(NOW) == 0
    assert (again(row).state, row.next_at) == ("queued", NOW + DAY)


def test_two_openings_to_one_creator_keep_the_workspaces_days_apart(seat):
    seat.workspace.options = {"days_between_letters": 5}
    seat.workspace.save()
    ana = creator(seat)
    letter(seat, ana, "outreach")
    second = letter(seat, ana, "follow_up")
    assert send_due(NOW) == 1
    assert (again(second).state, second.next_at) == ("queued", NOW + timedelta(days=5))
    assert send_due(NOW + timedelta(days=5)) == 1


def test_an_answer_opens_the_talk_again(seat):
    ana = creator(seat)
    letter(seat, ana, "outreach")
    send_due(NOW)
    add(seat, Message, creator=ana, kind="reply", body="Yes?", state="received", sent_at=NOW + timedelta(hours=1))
    letter(seat, ana, "renewal")
    assert send_due(NOW + timedelta(hours=2)) == 1


def test_an_automatic_answer_is_no_answer(seat):
    ana = creator(seat)
    letter(seat, ana, "outreach")
    send_due(NOW)
    add(seat, Message, creator=ana, kind="auto_reply", body="Away", state="received", sent_at=NOW + timedelta(hours=1))
    letter(seat, ana, "renewal")
    assert send_due(NOW + timedelta(hours=2)) == 0


def test_another_workspaces_letters_use_up_no_cap_of_ours(seat):
    other = place("Borealis").owner
    for n in range(3):
        letter(other, creator(other, f"b{n}"))
    seat.workspace.options = {"letters_per_day": 1}
    seat.workspace.save()
    letter(seat, creator(seat))
    assert send_due(NOW) == 4


def test_a_server_that_is_down_costs_a_round_one_try_and_nothing_is_lost(seat, settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        smtp(settings, free.getsockname()[1])
    rows_ = [letter(seat, creator(seat, f"c{n}")) for n in range(3)]
    assert send_due(NOW) == 0
    first = again(rows_[0])
    assert (first.state, first.attempts, first.next_at) == ("queued", 1, NOW + RETRIES["failed"][0])
    assert "mail server cannot be reached" in first.error
    assert [again(row).attempts for row in rows_[1:]] == [0, 0]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due(first.next_at) == 3
    assert sorted(m.to[0] for m in mail.outbox) == [f"c{n}@creator.test" for n in range(3)]
    assert again(first).error == ""


def test_a_server_that_never_comes_back_is_given_up_in_words_and_may_be_tried_again(seat, settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        smtp(settings, free.getsockname()[1])
    row, now = letter(seat, creator(seat)), NOW
    for _ in range(len(RETRIES["failed"]) + 1):
        send_due(now)
        now = again(row).next_at or now
    assert (row.state, row.attempts) == ("failed", 6)
    assert "failed 6 times" in row.error
    assert Event.objects.filter(action="message.failed").count() == 1


class Hanging(threading.Thread):
    """A mail server that takes the call and says what it was told to, then nothing."""

    def __init__(self, *says):
        super().__init__(daemon=True)
        self.says, self.door = says, socket.create_server(("127.0.0.1", 0))
        self.port, self.ended = self.door.getsockname()[1], threading.Event()

    def run(self):
        line, _ = self.door.accept()
        with line:
            for said in self.says:
                line.sendall(said)
                if said is not self.says[-1] or said.startswith(b"354"):
                    line.recv(4096)
            self.ended.wait(5)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.join()
        self.door.close()


def test_a_server_that_hangs_is_left_after_its_time_and_the_letter_waits(seat, settings):
    row = letter(seat, creator(seat))
    with Hanging() as server:
        smtp(settings, server.port)
        assert send_due(NOW) == 0
    assert again(row).state == "queued"
    assert "mail server cannot be reached" in row.error
    assert row.next_at == NOW + RETRIES["failed"][0]


def test_a_line_that_breaks_while_a_letter_is_handed_over_sends_no_second_one(seat, settings):
    row = letter(seat, creator(seat))
    with Hanging(b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n") as server:
        smtp(settings, server.port)
        assert send_due(NOW) == 0
    assert again(row).state == "failed"
    assert "may have arrived" in row.error
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due(LATER) == 0


@pytest.mark.parametrize(
    ("error", "state", "again_in"),
    [
        (smtplib.SMTPRecipientsRefused({"ana@creator.test": (550, b"No such user")}), "bounced", None),
        (smtplib.SMTPRecipientsRefused({"ana@creator.test": (452, b"Mailbox full")}), "queued", timedelta(hours=1)),
        (smtplib.SMTPDataError(554, b"Looks like spam"), "queued", timedelta(minutes=1)),
        (OSError(28, "No space left on device"), "queued", timedelta(minutes=1)),
        (smtplib.SMTPServerDisconnected("gone"), "failed", None),
    ],
    ids=["dead address", "full mailbox", "refused", "disk full", "disconnected"],
)
def test_what_the_server_says_decides_what_follows(seat, monkeypatch, error, state, again_in):
    def refuse(self, messages):
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    row = letter(seat, creator(seat))
    assert send_due(NOW) == 0
    assert (again(row).state, row.next_at) == (state, again_in and NOW + again_in)
    assert row.error


def test_nothing_is_sent_to_an_address_that_is_dead_but_to_another_it_is(seat, monkeypatch):
    ana = creator(seat)
    dead = letter(seat, ana)
    move(seat, dead, "queued", "bounced", address=ana.email)
    second = letter(seat, ana)
    assert send_due(NOW) == 0
    assert (again(second).state, "does not exist any more" in second.error) == ("blocked", True)
    save(seat, ana, email="new@creator.test")
    letter(seat, ana)
    assert send_due(NOW) == 1


def test_a_worker_that_dies_between_taking_up_and_marking_sends_no_second_letter(seat, monkeypatch):
    class Killed(BaseException):
        """The process ended here."""

    def die(letter):
        store_post(letter)
        raise Killed

    store_post = store.post
    monkeypatch.setattr("asterism.desk.studio.posting.post", die)
    row = letter(seat, creator(seat))
    with pytest.raises(Killed):
        send_due(NOW)
    monkeypatch.undo()
    assert again(row).state == "sending"
    assert send_due(NOW + letters.LEASE - timedelta(seconds=1)) == 0
    assert again(row).state == "sending"
    assert send_due(NOW + letters.LEASE) == 0
    assert (again(row).state, row.error) == ("failed", MAY_HAVE_ARRIVED)
    assert send_due(LATER) == 0
    assert len(mail.outbox) == 1


def test_of_two_workers_one_takes_a_letter_up(seat):
    row = letter(seat, creator(seat))
    assert letters.take_up(row, "ana@creator.test", "x.test", NOW)
    assert not letters.take_up(row, "ana@creator.test", "x.test", NOW)
    assert (again(row).attempts, row.state) == (1, "sending")
    assert send_due(NOW) == 0
    assert mail.outbox == []


def test_a_letter_under_way_counts_against_the_cap(seat):
    seat.workspace.options = {"letters_per_day": 1}
    seat.workspace.save()
    assert letters.take_up(letter(seat, creator(seat)), "ana@creator.test", "x.test", NOW)
    letter(seat, creator(seat, "ben"))
    assert send_due(NOW) == 0


def test_a_privacy_notice_that_went_is_noted_on_the_creator(seat):
    ana = creator(seat)
    letter(seat, ana, "privacy_notice")
    send_due(NOW)
    assert find(seat, Creator, ana.pk).notice_sent_at == NOW


def test_a_defect_of_one_letter_keeps_no_other_from_going(seat):
    other = place("Borealis").owner
    broken = letter(other, creator(other))
    other.workspace.options = {"letters_per_day": "many"}
    other.workspace.save()
    letter(seat, creator(seat))
    assert send_due(NOW) == 1
    assert again(broken).next_at == NOW + AFTER_A_DEFECT


def test_letters_by_other_channels_are_nobodys_to_send(seat):
    row = letter(seat, creator(seat))
    save(seat, row, channel="instagram")
    assert send_due(NOW) == 0
    assert again(row).state == "queued"


def test_the_trail_names_nobody(seat):
    of = campaign(seat)
    work = collaboration(seat, of)
    queue(seat, work.creator, work, Outgoing("brief", "For Ana", "Ana, read this."))
    send_due(NOW)
    told = [str(event.facts) for event in Event.objects.all()]
    assert not [facts for facts in told if "ana" in facts.lower()]
    assert {event.collaboration for event in Event.objects.filter(action__startswith="message.")} == {work.pk}
    assert rows(seat, Message).get().state == "sent"


def test_by_default_letters_are_written_into_files_of_the_data_directory(seat, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    letter(seat, creator(seat), subject="Grüße")
    assert send_due(NOW) == 1
    (file,) = (tmp_path / "mail").iterdir()
    said = file.read_text()
    for words in ("To: ana@creator.test", "List-Unsubscribe: \n <http", "Message-ID: <", "Subject: =?utf-8?"):
        assert words in said


def test_a_folder_that_cannot_be_written_keeps_the_letter_waiting(seat, settings, tmp_path):
    (tmp_path / "mail").write_text("a file where the folder should be")
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    row = letter(seat, creator(seat))
    assert send_due(NOW) == 0
    assert (again(row).state, bool(row.error)) == ("queued", True)
