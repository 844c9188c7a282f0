import numpy as np
import pyarrow as pa
import pytest

from asterism.errors import UnknownCurrency
from asterism.priors import Priors
from asterism.signals.table import CREATOR_SIGNALS, FORMAT_SIGNALS, QUOTE_SIGNALS, Signals
from tests.signals.given import FX, POSTS, PRIORS, RATES, Tables, creators, post, rows, signals

NANO = {"creator_id": "n", "handle": "nan", "platform": "instagram", "followers": 4_000}
MEGA = {"creator_id": "m", "platform": "instagram", "followers": 3_000_000}
TOK = {"creator_id": "t", "platform": "tiktok", "followers": 32_000, "avg_views": 8_000}
TABLES = Tables(creators(NANO, MEGA, TOK))


def formats_of(found: Signals, creator: int, kind: str) -> dict[str, float]:
    return next(r for r in found.formats.to_pylist() if (r["creator"], r["format"]) == (creator, kind))


def test_every_schema_is_filled_and_sorted() -> None:
    found = signals(TABLES, formats=["story", "reel"])
    assert found.creators.schema.equals(CREATOR_SIGNALS)
    assert found.formats.schema.equals(FORMAT_SIGNALS)
    assert found.quotes.schema.equals(QUOTE_SIGNALS)
    assert found.formats["creator"].to_pylist() == [0, 0, 1, 1, 2]
    assert found.formats["format"].to_pylist() == ["reel", "story", "reel", "story", "video"]
    for name in FORMAT_SIGNALS.names:
        assert found.formats[name].null_count == 0
        if pa.types.is_floating(FORMAT_SIGNALS.field(name).type):
            assert np.isfinite(found.formats[name].to_numpy()).all()


def test_without_posts_the_priors_means_stand() -> None:
    found = formats_of(signals(TABLES), 0, "post")
    assert found["reach"] == pytest.approx(float(PRIORS.reach_rate("instagram", "post", 4e3).mean))
    rate = float(PRIORS.engagement_rate("instagram", "post", 4e3).belief.mean)
    assert found["engagement"] == pytest.approx(rate * 0.95)
    assert found["fee"] == pytest.approx(float(PRIORS.fee("instagram", "post", 4e3).mean))
    assert found["click"] == pytest.approx(float(PRIORS.click("post").mean))
    assert found["convert"] == pytest.approx(float(PRIORS.convert(4e3).mean))
    sources = [found[f"{name}_source"] for name in ("reach", "engagement", "fee")]
    assert (sources, found["posts"]) == (["prior"] * 3, 0)


def test_views_first_engagement_is_per_member_of_the_audience() -> None:
    found = formats_of(signals(TABLES), 2, "video")
    rate = float(PRIORS.engagement_rate("tiktok", "video", 32e3).of("views").mean)
    assert found["engagement"] == pytest.approx(rate / 0.68 * found["reach"] * 0.95)
    assert found["engagement_denominator"] == "views"
    assert found["reach"] == pytest.approx(float(PRIORS.reach_rate("tiktok", "video", 32e3).mean))


def test_own_posts_move_the_engagement_and_the_clicks_with_it() -> None:
    posts = rows(POSTS, *(post("n", i, likes=800, format="post") for i in range(1, 21)))
    found = signals(Tables(TABLES.creators, posts))
    own, usual = formats_of(found, 0, "post"), formats_of(signals(TABLES), 0, "post")
    assert own["engagement_rate"] == pytest.approx(0.2, rel=0.1)
    assert own["posts"] == 20
    assert own["engagement_source"] == "own posts"
    assert usual["click"] < own["click"] <= 2 * usual["click"] + 1e-9
    assert own["buy_log_sd"] > usual["buy_log_sd"]


def test_engaging_takes_being_reached() -> None:
    posts = rows(POSTS, *(post("m", i, likes=2_400_000, format="post") for i in range(1, 29)))
    found = formats_of(signals(Tables(TABLES.creators, posts)), 1, "post")
    assert found["engagement"] <= found["reach"] <= 1
    assert found["reach"] > 0.6


def test_own_posts_speak_for_other_formats_in_part() -> None:
    posts = rows(POSTS, *(post("n", i, likes=800, format="post") for i in range(1, 21)))
    found = formats_of(signals(Tables(TABLES.creators, posts), formats=["reel"]), 0, "reel")
    bare = formats_of(signals(TABLES, formats=["reel"]), 0, "reel")
    assert found["engagement"] > 1.3 * bare["engagement"]
    assert found["engagement_log_sd"] < bare["engagement_log_sd"]
    assert (found["engagement_source"], found["posts"]) == ("own posts in another format", 0)


