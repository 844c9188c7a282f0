"""`Settings`: what the environment says, read once, everything with a default."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from asterism.errors import WrongUsage

HOME: Final = "ASTERISM_HOME"
THREADS: Final = "ASTERISM_THREADS"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where Asterism keeps its data and how many threads a query may use.

    Parameters
    ----------
    home
        The one data directory, absolute. Nothing is created before something is written.
    threads
        Threads of one query, ≥ 1.
    """

    home: Path
    threads: int

    def __post_init__(self) -> None:
        if self.threads < 1:
            raise WrongUsage(f"{THREADS} is {self.threads}.", "Set it to 1 or more, or leave it out.")

    @property
    def catalogue(self) -> Path:
        """The folder of the catalogue's tables."""
        return self.home / "catalogue"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings of an environment; what is not said has its default.

    `ASTERISM_HOME` (default `~/.asterism`) is the data directory, `ASTERISM_THREADS` (default: all cores) limits a
    query. An empty value counts as not said.

    >>> read_settings({"ASTERISM_HOME": "/srv/asterism", "ASTERISM_THREADS": "2"}).catalogue.as_posix()
    '/srv/asterism/catalogue'
    """
    threads = environment.get(THREADS) or str(os.cpu_count() or 1)
    if not threads.isdecimal():
        raise WrongUsage(f"{THREADS} is `{threads}`.", "Set it to a whole number of 1 or more, or leave it out.")
    return Settings(_folder(environment.get(HOME) or "~/.asterism"), int(threads))


@cache
def settings() -> Settings:
    """The settings of this process, read from its environment once."""
    return read_settings(os.environ)


def _folder(words: str) -> Path:
    try:
        return Path(words).expanduser().absolute()
    except RuntimeError:
        raise WrongUsage(f"There is no home folder for `{words}`.", f"Set {HOME} to a folder of yours.") from None
