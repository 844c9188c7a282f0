import tomllib

import numpy as np
import pytest

from asterism.errors import BadInput
from asterism.priors import Priors


def test_own_figures_replace_ours_and_say_so() -> None:
    own = Priors.read(tomllib.loads("[click.any]\nmedian = 0.03\nlow = 0.02\nhigh = 0.05\nsource = 'our shop'\n"))
    assert own.click("reel").median == pytest.approx(0.03)
    assert (own.entry("click.any").source, own.entry("click.any").quality) == ("our shop", "own")
    assert Priors.default().click("reel").median == pytest.approx(0.018)


def test_a_curve_keeps_our_sizes_unless_the_user_gives_others() -> None:
    rows = {"median": [50, 500], "low": [20, 200], "high": [90, 900], "followers": [1000, 100_000]}
    own = Priors.read({"fee": {"instagram": {"post": rows}}})
    assert own.fee("instagram", "post", [1000, 1e4, 1e5]).median == pytest.approx([50, np.sqrt(25_000), 500])


def test_a_platform_without_figures_can_be_given_some() -> None:
    own = Priors.read({"fee.linkedin.post": {"median": 300, "low": 100, "high": 900}})
    assert own.fee("linkedin", "post", [1e4, 1e6]).median == pytest.approx([300, 300])
    assert own.fee("facebook", "post", 1e4).median == Priors.default().fee("facebook", "post", 1e4).median


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"clik.any": {"median": 1, "low": 1, "high": 1}}, "Did you mean `click.any`"),
        ({"fee": {"instagran": {"post": {"median": 1, "low": 1, "high": 1}}}}, "Did you mean `fee.instagram.post`"),
        ({"priming": {"median": 1, "low": 1, "hihg": 1}}, "unknown field `hihg`. Did you mean `high`"),
        ({"priming": {"median": 1, "low": 1}}, "lacks high"),
        ({"priming": 1.5}, "outside an entry"),
        ({"priming": {"median": "much", "low": 1, "high": 1}}, "`median` of the prior `priming` must be a number"),
        ({"priming": {"median": True, "low": 1, "high": 1}}, "must be a number"),
        ({"fee.tiktok.video": {"median": [1, 2], "low": [1, 2], "high": [1, 2]}}, "needs 5 values"),
        (
            {"engagement_rate.instagram.post": {"median": 1, "low": 1, "high": 1, "denominator": "views"}},
            "is a share of followers",
        ),
    ],
    ids=["name", "platform", "field", "lacking", "bare", "text", "flag", "length", "denominator"],
)
def test_a_wrong_document_says_what_to_change(document: dict[str, object], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        Priors.read(document)
