"""Calling an address that somebody typed: never inside our own network, never for long, never further than asked."""

import ipaddress
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import SplitResult, urlsplit

from asterism.errors import BadInput

if TYPE_CHECKING:
    import ssl

    import httpx

TIMEOUT: Final = 5.0
"""Seconds for a connection, and for each part of an answer."""
DEADLINE: Final = 8.0
"""Seconds for the whole call: an answer that drips is cut off."""
MOST_READ: Final = 65_536
"""Bytes of an answer that are read."""
SHOWN: Final = 500
"""Letters of an answer that are kept."""
_EMBEDS_IPV4: Final = tuple(ipaddress.ip_network(net) for net in ("64:ff9b::/96", "2002::/16", "2001::/32"))
"""IPv6 ranges that lead on to an IPv4 address of any kind."""
_INSIDE: Final = (".localhost", ".local", ".internal", ".lan", ".home.arpa")
"""Endings of names that no public machine bears."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a call: the status, None without an answer, and the words of the answer or of the failure."""

    status: int | None
    words: str

    @property
    def taken(self) -> bool:
        """Whether the receiver took it."""
        return self.status is not None and 200 <= self.status < 300


def check_url(url: str, anywhere: bool) -> SplitResult:
    """The parts of an address that may be called; names are looked up when it is called, and checked again then.

    `anywhere` takes http and every machine: for development alone.

    Raises
    ------
    BadInput
        It is no address we call; the error says why.
    """
    parts = _parts(url)
    if parts.scheme != "https" and not (anywhere and parts.scheme == "http"):
        raise BadInput("A webhook is called by https alone.", "Give an address that starts with https://.")
    host = (parts.hostname or "").rstrip(".")
    inside = ("." not in host and ":" not in host) or host.endswith(_INSIDE)
    if not anywhere and (inside or not all(map(is_public, _numbers(host, 443, socket.AI_NUMERICHOST)))):
        raise BadInput(f"{host} stands inside a private network.", "Give an address on the public internet.")
    return parts


def is_public(number: str) -> bool:
    """Whether an IP address is one of the public internet.

    >>> [is_public(n) for n in ("93.184.215.14", "127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "::1")]
    [True, False, False, False, False]
    """
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        elif any(address in net for net in _EMBEDS_IPV4):
            return False
    return address.is_global and not address.is_multicast


def call(url: str, body: bytes, headers: Mapping[str, str], anywhere: bool) -> Outcome:
    """POST a body to an address; whatever goes wrong is told, never raised.

    The machine is checked now and called by its number, so that a name which leads elsewhere a moment later changes
    nothing; redirects are not followed, and no proxy of the environment is asked.
    """
    import httpx

    with _Deadline() as deadline:
        try:
            parts = check_url(url, anywhere)
            number = _machine(parts, anywhere)
            with httpx.Client(verify=_trusted(), trust_env=False, follow_redirects=False) as client:
                request = _request(client, parts, number, body, headers)
                request.extensions["trace"] = deadline.watch
                return _read(client, request, deadline)
        except BadInput as error:
            return Outcome(None, error.what)
        except httpx.TimeoutException:
            return Outcome(None, f"No answer within {TIMEOUT:g} seconds.")
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            cut = f"No whole answer within {DEADLINE:g} seconds."
            return Outcome(
                None, cut if deadline.over else _plain(f"The connection failed: {str(error).split('] ')[-1]}.")
            )


class _Deadline:
    """Cuts the line of a call when its time is over, in whatever part of the call it drips."""

    def __init__(self) -> None:
        self.over = False
        self._line: socket.socket | None = None
        self._timer = threading.Timer(DEADLINE, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "_Deadline":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()
        if self._line is not None:
            self._line.close()

    def watch(self, event: str, info: Mapping[str, Any]) -> None:
        """Take hold of the line as soon as there is one; a copy, for TLS takes over the first."""
        if event == "connection.connect_tcp.complete":
            self._line = info["return_value"].get_extra_info("socket").dup()

    def _cut(self) -> None:
        self.over = True
        if self._line is not None:
            with suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        sound = bool(parts.hostname) and parts.port != 0 and parts.username is None
    except ValueError:
        sound = False
    if not sound or not url.isascii() or any(letter <= " " for letter in url):
        raise BadInput("That is no address of a webhook.", "Write it as in https://receiver.example/hooks.")
    return parts


def _machine(parts: SplitResult, anywhere: bool) -> str:
    """The number of the machine that an address names now, checked to be outside our own network."""
    numbers = _numbers(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
    if not numbers:
        raise BadInput(f"There is no machine called {parts.hostname}.")
    if not anywhere and not all(map(is_public, numbers)):
        raise BadInput(f"{parts.hostname} stands inside a private network.")
    return numbers[0]


def _numbers(host: str, port: int, flags: int = 0) -> list[str]:
    """The numbers that a name leads to; none where it leads nowhere."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
    except (OSError, UnicodeError):
        return []
    return [str(one[4][0]) for one in found]


def _request(
    client: "httpx.Client", parts: SplitResult, number: str, body: bytes, headers: Mapping[str, str]
) -> "httpx.Request":
    """The request to a machine by its number, under the name it is known by."""
    machine = f"[{number}]" if ":" in number else number
    port = f":{parts.port}" if parts.port else ""
    path = parts.path or "/"
    where = f"{parts.scheme}://{machine}{port}{path}{'?' + parts.query if parts.query else ''}"
    known_by = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    sent = {**headers, "Host": f"{known_by}{port}", "Accept-Encoding": "identity"}
    return client.build_request("POST", where, content=body, headers=sent, extensions=_named(parts.hostname or ""))


def _named(host: str) -> dict[str, object]:
    """The timeout, and the name that the certificate must bear."""
    timeout = {"connect": TIMEOUT, "read": TIMEOUT, "write": TIMEOUT, "pool": TIMEOUT}
    return {"sni_hostname": host, "timeout": timeout}


def _read(client: "httpx.Client", request: "httpx.Request", deadline: _Deadline) -> Outcome:
    """The status and the beginning of the answer; a status that came counts, whatever befalls the rest."""
    import httpx

    answer, read = client.send(request, stream=True), b""
    with suppress(httpx.HTTPError):
        for chunk in answer.iter_raw():
            read += chunk
            if len(read) >= MOST_READ or deadline.over:
                break
    answer.close()
    return Outcome(answer.status_code, _plain(read[:MOST_READ].decode("utf-8", "replace")))


@cache
def _trusted() -> "ssl.SSLContext":
    """The authorities we believe, read once: that takes a quarter of a second."""
    import httpx

    return httpx.create_ssl_context(trust_env=False)


def _plain(words: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())[:SHOWN]
