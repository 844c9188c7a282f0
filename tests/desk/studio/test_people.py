"""On whom delivered reach is counted: the people a plan would be made on, else a prior, and which of them it was."""

from functools import cache

import numpy as np
import pytest

from asterism.audience.ladder import beliefs, climb
from asterism.brief import Brief
from asterism.desk.loading import signals_of, with_rates
from asterism.desk.people_behind import people_behind
from asterism.desk.studio import remembered
from asterism.desk.studio.handlers import registered
from asterism.desk.studio.people import people_of
from asterism.desk.studio.results import reckoned
from asterism.desk.studio.results_room import results_room
from asterism.measurement.reached import Audience, with_reach
from asterism.priors import Priors
from asterism.store.catalogue import Catalogue
from asterism.store.ledger import jobs
from asterism.store.ledger import models as m
from asterism.store.ledger.places import catalogue_of
from asterism.store.ledger.scope import rows, save
from tests.measured import told, with_margin, worked
from tests.planned import DOCUMENT, market, planning
from tests.studio import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
KINDS = ("creators", "posts", "audiences", "followers", "overlaps")


@pytest.fixture
def seat():
    return place().owner


@pytest.fixture
def of(seat):
    """A campaign with the sample brief and three creators, each with a reach; there is no catalogue yet."""
    with_margin(seat)
    made = planning(seat)
    for n, (who, where) in enumerate(chosen()):
        work = worked(seat, made, f"h{n}", orders=2)
        save(seat, work.creator, creator_id=who, platform=where)
        told(seat, work, reach=200 + 50 * n, impressions=400 + 90 * n)
    return made


def stocked(seat, kinds=KINDS, tables=None):
    catalogue = Catalogue(catalogue_of(seat.workspace))
    for kind in kinds:
        if (found := getattr(tables or market(), kind)).num_rows:
            catalogue.upsert(kind, found)


def due(seat):
    return rows(seat, m.Job).filter(kind="reckon", state="waiting")


def worker(seat):
    assert "reckon" in registered()
    for job in due(seat):
        jobs.run.call(job.pk)
        job.refresh_from_db()
        assert job.state == "done", job.error
    return [job.result for job in rows(seat, m.Job).filter(kind="reckon")]


def reach(seat, of):
    return reckoned(seat, of).returned.total.reach


@cache
def samples():
    """The samples behind a plan of the sample brief, for everybody."""
    brief = with_rates(Brief(**DOCUMENT), market().fx)
    signals = signals_of(market(), brief, Priors.default())
    return climb(market(), signals, brief, Priors.default()).samples


def chosen():
    """Three creators of the market whose audience has a profile, each with its platform."""
    where = {row["creator_id"]: row["platform"] for row in market().creators.to_pylist()}
    found = zip(samples().creators, samples().sizes, samples().rung, strict=True)
    return [(who, where[who]) for who, size, rung in found if size > 0 and rung == 3][:3]


def test_without_a_catalogue_the_prior_serves_and_nobody_is_asked_to_count(seat, of):
    room = results_room(seat, of.pk)
    says = room.told.section("delivered").says
    assert "The catalogue holds no creators, so people shared between creators are taken out by a prior." in says
    assert says[-1].startswith("Rung 4 of 4")
    assert (room.newness.job, due(seat).count()) == (None, 0)


def test_reach_is_counted_on_the_samples_a_plan_would_be_made_on(seat, of):
    before = reach(seat, of)
    stocked(seat)
    room = results_room(seat, of.pk)
    assert "The catalogue was not looked at yet" in " ".join(room.told.section("delivered").says)
    assert room.newness.goes_on
    assert worker(seat) == [{"people": True}]
    room, now = results_room(seat, of.pk), reach(seat, of)
    exact = with_reach(reckoned(seat, of).returned, Audience(samples(), None, beliefs(Priors.default())))
    assert now.people.mean == pytest.approx(exact.total.reach.people.mean, rel=1e-9)
    assert now.on_target == pytest.approx(exact.total.reach.on_target, rel=1e-9)
    assert (before.rung, before.on_target, now.rung) == (4, None, 3)
    assert 0 < now.on_target < 1
    assert now.frequency.mean == pytest.approx((400 + 490 + 580) / now.people.mean)
    assert room.newness.job is None
    says = room.told.section("delivered").says
    assert any(
        said.startswith("Counted on the people a plan would be made on, from the catalogue as of") for said in says
    )
    assert says[-1].startswith("Rung 3 of 4")


def test_people_are_counted_once_and_again_only_when_something_they_rest_on_changed(seat, of):
    stocked(seat)
    results_room(seat, of.pk)
    worker(seat)
    told(seat, of.collaborations.first(), days=1, reach=900)
    remembered.forget()
    assert results_room(seat, of.pk).newness.job is None
    save(seat, of, brief={**DOCUMENT, "niche": "food"})
    assert results_room(seat, of.pk).newness.goes_on
    worker(seat)
    assert results_room(seat, of.pk).newness.job is None
    stocked(seat, ("creators",))
    assert results_room(seat, of.pk).newness.goes_on


def test_a_creator_the_catalogue_lacks_leaves_all_to_the_prior_and_that_is_said(seat, of):
    stocked(seat)
    results_room(seat, of.pk)
    worker(seat)
    told(seat, worked(seat, of, "stranger"), reach=300)
    assert results_room(seat, of.pk).newness.goes_on
    worker(seat)
    room = results_room(seat, of.pk)
    says = " ".join(room.told.section("delivered").says)
    assert "1 of 4 creators has no audience in the catalogue, so" in says
    assert (reach(seat, of).rung, room.newness.job) == (4, None)


def test_a_creator_of_the_same_id_elsewhere_is_somebody_else(seat, of):
    who = of.collaborations.first().creator
    save(seat, who, platform="youtube" if who.platform != "youtube" else "tiktok")
    stocked(seat)
    results_room(seat, of.pk)
    worker(seat)
    assert reach(seat, of).rung == 4


def test_of_nobody_in_the_tables_there_are_no_people():
    found = people_behind(["nobody@instagram"], market(), Brief(**DOCUMENT), Priors.default())
    assert (found.creators, found.n_people) == ((), 0)


def test_people_come_back_as_they_were_kept(seat, of):
    stocked(seat)
    results_room(seat, of.pk)
    worker(seat)
    kept = people_of(seat, of).kept.samples
    asked = [f"{who}@{on}" for who, on in of.collaborations.values_list("creator__creator_id", "creator__platform")]
    made = people_behind(asked, market(), Brief(**DOCUMENT), Priors.default())
    assert set(kept.creators) == set(made.creators) == set(asked)
    for name in ("weight", "start", "link", "chance", "rung", "sizes", "variant", "worth"):
        np.testing.assert_allclose(getattr(kept, name), getattr(made, name), rtol=1e-9)
        assert getattr(kept, name).dtype == getattr(made, name).dtype, name
    assert (kept.n_variants, kept.universe, kept.error) == (made.n_variants, made.universe, made.error)


def test_a_campaign_without_a_brief_is_counted_for_nobody_in_particular(seat, of):
    save(seat, of, brief={})
    stocked(seat)
    results_room(seat, of.pk)
    worker(seat)
    assert (reach(seat, of).rung, reach(seat, of).on_target) == (3, None)


def test_who_was_erased_is_not_among_the_people_kept(seat, of):
    stocked(seat)
    results_room(seat, of.pk)
    who = of.collaborations.first().creator
    save(seat, who, erased_at=seat.now)
    worker(seat)
    assert not any(name.startswith(who.creator_id) for name in people_of(seat, of).kept.asked)
