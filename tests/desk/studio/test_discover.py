"""Discover at the desk: what a search finds, how it is narrowed, and how old its figures are."""

import pytest

from asterism.desk.studio.discover import SIZE, Search, discover, query_of
from asterism.desk.studio.kept import INDEXING
from asterism.errors import NotAllowed
from asterism.store.catalogue import Catalogue
from asterism.store.ledger.models import Job
from asterism.store.ledger.places import catalogue_of, shelf_of
from asterism.store.ledger.scope import rows, save
from tests.finding import FOUR, tables, with_index
from tests.studio import creator, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def seat():
    return with_index(place().seat("viewer"))


def ids(found):
    return [each.row.creator_id for each in found.results]


def offer(found, field):
    return next(each for each in found.offers if each.field == field)


def test_a_search_narrows_sorts_and_counts(seat):
    found = discover(seat, Search(country=["DE"], sort="engagement"))
    assert ids(found) == ["c-cyd", "c-ana"]
    assert (found.total, found.searched, found.current, found.empty, found.job) == (2, 4, True, False, None)


def test_figures_come_with_their_range_and_what_is_not_known_is_none(seat):
    rows_found = {each.row.creator_id: each.row for each in discover(seat, Search()).results}
    assert rows_found["c-ana"].engagement.low == 0.027
    assert rows_found["c-ana"].fee.high == 623.0
    dee = rows_found["c-dee"]
    assert (dee.followers, dee.engagement, dee.real, dee.fee, dee.called) == (None, None, None, None, "Dee")


def test_facets_say_what_each_choice_would_give_in_words(seat):
    country = offer(discover(seat, Search(country=["DE"])), "country")
    assert [(c.value, c.label, c.count, c.chosen) for c in country.choices] == [
        ("DE", "Germany", 2, True),
        ("US", "United States", 1, False),
    ]
    assert country.open
    assert country.unstated == 1


def test_a_chosen_value_that_nobody_has_can_still_be_taken_out(seat):
    found = discover(seat, Search(country=["FR"]))
    assert found.total == 0
    assert [(c.label, c.count) for c in offer(found, "country").choices if c.chosen] == [("France", 0)]


def test_each_choice_is_a_chip_that_leaves_out_only_itself(seat):
    found = discover(seat, Search(q="a b", country=["DE", "US"], tier=["micro"], most=600, page=2))
    chips = {chip.label: chip.without for chip in found.chips}
    assert chips["Country: Germany"] == "q=a+b&tier=micro&country=US&most=600.0"
    assert chips["“a b”"] == "tier=micro&country=DE&country=US&most=600.0"
    assert chips["At most 600 USD a post"] == "q=a+b&tier=micro&country=DE&country=US"


def test_the_query_says_what_is_not_usual_and_nothing_else():
    assert query_of(Search()) == ""
    assert query_of(Search(sort="real", size=["under 5,000"], page=3)) == "size=under+5%2C000&sort=real&page=3"


def test_a_page_beyond_the_last_is_the_last_one():
    people = [{**FOUR[0], "creator_id": f"c{i:02}"} for i in range(SIZE + 1)]
    seat = with_index(place().owner, people)
    assert ids(discover(seat, Search(page=2))) == [f"c{SIZE:02}"]
    beyond = discover(seat, Search(page=99))
    assert (ids(beyond), beyond.page, beyond.pages) == ([f"c{SIZE:02}"], 2, 2)


def test_a_changed_catalogue_asks_for_its_index_once_and_shows_the_older_one_meanwhile(seat):
    Catalogue(catalogue_of(seat.workspace)).upsert("creators", tables([{**FOUR[0], "creator_id": "c-new"}])[1])
    for _ in range(3):
        found = discover(seat, Search())
        assert (found.current, found.searched, found.job.goes_on) == (False, 4, True)
    assert rows(seat, Job).filter(kind=INDEXING).count() == 1


def test_without_an_index_the_work_is_shown_and_nobody_is_found():
    seat = place().owner
    Catalogue(catalogue_of(seat.workspace)).upsert("creators", tables()[1])
    found = discover(seat, Search())
    assert (found.results, found.made_at, found.empty) == ((), None, False)
    assert found.job.job.kind == INDEXING


def test_work_that_failed_is_told_and_not_begun_again_by_itself():
    seat = place().owner
    Catalogue(catalogue_of(seat.workspace)).upsert("creators", tables()[1])
    job = discover(seat, Search()).job.job
    save(seat, job, state="failed", error={"what": "The disk is full.", "fix": "Make room."})
    found = discover(seat, Search())
    assert (found.job.goes_on, found.job.what) == (False, "The disk is full.")
    assert rows(seat, Job).count() == 1
    from asterism.desk.studio.discover import make_again

    make_again(seat)
    assert rows(seat, Job).filter(state="waiting").count() == 1


def test_an_empty_catalogue_is_said_and_asks_for_no_work():
    seat = place().owner
    assert discover(seat, Search()).empty
    assert not rows(seat, Job).exists()


def test_what_the_workspace_keeps_stands_beside_the_result(seat):
    owner = place("Borealis").owner
    creator(owner, "ana")  # of another workspace: not ours to show
    assert discover(seat, Search(q="ana")).results[0].creator is None
    mine = creator(seat, "ana", opted_out_at=seat.now)
    assert discover(seat, Search(q="ana")).results[0].creator == mine


def test_creators_of_the_own_records_are_found_by_words_where_the_catalogue_lists_none(seat):
    creator(seat, "anatole", platform="youtube")
    creator(seat, "ana-gone", erased_at=seat.now)
    assert [each.handle for each in discover(seat, Search(q="@ana")).recorded] == ["anatole"]
    assert discover(seat, Search()).recorded == ()


def test_a_token_without_the_scope_searches_nothing(seat):
    from dataclasses import replace

    with pytest.raises(NotAllowed, match="scope `search`"):
        discover(replace(seat, scopes=frozenset({"see"})), Search())


def test_after_an_erasure_nothing_of_the_index_is_shown(seat):
    shelf_of(seat.workspace).clear()
    assert discover(seat, Search()).results == ()
