"""Who is ruled out, and what is said of it."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from asterism.creators.tables import Tables
from asterism.desk.loading import signals_of
from asterism.desk.plan import plan
from asterism.errors import Infeasible
from asterism.signals.ruled_out import barred_rows, named_rivals, rivalry, unreal
from asterism.signals.text.brands import Conflict

from .given import POSTS, PRIORS, brief, creators, post, rows

CREATORS = pa.table({"creator_id": ["a", "b", "c"], "handle": ["ann", None, "cyd"]})
DAY = datetime(2026, 10, 1, tzinfo=UTC)


def conflict(who, how):
    return Conflict(who, "Rival", "p1", DAY, how)


def test_payment_bars_and_a_mention_does_not():
    assert barred_rows(CREATORS, [conflict("a", "mention"), conflict("c", "sponsor"), conflict("x", "sponsor")]) == (2,)


def test_both_are_said_with_competitor_and_day():
    paid, mentioned = rivalry(
        CREATORS, [conflict("b", "paid post"), conflict("b", "mention"), conflict("a", "mention")]
    )
    assert "1 creator showed a competitor for money within 90 days and is left out: @b (Rival, 2026-10-01)" in paid
    assert mentioned == "A competitor is mentioned, not for money, by 1: @ann (Rival, 2026-10-01)."
    assert rivalry(CREATORS, []) == []


def test_accounts_named_as_competitors_are_said_and_names_nobody_bears_too():
    said = named_rivals(CREATORS, ("@Ann", "rival", "anm"), [conflict("b", "mention")])
    assert said == ["Left out as competitors: @ann.", "No account or post here shows rival, anm: check the spelling."]
    assert named_rivals(CREATORS, ("Rival",), [conflict("b", "mention")]) == []


def test_a_share_of_real_followers_says_whom_it_leaves_out_and_for_want_of_what():
    table = pa.table({"authentic": [0.6, 0.75, 0.9], "authentic_source": ["a sample", "prior: nothing", "a sample"]})
    (said,) = unreal(table, 0.8)
    assert said.startswith("2 creators are left out: under 80% real followers")
    assert "1 of them because nothing is known" in said
    assert unreal(table, 0.0) == []


WHO = creators(
    {"creator_id": "a", "handle": "ann", "platform": "instagram", "followers": 9_000, "credible": 0.95},
    {"creator_id": "b", "handle": "bob", "platform": "instagram", "followers": 9_000, "credible": 0.3},
)


def chosen(posts=None, **fields):
    made = plan(WHO, brief(budget="4000 USD", **fields), posts=posts)
    return {pick.creator_id for pick in made.picks}, made.warnings


def test_the_plan_leaves_out_whose_followers_are_too_often_not_real():
    assert chosen()[0] == {"a", "b"}
    picked, warnings = chosen(limits={"min_authenticity": 0.6})
    assert picked == {"a"}
    assert any("left out" in warning for warning in warnings)


def test_whom_the_brief_includes_by_name_stays():
    picked, warnings = chosen(limits={"min_authenticity": 0.6, "include": ["bob"]})
    assert picked == {"a", "b"}
    assert not any("left out" in warning for warning in warnings)


def test_a_limit_that_nobody_meets_is_an_answer():
    with pytest.raises(Infeasible):
        chosen(limits={"min_authenticity": 0.99})


def test_a_post_paid_by_a_competitor_leaves_its_creator_out():
    paid = rows(POSTS, post("a", 1, platform="instagram", likes=300, caption="Love @rival #ad", sponsored=True))
    picked, warnings = chosen(paid, competitors=["rival"])
    assert picked == {"b"}
    assert any("@ann (rival, 2026-01-01)" in warning for warning in warnings)


def test_the_share_of_real_followers_moves_what_a_creator_without_posts_is_believed_to_reach():
    signals = signals_of(Tables(WHO), brief(), PRIORS)
    reach = signals.formats["reach"].to_pylist()
    real = signals.creators["authentic"].to_pylist()
    assert real[0] > real[1]
    assert reach[0] / reach[1] == pytest.approx(real[0] / real[1])
