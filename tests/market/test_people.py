"""People: shares as asked, cells that mean what they say, targets that pick the right ones."""

import numpy as np
import pytest

from asterism.errors import WrongUsage
from asterism.market import Country, MarketOptions
from asterism.market.niches import AGES, GENDERS
from asterism.market.people import draw_people, places

OPTIONS = MarketOptions()


@pytest.fixture(scope="module")
def people():
    return draw_people(np.random.default_rng(3), 40_000, OPTIONS)


def test_shares_of_places_sum_to_one():
    assert sum(place.share for place in places(OPTIONS)) == pytest.approx(1)


@pytest.mark.parametrize("country", OPTIONS.countries, ids=lambda country: country.code)
def test_countries_hold_the_share_of_people_they_were_given(people, country):
    at = people.buckets("country").index(country.code)
    assert (people.codes("country") == at).mean() == pytest.approx(country.share, abs=0.01)


@pytest.mark.parametrize(("dimension", "bucket", "share"), [("gender", "female", 0.52), ("age", "25-34", 0.29)])
def test_genders_and_ages_have_their_shares(people, dimension, bucket, share):
    assert people.wanted({dimension: [bucket]}).mean() == pytest.approx(share, abs=0.01)


def test_a_city_holds_its_share_of_its_country_only(people):
    inside = people.wanted({"city": ["London"]})
    assert inside.mean() == pytest.approx(0.16 * 0.2, abs=0.004)
    assert not (inside & people.wanted({"country": ["US"]})).any()


def test_a_language_of_two_countries_is_one_bucket(people):
    spanish = people.wanted({"language": ["es"]})
    assert spanish.mean() == pytest.approx(0.56 * 0.14 + 0.07, abs=0.01)


def test_cells_decode_into_place_gender_and_age(people):
    for person in range(0, people.size, 4_001):
        rest, age = divmod(int(people.cell[person]), len(AGES))
        place, gender = divmod(rest, len(GENDERS))
        assert people.codes("age")[person] == age
        assert people.codes("gender")[person] == gender
        assert people.buckets("city")[people.codes("city")[person]] == people.places[place].city
        assert people.buckets("country")[people.codes("country")[person]] == people.places[place].country


def test_a_target_is_every_dimension_at_once_and_any_bucket_of_each(people):
    wanted = people.wanted({"country": ["US", "GB"], "gender": ["female"], "age": ["18-24"]})
    for person in range(0, people.size, 997):
        country = people.buckets("country")[people.codes("country")[person]]
        gender, age = GENDERS[people.codes("gender")[person]], AGES[people.codes("age")[person]]
        assert wanted[person] == (country in ("US", "GB") and gender == "female" and age == "18-24")


def test_an_empty_target_is_everybody(people):
    assert people.wanted({}).all()


def test_a_bucket_nobody_is_in_wants_nobody(people):
    assert not people.wanted({"country": ["NZ"]}).any()


def test_interests_are_shares_and_several_per_person(people):
    assert np.allclose(people.interest.sum(axis=1), 1, atol=1e-4)
    assert np.median((people.interest > 0.05).sum(axis=1)) >= 3


@pytest.mark.parametrize(("niche", "gender"), [("beauty", "female"), ("gaming", "male")])
def test_interests_lean_the_way_their_niche_says(people, niche, gender):
    column = people.interest[:, people.niches.index(niche)]
    inside = people.wanted({"gender": [gender]})
    assert column[inside].mean() > 1.5 * column[~inside].mean()


@pytest.mark.parametrize("dispersion", [0.2, 0.8, 2.0])
def test_activity_has_mean_one_and_the_variance_asked_for(dispersion):
    activity = draw_people(np.random.default_rng(1), 60_000, MarketOptions(dispersion=dispersion)).activity
    assert activity.mean() == pytest.approx(1, abs=0.03)
    assert activity.var() == pytest.approx(dispersion, rel=0.08)


def test_countries_are_an_option():
    options = MarketOptions(countries=(Country("IT", 1.0, (("it", 1.0),), (("Turin", 0.25),)),))
    people = draw_people(np.random.default_rng(0), 8_000, options)
    assert people.buckets("country") == ("IT",)
    assert people.wanted({"city": ["Turin"]}).mean() == pytest.approx(0.25, abs=0.03)


def test_an_unknown_dimension_is_named(people):
    with pytest.raises(WrongUsage, match="Did you mean `gender`"):
        people.wanted({"gendre": ["female"]})
