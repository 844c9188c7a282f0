"""Pages of the board, a collaboration, its terms and the creator: what they say, to whom, at what cost, and safely."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from asterism.desk.studio.agreements import draft, offer
from asterism.desk.studio.drafting import TermsWish
from asterism.desk.studio.invitations import Invitation, invite
from asterism.store.ledger.models import Agreement, Collaboration, Cost, LivePost, Message, Note, PrivacyRequest
from asterism.store.ledger.scope import add, find, rows, save
from tests.studio import NOW, campaign, collaboration, creator, place

pytestmark = pytest.mark.django_db
SITE = "https://studio.test"
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} \"'&"
SHOWN = "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} &#34;&#39;&amp;"
STATES = ("shortlisted", "invited", "negotiating", "agreed", "briefed", "draft", "approved", "scheduled", "live",
          "measured", "paid", "thanked", "declined", "paused", "cancelled")  # fmt: skip


@pytest.fixture
def here():
    return place()


def crowd(seat, of, each=1):
    """Collaborations in every state."""
    many = [
        collaboration(seat, of, creator(seat, f"{state}{n}"), state, paused_from="agreed" if state == "paused" else "")
        for state in STATES
        for n in range(each)
    ]
    for row in many:
        save(seat, row, state_since=seat.now - timedelta(days=60))
    return many


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """The clock of these tests."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def invited(seat, row, wish=Invitation()):  # noqa: B008 — never changed
    """The address of a creator's page, after an invitation."""
    return invite(seat, row.pk, wish, SITE).link.removeprefix(SITE)


def text(answer):
    return answer.content.decode()


def board(here, of, query=""):
    return here.client("viewer").get(f"/w/aurora/campaigns/{of.pk}/{query}")


def test_an_empty_board_teaches(here):
    assert "Nobody stands here yet" in text(board(here, campaign(here.owner)))


def test_the_board_answers_in_one_sentence_and_shows_everybody_in_their_column(here):
    of = campaign(here.owner)
    crowd(here.owner, of)
    add(here.owner, Cost, campaign=of, kind="product", currency="USD", cents=12_345, on=here.owner.now.date())
    add(here.owner, Cost, campaign=of, kind="product", currency="EUR", cents=99, on=here.owner.now.date())
    said = text(board(here, of))
    assert "9 of 15 agreed, 4 live; 9 are late. 4,623.45 USD of 20,000.00 USD promised." in said
    assert "Besides, in other currencies: 0.99 EUR" in said
    for name in ("Shortlisted", "Invited and negotiating", "Paid and thanked", "Off"):
        assert f">{name} <span" in said
    assert said.count('<li class="card">') == 15
    assert "late by" in said
    assert "nobody is late" not in said


def test_a_campaign_that_promised_too_much_says_so(here):
    of = campaign(here.owner, budget_cents=10_000)
    collaboration(here.owner, of, state="agreed")
    assert "promised: more than there is." in text(board(here, of))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?view=table", 15),
        ("?view=table&state=draft", 1),
        ("?view=table&late=true", 9),
        ("?view=table&tier=micro&sort=name", 15),
        ("?view=table&tier=mega", 0),
        ("?state=live", 1),
        ("?view=table&page=99", 15),
    ],
)
def test_the_table_is_filtered_and_sorted(here, query, names):
    of = campaign(here.owner)
    crowd(here.owner, of)
    said = text(board(here, of, query))
    assert said.count('<th scope="row">') + said.count('<li class="card">') == names
    assert ("Nobody fits these filters" in said) == (names == 0)


def test_sorting_puts_the_highest_fee_first_and_pages_stay_short(here):
    of = campaign(here.owner)
    for n in range(51):
        collaboration(here.owner, of, creator(here.owner, f"c{n:02}"), fee_cents=n)
    first = text(board(here, of, "?view=table&sort=fee"))
    assert first.index("C50") < first.index("C49") < first.index("C01")
    assert "C00" not in first
    assert "C00" in text(board(here, of, "?view=table&sort=fee&page=2"))