@pytest.mark.parametrize(
    "stated",
    [
        {"avg_likes": 780, "avg_comments": 20},
        {"avg_engagements": 800},
        {"engagement_rate": 0.2, "engagement_denominator": "followers"},
        {"engagement_rate": 0.4, "engagement_denominator": "views", "avg_views": 2000},
        {"engagement_rate": 0.2},
    ],
    ids=["likes and comments", "total", "rate", "rate by views", "rate without a word"],
)
def test_stated_averages_are_weak_evidence(stated: dict[str, object]) -> None:
    found = signals(Tables(creators({**NANO, **stated})))
    row, usual = formats_of(found, 0, "post"), formats_of(signals(TABLES), 0, "post")
    assert usual["engagement_rate"] < row["engagement_rate"] < 0.2
    assert row["engagement_rate"] > 3 * usual["engagement_rate"]
    assert (row["engagement_source"], row["posts"]) == ("stated averages", 0)
    assert found.creators["record_evidence"].to_pylist() == ["stated averages"]


def test_own_reach_counts_where_the_platform_told_it() -> None:
    posts = rows(POSTS, *(post("m", i, likes=9_000, reach=1_500_000, format="post") for i in range(1, 21)))
    found = formats_of(signals(Tables(TABLES.creators, posts)), 1, "post")
    assert found["reach"] == pytest.approx(0.5, rel=0.2)
    assert found["reach_source"] == "own posts"
    assert found["reach_log_sd"] < 0.2


def test_quotes_become_rows_in_dollars_and_move_the_expected_fee() -> None:
    rates = rows(
        RATES,
        {"creator_id": "n", "package": "2 reels + 1 story", "price": 1000, "currency": "EUR", "kind": "quote"},
        {"creator_id": "n", "price": 50, "currency": "USD", "kind": "paid"},
        {"creator_id": "gone", "package": "post", "price": 1, "currency": "XXX", "kind": "paid"},
        {"creator_id": "n", "package": "one billboard", "price": 1, "currency": "USD", "kind": "quote"},
    )
    found = signals(Tables(TABLES.creators, rates=rates), fx={"EUR": 1.1}, formats=["post", "reel"])
    assert [tuple(r.values())[:4] for r in found.quotes.to_pylist()] == [
        (0, "1 post", 50.0, "paid"),
        (0, "2 reel + 1 story", pytest.approx(1100.0), "quote"),
    ]
    assert formats_of(found, 0, "reel")["fee_source"] == "quote"
    assert formats_of(found, 0, "post")["fee_source"] == "paid"
    assert formats_of(found, 0, "reel")["fee_log_sd"] < 0.4
    assert any("1 prices were not used: The package `one billboard`" in w for w in found.warnings)
    assert any("@nan (2 reel + 1 story: 1,100 USD" in w for w in found.warnings)


def test_a_quote_in_a_currency_without_a_rate_is_an_error() -> None:
    rates = rows(RATES, {"creator_id": "n", "package": "post", "price": 9, "currency": "CHF"})
    with pytest.raises(UnknownCurrency, match="CHF"):
        signals(Tables(TABLES.creators, rates=rates))
    fx = rows(FX, {"currency": "CHF", "usd": 1.2})
    assert signals(Tables(TABLES.creators, rates=rates, fx=fx)).quotes["fee"].to_pylist() == [pytest.approx(10.8)]


def test_creators_that_cannot_be_sized_stay_and_are_counted() -> None:
    found = signals(Tables(creators(NANO, {"creator_id": "x", "platform": "instagram"})))
    assert found.creators["audience"].to_pylist() == [4000, None]
    assert any(w.startswith("1 creators have neither followers nor views") for w in found.warnings)


def test_creators_on_other_platforms_drop_out() -> None:
    found = signals(TABLES, platforms=["tiktok"])
    assert found.creators["creator_id"].to_pylist() == ["t"]
    assert found.warnings == ()


def test_no_figures_no_record() -> None:
    found = signals(TABLES).creators.to_pylist()
    assert [row["record"] for row in found] == [False] * 3
    assert found[0]["record_evidence"] == "no engagement figures: followers alone make no influencer"


def test_own_priors_change_the_signals() -> None:
    own = Priors.read({"fee.instagram.post": {"median": 100, "low": 50, "high": 200}})
    assert formats_of(signals(TABLES, own), 1, "post")["fee"] == pytest.approx(
        float(own.fee("instagram", "post", 1).mean)
    )


def test_luxury_sells_relatively_better_through_a_star() -> None:
    mass, luxury = (signals(TABLES, price_positioning=word) for word in ("mass", "luxury"))
    gain = [formats_of(luxury, i, "post")["convert"] / formats_of(mass, i, "post")["convert"] for i in (0, 1)]
    assert gain[0] < 1 < gain[1]


def test_a_change_of_tier_scheme_changes_no_signal() -> None:
    assert signals(TABLES, tier_scheme="industry") == signals(TABLES, tier_scheme="c")


def test_an_empty_line_up_gives_empty_tables() -> None:
    found = signals(TABLES, platforms=["twitch"])
    assert (found.creators.num_rows, found.formats.num_rows, found.quotes.num_rows) == (0, 0, 0)
    assert found.warnings == ("None of the 3 creators is on twitch.",)
