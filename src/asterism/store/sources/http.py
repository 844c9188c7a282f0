"""`Line`: one patient connection to a source, which waits, asks again, counts units and knows when to stop."""

import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from asterism.errors import OutsideFailure
from asterism.store.sources.asking import AGAIN, STOPS, Answer, Ask, Document, Judge, Judgement, Meaning, short
from asterism.store.sources.scrub import scrub

if TYPE_CHECKING:
    import ssl

    import httpx

KEPT: Final = "What was fetched is kept: run the same command again"
GIVE_UP: Final = 3
"""Requests in a row that failed in every attempt, after which the source counts as down."""


class Stopped(OutsideFailure):
    """Nothing more can be had from a source now; `planned` where the user's own limit said so."""

    def __init__(self, what: str, fix: str = "", planned: bool = False) -> None:
        super().__init__(what, fix)
        self.planned = planned


@dataclass(frozen=True, slots=True)
class Patience:
    """The clock, the sleep and the chance a line uses, and how long it goes on.

    Parameters
    ----------
    now, sleep, draw
        The time with zone; a wait in seconds; a number 0–1.
    attempts
        How often one request is sent at most.
    first, longest
        Seconds before the second attempt, doubled each time, and the most of them; also the most that a source may
        ask us to wait before we stop instead.
    timeout
        Seconds without a byte after which a connection counts as broken.
    """

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep
    draw: Callable[[], float] = random.random
    attempts: int = 5
    first: float = 1.0
    longest: float = 120.0
    timeout: float = 30.0


@dataclass(frozen=True, slots=True)
class Door:
    """Where a source is asked, and with what.

    Parameters
    ----------
    title
        The source's name in a sentence.
    address
        Its base, without a slash at the end.
    judge
        What its answers mean.
    headers, sign_in, user
        The key as headers; or what to exchange for one at `oauth/token/`; the account the key belongs to.
    """

    title: str
    address: str
    judge: Judge
    headers: Mapping[str, str] = field(repr=False, default_factory=dict)
    sign_in: Mapping[str, str] = field(repr=False, default_factory=dict)
    user: str = ""
    secrets: tuple[str, ...] = field(repr=False, default=())


@dataclass(frozen=True, slots=True)
class _Reply:
    """What came back: the judgement, the document if sound, and the seconds the source asks us to wait."""

    judgement: Judgement
    document: Document
    wait: float = 0.0