@pytest.mark.parametrize("query", ["?view=cake", "?page=0", "?phase=x", "?page=-1"])
def test_a_filter_that_makes_no_sense_is_said_to_be(here, query):
    assert board(here, campaign(here.owner), query).status_code == 422


def test_the_board_offers_steps_to_those_who_may_take_them(here):
    of = campaign(here.owner)
    collaboration(here.owner, of, state="agreed")
    where = f"/w/aurora/campaigns/{of.pk}/"
    assert "Send the brief" in text(here.client("manager").get(where))
    assert "Send the brief" not in text(here.client("viewer").get(where))


def test_a_step_from_the_board_leads_back_to_it_and_a_second_press_is_answered_once(here):
    of = campaign(here.owner)
    row = collaboration(here.owner, of, state="agreed")
    client = here.client("manager")
    said = text(client.get(f"/w/aurora/campaigns/{of.pk}/"))
    once = re.search(r'name="once" value="([^"]+)"', said).group(1)
    form = {"step": "brief", "from": "board", "once": once}
    for _ in range(2):
        answer = client.post(f"/w/aurora/collaborations/{row.pk}/step", form)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/w/aurora/campaigns/{of.pk}/")
    refused = client.post(f"/w/aurora/collaborations/{row.pk}/step", {"step": "brief"})
    assert refused.status_code == 409
    assert "does not follow" in text(refused)


def test_several_are_stepped_and_each_is_told(here):
    of = campaign(here.owner)
    ana = collaboration(here.owner, of, creator(here.owner, "ana"), "agreed")
    ben = collaboration(here.owner, of, creator(here.owner, "ben"), "draft")
    said = text(
        here.client("manager").post("/w/aurora/collaborations/step", {"keys": [ana.pk, ben.pk], "step": "brief"})
    )
    assert "Send the brief: 1 of 2 went" in said
    assert "does not follow «draft»" in said
    empty = here.client("manager").post("/w/aurora/collaborations/step", {"step": "brief"})
    assert empty.status_code == 422


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ["viewer", "manager"])
def test_a_collaboration_says_where_it_stands(here, state, role):
    row = collaboration(here.owner, state=state, paused_from="agreed" if state == "paused" else "",
                        pick={"reasons": ["Reaches 12,000 people nobody else does"]})  # fmt: skip
    said = text(here.client(role).get(f"/w/aurora/collaborations/{row.pk}/"))
    assert "Reaches 12,000 people nobody else does" in said
    assert ("What may be done now" in said) == (role == "manager" and state not in ("thanked", "cancelled"))
    assert "500.00 USD" in said


def test_what_a_step_lacks_is_said_instead_of_offering_it(here):
    row = collaboration(here.owner, state="measured")
    said = text(here.client("manager").get(f"/w/aurora/collaborations/{row.pk}/"))
    assert "Record as paid: No payment is approved by a second person." in said
    assert 'name="step" value="pay"' not in said


def test_the_invitation_shows_the_letter_and_the_link_once(here):
    row = collaboration(here.owner)
    client = here.client("manager")
    assert "made-when-sent" in text(client.get(f"/w/aurora/collaborations/{row.pk}/invitation"))
    seen = {"message": "Your films are calm", "see": "true"}
    before = text(client.post(f"/w/aurora/collaborations/{row.pk}/invite", seen))
    assert find(here.owner, Collaboration, row.pk).state == "shortlisted"
    assert "Your films are calm" in before
    assert "made-when-sent" in before
    link = re.search(r'id="link">([^<]+)<', text(client.post(f"/w/aurora/collaborations/{row.pk}/invite"))).group(1)
    assert link.startswith("http://testserver/c/")
    page = text(client.get(f"/w/aurora/collaborations/{row.pk}/"))
    assert link not in page
    assert "/c/…" in page, "the letter is shown without the secret"
    assert Client().get(link.removeprefix("http://testserver")).status_code == 200


