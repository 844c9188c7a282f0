"""Learning on its pages: taught where empty, answered first, changed by who may, and nothing in it is trusted."""

import pytest

from asterism.store.ledger.models import Belief, Closing, Job, Rate
from asterism.store.ledger.scope import add
from tests.learnt import CLICKS, HOSTILE, UPDATE, few, taught, version
from tests.planned import planning
from tests.studio import campaign, collaboration, creator, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
PAGES = ("", "rebooking", "waves", "experiments")


@pytest.fixture
def here():
    return place()


def read(client, rest="", status=200):
    answer = client.get(f"/w/aurora/learning/{rest}")
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode()


@pytest.mark.parametrize(
    ("rest", "teaches"),
    [
        ("", "Your own results move the benchmarks"),
        ("rebooking", "Who earned it stands here"),
        ("waves", "Nobody knows the best tier beforehand"),
        ("experiments", "Not every doubt is worth its test"),
    ],
    ids=PAGES,
)
def test_an_empty_page_teaches(here, rest, teaches):
    shown = read(here.client("viewer"), rest)
    assert teaches in shown
    assert "<form" not in shown.split("<main")[1]


def test_learning_and_adopting_go_by_buttons(here, at_once):
    taught(here.owner)
    client = here.client("analyst")
    assert client.post("/w/aurora/learning/learn").url == "/w/aurora/learning/"
    shown = read(client)
    assert "still use the shipped benchmarks" in shown
    assert "Use version 1" in shown
    key = Belief.objects.get().pk
    assert client.post(f"/w/aurora/learning/beliefs/{key}/adopt").status_code == 303
    assert "use version 1, learnt on" in read(client)
    assert client.post("/w/aurora/learning/shipped").status_code == 303
    assert not Belief.objects.get().in_use
    assert Belief.objects.get().entries == client.get(f"/w/aurora/learning/beliefs/{key}.json").json()


def test_work_that_goes_on_or_stopped_stands_on_the_page(here):
    taught(here.owner)
    add(here.owner, Job, kind="learn", state="running", share=0.4)
    assert "Learning from your results" in read(here.client())
    add(here.owner, Job, kind="wave", state="failed", error={"what": "Nobody can be booked for 1.", "fix": "More."})
    assert "Nobody can be booked for 1." in read(here.client(), "waves")


def test_who_only_looks_sees_everything_and_changes_nothing(here, at_once):
    made = version(taught(here.owner))
    assert here.client("analyst").post("/w/aurora/learning/waves/plan", {"budget": "900"}).status_code == 303
    client = here.client("viewer")
    for rest in PAGES:
        assert '<form method="post"' not in read(client, rest).split("<main")[1]
    assert "Save as CSV" in read(client, "waves")
    for deed in ("learn", "shipped", f"beliefs/{made.pk}/adopt", "waves/plan"):
        assert client.post(f"/w/aurora/learning/{deed}").status_code == 403


def test_hostile_text_is_shown_as_text(here, at_once):
    name = f"niche.click.{HOSTILE}"
    moved = {**UPDATE, "name": name, "evidence": HOSTILE}
    version(here.owner, entries={**CLICKS, name: {"median": 1.1, "low": 0.9, "high": 1.3}},
            told={"updates": [moved], "widths": [HOSTILE]}, in_use=True)  # fmt: skip
    people = few()["creators"].to_pylist()
    people[0]["handle"] = HOSTILE
    taught(here.owner, creators=few()["creators"].from_pylist(people, few()["creators"].schema))
    booked = {"creator_id": HOSTILE, "tier": HOSTILE, "cost": 1.0, "reason": HOSTILE, "chance": 0.5,
              "orders": {"mean": 1.0, "low": 0.0, "high": 2.0}}  # fmt: skip
    result = {"allocations": [booked], "spent": 1.0, "budget": 2.0, "tiers": {HOSTILE: 1.0}}
    add(here.owner, Job, kind="wave", state="done", result=result, asks={"budget": 2.0})
    planning(here.owner, HOSTILE).drafts.create(workspace=here.owner.workspace, made_at=here.owner.now, number=1)
    read(here.client(), "rebooking")  # asks for the work
    for rest in PAGES:
        shown = read(here.client(), rest)
        assert "&lt;script&gt;alert(1)" in shown, rest
        assert "<script>alert" not in shown
        assert "49" not in shown.split("<main")[1].split("{{ 7*7 }}")[0][-20:]


def test_pages_ask_few_questions_with_many_rows(here, at_once, django_assert_max_num_queries):
    seat, of = taught(here.owner), campaign(here.owner)
    for n in range(24):
        collaboration(seat, of, creator(seat, f"kind.{n:02d}", creator_id=f"k-{n:02d}"), "paid", 2)
        version(seat, n + 1)
        add(seat, Closing, campaign=of, number=n + 1, rule="last_click 1")
        add(seat, Job, kind="wave", state="failed", error={"what": "No.", "fix": "Yes."})
    client = here.client("viewer")
    for rest in PAGES:
        read(client, rest)
        with django_assert_max_num_queries(12):
            read(client, rest)


def test_without_an_exchange_rate_a_wave_is_not_asked_for_and_the_page_says_why(here):
    taught(here.owner)
    here.owner.workspace.currency = "SEK"
    here.owner.workspace.save()
    shown = read(here.client(), "waves").split("<main")[1]
    assert "No exchange rate is known for SEK" in shown
    assert 'action="/w/aurora/learning/waves/plan"' not in shown
    add(here.owner, Rate, currency="SEK", on=here.owner.today, usd="0.125")
    shown = read(here.client(), "waves").split("<main")[1]
    assert "Budget of this wave, SEK" in shown
    assert 'value="40000"' in shown
