from datetime import UTC, datetime

import ibis
import pyarrow as pa
import pytest
from deltalake import DeltaTable

from asterism.creators.tables import CREATORS
from asterism.errors import NotFound
from asterism.store.catalogue import Catalogue
from asterism.store.engines import engine, run

POSTS = pa.table(
    {
        "creator_id": ["a", "a", "b", None],
        "likes": pa.array([1, 2, 4, None], pa.int64()),
        "posted_at": pa.array([datetime(2026, 1, 1, 23, 30, tzinfo=UTC)] * 4, pa.timestamp("us", tz="UTC")),
    }
)


def test_an_expression_over_arrow_tables_gives_an_arrow_table():
    def likes(posts):
        return posts.group_by("creator_id").aggregate(likes=posts.likes.sum()).order_by("creator_id")

    found = run(likes, posts=POSTS)
    assert isinstance(found, pa.Table)
    assert found.to_pylist() == [
        {"creator_id": "a", "likes": 3},
        {"creator_id": "b", "likes": 4},
        {"creator_id": None, "likes": None},
    ]


def test_several_tables_are_handed_over_by_name():
    names = pa.table({"creator_id": ["a", "b"], "name": ["Ada", "Bo"]})
    found = run(lambda posts, names: posts.inner_join(names, "creator_id").order_by("likes"), posts=POSTS, names=names)
    assert found["name"].to_pylist() == ["Ada", "Ada", "Bo"]


def test_types_survive_the_journey():
    found = run(lambda posts: posts, posts=POSTS)
    assert found.schema.types == POSTS.schema.types
    assert found["posted_at"].to_pylist() == POSTS["posted_at"].to_pylist()


def test_days_are_days_of_utc():
    found = run(lambda posts: posts.mutate(day=posts.posted_at.truncate("D")).limit(1), posts=POSTS)
    assert found["day"].to_pylist()[0].replace(tzinfo=UTC) == datetime(2026, 1, 1, tzinfo=UTC)


def test_an_empty_table_is_a_table():
    assert run(lambda posts: posts.filter(posts.likes > 100), posts=POSTS).num_rows == 0
    assert run(lambda creators: creators, creators=CREATORS.empty()).schema.names == CREATORS.names


def test_two_runs_know_nothing_of_each_other():
    assert run(lambda t: t, t=pa.table({"a": [1]}))["a"].to_pylist() == [1]
    assert run(lambda t: t, t=pa.table({"b": [2]})).column_names == ["b"]


@pytest.fixture
def catalogue(tmp_path):
    return Catalogue(tmp_path / "a folder" / "catalogue")


def followers(catalogue, version=None):
    with engine(threads=1) as duck:
        stored = duck.stored(catalogue, "creators", version)
        return duck.run(stored.order_by("creator_id").select("creator_id", "followers"))["followers"].to_pylist()


def test_the_catalogue_is_read_at_any_version(catalogue):
    rows = pa.table({"creator_id": ["a", "b"], "followers": pa.array([1, 2])})
    first = catalogue.upsert("creators", rows)
    catalogue.upsert("creators", pa.table({"creator_id": ["a"], "followers": pa.array([10])}))
    assert followers(catalogue) == [10, 2]
    assert followers(catalogue, first) == [1, 2]
    with pytest.raises(NotFound, match="no version 99 of creators"):
        followers(catalogue, 99)


def test_duckdb_and_the_catalogue_read_the_same_table(catalogue):
    rows = [{"creator_id": f"c{i:03}", "platform": None if i % 3 else "x", "followers": i} for i in range(200)]
    catalogue.upsert("creators", pa.Table.from_pylist(rows, schema=CREATORS.arrow))
    catalogue.upsert("creators", pa.Table.from_pylist(rows[50:90], schema=CREATORS.arrow))
    with engine(threads=1) as duck:
        found = duck.run(duck.stored(catalogue, "creators").order_by("creator_id"))
    assert found.schema.equals(CREATORS.arrow)
    assert found == catalogue.read("creators")


def test_a_kind_never_written_is_an_empty_table(catalogue):
    assert followers(catalogue) == []


def test_files_from_before_a_field_existed_read_as_null(catalogue):
    old = pa.schema([(f.name, f.type) for f in CREATORS.fields if f.name != "bio"])
    path = catalogue.path / "creators"
    DeltaTable.create(path, old)
    DeltaTable(path).merge(
        pa.Table.from_pylist([{"creator_id": "a"}], schema=old), "t.creator_id = s.creator_id", "s", "t"
    ).when_not_matched_insert_all().execute()
    with engine(threads=1) as duck:
        stored = duck.stored(catalogue, "creators")
        assert stored.columns == tuple(CREATORS.names)
        assert duck.run(stored)["bio"].to_pylist() == [None]


def test_stored_and_given_tables_meet_in_one_expression(catalogue):
    catalogue.upsert("creators", pa.table({"creator_id": ["a", "b"], "followers": pa.array([1, 2])}))
    with engine(threads=1) as duck:
        given = duck.table(pa.table({"creator_id": ["b"], "likes": [7]}))
        joined = duck.stored(catalogue, "creators").inner_join(given, "creator_id")
        assert duck.run(joined.select("creator_id", "followers", "likes")).to_pylist() == [
            {"creator_id": "b", "followers": 2, "likes": 7}
        ]
    assert isinstance(joined, ibis.Table)
