"""Which clicks are no person's."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from asterism.measurement.visits import (
    MOST_PER_MINUTE,
    RULES,
    TWICE,
    Earlier,
    Visit,
    family,
    filtered,
    is_prefetch,
    origin,
)

HOWTO = Path(__file__).resolve().parents[2] / "docs" / "howto" / "track-links-and-codes.md"
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile Safari/604.1"
PEOPLE = {
    "iphone": IPHONE,
    "in instagram": f"{IPHONE} Instagram 350.0.0.28.90 (iPhone15,2; iOS 18_1; en_US)",
    "in tiktok": "Mozilla/5.0 (Linux; Android 14; SM-S911B) Chrome/130.0 Mobile Safari/537.36 BytedanceWebview/d8a21c6",
    "in facebook": f"{IPHONE} [FBAN/FBIOS;FBAV/480.0]",
    "in pinterest": f"{IPHONE} [Pinterest/iOS]",
    "in linkedin": f"{IPHONE} [LinkedInApp]/9.1",
    "desktop": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36",
    "firefox": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "a phone called Cubot": "Mozilla/5.0 (Linux; Android 9; CUBOT_NOTE_20) Chrome/130.0 Mobile Safari/537.36",
}
OTHERS = {
    "Googlebot": ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "bot"),
    "a robot on a Cubot": ("Mozilla/5.0 (Linux; CUBOT) SomeBot/1.0", "bot"),
    "Bytespider": ("Mozilla/5.0 (Linux; Android 5.0) AppleWebKit Bytespider", "bot"),
    "Facebook's preview": ("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "preview"),
    "WhatsApp's preview": ("WhatsApp/2.24.6.77 A", "preview"),
    "Slack's preview": ("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "bot"),
    "Slack's pictures": ("Slack-ImgProxy (+https://api.slack.com/robots)", "preview"),
    "Twitterbot": ("Twitterbot/1.0", "bot"),
    "Skype's preview": ("SkypeUriPreview Preview/0.5", "preview"),
    "curl": ("curl/8.5.0", "program"),
    "requests": ("python-requests/2.32", "program"),
    "Go": ("Go-http-client/2.0", "program"),
    "headless Chrome": ("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/130.0 Safari/537.36", "automated"),
    "no name": ("  ", "no_agent"),
}  # fmt: skip


def visit(agent=IPHONE, **fields):
    return Visit(1, NOW, agent, **{"visitor": "v", **fields})


def earlier(seconds, link=1, counted=True):
    return Earlier(link, NOW - timedelta(seconds=seconds), counted)


@pytest.mark.parametrize("agent", PEOPLE.values(), ids=PEOPLE)
def test_people_count_whatever_they_open_it_with(agent):
    assert filtered(visit(agent)) == ""


@pytest.mark.parametrize(("agent", "rule"), OTHERS.values(), ids=OTHERS)
def test_who_is_no_person_is_filtered_by_a_named_rule(agent, rule):
    assert filtered(visit(agent)) == rule


@pytest.mark.parametrize(
    ("fields", "rule"),
    [({"head": True}, "head"), ({"prefetch": True}, "prefetch"), ({"ended": True}, "ended"),
     ({"ended": True, "head": True, "agent": "curl/8"}, "ended"), ({"head": True, "agent": "curl/8"}, "head")],
    ids=["HEAD", "prefetched", "the link ended", "the end comes first", "how it was asked comes before who asked"],
)  # fmt: skip
def test_how_it_was_asked_for_matters(fields, rule):
    assert filtered(visit(**fields)) == rule


@pytest.mark.parametrize(
    ("before", "rule"),
    [
        (earlier(2), "twice"),
        (earlier(TWICE.total_seconds()), ""),
        (earlier(2, link=2), ""),
        (earlier(2, counted=False), ""),
    ],
    ids=["at once", "later", "on another link", "after one that did not count"],
)
def test_a_double_click_counts_once(before, rule):
    assert filtered(visit(), [before]) == rule


def test_somebody_unknown_is_never_twice():
    assert filtered(visit(visitor=""), [earlier(1)]) == ""


@pytest.mark.parametrize(
    ("others", "seconds", "rule"),
    [(MOST_PER_MINUTE, 30, "burst"), (MOST_PER_MINUTE - 1, 30, ""), (MOST_PER_MINUTE, 60, "")],
    ids=["one too many", "just within", "a minute ago"],
)
def test_a_burst_is_what_nobody_does_by_hand(others, seconds, rule):
    assert filtered(visit(), [earlier(seconds, link=2, counted=False)] * others) == rule


def test_every_rule_has_a_name_that_fits_its_column_and_says_what_it_is():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(0 < len(rule.name) <= 24 and rule.says for rule in RULES)


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_every_rule_stands_on_the_page_that_explains_them(rule):
    assert f"| `{rule}` | " in HOWTO.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("said", "found"),
    [(["prefetch"], True), ([None, "prefetch;prerender"], True), (["", "Preview"], True), ([None, "navigate"], False)],
)
def test_a_prefetch_says_so_in_a_header(said, found):
    assert is_prefetch(said) is found


@pytest.mark.parametrize(
    ("agent", "kept"),
    [
        (PEOPLE["in instagram"], "instagram, phone"),
        (PEOPLE["in tiktok"], "tiktok, phone"),
        (PEOPLE["desktop"], "chrome, desktop"),
        ("Mozilla/5.0 (iPad; CPU OS 18_1) Mobile Safari/604.1", "safari, tablet"),
        ("<script>", "other"),
    ],
)
def test_of_a_browser_only_its_kind_is_kept(agent, kept):
    assert family(agent) == kept
    assert len(kept) <= 24


def test_of_a_referrer_only_the_host_is_kept():
    assert origin("https://WWW.Tiktok.com/@ana/video/1?secret=2") == "tiktok.com"
