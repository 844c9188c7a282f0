import pytest

from asterism.errors import WrongUsage
from asterism.store.sources.asking import Ask, Note
from asterism.store.sources.known import SOURCES, source_named
from asterism.store.sources.wanted import Wanted
from asterism.store.sources.youtube import SOURCE
from tests.store.sources.platforms import Channel, YouTube, google_error
from tests.store.sources.server import Reply
from tests.store.sources.taking import taken
from tests.store.sources.waiting import START

BROKEN = Reply({}, 500)


def world():
    return YouTube([Channel("@ada", videos=60, comments=1)])


def small():
    """Seven videos, listed three at a time."""
    return YouTube([Channel("@ada", videos=7, comments=1)], page=3)


def documents(one):
    return [(page.stage, page.document) for page in one.pages]


def test_a_second_run_asks_for_nothing_and_gives_the_same(tmp_path):
    first, _, _ = taken(SOURCE, small(), tmp_path)
    second, server, line = taken(SOURCE, small(), tmp_path)
    assert (second.asked, len(server.asked), line.spent) == (0, 0, 0)
    assert second.pages == first.pages


def test_a_run_that_wants_more_asks_only_for_the_rest(tmp_path):
    taken(SOURCE, world(), tmp_path, posts=50)
    _, server, _ = taken(SOURCE, world(), tmp_path, posts=60)
    assert [asked.path for asked in server.asked] == ["/playlistItems", "/videos", *["/commentThreads"] * 10]


FAULTS = {
    "the list from its second page on": ("/playlistItems", 1),
    "the figures": ("/videos", 0),
    "the last comments": ("/commentThreads", 5),
}


@pytest.mark.parametrize(("path", "good"), FAULTS.values(), ids=list(FAULTS))
def test_what_fails_for_ever_is_missing_and_the_next_run_completes_it(tmp_path, path, good):
    whole, _, _ = taken(SOURCE, small(), tmp_path / "whole")
    broken, served_well = small(), [0]

    def failing(asked):
        served_well[0] += asked.path == path
        return asked.path == path and served_well[0] > good

    broken.faults.add(failing, BROKEN)
    cut, _, _ = taken(SOURCE, broken, tmp_path / "cut")
    assert cut.missing
    assert all(note.why == "status 500" for note in cut.missing)
    assert cut.stopped is None
    assert len(cut.pages) < len(whole.pages)
    again, _, line = taken(SOURCE, small(), tmp_path / "cut")
    assert again.missing == ()
    assert documents(again) == documents(whole)
    assert line.spent == again.asked < whole.asked


def test_a_stop_keeps_what_came_before_it(tmp_path):
    spent = world()
    spent.faults.on("/commentThreads", google_error(403, "quotaExceeded"))
    one, _, _ = taken(SOURCE, spent, tmp_path)
    assert [page.stage for page in one.pages] == ["channel", "videos"]
    assert "used up for today" in str(one.stopped)
    assert one.missing == ()


def test_the_users_own_limit_stops_at_the_unit(tmp_path):
    one, server, line = taken(SOURCE, small(), tmp_path, quota=6)
    assert line.spent == len(server.asked) == 6
    assert one.stopped.planned
    rest, server, _ = taken(SOURCE, small(), tmp_path)
    assert len(server.asked) == 1 + 3 + 1 + 7 - 6
    assert rest.stopped is None


def test_a_source_that_sends_us_round_in_a_circle_is_left(tmp_path):
    circling = world()
    page = {
        "kind": "youtube#playlistItemListResponse",
        "items": [{"contentDetails": {"videoId": "ada-v0000"}}],
        "nextPageToken": "p0",
    }
    circling.faults.on("/playlistItems", Reply(page))
    one, server, _ = taken(SOURCE, circling, tmp_path)
    assert one.missing == (Note("the uploads of @ada", "the source sends us round in a circle"),)
    assert [asked.path for asked in server.asked].count("/playlistItems") == 2


def test_progress_is_told_in_words_and_shares(tmp_path):
    from asterism.store.sources.journal import open_journal
    from asterism.store.sources.take import take
    from tests.store.sources.taking import connected

    told = []
    with connected(SOURCE, small()) as (_, line):
        steps = SOURCE.steps("@ada", Wanted(50, 100, START))
        take("@ada", steps, line, open_journal(tmp_path, START), lambda what, share: told.append((what, share)))
    assert told[0] == ("Asking for the channel @ada", 0.0)
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert 0.8 < shares[-1] < 1


def test_a_source_that_is_not_known_is_said_with_the_nearest():
    with pytest.raises(WrongUsage, match="Did you mean `youtube`"):
        source_named("youtub")
    assert set(SOURCES) == {"youtube", "instagram", "tiktok"}


@pytest.mark.parametrize(("posts", "comments"), [(-1, 0), (0, -1)])
def test_less_than_nothing_cannot_be_wanted(posts, comments):
    with pytest.raises(WrongUsage, match="is -1"):
        Wanted(posts, comments, START)


def test_a_request_never_holds_what_is_not_its_own():
    assert Ask("a", "b").query == ()
    assert Ask("a", "b").key != Ask("a", "b", body={}).key
