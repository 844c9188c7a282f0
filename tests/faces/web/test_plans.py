"""The pages of campaigns and plans: a brief is typed, a plan is read, changed, compared, taken away and signed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from asterism.store.catalogue import Catalogue
from asterism.store.ledger.models import Brand, Campaign, Collaboration, Job, PlanDraft
from asterism.store.ledger.places import catalogue_of
from asterism.store.ledger.scope import add
from tests.planned import DOCUMENT, drafted, market, planned, planning
from tests.studio import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
TYPED = {"name": "Spring", "goal": "conversions", "budget": "20000", "currency": "USD", "niche": "fashion, beauty"}


@pytest.fixture
def ours():
    """A workspace with a member of each role."""
    return place()


@pytest.fixture
def campaign(ours):
    """A campaign with two drafts of its plan."""
    made = planning(ours.owner)
    drafted(ours.owner, made)
    drafted(ours.owner, made, 2, why="Without @bo", locked=[planned()[0].picks[0].creator_id], excluded=["c-gone"])
    return made


def at(ours, campaign, rest=""):
    """The address of the plan's page."""
    return f"/w/{ours.slug}/campaigns/{campaign.pk}/plan{rest}"


def text(answer):
    """The page, which must be one."""
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def test_from_the_sample_brief_to_a_first_plan(ours, at_once):
    catalogue = Catalogue(catalogue_of(ours.owner.workspace))
    for kind in ("creators", "posts", "rates"):
        catalogue.upsert(kind, getattr(market(), kind))
    client = ours.client("analyst")
    form = text(client.get(f"/w/{ours.slug}/campaigns/new?start=sample"))
    assert 'value="20000"' in form
    answer = client.post(f"/w/{ours.slug}/campaigns/make", {**TYPED, "genders": ["female"]}, follow=True)
    page = text(answer)
    assert PlanDraft.objects.get().plan["verdict"]["sentence"] in page
    assert "Sign this plan" not in page  # an analyst plans, a manager signs
    assert "Whom to choose, in this order" in page