def test_terms_go_from_draft_to_offer_to_the_creators_yes(here):
    row = collaboration(here.owner)
    secret = invited(here.seat("manager"), row)
    client, anyone = here.client("manager"), Client(enforce_csrf_checks=True)
    assert "500.00" in text(client.get(f"/w/aurora/collaborations/{row.pk}/terms"))
    form = {"fee": "650", "gift": "", "usage_months": "3", "usage_channels": "website", "exclusivity_months": "",
            "competitors": "", "payment_days": "14", "approval_rounds": "2", "message": "", "action": ""}  # fmt: skip
    drafted = client.post(f"/w/aurora/collaborations/{row.pk}/terms/draft", form)
    made = rows(here.owner, Agreement).get()
    assert drafted.headers["Location"] == f"/w/aurora/agreements/{made.pk}/"
    assert (made.fee_cents, made.terms["payment_days"]) == (65_000, 14)
    assert "Reword the text" in text(client.get(f"/w/aurora/agreements/{made.pk}/"))
    assert "Reword the text" not in text(here.client("viewer").get(f"/w/aurora/agreements/{made.pk}/"))
    assert "not written yet" in text(anyone.get(secret))
    client.post(f"/w/aurora/agreements/{made.pk}/offer")
    shown = text(anyone.get(secret))
    assert made.hash in shown
    assert "Accept these terms" in shown
    stale = anyone.post(f"{secret}accept", {"number": "1", "hash": "0" * 64, "name": "Ana Ruiz"})
    assert (stale.status_code, "terms changed" in text(stale)) == (409, True)
    accepted = anyone.post(f"{secret}accept", {"number": "1", "hash": made.hash, "name": "Ana Ruiz"})
    assert (accepted.status_code, accepted.headers["Location"]) == (303, "./")
    assert find(here.owner, Collaboration, row.pk).state == "agreed"
    assert "Version 1 accepted" in text(anyone.get(secret))
    assert "Ana Ruiz" in text(client.get(f"/w/aurora/collaborations/{row.pk}/"))
    pdf = client.get(f"/w/aurora/agreements/{made.pk}/terms.pdf")
    assert (pdf.headers["Content-Type"], pdf.content[:4]) == ("application/pdf", b"%PDF")
    assert anyone.get(f"{secret}terms.pdf").content == pdf.content


def test_a_signed_paper_is_shown_as_recorded_by_a_member(here):
    seat = here.seat("manager")
    row = collaboration(seat, state="negotiating")
    made = offer(seat, draft(seat, row.pk, TermsWish()).pk)
    client = here.client("manager")
    client.post(f"/w/aurora/agreements/{made.pk}/record", {"name": "Ana Ruiz", "how": "signed paper"})
    assert "recorded by a member on the creator's behalf" in text(client.get(f"/w/aurora/agreements/{made.pk}/"))
    assert "recorded by a member" in text(client.get(f"/w/aurora/collaborations/{row.pk}/"))


@pytest.fixture
def portal(here):
    """The address of a creator's page."""
    row = collaboration(here.owner, fee_cents=77_700)
    return invited(here.seat("manager"), row)


def test_the_creators_page_leaks_no_address_and_leads_nowhere_else(here, portal):
    for path in ("", "data"):
        answer = Client().get(portal + path)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert not re.findall(r'href="(/w/|/workspaces|/")', text(answer))
        assert "Sign out" not in text(answer)


