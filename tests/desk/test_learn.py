"""From files or a catalogue to priors, a list, a wave and experiments."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from asterism.creators.tables import CREATORS, OUTCOMES, RATES
from asterism.desk.documents import document_from
from asterism.desk.learn import (
    Asked,
    Beside,
    experiments_file,
    learn_files,
    next_files,
    rebook_files,
    save_priors,
    state_of,
)
from asterism.desk.loading import Sources
from asterism.desk.stored import open_catalogue
from asterism.errors import BadInput, NotFound, WrongUsage
from asterism.learning.collaborations import Booked, kept_collaborations
from asterism.learning.evidence import known
from asterism.learning.waves import Rules
from asterism.priors import Priors
from tests.learning.made import campaigns, creators, evidence, quote, table

WHO = creators(24, followers=np.geomspace(5e3, 2e6, 24).astype(int).tolist())
DONE = campaigns(np.random.default_rng(1), WHO, 12, click=0.04)
SHIPPED = Priors.default()


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    store = open_catalogue(tmp_path)
    store.upsert("creators", table(WHO, CREATORS))
    store.upsert("outcomes", table(DONE, OUTCOMES))
    store.upsert("rates", table([quote(w, "1 post", 500.0) for w in WHO[:6]], RATES))
    return tmp_path


def kept(catalogue: Path, booked: list[Booked], at: datetime) -> None:
    open_catalogue(catalogue).upsert("forecasts", kept_collaborations(SHIPPED, booked, at))


@pytest.mark.parametrize("name", ["priors.toml", "priors.json"])
def test_what_was_learnt_is_written_as_priors_that_a_plan_can_take(catalogue: Path, tmp_path: Path, name: str) -> None:
    found = learn_files(None, Sources(catalogue=catalogue))
    path = save_priors(found, tmp_path / name)
    again = Priors.read(document_from(str(path)))
    assert again.entry("click.any") == found.priors.entry("click.any")
    assert again.entry("click.any").value > 1.5 * SHIPPED.entry("click.any").value


def test_nothing_is_learnt_twice(catalogue: Path, tmp_path: Path) -> None:
    path = save_priors(learn_files(None, Sources(catalogue=catalogue)), tmp_path / "p.toml")
    with pytest.raises(WrongUsage, match="Those priors were learnt"):
        learn_files(None, Sources(catalogue=catalogue, priors=str(path)))
    with pytest.raises(WrongUsage, match="Those priors were learnt"):
        next_files(None, Sources(catalogue=catalogue, priors=str(path)), Asked(1000.0))


def test_own_priors_are_where_learning_starts(catalogue: Path, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("[click.any]\nmedian = 0.05\nlow = 0.049\nhigh = 0.051\n")
    found = learn_files(None, Sources(catalogue=catalogue, priors=str(tmp_path / "own.toml")))
    assert found.priors.entry("click.any").value == pytest.approx(0.05, rel=0.1)


def test_forecasts_kept_in_the_catalogue_say_how_wide_ranges_should_be(catalogue: Path) -> None:
    people = known(table(WHO, CREATORS))
    booked = [Booked(people[o["creator_id"]], o["campaign"], "post", 1) for o in DONE]
    kept(catalogue, booked, datetime(2025, 12, 1, tzinfo=UTC))
    found = learn_files(None, Sources(catalogue=catalogue))
    assert {w.what for w in found.widths} >= {"reach", "clicks", "price"}
    assert next(w.n for w in found.widths if w.what == "reach") == len(DONE)
    assert "reach_rate.instagram.post" in found.stretched
    assert "click.any" not in found.stretched


def test_an_empty_catalogue_has_nothing_to_teach(tmp_path: Path) -> None:
    open_catalogue(tmp_path).upsert("creators", table(WHO, CREATORS))
    with pytest.raises(NotFound, match="no results to learn from"):
        learn_files(None, Sources(catalogue=tmp_path))
    with pytest.raises(NotFound, match="no outcomes of known creators"):
        rebook_files(None, Sources(catalogue=tmp_path))


def test_phases_and_audits_come_from_small_files(catalogue: Path, tmp_path: Path) -> None:
    named = {(o["creator_id"], o["campaign"]): i % 2 for i, o in enumerate(DONE)}
    phases = "creator_id,campaign,primed\n" + "".join(f"{c},{n},{p}\n" for (c, n), p in named.items())
    (tmp_path / "phases.csv").write_text(phases)
    (tmp_path / "fakes.csv").write_text("creator_id,share\n" + "".join(f"x{i},0.5\n" for i in range(40)))
    beside = Beside(str(tmp_path / "phases.csv"), str(tmp_path / "fakes.csv"))
    names = {u.name for u in learn_files(None, Sources(catalogue=catalogue), beside).updates}
    assert {"priming", "fake.weight", "fake.high_cluster"} <= names
    (tmp_path / "fakes.csv").write_text("who,share\nx,0.5\n")
    with pytest.raises(BadInput, match="no table of fakes"):
        learn_files(None, Sources(catalogue=catalogue), beside)


def test_everybody_with_past_work_gets_advice(catalogue: Path) -> None:
    found = rebook_files(None, Sources(catalogue=catalogue), 0.5)
    assert {a.creator_id for a in found} == {o["creator_id"] for o in DONE}


def test_a_wave_starts_from_what_each_brought_and_what_the_priors_said_before() -> None:
    asked = Asked(2_000.0, Rules(memory=2), handling=10.0)
    state = state_of(evidence(WHO, DONE, [quote(WHO[0], "2 posts", 700.0)]), SHIPPED, asked)
    arms = {arm.creator_id: arm for arm in state.arms}
    mine = [o for o in DONE if o["creator_id"] == WHO[0]["creator_id"]]
    first = arms[WHO[0]["creator_id"]]
    assert first.cost == 710.0
    assert first.orders == sum(o["orders"] for o in mine)
    assert first.spent == sum(o["cost"] + 10 for o in mine)
    assert first.recent == len({o["campaign"] for o in mine} & {"campaign 10", "campaign 11"})
    assert set(state.levels) == {arm.tier for arm in state.arms}
    bare = state_of(evidence(WHO), SHIPPED, asked)
    assert bare.levels["micro"].orders_per_dollar == pytest.approx(
        state_of(evidence(WHO, DONE), SHIPPED, asked).levels["micro"].orders_per_dollar
    )  # results stand in the arms, and are not counted in the levels too


def test_the_same_seed_gives_the_same_wave(catalogue: Path) -> None:
    a, b, c = (next_files(None, Sources(catalogue=catalogue), Asked(3_000.0, seed=s)) for s in (1, 1, 2))
    assert a == b != c
    assert a.spent <= 3_000


@pytest.mark.parametrize("text", ['{"goal": "profit"}', '{"a": 1}'], ids=["half a plan", "no plan"])
def test_what_is_no_plan_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "plan.json").write_text(text)
    with pytest.raises(BadInput, match="is no plan"):
        experiments_file(str(tmp_path / "plan.json"), Sources())


def test_experiments_of_a_plan_are_ranked(tmp_path: Path) -> None:
    from tests.learning.test_experiments import PLAN

    (tmp_path / "plan.json").write_text(json.dumps(PLAN))
    found = experiments_file(str(tmp_path / "plan.json"), Sources())
    nets = [w.net for w in found.worths]
    assert nets == sorted(nets, reverse=True)


def test_a_forecast_of_a_campaign_without_outcome_waits(catalogue: Path) -> None:
    people = known(table(WHO, CREATORS))
    kept(catalogue, [Booked(people[WHO[0]["creator_id"]], "to come", "post", 1)], datetime.now(UTC) + timedelta(days=1))
    assert learn_files(None, Sources(catalogue=catalogue)).widths == ()
