import pytest

from asterism.errors import OutsideFailure, WrongUsage
from asterism.store.settings import Access
from asterism.store.sources.asking import Meaning, Note
from asterism.store.sources.youtube import SOURCE, account, door, judge
from tests.store.sources.platforms import Channel, YouTube, google_error
from tests.store.sources.server import Reply
from tests.store.sources.taking import rows, taken

ID = "UC_x5XG1OV2P6uZZ5FSM9Ttw"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("@Ada", "@ada"),
        ("ada.b-c_d", "@ada.b-c_d"),
        (" @ünal ", "@ünal"),
        (ID, ID),
        (f"https://www.youtube.com/channel/{ID}", ID),
        ("https://www.youtube.com/@Ada/videos", "@ada"),
    ],
)
def test_a_channel_is_named_by_handle_id_or_address(words, name):
    assert account(words) == name


@pytest.mark.parametrize("words", ["", "@", "a b", "@a/b", "https://www.youtube.com/watch?v=x", "@a&key=1", "x" * 70])
def test_what_names_no_channel_is_refused(words):
    with pytest.raises(WrongUsage, match="names no YouTube channel"):
        account(words)


def test_without_a_key_it_is_said_which_to_set():
    with pytest.raises(OutsideFailure, match=r"ASTERISM_YOUTUBE_KEY is not set\. Make an API key"):
        door(Access("https://x.example"))


def modern(reason, status=400, message="API key not valid. Please pass a valid API key."):
    """The form Google answers in today: reasons stand in `details`."""
    details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason}]
    return Reply({"error": {"code": status, "message": message, "details": details}}, status)


JUDGED = {
    "wrong key": (modern("API_KEY_INVALID"), Meaning.BARRED, "not accepted"),
    "wrong key, old form": (google_error(400, "keyInvalid", "Bad Request"), Meaning.BARRED, "not accepted"),
    "no key": (google_error(403, "forbidden", "Method doesn't allow unregistered callers."), Meaning.BARRED, "key"),
    "401": (google_error(401, "authError", "Invalid Credentials"), Meaning.BARRED, "not accepted"),
    "quota": (
        google_error(403, "quotaExceeded", "You have exceeded your <a href=x>quota</a>."),
        Meaning.SPENT,
        "today",
    ),
    "daily limit": (google_error(403, "dailyLimitExceeded"), Meaning.SPENT, "today"),
    "too fast": (google_error(403, "rateLimitExceeded", "Slow down."), Meaning.SLOW, "Slow down"),
    "too fast for one user": (google_error(403, "userRateLimitExceeded"), Meaning.SLOW, "No"),
    "too fast, by status": (google_error(429, "RATE_LIMIT_EXCEEDED"), Meaning.SLOW, "No"),
    "not enabled": (google_error(403, "accessNotConfigured"), Meaning.BARRED, "not switched on"),
    "not enabled, today's form": (modern("SERVICE_DISABLED", 403, "x"), Meaning.BARRED, "not switched on"),
    "another machine's key": (google_error(403, "ipRefererBlocked"), Meaning.BARRED, "restricted"),
    "comments off": (google_error(403, "commentsDisabled"), Meaning.ABSENT, "switched off"),
    "private": (google_error(403, "playlistItemsNotAccessible"), Meaning.ABSENT, "private"),
    "no playlist": (google_error(404, "playlistNotFound", "Not there."), Meaning.ABSENT, "Not there"),
    "their fault": (google_error(500, "backendError"), Meaning.BROKEN, "No"),
    "their fault, plain": (Reply({}, 503), Meaning.BROKEN, "503"),
    "our fault": (google_error(400, "invalidParameter", "Bad value."), Meaning.UNSOUND, "Bad value"),
    "odd": (Reply({"error": {"errors": 5, "details": "x"}}, 400), Meaning.UNSOUND, "400"),
    "fine": (Reply({"kind": "youtube#channelListResponse"}), Meaning.FINE, ""),
    "somebody else": (Reply({"items": []}), Meaning.BROKEN, "something else"),
}


@pytest.mark.parametrize(("reply", "meaning", "words"), JUDGED.values(), ids=list(JUDGED))
def test_refusals_with_one_status_are_told_apart(reply, meaning, words):
    judged = judge(reply.status, reply.body)
    assert judged.meaning is meaning
    assert words in judged.why
    assert "<a" not in judged.why


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (google_error(403, "quotaExceeded"), "after midnight Pacific time"),
        (google_error(403, "accessNotConfigured"), "Enable it"),
        (modern("API_KEY_INVALID"), "Set ASTERISM_YOUTUBE_KEY"),
        (google_error(403, "ipRefererBlocked"), "restrictions"),
    ],
)
def test_every_stop_says_what_to_change(reply, words):
    assert words in judge(reply.status, reply.body).fix


