"""`Hosting`: how the studio is served, as the environment says: secret, hosts, database, mail."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from asterism.errors import WrongUsage
from asterism.store.settings import read_settings
from asterism.store.uploads import limits_of

DEFAULT_SECRET: Final = "for-development-only-and-refused-anywhere-else"  # noqa: S105 — refused outside development
SHORTEST: Final = 32
"""Letters of a secret at least."""
LOCAL: Final = ("localhost", "127.0.0.1", "[::1]")
MAILS: Final = ("file", "smtp", "console", "memory")


@dataclass(frozen=True, slots=True)
class Database:
    """Which database the ledger stands in; an empty `host` with `engine` sqlite means the file `name`."""

    engine: str
    name: str
    host: str = ""
    port: str = ""
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """How letters leave: into files (`folder`), by a server, or nowhere."""

    kind: str
    sender: str
    folder: Path
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False


@dataclass(frozen=True, slots=True)
class Inbox:
    """Where answers to letters are read: a mailbox, and the folder of it."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    tls: bool = True


@dataclass(frozen=True, slots=True)
class Hosting:
    """How the studio is served.

    Parameters
    ----------
    development
        Served to this machine alone; the only place where the default secret is taken.
    secret
        Signs sessions and links.
    address
        How people reach it, as `https://studio.example`, without a slash at the end.
    open_signup
        Whether anybody may sign up once the first user has; else members are invited.
    largest_upload
        Bytes of an upload at most.
    inbox
        Where answers to letters are read; None where nobody reads them but people.
    proxies
        Proxies in front of the studio whose X-Forwarded-For is believed; 0 where people reach it directly.
    """

    home: Path
    development: bool
    secret: str = field(repr=False)
    hosts: tuple[str, ...]
    address: str
    database: Database
    mail: Mail
    open_signup: bool = False
    largest_upload: int = 50 << 20
    inbox: Inbox | None = None
    proxies: int = 0

    def __post_init__(self) -> None:
        if self.development:
            return
        if self.secret == DEFAULT_SECRET or len(self.secret) < SHORTEST:
            what = "ASTERISM_SECRET is not set, or too short, and the studio is not for this machine alone."
            raise WrongUsage(what, f"Set it to {SHORTEST} or more random letters, as `{secrets.token_urlsafe(8)}…`.")
        if not self.hosts or "*" in self.hosts:
            raise WrongUsage("ASTERISM_HOSTS names no host.", "Set it to the names people type, as `studio.example`.")

    @property
    def secure(self) -> bool:
        """Whether people reach the studio by https, so that cookies may travel there alone."""
        return self.address.startswith("https://")


def read_hosting(environment: Mapping[str, str]) -> Hosting:
    """The hosting of an environment; what is not said has its default, which serves this machine alone.

    `ASTERISM_ENV` (development or production), `ASTERISM_SECRET`, `ASTERISM_HOSTS` (comma-separated),
    `ASTERISM_ADDRESS`, `ASTERISM_DATABASE` (`postgresql://user:password@host/name`; SQLite in the data directory
    otherwise), `ASTERISM_MAIL` (file, console, memory or `smtp://user:password@host:port`), `ASTERISM_MAIL_FROM`,
    `ASTERISM_IMAP` (`imaps://user:password@host/folder`, where answers are read; nowhere otherwise),
    `ASTERISM_OPEN_SIGNUP`, `ASTERISM_UPLOAD_MB`, `ASTERISM_PROXIES` (how many stand in front).

    Raises
    ------
    WrongUsage
        Outside development without a secret of its own or without hosts; a value that cannot be read.

    >>> read_hosting({"ASTERISM_HOME": "/srv/a"}).database.name
    '/srv/a/ledger.sqlite3'
    """
    said = {key: value.strip() for key, value in environment.items() if value.strip()}
    home = read_settings(environment).home
    kind = said.get("ASTERISM_ENV", "development")
    if kind not in ("development", "production"):
        raise WrongUsage(f"ASTERISM_ENV is `{kind}`.", "Set it to development or production.")
    development = kind == "development"
    hosts = tuple(h.strip() for h in said.get("ASTERISM_HOSTS", "").split(",") if h.strip())
    return Hosting(
        home=home,
        development=development,
        secret=said.get("ASTERISM_SECRET", DEFAULT_SECRET),
        hosts=(*hosts, *LOCAL) if development else hosts,
        address=said.get("ASTERISM_ADDRESS", "http://127.0.0.1:8000").rstrip("/"),
        database=_database(said.get("ASTERISM_DATABASE", ""), home),
        mail=_mail(said, home),
        open_signup=said.get("ASTERISM_OPEN_SIGNUP", "") in ("1", "true", "yes"),
        largest_upload=limits_of(environment).size,
        inbox=_inbox(said.get("ASTERISM_IMAP", "")),
        proxies=_proxies(said.get("ASTERISM_PROXIES", "0")),
    )


def _database(url: str, home: Path) -> Database:
    if not url:
        return Database("sqlite", str(home / "ledger.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise WrongUsage("ASTERISM_DATABASE is no address of a database.", "Write postgresql://user@host:5432/name.")
    host = unquote(parts.hostname or "") or _socket(parts.query)
    return Database(
        "postgresql", parts.path.strip("/"), host, str(parts.port or ""),
        unquote(parts.username or ""), unquote(parts.password or ""),
    )  # fmt: skip


def _socket(query: str) -> str:
    """The folder of the server's socket, where the address names one as `?host=/run/postgresql`."""
    return next((unquote(one[5:]) for one in query.split("&") if one.startswith("host=")), "")


def _proxies(said: str) -> int:
    if len(said) != 1 or not "0" <= said <= "9":
        raise WrongUsage("ASTERISM_PROXIES is no number of proxies.", "Set it to 0, or to how many stand in front.")
    return int(said)


def _mail(said: Mapping[str, str], home: Path) -> Mail:
    sender, folder = said.get("ASTERISM_MAIL_FROM", "asterism@localhost"), home / "mail"
    kind = said.get("ASTERISM_MAIL", "file")
    if kind in MAILS and kind != "smtp":
        return Mail(kind, sender, folder)
    parts = urlsplit(kind)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise WrongUsage("ASTERISM_MAIL is no way to send.", "Set it to file, or to smtp://user:password@host:587.")
    tls = parts.scheme == "smtps" or parts.port in (465, 587)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Mail("smtp", sender, folder, parts.hostname, parts.port or 25, user, password, tls)


def _inbox(url: str) -> Inbox | None:
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    tls = parts.scheme == "imaps" if host else True
    if not host or parts.scheme not in ("imap", "imaps") or not parts.username:
        raise WrongUsage("ASTERISM_IMAP is no mailbox.", "Write imaps://user:password@host/INBOX.")
    if not tls and host not in (*LOCAL, "::1"):
        raise WrongUsage("ASTERISM_IMAP would send a password unencrypted.", "Write imaps:// in place of imap://.")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    user, password = unquote(parts.username), unquote(parts.password or "")
    return Inbox(host, port or (993 if tls else 143), user, password, folder, tls)
