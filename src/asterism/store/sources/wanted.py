"""What is wanted of each account, and what a source is: its limits and the requests it takes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from asterism.errors import WrongUsage
from asterism.store.settings import Access
from asterism.store.sources.asking import Steps
from asterism.store.sources.http import Door

POSTS = 50
COMMENTS = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much of each account is wanted.

    Parameters
    ----------
    posts, comments
        The latest posts, and the latest comments under each where the source shows them; 0 leaves them out. Sources
        give whole pages, so some more may come.
    since
        When the account's pages were begun: what is relative to today keeps its dates in a second run.
    """

    posts: int
    comments: int
    since: datetime

    def __post_init__(self) -> None:
        for name, number in (("posts", self.posts), ("comments", self.comments)):
            if number < 0:
                raise WrongUsage(f"--{name} is {number}.", "Set it to 0 or more.")


@dataclass(frozen=True, slots=True)
class Source:
    """A platform's interface.

    Parameters
    ----------
    name, title
        The platform, as the command and as a sentence name it.
    quota
        Units a run may use unless the user says otherwise.
    account
        Words or an address → the account as the source names it.
    door
        Keys and address → where to ask; raises where a key is missing.
    steps
        An account and what is wanted of it → the requests.
    """

    name: str
    title: str
    quota: int
    account: Callable[[str], str]
    door: Callable[[Access], Door]
    steps: Callable[[str, Wanted], Steps]
