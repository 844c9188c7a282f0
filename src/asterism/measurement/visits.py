"""Which clicks are no person's: rules with names, in the order in which they are asked, each with its reason."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

VERSION: Final = "visits 1"
"""The name and version of these rules, to stand beside figures that they shaped."""
TWICE: Final = timedelta(seconds=3)
"""Within which a visitor's further click on the same link is a double click."""
MINUTE: Final = timedelta(minutes=1)
MOST_PER_MINUTE: Final = 20
"""Clicks of one visitor within a minute, over all links of a workspace, before the rest is a burst."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One opening of a link as the request tells it: nothing here but `visitor` and `referrer` is kept as it is.

    `visitor` is a keyed hash; `prefetch` whether the browser fetched it before anybody asked; `ended` whether the link
    had ended.
    """

    link: int
    at: datetime
    agent: str = ""
    visitor: str = ""
    referrer: str = ""
    head: bool = False
    prefetch: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier click of the same visitor: which link, when, and whether it counted."""

    link: int
    at: datetime
    counted: bool


Test = Callable[[Visit, tuple[Earlier, ...]], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name, which is kept with the click, what it says of such clicks, and the test."""

    name: str
    says: str
    holds: Test


PROGRAMS: Final = (
    "curl/", "wget", "python-requests", "python-urllib", "python/", "aiohttp", "httpx", "go-http-client", "okhttp",
    "java/", "libwww", "lwp::", "axios", "node-fetch", "undici", "got (", "guzzle", "http.rb", "httpclient",
    "http_request", "postman", "insomnia", "powershell", "php/", "restsharp", "faraday", "scrapy",
    "dart:io", "libcurl", "winhttp", "cfnetwork",
)  # fmt: skip
"""What programs call themselves that fetch without a browser."""
PREVIEWS: Final = (
    "facebookexternalhit", "facebookcatalog", "meta-externalagent", "meta-externalfetcher", "whatsapp", "slack-",
    "preview", "embedly", "iframely", "vkshare", "line-poker", "snap url", "cardyb", "mastodon", "pleroma",
    "misskey", "snippet", "google-read-aloud", "msoffice", "ms-office", "outbrain", "flipboardproxy", "tumblr/",
    "pinterest/0", "kakaotalk-scrap", "bitlybot", "nuzzel", "proofpoint", "mimecast", "barracuda", "safelinks",
    "zscaler", "urlscan", "virustotal",
)  # fmt: skip
"""Services that look at an address to show a preview of it, or to check it, before a person does."""
BOTS: Final = (
    "crawl", "spider", "slurp", "scrape", "fetcher", "archiver", "validator", "monitor", "pingdom", "statuscake",
    "site24x7", "gtmetrix", "mediapartners", "googleother", "inspectiontool", "apis-google", "facebot", "ia_arch",
    "nutch", "checker", "scanner", "+http", "feedly",
)  # fmt: skip
"""Words by which robots name themselves; `bot` is asked for apart, since a phone is called Cubot."""
AUTOMATED: Final = (
    "headless",
    "phantomjs",
    "selenium",
    "puppeteer",
    "playwright",
    "webdriver",
    "lighthouse",
    "cypress",
)
"""Browsers that a program drives."""


def _names(words: Iterable[str]) -> Test:
    known = re.compile("|".join(words), re.IGNORECASE)
    return lambda visit, _: known.search(visit.agent) is not None


def _twice(visit: Visit, earlier: tuple[Earlier, ...]) -> bool:
    return any(one.counted and one.link == visit.link and visit.at - one.at < TWICE for one in earlier)


def _burst(visit: Visit, earlier: tuple[Earlier, ...]) -> bool:
    return sum(visit.at - one.at < MINUTE for one in earlier) >= MOST_PER_MINUTE


RULES: Final[tuple[Rule, ...]] = (
    Rule("ended", "came after the link had ended", lambda visit, _: visit.ended),
    Rule("head", "asked for the address without opening it (HEAD)", lambda visit, _: visit.head),
    Rule("prefetch", "was fetched by a browser before anybody asked", lambda visit, _: visit.prefetch),
    Rule("no_agent", "came without the name of a browser", lambda visit, _: not visit.agent.strip()),
    Rule("automated", "came from a browser that a program drives", _names(map(re.escape, AUTOMATED))),
    Rule("preview", "came from a service that shows or checks previews", _names(map(re.escape, PREVIEWS))),
    Rule("program", "came from a program without a browser", _names(map(re.escape, PROGRAMS))),
    Rule("bot", "came from a robot that says so", _names((r"(?<!cu)bot", *map(re.escape, BOTS)))),
    Rule("twice", f"was the visitor's second on that link within {TWICE.seconds} seconds", _twice),
    Rule("burst", f"was beyond {MOST_PER_MINUTE} of one visitor within a minute", _burst),
)  # fmt: skip
"""Asked in this order; the first that holds names the click. There is no list of data centres' addresses: traffic from
there that names itself as a browser is counted."""
SAYS: Final = {rule.name: rule.says for rule in RULES}


def filtered(visit: Visit, earlier: Iterable[Earlier] = ()) -> str:
    """The name of the rule by which a click is no person's; empty where it is held to be one's.

    `earlier` are the clicks of the same visitor within the last minute. A visitor who is not known is never twice.

    >>> when = datetime(2026, 12, 1, 12)
    >>> filtered(Visit(1, when, "WhatsApp/2.24")), filtered(Visit(1, when, "Mozilla/5.0 (iPhone) Safari"))
    ('preview', '')
    """
    known = tuple(earlier) if visit.visitor else ()
    return next((rule.name for rule in RULES if rule.holds(visit, known)), "")


def is_prefetch(headers: Iterable[str | None]) -> bool:
    """Whether any of the headers Purpose, Sec-Purpose and X-Moz says that nobody asked yet.

    >>> is_prefetch(["prefetch;prerender", None]), is_prefetch([None, ""])
    (True, False)
    """
    return any(word in (said or "").lower() for said in headers for word in ("prefetch", "preview", "prerender"))


_APPS: Final = (
    ("instagram", "instagram"), ("bytedancewebview", "tiktok"), ("musical_ly", "tiktok"), ("tiktok", "tiktok"),
    ("fban", "facebook"), ("fbav", "facebook"), ("snapchat", "snapchat"), ("[pinterest", "pinterest"),
    ("twitter for", "x"), ("linkedinapp", "linkedin"), ("edg", "edge"), ("opr/", "opera"),
    ("samsungbrowser", "samsung"), ("firefox", "firefox"), ("fxios", "firefox"), ("crios", "chrome"),
    ("chrome", "chrome"), ("safari", "safari"),
)  # fmt: skip
_PHONES: Final = ("iphone", "android", "mobile")
_TABLETS: Final = ("ipad", "tablet")


def family(agent: str) -> str:
    """What kind of browser it was, which is all that is kept of its name.

    >>> family("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit Instagram 350.0"), family("curl/8")
    ('instagram, phone', 'other')
    """
    plain = agent.lower()
    app = next((name for word, name in _APPS if word in plain), "other")
    if app == "other":
        return app
    tablet, phone = (any(word in plain for word in words) for words in (_TABLETS, _PHONES))
    return f"{app}, {'tablet' if tablet else 'phone' if phone else 'desktop'}"


def origin(referrer: str) -> str:
    """The host that a visitor came from, which is all that is kept of the address.

    >>> origin("https://www.instagram.com/ana/?x=1"), origin("nonsense"), origin("http://[")
    ('instagram.com', '', '')
    """
    try:
        host = urlsplit(referrer.strip()).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")[:120]
