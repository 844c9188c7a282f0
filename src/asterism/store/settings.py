"""`Settings`: what the environment says, read once, everything with a default."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from asterism.errors import WrongUsage

HOME: Final = "ASTERISM_HOME"
THREADS: Final = "ASTERISM_THREADS"
YOUTUBE_KEY: Final = "ASTERISM_YOUTUBE_KEY"
INSTAGRAM_TOKEN: Final = "ASTERISM_INSTAGRAM_TOKEN"  # noqa: S105 — the name of a key, not a key
INSTAGRAM_USER: Final = "ASTERISM_INSTAGRAM_USER"
TIKTOK_KEY: Final = "ASTERISM_TIKTOK_KEY"
TIKTOK_SECRET: Final = "ASTERISM_TIKTOK_SECRET"  # noqa: S105 — the name of a key, not a key
ADDRESSES: Final = {
    "youtube": "https://www.googleapis.com/youtube/v3",
    "instagram": "https://graph.facebook.com/v25.0",
    "tiktok": "https://open.tiktokapis.com/v2",
}
"""Where each source is asked unless `ASTERISM_<SOURCE>_URL` says otherwise."""
_KEYS: Final = {
    "youtube": (YOUTUBE_KEY, "", ""),
    "instagram": (INSTAGRAM_TOKEN, "", INSTAGRAM_USER),
    "tiktok": (TIKTOK_KEY, TIKTOK_SECRET, ""),
}
"""Where the key, the secret and the user of each source stand."""
_OF_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Access:
    """Where a source is asked and with which key; keys never show where it is printed.

    Parameters
    ----------
    url
        The base of its address, without a slash at the end.
    key, secret
        The key or token, and what proves that the key is ours, where a source has both; empty where not set.
    user
        The account the key belongs to, where a source needs it.
    """

    url: str
    key: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    user: str = ""


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


def read_access(environment: Mapping[str, str], source: str) -> Access:
    """The access to a source of live figures; keys not set are empty.

    `ASTERISM_YOUTUBE_KEY`; `ASTERISM_INSTAGRAM_TOKEN` and `ASTERISM_INSTAGRAM_USER`; `ASTERISM_TIKTOK_KEY` and
    `ASTERISM_TIKTOK_SECRET`. `ASTERISM_YOUTUBE_URL` and so on name another address.

    Raises
    ------
    WrongUsage
        A key holds what no key can, or an address is none, or would carry the key unencrypted.

    >>> read_access({"ASTERISM_YOUTUBE_KEY": "AIza"}, "youtube")
    Access(url='https://www.googleapis.com/youtube/v3', user='')
    """
    key, secret, user = (_secret(environment, name) if name else "" for name in _KEYS[source])
    if user and not user.isdecimal():
        raise WrongUsage(f"{INSTAGRAM_USER} is no number.", "Set it to the id of the account, not to its handle.")
    return Access(_address(environment, source), key, secret, user)


@cache
def settings() -> Settings:
    """The settings of this process, read from its environment once."""
    return read_settings(os.environ)


def _folder(words: str) -> Path:
    try:
        return Path(words).expanduser().absolute()
    except RuntimeError:
        raise WrongUsage(f"There is no home folder for `{words}`.", f"Set {HOME} to a folder of yours.") from None


def _secret(environment: Mapping[str, str], name: str) -> str:
    """A key as it may stand in a header; what is wrong with it is said without saying it."""
    key = environment.get(name, "").strip()
    if not key.isascii() or not key.isprintable() or " " in key:
        raise WrongUsage(f"{name} holds a character that no key has.", "Copy it again, without quotes or spaces.")
    return key


def _address(environment: Mapping[str, str], source: str) -> str:
    """The base address of a source; a key travels over an open line on this machine only."""
    name = f"ASTERISM_{source.upper()}_URL"
    url = (environment.get(name) or ADDRESSES[source]).strip().rstrip("/")
    try:
        parts = urlsplit(url)
        host, safe = parts.hostname, parts.scheme == "https" and (parts.port or 1) > 0
    except ValueError:
        host, safe = None, False
    if not host or parts.query or parts.username:
        raise WrongUsage(f"{name} is no address.", f"Write it as in {ADDRESSES[source]}, or leave it out.")
    if not safe and not (parts.scheme == "http" and host in _OF_THIS_MACHINE):
        raise WrongUsage(f"{name} would send your key unencrypted to {host}.", "Use an address with https.")
    return url