def test_a_brief_may_wait_for_creators(ours):
    page = text(ours.client().post(f"/w/{ours.slug}/campaigns/make", TYPED, follow=True))
    assert "A plan needs creators" in page
    assert Campaign.objects.get().brief["niche"] == ["fashion", "beauty"]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"budget": "a lot"}, "budget"), ({"name": ""}, "name"), ({"weeks": "many"}, "weeks"), ({"goal": "fame"}, "goal")],
    ids=str,
)
def test_an_error_names_the_field_it_is_about(ours, change, field):
    answer = ours.client().post(f"/w/{ours.slug}/campaigns/make", {**TYPED, **change}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert f'data-field="{field}"' in answer.content.decode()
    assert not Campaign.objects.exists()


def test_a_brief_goes_out_and_comes_in_as_a_file(ours, campaign):
    client = ours.client("analyst")
    file = client.get(f"/w/{ours.slug}/campaigns/{campaign.pk}/brief.toml")
    assert 'filename="Spring launch.toml"' in file.headers["Content-Disposition"]
    answer = client.post(
        f"/w/{ours.slug}/campaigns/import", {"file": SimpleUploadedFile("b.toml", file.content)}, follow=True
    )
    assert "Brief of Spring launch" in text(answer)
    assert Campaign.objects.first().brief == DOCUMENT


def test_the_plan_stands_with_its_verdict_first_and_everything_under_it(ours, campaign):
    page = text(ours.client().get(at(ours, campaign)))
    plan = planned()[0]
    assert page.index(plan.verdict.sentence) < page.index("Alternatives") < page.index("Whom to choose, in this order")
    for said in ("certificate", "Sign this plan", "Against draft 1", "Unlock", "Let in again", "side by side"):
        assert said in page
    assert page.count("Exclude</button>") == len(plan.picks)
    assert "<style" not in page
    assert " style=" not in page


def test_a_viewer_reads_the_plan_and_changes_nothing(ours, campaign):
    page = text(ours.client("viewer").get(at(ours, campaign)))
    for verb in ("Exclude</button>", "Sign this plan", "Unlock", "Plan again"):
        assert verb not in page
    there = f"/w/{ours.slug}/campaigns/{campaign.pk}/experiments"
    assert f'<a href="{there}">What would change the answer?</a>' in page


def test_evidence_and_comparison_have_pages_of_their_own(ours, campaign):
    client = ours.client("viewer")
    assert "What draft 2 rests on" in text(client.get(at(ours, campaign, "/2/evidence")))
    assert "Only in draft 1" in text(client.get(at(ours, campaign, "/1/against/2")))
    assert client.get(at(ours, campaign, "/7")).status_code == 404
    assert client.get(at(ours, campaign, "/1/against/7")).status_code == 404


@pytest.mark.parametrize("kind", ["html", "xlsx", "json", "ics"])
def test_a_draft_is_saved_as_a_file_and_never_shown_in_place(ours, campaign, kind):
    answer = ours.client("viewer").get(at(ours, campaign, f"/1/as/{kind}"))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="Spring launch draft 1.{kind}"')


def test_a_plan_is_signed_once(ours, campaign):
    client = ours.client("manager")
    answer = client.post(at(ours, campaign, "/2/sign"))
    assert (answer.status_code, answer.url) == (303, f"/w/{ours.slug}/campaigns/{campaign.pk}/")
    assert Collaboration.objects.filter(campaign=campaign).count() == len({p.creator_id for p in planned()[0].picks})
    assert client.post(at(ours, campaign, "/1/sign")).status_code == 409
    page = text(client.get(at(ours, campaign)))
    assert "signed" in page
    assert "Sign this plan" not in page


def test_while_a_plan_is_made_the_page_says_how_far_and_what_the_change_comes_to(ours, campaign):
    add(ours.owner, Job, kind="plan", campaign=campaign, state="running", share=0.5, what="Comparing the alternatives",
        asks={"estimate": "That alone comes to about 90 buyers."})  # fmt: skip
    page = text(ours.client().get(at(ours, campaign)))
    assert "Comparing the alternatives, 50%" in page
    assert "about 90 buyers" in page
    assert "Exclude</button>" not in page


def test_a_plan_that_failed_says_why(ours, campaign):
    add(
        ours.owner,
        Job,
        kind="plan",
        campaign=campaign,
        state="failed",
        error={"what": "No creator fits.", "fix": "Widen."},
    )
    assert "No creator fits." in text(ours.client().get(at(ours, campaign)))


def test_hostile_names_are_text(ours):
    evil = "<script>alert(1)</script>{{ 7*7 }}\"'"
    made = planning(ours.owner, evil)
    draft = drafted(ours.owner, made, why=evil, locked=[evil])
    draft.page["picks"][0] |= {"handle": evil, "about": [evil], "reasons": [evil]}
    swap = {"creator_id": evil, "handle": evil, "about": evil, "adds": "1", "fee": "1", "package": evil}
    draft.page["picks"][0]["swaps"] = [swap]
    draft.page |= {"sentence": evil, "names": {evil: evil}}
    draft.save()
    Brand.objects.update(name=evil)
    client = ours.client()
    for address in (at(ours, made), at(ours, made, "/1/against/1"), f"/w/{ours.slug}/campaigns", f"/w/{ours.slug}/",
                    f"/w/{ours.slug}/campaigns/{made.pk}/brief"):  # fmt: skip
        page = text(client.get(address))
        assert "<script>alert" not in page
        assert "49" not in page.replace("2049", "") or "{{ 7*7 }}" in page


def test_pages_ask_few_questions_with_many_rows(ours, campaign, django_assert_max_num_queries):
    for number in range(3, 30):
        drafted(ours.owner, campaign, number)
    for n in range(40):
        planning(ours.owner, f"Campaign {n}")
    client = ours.client()
    rest = {"": 16, "/campaigns": 8, f"/campaigns/{campaign.pk}/brief": 8}
    addresses = {at(ours, campaign): 12, at(ours, campaign, "/1/against/2"): 8}
    addresses |= {f"/w/{ours.slug}{path or '/'}": most for path, most in rest.items()}
    for address, most in addresses.items():
        with django_assert_max_num_queries(most):
            text(client.get(address))


def test_a_campaign_is_started_closed_and_cancelled_by_who_runs_it(ours, campaign):
    client = ours.client("manager")
    step = f"/w/{ours.slug}/campaigns/{campaign.pk}/step"
    assert client.post(f"{step}/start").status_code == 409
    assert "Start the campaign" not in text(client.get(at(ours, campaign)))
    client.post(at(ours, campaign, "/1/sign"))
    assert "Start the campaign" in text(client.get(at(ours, campaign)))
    assert "Start the campaign" not in text(ours.client("viewer").get(at(ours, campaign)))
    assert client.post(f"{step}/start").status_code == 303
    assert client.post(f"{step}/cancel").status_code == 422
    assert client.post(f"{step}/cancel", {"reason": "The product is late."}).status_code == 303
    assert Campaign.objects.get(pk=campaign.pk).state == "cancelled"
    assert ours.client("analyst").post(f"{step}/finish").status_code == 403
