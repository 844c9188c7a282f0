"""Sampled accounts: from rows of a table to what they say of each creator."""

from typing import Any

import numpy as np
import pytest

from asterism.market.accounts import accounts_table
from asterism.market.simulation import simulate
from asterism.priors import Priors
from asterism.signals.authenticity import belief
from asterism.signals.authenticity.features import COUNTS, OPTIONAL
from asterism.signals.authenticity.sampled import Sampled, sampled
from asterism.signals.authenticity.share import Sample, estimate
from tests.signals.authenticity.making import creator, lineup, tables

PRIORS = Priors.default()
RNG = np.random.default_rng(1)


def person(k: int, fake: bool, who: str = "a") -> dict[str, Any]:
    shown = {"followers": 300, "following": 400, "posts": 40, "has_picture": True, "private": True, "bio_length": 30}
    bare = {"followers": 15, "following": 2_500, "posts": 0, "has_picture": False, "private": False, "bio_length": 0}
    return {"creator_id": who, "person": f"{who}{k}", "digits": 0.3 if fake else 0.0, **(bare if fake else shown)}


SOME = [person(k, k < 30) for k in range(150)]


def found(rows: list[dict[str, Any]], *creators: dict[str, Any]) -> Sampled:
    given = tables(accounts=rows, creators=list(creators) or [creator("a")])
    return sampled(lineup(given), given.accounts)


def without(rows: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    return [{**row, **dict.fromkeys(names)} for row in rows]


def width(seen: Sampled) -> float:
    real = belief.after(PRIORS, [seen.evidence])
    return float(real.high[0] - real.low[0])


def test_the_share_of_fake_accounts_is_found() -> None:
    seen = found(SOME)
    assert (seen.size[0], seen.evidence.words[0]) == (150, "150 sampled accounts")
    assert seen.fake[0] == pytest.approx(0.2, abs=0.03)
    real = belief.after(PRIORS, [seen.evidence])
    assert real.low[0] < 0.8 < real.high[0]


@pytest.mark.parametrize("name", OPTIONAL)
@pytest.mark.parametrize("others", [OPTIONAL, ()], ids=["of all", "of counts and it"])
def test_removing_a_feature_widens_the_interval(name: str, others: tuple[str, ...]) -> None:
    known = without(SOME, *(o for o in OPTIONAL if o not in others and o != name))
    assert width(found(without(known, name))) > width(found(known))


def test_removing_counts_widens_the_interval() -> None:
    bare = without(SOME, *OPTIONAL)
    assert width(found(bare)) < width(found(without(bare, "posts", "followers")))


def test_fewer_accounts_widen_the_interval() -> None:
    every_third = [SOME[k] for k in range(0, 150, 5)]
    assert width(found(SOME)) < width(found(every_third)) < width(found(every_third[:3]))


@pytest.mark.parametrize("share", [0.1, 0.2, 0.3, 0.5])
@pytest.mark.parametrize("columns", [(), OPTIONAL], ids=["everything known", "counts alone"])
def test_however_many_accounts_it_is_never_surer_than_five_points_each_side(
    share: float, columns: tuple[str, ...]
) -> None:
    many = [person(k, k < share * 4_000) for k in range(4_000)]
    assert width(found(without(many, *columns))) >= 0.1 - 0.005


def test_accounts_that_show_nothing_count_for_nothing() -> None:
    seen = found([*SOME, {"creator_id": "a", "person": "x", "has_picture": True}])
    assert (seen.size[0], seen.followings[0]) == (150, 150)
    empty = found(without(SOME, *COUNTS))
    assert (empty.size[0], empty.evidence.words[0]) == (0, "")
    assert np.isnan([empty.fake[0], empty.fake_sd[0], empty.mass[0]]).all()


def test_each_creator_has_its_own_accounts_and_strangers_none() -> None:
    rows = [person(k, True, "b") for k in range(20)] + [person(k, False, "a") for k in range(10)]
    seen = found([*rows, person(0, True, "stranger")], creator("a"), creator("c"), creator("b"))
    assert seen.size.tolist() == [10, 0, 20]
    assert seen.fake[0] < 0.1 < 0.9 < seen.fake[2]


def test_one_sample_speaks_for_all_platforms_of_an_id() -> None:
    seen = found(SOME, creator("a"), creator("a", platform="tiktok"))
    assert seen.size.tolist() == [150, 150]


def test_mass_followers_are_those_who_follow_more_than_1500() -> None:
    rows = [{"creator_id": "a", "person": str(f), "followers": 10, "following": f} for f in (10, 1_500, 1_501, 7_000)]
    seen = found([*rows, {"creator_id": "a", "person": "p", "followers": 4}])
    assert (seen.followings[0], seen.mass[0]) == (4, 0.5)


def test_a_market_agrees_with_estimates_made_by_hand() -> None:
    market = simulate(6, 2_000, seed=3)
    given = tables(
        creators=market.tables.creators.to_pylist(), accounts=accounts_table(RNG, market.truth, 60).to_pylist()
    )
    seen = sampled(lineup(given), given.accounts)
    assert seen.size.tolist() == [60] * 6
    assert seen.fake == pytest.approx(market.truth.fake_share, abs=0.25)
    assert estimate(Sample(np.zeros(0, dtype=np.int64), np.zeros(0), 0)).size == 0
