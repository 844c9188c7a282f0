"""What is typed into the brief's form becomes the brief it says, and back."""

import pytest

from asterism.brief import AddOns, Audience, Brief, Economics, Limits
from asterism.desk.studio.briefs import PARTS, BriefForm, checked, document_of, form_of
from asterism.errors import BadBrief

TYPED = {"name": "Spring", "goal": "conversions", "budget": "20,000", "currency": "EUR"}
FULL = {
    **TYPED, "platforms": ["instagram", "tiktok"], "formats": ["reel"], "niche": "fashion, beauty", "style": "minimal",
    "occasion": "launch", "start": "2027-03-01", "weeks": 6, "blackout": "2027-03-05\n2027-03-10 to 2027-03-12",
    "hand_over": "extend", "frequency": 2, "tier_scheme": "industry", "price_positioning": "premium",
    "product_price": "75", "competitors": "Rival\nOther", "universe": 1_000_000, "countries": "FR; DE",
    "regions": "Bavaria", "cities": "Paris", "languages": "fr", "ages": "18-24", "genders": ["female"],
    "max_creators": 12, "posts_per_creator": 2, "min_authenticity": 70, "frequency_cap": 5, "include": "ana",
    "exclude": "bo\ncy", "tier_share": "micro 20-60%\nmacro 0-50%", "platform_share": "tiktok 10 to 50",
    "margin_per_sale": "6", "handling_per_creator": "40 EUR", "usage_months": 3, "exclusivity_months": 1,
    "boost": True, "rush": True, "fx": "EUR 1.08",
}  # fmt: skip


def document(**change):
    """The document of the form with something changed."""
    return document_of(BriefForm(**{**TYPED, **change}))


def test_only_what_was_typed_is_said():
    assert document() == {"name": "Spring", "goal": "conversions", "budget": "20,000 EUR"}


def test_every_field_of_a_brief_can_be_typed():
    brief = Brief(**document_of(BriefForm(**FULL)))
    said = {*brief.model_fields_set, *(name for part in PARTS for name in getattr(brief, part).model_fields_set)}
    fields = [Brief, Audience, Limits, Economics, AddOns]
    assert said == {name for kind in fields for name in kind.model_fields}
    assert brief.limits.min_authenticity == 0.7
    assert brief.limits.tier_share["micro"].max == 0.6
    assert str(brief.economics.margin_per_sale) == "6.00 EUR"
    assert [str(span.end) for span in brief.blackout] == ["2027-03-05", "2027-03-12"]


def test_a_document_comes_back_from_its_own_form():
    full = document_of(BriefForm(**FULL))
    typed = {name: list(v) if isinstance(v, tuple) else v for name, v in form_of(full).items() if v not in ("", ())}
    assert document_of(BriefForm(**typed)) == full


def test_tiers_of_ones_own_come_back_too():
    full = document(tiers="small 0\nlarge 50000")
    assert full["tier_scheme"] == {"small": 0.0, "large": 50_000.0}
    assert form_of(full)["tiers"] == "small 0\nlarge 50000"


@pytest.mark.parametrize("typed", ["9 USD", "$9", "9 usd"])
def test_an_amount_with_its_own_currency_keeps_it(typed):
    assert Brief(**document(margin_per_sale=typed)).economics.margin_per_sale.currency == "USD"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"goal": "fame"}, "goal"),
        ({"budget": "a lot"}, "budget"),
        ({"budget": "0"}, "budget"),
        ({"budget": "99999999999999"}, "budget"),
        ({"weeks": 0}, "weeks"),
        ({"max_creators": 0}, "max_creators"),
        ({"min_authenticity": 130}, "min_authenticity"),
        ({"tier_share": "micro most of it"}, "tier_share"),
        ({"tier_share": "giant 0-50%"}, "tier_share"),
        ({"tier_share": "micro 60-20%"}, "tier_share"),
        ({"blackout": "Christmas", "start": "2027-03-01"}, "blackout"),
        ({"start": "soon"}, "start"),
        ({"start": "9999-12-30"}, "start"),
        ({"goal": "profit"}, "margin_per_sale"),
        ({"fx": "EUR"}, "fx"),
        ({"tiers": "small"}, "tiers"),
        ({"platforms": ["friendster"]}, "platforms"),
    ],
    ids=str,
)
def test_an_error_names_the_field_as_the_form_does(change, field):
    with pytest.raises(BadBrief, match=r"\w") as caught:
        document(**change)
    assert caught.value.field == field


@pytest.mark.parametrize(
    "extra", [{"self": 1}, {"limits": {"self": 1}}, {"universe": float("inf")}, {"name": "x" * 200}]
)
def test_what_a_ledger_could_not_keep_is_refused(extra):
    with pytest.raises(BadBrief, match=r"\w"):
        checked({"goal": "awareness", "budget": "1000 USD", **extra})
