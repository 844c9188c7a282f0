"""The glossary is in order, defines each term once, and points nowhere in vain."""

import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "glossary.md").read_text(encoding="utf-8")
TERMS = re.findall(r"^\*\*(.+?)\*\*: ", PAGE, re.MULTILINE)
NEEDED = (
    "tier", "reach", "impressions", "frequency", "CPM", "CPE", "CPA", "engagement rate", "flight", "duplication",
    "incremental reach", "lift", "holdout", "RR set", "marginal gain", "knapsack", "certificate", "rung", "panel",
    "bottom-k", "variant", "priming", "universe", "potential", "delivered", "samples", "offer", "package", "shrinkage",
    "draw", "flip", "verdict", "winner", "leader", "snapshot", "reject", "submodular", "calibration", "censored pair",
    "segment", "worth",
)  # fmt: skip


def test_terms_stand_in_order_and_once():
    plain = [re.sub(r"[^a-z ]", " ", term.lower()) for term in TERMS]
    assert plain == sorted(plain)
    assert len(set(plain)) == len(plain)


@pytest.mark.parametrize("term", NEEDED)
def test_the_words_of_the_field_are_defined(term):
    assert term in TERMS


def test_every_pointer_leads_to_a_term():
    pointed = [" ".join(words.split()) for words in re.findall(r"\*[Ss]ee\*\s+([\w\s-]+?)\.(?:\s|$)", PAGE)]
    assert pointed
    assert [term for term in pointed if term not in TERMS] == []
