from datetime import date
from typing import Any

import pytest

from asterism.brief import Brief, read_brief
from asterism.errors import BadBrief

FULL: dict[str, Any] = {
    "name": "Spring launch",
    "goal": "conversions",
    "budget": "20000 USD",
    "platforms": ["instagram", "tiktok"],
    "niche": ["fashion", "beauty"],
    "formats": ["reel", "story"],
    "style": ["everyday"],
    "occasion": "launch",
    "start": "2026-12-01",
    "weeks": 8,
    "frequency": 3,
    "tier_scheme": {"small": 0, "large": 50_000},
    "price_positioning": "mass",
    "product_price": "11 USD",
    "competitors": ["@rival"],
    "universe": 5_000_000,
    "audience": {"countries": ["US"], "ages": ["18-24"], "genders": ["female"], "languages": ["en"]},
    "limits": {"max_creators": 10, "tier_share": {"large": {"max": 0.5}}, "exclude": ["@rival_ambassador"]},
    "economics": {"margin_per_sale": "6 USD", "handling_per_creator": "60 USD"},
    "fx": {"eur": 1.08},
}


def minimal(**more: Any) -> dict[str, Any]:
    return {"goal": "awareness", "budget": "5000 USD", **more}


def test_only_goal_and_budget_are_required():
    brief = read_brief(minimal())
    assert (brief.weeks, brief.limits.max_creators, brief.limits.posts_per_creator) == (8, 40, 3)
    assert str(brief.economics.handling_per_creator) == "60.00 USD"
    assert brief.tiers.name == "industry"


def test_every_field_of_the_contract_is_read():
    brief = read_brief(FULL)
    assert brief.start == date(2026, 12, 1)
    assert brief.tiers.names == ("small", "large")
    assert brief.audience.wanted == {"country": ("US",), "language": ("en",), "age": ("18-24",), "gender": ("female",)}
    assert brief.exchange.usd == {"EUR": 1.08}


def test_the_defaults_used_are_those_not_written():
    assert "limits.max_creators" in read_brief(minimal()).defaults_used
    assert "limits.max_creators" not in read_brief(minimal(limits={"max_creators": 40})).defaults_used
    assert "weeks" not in read_brief(FULL).defaults_used


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        (minimal(buget="1 USD"), "unknown field `buget`. Did you mean `budget`"),
        (minimal(limits={"max_creator": 3}), "unknown field `limits.max_creator`. Did you mean `max_creators`"),
        (minimal(audience={"country": ["US"]}), "unknown field `audience.country`. Did you mean `countries`"),
        ({"goal": "awareness"}, "lacks `budget`"),
        (minimal(goal="fame"), "`goal` cannot be used"),
        (minimal(budget="nan USD"), "not an amount of money"),
        (minimal(budget="0 USD"), "`budget` cannot be used: must be above 0"),
        (minimal(goal="profit"), "margin_per_sale is needed"),
        (minimal(platforms=["instgram"]), "Did you mean `instagram`"),
        (minimal(formats=["reels"]), "Did you mean `reel`"),
        (minimal(tier_scheme="indstry"), "Did you mean `industry`"),
        (minimal(tier_scheme={"a": 5, "b": 5}), "must rise"),
        (minimal(limits={"tier_share": {"mcro": {"max": 0.2}}}), "Did you mean `micro`"),
        (minimal(limits={"tier_share": {"macro": {"min": 0.9, "max": 0.2}}}), "min is above max"),
        (minimal(limits={"max_creators": 0}), "limits.max_creators"),
        (minimal(start="soon"), "`start` cannot be used"),
        (minimal(weeks=0), "`weeks` cannot be used"),
        (minimal(fx={"EUR": 0}), "every rate must be above 0"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_unsound_brief_is_refused_in_one_line(fields: dict[str, Any], says: str):
    with pytest.raises(BadBrief, match=says.replace("(", r"\(")) as refused:
        read_brief(fields)
    assert "\n" not in str(refused.value)


DATED = {"goal": "awareness", "budget": "5 USD", "start": "2026-12-01"}


@pytest.mark.parametrize(
    ("blackout", "spans"),
    [
        ("2026-12-24", [("2026-12-24", "2026-12-24")]),
        (["2026-12-24", "2026-12-25"], [("2026-12-24", "2026-12-24"), ("2026-12-25", "2026-12-25")]),
        ({"from": "2026-12-24", "to": "2027-01-02"}, [("2026-12-24", "2027-01-02")]),
        ([], []),
    ],
    ids=["one day", "days", "a span", "none"],
)
def test_blackouts_are_days_or_spans(blackout, spans):
    found = Brief(**DATED, blackout=blackout).blackout
    assert [(str(span.start), str(span.end)) for span in found] == spans


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"blackout": [{"from": "2026-12-31", "to": "2026-12-01"}]}, r"blackout.0.*is after to"),
        ({"blackout": 5}, "give a list of dates"),
        ({"blackout": [{"from": "2026-12-31"}]}, "lacks `blackout.0.to`"),
        ({"blackout": [{"from": "2026-12-31", "till": "2026-12-31"}]}, "Known: from, to"),
        ({"blackout": ["Christmas"]}, r"blackout\.0\.from"),
        ({"blackout": "2026-12-24", "start": None}, "has no `start`"),
        ({"hand_over": "sideways"}, "hand_over"),
    ],
    ids=["turned round", "a number", "half a span", "another word", "no date", "no start", "no such rule"],
)
def test_dates_and_rules_that_make_no_sense_are_refused_in_one_line(fields, said: str):
    with pytest.raises(BadBrief, match=said):
        Brief(**{**DATED, **fields})


def test_add_ons_are_none_unless_named():
    plain = read_brief(minimal())
    assert plain.add_ons.usage_months == plain.add_ons.exclusivity_months == 0
    assert not plain.add_ons.boost
    asked = read_brief(minimal(add_ons={"usage_months": 6, "exclusivity_months": 3, "boost": True, "rush": False}))
    assert (asked.add_ons.usage_months, asked.add_ons.exclusivity_months, asked.add_ons.boost) == (6, 3, True)


@pytest.mark.parametrize(
    ("add_ons", "message"),
    [
        ({"usage": 6}, "unknown field `add_ons.usage`. Known: usage_months"),
        ({"usage_months": -1}, "`add_ons.usage_months` cannot be used"),
        ({"exclusivity_months": 200}, "`add_ons.exclusivity_months` cannot be used"),
        ({"boost": "much"}, "`add_ons.boost` cannot be used"),
    ],
    ids=["unknown", "negative", "too long", "no flag"],
)
def test_unsound_add_ons_say_what_to_change(add_ons: dict[str, Any], message: str):
    with pytest.raises(BadBrief, match=message):
        read_brief(minimal(add_ons=add_ons))
