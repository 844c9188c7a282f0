"""Placement: whether a mark is seen before the platform's «more», at the start, and outside a group of hashtags."""

import re
from dataclasses import dataclass
from typing import Final

from asterism.campaigns.disclosure.folding import LINK, Folded
from asterism.campaigns.disclosure.marks import Mark


@dataclass(frozen=True, slots=True)
class Fold:
    """What an app shows of a text before «more»: characters, and lines."""

    characters: int
    lines: int


FOLDS: Final = {
    "instagram": Fold(125, 3), "tiktok": Fold(100, 3), "youtube": Fold(150, 3), "facebook": Fold(125, 3),
    "x": Fold(280, 12), "linkedin": Fold(140, 3), "twitch": Fold(140, 3), "pinterest": Fold(100, 2),
    "snapchat": Fold(80, 2),
}  # fmt: skip
"""Assumptions, on the careful side: apps change, and show more on wide screens. Three lines: FTC letters of 2017."""
FIRST_SCREEN: Final = Fold(600, 12)
"""What of a blog is seen before scrolling (an assumption)."""
FIRST_WORDS: Final = 3
"""Words that may stand before a mark at the start (an assumption)."""
GROUP: Final = 4
"""Hashtags and addresses in a row that hide one among them (an assumption; OLG Celle judged a group of six)."""

_TAG: Final = re.compile(r"#\w+")
_LINKS: Final = re.compile(f"{LINK}+")


def fold_of(platform: str, format: str) -> Fold:  # noqa: A002
    """What is seen of a text at first, on a platform or of a blog."""
    return FIRST_SCREEN if format == "blog" else FOLDS[platform]


def is_before(folded: Folded, mark: Mark, fold: Fold) -> bool:
    """Whether all of a mark is seen before «more»."""
    return mark.end <= fold.characters and folded.text.count("\n", 0, mark.end) < fold.lines


def words_before(folded: Folded, mark: Mark) -> int:
    """How many words stand before a mark, mentions and addresses apart."""
    before = re.sub(rf"@\w+|{LINK}+", " ", folded.text[: mark.start])
    return len(re.findall(r"\w+", before))


def is_at_start(folded: Folded, mark: Mark) -> bool:
    """Whether a mark stands among the first words."""
    return words_before(folded, mark) <= FIRST_WORDS


@dataclass(frozen=True, slots=True)
class Group:
    """Hashtags and addresses in a row: how many, and the place of the mark among them, from 1; 0 outside any."""

    size: int
    place: int


def group_of(folded: Folded, mark: Mark) -> Group:
    """The row of hashtags a mark stands in; an empty line or a word ends a row."""
    if mark.form != "tag":
        return Group(0, 0)
    rows: list[list[int]] = []
    spans = sorted([m.span() for m in (*_TAG.finditer(folded.text), *_LINKS.finditer(folded.text))])
    end = None
    for start, stop in spans:
        if end is None or _parts(folded.text[end:start]):
            rows.append([])
        rows[-1].append(start)
        end = stop
    row = _between_tags(next(row for row in rows if mark.start in row), folded.text)
    return Group(len(row), row.index(mark.start) + 1)


def _between_tags(row: list[int], text: str) -> list[int]:
    """A row without the addresses at its ends, which belong to the sentences around it."""
    tags = [i for i, start in enumerate(row) if text[start] == "#"]
    return row[tags[0] : tags[-1] + 1]


def _parts(between: str) -> bool:
    """Whether what stands between two hashtags parts them."""
    return between.count("\n") > 1 or bool(re.search(r"\w", re.sub(r"@\w+", "", between)))


def stands_out(folded: Folded, mark: Mark) -> bool | None:
    """Whether a mark stands out from the hashtags around it; None where opinions may differ."""
    group = group_of(folded, mark)
    if group.size <= 2 or words_before(folded, mark) == 0:
        return True
    if group.place == 1:
        return True if group.size < GROUP else None
    return None if group.size < GROUP else False
