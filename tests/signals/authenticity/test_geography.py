"""Whether an audience understands the creator it follows."""

from typing import Any

import numpy as np
import pytest

from asterism.signals.authenticity.geography import Understood, speakers, understood
from tests.signals.authenticity.making import creator, lineup, tables


def found(who: dict[str, Any], **profile: dict[str, float]) -> Understood:
    told = [{"creator_id": "a", "dimension": dimension, "bucket": bucket, "share": share}
            for dimension, shares in profile.items() for bucket, share in shares.items()]  # fmt: skip
    given = tables(creators=[creator(**who)], audiences=told)
    return understood(lineup(given), given.audiences)


@pytest.mark.parametrize(
    ("who", "profile", "expected"),
    [
        ({"country": "DE", "language": "de"}, {"country": {"DE": 0.9, "AT": 0.1}}, 0.9 + 0.1 * 0.97),
        ({"country": "DE"}, {"country": {"DE": 1.0}}, 1.0),
        ({"country": "DE", "language": "de"}, {"country": {"DE": 0.2, "ID": 0.8}}, 0.2),
        ({"country": "DE", "language": "de"}, {"country": {"ID": 0.9}, "language": {"de": 0.8, "en": 0.2}}, 0.8),
        ({"language": "pt"}, {"country": {"BR": 0.7, "JP": 0.3}}, 0.7 * 0.91),
        ({"country": "DE", "language": "de"}, {"country": {"DE": 0.3, "ID": 0.3}}, 0.5),
        ({"country": "DE", "language": "de"}, {"country": {"DE": 0.6, "Other": 0.4}}, 1.0),
    ],
    ids=[
        "neighbours",
        "language of the country",
        "elsewhere",
        "languages known",
        "no country",
        "partly listed",
        "others somewhere",
    ],
)
def test_the_share_who_share_country_or_language(who: Any, profile: Any, expected: float) -> None:
    assert found(who, **profile).share[0] == pytest.approx(expected, abs=0.03)


@pytest.mark.parametrize(
    ("who", "profile"),
    [
        ({"country": "DE"}, {}),
        ({}, {"country": {"DE": 1.0}}),
        ({"country": "DE"}, {"country": {"DE": 0.2}}),
        ({"country": "DE"}, {"age": {"18-24": 1.0}}),
    ],
    ids=["no profile", "nothing of the creator", "too little listed", "another dimension"],
)
def test_it_is_unknown(who: Any, profile: Any) -> None:
    seen = found(who, **profile)
    assert np.isnan(seen.share[0])
    assert seen.words[0] == ""


def test_an_unknown_country_has_no_speakers() -> None:
    assert speakers("") == speakers("zz") == {}


@pytest.mark.parametrize(
    ("country", "language", "least"),
    [("gb", "en", 0.9), ("in", "hi", 0.4), ("hk", "zh", 0.9)],
    ids=["a script nobody uses", "a script few use", "two scripts"],
)
def test_a_language_of_several_scripts_is_spoken_by_those_of_the_commonest(
    country: str, language: str, least: float
) -> None:
    assert speakers(country)[language] >= least