class Line:
    """A connection to one source that counts what it is charged.

    Parameters
    ----------
    quota
        Units this line may use.
    """

    def __init__(self, door: Door, quota: int, patience: Patience) -> None:
        import httpx

        self.door = door
        self.quota = quota
        self.patience = patience
        self.spent = 0
        self._failed = 0
        self._secrets = list(door.secrets)
        self._headers = dict(door.headers)
        self._client = httpx.Client(timeout=patience.timeout, verify=_trusted())

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def ask(self, ask: Ask) -> Answer:
        """The answer to a request, after as many attempts as patience allows.

        Raises
        ------
        Stopped
            The key, the quota or the source's own limits let nothing more through.
        """
        reply = self._attempt(ask)
        for attempt in range(1, self.patience.attempts):
            if reply.judgement.meaning not in AGAIN:
                break
            self._wait(attempt, reply.wait)
            reply = self._attempt(ask)
        meaning, why = reply.judgement.meaning, reply.judgement.why
        if meaning in STOPS or meaning in (Meaning.SLOW, Meaning.EXPIRED):
            raise self._stop(reply.judgement)
        self._failed = self._failed + 1 if meaning is Meaning.BROKEN else 0
        if self._failed == GIVE_UP:
            raise Stopped(f"{self.door.title} fails again and again: {why}.", f"{KEPT} later.")
        if meaning is Meaning.FINE:
            return Answer(reply.document)
        return Answer(None, why, final=meaning is Meaning.ABSENT)

    def _attempt(self, ask: Ask) -> _Reply:
        """What one sending brings; where the token ran out, one more with a new one."""
        if self.door.sign_in and "Authorization" not in self._headers:
            refused = self._sign_in()
            if refused is not None:
                return refused
        reply = self._charged(ask)
        if reply.judgement.meaning is Meaning.EXPIRED and self.door.sign_in:
            return self._sign_in() or self._charged(ask)
        return reply

    def _charged(self, ask: Ask) -> _Reply:
        if self.spent + ask.units > self.quota:
            what = f"Stopped at {self.spent:,} of {self.quota:,} units, as asked."
            raise Stopped(what, f"{KEPT}, or with a higher --quota, to go on.", planned=True)
        self.spent += ask.units
        address = f"{self.door.address}/{ask.path.replace('{user}', self.door.user)}"
        return self._send(address, params=dict(ask.query), json=ask.body, headers=self._headers)

    def _sign_in(self) -> _Reply | None:
        """Exchange key and secret for a token; the reply where that is refused."""
        reply = self._send(f"{self.door.address}/oauth/token/", data=dict(self.door.sign_in))
        token = reply.document.get("access_token")
        if reply.judgement.meaning is Meaning.FINE and not isinstance(token, str):
            return _Reply(Judgement(Meaning.BROKEN, "it gave no token"), {})
        if reply.judgement.meaning is not Meaning.FINE:
            return reply
        self._secrets.append(str(token))
        self._headers["Authorization"] = f"Bearer {token}"
        return None

    def _send(self, address: str, **sent: Any) -> _Reply:
        """What one request brings; nothing that happens on the way gets out of here as an exception."""
        import httpx

        method = "GET" if sent.get("json") is None and "data" not in sent else "POST"
        try:
            response = self._client.request(method, address, **sent)
        except httpx.TimeoutException:
            return _Reply(Judgement(Meaning.BROKEN, f"no answer within {self.patience.timeout:g} s"), {})
        except (httpx.RequestError, UnicodeError) as error:
            return _Reply(Judgement(Meaning.BROKEN, self._clean(f"the connection failed ({error})")), {})
        return self._read(response, signing_in="data" in sent)

    def _read(self, response: "httpx.Response", signing_in: bool) -> _Reply:
        wait = self._asked_to_wait(response.headers.get("Retry-After", ""))
        try:
            document = json.loads(response.content)
        except (ValueError, RecursionError):
            document = None
        if not isinstance(document, dict):
            if response.status_code < 300:
                return _Reply(Judgement(Meaning.BROKEN, "the answer was cut short, or is no JSON"), {}, wait)
            document = {}
        judged = self.door.judge(response.status_code, document)
        judged = replace(judged, why=self._clean(judged.why))
        # The token itself must come through; it goes no further than `_sign_in`.
        return _Reply(judged, document if signing_in else scrub(document, self._secrets), wait)

    def _asked_to_wait(self, words: str) -> float:
        """Seconds that `Retry-After` asks for, written as seconds or as a date."""
        if words.strip().isdecimal():
            return float(words)
        try:
            until = parsedate_to_datetime(words)
        except ValueError:
            return 0.0
        zoned = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max((zoned - self.patience.now()).total_seconds(), 0.0)

    def _wait(self, attempt: int, asked: float) -> None:
        """Wait at least as long as asked, else 1, 2, 4 … s, of which chance takes up to half away."""
        if asked > self.patience.longest:
            what = f"{self.door.title} asks us to wait {asked / 60:,.0f} minutes."
            raise Stopped(what, f"{KEPT} after that.")
        doubled = min(self.patience.first * 2.0 ** (attempt - 1), self.patience.longest)
        self.patience.sleep(max(asked, doubled * (0.5 + 0.5 * self.patience.draw())))

    def _stop(self, judged: Judgement) -> Stopped:
        if judged.meaning is Meaning.SLOW:
            fix = judged.fix or f"{KEPT} in a while."
            return Stopped(f"{self.door.title} answers that we ask too often: {judged.why}.", fix)
        return Stopped(f"{self.door.title} refuses: {judged.why}.", judged.fix or f"{KEPT} when that is mended.")

    def _clean(self, words: str) -> str:
        return short(scrub(words, self._secrets), 300)


@cache
def _trusted() -> "ssl.SSLContext":
    """The authorities we believe, read once: that takes a quarter of a second."""
    import httpx

    return httpx.create_ssl_context()
