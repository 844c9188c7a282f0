import random

import pyarrow as pa
import pytest

from asterism.creators.tables import CREATORS, POSTS, SCHEMAS
from asterism.errors import MissingColumns
from asterism.store.upserts import conform, newest_per_key


def creators(rows):
    """A creator table of (creator_id, platform, followers, as_of in microseconds) tuples."""
    names = ("creator_id", "platform", "followers", "as_of")
    return conform(CREATORS, pa.table({n: [r[i] for r in rows] for i, n in enumerate(names)}, schema=some(names)))


def some(names):
    return pa.schema([(n, CREATORS.field(n).type) for n in names])


def followers(table):
    return table["followers"].to_pylist()


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        pytest.param([("a", "x", 1, 5), ("a", "x", 2, 6)], [2], id="the newer"),
        pytest.param([("a", "x", 1, 6), ("a", "x", 2, 5)], [1], id="the newer though it stands first"),
        pytest.param([("a", "x", 1, 5), ("a", "x", 2, 5)], [2], id="of equals the last"),
        pytest.param([("a", "x", 1, None), ("a", "x", 2, None)], [2], id="of undated ones the last"),
        pytest.param([("a", "x", 1, 5), ("a", "x", 2, None)], [1], id="dated before undated"),
        pytest.param([("a", None, 1, 5), ("a", None, 2, 6)], [2], id="a null in the key is a value"),
        pytest.param([("a", None, 1, 5), ("a", "x", 2, 4)], [1, 2], id="null is not some other value"),
        pytest.param([("b", "x", 1, 5), ("a", "x", 2, 4)], [1, 2], id="rows keep their order"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_one_row_per_key_remains(rows, kept):
    assert followers(newest_per_key(CREATORS, creators(rows))) == kept


def test_one_row_per_key_as_a_plain_loop_finds_it():
    draw = random.Random(3)
    rows = [(draw.choice("abc"), draw.choice(["x", "y", None]), i, draw.choice([None, 1, 2, 3])) for i in range(300)]
    best = {}
    for row in rows:
        known = best.get(row[:2])
        if known is None or (row[3] if row[3] is not None else -1) >= (known[3] if known[3] is not None else -1):
            best[row[:2]] = row
    assert sorted(followers(newest_per_key(CREATORS, creators(rows)))) == sorted(row[2] for row in best.values())


def test_a_table_is_brought_into_the_schemas_columns_and_types():
    table = conform(POSTS, pa.table({"likes": pa.array([3], pa.int32()), "post_id": ["p"]}))
    assert table.schema == POSTS.arrow
    assert table["likes"].to_pylist() == [3]
    assert table["views"].to_pylist() == [None]


def test_an_unknown_column_is_named_with_its_nearest():
    with pytest.raises(MissingColumns, match=r"no column `follower`. Did you mean `followers`"):
        conform(CREATORS, pa.table({"creator_id": ["a"], "follower": [1]}))


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_a_table_without_what_names_a_row_is_refused(schema):
    with pytest.raises(MissingColumns, match=f"needs the column `{schema.key[0]}`"):
        conform(schema, pa.table({schema.names[-1]: pa.nulls(1, schema.fields[-1].type)}))
