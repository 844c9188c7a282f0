"""What users know of creators and audiences, against the people who follow them."""

import numpy as np
import pytest

from asterism.creators.tables import AUDIENCES, CREATORS

DIMENSIONS = ("country", "age", "gender", "interest", "city")


def test_creators_obey_the_schema(market):
    creators = market.tables.creators
    assert creators.schema == CREATORS.arrow
    for name in ("creator_id", "handle", "platform", "followers", "niche", "country", "language", "bio", "verified"):
        assert creators[name].null_count == 0


def test_creators_live_in_a_city_of_their_country_or_in_none(market):
    cities = {(place.country, place.city) for place in market.truth.people.places}
    for row in market.tables.creators.to_pylist():
        assert (row["country"], row["city"] or "") in cities


def test_verification_grows_with_size(market):
    rows = market.tables.creators.to_pylist()
    large = [row["verified"] for row in rows if row["followers"] > 3e5]
    small = [row["verified"] for row in rows if row["followers"] < 1e4]
    assert np.mean(large) > 0.6 > 0.1 > np.mean(small)


def test_profiles_obey_the_schema(market):
    assert market.tables.audiences.schema == AUDIENCES.arrow


@pytest.mark.parametrize("dimension", ["country", "age", "gender", "interest"])
def test_shares_of_a_dimension_sum_to_one(market, dimension):
    totals = {}
    for row in market.tables.audiences.to_pylist():
        if row["dimension"] == dimension:
            totals[row["creator_id"]] = totals.get(row["creator_id"], 0) + row["share"]
    assert all(total == pytest.approx(1) for total in totals.values())
    assert len(totals) / 400 == pytest.approx(0.6, abs=0.08)


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_profiles_describe_the_real_followers_up_to_the_noise_of_a_sample(market, dimension):
    """Bucket by bucket, counted with a plain loop; 4.5 standard errors of a sample of 400."""
    people, codes = market.truth.people, market.truth.people.codes(dimension).tolist()
    stated = [row for row in market.tables.audiences.to_pylist() if row["dimension"] == dimension][:150]
    assert stated
    for row in stated:
        fans = market.truth.following(row["creator_id"]).tolist()
        true = sum(people.buckets(dimension)[codes[p]] == row["bucket"] for p in fans) / len(fans)
        assert row["share"] == pytest.approx(true, abs=4.5 * np.sqrt(true * (1 - true) / 400) + 1e-9)


def test_the_city_stated_is_the_home_city(market):
    city = {row["creator_id"]: row["city"] for row in market.tables.creators.to_pylist()}
    stated = [row for row in market.tables.audiences.to_pylist() if row["dimension"] == "city"]
    assert all(row["bucket"] == city[row["creator_id"]] for row in stated)
