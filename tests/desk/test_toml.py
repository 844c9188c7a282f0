"""A document as TOML reads back as itself."""

import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from asterism.desk.toml import toml_of

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)
PLAIN = st.one_of(st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False), TEXT)
VALUES = st.one_of(PLAIN, st.lists(PLAIN, max_size=3), st.lists(st.dictionaries(TEXT, PLAIN, max_size=2), max_size=2))
DOCUMENTS = st.recursive(
    st.dictionaries(TEXT, VALUES, max_size=3), lambda inner: st.dictionaries(TEXT, inner | VALUES, max_size=3)
)


@settings(deadline=None, max_examples=200)
@given(DOCUMENTS)
def test_a_document_reads_back_as_itself(document):
    assert tomllib.loads(toml_of(document)) == document


def test_parts_stand_as_tables_after_the_plain_values():
    text = toml_of({"limits": {"max_creators": 3, "tier_share": {"micro": {"min": 0.2}}}, "goal": "awareness"})
    assert text == 'goal = "awareness"\n\n[limits]\nmax_creators = 3\n\n[limits.tier_share.micro]\nmin = 0.2\n'
