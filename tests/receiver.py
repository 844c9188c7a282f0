"""A receiver of webhooks on this machine that does what its path says: takes it, fails, hangs, drips, redirects."""

import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """`receiver.url("/ok")` is an address; `receiver.got` the calls as (path, headers, body), in their order."""

    def __init__(self):
        self.got, self.let_go, self.cut = [], threading.Event(), threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Taker)
        self.server.daemon_threads, self.server.receiver = True, self
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def url(self, path):
        return f"http://127.0.0.1:{self.server.server_port}{path}"

    def close(self):
        self.let_go.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class Taker(BaseHTTPRequestHandler):
    """Does what the first part of the path says."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.receiver.got.append((self.path, dict(self.headers), body))
        getattr(self, self.path.split("/")[1])()

    def say(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def ok(self):
        self.say(200, b"Taken.")

    def failing(self):
        self.say(500, b"<b>Out of\x00 order</b>\n{{ 7*7 }}")

    def redirect(self):
        self.say(302, Location=self.server.receiver.url("/ok"))

    def hang(self):
        self.server.receiver.let_go.wait(30)
        self.say(200)

    def large(self):
        try:
            self.say(200, b"x" * 20_000_000)
        except OSError:
            self.server.receiver.cut.set()

    def drip(self):
        self.say(200, **{"Content-Length": "100000"})
        self.trickle()

    def trickle(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not self.server.receiver.let_go.wait(0.02):
            self.wfile.write(b"x")
            self.wfile.flush()

    def log_message(self, *_):
        pass

    def handle(self):
        with suppress(OSError):  # the caller had enough
            super().handle()

    def finish(self):
        with suppress(OSError):
            super().finish()
