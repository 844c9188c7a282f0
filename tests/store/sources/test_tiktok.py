from datetime import datetime, timedelta

import pytest

from asterism.errors import OutsideFailure, WrongUsage
from asterism.store.settings import Access
from asterism.store.sources.asking import Meaning
from asterism.store.sources.tiktok import SOURCE, account, door, judge
from tests.store.sources.platforms import SECRET, Account, TikTok, tiktok_error
from tests.store.sources.server import Reply
from tests.store.sources.taking import rows, taken

VIDEOS = ("data", "videos")


@pytest.mark.parametrize(("words", "name"), [("@Ada_1", "@ada_1"), ("https://www.tiktok.com/@ada?lang=en", "@ada")])
def test_an_account_is_named_by_handle_or_address(words, name):
    assert account(words) == name


@pytest.mark.parametrize("words", ["", "a b", "ünal", '"}', "x" * 31])
def test_what_names_no_account_is_refused(words):
    with pytest.raises(WrongUsage, match="names no TikTok account"):
        account(words)


@pytest.mark.parametrize(
    ("access", "name"),
    [(Access("https://x.example"), "ASTERISM_TIKTOK_KEY"), (Access("https://x", "k"), "ASTERISM_TIKTOK_SECRET")],
)
def test_without_key_or_secret_it_is_said_which_to_set(access, name):
    with pytest.raises(OutsideFailure, match=f"{name} is not set"):
        door(access)


JUDGED = {
    "wrong secret": (Reply({"error": "invalid_client", "error_description": "Wrong."}, 401), Meaning.BARRED, "Wrong"),
    "sign-in down": (Reply({"error": "server_error"}, 503), Meaning.BROKEN, "server_error"),
    "token ran out": (tiktok_error(401, "access_token_invalid"), Meaning.EXPIRED, "No"),
    "not approved": (tiktok_error(401, "scope_not_authorized"), Meaning.BARRED, "may not do this"),
    "calls of the day": (tiktok_error(429, "daily_quota_limit_exceeded"), Meaning.SPENT, "today"),
    "too fast": (tiktok_error(429, "rate_limit_exceeded"), Meaning.SLOW, "No"),
    "nobody": (tiktok_error(400, "invalid_params", "User is not found"), Meaning.ABSENT, "User"),
    "nobody of that name": (tiktok_error(400, "invalid_params", "cannot find the user"), Meaning.ABSENT, "cannot find"),
    "private": (tiktok_error(403, "invalid_params", "The user is private"), Meaning.ABSENT, "private"),
    "our fault": (tiktok_error(400, "invalid_params", "Invalid date"), Meaning.UNSOUND, "Invalid date"),
    "their fault": (tiktok_error(500, "internal_error"), Meaning.BROKEN, "No"),
    "error with status 200": (tiktok_error(200, "invalid_params", "Odd"), Meaning.UNSOUND, "Odd"),
    "fine": (Reply({"data": {}, "error": {"code": "ok", "message": ""}}), Meaning.FINE, ""),
}


@pytest.mark.parametrize(("reply", "meaning", "words"), JUDGED.values(), ids=list(JUDGED))
def test_refusals_are_told_apart_by_their_codes(reply, meaning, words):
    judged = judge(reply.status, reply.body)
    assert judged.meaning is meaning
    assert words in judged.why


def test_windows_of_thirty_days_follow_each_other_without_gap_until_there_are_enough(tmp_path):
    one, server, line = taken(SOURCE, TikTok([Account("@ada", posts=40)]), tmp_path, posts=10)
    queries = [asked.json for asked in server.asked if "video/query" in asked.path]
    windows = list(dict.fromkeys((query["start_date"], query["end_date"]) for query in queries))
    assert windows == [("20261027", "20261125"), ("20260927", "20261026")]
    days = [datetime.strptime(day, "%Y%m%d") for window in windows for day in window]  # noqa: DTZ007
    assert days[0] - days[3] == timedelta(days=1)
    found = [video["id"] for video in rows(one, "videos", *VIDEOS)]
    assert found == [7_000_000_000_000_000_000 + n for n in range(12)]
    assert line.spent == len(server.asked) - 1  # signing in is not charged


def test_a_creator_with_few_videos_is_not_searched_for_more(tmp_path):
    one, server, _ = taken(SOURCE, TikTok([Account("@ada", posts=3)]), tmp_path)
    assert len(rows(one, "videos", *VIDEOS)) == 3
    assert len(server.asked) == 3


def test_a_creator_silent_for_long_is_looked_for_a_year_back_and_no_further(tmp_path):
    one, server, _ = taken(SOURCE, TikTok([Account("@ada", posts=3)], age=300), tmp_path)
    assert len(rows(one, "videos", *VIDEOS)) == 2
    assert len(server.asked) == 2 + 12


def test_the_profile_is_kept_with_the_name_it_was_asked_by(tmp_path):
    one, _, _ = taken(SOURCE, TikTok([Account("@ada")]), tmp_path)
    assert one.pages[0].document["data"]["username"] == "ada"


def test_neither_secret_nor_token_is_kept(tmp_path):
    world = TikTok([Account("@ada")])
    taken(SOURCE, world, tmp_path)
    kept = "".join(path.read_text() for path in tmp_path.iterdir())
    assert world.tokens == 1
    assert SECRET not in kept
    assert "clt.Token" not in kept


def test_an_account_that_is_not_there_is_said(tmp_path):
    one, _, _ = taken(SOURCE, TikTok([]), tmp_path)
    assert one.pages == ()
    assert (one.skipped[0].what, one.skipped[0].why) == ("the account @ada", "user not found")
