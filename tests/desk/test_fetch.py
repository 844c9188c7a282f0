"""Fetching into the catalogue from a platform of our own, judged by what that platform holds."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from asterism.desk.erase import Who, erase
from asterism.desk.fetch import Fetching, fetch
from asterism.desk.stored import load_catalogue, open_catalogue
from asterism.errors import NotFound, OutsideFailure, WrongUsage, exit_code
from asterism.store.settings import settings
from asterism.store.sources.http import Stopped
from tests.store.sources.platforms import (
    CLIENT,
    KEY,
    SECRET,
    TOKEN,
    USER,
    Account,
    Channel,
    Instagram,
    TikTok,
    YouTube,
    google_error,
    graph_error,
)
from tests.store.sources.server import Reply, served
from tests.store.sources.waiting import START, Clock

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "api_payloads" / "youtube_data_api_v3"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data directory and keys of the test's own."""
    named = {"YOUTUBE_KEY": KEY, "INSTAGRAM_TOKEN": TOKEN, "INSTAGRAM_USER": USER, "TIKTOK_KEY": CLIENT,
             "TIKTOK_SECRET": SECRET, "HOME": str(tmp_path / "home")}  # fmt: skip
    for name, value in named.items():
        monkeypatch.setenv(f"ASTERISM_{name}", value)
    settings.cache_clear()
    yield tmp_path / "home"
    settings.cache_clear()


class Run:
    """Runs a fetch against a world; `asked` is what the last one asked for."""

    def __init__(self, monkeypatch):
        self.monkeypatch = monkeypatch
        self.clock = Clock()
        self.asked = []
        self.told = []

    def __call__(self, source, world, *accounts, timeout=5.0, **wanted):
        self.told = []
        with served(world) as server:
            self.monkeypatch.setenv(f"ASTERISM_{source.upper()}_URL", server.url)
            self.asked = server.asked
            tell = lambda what, share: self.told.append((what, share))  # noqa: E731
            return fetch(source, accounts, Fetching(**wanted), tell, self.clock.patience(timeout))


@pytest.fixture
def run(monkeypatch):
    return Run(monkeypatch)


def held(kind="posts", *columns):
    """Rows of the catalogue, sorted, as tuples of these columns."""
    return sorted(tuple(row[name] for name in columns) for row in open_catalogue().read(kind).to_pylist())


def truth(*channels):
    """What the world holds of posts, by a plain loop."""
    return sorted((v, c.id, c.views + n) for c in channels for n, v in enumerate(c.ids()) if n >= c.gone)


ADA, BO = Channel("@ada", videos=4, comments=2), Channel("@bo", followers=90, videos=3, comments=0)


def test_what_a_channel_shows_is_in_the_catalogue(run):
    done = run("youtube", YouTube([ADA, BO]), "@ada", "bo")
    assert held("posts", "post_id", "creator_id", "views") == truth(ADA, BO)
    assert held("creators", "creator_id", "handle", "followers", "source") == [
        (BO.id, "bo", 90, "youtube data api"),
        (ADA.id, "ada", 12_000, "youtube data api"),
    ]
    assert len(held("comments", "comment_id")) == 4 * 2
    assert len(set(held("comments", "person"))) == 2
    assert [(t.file, t.kind, t.accepted) for t in done.imported] == [
        ("youtube @ada", "creators", 1), ("youtube @ada", "posts", 4), ("youtube @ada", "comments", 8),
        ("youtube @bo", "creators", 1), ("youtube @bo", "posts", 3),
    ]  # fmt: skip
    assert (done.complete, done.units, done.pages) == (True, 10, 10)


