"""Results in the studio: full costs, figures that hold, credits, forecasts, closed books, and what learning reads."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from asterism.creators.tables import OUTCOMES
from asterism.desk.studio.closings import Closure, close, closings_of
from asterism.desk.studio.keeping import called, outcomes
from asterism.desk.studio.market_view import MarketWish, market_file, market_of, market_page
from asterism.desk.studio.result_files import result_file
from asterism.desk.studio.results import reckoned
from asterism.desk.studio.results_room import results_room
from asterism.errors import BadInput, NotAllowed, NotFound
from asterism.measurement.leakage import Leak
from asterism.measurement.scorecard import FORECASTS
from asterism.store.catalogue import Catalogue
from asterism.store.ledger import jobs
from asterism.store.ledger import models as m
from asterism.store.ledger.places import catalogue_of
from asterism.store.ledger.scope import add, rows, save
from tests.measured import bought, measured, results_of, told, with_margin, worked
from tests.planned import drafted, planning
from tests.studio import campaign, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def seat():
    return place().owner


@pytest.fixture
def of(seat):
    return measured(seat)


def work_of(of, handle):
    return m.Collaboration.objects.get(campaign=of, creator__handle=handle)


def line(seat, of, handle):
    found = reckoned(seat, of).returned.lines
    return next(one for one in found if one.handle == f"@{handle}")


def test_cost_and_credits_come_to_the_cent(seat, of):
    total = reckoned(seat, of).returned.total
    assert total.costs.total == 10_000 + 90_000 + 5_000
    assert total.tracked.kept == 45 * 2_000
    assert total.tracked.margin == 45 * 1_000
    assert total.roi.tracked == pytest.approx((45_000 - 105_000) / 105_000)


def test_the_page_says_who_gained_and_who_lost(seat, of):
    said = results_room(seat, of.pk).told.sentence
    assert said.startswith("Micro returned $3.00 (")
    assert "macro $0.17 (" in said


def test_a_campaign_without_costs_and_orders_has_nothing_to_tell(seat):
    assert results_room(seat, campaign(seat).pk).told is None


@pytest.mark.parametrize(
    ("state", "fields", "fee"),
    [
        ("shortlisted", {}, None),
        ("invited", {}, None),
        ("agreed", {}, 10_000),
        ("paused", {"paused_from": "briefed"}, 10_000),
        ("paused", {"paused_from": "invited"}, None),
        ("cancelled", {}, None),
    ],
    ids=["shortlisted", "invited", "agreed", "paused after", "paused before", "cancelled"],
)
def test_a_fee_counts_once_it_is_agreed_on(seat, of, state, fields, fee):
    worked(seat, of, "eva", state=state, **fields)
    found = [one.costs.fee for one in reckoned(seat, of).returned.lines if one.handle == "@eva"]
    assert found == ([] if fee is None else [fee])


def test_what_was_paid_to_somebody_who_dropped_out_is_a_cost(seat, of):
    work = worked(seat, of, "eva", state="cancelled")
    paying = {"collaboration": work, "currency": "USD", "proposed_by": seat.user, "sent_at": seat.now}
    add(seat, m.Payment, cents=4_000, state="sent", **paying)
    add(seat, m.Payment, cents=9_000, state="proposed", **paying)
    assert line(seat, of, "eva").costs.fee == 4_000


def test_costs_in_another_currency_are_converted_at_their_day_or_said_to_be_missing(seat, of):
    work = work_of(of, "ana")
    add(seat, m.Cost, campaign=of, collaboration=work, kind="product", currency="EUR", cents=1_000, on=of.start)
    assert any("1 cost in EUR left out" in said for said in results_of(seat, of.pk).returned.warnings)
    assert line(seat, of, "ana").costs.product == 0
    add(seat, m.Rate, currency="EUR", on=of.start, usd="1.25")
    assert line(seat, of, "ana").costs.product == 1_250


def test_figures_a_member_read_come_before_the_creators_own_even_newer_ones(seat, of):
    work = work_of(of, "ana")
    told(seat, work, "creator", days=1, reach=99_000, likes=1)
    assert line(seat, of, "ana").delivered.reach == 99_000
    assert line(seat, of, "ana").delivered.origin == "creator"
    told(seat, work, "member", days=3, reach=20_000, impressions=25_000, likes=300, saves=20)
    told(seat, work, "member", days=2, reach=21_000, impressions=26_000, likes=310, saves=30)
    came = line(seat, of, "ana").delivered
    assert (came.reach, came.impressions, came.engagements, came.origin) == (21_000, 26_000, 340, "measured")


def test_people_of_several_posts_are_not_added_up(seat, of):
    work = work_of(of, "ana")
    told(seat, work, reach=21_000)
    second = add(seat, m.Deliverable, collaboration=work, position=9, platform="instagram", format="reel")
    post = add(seat, m.LivePost, deliverable=second, url="https://social.test/2", posted_at=seat.now)
    add(seat, m.Figures, post=post, source="member", as_of=seat.now, values={"reach": 21_000})
    assert line(seat, of, "ana").delivered.reach == round(42_000 * (1 - 0.5 * 0.5))


def test_clicks_of_robots_are_told_apart_and_counted(seat, of):
    work = work_of(of, "ana")
    link = add(seat, m.Link, campaign=of, collaboration=work, code="ana1", target="https://shop.test/")
    for n, rule in enumerate(("", "", "robot", "robot", "robot")):
        add(seat, m.Click, link=link, key=f"k{n}", at=seat.now, filtered=rule)
    clicks = results_of(seat, of.pk).clicks
    assert (clicks.counted, clicks.filtered) == (2, (("robot", 3),))
    assert line(seat, of, "ana").delivered.clicks == 2


def test_orders_set_aside_are_listed_by_reason(seat, of):
    bought(seat, "gone", codes=["ANA"], cancelled_at=seat.now)
    (aside,) = results_of(seat, of.pk).aside
    assert (aside.reason, aside.orders) == ("cancelled, or given back in full", 1)


def test_leaks_clicks_and_orders_set_aside_are_those_of_the_campaign_alone(seat, of, monkeypatch):
    other = campaign(seat, "Summer")
    work = worked(seat, other, "tom", orders=1)
    link = add(seat, m.Link, campaign=other, collaboration=work, code="tom1", target="https://shop.test/")
    add(seat, m.Click, link=link, key="k", at=seat.now)
    bought(seat, "gone", codes=["TOM"], cancelled_at=seat.now)
    signs = tuple(Leak(word, "spike", seat.now, 0.01, "30 orders in an hour.") for word in ("ANA", "TOM"))
    monkeypatch.setattr("asterism.desk.studio.measured.leaks", lambda _: signs)
    ours, theirs = results_of(seat, of.pk), results_of(seat, other.pk)
    assert ([leak.code for leak in ours.leaks], [leak.code for leak in theirs.leaks]) == (["ANA"], ["TOM"])
    assert (ours.clicks, theirs.clicks.counted) == (None, 1)
    assert (ours.aside, theirs.aside[0].orders) == ((), 1)


def test_a_new_order_is_seen_though_it_writes_no_event(seat, of):
    before = reckoned(seat, of).returned.total.tracked.orders
    bought(seat, "late", codes=["ANA"])
    assert reckoned(seat, of).returned.total.tracked.orders == before + 1


def test_an_order_that_changed_is_seen_though_none_was_added(seat, of):
    order = bought(seat, "late", codes=["ANA"])
    before = reckoned(seat, of).returned.total.tracked.kept
    save(seat, order, cents=5_000, changed_at=seat.now)
    assert reckoned(seat, of).returned.total.tracked.kept == before + 3_000


def test_the_rule_is_the_workspaces(seat, of):
    with_margin(seat, attribution="linear")
    assert results_of(seat, of.pk).returned.rule == "linear 1"


def test_surveys_stand_beside_the_tracked_figure(seat, of):
    for n in range(40):
        channel = "creator" if n % 2 else "search"
        add(seat, m.Survey, campaign=of, tier="micro" if n % 2 else "", channel=channel, at=seat.now, key=f"a{n}")
    micro = next(group for group in results_of(seat, of.pk).returned.by("tier") if group.name == "micro")
    assert micro.roi.survey_adjusted is not None
    assert micro.roi.tracked == pytest.approx(2.0)


def test_a_lift_of_another_level_is_brought_to_ours(seat, of):
    lift = {"incremental": 1_000.0, "incremental_low": 500.0, "incremental_high": 1_500.0, "level": 0.95}
    add(seat, m.LiftStudy, campaign=of, name="Spring", tier="micro", start=of.start, result=lift)
    micro = next(group for group in results_of(seat, of.pk).returned.by("tier") if group.name == "micro")
    low = (1_000 - 500 * 1.2816 / 1.9600) * 0.5
    assert micro.roi.causal.mean == pytest.approx((500 - 100) / 100)
    assert micro.roi.causal.low == pytest.approx((low - 100) / 100, abs=1e-3)


def test_earned_media_value_is_told_only_where_it_was_asked_for(seat, of):
    told(seat, work_of(of, "ana"), impressions=10_000)
    assert results_of(seat, of.pk).media_value is None
    cents, said = results_of(seat, of.pk, media_value=True).media_value
    assert cents == 6_500
    assert "version 1" in said


@pytest.fixture
def signed(seat):
    with_margin(seat)
    made = planning(seat)
    drafted(seat, made)
    from asterism.desk.studio.signing import sign

    sign(seat, made.pk, 1)
    made.refresh_from_db()
    return made


def test_forecasts_of_the_signed_plan_stand_beside_what_came(seat, signed):
    work = signed.collaborations.first()
    save(seat, work, state="paid")
    told(seat, work, reach=1_000, impressions=1_500, likes=50)
    found = {one.name: one for one in results_of(seat, signed.pk).compared}
    assert list(found) == ["reach", "impressions", "engagements", "conversions", "cost"]
    assert found["impressions"].came.mean == 1_500
    assert found["impressions"].forecast.mean == signed.plan["forecast"]["impressions"]["mean"]
    assert found["cost"].came.mean == work.fee_cents / 100
    assert found["cost"].verdict == "below"


def test_signing_keeps_the_forecasts_for_the_scorecard(seat, signed):
    job = rows(seat, m.Job).get(kind="forecasts")
    from asterism.desk.studio.handlers import registered

    assert {"forecasts", "outcomes"} <= set(registered())
    jobs.run.call(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.error
    kept = Catalogue(catalogue_of(seat.workspace)).read(FORECASTS.name)
    assert {"reach", "engagements", "conversions", "price"} == set(kept["what"].to_pylist())
    assert set(kept["campaign"].to_pylist()) == {called(signed)}


def closed(seat, of):
    made = close(seat, of.pk)
    job = rows(seat, m.Job).filter(kind="outcomes").first()
    jobs.run.call(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.error
    return made


def test_closing_keeps_figures_and_rule_and_names_nobody(seat, of):
    first = close(seat, of.pk)
    assert (first.number, first.rule) == (1, "last_click 1")
    assert first.figures["total"]["costs"]["total"] == 105_000
    assert "ana" not in json.dumps(first.figures)
    assert close(seat, of.pk).number == 2
    assert [one.number for one in closings_of(seat, of.pk)] == [2, 1]


def test_what_came_after_the_closing_stands_beside_it(seat, of):
    close(seat, of.pk)
    assert results_room(seat, of.pk).told.section("closed").grids == ()
    bought(seat, "late", codes=["ANA"])
    (grid,) = results_room(seat, of.pk).told.section("closed").grids
    assert [cell.text for cell in grid.rows[0]] == ["orders", "45", "46"]


def test_a_closing_lets_the_catalogue_learn_what_came_of_each_creator(seat, of):
    told(seat, work_of(of, "ana"), reach=1_000, likes=70)
    made = closed(seat, of)
    kept = {row["creator_id"]: row for row in Catalogue(catalogue_of(seat.workspace)).read(OUTCOMES.name).to_pylist()}
    wanted = {"cost": 100.0, "reach": 1_000, "engagements": 70, "orders": 30, "revenue": 600.0, "currency": "USD"}
    assert {name: kept["c-ana"][name] for name in wanted} == wanted
    assert kept["c-max"]["campaign"] == called(of)
    assert kept["c-max"]["date"] == made.made_at


def test_what_is_learnt_is_what_was_closed_whatever_came_before_the_worker_had_time(seat, of):
    made = close(seat, of.pk, Closure(anyway=True))
    bought(seat, "late", codes=["ANA"])
    jobs.run.call(rows(seat, m.Job).filter(kind="outcomes").first().pk)
    kept = Catalogue(catalogue_of(seat.workspace)).read(OUTCOMES.name).to_pylist()
    assert {row["creator_id"]: row["orders"] for row in kept}["c-ana"] == 30
    assert sum(row["orders"] for row in kept) == made.figures["total"]["tracked"]["orders"]


def test_of_whoever_was_erased_nothing_is_learnt(seat, of):
    save(seat, work_of(of, "max").creator, erased_at=seat.now)
    closed(seat, of)
    kept = Catalogue(catalogue_of(seat.workspace)).read(OUTCOMES.name)
    assert kept["creator_id"].to_pylist() == ["c-ana"]


def test_an_erased_creator_is_not_named(seat, of):
    save(seat, work_of(of, "max").creator, erased_at=seat.now)
    assert "@max" not in result_file(seat, of.pk, "html").content.decode()


def test_an_empty_book_is_not_closed(seat):
    with pytest.raises(BadInput, match="nothing to close"):
        close(seat, campaign(seat).pk)


def test_who_may_not_run_a_campaign_does_not_close_its_books(seat, of):
    analyst = m.Member.objects.get(workspace=seat.workspace, role="analyst")
    with pytest.raises(NotAllowed, match="run"):
        close(replace(seat, member=analyst), of.pk)


@pytest.mark.parametrize("kind", ["xlsx", "pptx", "json", "collaborations", "orders", "clicks"])
def test_results_can_be_taken_away(seat, of, kind):
    made = result_file(seat, of.pk, kind)
    assert made.content
    assert made.name.startswith("Spring launch results.")


def test_an_unknown_kind_of_file_is_refused(seat, of):
    with pytest.raises(BadInput, match="cannot be taken away as `docx`"):
        result_file(seat, of.pk, "docx")


def test_another_workspaces_results_are_not_found(of):
    with pytest.raises(NotFound, match="no such campaign"):
        results_room(place("Borealis").owner, of.pk)


def test_another_workspaces_orders_count_nowhere_here(seat, of):
    theirs = place("Borealis").owner
    bought(theirs, "x", codes=["ANA"])
    assert reckoned(seat, of).returned.total.tracked.orders == 45


def test_the_market_adds_up_tiers_and_platforms_over_campaigns(seat, of):
    second = campaign(seat, "Summer", start=seat.today - timedelta(days=10))
    worked(seat, second, "tom", orders=12, fee_cents=20_000)
    save(seat, m.Creator.objects.get(handle="tom"), platform="tiktok", niche="food")
    market, niches = market_of(seat, MarketWish())
    places = {place_.group.names: place_ for place_ in market.places}
    assert set(places) == {("macro", "instagram"), ("micro", "instagram"), ("micro", "tiktok")}
    assert places[("micro", "tiktok")].group.costs.total == 20_000
    assert [one.name for one in market.ran] == ["Spring launch", "Summer"]
    assert niches == ("beauty", "food")
    only, _ = market_of(seat, MarketWish(niche="food"))
    assert [place_.group.names for place_ in only.places] == [("micro", "tiktok")]


def test_the_market_speaks_the_workspaces_currency(seat, of):
    add(seat, m.Rate, currency="EUR", on=of.start - timedelta(days=1), usd="2")
    second = campaign(seat, "Euro", currency="EUR", start=of.start)
    worked(seat, second, "tom", currency="EUR", fee_cents=10_000)
    market, _ = market_of(seat, MarketWish())
    assert next(one for one in market.ran if one.name == "Euro").group.costs.total == 20_000


def test_the_market_says_so_while_nothing_can_be_told(seat):
    assert market_page(seat, MarketWish()).sections == ()
    with_margin(seat)
    worked(seat, campaign(seat), "ana", orders=1)
    assert "cannot be told yet" in market_page(seat, MarketWish()).sentence


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_the_market_can_be_taken_away(seat, of, kind):
    assert b"micro" in market_file(seat, MarketWish(), kind).content


def going(seat, of):
    """The campaign, still running."""
    of.end = seat.today + timedelta(days=10)
    of.save()
    return of


def test_a_planned_fee_is_a_cost_and_leaves_the_verdict_open(seat, of):
    work = worked(seat, of, "eva", "mid", orders=60, state="shortlisted")
    assert (line(seat, of, "eva").costs.fee, line(seat, of, "eva").planned) == (10_000, True)
    by = {group.name: group.roi for group in results_of(seat, of.pk).returned.by("tier")}
    assert (by["mid"].verdict, by["micro"].verdict) == ("cannot tell yet", "gains")
    assert by["mid"].needs == "an agreed fee: that of 1 collaboration is a planned one"
    warned = results_of(seat, of.pk).returned.warnings
    assert any("The fee of 1 collaboration is a planned one" in said for said in warned)
    save(seat, work, state="agreed")
    bought(seat, "later")
    by = {group.name: group.roi for group in results_of(seat, of.pk).returned.by("tier")}
    assert by["mid"].verdict == "gains"


@pytest.mark.parametrize("state", ["shortlisted", "invited", "negotiating"])
def test_who_is_still_talked_to_stands_with_the_planned_fee_while_the_campaign_goes_on(seat, of, state):
    worked(seat, going(seat, of), "eva", state=state)
    assert line(seat, of, "eva").costs.fee == 10_000


@pytest.mark.parametrize("state", ["declined", "cancelled"])
def test_who_dropped_out_brings_orders_without_the_planned_fee(seat, of, state):
    worked(seat, going(seat, of), "eva", orders=3, state=state)
    worked(seat, of, "tom", state=state)
    assert line(seat, of, "eva").costs.fee == 0
    assert not line(seat, of, "eva").planned
    assert line(seat, of, "eva").tracked.orders == 3
    assert all(one.handle != "@tom" for one in reckoned(seat, of).returned.lines)


def test_planned_fees_are_no_cost_before_a_campaign_begins(seat):
    of = campaign(seat, "Later", state="signed", start=seat.today + timedelta(days=9))
    worked(seat, of, "eva", state="shortlisted")
    assert reckoned(seat, of).returned.total.costs.total == 0
    bought(seat, "early", codes=["EVA"])
    assert reckoned(seat, of).returned.total.costs.total == 10_000


def test_no_outcome_is_kept_of_a_fee_that_nobody_agreed_on(seat, of):
    worked(seat, of, "eva", orders=3, state="invited")
    made = close(seat, of.pk, Closure(anyway=True))
    who = {key: f"c-{key}" for line in made.figures["collaborations"] if (key := line["collaboration"])}
    assert len(who) == 3
    assert outcomes(made, "Spring", who).num_rows == 2


def test_whose_code_may_have_leaked_is_marked_and_not_called_the_best(seat, of, monkeypatch):
    signs = (Leak("ANA", "spike", seat.now, 0.01, "30 orders in an hour."),)
    monkeypatch.setattr("asterism.desk.studio.measured.leaks", lambda _: signs)
    assert (line(seat, of, "ana").leaked, line(seat, of, "max").leaked) == (True, False)
    said = results_room(seat, of.pk).told.section("lessons").points
    assert not any(one.startswith("The best: @ana") for one in said)


def test_books_are_closed_before_the_end_only_where_somebody_says_so(seat, of):
    worked(seat, going(seat, of), "eva", state="agreed")
    with pytest.raises(BadInput, match=r"runs until .*, and 1 collaboration is not paid yet"):
        close(seat, of.pk)
    assert not closings_of(seat, of.pk)
    assert "not paid yet" in results_room(seat, of.pk).open
    assert close(seat, of.pk, Closure(anyway=True)).number == 1


def test_books_of_a_campaign_that_is_over_and_paid_need_no_asking(seat, of):
    assert results_room(seat, of.pk).open == ""


def test_the_market_judges_no_forecast_of_a_campaign_that_goes_on(seat, signed):
    save(seat, signed.collaborations.first(), state="paid")
    save(seat, signed, start=seat.today - timedelta(days=9), end=seat.today, state="running")
    assert [one.compared for one in market_of(seat, MarketWish())[0].ran] == [()]
    save(seat, signed, end=seat.today - timedelta(days=1))
    bought(seat, "later")
    assert all(one.compared for one in market_of(seat, MarketWish())[0].ran)


def test_where_few_buyers_name_a_tier_that_tracking_credits_the_results_say_so(seat, of):
    for n in range(40):
        tier = "micro" if n < 10 else ""
        add(seat, m.Survey, campaign=of, tier=tier, channel="creator" if tier else "search", at=seat.now, key=f"a{n}")
    said = results_of(seat, of.pk).returned.warnings[0]
    assert said.startswith("micro: ")
    assert "10 of 40 answers name micro creators" in said
