"""Pages of messages: the post, the thread with a creator, and the page that ends all letters."""

import pytest
from django.test import Client

from asterism.desk.studio.messages import Outgoing, queue
from asterism.store.ledger.models import Creator, Message
from asterism.store.ledger.optouts import opt_out_link
from asterism.store.ledger.scope import add, save
from tests.studio import NOW, campaign, collaboration, creator, place

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} \"'&"
SHOWN = "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} &#34;&#39;&amp;"


@pytest.fixture
def here():
    return place()


def text(answer):
    return answer.content.decode()


def way_out(who):
    return "/o/" + opt_out_link(who).rpartition("/o/")[2]


def test_an_empty_post_teaches(here):
    assert "No messages yet" in text(here.client("viewer").get("/w/aurora/messages"))


def test_the_post_says_first_what_did_not_go_and_what_to_do(here):
    ana = creator(here.owner)
    failed = add(
        here.owner,
        Message,
        creator=ana,
        kind="outreach",
        subject="Hello",
        body="x",
        state="failed",
        error="The mail server cannot be reached.",
    )
    client = here.client("manager")
    assert "1 could not be sent; nothing waits to be sent; 0 answered." in text(client.get("/w/aurora/messages"))
    said = text(client.get("/w/aurora/messages?box=failed"))
    assert "The mail server cannot be reached." in said
    assert "Send again" in said
    assert client.post(f"/w/aurora/messages/{failed.pk}/again").headers["Location"].endswith(f"/creators/{ana.pk}/")
    assert "Take back" in text(client.get("/w/aurora/messages?box=waiting"))
    assert client.post(f"/w/aurora/messages/{failed.pk}/hold").status_code == 303
    assert "Taken back before it went." in text(client.get("/w/aurora/messages?box=blocked"))
    assert client.get("/w/aurora/messages?box=cake").status_code == 422


def test_one_writes_to_a_creator_and_notes_what_they_answer(here):
    row = collaboration(here.owner)
    client, at = here.client("manager"), f"/w/aurora/messages/creators/{row.creator_id}/"
    assert (
        client.post(f"{at}write", {"subject": "Hello", "text": "A word.", "collaboration": row.pk}).status_code == 303
    )
    assert client.post(f"{at}answer", {"channel": "instagram", "text": "Gladly", "on": "2026-11-20"}).status_code == 303
    said = text(client.get(at))
    for words in ("A word.", "Gladly", "by instagram", "Waits to be sent", "2 messages"):
        assert words in said
    assert client.post(f"{at}write", {"subject": "Hello"}).status_code == 422
    assert client.post(f"{at}answer", {"text": "x", "on": "2999-01-01"}).status_code == 422


@pytest.mark.parametrize(
    ("marks", "says", "status"),
    [({"opted_out_at": NOW}, "does not want to be written to", 403), ({"erased_at": NOW}, "was erased", 403),
     ({"email": ""}, "No mail address of this creator is known", 422)],
)  # fmt: skip
def test_who_may_not_be_written_to_is_said_to_be(here, marks, says, status):
    ana = creator(here.owner)
    save(here.owner, ana, **marks)
    client, at = here.client("manager"), f"/w/aurora/messages/creators/{ana.pk}/"
    said = text(client.get(at))
    assert says in said
    assert 'name="subject"' not in said
    refused = client.post(f"{at}write", {"subject": "Hello", "text": "A word."})
    assert refused.status_code == status
    assert says in text(refused)


def test_a_viewer_reads_and_is_offered_nothing_to_do(here):
    ana = creator(here.owner)
    queue(here.owner, ana, None, Outgoing("message", "Hello", "A word."))
    for where in ("/w/aurora/messages?box=waiting", f"/w/aurora/messages/creators/{ana.pk}/"):
        said = text(here.client("viewer").get(where))
        assert "Hello" in said
        assert "Take back" not in said
        assert "<textarea" not in said


def test_hostile_words_are_shown_as_words_and_secrets_are_not_shown(here):
    ana = creator(here.owner, name=HOSTILE)
    body = f"{HOSTILE} https://s.test/c/abcdefghijklmnopqrstuvwx/"
    for state in ("failed", "received", "queued"):
        add(here.owner, Message, creator=ana, kind="message", subject=HOSTILE, body=body, state=state, error=HOSTILE)
    client = here.client("manager")
    for where in ("messages", "messages?box=failed", "messages?box=received", f"messages/creators/{ana.pk}/"):
        said = text(client.get(f"/w/aurora/{where}"))
        assert "<script>alert" not in said
        assert SHOWN in said
        assert "abcdefghijklmnop" not in said


def test_a_secret_is_not_shown_by_halves(here):
    ana = creator(here.owner)
    body = "x" * 60 + " https://s.test/c/abcdefghijklmnopqrstuvwx/"
    add(here.owner, Message, creator=ana, kind="message", body=body, state="sent")
    assert "abcdefgh" not in text(here.client("manager").get("/w/aurora/messages"))


def test_pages_ask_few_questions_whatever_there_is(here, django_assert_max_num_queries):
    of = campaign(here.owner)
    for n in range(60):
        row = collaboration(here.owner, of, creator(here.owner, f"c{n}"), "agreed")
        for _ in range(3):
            queue(here.owner, row.creator, row, Outgoing("message", "Hello", "A word."))
    client = here.client("manager")
    for where in ("messages", "messages?page=2", "messages?box=waiting", f"messages/creators/{row.creator_id}/"):
        with django_assert_max_num_queries(12):
            assert client.get(f"/w/aurora/{where}").status_code == 200


def test_looking_at_the_way_out_changes_nothing_and_one_press_ends_all_letters(here):
    ana = creator(here.owner)
    stranger = Client(enforce_csrf_checks=True)
    looked = stranger.get(way_out(ana))
    assert looked.status_code == 200
    assert "End all letters" in text(looked)
    assert looked.headers["Referrer-Policy"] == "no-referrer"
    assert "Ana" not in text(looked)
    assert Creator.objects.get(pk=ana.pk).opted_out_at is None
    pressed = stranger.post(way_out(ana))
    assert (pressed.status_code, pressed.headers["Location"]) == (303, way_out(ana))
    assert Creator.objects.get(pk=ana.pk).opted_out_at is not None
    assert "No more letters" in text(stranger.get(way_out(ana)))


def test_a_mail_program_ends_letters_by_itself(here):
    ana = creator(here.owner)
    answer = Client(enforce_csrf_checks=True).post(way_out(ana), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 303
    assert Creator.objects.get(pk=ana.pk).opted_out_at is not None


@pytest.mark.parametrize("secret", ["1.x", "x", "1", "9999999999999999999999.x", "%00"])
def test_another_secret_opens_nothing(here, secret):
    creator(here.owner)
    for answer in (Client().get(f"/o/{secret}"), Client().post(f"/o/{secret}")):
        assert answer.status_code == 404
    assert Client().put(way_out(Creator.objects.get())).status_code == 405


def test_the_names_of_agencies_are_words_there_too(here):
    here.owner.workspace.options = {"agency": HOSTILE}
    here.owner.workspace.save()
    said = text(Client().get(way_out(creator(here.owner))))
    assert SHOWN in said
    assert "<script>alert" not in said
