"""Error answers are one clear line, unknown JSON is refused, and several answers are one table."""

from pathlib import Path

import pytest

from asterism.creators.payloads import is_answer, read_payload, read_payloads, recognised
from asterism.errors import UnreadableFile, exit_code

ERRORS = {
    "google, quota": (
        {
            "error": {
                "code": 403,
                "message": "The request cannot be completed.",
                "errors": [{"reason": "quotaExceeded"}],
            }
        },
        r"an interface's error answer, not data: quotaExceeded 403 The request cannot be completed\. Wait until",
    ),
    "google, key": (
        {"error": {"code": 400, "message": "API key not valid.", "status": "INVALID_ARGUMENT"}},
        r"INVALID_ARGUMENT 400 API key not valid\. Renew the key",
    ),
    "meta, token": (
        {"error": {"message": "Session has\nexpired", "type": "OAuthException", "code": 190}},
        r"OAuthException 190 Session has expired\. Renew the key or token",
    ),
    "phyllo, gone": (
        {"error": {"type": "RECORD_NOT_FOUND", "code": "profile_not_found", "message": "No such profile"}},
        r"profile_not_found No such profile\. The account may be deleted",
    ),
    "tiktok": ({"data": {}, "error": {"code": "internal_error", "message": "Try later"}}, "Try later. Fetch it again"),
    "modash": ({"error": True, "code": "no_credits", "message": "Not enough credits"}, "credits. Wait until the quota"),
    "oauth": ({"error": "invalid_token"}, "invalid_token. Renew"),
}


@pytest.mark.parametrize(("document", "words"), ERRORS.values(), ids=list(ERRORS))
def test_an_error_answer_says_so_and_what_to_do(document, words):
    assert is_answer(document)
    with pytest.raises(UnreadableFile, match=words) as caught:
        read_payload("saved.json", document)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("saved.json is ")
    assert exit_code(caught.value) == 3


FINE = {
    "tiktok says ok": {"data": {"name": "x"}, "error": {"code": "ok", "message": ""}},
    "modash says no": {"error": False, "profile": {}},
    "a null": {"error": None},
    "a row of one's own": {"handle": "ana", "followers": 3, "error": "none found"},
    "a list": [1, 2],
    "a text": "error",
    "nothing": {},
}


@pytest.mark.parametrize("document", FINE.values(), ids=list(FINE))
def test_other_json_is_no_error_and_no_answer(document):
    assert recognised(document) is None
    assert not is_answer(document)
    with pytest.raises(UnreadableFile, match=r"no answer of an interface we know.*Phyllo \(InsightIQ\)"):
        read_payload("x.json", document)


def channels(*ids, **statistics):
    counted = {"subscriberCount": "10", **statistics}
    return {"kind": "youtube#channelListResponse",
            "items": [{"id": one, "snippet": {"title": one}, "statistics": counted} for one in ids]}  # fmt: skip


def test_pages_are_one_table_and_a_bad_one_is_a_reject():
    videos = {"kind": "youtube#videoListResponse", "items": [{"id": "v", "snippet": {"channelId": "a"}}]}
    pages = [channels("a", "b"), ERRORS["oauth"][0], channels("b", "c", subscriberCount="many"), None, videos]
    creators, posts = read_payloads("pages.jsonl", pages)
    assert (creators.file, creators.kind, creators.rows, creators.accepted) == ("pages.jsonl", "creators", 5, 3)
    assert creators.table["creator_id"].to_pylist() == ["a", "b", "c"]
    assert [(r.file, r.row) for r in creators.rejects] == [
        ("pages.jsonl", 2), ("pages.jsonl", 4), ("pages.jsonl, document 3", 1), ("pages.jsonl, document 3", 2)
    ]  # fmt: skip
    assert "error answer" in creators.rejects[0].reason
    assert any("more than once" in said for said in creators.warnings)
    assert (posts.kind, posts.accepted) == ("posts", 1)


def test_where_no_answer_can_be_read_the_first_says_why():
    with pytest.raises(UnreadableFile, match="document 1 is an interface's error"):
        read_payloads("pages.jsonl", [ERRORS["oauth"][0], ERRORS["oauth"][0]])


def test_half_a_character_left_by_a_cut_is_marked_and_not_fatal():
    document = channels("a")
    document["items"][0]["snippet"]["title"] = "bread \ud83c"
    (found,) = read_payload("x.json", document)
    assert found.table["name"].to_pylist() == ["bread �"]


HOWTO = Path(__file__).resolve().parents[3] / "docs" / "howto" / "import-vendor-payloads.md"


@pytest.mark.parametrize("name", ["YouTube Data API", "Instagram Graph API", "Phyllo", "InsightIQ", "HypeAuditor",
                                  "Modash", "TikTok Research API"])  # fmt: skip
def test_every_vendor_stands_in_the_howto(name):
    assert f"| {name}" in HOWTO.read_text(encoding="utf-8") or f", {name} |" in HOWTO.read_text(encoding="utf-8")
