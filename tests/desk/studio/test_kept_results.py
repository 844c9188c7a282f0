"""Results the worker leaves: the newest are shown, what is not in them is said, and nobody waits for the next."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from asterism.desk.studio import market_view, reckoning, remembered, shown_results
from asterism.desk.studio.closings import close
from asterism.desk.studio.market_view import MarketWish, market_file, market_page, market_seen
from asterism.desk.studio.result_files import result_file
from asterism.desk.studio.result_links import NewResultLink, share_results
from asterism.desk.studio.results import reckoned
from asterism.desk.studio.results_room import client_report, results_room
from asterism.desk.studio.shown_results import results_seen
from asterism.errors import OutsideFailure
from asterism.measurement.leakage import Leak
from asterism.reports.results_market import market_document
from asterism.store.ledger import jobs
from asterism.store.ledger import models as m
from asterism.store.ledger import results as ledger
from asterism.store.ledger.places import shelf_of
from asterism.store.ledger.scope import add, rows, save
from tests.measured import bought, measured, told, worked
from tests.studio import NOW, campaign, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture(autouse=True)
def one_moment(monkeypatch):
    """The worker's clock stands where the pages' does."""
    monkeypatch.setattr(jobs, "_now", lambda: NOW)


@pytest.fixture
def seat():
    return place().owner


@pytest.fixture
def of(seat, monkeypatch):
    """A campaign of a workspace that holds too much for a page to work it out."""
    monkeypatch.setattr(ledger, "ORDERS", 40)
    return measured(seat)


@pytest.fixture
def never(monkeypatch):
    """Pages fail if they work anything out."""
    for module, name in ((shown_results, "reckoned"), (market_view, "_market")):
        monkeypatch.setattr(module, name, lambda *_: pytest.fail("the page worked it out itself"))


def waiting(seat):
    return list(rows(seat, m.Job).filter(kind="reckon", state="waiting"))


def worker(seat):
    """The worker does what waits."""
    remembered.forget()
    for job in waiting(seat):
        jobs.run.call(job.pk)
        job.refresh_from_db()
        assert job.state == "done", job.error


def left(seat, of):
    """The results as the worker left them."""
    results_room(seat, of.pk)
    worker(seat)
    return results_room(seat, of.pk)


def test_the_first_results_of_much_are_left_to_the_worker(seat, of, never):
    room = results_room(seat, of.pk)
    assert (room.told, room.newness.as_of) == (None, None)
    assert room.newness.job.title == "Working out what came of it"
    results_room(seat, of.pk)
    assert len(waiting(seat)) == 1


@pytest.mark.parametrize("role", ["viewer", None], ids=["a viewer", "a client with a link"])
def test_whoever_reads_may_have_the_worker_asked(of, role):
    here = place("Borealis")
    other = measured(here.owner)
    asking = replace(here.owner, member=here.members["viewer"] if role else None, via="page" if role else "link")
    shown_results.shown_results(asking, other)
    worker(here.owner)
    assert shown_results.shown_results(asking, other).newness.job is None


def test_what_the_worker_left_says_the_same_as_if_it_were_worked_out_now(seat, of, monkeypatch):
    work = of.collaborations.first()
    told(seat, work, reach=20_000, impressions=25_000, likes=300)
    link = add(seat, m.Link, campaign=of, collaboration=work, code="ana1", target="https://shop.test/")
    for n, rule in enumerate(("", "robot")):
        add(seat, m.Click, link=link, key=f"k{n}", at=seat.now, filtered=rule)
    bought(seat, "gone", codes=["ANA"], cancelled_at=seat.now)
    leak = Leak("ANA", "spike", seat.now, 0.01, "30 orders in an hour.")
    monkeypatch.setattr("asterism.desk.studio.measured.leaks", lambda _: (leak,))
    span = {"mean": 9.0, "low": 5.0, "high": 12.0}
    save(seat, of, plan={"forecast": {"impressions": span, "reach": span}, "verdict": {"sentence": "Micro first."}})
    kept = left(seat, of)
    monkeypatch.setattr(ledger, "ORDERS", 2_000)
    now = results_room(seat, of.pk)
    assert {"leaks", "orders", "forecast", "delivered"} <= {part.name for part in now.told.sections}
    assert kept.told == now.told
    assert (kept.newness.as_of, now.newness.as_of) == (seat.now, None)


def test_earned_media_value_is_kept_and_shown_only_where_it_was_asked_for(seat, of):
    told(seat, of.collaborations.first(), impressions=10_000)
    assert left(seat, of).told.section("media_value") is None
    asked = results_room(seat, of.pk, media_value=True)
    assert "version 1" in asked.told.section("media_value").says[0]
    assert results_seen(seat, of.pk)["earned_media"] is None


def test_newer_orders_are_counted_until_the_worker_took_them_in(seat, of):
    before = left(seat, of)
    for n in range(2):
        bought(seat, f"late{n}", codes=["ANA"])
    room = results_room(seat, of.pk)
    assert room.told.sentence == before.told.sentence
    assert (room.newness.left_out, room.newness.goes_on) == ("2 newer orders are not in it yet", True)
    results_room(seat, of.pk)
    assert len(waiting(seat)) == 1
    worker(seat)
    room = results_room(seat, of.pk)
    assert (room.newness.left_out, room.newness.job) == ("", None)
    assert any("47 orders" in str(figure) for figure in room.told.figures)


@pytest.mark.parametrize("change", ["event", "refund", "another day"])
def test_whatever_results_rest_on_has_them_worked_out_anew(seat, of, change):
    left(seat, of)
    if change == "event":
        save(seat, of, name="Summer")
        add(seat, m.Event, action="campaign.renamed", kind="campaign", row=of.pk)
    if change == "refund":
        add(seat, m.Refund, order=m.Order.objects.first(), key="r", at=seat.now, cents=100)
    room = results_room(replace(seat, now=seat.now + timedelta(days=1)) if change == "another day" else seat, of.pk)
    assert (room.newness.left_out, room.newness.goes_on) == ("", True)


def test_closing_and_files_are_worked_out_to_the_last_order(seat, of):
    left(seat, of)
    bought(seat, "late", codes=["ANA"])
    assert close(seat, of.pk).figures["total"]["tracked"]["orders"] == 46
    total = json.loads(result_file(seat, of.pk, "json").content)["return"]["total"]
    assert total["tracked"]["orders"] == 46


def test_work_that_failed_is_said_and_not_begun_again_at_once(seat, of, monkeypatch):
    def fails(*_):
        raise OutsideFailure("The disk is full.", "Make room.")

    monkeypatch.setattr(reckoning, "reckoned", fails)
    results_room(seat, of.pk)
    jobs.run.call(waiting(seat)[0].pk)
    m.Job.objects.update(ended_at=seat.now)
    room = results_room(seat, of.pk)
    assert (room.newness.job.what, room.newness.goes_on, waiting(seat)) == ("The disk is full.", False, [])
    later = replace(seat, now=seat.now + timedelta(minutes=16))
    assert results_room(later, of.pk).newness.goes_on


def test_what_was_worked_out_before_an_erasure_is_not_shown(seat, of):
    left(seat, of)
    save(seat, of.collaborations.first().creator, erased_at=seat.now)
    assert results_room(seat, of.pk).told is None


def test_what_was_made_while_somebody_was_erased_goes_again(seat, of, monkeypatch):
    def erased_meanwhile(*given):
        found = reckoned(*given)
        save(seat, of.collaborations.first().creator, erased_at=seat.now)
        return found

    monkeypatch.setattr(reckoning, "reckoned", erased_meanwhile)
    results_room(seat, of.pk)
    worker(seat)
    assert not shelf_of(seat.workspace).folder.exists()


def test_a_document_of_another_form_is_worked_out_anew(seat, of):
    left(seat, of)
    shelf, name = shelf_of(seat.workspace), shown_results.kept_name(of)
    edition, text = shelf.text(name)
    shelf.put_text(name, edition, json.dumps({**json.loads(text), "form": 0}))
    assert results_room(seat, of.pk).told is None


def test_a_client_reads_what_the_worker_left(seat, of, never):
    _, secret = share_results(seat, of.pk, NewResultLink())
    first = client_report(secret, seat.now)
    assert (first.told, first.until is not None) == (None, True)


def test_programs_wait_for_the_first_results_and_are_told_how_new_the_next_are(seat, of):
    assert results_seen(seat, of.pk)["worked_out_at"] is None
    left(seat, of)
    bought(seat, "late", codes=["ANA"])
    found = results_seen(seat, of.pk)
    assert (found["worked_out_at"], found["newer_orders"]) == (seat.now, 1)
    assert found["return"]["total"]["tracked"]["orders"] == 45


def test_the_market_of_much_is_the_workers_too(seat, of):
    second = campaign(seat, "Summer", start=of.start)
    worked(seat, second, "tom", orders=12)
    save(seat, m.Creator.objects.get(handle="tom"), niche="food")
    exact = market_document(market_view.market_of(seat, MarketWish())[0])
    assert market_seen(seat, MarketWish()).currency == "USD"
    first = market_page(seat, MarketWish())
    assert (first.sections, first.newness.goes_on) == ((), True)
    worker(seat)
    assert market_document(market_seen(seat, MarketWish())) == exact
    page = market_page(seat, MarketWish(niche="food"))
    assert [name for name, _ in page.niches] == ["", "beauty", "food"]
    assert (page.newness.as_of, page.newness.job, page.sections != ()) == (seat.now, None, True)
    assert market_page(seat, MarketWish(niche="cars")).sections == ()


def test_the_file_of_the_market_is_worked_out_to_the_last_order(seat, of):
    market_page(seat, MarketWish())
    worker(seat)
    bought(seat, "late", codes=["ANA"])
    assert market_page(seat, MarketWish()).newness.left_out == "1 newer order is not in it yet"
    found = json.loads(market_file(seat, MarketWish(), "json").content)
    assert sum(one["tracked"]["orders"] for one in found["places"]) == 46


def test_many_clicks_weigh_as_many_orders_do(seat, of, monkeypatch):
    monkeypatch.setattr(ledger, "ORDERS", 2_000)
    assert not ledger.weight_of(seat).heavy
    monkeypatch.setattr(ledger, "CLICKS", 1)
    link = add(seat, m.Link, campaign=of, code="x1", target="https://shop.test/")
    for n in range(2):
        add(seat, m.Click, link=link, key=f"k{n}", at=seat.now)
    assert ledger.weight_of(seat).heavy
    assert not ledger.weight_of(place("Borealis").owner).heavy
