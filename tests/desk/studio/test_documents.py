"""Documents: filled with what is known, kept in versions, checked in words, printed, sent with the step they are."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from asterism.campaigns.documents.merging import MissingValue, UnsoundText
from asterism.desk.studio.document_pages import check, document_page, documents_page, listed, new_page, printed
from asterism.desk.studio.document_sending import brief_parts, send, send_to_all
from asterism.desk.studio.documents import WRITTEN, Making, Rewording, hash_kept, make, place_of, reword
from asterism.desk.studio.invitations import Invitation, invite
from asterism.desk.studio.portal import portal_page
from asterism.errors import BadInput, IllegalStep, NotAllowed, NotFound, WrongUsage
from asterism.store.ledger.models import Collaboration, Document, Event, Message
from asterism.store.ledger.optouts import opt_out_link
from asterism.store.ledger.portals import portal_of
from asterism.store.ledger.scope import find, rows, save
from tests.studio import NOW, campaign, collaboration, creator, place

pytestmark = pytest.mark.django_db
ALL = {
    "message": "Bread takes time.", "call_to_action": "Order by Friday.", "feedback": "Say ad first.\nShow the bag.",
    "results": "12,000 people reached\n34 orders", "next_step": "A second season.", "draft": "your first draft",
    "recipients": "Only us.", "transfers": "None.", "company": "Aurora Ltd, 1 Mill Lane",
}  # fmt: skip
BRIEF = {"message": "Bread takes time.", "call_to_action": "Order by Friday."}


@pytest.fixture
def seat():
    return place().seat("manager")


def work(seat, state="agreed", handle="ana", of=None, **fields):
    return collaboration(seat, of, creator(seat, handle, **fields), state)


def for_one(seat, row, kind="brief", filled=BRIEF, **fields):
    return make(seat, place_of(seat, row.pk, None), Making(kind=kind, filled=filled, **fields))


def for_all(seat, of, kind="brief", filled=BRIEF, **fields):
    return make(seat, place_of(seat, None, of.pk), Making(kind=kind, filled=filled, **fields))


def words(found):
    return " ".join(span.text for part in found for line in part.lines for span in line)


@pytest.mark.parametrize("kind", WRITTEN)
@pytest.mark.parametrize("tier", ["nano", "mid", "mega"])
def test_every_kind_is_made_for_every_tier_and_reads_without_a_gap(seat, kind, tier):
    row = work(seat, tier=tier)
    made = for_one(seat, row, kind, ALL)
    assert (made.number, made.kind, made.collaboration_id, made.campaign_id) == (1, kind, row.pk, row.campaign_id)
    page = document_page(seat, made.pk)
    assert (page.checked.faults, page.checked.missing) == ((), ())
    assert "[" not in page.checked.subject + words(page.checked.parts)
    assert made.hash == hash_kept(made)


@pytest.mark.parametrize(("language", "says"), [("en", "Brief for Ana"), ("de", "Briefing"), ("fr", "Brief")])
def test_a_document_speaks_the_language_that_is_asked_for(seat, language, says):
    made = for_one(seat, work(seat), language=language)
    assert made.language == language
    assert says in made.body


def test_a_language_left_out_is_the_creators(seat):
    assert for_one(seat, work(seat, language="de")).language == "de"


@pytest.mark.parametrize(
    ("wish", "error", "says"),
    [
        ({"kind": "agreement"}, WrongUsage, "no document `agreement`"),
        ({"kind": "brief", "language": "xx"}, BadInput, "written in `xx`"),
        ({"kind": "brief", "filled": {"fee": "1"}}, BadInput, "`fee` is no field to fill in"),
        ({"kind": "brief", "filled": {"message": "x" * 5000}}, BadInput, "longer than 4,000"),
        ({"kind": "brief", "filled": {**BRIEF, "links": "javascript:alert(1)"}}, BadInput, "is not an address"),
        ({"kind": "brief"}, MissingValue, "`message` has no value"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_line(seat, wish, error, says):
    row = work(seat, tier="mega")
    with pytest.raises(error, match=says):
        make(seat, place_of(seat, row.pk, None), Making(**wish))
    assert not rows(seat, Document).exists()


def test_a_new_document_shows_what_is_missing_before_it_is_kept(seat):
    row = work(seat, tier="mega")
    page = new_page(seat, place_of(seat, row.pk, None), Making(kind="brief"))
    assert [name for name, _ in page.missing] == ["message", "call_to_action"]
    assert "[message]" in words(page.parts)
    filled = new_page(seat, place_of(seat, row.pk, None), Making(kind="brief", filled=BRIEF))
    assert (filled.missing, "Bread takes time." in words(filled.parts)) == ((), True)


def test_lists_are_filled_line_by_line(seat):
    made = for_one(seat, work(seat), "feedback", ALL)
    assert "- Say ad first.\n- Show the bag." in made.body


def test_what_is_typed_is_text_and_opens_nothing(seat):
    evil = {"message": "# {fee} **loud** <https://evil.test> \\{x\\}", "call_to_action": "<script>alert(1)</script>"}
    row = work(seat, tier="mega", name="{sender_name} # x")
    made = for_one(seat, row, filled=evil)
    page = document_page(seat, made.pk)
    shown = words(page.checked.parts)
    assert "# {fee} **loud** <https://evil.test> \\{x\\}" in shown
    assert "<script>alert(1)</script>" in shown
    assert not [span for part in page.checked.parts for line in part.lines for span in line if "evil" in span.url]


def test_versions_are_counted_per_kind_and_the_same_words_make_no_new_one(seat):
    row = work(seat)
    first = for_one(seat, row)
    same = reword(seat, first.pk, Rewording(title=first.title, text=first.body))
    assert same.pk == first.pk
    second = reword(seat, first.pk, Rewording(title="Your brief", text="Dear {creator_name}, one reel for {fee}."))
    assert (second.number, second.body) == (2, "Dear Ana, one reel for 500.00\xa0USD.")
    assert second.hash not in ("", first.hash)
    assert for_one(seat, row, "thank_you", ALL).number == 1
    page = document_page(seat, first.pk)
    assert ([one.number for one in page.versions], page.newest) == ([2, 1], False)
    assert list(Event.objects.filter(action__startswith="document.").values_list("action", flat=True)) == [
        "document.made", "document.changed", "document.made",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "what", "fix"),
    [
        ("Hello\n{creator_nam}", 2, "no field `creator_nam`", "Did you mean `creator_name`"),
        ("Hello }", 1, "brace `}` stands alone", "Write `"),
        ("{creator_name.__class__}", 1, "no field", "Known|Did you mean"),
    ],
)
def test_faults_are_told_as_one_types_and_refused_as_one_keeps(seat, text, line, what, fix):
    made = for_one(seat, work(seat))
    found = check(seat, made.pk, Rewording(title="Brief", text=text))
    assert (found.faults[0].line, found.parts) == (line, ())
    assert what in found.faults[0].what
    with pytest.raises(UnsoundText, match=what):
        reword(seat, made.pk, Rewording(title="Brief", text=text))
    with pytest.raises(UnsoundText, match=fix):
        reword(seat, made.pk, Rewording(title="Brief", text=text))
    assert rows(seat, Document).count() == 1


def test_a_campaigns_document_keeps_its_fields_and_reads_for_each_creator(seat):
    of = campaign(seat, start=date(2027, 5, 1), end=date(2027, 5, 31))
    ana, ben = work(seat, of=of), work(seat, handle="ben", of=of)
    made = for_all(seat, of)
    assert "{creator_name}" in made.body
    assert "{campaign}" in made.title
    for row, name in ((ana, "Ana"), (ben, "Ben")):
        page = document_page(seat, made.pk, row.pk)
        assert f"Brief for {name}: Spring launch" in words(page.checked.parts)
        assert page.checked.subject == "Brief: Spring launch on Instagram"
    assert document_page(seat, made.pk).people == ((str(ana.pk), "Ana"), (str(ben.pk), "Ben"))
    with pytest.raises(BadInput, match="not on the document's campaign"):
        document_page(seat, made.pk, work(seat, handle="eve", of=campaign(seat, "Other")).pk)


def test_the_pdf_bears_the_checksum_of_the_words_that_are_kept(seat):
    made = for_one(seat, work(seat))
    name, pdf = printed(seat, made.pk)
    read = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert name == f"brief-{made.pk}-version-1.pdf"
    assert made.hash[:16] in "".join(read.split())
    assert "made-when-sent" not in read


def test_sending_a_brief_takes_its_step_and_carries_the_creators_own_link(seat):
    row = work(seat, "agreed")
    made = for_one(seat, row)
    sent = send(seat, made.pk)
    assert (find(seat, Collaboration, row.pk).state, sent.step) == ("briefed", "brief")
    assert (sent.message.kind, sent.message.state, sent.message.creator_id) == ("brief", "queued", row.creator_id)
    secret = sent.message.body.partition("/c/")[2].partition("/")[0]
    assert portal_of(secret, NOW)[1].pk == row.pk
    assert "{" not in sent.message.body
    assert [event.action for event in Event.objects.filter(action="document.sent")] == ["document.sent"]
    again = send(seat, made.pk)
    assert (again.step, find(seat, Collaboration, row.pk).state) == ("", "briefed")
    assert secret in again.message.body, "the link that stands is used again"


def test_the_link_of_the_invitation_stays_the_creators_link(seat):
    row = work(seat, "shortlisted")
    link = invite(seat, row.pk, Invitation(), "https://studio.test").link
    secret = link.partition("/c/")[2].strip("/")
    sent = send(seat, for_one(seat, row, "follow_up").pk)
    assert f"/c/{secret}/" in sent.message.body
    save(seat, find(seat, Collaboration, row.pk), secret_expires_at=NOW - timedelta(days=1))
    assert f"/c/{secret}/" not in send(seat, for_one(seat, row, "follow_up").pk).message.body


def test_a_thank_you_takes_its_step_where_all_is_paid(seat):
    row = work(seat, "paid")
    assert send(seat, for_one(seat, row, "thank_you", ALL).pk).step == "thank"
    assert find(seat, Collaboration, row.pk).state == "thanked"


def test_a_first_letter_invites_with_a_way_out(seat):
    row = work(seat, "shortlisted")
    sent = send(seat, for_one(seat, row, "outreach", ALL).pk)
    assert find(seat, Collaboration, row.pk).state == "invited"
    assert opt_out_link(row.creator) in sent.message.body


def test_who_was_not_invited_is_sent_no_page_of_their_own(seat):
    made = for_one(seat, work(seat, "shortlisted"), "follow_up")
    with pytest.raises(IllegalStep, match="no page of their own"):
        send(seat, made.pk)
    assert not rows(seat, Message).exists()


@pytest.mark.parametrize(
    ("marks", "error", "says"),
    [
        ({"opted_out_at": NOW}, NotAllowed, "does not want to be written to"),
        ({"erased_at": NOW}, NotAllowed, "was erased"),
        ({"email": ""}, BadInput, "No mail address"),
    ],
)
def test_nothing_is_sent_to_who_may_not_be_written_to(seat, marks, error, says):
    row = work(seat)
    made = for_one(seat, row)
    save(seat, row.creator, **marks)
    with pytest.raises(error, match=says):
        send(seat, made.pk)
    assert (find(seat, Collaboration, row.pk).state, rows(seat, Message).count()) == ("agreed", 0)


def test_a_campaigns_document_needs_a_creator_of_its_campaign(seat):
    made = for_all(seat, campaign(seat))
    with pytest.raises(BadInput, match="Choose whom"):
        send(seat, made.pk)
    with pytest.raises(BadInput, match="not on the document's campaign"):
        send(seat, made.pk, work(seat, of=campaign(seat, "Other")).pk)


def test_a_campaigns_brief_goes_to_all_who_agreed_and_each_is_told(seat):
    of = campaign(seat)
    ana, ben, eve = (
        work(seat, state, name, of) for state, name in (("agreed", "ana"), ("agreed", "ben"), ("live", "eve"))
    )
    save(seat, ben.creator, opted_out_at=NOW)
    came = send_to_all(seat, for_all(seat, of).pk)
    assert [(one.key, one.went) for one in came.each] == [(ana.pk, True), (ben.pk, False)]
    assert "does not want" in came.each[1].what
    assert [find(seat, Collaboration, row.pk).state for row in (ana, ben, eve)] == ["briefed", "agreed", "live"]
    assert "Ana" in rows(seat, Message).get().body


def test_only_a_campaigns_brief_goes_to_all(seat):
    row = work(seat)
    for made in (for_one(seat, row), for_all(seat, row.campaign, "renewal", ALL)):
        with pytest.raises(BadInput, match="Only a campaign's brief"):
            send_to_all(seat, made.pk)


def test_creators_read_the_brief_on_their_page_with_their_name_and_no_open_field(seat):
    row = work(seat, "agreed")
    for_all(seat, row.campaign)
    shown = words(brief_parts(seat, row))
    assert "Ana" in shown or "@ana" in shown
    assert "{" not in shown
    own = for_one(seat, row, filled={**BRIEF, "message": "Only for you."})
    reword(seat, own.pk, Rewording(title="Yours", text="Only for {creator_name}: {portal_link}"))
    assert words(brief_parts(seat, row)) == "Only for Ana: here on this page"


def test_the_portal_shows_that_brief(seat):
    row = work(seat, "agreed")
    for_all(seat, row.campaign)
    assert words(portal_page(seat, row).brief) == words(brief_parts(seat, row))


def test_a_campaigns_field_that_stays_empty_stops_its_sending_in_words(seat):
    row = work(seat, tier="mega")
    made = for_all(seat, row.campaign, filled={}, tier="mega")
    assert [name for name, _ in document_page(seat, made.pk, row.pk).checked.missing] == ["message", "call_to_action"]
    with pytest.raises(MissingValue, match="has no value"):
        send(seat, made.pk, row.pk)
    assert find(seat, Collaboration, row.pk).state == "agreed"


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_lesser_roles_read_and_write_nothing(role):
    here = place()
    row = work(here.owner)
    made = for_one(here.owner, row)
    lesser = here.seat(role)
    assert document_page(lesser, made.pk).may_write is False
    for deed in (
        lambda: for_one(lesser, row), lambda: send(lesser, made.pk), lambda: send_to_all(lesser, made.pk),
        lambda: reword(lesser, made.pk, Rewording(title="x", text="y")),
        lambda: check(lesser, made.pk, Rewording(title="x", text="y")),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match="may not do that"):
            deed()


def test_another_workspaces_documents_are_not_found(seat):
    made = for_one(seat, work(seat))
    other = place("Borealis").owner
    for ask in (document_page, printed, send, send_to_all):
        with pytest.raises(NotFound, match="no such"):
            ask(other, made.pk)
    assert list(listed(other)) == []
    with pytest.raises(NotFound, match="no such"):
        place_of(other, made.collaboration_id, None)


def test_lists_are_of_the_workspace_a_campaign_or_a_collaboration(seat):
    row = work(seat)
    for_one(seat, row), for_all(seat, row.campaign), for_all(seat, campaign(seat, "Other"))
    assert documents_page(seat).total == 3
    assert documents_page(seat, campaign=row.campaign_id).total == 2
    assert documents_page(seat, collaboration=row.pk).total == 1