def test_figures_are_dated_when_they_were_read_and_the_past_is_kept(run):
    run("youtube", YouTube([ADA]), "@ada")
    run.clock.at += timedelta(days=3)
    run("youtube", YouTube([Channel("@ada", followers=15_000, videos=4)]), "@ada")
    assert held("creators", "followers", "as_of") == [(15_000, START + timedelta(days=3))]
    assert held("snapshots", "followers", "as_of") == [(12_000, START), (15_000, START + timedelta(days=3))]
    assert {seen for (seen,) in held("posts", "seen_at")} == {START + timedelta(days=3)}


def test_the_same_command_again_asks_for_nothing_and_doubles_nothing(run):
    run("youtube", YouTube([ADA, BO]), "@ada", "@bo")
    before = {kind: open_catalogue().read(kind) for kind in ("creators", "posts", "comments", "snapshots")}
    done = run("youtube", YouTube([ADA, BO]), "@ada", "@bo")
    assert (run.asked, done.units, done.complete) == ([], 0, True)
    assert {kind: open_catalogue().read(kind) for kind in before} == before


def test_afresh_asks_for_everything_again(run):
    run("youtube", YouTube([BO]), "@bo")
    done = run("youtube", YouTube([Channel("@bo", followers=91, videos=3, comments=0)]), "@bo", again=True)
    assert done.units == 3
    assert held("creators", "followers") == [(91,)]


def test_figures_older_than_a_day_are_asked_for_again(run):
    run("youtube", YouTube([BO]), "@bo")
    run.clock.at += timedelta(hours=23)
    assert run("youtube", YouTube([BO]), "@bo").units == 0
    run.clock.at += timedelta(hours=2)
    assert run("youtube", YouTube([BO]), "@bo").units == 3


BROKEN_WAYS = {
    "500 for ever": Reply({"error": {"code": 500, "message": "Backend"}}, 500),
    "a page cut in half": Reply(b'{"kind": "youtube#videoListResponse", "items": [{"id": "ada-v0'),
    "a connection cut in half": Reply({"kind": "youtube#videoListResponse", "items": ["x" * 9_000]}, cut=True),
    "a hotel's page": Reply(b"<html>Welcome</html>"),
}


@pytest.mark.parametrize("reply", BROKEN_WAYS.values(), ids=list(BROKEN_WAYS))
def test_what_fails_is_one_line_the_rest_is_imported_and_a_second_run_completes_it(run, reply):
    world = YouTube([ADA, BO])
    world.faults.add(lambda asked: "ada" in asked.query.get("id", "") and asked.path == "/videos", reply)
    done = run("youtube", world, "@ada", "@bo")
    assert held("posts", "post_id", "creator_id", "views") == truth(BO)
    assert len(held("creators", "handle")) == 2
    assert [note.what for note in done.missing] == ["the videos of @ada"]
    assert (done.complete, done.stopped) == (False, "")
    assert any("the next run asks again: the videos of @ada (" in line for line in done.sentences())
    assert not any("\n" in line for line in done.sentences())
    again = run("youtube", YouTube([ADA, BO]), "@ada", "@bo")
    assert held("posts", "post_id", "creator_id", "views") == truth(ADA, BO)
    assert (again.complete, again.units) == (True, 1 + 4)


def test_one_500_and_one_429_are_waited_out(run):
    world = YouTube([ADA])
    world.faults.on("/videos", Reply({}, 500), times=1)
    world.faults.on("/commentThreads", Reply({}, 429, {"Retry-After": "9"}), times=1)
    done = run("youtube", world, "@ada")
    assert run.clock.slept == [1.0, 9.0]
    assert (done.complete, done.units) == (True, 7 + 2)
    assert held("posts", "post_id", "creator_id", "views") == truth(ADA)


def test_a_silence_in_the_middle_of_a_page_is_asked_again(run):
    world = YouTube([BO])
    world.faults.on("/videos", Reply({"items": ["x" * 9_000]}, silent=True), times=1)
    assert run("youtube", world, "@bo", timeout=0.4).complete
    assert held("posts", "post_id", "creator_id", "views") == truth(BO)


