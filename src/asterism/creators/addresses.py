"""Which other accounts, link hubs and sites a profile's own words point to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from asterism.creators.platforms import platform

HUB: Final = "hub"
"""Where one page gathers all the links of one person: the same page on two profiles is one person's."""
SITE: Final = "site"
"""A person's or company's own website, by its domain."""

_HUBS: Final = (
    "linktr.ee", "beacons.ai", "lnk.bio", "bio.link", "allmylinks.com", "campsite.bio", "solo.to", "hoo.be", "msha.ke",
    "linkin.bio", "bio.site", "linkpop.com", "taplink.cc", "stan.store", "carrd.co", "patreon.com", "ko-fi.com",
    "buymeacoffee.com",
)  # fmt: skip
_PATHS: Final = (
    ("instagram", r"(?:instagram\.com|instagr\.am)/(?:_u/)?@?([\w.]+)"),
    ("youtube", r"youtube\.com/(?:@|c/|user/|channel/)([\w.-]+)"),
    ("tiktok", r"tiktok\.com/@([\w.]+)"),
    ("x", r"(?:twitter|x)\.com/@?(\w+)"),
    ("twitch", r"twitch\.tv/(\w+)"),
    ("facebook", r"(?:facebook|fb)\.com/([\w.]+)"),
    ("pinterest", r"pinterest\.[a-z.]{2,6}/(\w+)"),
    ("snapchat", r"snapchat\.com/add/([\w.-]+)"),
    ("linkedin", r"linkedin\.com/in/([\w-]+)"),
    (HUB, rf"((?:{'|'.join(re.escape(hub) for hub in _HUBS)})/@?[\w.-]+)"),
)
_BEFORE: Final = r"(?i)(?<![\w.-])(?:https?://)?(?:www\.|m\.|mobile\.|[a-z]{2}\.)?"
_ADDRESSES: Final = tuple((name, re.compile(_BEFORE + path)) for name, path in _PATHS)
_WORDS: Final = re.compile(
    r"(?i)(?<![\w@/.])(ig|insta|instagram|tik\s?tok|tt|yt|youtube|twitter|snap|snapchat|twitch|fb|facebook|pinterest)"
    r"\s*(?:[:：=]\s*@?|[\s\-–—|>→➡️]*@)([\w.]{2,30})"
)
_DOMAIN: Final = re.compile(r"(?i)(?<![\w@.-])(?:https?://|www\.)(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})(?=[/?#\s,;)]|$)")
_PAGE_WORDS: Final = """
p reel reels tv stories explore watch playlist shorts hashtag intent share sharer home status i groups pages events
profile.php video videos search login embed feed results live accounts direct http https www com channel user pin
new me my link links below bio
"""
_PAGES: Final = frozenset(_PAGE_WORDS.split())
"""Words in a handle's place that are pages of the platform, or plain words of a sentence."""
_SITE_WORDS: Final = """
instagram.com instagr.am youtube.com youtu.be tiktok.com twitter.com x.com twitch.tv facebook.com fb.com fb.me
pinterest.com snapchat.com linkedin.com bit.ly amzn.to amazon.com google.com goo.gl tinyurl.com t.co spotify.com
apple.com discord.gg discord.com t.me wa.me whatsapp.com etsy.com ebay.com shopify.com paypal.me gmail.com
reddit.com soundcloud.com vimeo.com music.apple.com
amazon.co.uk amazon.de forms.gle
"""
_SHARED_SITES: Final = frozenset(_SITE_WORDS.split())
"""Sites that belong to everybody, with all their subdomains."""


@dataclass(frozen=True, slots=True, order=True)
class Pointer:
    """What a text points to: a platform with a handle or id in lower case, a `HUB` page, or a `SITE`."""

    platform: str
    name: str


def pointers(text: str) -> tuple[Pointer, ...]:
    """Every account, hub and site a text names, once each, in order of kind and place.

    Addresses with or without `https://`, and words such as `IG: @ana` or `insta: ana`.

    >>> pointers("more on youtube.com/@AnaBakes | IG: @ana.b | linktr.ee/ana")
    (Pointer(platform='youtube', name='anabakes'), Pointer(platform='hub', name='linktr.ee/ana'), \
Pointer(platform='instagram', name='ana.b'))
    """
    return tuple(dict.fromkeys((*_addressed(text), *_worded(text), *_sites(text))))


def _addressed(text: str) -> Iterator[Pointer]:
    for name, pattern in _ADDRESSES:
        for found in pattern.finditer(text):
            handle = found[1].lower().rstrip(".").replace("/@", "/")
            if handle not in _PAGES:
                yield Pointer(name, handle)


def _worded(text: str) -> Iterator[Pointer]:
    for found in _WORDS.finditer(text):
        handle = found[2].lower().strip(".")
        if handle not in _PAGES and not handle.startswith(("http", "www.")) and "/" not in text[found.end() :][:1]:
            yield Pointer(platform(found[1]), handle)


def _sites(text: str) -> Iterator[Pointer]:
    for found in _DOMAIN.finditer(text):
        domain = found[1].lower().removeprefix("www.")
        parents = {domain[at:] for at in (0, *(i + 1 for i, sign in enumerate(domain) if sign == "."))}
        if not parents & _SHARED_SITES and domain not in _HUBS:
            yield Pointer(SITE, domain)
