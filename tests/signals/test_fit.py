import numpy as np
import pytest

from asterism.brief import Brief
from asterism.signals.fit import is_wanted, on_target, overlap, wanted
from asterism.signals.lineup import line_up
from tests.signals.given import AUDIENCES, PRIORS, Tables, brief, creators, rows


def fit(tables: Tables, asked: Brief):  # type: ignore[no-untyped-def]
    lineup = line_up(tables, asked)
    return on_target(lineup, tables.audiences, asked, PRIORS, lineup.followers)


def profile(*shares: tuple[str, str, str, float]) -> object:
    return rows(AUDIENCES, *({"creator_id": c, "dimension": d, "bucket": b, "share": s} for c, d, b, s in shares))


ONE = creators({"creator_id": "a", "platform": "instagram", "followers": 32_000, "country": "US", "niche": "beauty"})


def test_without_a_target_everybody_is_on_it() -> None:
    found = fit(Tables(ONE), brief())
    assert (found.share[0], found.low[0], found.high[0], found.source[0]) == (1, 1, 1, "everybody")


def test_a_profile_gives_the_share_itself() -> None:
    tables = Tables(ONE, audiences=profile(("a", "country", "US", 0.3), ("a", "country", "CA", 0.2)))
    found = fit(tables, brief(audience={"countries": ["us", "ca"]}))
    assert found.share[0] == pytest.approx(0.5)
    assert 0.35 < found.low[0] < 0.5 < found.high[0] < 0.7
    assert found.source[0] == "profile"


def test_wanted_dimensions_multiply() -> None:
    tables = Tables(ONE, audiences=profile(("a", "country", "US", 0.5), ("a", "gender", "F", 0.8)))
    assert fit(tables, brief(audience={"countries": ["US"], "genders": ["female"]})).share[0] == pytest.approx(0.4)


def test_a_creators_own_country_speaks_where_there_is_no_profile() -> None:
    many = creators(*({"creator_id": c, "followers": 32_000, "country": c or None} for c in ("US", "FR", "")))
    found = fit(Tables(many), brief(audience={"countries": ["US"]}))
    assert found.share == pytest.approx([0.72, 0.04, 0.25])
    assert found.source.tolist() == ["country", "country", "prior"]
    width = np.log(found.high / found.low)
    assert width[2] > width[0]


def test_the_home_share_falls_with_size() -> None:
    sizes = (4_000, 32_000, 224_000, 3_000_000)
    many = creators(*({"creator_id": str(f), "followers": f, "city": "Berlin"} for f in sizes))
    share = fit(Tables(many), brief(audience={"cities": ["berlin"]})).share
    assert (np.diff(share) < 0).all()


def test_the_briefs_niche_is_an_interest_of_the_audience() -> None:
    asked = brief(niche=["beauty"])
    assert wanted(asked) == {"interest": ("beauty",)}
    many = creators(
        {"creator_id": "a", "followers": 32_000, "niche": "Beauty & Fashion"}, {"creator_id": "b", "niche": "cars"}
    )
    found = fit(Tables(many), asked)
    assert found.share[0] > 3 * found.share[1]
    assert found.source.tolist() == ["niche", "niche"]


def test_the_source_names_what_each_dimension_rests_on() -> None:
    tables = Tables(ONE, audiences=profile(("a", "gender", "female", 0.5)))
    asked = brief(niche=["beauty"], audience={"countries": ["US"], "genders": ["female"], "ages": ["18-24"]})
    assert fit(tables, asked).source[0] == "profile and country and niche and prior"


def test_a_bucket_a_profile_does_not_list_gets_part_of_what_is_left() -> None:
    tables = Tables(ONE, audiences=profile(("a", "country", "BR", 0.9)))
    assert fit(tables, brief(audience={"countries": ["US"]})).share[0] == pytest.approx(0.25 * 0.1)


def test_all_ages_together_are_everybody() -> None:
    ages = ["13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+"]
    found = fit(Tables(ONE), brief(audience={"ages": ages}))
    assert found.share[0] == pytest.approx(1.0)
    assert found.low[0] == pytest.approx(1.0)


def test_both_genders_are_everybody_and_one_is_half() -> None:
    assert fit(Tables(ONE), brief(audience={"genders": ["female", "male"]})).share[0] == pytest.approx(1.0)
    assert fit(Tables(ONE), brief(audience={"genders": ["women"]})).share[0] == pytest.approx(0.5)


def test_a_share_and_its_range_stay_shares() -> None:
    many = creators(*({"creator_id": str(i), "followers": 10**i, "country": "US", "language": "en"} for i in range(9)))
    found = fit(Tables(many), brief(audience={"countries": ["US"], "languages": ["en"], "ages": ["18-34"]}))
    assert ((found.low > 0) & (found.low <= found.share) & (found.share <= found.high) & (found.high <= 1)).all()


@pytest.mark.parametrize(
    ("bucket", "asked", "part"),
    [
        ("18-24", ["18-24"], 1),
        ("25-34", ["18-29"], 0.5),
        ("65+", ["65-99"], 1),
        ("18-24", ["25-34"], 0),
        ("?", ["18-24"], 0),
    ],
    ids=["same", "half", "open", "apart", "unreadable"],
)
def test_ages_overlap_by_years(bucket: str, asked: list[str], part: float) -> None:
    assert overlap("age", bucket, tuple(asked)) == pytest.approx(part)


@pytest.mark.parametrize(
    ("dimension", "word", "bucket", "same"),
    [
        ("interest", "Fashion/Beauty", "beauty", True),
        ("interest", "fashionable", "fashion", False),
        ("interest", "", "beauty", False),
        ("gender", "F", "female", True),
        ("country", "us", "US", True),
        ("city", "New York", "York", False),
    ],
    ids=["part", "not inside a word", "empty", "letter", "case", "whole city"],
)
def test_words_match_as_meant(dimension: str, word: str, bucket: str, same: bool) -> None:
    assert is_wanted(dimension, word, (bucket,)) is same
