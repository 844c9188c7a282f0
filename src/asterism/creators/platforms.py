"""What addresses and words say about platform, handle, post and format."""

import re
from collections.abc import Iterable
from typing import Final

from asterism.creators.schema import PLATFORMS

WORDS: Final = {
    "instagram": "instagram", "insta": "instagram", "ig": "instagram", "instagrammer": "instagram",
    "instagramer": "instagram", "tiktok": "tiktok", "tiktoker": "tiktok", "tt": "tiktok", "douyin": "tiktok",
    "youtube": "youtube", "youtuber": "youtube", "yt": "youtube", "facebook": "facebook", "fb": "facebook",
    "twitter": "x", "x": "x", "tweet": "x", "linkedin": "linkedin", "twitch": "twitch", "pinterest": "pinterest",
    "snapchat": "snapchat", "snap": "snapchat",
}  # fmt: skip
_SHORT: Final = frozenset({"x", "tt", "snap"})
"""Words too short to be evidence outside a platform column."""
FORMAT_WORDS: Final = {
    "post": "post", "image": "post", "photo": "post", "picture": "post", "graphimage": "post", "feed": "post",
    "xdtgraphimage": "post", "static": "post", "tweet": "post", "status": "post", "link": "post", "text": "post",
    "carousel": "carousel", "carousel album": "carousel", "carousel_album": "carousel", "graphsidecar": "carousel",
    "sidecar": "carousel", "xdtgraphsidecar": "carousel", "album": "carousel", "carousel post": "carousel",
    "reel": "reel", "reels": "reel", "clips": "reel", "ig reel": "reel", "story": "story", "stories": "story",
    "short": "short", "shorts": "short", "youtube short": "short", "video": "video", "graphvideo": "video",
    "videos": "video", "igtv": "video", "xdtgraphvideo": "video", "tiktok": "video", "tiktok video": "video",
    "youtube video": "video", "long form": "video", "live": "live", "livestream": "live", "stream": "live",
    "podcast": "podcast", "blog": "blog", "article": "blog", "blog post": "blog",
}  # fmt: skip
_SITES: Final = {
    "instagram": r"instagram\.com|instagr\.am", "tiktok": r"tiktok\.com", "youtube": r"youtube\.com|youtu\.be",
    "facebook": r"facebook\.com|fb\.com", "x": r"twitter\.com|(?:^|[/.])x\.com", "linkedin": r"linkedin\.com",
    "twitch": r"twitch\.tv", "pinterest": r"pinterest\.[a-z.]+", "snapchat": r"snapchat\.com",
}  # fmt: skip
ADDRESS: Final = (
    r"(?i)^(?:https?://|www\.)\S+$|^[\w.]*(?:instagram|tiktok|youtube|facebook|twitter|twitch)\.(?:com|tv)/\S+$"
)
_HANDLE: Final = re.compile(
    r"(?i)(?:instagram\.com|tiktok\.com|youtube\.com|facebook\.com|fb\.com|twitter\.com|//x\.com|twitch\.tv|pinterest\.[a-z.]+|snapchat\.com/add)"
    r"/(?:c/|user/|channel/|in/)?@?([^/?#\s]+)"
)
_NO_HANDLES: Final = frozenset(
    {"p", "reel", "reels", "tv", "stories", "watch", "shorts", "playlist", "video", "explore"}
)
_FORMAT_PATHS: Final = (
    (r"/reels?/", "reel"), (r"/stories/", "story"), (r"/shorts/", "short"),
    (r"/video/|/watch|youtu\.be/|/videos/", "video"),
    (r"/photo/|instagram\.com/p/|/status/", "post"), (r"/live/", "live"),
)  # fmt: skip
_POST_IDS: Final = re.compile(r"(?:/(?:video|photo|reels?|p|tv|shorts|status|live|videos)/|[?&]v=|youtu\.be/)([\w-]+)")


def platform(text: str) -> str:
    """The platform a word names.

    >>> platform("IG"), platform("Twitter")
    ('instagram', 'x')
    """
    bare = re.sub(r"[^a-z]", "", text.lower())
    if bare in WORDS or bare in PLATFORMS:
        return WORDS.get(bare, bare)
    raise ValueError("not a platform we know")


def platform_of_address(address: str) -> str | None:
    """The platform an address leads to, or None."""
    return next((name for name, site in _SITES.items() if re.search(site, address.lower())), None)


def platforms_named(words: Iterable[str]) -> set[str]:
    """The platforms that words of a header or a file name speak of.

    >>> platforms_named(["Youtube channel", "x"])
    {'youtube'}
    """
    tokens = {token for text in words for token in re.findall(r"[a-z]+", text.lower())} - _SHORT
    return {WORDS[token] for token in tokens if token in WORDS}


def handle(text: str) -> str:
    """The handle in a text like `@name` or a profile's address, without the @.

    >>> handle(" @ana "), handle("https://www.tiktok.com/@ana?lang=en")
    ('ana', 'ana')
    """
    found = _HANDLE.search(text)
    if found and found[1].lower() not in _NO_HANDLES:
        return found[1].removeprefix("@")
    if re.match(ADDRESS, text.strip()):
        raise ValueError("an address without a handle")
    return text.strip().lstrip("@").strip()


def format_word(text: str) -> str:
    """The format a word of the trade names.

    >>> format_word("GraphSidecar"), format_word("Reels")
    ('carousel', 'reel')
    """
    bare = " ".join(re.sub(r"[^a-z_]+", " ", text.lower()).split())
    for candidate in (bare, bare.replace("_", " "), bare.removeprefix("instagram ").removeprefix("ig ")):
        if candidate in FORMAT_WORDS:
            return FORMAT_WORDS[candidate]
    raise ValueError("not a format we know")


def format_of_address(address: str) -> str | None:
    """The format a post's address shows, or None."""
    return next((name for path, name in _FORMAT_PATHS if re.search(path, address)), None)


def post_of_address(address: str) -> str:
    """The post's id in its address, or the address itself."""
    found = _POST_IDS.search(address)
    return found[1] if found else address.strip()
