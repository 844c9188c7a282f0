import math

import pytest

from asterism.brief import AddOns
from asterism.errors import BadInput
from asterism.priors import Priors
from asterism.signals.pricing.add_ons import add_on, add_on_words, read_package, together
from asterism.signals.pricing.price import package_name

PRIORS = Priors.default()


@pytest.mark.parametrize(
    ("text", "posts", "wanted"),
    [
        ("2 reel + 1 story", "2 reel + 1 story", {}),
        ("1 reel + usage rights 6 months", "1 reel", {"usage_months": 6}),
        ("1 reel, 6 months usage", "1 reel", {"usage_months": 6}),
        ("1 reel with full usage rights (12 months)", "1 reel", {"usage_months": 12}),
        ("1 post + content licensing for 1 year", "1 post", {"usage_months": 12}),
        ("1 post, usage rights", "1 post", {"usage_months": 6}),
        ("1 reel, perpetual usage rights", "1 reel", {"usage_months": 24}),
        ("2 Reels + category exclusivity 30 days", "2 reel", {"exclusivity_months": 1}),
        ("story, exclusive", "1 story", {"exclusivity_months": 3}),
        ("6 months usage 3 months exclusivity, 1 reel", "1 reel", {"usage_months": 6, "exclusivity_months": 3}),
        ("1 video + whitelisting + rush fee", "1 video", {"boost": True, "rush": True}),
        ("30 days whitelisting + 1 post", "1 post", {"boost": True}),
        ("1 post boost", "1 post", {"boost": True}),
        ("reel + boost, no usage rights", "1 reel", {"boost": True}),
        ("1 TikTok video w/ spark ads code", "1 video", {"boost": True}),
    ],
    ids=lambda value: value.replace(" ", "_") if isinstance(value, str) else "",
)
def test_add_ons_are_read_as_price_lists_write_them(text: str, posts: str, wanted: dict) -> None:
    found = read_package(text)
    assert package_name(found.parts) == posts
    assert found.add_ons == AddOns(**wanted)


@pytest.mark.parametrize(
    "add_ons",
    [{}, {"usage_months": 6}, {"exclusivity_months": 0.5, "boost": True}, {"usage_months": 24, "rush": True}],
    ids=["none", "usage", "exclusivity and boost", "usage and rush"],
)
def test_the_canonical_words_are_read_back(add_ons: dict) -> None:
    words = add_on_words(AddOns(**add_ons))
    assert read_package(f"1 reel + {words}" if words else "1 reel").add_ons == AddOns(**add_ons)


@pytest.mark.parametrize(
    ("text", "message"),
    [("usage rights 6 months", "`usage rights 6 months` is not a package"), ("1 reel + billboard", "`billboard`")],
    ids=["no post", "unknown word"],
)
def test_add_ons_without_posts_are_no_package(text: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        read_package(text)


@pytest.mark.parametrize(
    ("kind", "months", "factor"),
    [("usage", 6, 1.5), ("exclusivity", 3, 1.4), ("boost", 1, 1.25), ("rush", 1, 1.25), ("usage", 24, 2.0)],
    ids=["usage", "exclusivity", "boost", "rush", "usage for long"],
)
def test_an_add_on_raises_the_fee_by_the_benchmark_and_with_the_root_of_its_months(
    kind: str, months: float, factor: float
) -> None:
    assert float(add_on(kind, months, PRIORS).median) == pytest.approx(factor)


def test_longer_rights_cost_more_and_are_less_sure_away_from_the_benchmarks_months() -> None:
    short, usual, long = (add_on("usage", months, PRIORS) for months in (1, 6, 24))
    assert 1 < short.median < usual.median < long.median
    grown, extra = 2.0, 1.0
    entry, power = PRIORS.entry("add_on.usage"), PRIORS.entry("add_on.months")
    doubt = math.hypot(1.5 * entry.sd * grown, extra * math.log(4) * 0.5 * power.sd) / 2.0
    assert float(long.log_sd) == pytest.approx(doubt)


def test_what_add_ons_add_is_added_up() -> None:
    both = together(AddOns(usage_months=6, exclusivity_months=3), PRIORS)
    assert float(both.median) == pytest.approx(1 + 0.5 + 0.4)
    parts = [1.5 * PRIORS.entry("add_on.usage").sd, 1.4 * PRIORS.entry("add_on.exclusivity").sd]
    assert float(both.log_sd) == pytest.approx(math.hypot(*parts) / 1.9)


def test_no_add_ons_change_nothing() -> None:
    nothing = together(AddOns(), PRIORS)
    assert (float(nothing.median), float(nothing.log_sd)) == (1.0, 0.0)