def test_a_quota_used_up_in_the_middle_keeps_what_came_and_the_next_day_completes_it(run):
    world = YouTube([ADA, BO])
    served_well = [0]

    def after_six(_asked):
        served_well[0] += 1
        return served_well[0] > 6

    world.faults.add(after_six, google_error(403, "quotaExceeded"))
    done = run("youtube", world, "@ada", "@bo")
    assert "quota is used up for today" in done.stopped
    assert "after midnight Pacific" in done.stopped
    assert (done.left, done.complete, done.planned) == (("@bo",), False, False)
    assert held("posts", "post_id", "creator_id", "views") == truth(ADA)
    assert run("youtube", YouTube([ADA, BO]), "@ada", "@bo").units == 10 - 6
    assert held("posts", "post_id", "creator_id", "views") == truth(ADA, BO)


def test_the_users_own_quota_is_kept_to_and_the_next_run_goes_on(run):
    done = run("youtube", YouTube([ADA, BO]), "@ada", "@bo", quota=4)
    assert (len(run.asked), done.units, done.planned) == (4, 4, True)
    assert done.stopped.startswith("Stopped at 4 of 4 units, as asked.")
    assert run("youtube", YouTube([ADA, BO]), "@ada", "@bo", quota=6).complete


def test_a_list_too_long_for_a_day_is_worked_through_day_by_day(run):
    channels = [Channel(f"@c{n}", videos=1, comments=0) for n in range(5)]
    names = [channel.handle for channel in channels]
    for day in range(3):
        run.clock.at = START + timedelta(days=day, hours=day)
        run("youtube", YouTube(channels), *names, quota=6)
    assert len(held("creators", "handle")) == 5
    assert held("posts", "post_id", "creator_id", "views") == truth(*channels)


STOPS = {
    "401": (Reply({"error": {"code": 401, "message": "Invalid Credentials"}}, 401), "Set ASTERISM_YOUTUBE_KEY"),
    "wrong key": (google_error(400, "badRequest", "API key not valid."), "Set ASTERISM_YOUTUBE_KEY"),
    "quota": (google_error(403, "quotaExceeded"), "used up for today"),
    "too fast": (google_error(403, "rateLimitExceeded"), "ask too often"),
    "not enabled": (google_error(403, "accessNotConfigured"), "Enable it"),
}


@pytest.mark.parametrize(("reply", "words"), STOPS.values(), ids=list(STOPS))
def test_where_nothing_can_be_had_it_is_one_line_and_exit_4(run, reply, words):
    with pytest.raises(Stopped, match=words) as caught:
        run("youtube", lambda _asked: reply, "@ada", "@bo")
    assert exit_code(caught.value) == 4
    assert "\n" not in str(caught.value)
    assert KEY not in str(caught.value)


def test_a_source_that_is_down_is_one_line_and_exit_4(run):
    with pytest.raises(OutsideFailure, match=r"The channel @ada could not be had: status 503\. Run it again\."):
        run("youtube", lambda _asked: Reply({}, 503), "@ada")


def test_a_missing_key_is_said_before_anything_is_asked(run, monkeypatch):
    monkeypatch.delenv("ASTERISM_YOUTUBE_KEY")
    with pytest.raises(OutsideFailure, match="ASTERISM_YOUTUBE_KEY is not set"):
        run("youtube", YouTube([ADA]), "@ada")
    assert run.asked == []


def test_a_deleted_account_is_said_and_the_others_go_on(run):
    done = run("youtube", YouTube([BO]), "@gone", "@bo")
    assert [note.what for note in done.skipped] == ["@gone"]
    assert done.complete
    assert held("creators", "handle") == [("bo",)]


def test_deleted_accounts_alone_are_not_found(run):
    with pytest.raises(NotFound, match="YouTube has nothing on @gone: there is no channel @gone"):
        run("youtube", YouTube([]), "@gone", "@away")


