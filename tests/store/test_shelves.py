"""Shelves: what was computed is kept by edition, shown until the next is there, and lost at no price but time."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from asterism.errors import OutsideFailure
from asterism.store.catalogue import Catalogue
from asterism.store.shelves import COUNTED, Shelf, edition_of, standing_edition, standing_versions
from tests.finding import FOUR, tables

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def table(n):
    return pa.table({"n": [n]})


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "kept")


def test_versions_by_the_names_of_commits_are_those_of_the_tables(tmp_path):
    catalogue = Catalogue(tmp_path / "catalogue")
    assert standing_versions(catalogue) == {}
    assert standing_edition(catalogue) == ""
    for people in (FOUR[:2], FOUR[2:]):
        catalogue.upsert("creators", tables(people)[1])
        opened = {kind: number for kind, number in catalogue.versions().items() if kind in COUNTED}
        assert standing_versions(catalogue) == opened
        assert standing_edition(catalogue) == edition_of(opened)


def test_an_import_makes_another_edition_and_its_rejects_do_not(tmp_path):
    catalogue = Catalogue(tmp_path / "catalogue")
    catalogue.upsert("creators", tables(FOUR[:2])[1])
    before = standing_edition(catalogue)
    assert {"forecasts", "rejects", "remarks"}.isdisjoint(COUNTED)
    assert {"erased", "identities", "posts"} <= set(COUNTED)
    catalogue.upsert("creators", tables(FOUR[2:])[1])
    assert standing_edition(catalogue) != before


def test_the_newest_edition_stands_and_the_older_ones_go(shelf):
    assert shelf.newest("index") is None
    shelf.put("index", "one", table(1), NOW)
    shelf.put("index", "two", table(2), NOW)
    kept = shelf.newest("index")
    assert (kept.edition, kept.made_at, kept.table["n"].to_pylist()) == ("two", NOW, [2])
    assert [path.name for path in shelf.folder.iterdir()] == ["index-two.arrow"]


def test_an_edition_written_anew_is_read_anew(shelf):
    shelf.put("index", "one", table(1), NOW)
    assert shelf.newest("index").table["n"].to_pylist() == [1]
    shelf.put("index", "one", table(2), NOW)
    assert shelf.newest("index").table["n"].to_pylist() == [2]


def test_a_file_that_cannot_be_read_counts_as_none(shelf):
    shelf.put("index", "one", table(1), NOW)
    (shelf.folder / "index-two.arrow").write_bytes(b"cut short")
    assert shelf.newest("index").edition == "one"


def test_documents_stand_by_name_whatever_is_in_it(shelf):
    shelf.put_text("profile:x:../../a", "one", "first")
    shelf.put_text("profile:x:../../a", "two", "second\nline")
    assert shelf.text("profile:x:../../a") == ("two", "second\nline")
    assert shelf.text("profile:x:b") is None
    assert all(path.parent == shelf.folder / "documents" for path in shelf.folder.rglob("*.json"))


def test_a_document_that_was_cut_short_counts_as_none(shelf):
    shelf.put_text("a", "one", "text")
    next(shelf.folder.rglob("*.json")).write_text("{", encoding="utf-8")
    assert shelf.text("a") is None


def test_clearing_takes_everything(shelf):
    shelf.clear()
    shelf.put("index", "one", table(1), NOW)
    shelf.put_text("a", "one", "text")
    shelf.clear()
    assert not shelf.folder.exists()
    assert shelf.newest("index") is None
    assert shelf.text("a") is None


def test_a_folder_that_may_not_be_read_is_said(tmp_path):
    (tmp_path / "creators").mkdir()
    log = tmp_path / "creators" / "_delta_log"
    log.mkdir()
    log.chmod(0)
    try:
        next(log.iterdir(), None)
    except PermissionError:
        with pytest.raises(OutsideFailure, match="cannot be read"):
            standing_versions(Catalogue(tmp_path))
    else:
        pytest.skip("this user may read everything")
    finally:
        log.chmod(0o700)
