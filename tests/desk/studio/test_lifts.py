"""Studies of lift: refused rows, power first, the estimate as a job, beside the return and never added to it."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from asterism.desk.studio import handlers
from asterism.desk.studio.lift_figures import at_80, lifts_of
from asterism.desk.studio.lift_page import _returned, lifts_page, study_page
from asterism.desk.studio.lifts import NewStudy, estimate, make_study, panel_back, remove_study
from asterism.desk.studio.mix_exports import lift_tests_in, mix_export, weeks_in
from asterism.desk.studio.timeline import sentence_of
from asterism.errors import BadInput, Conflict, NotAllowed, NotFound
from asterism.store.ledger import jobs
from asterism.store.ledger import models as m
from asterism.store.ledger.scope import add, rows, save
from tests.lifted import START, brought, panel
from tests.measured import measured, results_of, told
from tests.studio import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


@pytest.fixture
def here():
    return place()


@pytest.fixture
def seat(here):
    return here.owner


@pytest.fixture
def of(seat):
    """A campaign that runs while the test does."""
    of = measured(seat)
    save(seat, of, start=date.fromisoformat(START))
    return of


def wish(**fields):
    given = {"treated": "a", "start": START, "tier": "micro", "effect_percent": 20, **fields}
    return NewStudy(**{name: value for name, value in given.items() if value is not None})


def done(job):
    assert job.kind in handlers.registered()
    jobs.run.call(job.pk)
    job.refresh_from_db()
    return job


def made(seat, of, content=None, **fields):
    """A study whose power is told."""
    found = make_study(seat, of.pk, wish(**fields), brought(content or panel()))
    assert done(found.job).state == "done", found.job.error
    found.study.refresh_from_db()
    return found.study


def estimated(seat, of, content=None, **fields):
    study = made(seat, of, content, **fields)
    assert done(estimate(seat, study.pk)).state == "done"
    study.refresh_from_db()
    return study


def test_power_is_told_before_anything_is_estimated(seat, of):
    found = make_study(seat, of.pk, wish(), brought(panel()))
    with pytest.raises(Conflict, match="not told yet"):
        estimate(seat, found.study.pk)
    assert study_page(seat, found.study.pk).sentence == "This is being worked out."
    done(found.job)
    found.study.refresh_from_db()
    assert set(found.study.result) == {"power"}
    page = study_page(seat, found.study.pk)
    assert page.can_estimate
    assert page.figures == ()
    assert page.power.startswith("A lift of 20.0% would be found in")


def test_a_planted_lift_is_found_and_told(seat, of):
    study = estimated(seat, of)
    page = study_page(seat, study.pk)
    assert page.sentence.startswith("Clear: it came to +")
    assert study.result["low"] < 0.3 < study.result["high"]
    assert [figure.label for figure in page.figures] == ["Lift", "On top", "p-value"]
    assert page.figures[1].number.startswith("$")
    assert [len(chart.pictures) for chart in page.charts] == [3] * len(page.charts)
    assert {check.text for (check, *_) in page.checks.rows} >= {"placebos in time", "power"}
    assert "causal return of micro creators" in page.returned
    with pytest.raises(Conflict, match="estimated already"):
        estimate(seat, study.pk)


def test_a_test_that_is_too_small_is_not_estimated_and_it_says_what_to_change(seat, of):
    study = made(seat, of, panel(noise=0.3), effect_percent=2)
    assert study.result["power"]["enough"] is False
    with pytest.raises(Conflict, match=r"too small to tell.*Too few to start with") as error:
        estimate(seat, study.pk)
    assert error.value.fix.startswith("Make a study with more days")
    page = study_page(seat, study.pk)
    assert (page.enough, page.can_estimate) == (False, False)
    assert page.sentence == "The test is too small to tell, so it is not estimated."


def test_the_power_of_a_test_to_come_is_told_from_the_past(seat, of):
    study = made(seat, of, start=None, days=14)
    assert (study.kind, study.start.isoformat(), study.result["power"]["days"]) == ("planned", "2026-09-30", 14)
    assert study_page(seat, study.pk).sentence == "The test is worth running."
    with pytest.raises(Conflict, match="still to come"):
        estimate(seat, study.pk)


def test_rows_that_cannot_be_read_are_told_and_no_study_is_made(seat, of):
    spoiled = panel().replace(b"a,2026-08-02,", b"a,2026-08-02,many").replace(b"b,2026-08-03,", b"b,2026-08-03,-")
    found = make_study(seat, of.pk, wish(), brought(spoiled + b"\n,2026-08-01,4"))
    assert found.study is None
    assert [(one.row, one.column) for one in found.rejects] == [(3, "y"), (64, "y"), (422, "location")]
    assert found.rejects[0].value.startswith("many")
    assert "below zero" in found.rejects[1].reason
    assert "empty" in found.rejects[2].reason
    assert not rows(seat, m.LiftStudy).exists()


@pytest.mark.parametrize(
    ("fields", "match"),
    [
        ({"start": None}, "Say since when it ran, or for how many days"),
        ({"days": 3}, "one of the two"),
        ({"treated": "z"}, "no place `z`"),
        ({"start": "2025-01-01"}, "lies outside the panel"),
        ({"tier": "mega"}, "no creators of this tier"),
    ],
    ids=["no start", "both", "an unknown place", "a start outside", "a tier of nobody"],
)
def test_what_cannot_be_studied_is_refused(seat, of, fields, match):
    with pytest.raises(BadInput, match=match):
        make_study(seat, of.pk, wish(**fields), brought(panel()))


def test_a_panel_with_holes_is_refused_by_name(seat, of):
    lines = panel().splitlines()
    with pytest.raises(BadInput, match="`a` has no 2026-08-05"):
        make_study(seat, of.pk, wish(), brought(b"\n".join([*lines[:5], *lines[6:]])))


def test_the_last_day_cuts_the_panel(seat, of):
    study = make_study(seat, of.pk, wish(end="2026-09-27"), brought(panel())).study
    assert study.panel["date"][-1] == "2026-09-27"
    assert panel_back(study.panel).y.shape == (58, 7)


def test_everywhere_there_is_only_the_past_to_compare_with(seat, of):
    study = estimated(seat, of, panel(places=1), treated=None)
    assert (study.kind, study.result["method"]) == ("series", "series")
    assert [chart.question for chart in study_page(seat, study.pk).charts] == [
        "What came, and what would have come anyway?"
    ]


def test_revenue_of_a_tier_is_its_causal_return_and_is_never_added(seat, of):
    before = {group.name: group for group in results_of(seat, of.pk).returned.by("tier")}
    study = estimated(seat, of)
    after = {group.name: group for group in results_of(seat, of.pk).returned.by("tier")}
    lift, micro = lifts_of(seat, of)["micro"], after["micro"]
    assert before["micro"].roi.causal is None
    assert micro.roi.causal.mean == pytest.approx((0.5 * lift.mean - 10_000) / 10_000)
    assert lift.mean == pytest.approx(100 * study.result["incremental"])
    assert (micro.roi.tracked, micro.tracked) == (before["micro"].roi.tracked, before["micro"].tracked)
    assert after["macro"].roi.causal is None


@pytest.mark.parametrize(
    ("fields", "tiers"),
    [
        ({}, {"micro"}),
        ({"tier": ""}, {"all"}),
        ({"measure": "orders", "currency": ""}, set()),
        ({"currency": "EUR"}, set()),
        ({"result": {"verdict": "cannot tell yet", "level": 0.9}}, set()),
    ],
    ids=["revenue", "all tiers", "orders", "another currency", "too small"],
)
def test_only_revenue_of_the_campaigns_currency_that_tells_stands_beside_the_return(seat, of, fields, tiers):
    result = {"incremental": 9.0, "incremental_low": 1.0, "incremental_high": 17.0, "level": 0.9}
    given = {"name": "x", "tier": "micro", "start": of.start, "currency": "USD", "result": result, **fields}
    add(seat, m.LiftStudy, campaign=of, **given)
    assert set(lifts_of(seat, of)) == tiers


@pytest.mark.parametrize(
    ("since", "start", "end", "tiers"),
    [("start", -50, -1, set()), ("start", -50, 0, {"micro"}), ("end", 30, 40, {"micro"}), ("end", 31, 40, set())],
    ids=["before the campaign", "until its first day", "while a click counts", "after that"],
)
def test_a_test_outside_the_campaigns_days_is_kept_and_stands_beside_nothing(seat, of, since, start, end, tiers):
    """A click counts for 30 days more."""
    first, last = (getattr(of, since) + timedelta(days=days) for days in (start, end))
    result = {
        "verdict": "clear", "incremental": 9.0, "incremental_low": 1.0, "incremental_high": 17.0, "level": 0.9,
        "end": last.isoformat(),
    }  # fmt: skip
    given = {"name": "x", "tier": "micro", "start": first, "currency": "USD", "treated": ["a"], "result": result}
    study = add(seat, m.LiftStudy, campaign=of, kind="geo", **given)
    assert set(lifts_of(seat, of)) == tiers
    (line,) = lifts_page(seat, of.pk).studies
    assert line.where.endswith("outside the campaign's days") is not bool(tiers)
    assert ("outside the campaign's days, from " in _returned(study, of)) is not bool(tiers)


def test_a_range_at_90_is_brought_to_80_as_a_normal_one():
    found = at_80({"incremental": 10.0, "incremental_low": 0.0, "incremental_high": 30.0, "level": 0.9})
    assert (found.mean, found.low, found.high) == pytest.approx((1_000, 1_000 - 779.14, 1_000 + 1558.27), abs=0.02)


def test_a_removed_study_is_gone_from_the_return_and_stays_on_the_record(seat, of):
    study = estimated(seat, of)
    assert remove_study(seat, study.pk) == of.pk
    micro = next(group for group in results_of(seat, of.pk).returned.by("tier") if group.name == "micro")
    assert micro.roi.causal is None
    event = rows(seat, m.Event).filter(action="lift.removed").get()
    assert event.facts == {"estimated": True}
    assert sentence_of(event).endswith("removed a study of lift.")


def test_the_list_says_how_each_study_stands(seat, of):
    assert lifts_page(seat, of.pk).sentence == "No study of lift was made yet."
    made(seat, of, panel(noise=0.3), effect_percent=2)
    estimated(seat, of)
    page = lifts_page(seat, of.pk)
    assert page.sentence == "2 studies, 1 estimated, 1 of them clear."
    assert [line.state for line in page.studies] == ["Clear", "Too small"]
    assert page.tiers == ("macro", "micro")


def test_roles_and_workspaces_are_kept_apart(here, seat, of):
    study = made(seat, of)
    with pytest.raises(NotAllowed):
        make_study(here.seat("viewer"), of.pk, wish(), brought(panel()))
    with pytest.raises(NotAllowed):
        estimate(here.seat("viewer"), study.pk)
    other = place("Borealis").owner
    for deed in (estimate, remove_study, study_page):
        with pytest.raises(NotFound):
            deed(other, study.pk)
    assert study_page(here.seat("viewer"), study.pk).can_estimate is False


def test_weekly_channels_hold_all_that_tiers_cost_and_showed(seat, of):
    told(seat, m.Collaboration.objects.get(creator__handle="ana"), impressions=9_000, reach=4_000)
    weeks = weeks_in(seat, "USD")
    assert {(w.tier, w.spend, w.impressions, w.reach) for w in weeks if w.tier == "micro"} == {
        ("micro", 100.0, 9_000.0, 4_000.0)
    }
    assert sum(week.spend for week in weeks) == 1_000
    table = mix_export(seat, of.pk, "meridian_channels").content.decode().splitlines()
    assert "micro_reach" in table[0]
    assert mix_export(seat, of.pk, "pymc_channels").content.startswith(b'"date"')


def test_a_cost_falls_in_equal_parts_on_the_weeks_of_its_posts(seat, of):
    post = m.Deliverable.objects.get(collaboration__creator__handle="ana")
    for n in (0, 3, 14):
        at = seat.now - timedelta(days=n)
        add(seat, m.LivePost, deliverable=post, url=f"https://social.test/{n}", posted_at=at)
    spends = [week.spend for week in weeks_in(seat, "USD") if week.tier == "micro"]
    assert spends == pytest.approx([100 / 3] * 3)
    assert [week.monday.isoweekday() for week in weeks_in(seat, "USD")] == [1] * 4


def test_a_tiers_lift_is_handed_on_with_its_full_cost(seat, of):
    study = estimated(seat, of)
    ((revenue, test),) = lift_tests_in(seat, "USD")
    assert (revenue, test.channel, test.spend) == (True, "micro", 100.0)
    assert test.incremental == pytest.approx(study.result["incremental"])
    assert b"revenue" in mix_export(seat, of.pk, "meridian_experiments").content
    assert b"delta_y" in mix_export(seat, of.pk, "pymc_lift_tests").content
    save(seat, study, tier="")
    with pytest.raises(Conflict, match="no lift test to hand on"):
        mix_export(seat, of.pk, "meridian_experiments")
    with pytest.raises(NotFound, match="no such file"):
        mix_export(seat, of.pk, "robyn")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real data (shared/data beside the repository) is not here")
def test_the_public_panel_is_not_clear_in_the_studio_as_on_the_command_line(seat, of):
    path = SHARED / "geolift" / "GeoLift_Test.csv"
    study = estimated(
        seat, of, path.read_bytes(), treated="chicago, portland", start="2021-04-01", effect_percent=10
    )  # fmt: skip
    assert study.result["verdict"] == "not clear"
    assert study.result["incremental"] == pytest.approx(5_202, abs=1)
    assert study_page(seat, study.pk).sentence.startswith("Not clear whether it did anything: +6.08% (")