def test_comments_switched_off_are_not_asked_for_twice(run):
    off = Channel("@off", comments=None)
    done = run("youtube", YouTube([off]), "@off")
    assert {note.why for note in done.skipped} == {"comments are switched off"}
    assert (len(done.skipped), done.complete) == (3, True)
    assert done.sentences()[1:] == [
        "Not there: the comments on off-v0000 of @off and 2 more (comments are switched off)."
    ]
    assert held("posts", "comments") == [(None,)] * 3
    assert run("youtube", YouTube([off]), "@off").units == 0


def test_a_page_that_nobody_can_read_is_said_and_the_rest_is_imported(run):
    world = YouTube([BO])
    world.faults.on("/videos", Reply({"kind": "youtube#activityListResponse", "items": [{"id": "bo-v0000"}]}))
    done = run("youtube", world, "@bo")
    (note,) = [note for note in done.skipped if "deleted" not in note.why]
    assert (note.what, "activity" in note.why) == ("the videos of @bo", True)
    assert held("creators", "handle") == [("bo",)]


@pytest.mark.parametrize("channel", [Channel("@nil", followers=0, comments=0), Channel("@nil", views=0, comments=0)])
def test_zeros_are_kept_as_zeros(run, channel):
    done = run("youtube", YouTube([channel]), "@nil")
    assert held("creators", "followers") == [(channel.followers,)]
    assert held("posts", "views") == [(channel.views + n,) for n in range(3)]
    assert any("have 0" in warning for table in done.imported for warning in table.warnings)


def test_hidden_subscribers_are_not_zero(run):
    run("youtube", YouTube([Channel("@shy", followers=None)]), "@shy")
    assert held("creators", "followers") == [(None,)]


def test_our_own_instagram_posts_get_what_only_insights_know(run):
    run("instagram", Instagram([Account("@me", id=USER), Account("@other")]), "@me", "other")
    rows = open_catalogue().read("posts").to_pylist()
    own = [row for row in rows if row["creator_id"] == USER]
    assert [(r["likes"], r["reach"], r["saves"], r["shares"], r["views"]) for r in own] == [
        (40 + n, 700, 6, 5, 1_200) for n in range(3)
    ]
    assert [(r["likes"], r["reach"], r["views"]) for r in rows if r not in own] == [
        (40 + n, None, 900 + n) for n in range(3)
    ]


def test_what_insights_leave_blank_does_not_erase_what_the_post_showed(run):
    world = Instagram([Account("@me", id=USER)])
    told = {**world.post(world.accounts[0], 2), "owner": {"id": USER}, "insights": {"data": []}}
    told.pop("view_count")
    world.faults.on("/000100000002", Reply(told))
    run("instagram", world, "@me")
    assert held("posts", "likes", "views", "reach") == [(40, 1_200, 700), (41, 1_200, 700), (42, 902, None)]


def test_instagrams_hourly_limit_keeps_what_came(run):
    world = Instagram([Account("@a"), Account("@b", id="17841400000000778")])
    world.faults.add(lambda asked: "username(b)" in asked.query["fields"], graph_error(400, 4, None, "Too many calls"))
    done = run("instagram", world, "@a", "@b")
    assert "calls of this hour are used up" in done.stopped
    assert held("creators", "handle") == [("a",)]


def test_tiktok_creators_and_videos_join(run):
    run("tiktok", TikTok([Account("@dee", posts=7)]), "@dee")
    assert held("creators", "creator_id", "followers") == [("dee", 5_000)]
    assert {creator for (creator,) in held("posts", "creator_id")} == {"dee"}
    assert len(held("posts", "post_id")) == 7


def test_what_was_fetched_can_be_planned_with(run):
    run("youtube", YouTube([ADA, BO]), "@ada", "@bo")
    tables = load_catalogue().tables
    assert set(tables.posts["creator_id"].to_pylist()) == set(tables.creators["creator_id"].to_pylist())


