import pytest

from asterism.errors import OutsideFailure, WrongUsage
from asterism.store.settings import Access
from asterism.store.sources.asking import Meaning
from asterism.store.sources.instagram import SOURCE, account, door, judge
from tests.store.sources.platforms import TOKEN, USER, Account, Instagram, graph_error
from tests.store.sources.server import Reply
from tests.store.sources.taking import rows, taken

POSTS = ("business_discovery", "media", "data")


@pytest.mark.parametrize(
    ("words", "name"),
    [("@Ada.B_c", "@ada.b_c"), ("ada", "@ada"), ("https://www.instagram.com/Ada/?hl=en", "@ada")],
)
def test_an_account_is_named_by_handle_or_address(words, name):
    assert account(words) == name


@pytest.mark.parametrize("words", ["", "@", "a){id}", "a b", "https://www.instagram.com/p/xyz/", "x" * 31, "ünal"])
def test_what_names_no_account_is_refused(words):
    with pytest.raises(WrongUsage, match="names no Instagram account"):
        account(words)


@pytest.mark.parametrize(
    ("access", "name"),
    [(Access("https://x.example"), "ASTERISM_INSTAGRAM_TOKEN"), (Access("https://x", "t"), "ASTERISM_INSTAGRAM_USER")],
)
def test_without_token_or_user_it_is_said_which_to_set(access, name):
    with pytest.raises(OutsideFailure, match=f"{name} is not set"):
        door(access)


JUDGED = {
    "token expired": (graph_error(401, 190, 463, "Session has expired"), Meaning.BARRED, "Session has expired"),
    "token expired, as 400": (graph_error(400, 190), Meaning.BARRED, "token is not accepted"),
    "no permission": (graph_error(403, 10, None, "Requires a permission"), Meaning.BARRED, "may not do this"),
    "no permission, by name": (graph_error(400, 200), Meaning.BARRED, "may not do this"),
    "forbidden": (graph_error(403, 100), Meaning.BARRED, "may not do this"),
    "calls of the app": (graph_error(400, 4), Meaning.SPENT, "used up"),
    "calls of the user": (graph_error(403, 17), Meaning.SPENT, "used up"),
    "calls of the account": (graph_error(400, 80002), Meaning.SPENT, "used up"),
    "nobody": (graph_error(400, 110, 2207013, "Invalid user id"), Meaning.ABSENT, "deleted, personal or age-gated"),
    "post gone": (graph_error(400, 100, 33), Meaning.ABSENT, "deleted"),
    "too few to show": (graph_error(400, 10, None, "Not enough viewers to show insights"), Meaning.ABSENT, "viewers"),
    "try again": (graph_error(500, 2), Meaning.BROKEN, "No"),
    "try again, as 400": (graph_error(400, 1), Meaning.BROKEN, "No"),
    "unknown field": (graph_error(400, 100, None, "Tried accessing nonexisting field"), Meaning.UNSOUND, "nonexisting"),
    "error with status 200": (Reply({"error": {"code": 100, "message": "Odd"}}), Meaning.UNSOUND, "Odd"),
    "fine": (Reply({"id": "1"}), Meaning.FINE, ""),
    "somebody else": (Reply({"ok": True}), Meaning.BROKEN, "something else"),
}


@pytest.mark.parametrize(("reply", "meaning", "words"), JUDGED.values(), ids=list(JUDGED))
def test_refusals_are_told_apart_by_their_codes(reply, meaning, words):
    judged = judge(reply.status, reply.body)
    assert judged.meaning is meaning
    assert words in judged.why


def test_an_account_comes_with_its_posts_in_pages_of_fifty(tmp_path):
    one, server, line = taken(SOURCE, Instagram([Account("@ada", posts=120)]), tmp_path, posts=120)
    assert line.spent == len(server.asked) == 3
    assert [post["caption"] for post in rows(one, "posts", *POSTS)] == [f"Post {n}" for n in range(120)]
    assert one.pages[0].document["business_discovery"]["followers_count"] == 5_000


def test_no_more_pages_are_asked_for_than_wanted(tmp_path):
    _, server, _ = taken(SOURCE, Instagram([Account("@ada", posts=500)]), tmp_path, posts=60)
    assert len(server.asked) == 2


def test_without_posts_only_the_profile_is_asked_for(tmp_path):
    _, server, _ = taken(SOURCE, Instagram([Account("@ada")]), tmp_path, posts=0)
    assert "media." not in server.asked[0].query["fields"]


def test_insights_are_asked_for_of_our_own_posts_only(tmp_path):
    world = Instagram([Account("@ada", posts=4, id=USER), Account("@bo")])
    one, server, _ = taken(SOURCE, world, tmp_path / "own", posts=3)
    assert len(server.asked) == 4
    assert [page.stage for page in one.pages] == ["posts", "insights", "insights", "insights"]
    other, _, _ = taken(SOURCE, world, tmp_path / "other", account="@bo")
    assert {page.stage for page in other.pages} == {"posts"}


def test_a_post_without_insights_leaves_the_others(tmp_path):
    world = Instagram([Account("@ada", posts=3, id=USER)])
    early = graph_error(400, 100, 33, "Media posted before the account was a business account")
    world.faults.on("/000100000001", early)
    one, _, _ = taken(SOURCE, world, tmp_path)
    assert [page.stage for page in one.pages] == ["posts", "insights", "insights"]
    assert len(one.skipped) == 1


def test_the_token_stands_in_no_kept_page(tmp_path):
    taken(SOURCE, Instagram([Account("@ada", posts=80)]), tmp_path, posts=80)
    kept = "".join(path.read_text() for path in tmp_path.iterdir())
    assert "access_token=***" in kept
    assert TOKEN not in kept


@pytest.mark.parametrize("cursor", ["x){id}", "a b", "a,b"])
def test_a_cursor_that_would_change_the_question_is_not_used(tmp_path, cursor):
    world = Instagram([Account("@ada", posts=80)])
    media = {"data": [{"id": "1", "media_type": "IMAGE"}], "paging": {"cursors": {"after": cursor}}}
    world.faults.on(USER, Reply({"business_discovery": {"id": "5", "username": "ada", "media": media}, "id": USER}))
    one, server, _ = taken(SOURCE, world, tmp_path, posts=80)
    assert len(server.asked) == 1
    assert len(one.pages) == 1
