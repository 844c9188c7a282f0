"""A platform of our own on this machine: it answers in the shapes the real ones use, and fails on demand."""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

HANG = 20.0


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body or b"null")


@dataclass(frozen=True)
class Reply:
    """What to answer: a document, or bytes as they are; cut in half, or with a silence in the middle."""

    body: Any = field(default_factory=dict)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    silent: bool = False

    @property
    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


Answering = Callable[[Asked], Reply]


class Server:
    """The running server: its address, and every request it got."""

    def __init__(self, answering: Answering) -> None:
        self.asked: list[Asked] = []
        self.answering = answering
        self.over = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 65_536  # head and body in one piece: two small ones wait for each other

            def answer(self) -> None:
                size = int(self.headers.get("Content-Length") or 0)
                parts = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                asked = Asked(self.command, parts.path, query, dict(self.headers), self.rfile.read(size))
                server.asked.append(asked)
                reply = server.answering(asked)
                content = reply.content
                half = len(content) // 2
                with contextlib.suppress(OSError):
                    self.send_response(reply.status)
                    for name, value in reply.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(content)))
                    self.end_headers()
                    self.wfile.write(content[:half] if reply.cut or reply.silent else content)
                    self.wfile.flush()
                    if reply.silent:
                        server.over.wait(HANG)
                    self.close_connection = reply.cut or reply.silent

            do_GET = do_POST = answer  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                pass

        self._http = Quiet(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.over.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


@contextlib.contextmanager
def served(answering: Answering) -> Iterator[Server]:
    server = Server(answering)
    try:
        yield server
    finally:
        server.close()


@dataclass
class Faults:
    """What goes wrong before the platform answers: each fault so many times, for requests it fits."""

    listed: list[list[Any]] = field(default_factory=list)

    def add(self, fits: Callable[[Asked], bool], reply: Reply, times: int = 10**9) -> None:
        self.listed.append([fits, reply, times])

    def on(self, path: str, reply: Reply, times: int = 10**9) -> None:
        self.add(lambda asked: asked.path.endswith(path), reply, times)

    def __call__(self, asked: Asked) -> Reply | None:
        for fault in self.listed:
            if fault[2] > 0 and fault[0](asked):
                fault[2] -= 1
                return fault[1]
        return None
