"""Campaigns: listed a page at a time, made from forms and files, and taken through their course."""

import tomllib

import pytest

from asterism.brief import Brief
from asterism.desk.studio.briefs import BriefForm
from asterism.desk.studio.campaigns import (
    PER_PAGE,
    BriefWish,
    Reason,
    brief_page,
    campaign_list,
    change_brief,
    export_brief,
    import_brief,
    make_campaign,
    new_campaign,
    open_steps,
    plain,
    step,
)
from asterism.errors import BadBrief, Conflict, IllegalStep, NotAllowed, NotFound
from asterism.store.ledger.models import Brand, Campaign, Event
from tests.planned import DOCUMENT, planning
from tests.studio import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
FORM = {"name": "Spring", "goal": "conversions", "budget": "20000", "start": "2027-03-01", "weeks": 2}


@pytest.fixture
def ours():
    """A workspace with a member of each role."""
    return place()


def test_a_form_becomes_a_campaign_in_planning(ours):
    made = new_campaign(ours.seat("analyst"), BriefForm(**FORM, jurisdiction="DE", new_brand="Lumen"))
    assert (made.state, made.budget_cents, made.currency, made.goal) == ("planning", 2_000_000, "USD", "conversions")
    assert (str(made.start), str(made.end)) == ("2027-03-01", "2027-03-14")
    assert (made.brand.name, made.jurisdiction) == ("Lumen", "DE")
    assert Event.objects.filter(action="campaign.made", campaign=made.pk).count() == 1


def test_a_brand_is_made_once_and_is_the_workspaces_own_where_none_is_named(ours):
    first, second = (new_campaign(ours.owner, BriefForm(**FORM)) for _ in range(2))
    assert first.brand == second.brand
    assert first.brand.name == "Aurora"
    chosen = new_campaign(ours.owner, BriefForm(**FORM, brand=first.brand.pk))
    assert chosen.brand == first.brand
    with pytest.raises(NotFound, match="no such brand"):
        new_campaign(place("Borealis").owner, BriefForm(**FORM, brand=first.brand.pk))


def test_an_unsound_brief_makes_nothing(ours):
    with pytest.raises(BadBrief, match="goal"):
        new_campaign(ours.owner, BriefForm(**{**FORM, "goal": "fame"}))
    assert not Campaign.objects.exists()
    assert not Brand.objects.exists()


def test_the_brief_is_changed_until_the_plan_is_signed(ours):
    campaign = new_campaign(ours.owner, BriefForm(**FORM))
    change_brief(ours.owner, campaign.pk, BriefForm(**{**FORM, "budget": "9000"}))
    campaign.refresh_from_db()
    assert (campaign.budget_cents, campaign.brief["budget"]) == (900_000, "9,000.00 USD")
    Campaign.objects.update(state="signed")
    with pytest.raises(Conflict, match="as it was signed"):
        change_brief(ours.owner, campaign.pk, BriefForm(**FORM))
    assert brief_page(ours.owner, campaign.pk).fixed


def test_a_brief_goes_out_as_toml_and_comes_back_as_the_same(ours):
    campaign = planning(ours.owner)
    name, text = export_brief(ours.seat("viewer"), campaign.pk)
    assert tomllib.loads(text) == DOCUMENT
    again = import_brief(ours.owner, text.encode())
    assert (name, again.brief) == ("Spring launch", DOCUMENT)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe\x00", "not text"),
        (b"x" * 100_001, "too long"),
        (b"goal = ", "line 1"),
        (b"gaol = 1", "unknown field"),
    ],
    ids=["binary", "long", "cut off", "misspelt"],
)
def test_a_file_that_is_no_brief_is_refused(ours, content, says):
    with pytest.raises(BadBrief, match=says):
        import_brief(ours.owner, content)


