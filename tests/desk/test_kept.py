"""The index and profiles of a catalogue: made once per state of its tables, then only read."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from asterism.desk import kept_index
from asterism.desk.kept_index import INDEX, make_index
from asterism.desk.kept_profiles import keep_profiles, kept_profile
from asterism.desk.loading import Sources
from asterism.desk.score import profiles_named, score_files
from asterism.desk.search import Wish, search_files
from asterism.errors import NotFound
from asterism.market import simulate
from asterism.signals.finding.browse import browse
from asterism.signals.finding.search import Filters
from asterism.store.catalogue import Catalogue
from asterism.store.shelves import Shelf, standing_edition
from tests.finding import profile

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def market():
    return simulate(30, 2_000, seed=3).tables


@pytest.fixture
def catalogue(tmp_path, market):
    made = Catalogue(tmp_path / "catalogue")
    for kind in ("creators", "posts", "audiences", "rates"):
        made.upsert(kind, getattr(market, kind))
    return made


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "kept")


def test_the_kept_index_finds_what_a_search_of_the_catalogue_finds(catalogue, shelf):
    assert make_index(catalogue, shelf, NOW) == 30
    kept = shelf.newest(INDEX)
    assert (kept.edition, kept.made_at) == (standing_edition(catalogue), NOW)
    for sort in ("followers", "engagement", "real", "price"):
        searched = search_files(Wish(Filters(tiers=("nano",)), sort, None), None, Sources(catalogue=catalogue.path))
        browsed = browse(kept.table, Filters(tiers=("nano",)), sort, 0, 30)
        assert browsed.rows["creator_id"].to_pylist() == searched.rows["creator_id"].to_pylist()
        assert browsed.rows["engagement"].to_pylist() == searched.rows["engagement"].to_pylist()


def test_an_index_that_stands_is_not_made_again_and_a_changed_catalogue_makes_another(catalogue, shelf, monkeypatch):
    make_index(catalogue, shelf, NOW)
    before = shelf.newest(INDEX)
    made = []
    monkeypatch.setattr(kept_index, "indexed", lambda *given, real=kept_index.indexed: made.append(1) or real(*given))
    assert make_index(catalogue, shelf, NOW) == 30
    assert made == []
    catalogue.upsert("creators", simulate(31, 2_000, seed=4).tables.creators)
    assert make_index(catalogue, shelf, NOW) > 30
    assert made == [1]
    assert shelf.newest(INDEX).edition != before.edition


def test_a_catalogue_without_creators_has_no_index(tmp_path, shelf):
    with pytest.raises(NotFound, match="holds no creators"):
        make_index(Catalogue(tmp_path / "none"), shelf, NOW)


def test_profiles_are_those_of_a_score_and_accounts_that_are_not_there_are_left_out(catalogue):
    sources = Sources(catalogue=catalogue.path)
    asked = score_files(["c0003"], None, sources).profiles[0]
    (found,) = profiles_named([(asked.platform, "c0003"), ("instagram", "nobody"), ("x", "c0004")], sources)
    assert (found.creator_id, found.fields, found.accounts) == ("c0003", asked.fields, asked.accounts)
    assert [each.name for each in found.readings] == [each.name for each in asked.readings]
    for ours, theirs in zip(found.readings, asked.readings, strict=True):  # threads add up in their own order
        assert ours.value.mean == pytest.approx(theirs.value.mean)


def test_a_profile_comes_back_as_it_was_kept(shelf):
    one = profile(creator_id="a/../b")
    keep_profiles(shelf, "e", [one])
    assert kept_profile(shelf, one.platform, one.creator_id) == ("e", one)
    assert kept_profile(shelf, "tiktok", one.creator_id) is None


def test_a_profile_of_another_release_counts_as_none(shelf):
    keep_profiles(shelf, "e", [profile()])
    path = next(shelf.folder.rglob("*.json"))
    path.write_text(path.read_text().replace('"readings"', '"signals_then"'), encoding="utf-8")
    path.write_text(path.read_text().replace('"real_source"', '"real_from"'), encoding="utf-8")
    assert kept_profile(shelf, "instagram", "c-ana") is None


def test_two_accounts_of_one_id_on_two_platforms_have_two_profiles(shelf):
    keep_profiles(shelf, "e", [profile(), replace(profile(), platform="tiktok", tier="macro")])
    assert kept_profile(shelf, "instagram", "c-ana")[1].tier == "micro"
    assert kept_profile(shelf, "tiktok", "c-ana")[1].tier == "macro"
