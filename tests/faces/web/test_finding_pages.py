"""Pages of finding creators: who may see them, how many questions they ask, and that hostile text stays text."""

import pytest

from asterism.desk.studio.shortlists import NewShortlist, make_shortlist
from asterism.store.ledger.models import Creator, Job, Shortlist
from asterism.store.ledger.scope import rows
from tests.finding import FOUR, with_index, with_profile
from tests.studio import campaign, collaboration, creator, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}\"'"
ANA = "/w/aurora/creators/instagram/c-ana"


@pytest.fixture
def studio():
    made = place()
    with_index(made.owner)
    return made


def text_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def test_a_viewer_searches_and_sees_no_form_to_change_anything(studio):
    text = text_of(studio.client("viewer"), "/w/aurora/discover/?country=DE&sort=engagement")
    assert "<strong>2</strong> of 4 creators" in text
    assert text.index("cyd.travels") < text.index("@ana")
    assert 'aria-label="Leave out Country: Germany"' in text
    assert "Add to shortlist" not in text
    assert "Add to shortlist" in text_of(studio.client("analyst"), "/w/aurora/discover/")


def test_figures_stand_with_range_and_denominator(studio):
    text = text_of(studio.client(), "/w/aurora/discover/?q=ben")
    for piece in ("400,000", "9%", "(2%–30%)", "of views, from peers", "(40%–80%)", "4,000 USD", "typical, assumed"):
        assert piece in text


def test_the_address_is_the_state_of_the_search(studio):
    text = text_of(studio.client(), "/w/aurora/discover/?q=food&platform=tiktok&size=100%2C000–500%2C000&most=5000")
    assert 'name="q" type="search" value="food"' in text
    assert 'value="tiktok" checked' in text
    assert 'value="5000.0"' in text
    assert '<a href="/w/aurora/discover/?q=food&amp;size=100%2C000%E2%80%93500%2C000&amp;most=5000.0"' in text


@pytest.mark.parametrize(
    "query", ["sort=luck", "page=0", "most=none", "most=-1", "most=nan", "q=" + "x" * 201, "page=x"]
)
def test_an_address_that_cannot_be_read_is_said(studio, query):
    assert "cannot be used" in text_of(studio.client(), f"/w/aurora/discover/?{query}", 422)


def test_hostile_words_and_names_are_shown_as_text(studio):
    people = [{**FOUR[0], "handle": HOSTILE, "name": HOSTILE, "niche": HOSTILE, "creator_id": HOSTILE}]
    with_index(studio.owner, people)
    client = studio.client()
    for address in (
        "/w/aurora/discover/",
        "/w/aurora/discover/",
        f"/w/aurora/discover/?niche={HOSTILE}&q=%3Cscript%3E",
    ):
        text = text_of(client, address)
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in text


def test_an_empty_catalogue_teaches_what_belongs_there():
    text = text_of(place("Borealis").client(), "/w/borealis/discover/")
    assert "No creators yet" in text
    assert "Bring creators" in text


def test_creators_are_put_on_a_new_list_and_on_one_that_stands(studio):
    client, seat = studio.client("analyst"), studio.owner
    chosen = {"creator": ["instagram:c-ana", "tiktok:c-ben"], "name": "First"}
    answer = client.post("/w/aurora/discover/add", chosen)
    made = rows(seat, Shortlist).get()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/w/aurora/shortlists/{made.pk}/")
    client.post("/w/aurora/discover/add", {"creator": "instagram:c-cyd", "shortlist": made.pk, "name": ""})
    assert made.entries.count() == 3
    assert client.post("/w/aurora/discover/add", {"name": "x"}).status_code == 422
    assert client.post("/w/aurora/discover/add", {"creator": "instagram:nobody", "name": "x"}).status_code == 404


def test_a_creators_page_shows_signals_evidence_and_what_the_workspace_knows(studio):
    with_profile(studio.owner)
    ana = creator(studio.owner, "ana")
    collaboration(studio.owner, campaign(studio.owner), ana, state="thanked")
    text = text_of(studio.client("viewer"), ANA)
    for piece in ("a usual reel is acted on by 3.1%", "Connection: 0.5 (0.4–0.6)", "12 of 30 comments", "«gin»",
                  "Spring launch", "500.00 USD", "ana@creator.test", "Working together"):  # fmt: skip
        assert piece in text
    for piece in ("Add note", "Change contact", "Wants no messages</summary>", "Add to shortlist"):
        assert piece not in text


