"""What is loaded where several sources speak of one creator."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from asterism.creators.tables import CREATORS
from asterism.desk.stored import load_catalogue
from asterism.store.catalogue import Catalogue

DAY = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue(tmp_path / "catalogue")


def keep(catalogue: Catalogue, *rows: dict[str, Any]) -> None:
    named = [{"creator_id": "ana", "platform": "instagram", "as_of": DAY, **row} for row in rows]
    catalogue.upsert("creators", pa.Table.from_pylist(named, schema=CREATORS.arrow))


def test_a_plan_gets_one_row_per_creator_each_field_from_who_speaks_for_it(catalogue: Catalogue) -> None:
    keep(catalogue, {"source": "list.csv", "followers": 900, "niche": "food"})
    keep(catalogue, {"source": "instagram graph api", "followers": 950})
    tables = load_catalogue(catalogue.path).tables
    assert tables.creators.select(["creator_id", "followers", "niche", "source"]).to_pylist() == [
        {"creator_id": "ana", "followers": 950, "niche": "food", "source": "instagram graph api"}
    ]
    assert tables.warnings == ()


def test_a_warning_counts_the_creators_whose_figures_are_disputed(catalogue: Catalogue) -> None:
    said = {"followers": 900, "avg_likes": 10.0, "niche": "food"}
    keep(catalogue, said | {"source": "phyllo"}, said | {"source": "list.csv", "followers": 500, "avg_likes": 99.0})
    words = "figures on which sources disagree by more than 10%: see `asterism score ana`."
    assert load_catalogue(catalogue.path).tables.warnings == (f"1 creator has {words}",)
    for platform in ("tiktok", "youtube"):
        keep(catalogue, said | {"source": "phyllo", "platform": platform})
        keep(catalogue, said | {"source": "list.csv", "platform": platform, "niche": "art"})
    assert load_catalogue(catalogue.path).tables.warnings == (f"1 creator has {words}",)
    keep(catalogue, said | {"source": "modash", "platform": "tiktok", "followers": 1})
    assert load_catalogue(catalogue.path).tables.warnings == (f"2 creators have {words}",)


def test_an_earlier_version_is_resolved_from_what_was_said_then(catalogue: Catalogue) -> None:
    keep(catalogue, {"source": "list.csv", "followers": 900})
    versions = load_catalogue(catalogue.path).versions
    keep(catalogue, {"source": "phyllo", "followers": 100})
    assert load_catalogue(catalogue.path).tables.creators["followers"].to_pylist() == [100]
    assert load_catalogue(catalogue.path, versions).tables.creators["followers"].to_pylist() == [900]


def test_a_source_without_platforms_speaks_of_the_one_account_that_others_name(catalogue: Catalogue) -> None:
    keep(catalogue, {"source": "list.csv", "platform": None, "niche": "food"}, {"source": "phyllo", "followers": 950})
    keep(catalogue, {"source": "list.csv", "creator_id": "ben", "platform": None})
    for platform in ("tiktok", "youtube", None):
        keep(catalogue, {"source": "list.csv", "creator_id": "cyd", "platform": platform})
    loaded = load_catalogue(catalogue.path)
    rows = loaded.tables.creators.select(["creator_id", "platform", "niche", "followers"]).to_pylist()
    assert {tuple(row.values()) for row in rows} == {
        ("ana", "instagram", "food", 950), ("ben", None, None, None),
        ("cyd", "tiktok", None, None), ("cyd", "youtube", None, None), ("cyd", None, None, None),
    }  # fmt: skip
    assert loaded.claims["platform"].null_count == 2
