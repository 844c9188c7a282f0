"""Where each kind of table names somebody: columns of accounts, posts and persons, free text, and dates."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from asterism.creators.schema import PLATFORMS

ACCOUNT, POST, PERSON = "account", "post", "person"


@dataclass(frozen=True, slots=True)
class Named:
    """A column that names somebody.

    Parameters
    ----------
    column
        The column; with `joined` it holds `platform:creator_id`.
    platform
        The column that says on which platform; empty where the table has none.
    what
        What it names: an account, a post of an account, or a person by a hash.
    """

    column: str
    platform: str = ""
    what: str = ACCOUNT
    joined: bool = False


_ON: Final = Named("creator_id", "platform")
_OF: Final = Named("creator_id")
_PERSON: Final = Named("person", what=PERSON)
NAMED: Final[dict[str, tuple[Named, ...]]] = {
    "creators": (_ON, Named("handle", "platform")),
    "posts": (_ON, Named("post_id", "platform", POST)),
    "audiences": (_OF,),
    "followers": (_OF, _PERSON),
    "overlaps": (Named("a"), Named("b")),
    "rates": (_OF,),
    "outcomes": (_OF,),
    "comments": (_OF, Named("post_id", what=POST), _PERSON),
    "fx": (),
    "snapshots": (_ON,),
    "annotations": (_ON,),
    "accounts": (_OF, _PERSON),
    "links": (_ON, Named("other_handle", "other_platform")),
    "identities": (Named("a", joined=True), Named("b", joined=True)),
    "forecasts": (_ON,),
    "rejects": (),
    "remarks": (),
    "erased": (),
}
"""The columns of each kind that name somebody; a row without a platform goes with every account of its name."""
WORDS: Final[dict[str, tuple[str, ...]]] = {
    "creators": ("bio", "links"),
    "posts": ("caption", "sponsor"),
    "comments": ("text",),
    "annotations": ("text",),
    "identities": ("why",),
}
"""Free text in which others may mention somebody."""
RECORDS: Final[dict[str, tuple[str, ...]]] = {"rejects": ("value", "reason"), "remarks": ("text",)}
"""Our own records of imports, and the columns of them that may name somebody."""
FILED: Final = ("source", "file")
"""Columns of those records that say where a row came from; a file may be named after somebody."""
_SITES: Final = "|".join((*PLATFORMS, "twitter"))
MENTION: Final = re.compile(rf"(@|(?:{_SITES})\.\w+/(?:(?:channel|c|user|in|company)/)?@?)([\w.-]*\w)", re.IGNORECASE)
"""`@name`, or the address of a profile, as in `tiktok.com/@name`: what stands before the name, and the name."""


def bare(name: str) -> str:
    """A name as all its spellings are compared: without @, whatever its case.

    >>> bare(" @Ana ")
    'ana'
    """
    plain = name if name.isascii() else unicodedata.normalize("NFKC", name)
    return plain.strip().lstrip("@").casefold()


def says(names: Iterable[str], before: str = r"(?<!\w)") -> re.Pattern[str]:
    """A pattern for any of the names where they stand as words of their own, behind `before`.

    >>> bool(says(["ana"]).search("by Ana.")), bool(says(["ana"]).search("banana, ana.b"))
    (True, False)
    """
    told = "|".join(sorted((re.escape(name) for name in names), key=len, reverse=True))
    return re.compile(rf"{before}(?:{told})(?!\.*\w)", re.IGNORECASE)
