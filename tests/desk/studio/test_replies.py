"""Answers by mail: matched to their letter or their sender, kept once as plain text; an end to letters is heeded."""

from datetime import timedelta
from email.message import EmailMessage

import pytest

from asterism.desk.studio.messages import Outgoing, queue
from asterism.desk.studio.posting import send_due
from asterism.desk.studio.replies import fetch_replies
from asterism.errors import OutsideFailure
from asterism.store import imap
from asterism.store.hosting import Inbox
from asterism.store.ledger.models import Collaboration, Consent, Creator, Event, Message
from asterism.store.ledger.scope import find, rows, save
from tests.mailbox import Mailbox
from tests.studio import NOW, collaboration, creator, place

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def seat():
    return place().seat("manager")


@pytest.fixture
def asked(seat):
    """A letter that was sent about a collaboration."""
    row = collaboration(seat, state="invited")
    made = queue(seat, row.creator, row, Outgoing("outreach", "Hello", "A word."))
    assert send_due(NOW) == 1
    made.refresh_from_db()
    return made


def mail(text="Gladly.", sender="ana@creator.test", subject="Re: Hello", html="", **headers):
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = sender, subject, headers.pop("message_id", "<r1@creator.test>")
    made["Date"] = "Wed, 25 Nov 2026 11:00:00 +0000"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made


def fetched(*mails, now=NOW + HOUR, **box):
    """How many answers a look at a mailbox with those mails keeps, and the mailbox."""
    numbered = [(n, bytes(one) if isinstance(one, EmailMessage) else one) for n, one in enumerate(mails, 1)]
    with Mailbox(numbered, **box) as server:
        inbox = Inbox("127.0.0.1", server.port, "team", "pass word", "INBOX", tls=False)
        return fetch_replies(now, inbox), server


def answers(seat):
    return list(rows(seat, Message).filter(state="received").order_by("id"))


def test_an_answer_is_matched_to_its_letter_and_kept_where_it_belongs(home, seat, asked):
    kept, server = fetched(mail(sender="manager@agency.test", In_Reply_To=asked.reference))
    assert kept == 1
    (row,) = answers(seat)
    assert (row.creator_id, row.collaboration_id, row.kind) == (asked.creator_id, asked.collaboration_id, "reply")
    assert (row.body, row.subject, row.address) == ("Gladly.", "Re: Hello", "manager@agency.test")
    assert (row.reference, row.sent_at) == ("<r1@creator.test>", NOW - HOUR)
    assert Event.objects.filter(action="message.received", via="job").count() == 1
    assert [
        one.partition(" ")[0] for one in server.asked if "SELECT" in one or "STORE" in one or "EXPUNGE" in one
    ] == []
    assert all("BODY.PEEK[]<0." in one for one in server.asked if "FETCH" in one)


def test_references_are_as_good_as_in_reply_to(home, seat, asked):
    assert fetched(mail(sender="x@y.test", References=f"<other@z> {asked.reference}"))[0] == 1


def test_a_mail_is_read_once_even_where_the_mark_is_lost(home, seat, asked):
    assert fetched(mail(In_Reply_To=asked.reference))[0] == 1
    for file in home.glob("answers-*"):
        file.unlink()
    assert fetched(mail(In_Reply_To=asked.reference))[0] == 0
    assert len(answers(seat)) == 1


def test_a_second_look_asks_only_for_what_came_since(home, seat, asked):
    first, second = mail(In_Reply_To=asked.reference), mail("Two.", message_id="<r2@c.test>")
    with Mailbox([(4, bytes(first))]) as server:
        inbox = Inbox("127.0.0.1", server.port, "team", "x", "INBOX", tls=False)
        assert fetch_replies(NOW, inbox) == 1
        assert fetch_replies(NOW, inbox) == 0, "a server answers n:* with its last mail"
        server.mails[9] = bytes(second)
        assert fetch_replies(NOW, inbox) == 1
    assert "UID SEARCH UID 5:*" in server.asked
    assert sum("FETCH 4 " in one for one in server.asked) == 1


