"""Pages of documents: what they show to whom, at what cost, and safely; from a template to a sent letter."""

import re

import pytest

from asterism.desk.studio.documents import Making, make, place_of
from asterism.store.ledger.models import Collaboration, Document, Message
from tests.studio import campaign, collaboration, creator, place

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} \"'&"
SHOWN = "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} &#34;&#39;&amp;"
FILLED = {"message": "Bread takes time.", "call_to_action": "Order by Friday."}


@pytest.fixture
def here():
    return place()


@pytest.fixture
def row(here):
    return collaboration(here.owner, state="agreed")


def text(answer):
    return answer.content.decode()


def made(here, row=None, of=None):
    where = place_of(here.owner, row.pk if row else None, of.pk if of else None)
    return make(here.owner, where, Making(kind="brief", filled=FILLED))


def test_a_letter_is_written_from_its_template_kept_and_sent(here, row):
    client, at = here.client("manager"), f"/w/aurora/collaborations/{row.pk}/documents"
    assert "Nothing is written yet" in text(client.get(at))
    new = text(client.get(f"{at}/new?kind=feedback&fill-draft=your%20first%20draft"))
    assert "fields have no value yet" in new or "field has no value yet" in new
    assert "your first draft" in new
    form = {"kind": "feedback", "fill-draft": "your first draft", "fill-feedback": "Say ad first."}
    refused = client.post(f"{at}/make", {"kind": "feedback"})
    assert refused.status_code == 422
    assert "has no value" in text(refused)
    kept = client.post(f"{at}/make", form | {"fill-message": "Bread."})
    assert kept.status_code == 303
    where = kept.headers["Location"]
    assert "Say ad first." in text(client.get(where))
    sent = client.post(f"{where}send")
    assert sent.headers["Location"] == f"/w/aurora/collaborations/{row.pk}/#messages"
    assert "Say ad first." in Message.objects.get().body
    assert where in text(client.get(f"/w/aurora/collaborations/{row.pk}/"))


def test_faults_are_shown_as_one_types_by_line_with_what_to_write(here, row):
    document = made(here, row)
    client, at = here.client("manager"), f"/w/aurora/documents/{document.pk}"
    said = text(client.post(f"{at}/check", {"title": "x", "text": "Hello\n{creator_nam} }"}))
    assert "Line 2: There is no field `creator_nam`. Did you mean `creator_name`?" in said
    assert "A brace `}` stands alone." in said
    good = text(client.post(f"{at}/check", {"title": "x", "text": "Hello {creator_name}"}))
    assert "Hello Ana" in good
    refused = client.post(f"{at}/save", {"title": "x", "text": "{creator_nam}"})
    assert refused.status_code == 422
    assert Document.objects.count() == 1


def test_a_new_version_stands_beside_the_old_one(here, row):
    first = made(here, row)
    client = here.client("manager")
    kept = client.post(f"/w/aurora/documents/{first.pk}/save", {"title": "Yours", "text": "Short."})
    said = text(client.get(kept.headers["Location"]))
    assert "Version 2" in said
    assert first.hash[:12] in said
    assert "A newer version stands below." in text(client.get(f"/w/aurora/documents/{first.pk}/"))


def test_the_form_checks_without_using_up_the_forms_one_deed(here, row):
    said = text(here.client("manager").get(f"/w/aurora/documents/{made(here, row).pk}/"))
    assert 'hx-params="not once"' in said


def test_a_pdf_is_saved_never_shown(here, row):
    answer = here.client("viewer").get(f"/w/aurora/documents/{made(here, row).pk}/document.pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.content.startswith(b"%PDF")


def test_a_campaigns_brief_reads_for_one_and_goes_to_all(here):
    of = campaign(here.owner)
    rows = [collaboration(here.owner, of, creator(here.owner, name), "agreed") for name in ("ana", "ben")]
    client, document = here.client("manager"), made(here, of=of)
    elsewhere = collaboration(here.owner, campaign(here.owner, "B"), creator(here.owner, "eve"))
    at = f"/w/aurora/documents/{document.pk}/"
    assert "Brief for Ben" in text(client.get(f"{at}?reads_as={rows[1].pk}"))
    for wrong in ("x", "99999999999999999999", str(elsewhere.pk)):
        assert client.get(f"{at}?reads_as={wrong}").status_code == 422
    assert "2 of 2 went" in text(client.post(f"{at}send-all"))
    assert [one.state for one in Collaboration.objects.filter(campaign=of)] == ["briefed", "briefed"]
    assert "Send to everybody who agreed" in text(client.get(at))


def test_who_may_not_be_written_to_is_not_offered_to_be_sent_to(here):
    row = collaboration(here.owner, who=creator(here.owner, email=""), state="agreed")
    said = text(here.client("manager").get(f"/w/aurora/documents/{made(here, row).pk}/"))
    assert "No mail address of this creator is known." in said
    assert "Send to Ana" not in said


def test_a_viewer_reads_and_is_offered_nothing_to_do(here, row):
    document = made(here, row)
    said = text(here.client("viewer").get(f"/w/aurora/documents/{document.pk}/"))
    assert "Download as PDF" in said
    for deed in ("Keep as a new version", "Send to Ana", "<textarea"):
        assert deed not in said
    assert "Write one" not in text(here.client("viewer").get(f"/w/aurora/collaborations/{row.pk}/documents"))


def test_hostile_words_are_shown_as_words(here):
    row = collaboration(
        here.owner, who=creator(here.owner, name=HOSTILE), state="agreed", of=campaign(here.owner, HOSTILE)
    )
    client = here.client("manager")
    at = f"/w/aurora/collaborations/{row.pk}/documents"
    new = client.get(f"{at}/new", {"kind": "feedback", "fill-draft": HOSTILE, "fill-feedback": HOSTILE})
    document = make(
        here.owner,
        place_of(here.owner, row.pk, None),
        Making(kind="brief", filled={"message": HOSTILE, "call_to_action": "x"}),
    )
    pages = (new, client.get(at), client.get(f"/w/aurora/documents/{document.pk}/"), client.get("/w/aurora/documents"))
    for page in pages:
        assert "<script>alert" not in text(page)
        assert SHOWN in text(page)
        assert "49" not in re.sub(
            r"[0-9a-f]{12,}|once\" value=\"[^\"]*|csrfmiddlewaretoken\" value=\"[^\"]*", "", text(page)
        )


def test_pages_ask_few_questions_whatever_there_is(here, django_assert_max_num_queries):
    of = campaign(here.owner)
    rows = [collaboration(here.owner, of, creator(here.owner, f"c{n}"), "agreed") for n in range(60)]
    for row in rows:
        own = made(here, row)
    common = made(here, of=of)
    client = here.client("manager")
    for where in (
        "documents", f"campaigns/{of.pk}/documents", f"collaborations/{row.pk}/documents", f"documents/{own.pk}/",
        f"documents/{common.pk}/", f"collaborations/{row.pk}/documents/new",
    ):  # fmt: skip
        with django_assert_max_num_queries(14):
            assert client.get(f"/w/aurora/{where}").status_code == 200