def test_a_creator_page_waits_for_its_profile_and_says_so(studio):
    text = text_of(studio.client(), ANA)
    assert "Reading this creator in full" in text
    assert 'hx-trigger="load delay:3s"' in text
    assert "3.1%" in text
    job = rows(studio.owner, Job).get()
    Job.objects.filter(pk=job.pk).update(state="failed", error={"what": "No memory.", "fix": "Ask."})
    text = text_of(studio.client(), ANA)
    assert "No memory." in text
    assert 'hx-trigger="load' not in text
    assert studio.client().post("/w/aurora/creator-read/instagram/c-ana").status_code == 303
    assert rows(studio.owner, Job).filter(state="waiting").count() == 1


def test_an_id_with_slashes_has_its_page_and_is_no_deed(studio):
    creator(studio.owner, "odd", creator_id="a/b/note", platform="x")
    assert "@odd" in text_of(studio.client(), "/w/aurora/creators/x/a/b/note")


def test_members_write_notes_contacts_and_objections_from_the_page(studio):
    client, seat = studio.client("manager"), studio.owner
    for deed, fields in (
        ("note", {"text": HOSTILE}),
        ("contact", {"email": "ana@example.org", "source": HOSTILE}),
        ("opt-out", {"how": HOSTILE}),
    ):
        assert client.post(f"/w/aurora/creator-{deed}/instagram/c-ana", fields).status_code == 303
    kept = rows(seat, Creator).get()
    assert (kept.email, kept.opted_out_at is not None) == ("ana@example.org", True)
    text = text_of(client, ANA)
    assert "<script>alert" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}") == 4  # note, source twice, how
    assert "This creator wants no messages." in text
    assert client.post("/w/aurora/creator-opt-in/instagram/c-ana", {"how": "by letter"}).status_code == 303
    refused = client.post("/w/aurora/creator-contact/instagram/c-ana", {"email": "ana@example.org"})
    assert refused.status_code == 422
    assert "`source` is empty" in refused.content.decode()


def test_a_shortlist_is_compared_ordered_renamed_and_taken_along(studio):
    client, seat = studio.client("analyst"), studio.owner
    made = make_shortlist(seat, NewShortlist(name=HOSTILE, creator=["instagram:c-ana", "tiktok:c-ben"]))
    at = f"/w/aurora/shortlists/{made.pk}"
    first, second = made.entries.all()
    entries = "/w/aurora/shortlist-entries"
    assert client.post(f"{entries}/{second.pk}/move", {"to": "up"}).status_code == 303
    assert client.post(f"{entries}/{first.pk}/remark", {"remark": HOSTILE}).status_code == 303
    text = text_of(client, f"{at}/")
    assert text.index("@ben") < text.index("@ana")
    assert "<script>alert" not in text
    assert client.post(f"{entries}/{first.pk}/move", {"to": "sideways"}).status_code == 422
    assert client.post(f"{at}/rename", {"name": "Spring"}).status_code == 303
    csv = client.get(f"{at}/file.csv")
    assert csv.headers["Content-Disposition"] == 'attachment; filename="spring.csv"'
    assert csv.content.decode().count("\n") == 3
    assert client.get(f"{at}/file.xlsx").content[:2] == b"PK"
    assert client.post(f"{at}/together").status_code == 303
    assert "Counting people once" in text_of(client, f"{at}/")
    assert client.post(f"{entries}/{first.pk}/remove").status_code == 303
    assert client.post(f"{at}/drop").status_code == 303
    assert "No shortlists yet" in text_of(client, "/w/aurora/shortlists/")


def test_a_viewer_reads_a_shortlist_and_is_offered_no_deed(studio):
    made = make_shortlist(studio.owner, NewShortlist(name="First", creator=["instagram:c-ana"]))
    text = text_of(studio.client("viewer"), f"/w/aurora/shortlists/{made.pk}/")
    assert "@ana" in text
    for piece in ("Remove", "Make link", "Rename or take away", "Save the remark"):
        assert piece not in text


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/w/aurora/discover/?q=c", 8),
        ("/w/aurora/creators/instagram/c00", 20),
        ("/w/aurora/shortlists/", 6),
        ("/w/aurora/shortlists/{list}/", 12),
    ],
)
def test_pages_ask_the_database_a_few_questions_however_much_there_is(address, most, django_assert_max_num_queries):
    studio = place()
    people = [{**FOUR[0], "creator_id": f"c{i:02}", "handle": f"c{i:02}"} for i in range(60)]
    with_profile(with_index(studio.owner, people), creator_id="c00")
    lists = [
        make_shortlist(studio.owner, NewShortlist(name=f"L{n}", creator=[f"instagram:c{i:02}" for i in range(40)]))
        for n in range(3)
    ]
    who = rows(studio.owner, Creator).get(creator_id="c00")
    for n in range(8):
        collaboration(studio.owner, campaign(studio.owner, f"Campaign {n}"), who, state="thanked")
    client = studio.client()
    with django_assert_max_num_queries(most):
        text_of(client, address.format(list=lists[0].pk))