def test_a_creator_asks_declines_and_ends_messages(here, portal):
    anyone = Client(enforce_csrf_checks=True)
    assert anyone.post(f"{portal}ask", {"text": "Is one reel enough?"}).headers["Location"] == "./#ask"
    assert rows(here.owner, Message).filter(state="received").count() == 1
    assert anyone.post(f"{portal}decline", {}).status_code == 303
    assert "You said no, and that is fine" in text(anyone.get(portal))
    assert anyone.post(f"{portal}opt-out").headers["Location"] == "data"
    assert "No more messages" in text(anyone.get(f"{portal}data"))
    anyone.post(f"{portal}request", {"kind": "erasure"})
    assert rows(here.owner, PrivacyRequest).get().kind == "erasure"
    assert "Being looked at" in text(anyone.get(f"{portal}data"))


def test_a_form_of_the_creator_sent_twice_is_answered_once(here, portal):
    once = re.search(r'name="once" value="([^"]+)"', text(Client().get(portal))).group(1)
    for _ in range(2):
        assert Client().post(f"{portal}ask", {"text": "When?", "once": once}).headers["Location"] == "./#ask"
    assert rows(here.owner, Message).filter(state="received").count() == 1


@pytest.mark.parametrize("path", ["", "data", "terms.pdf"])
def test_a_wrong_link_opens_nothing_and_an_ended_one_says_so(here, portal, path):
    assert Client().get(f"/c/wrong/{path}").status_code == 404
    save(here.owner, rows(here.owner, Collaboration).get(), secret_expires_at=here.owner.now - timedelta(days=30))
    answer = Client().get(portal + path)
    assert answer.status_code == 404
    assert "This link is no longer open" in text(answer)


@pytest.mark.parametrize("path", ["accept", "decline", "ask", "opt-out", "request"])
def test_reading_an_address_does_nothing(portal, path):
    assert Client().get(portal + path).status_code == 405


def test_hostile_words_are_shown_as_words(here):
    seat = here.owner
    of = campaign(seat, name=HOSTILE)
    who = creator(seat, name=HOSTILE, niche=HOSTILE)
    row = collaboration(seat, of, who, package=HOSTILE, pick={"reasons": [HOSTILE]})
    secret = invited(seat, row, Invitation(message=HOSTILE))
    made = offer(seat, draft(seat, row.pk, TermsWish(message=HOSTILE)).pk)
    add(seat, Note, creator=who, collaboration=row, text=HOSTILE)
    Client().post(f"{secret}ask", {"text": HOSTILE})
    client = here.client()
    for where in (
        f"/w/aurora/campaigns/{of.pk}/",
        f"/w/aurora/campaigns/{of.pk}/?view=table",
        f"/w/aurora/collaborations/{row.pk}/",
        f"/w/aurora/collaborations/{row.pk}/invitation",
        f"/w/aurora/agreements/{made.pk}/",
        secret,
        f"{secret}data",
    ):
        said = text(client.get(where))
        assert "<script>alert" not in said, where
        assert "49" not in re.sub(r'(value|href|src|action)="[^"]*"|>[0-9a-f]{64}<', "", said).replace("7*7", ""), where
        assert SHOWN in said, where


def test_pages_ask_a_bounded_number_of_queries(here, django_assert_max_num_queries):
    of = campaign(here.owner)
    many = crowd(here.owner, of, 14)
    row = many[60]
    for post in row.deliverables.all():
        for n in range(5):
            add(here.owner, LivePost, deliverable=post, url=f"https://x.test/{n}", posted_at=here.owner.now)
    for n in range(30):
        add(here.owner, Message, creator=row.creator, collaboration=row, kind="reply", body="x", subject=str(n))
        add(here.owner, Note, creator=row.creator, collaboration=row, text="x", by=here.owner.user)
    client = here.client()
    for where, most in (
        (f"/w/aurora/campaigns/{of.pk}/", 10),
        (f"/w/aurora/campaigns/{of.pk}/?view=table", 10),
        (f"/w/aurora/collaborations/{row.pk}/", 22),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(where).status_code == 200
    assert "The first 200 of 210" in text(client.get(f"/w/aurora/campaigns/{of.pk}/"))