def test_a_mailbox_that_counts_anew_is_read_anew(home, seat, asked):
    with Mailbox([(9, bytes(mail(In_Reply_To=asked.reference)))]) as server:
        inbox = Inbox("127.0.0.1", server.port, "team", "x", "INBOX", tls=False)
        fetch_replies(NOW, inbox)
        server.validity, server.mails = 8, {1: bytes(mail("Anew.", message_id="<r9@c.test>"))}
        assert fetch_replies(NOW, inbox) == 1


def test_an_answer_that_could_not_be_kept_is_read_again_and_the_others_once(home, seat, asked, monkeypatch):
    from asterism.desk.studio import replies

    keep, broken = replies._keep, [True]

    def stumble(mail, found, now):
        if mail.text == "First." and broken:
            raise RuntimeError("the database was away")
        return keep(mail, found, now)

    monkeypatch.setattr(replies, "_keep", stumble)
    mails = [mail(text, message_id=f"<{text}@c.test>", In_Reply_To=asked.reference) for text in ("First.", "Second.")]
    with Mailbox([(n, bytes(one)) for n, one in enumerate(mails, 5)]) as server:
        inbox = Inbox("127.0.0.1", server.port, "team", "x", "INBOX", tls=False)
        assert fetch_replies(NOW, inbox) == 1
        broken.clear()
        assert fetch_replies(NOW, inbox) == 1
    assert sorted(row.body for row in answers(seat)) == ["First.", "Second."]


@pytest.mark.parametrize("sender", ["ana@creator.test", "ANA@creator.test", "Ana <ana@creator.test>"])
def test_without_a_letter_the_senders_address_says_who(home, seat, sender):
    ana = creator(seat)
    assert fetched(mail(sender=sender))[0] == 1
    assert answers(seat)[0].creator_id == ana.pk


def test_an_address_in_two_workspaces_belongs_to_none(home, seat):
    creator(seat)
    other = place("Borealis").owner
    creator(other)
    assert fetched(mail())[0] == 0
    assert answers(seat) == answers(other) == []


@pytest.mark.parametrize("sender", ["stranger@x.test", "", "ana@creator.test, eve@x.test", "ana"])
def test_who_is_nobody_here_is_left_alone(home, seat, sender):
    creator(seat)
    raw = f"From: {sender}\r\nMessage-ID: <a@b>\r\n\r\nHello".encode()
    assert fetched(raw)[0] == 0


def test_the_erased_are_not_matched(home, seat, asked):
    save(seat, find(seat, Creator, asked.creator_id), erased_at=NOW)
    assert fetched(mail(In_Reply_To=asked.reference))[0] == 0


@pytest.mark.parametrize(("text", "subject"), [("STOP", "Re: Hello"), ("please unsubscribe", "x"), ("", "unsubscribe")])
def test_an_end_to_letters_is_heeded_on_every_channel(home, seat, asked, text, subject):
    waiting = queue(seat, find(seat, Creator, asked.creator_id), None, Outgoing("brief", "x", "y"))
    fetched(mail(text, subject=subject, In_Reply_To=asked.reference))
    ana = find(seat, Creator, asked.creator_id)
    assert ana.opted_out_at == NOW + HOUR
    waiting.refresh_from_db()
    assert waiting.state == "blocked"
    assert find(seat, Collaboration, asked.collaboration_id).state == "declined"
    assert rows(seat, Consent).get().how == "in an answer to a letter"


def test_our_own_words_in_a_quote_end_nothing(home, seat, asked):
    fetched(mail("Yes.\n\nOn 3 May 2027 Aurora wrote:\n> unsubscribe\n", In_Reply_To=asked.reference))
    assert find(seat, Creator, asked.creator_id).opted_out_at is None


@pytest.mark.parametrize("headers", [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}])
def test_an_out_of_office_note_is_kept_as_one_and_ends_nothing(home, seat, asked, headers):
    fetched(mail("STOP", In_Reply_To=asked.reference, **headers))
    assert answers(seat)[0].kind == "auto_reply"
    assert find(seat, Creator, asked.creator_id).opted_out_at is None


