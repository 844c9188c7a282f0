"""Posts that a vendor lists more than once, as the best, the latest and the paid ones: each is one row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from asterism.creators.payloads import reading
from asterism.creators.payloads.reading import absent, at, listed
from asterism.creators.payloads.tabulate import Item

FORMATS: Final = {
    "image": "post", "photo": "post", "post": "post", "video": "video", "igtv": "video", "reel": "reel",
    "reels": "reel", "clips": "reel", "carousel": "carousel", "carousel_album": "carousel", "album": "carousel",
    "sidecar": "carousel", "story": "story", "short": "short", "shorts": "short", "live": "live", "stream": "live",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lists:
    """Where a vendor lists posts: the names, which of them are paid for, the post's key, figures and format."""

    names: tuple[str, ...]
    paid: str
    key: str
    figures: tuple[str, ...]
    type: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The posts of all lists, each once, and how many stood in more than one."""

    items: list[Item]
    doubled: int


def format_of(raw: Any) -> str:
    """The format of a vendor's word for it."""
    word = reading.lowered(raw)
    if word not in FORMATS:
        raise ValueError("not a format we know")
    return FORMATS[word]


def merged(lists: Lists, value: Any, known: Mapping[str, Any]) -> Merged:
    """Each post once, in order of first mention, shape (n_posts,).

    The figures of a post only grow, so of two readings the larger is the later one; where one list says `reel` and
    another `video`, the reel is meant; a post in the list of paid ones is paid for.
    """
    groups: dict[Any, list[Any]] = {}
    paid = set()
    for name in lists.names:
        for number, one in enumerate(listed(value, name), start=1):
            key = at(one, lists.key)
            key = (name, number) if absent(key) else str(key)
            groups.setdefault(key, []).append(one)
            if name == lists.paid:
                paid.add(key)
    items = [
        Item(row, _one(lists, group), {**known, "sponsored": True} if key in paid else known)
        for row, (key, group) in enumerate(groups.items(), start=1)
    ]
    return Merged(items, sum(len(group) > 1 for group in groups.values()))


def _one(lists: Lists, group: Sequence[Any]) -> Any:
    """One object of all readings of a post."""
    if len(group) == 1:
        return group[0]
    objects = [one for one in group if isinstance(one, Mapping)]
    out = {name: value for one in reversed(objects) for name, value in one.items() if not absent(value)}
    for path in lists.figures:
        out = _put(out, path, max((at(one, path) for one in objects), key=_size))
    types = [at(one, lists.type) for one in objects]
    reels = [kind for kind in types if FORMATS.get(str(kind).lower()) not in (None, "video", "post")]
    return {**out, lists.type: (reels or types)[0]}


def _size(raw: Any) -> float:
    """A figure for comparison; one that cannot be read comes last, and is refused where it is all there is."""
    try:
        return -1.0 if absent(raw) else reading.figure(raw)
    except ValueError:
        return -1.0


def _put(value: Mapping[str, Any], path: str, raw: Any) -> dict[str, Any]:
    """The object with another value at a path of one or two names."""
    outer, _, inner = path.partition(".")
    if not inner:
        return {**value, outer: raw}
    part = value.get(outer)
    return {**value, outer: {**(part if isinstance(part, Mapping) else {}), inner: raw}}


def told(doubled: int) -> list[str]:
    """A word on posts that stood in several lists."""
    if not doubled:
        return []
    return [f"{doubled} posts stand in more than one list: each is one row with the larger figures, as counts grow."]


def captioned(one: Any) -> str | None:
    """The caption of a post: its title, where it has one, and its description."""
    parts = [at(one, "title"), at(one, "description")]
    return "\n".join(reading.text(part) for part in parts if not absent(part)) or None