def test_a_document_says_only_what_was_said():
    document = {"goal": "awareness", "budget": "1000 USD", "blackout": ["2027-03-05"], "start": "2027-03-01",
                "limits": {"tier_share": {"micro": {"min": 0.2}}}, "tier_scheme": {"small": 0.0}}  # fmt: skip
    made = plain(Brief(**document))
    assert made == {**document, "budget": "1,000.00 USD", "blackout": [{"from": "2027-03-05", "to": "2027-03-05"}]}
    assert plain(Brief(**made)) == made


COURSE = [
    ("planning", "start", None), ("signed", "start", "running"), ("running", "finish", "done"),
    ("signed", "finish", None), ("planning", "cancel", "cancelled"), ("running", "cancel", "cancelled"),
    ("done", "cancel", None), ("cancelled", "start", None),
]  # fmt: skip


@pytest.mark.parametrize(("state", "name", "after"), COURSE, ids=[f"{s} {n}" for s, n, _ in COURSE])
def test_the_course_of_a_campaign(ours, state, name, after):
    campaign = planning(ours.owner)
    Campaign.objects.update(state=state)
    if after is None:
        with pytest.raises(IllegalStep, match="does not follow"):
            step(ours.seat("manager"), campaign.pk, name, Reason(reason="why"))
    else:
        step(ours.seat("manager"), campaign.pk, name, Reason(reason="why"))
    campaign.refresh_from_db()
    assert campaign.state == (after or state)


def test_a_campaign_is_cancelled_with_a_reason_by_somebody_who_runs_campaigns(ours):
    campaign = planning(ours.owner)
    with pytest.raises(BadBrief, match="without a reason"):
        step(ours.owner, campaign.pk, "cancel", Reason())
    with pytest.raises(NotAllowed, match="analyst"):
        step(ours.seat("analyst"), campaign.pk, "cancel", Reason(reason="why"))
    with pytest.raises(Conflict, match="signed by its draft"):
        step(ours.owner, campaign.pk, "sign", Reason())
    step(ours.owner, campaign.pk, "cancel", Reason(reason="The product is late."))
    assert Campaign.objects.get(pk=campaign.pk).remark == "The product is late."
    assert "late" not in str(Event.objects.get(action="campaign.cancel").facts)


def test_signing_is_not_offered_as_a_plain_step(ours):
    assert [each.name for each in open_steps(planning(ours.owner))] == ["cancel"]


def test_two_hundred_campaigns_are_listed_a_page_at_a_time(ours, django_assert_max_num_queries):
    brand = Brand.objects.create(workspace=ours.owner.workspace, name="Lumen", made_at=ours.owner.now)
    common = {"workspace": ours.owner.workspace, "made_at": ours.owner.now, "brand": brand, "goal": "profit",
              "currency": "USD", "budget_cents": 100}  # fmt: skip
    Campaign.objects.bulk_create(
        Campaign(**common, name=f"Campaign {n:03}", state="running" if n % 4 else "done", plan={"x": 1})
        for n in range(200)
    )
    planning(place("Borealis").owner)
    with django_assert_max_num_queries(4):
        first = campaign_list(ours.seat("viewer"))
        assert [c.brand.name for c in first.campaigns] == ["Lumen"] * PER_PAGE
    assert (first.pages, first.found, first.campaigns[0].name) == (8, 200, "Campaign 199")
    assert campaign_list(ours.owner, number=99).number == 8
    assert campaign_list(ours.owner, "done").found == 50
    assert {c.name for c in campaign_list(ours.owner, query="17").campaigns} == {"Campaign 017", "Campaign 117"} | {
        f"Campaign 17{n}" for n in range(10)
    }
    assert campaign_list(ours.owner, query="lumen").found == 200
    assert campaign_list(ours.owner, "nonsense").found == 200
    assert "plan" in first.campaigns[0].get_deferred_fields()


def test_a_brief_over_the_api_is_the_same_brief(ours):
    made = make_campaign(ours.owner, BriefWish(brief=DOCUMENT, new_brand="Lumen"))
    assert made.brief == DOCUMENT
    assert made.name == DOCUMENT["name"]