def test_a_letter_that_came_back_marks_its_address_as_dead(home, seat, asked):
    report = (
        b"From: MAILER-DAEMON@mx.test\r\nMessage-ID: <d@mx.test>\r\nSubject: Undelivered\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nNo such user.\r\n"
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nStatus: 5.1.1\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: "
        + asked.reference.encode()
        + b"\r\n\r\nHello\r\n--b--\r\n"
    )
    fetched(report)
    asked.refresh_from_db()
    assert (asked.state, asked.error) == ("bounced", "The letter came back: the address does not exist.")
    queue(seat, find(seat, Creator, asked.creator_id), None, Outgoing("brief", "x", "y"))
    assert send_due(NOW + timedelta(days=9)) == 0
    assert answers(seat) == []


def test_html_is_kept_as_text_and_attachments_are_never_touched(home, seat, asked):
    both = mail("Plain.", html="<p>Rich</p>", In_Reply_To=asked.reference)
    only = EmailMessage()
    only["From"], only["Message-ID"] = "ana@creator.test", "<r2@c.test>"
    only.set_content("<p>Only <b>rich</b><script>alert(1)</script></p>", subtype="html")
    only.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="x.exe")
    only.add_attachment("secret notes", filename="notes.txt")
    fetched(both, only)
    assert [row.body for row in answers(seat)] == ["Plain.", "Only rich"]


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\x00\xff" * 50,
        b"From: ana@creator.test\r\nMessage-ID: <x@y>\r\nContent-Type: text/plain; charset=no-such\r\n\r\nHi \xff",
        b"From: ana@creator.test\r\nDate: yesterday\r\nSubject: =?utf-8?b?!!!?=\r\n\r\nHi",
        b"From: ana@creator.test\r\nContent-Type: multipart/mixed\r\n\r\nno boundary",
        b"From: " + b"(" * 9000 + b"\r\n\r\nHi",
        b"From: ana@creator.test\r\nMessage-ID: <a\x00b@c>\r\n\r\nHi",
        b"From: ana@creator.test\r\nContent-Type: text/html\r\n\r\n" + b"<a " * 50_000 + b"<!--" * 20_000,
        b"From: =?x?q?=00=0a?= <ana@creator.test>\r\nReferences: " + b"<a@b> " * 3000 + b"\r\n\r\nHi",
    ],
    ids=["empty", "noise", "charset", "date", "boundary", "nested", "nul", "tags", "references"],
)  # fmt: skip
def test_a_broken_mail_stops_none_of_the_others(home, seat, raw):
    creator(seat)
    kept, _ = fetched(raw, mail(message_id="<good@c.test>"))
    assert "Gladly." in [row.body for row in answers(seat)]
    assert kept >= 1


def test_of_a_huge_mail_only_the_beginning_is_read(home, seat):
    creator(seat)
    huge = bytes(mail("Gladly. " + "x" * 60 + "\n")) + b"y" * (2 * imap.LARGEST)
    kept, server = fetched(huge)
    assert kept == 1
    assert f"<0.{imap.LARGEST}>" in next(one for one in server.asked if "FETCH" in one)
    assert len(answers(seat)[0].body) <= 20_000


@pytest.mark.parametrize(
    "box", [{"hangs": "greeting"}, {"hangs": "SEARCH"}, {"refuses": "LOGIN"}, {"refuses": "EXAMINE"}]
)
def test_a_mailbox_that_hangs_or_refuses_is_told_in_one_line_without_the_password(home, seat, box, monkeypatch):
    monkeypatch.setattr(imap, "TIMEOUT", 0.2)
    with pytest.raises(OutsideFailure, match="mailbox for answers cannot be read") as told:
        fetched(mail(), **box)
    assert "pass word" not in str(told.value)


def test_nobody_at_the_door_is_told_in_one_line(home, seat):
    with pytest.raises(OutsideFailure, match="Check ASTERISM_IMAP"):
        fetch_replies(NOW, Inbox("127.0.0.1", 1, "team", "x", "INBOX", tls=False))
