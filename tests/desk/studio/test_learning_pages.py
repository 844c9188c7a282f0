"""Pages of learning: the answer in a sentence, rebooking with conduct, waves, scorecard, experiments."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pyarrow as pa
import pytest

from asterism.creators.tables import OUTCOMES
from asterism.desk.studio.experiments import experiments, experiments_page
from asterism.desk.studio.learning_page import learning_page
from asterism.desk.studio.rebooking import rebooking, rebooking_page
from asterism.desk.studio.scorecard_page import scorecard, scored
from asterism.desk.studio.waves import WaveWish, plan_wave, wave, wave_file, waves_page
from asterism.errors import BadInput, Conflict, NotAllowed, NotFound, UnknownCurrency
from asterism.measurement.scorecard import FORECASTS, NOTHING
from asterism.reports.belief_words import answer, changed
from asterism.store.catalogue import Catalogue
from asterism.store.ledger.forgetting import forget_creator
from asterism.store.ledger.models import Job, LivePost, PlanDraft, Rate
from asterism.store.ledger.places import catalogue_of, shelf_of
from asterism.store.ledger.scope import add, rows
from tests.learnt import UPDATE, few, taught, version
from tests.planned import planning
from tests.studio import NOW, campaign, collaboration, creator, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def seat():
    return place().owner


def told(*updates, **fields):
    return {"campaigns": 3, "creators": 12, "updates": [{**UPDATE, **each} for each in updates], **fields}


DEARER = {"name": "fee.instagram.post", "followers": 42_000.0, "after": {"mean": 0.01584}}
"""12% below what was believed."""


@pytest.mark.parametrize(
    ("evidence", "says"),
    [
        (told({}), "After 3 campaigns: clicks per person reached came out 40% higher than the benchmark."),
        (
            told({}, DEARER),
            "came out 40% higher than the benchmark, fees of micro creators on Instagram 12% lower.",
        ),
        (
            told({"after": {"mean": 0.045}}),
            "After 3 campaigns: clicks per person reached came out 2.5 times as high as the benchmark.",
        ),
        (told({"weight": 0.2}, {"used": False}, {"name": "post_log_sd"}), "the benchmarks hold"),
        (told(campaigns=0), "From 12 creators, the benchmarks hold"),
        (told(campaigns=1), "After 1 campaign, the benchmarks hold"),
    ],
    ids=["one", "two", "a multiple", "unsure, unused or of scatter", "no campaign", "one campaign"],
)
def test_the_first_sentence_says_what_is_known_now(evidence, says):
    assert says in answer(evidence)


def test_a_change_of_hardly_anything_is_none():
    assert [changed(x) for x in (1.02, 0.96, 3.0)] == ["as shipped", "4% lower", "3 times"]


def test_entries_stand_before_and_after_with_evidence_and_weight(seat):
    version(seat, told=told({"unit": "share"}, {"name": "niche.click.beauty"}, {"used": False}))
    page = learning_page(seat)
    (one,) = page.main
    assert (one.what, one.before, one.after, one.after_range) == ("Clicks per person reached", "1.8%", "2.52%", "2–3%")
    assert (one.evidence, one.when, one.weight) == (
        "38 results of 20 creators in 6 campaigns",
        "Jan 2026 to Sep 2026",
        "74%",
    )
    assert [len(part) for part in (page.groups, page.others, page.noted)] == [1, 0, 1]


def test_the_version_in_use_speaks_even_where_many_are_newer(seat):
    version(seat, in_use=True)
    for number in range(2, 24):
        version(seat, number)
    page = learning_page(seat)
    assert (page.told.number, page.newest.number, len(page.versions)) == (1, 23, 20)


def advised(seat):
    """The advice once the worker made it: the page that is opened first asks for it."""
    rebooking_page(seat)
    return rebooking(seat)


def test_who_pays_is_kept_and_who_does_not_is_not_each_with_reasons(seat, at_once):
    found = {one.advice.creator_id: one for one in advised(taught(seat))}
    assert len(found) == few()["creators"].num_rows
    good, bad = found["k-23"], found["k-20"]  # of one size; every fourth sells a tenth
    assert good.advice.chance > 0.8 > 0.2 > bad.advice.chance
    assert (good.advice.verdict, good.tone, bad.advice.verdict, bad.tone) == ("keep", "good", "end", "bad")
    assert (good.handle, good.next[0], bad.next[0]) == ("@kind.23", "+", "−")
    assert all(one.advice.reasons for one in found.values())
    assert rebooking_page(seat).sentence.startswith("Of 24 creators with past work: keep ")


def test_a_margin_makes_fewer_pay_and_without_one_the_page_says_so(seat, at_once):
    advised(taught(seat))
    whole = rebooking_page(seat)
    assert "margin" in whole.remark
    seat.workspace.options = {"margin": "20%"}
    seat.workspace.save()
    advised(seat)
    less = rebooking_page(seat)
    assert less.remark == ""
    chances = [{one.advice.creator_id: one.advice.chance for one in page.people} for page in (whole, less)]
    assert all(chances[1][who] < chances[0][who] for who in chances[0])
    seat.workspace.options = {"margin": "8 USD"}  # of orders of 40 USD: the same fifth
    seat.workspace.save()
    assert [one.advice.chance for one in advised(seat)] == [one.advice.chance for one in less.people]


def test_conduct_stands_beside_the_money(seat, at_once):
    seat = taught(seat)
    work = collaboration(seat, campaign(seat), creator(seat, "kind.23", creator_id="k-23"), "paid", 2)
    for piece, late in zip(work.deliverables.all(), (3, 5), strict=True):
        piece.live_on = NOW.date()
        piece.save()
        add(seat, LivePost, deliverable=piece, url="https://social.test/p", posted_at=NOW + timedelta(days=late))
    (one,) = [each for each in advised(seat) if each.advice.creator_id == "k-23"]
    assert any("0 of 2 deliverables came in time" in reason for reason in one.advice.reasons)


def test_advice_is_worked_out_once_by_the_worker_and_gone_after_an_erasure(seat, at_once):
    assert len(advised(taught(seat))) == len(rebooking(seat)) == 24
    assert Job.objects.count() == 1
    shelf_of(seat.workspace).clear()
    assert len(advised(seat)) == 24
    assert Job.objects.count() == 2
    assert len(advised(replace(seat, now=NOW + timedelta(days=1)))) == 24
    assert Job.objects.count() == 3


def test_until_the_worker_has_come_the_page_says_so_and_programs_are_told_to_wait(seat):
    page = rebooking_page(taught(seat))
    assert page.people == ()
    assert page.job.goes_on
    with pytest.raises(Conflict, match="being worked out"):
        rebooking(seat)
    assert Job.objects.count() == 1


def test_an_unknown_currency_is_said_and_breaks_no_page(seat, at_once):
    outcomes = few()["outcomes"].to_pylist()
    named = pa.Table.from_pylist([{**row, "currency": "CHF"} for row in outcomes], OUTCOMES.arrow)
    rebooking_page(taught(seat, outcomes=named))
    page = rebooking_page(seat)
    assert "CHF" in page.job.what
    assert page.job.fix
    with pytest.raises(Conflict, match="CHF"):
        rebooking(seat)
    assert page.people == ()


def test_a_wave_is_planned_within_its_budget_and_goes_out_as_a_table(seat, at_once):
    job = plan_wave(taught(seat), WaveWish(budget=1000, waves=4, done=1))
    job.refresh_from_db()
    assert job.state == "done", job.error
    page = waves_page(seat)
    assert 0 < sum(one["cost"] for one in page.bookings) <= 1000
    assert page.sentence.startswith(f"Book {len(page.bookings)} creators for ")
    assert {one["handle"] for one in page.bookings} <= {f"kind.{n:02d}" for n in range(24)}
    assert (page.wish.done, page.key) == (1, job.pk)
    lines = wave_file(seat, job.pk).content.decode().splitlines()
    assert len(lines) == 1 + len(page.bookings)
    assert lines[0].startswith("creator_id,handle,platform,tier,cost_usd,orders")


def test_a_wave_is_in_the_workspaces_currency_by_the_days_rate(seat, at_once):
    taught(seat)
    seat.workspace.currency = "SEK"
    seat.workspace.save()
    assert "exchange rate is known for SEK" in waves_page(seat).missing
    with pytest.raises(UnknownCurrency, match="for SEK"):
        plan_wave(seat, WaveWish(budget=8000))
    add(seat, Rate, currency="SEK", on=seat.today - timedelta(days=1), usd="0.125")
    assert (waves_page(seat).form, waves_page(seat).missing) == ((40_000, 500), "")
    job = plan_wave(seat, WaveWish(budget=8000, waves=4, done=1))
    page = waves_page(seat)
    assert " of 8,000 SEK: about " in page.sentence
    assert (page.currency, page.form) == ("SEK", (8000, 500))
    assert min(one["cost"] for one in page.bookings) > 8 * 60
    assert wave(seat, job.pk)["spent"] <= 8000
    assert "cost_sek" in wave_file(seat, job.pk).content.decode()


def test_a_name_in_a_wave_is_no_formula_and_goes_with_its_creator(seat, at_once):
    who = creator(seat, "eve", creator_id="=1+1")
    booked = {"creator_id": "=1+1", "handle": "@eve", "platform": "instagram", "tier": "micro", "cost": 1.0,
              "orders": {"mean": 1.0, "low": 0.0, "high": 2.0}, "chance": 0.5, "reason": "not tried yet"}  # fmt: skip
    result = {"allocations": [booked], "spent": 1.0, "budget": 2.0, "tiers": {"micro": 1.0}}
    job = add(seat, Job, kind="wave", state="done", result=result, asks={"budget": 2.0})
    assert b"\n'=1+1,'@eve," in wave_file(seat, job.pk).content
    forget_creator(seat, who)
    assert "eve" not in str(rows(seat, Job).get(pk=job.pk).result)


def test_what_is_no_wave_is_not_found(seat):
    job = add(seat, Job, kind="plan", state="done")
    with pytest.raises(NotFound, match="no such wave"):
        wave(seat, job.pk)


def test_a_wave_is_asked_for_by_who_may_plan_while_some_are_left():
    here = place()
    with pytest.raises(NotAllowed):
        plan_wave(here.seat("viewer"), WaveWish(budget=100))
    with pytest.raises(BadInput, match="All 2 waves are done"):
        plan_wave(here.owner, WaveWish(budget=100, waves=2, done=2))
    with pytest.raises(NotFound, match="no creators"):
        plan_wave(here.owner, WaveWish(budget=100))


def test_forecasts_from_before_the_start_are_scored_and_only_those(seat):
    assert scored(seat).sentence == NOTHING
    seat = taught(seat)
    about = {"campaign": "Season 1", "level": 0.8, "rung": 4, "source": "plan", "what": "clicks"}
    clicks = {
        row["creator_id"]: row["clicks"] for row in few()["outcomes"].to_pylist() if row["campaign"] == "Season 1"
    }
    ends = few()["outcomes"]["date"].to_pylist()[-1]
    made = [
        {
            **about,
            "creator_id": who,
            "made_at": ends - timedelta(days=30),
            "mean": n,
            "low": n * (0.5 if i % 4 else 2),
            "high": n * 3,
        }
        for i, (who, n) in enumerate(clicks.items())
    ]
    late = {**made[0], "made_at": ends + timedelta(days=1), "low": 0.0, "high": 1e9}
    table = [{f.name: row.get(f.name) for f in FORECASTS.fields} for row in (*made, late)]
    Catalogue(catalogue_of(seat.workspace)).upsert(FORECASTS.name, pa.Table.from_pylist(table, FORECASTS.arrow))
    found = scored(seat)
    assert found.sentence == (
        "Of 24 forecasts made before the start, 18 came inside their range: 75%, where 80% should."
    )
    assert (found.rows[0].tier, found.rows[0].n) == ("all", 24)
    assert found.rows[0].verdict == "too few to say"
    assert scorecard(seat).scores[0].n == 24


def test_experiments_are_ranked_for_the_signed_plan_or_the_newest_draft(seat, monkeypatch):
    asked = []
    monkeypatch.setattr("asterism.desk.learn.experiments_of", lambda *given: asked.append(given[0]) or ranking())
    older, bare = planning(seat, "Older"), planning(seat, "Bare")
    for number in (1, 2):
        add(seat, PlanDraft, campaign=older, number=number, plan={"n": number})
    page = experiments_page(seat)
    assert (page.campaign, page.about, page.campaigns) == (older, "draft 2", ((older.pk, "Older"),))
    older.plan = {"n": "signed"}
    older.save()
    assert experiments_page(seat, older.pk).about == "the signed plan"
    assert asked == [{"n": 2}, {"n": "signed"}]
    assert "no plan yet" in experiments_page(seat, bare.pk).problem
    with pytest.raises(NotFound, match="no plan yet"):
        experiments(seat, bare.pk)


def ranking():
    return SimpleNamespace(sentence="Nothing here would change the answer.")


def test_a_plan_that_cannot_be_read_says_so(seat):
    of = planning(seat)
    add(seat, PlanDraft, campaign=of, number=1, plan={"goal": "conversions"})
    assert "The plan is no plan." in experiments_page(seat).problem