def test_no_key_stands_in_any_file(run, home):
    run("youtube", YouTube([ADA]), "@ada")
    run("instagram", Instagram([Account("@me", posts=60, id=USER)]), "@me", posts=60)
    run("tiktok", TikTok([Account("@dee")]), "@dee")
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert [word for word in (KEY, TOKEN, CLIENT, SECRET, "clt.Token") if word.encode() in kept] == []


def test_progress_never_goes_back(run):
    run("youtube", YouTube([ADA, BO]), "@ada", "@bo")
    shares = [share for _, share in run.told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert run.told[0][0] == "Asking for the channel @ada"


@pytest.mark.parametrize(
    ("source", "accounts", "words"),
    [
        ("youtub", ["@a"], "Did you mean `youtube`"),
        ("youtube", [], "No account was named"),
        ("youtube", ["@a", "not a name"], "`not a name` names no YouTube channel"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is(run, source, accounts, words):
    with pytest.raises(WrongUsage, match=words):
        run(source, YouTube([ADA]), *accounts)
    assert run.asked == []


def test_an_account_named_twice_is_asked_once(run):
    done = run("youtube", YouTube([BO]), "@bo", "BO", "https://www.youtube.com/@Bo")
    assert len(run.asked) == 3
    assert [table.kind for table in done.imported] == ["creators", "posts"]


def test_pages_older_than_a_month_go(run, home):
    run("youtube", YouTube([ADA, BO]), "@ada")
    run.clock.at += timedelta(days=31)
    run("youtube", YouTube([ADA, BO]), "@bo")
    assert [path.name for path in (home / "fetched" / "youtube").iterdir()] == ["@bo"]
    assert len(held("creators", "handle")) == 2


def recorded(asked):
    """Real answers for the three lists; the old channel answer lacks the part that names its uploads."""
    name = asked.path.strip("/")
    if name == "commentThreads":
        return Reply(json.loads((SHARED / "comment_threads/comment_threads_by_video_paged_1.json").read_text()))
    if name == "channels":
        answer = json.loads((SHARED / "channel_info_single.json").read_text())
        answer["items"][0]["contentDetails"] = {"relatedPlaylists": {"uploads": "UU"}}
        return Reply(answer)
    real = {"playlistItems": "playlist_items/playlist_items_paged_1.json", "videos": "videos/videos_info_multi.json"}
    return Reply((SHARED / real[name]).read_bytes())


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real data (shared/data beside the repository) is not here")
def test_real_answers_find_their_way(run):
    done = run("youtube", recorded, "@real", posts=10, comments=5)
    assert done.complete
    assert held("creators", "creator_id") == [("UC_x5XG1OV2P6uZZ5FSM9Ttw",)]
    assert held("posts", "post_id") == [("D-lhorsDlUQ",), ("ovdbrdCIP7U",)]
    assert len(held("comments", "comment_id")) == 5


# whoever was erased


def test_an_account_that_was_erased_is_not_asked_for(run, home):
    run("youtube", YouTube([ADA]), "@ada")
    erase("youtube:@ada", None, "request", START)
    assert not list((home / "fetched").rglob("*.json"))
    done = run("youtube", YouTube([ADA, BO]), "@ada", "@bo", again=True)
    assert [(note.what, note.why) for note in done.skipped] == [
        ("an account", f"erased on request on {START:%Y-%m-%d}: request")
    ]
    assert all("ada" not in asked.path + str(asked.query) for asked in run.asked)
    assert [row[0] for row in held("creators", "handle")] == ["bo"]


def test_an_erased_account_under_another_name_leaves_neither_rows_nor_pages(run, home):
    erase(Who("youtube", ADA.id), None, "request", START)
    with pytest.raises(NotFound, match="nothing on"):
        run("youtube", YouTube([ADA]), "@ada")
    assert held("creators", "creator_id") == []
    assert not list((home / "fetched").rglob("*.json"))
    values = {row[0] for row in held("rejects", "value")}
    assert values == {"•••"}
