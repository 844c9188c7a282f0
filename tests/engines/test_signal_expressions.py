"""The statistics of posts: one pass gives what each expression gives."""

import pyarrow as pa
import pytest

from asterism.creators.tables import CREATORS, POSTS
from asterism.signals.moments import MEASURES
from asterism.signals.statistics import EXPRESSIONS, ROW, SufficientStatistics
from asterism.store.engines import engine
from tests.signals.test_statistics import CREATOR_ROWS, some_posts, table

KEYS = ("creator_id", "platform", "format")


def by_key(found: pa.Table) -> dict[tuple[str, ...], dict[str, object]]:
    rows = found.select(ROW.names).to_pylist()
    return {tuple(row.pop(key) for key in KEYS): row for row in rows}


@pytest.mark.parametrize("name", MEASURES)
def test_one_pass_over_the_posts_gives_what_each_expression_gives(name: str) -> None:
    with engine(threads=1) as duck:
        posts, creators = duck.table(table(some_posts(400, 3), POSTS)), duck.table(table(CREATOR_ROWS, CREATORS))
        once = by_key(getattr(SufficientStatistics.of(duck.run, posts, creators), name))
        alone = by_key(duck.run(EXPRESSIONS[name](posts, creators)))
    assert once.keys() == alone.keys()
    assert len(once) > 3
    for key, row in once.items():
        assert (row["n"], row["latest"]) == (alone[key]["n"], alone[key]["latest"])
        assert row["mean_log"] == pytest.approx(alone[key]["mean_log"])
        assert row["var_log"] == (None if alone[key]["var_log"] is None else pytest.approx(alone[key]["var_log"]))


def test_a_creator_whom_two_sources_describe_has_each_post_once() -> None:
    twice = [{**row, "source": source} for row in CREATOR_ROWS for source in ("one", "two")]
    with engine(threads=1) as duck:
        posts = duck.table(table(some_posts(200, 1), POSTS))
        one, two = (
            by_key(SufficientStatistics.of(duck.run, posts, duck.table(table(rows, CREATORS))).by_followers)
            for rows in (CREATOR_ROWS, twice)
        )
    assert {key: row["n"] for key, row in one.items()} == {key: row["n"] for key, row in two.items()}