def paths(server):
    return [asked.path.strip("/") for asked in server.asked]


def test_a_channel_takes_one_unit_a_page(tmp_path):
    world = YouTube([Channel("@ada", videos=120, comments=0)])
    one, server, line = taken(SOURCE, world, tmp_path, posts=110)
    assert paths(server) == ["channels"] + ["playlistItems"] * 3 + ["videos"] * 3
    assert line.spent == len(server.asked) == one.asked == 7
    assert [item["id"] for item in rows(one, "videos", "items")] == world.channels[0].ids()[:110]


def test_no_more_uploads_are_listed_than_wanted(tmp_path):
    one, server, _ = taken(SOURCE, YouTube([Channel("@ada", videos=500, comments=0)]), tmp_path, posts=50)
    assert paths(server) == ["channels", "playlistItems", "videos"]
    assert len(rows(one, "videos", "items")) == 50


def test_comments_are_asked_for_page_by_page_until_there_are_enough(tmp_path):
    world = YouTube([Channel("@ada", videos=2, comments=250)], page=100)
    one, server, _ = taken(SOURCE, world, tmp_path, comments=200)
    assert paths(server)[3:] == ["commentThreads"] * 4
    threads = rows(one, "comments", "items")
    assert len({thread["id"] for thread in threads}) == len(threads) == 400
    asked = server.asked[3].query
    assert (asked["order"], asked["maxResults"], asked["part"]) == ("time", "100", "snippet,replies")


@pytest.mark.parametrize(("comments", "wanted"), [(0, 100), (5, 0)], ids=["there are none", "none are wanted"])
def test_comments_cost_nothing_where_there_are_or_may_be_none(tmp_path, comments, wanted):
    _, server, _ = taken(SOURCE, YouTube([Channel("@ada", comments=comments)]), tmp_path, comments=wanted)
    assert paths(server) == ["channels", "playlistItems", "videos"]


def test_a_channel_without_posts_wanted_is_its_figures_only(tmp_path):
    one, server, _ = taken(SOURCE, YouTube([Channel("@ada")]), tmp_path, posts=0)
    assert paths(server) == ["channels"]
    assert [page.stage for page in one.pages] == ["channel"]


def test_videos_that_went_since_they_were_listed_are_said(tmp_path):
    one, _, _ = taken(SOURCE, YouTube([Channel("@ada", videos=5, gone=2, comments=0)]), tmp_path)
    assert one.skipped == (Note("2 of the videos of @ada", "deleted or private since they were listed"),)
    assert len(rows(one, "videos", "items")) == 3


def test_comments_switched_off_on_one_video_leave_the_others(tmp_path):
    world = YouTube([Channel("@ada", videos=3)])
    world.faults.add(lambda asked: asked.query.get("videoId") == "ada-v0001", google_error(403, "commentsDisabled"))
    one, _, _ = taken(SOURCE, world, tmp_path)
    assert one.skipped == (Note("the comments on ada-v0001 of @ada", "comments are switched off"),)
    assert {item["snippet"]["videoId"] for item in rows(one, "comments", "items")} == {"ada-v0000", "ada-v0002"}


def test_a_channel_that_is_not_there_says_so_and_gives_no_page(tmp_path):
    one, server, _ = taken(SOURCE, YouTube([]), tmp_path)
    assert (one.pages, len(server.asked)) == ((), 1)
    assert one.skipped[0].what == "@ada"


def test_a_channel_may_be_asked_by_its_id(tmp_path):
    ada = Channel("@ada")
    one, server, _ = taken(SOURCE, YouTube([ada]), tmp_path, account=ada.id)
    assert server.asked[0].query["id"] == ada.id
    assert rows(one, "channel", "items")[0]["id"] == ada.id


def test_a_search_is_never_asked_for(tmp_path):
    _, server, _ = taken(SOURCE, YouTube([Channel("@ada", videos=7)], page=3), tmp_path)
    assert {*paths(server)} == {"channels", "playlistItems", "videos", "commentThreads"}


def test_a_video_without_an_id_is_left_out_and_the_rest_goes_on(tmp_path):
    class Nameless(YouTube):
        def video(self, channel, video):
            found = super().video(channel, video)
            return found if video != "ada-v0001" else {**found, "id": None}

    one, server, _ = taken(SOURCE, Nameless([Channel("@ada", videos=3)]), tmp_path)
    assert one.stopped is None
    assert {asked.query["videoId"] for asked in server.asked if "videoId" in asked.query} == {"ada-v0000", "ada-v0002"}
