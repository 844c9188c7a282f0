"""The ripple as people read it: one sentence that claims no more than is proven."""

import pytest

from asterism.reports.ripple import ripple_sentence

BUDGETED = {"spread": 31_720.4, "lower": 30_820.0, "upper": 34_910.0, "worth": 54_836.0, "cost": 9_952.0,
            "budget": 10_000.0, "seeds": ["x"] * 138, "guarantee": 0.8828, "targeted": False,
            "graph": {"nodes": 54_836}}  # fmt: skip
SENTENCES = {
    "a budget": (
        {},
        (
            "Seeding these 138 of 54,836, for 9,952 of 10,000, reaches about 31,720 people (at least 30,820). No "
            "choice within that budget could reach more than 34,910: that is at least 88% of the best possible."
        ),
    ),
    "one seed": (
        {"seeds": ["x"], "budget": None, "guarantee": 0.999},
        (
            "Seeding this one of 54,836 reaches about 31,720 people (at least 30,820). No one could reach more than "
            "34,910: that is at least 99% of the best possible."
        ),
    ),
    "a target audience": (
        {"seeds": ["x"] * 2, "budget": None, "targeted": True, "spread": 12.34, "lower": 10.0, "upper": 15.55},
        (
            "Seeding these 2 of 54,836 reaches about 12.3 of 54,840 in the target audience (at least 10). No 2 could "
            "reach more than 15.6: that is at least 88% of the best possible."
        ),
    ),
    "nothing proven": (
        {"seeds": ["x"] * 2, "budget": None, "guarantee": 0.0, "lower": 0.0},
        (
            "Seeding these 2 of 54,836 reaches about 31,720 people (at least 0). No 2 could reach more than 34,910: "
            "how near the best that is, is not proven."
        ),
    ),
}


@pytest.mark.parametrize(("fields", "sentence"), SENTENCES.values(), ids=list(SENTENCES))
def test_the_answer_is_one_plain_sentence(fields: dict[str, object], sentence: str) -> None:
    assert ripple_sentence(BUDGETED | fields) == sentence
