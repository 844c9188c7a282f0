"""A real server in a process of its own on a real ledger, asked from many threads, and killed without a warning."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from django.db import connections

KEY = re.compile(rb"[?&]ac=([\w-]+)")


def environment():
    """What a server needs to stand on the ledger of this test."""
    known = connections.settings["default"]
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "asterism.faces.site", "ASTERISM_MAIL": "memory"}
    if known["ENGINE"].endswith("sqlite3"):
        return {**told, "ASTERISM_HOME": str(Path(known["NAME"]).parent), "ASTERISM_DATABASE": ""}
    return {**told, "ASTERISM_DATABASE": f"postgresql://postgres@/postgres?host={known['HOST']}"}


@contextmanager
def served(workers=1):
    """The port of a server, as `asterism serve` starts its own, and the deed that kills it at once."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "-w", str(workers), "-k", "gthread"]
    command += ["--threads", "4", "--log-level", "error", "asterism.faces.server:application"]
    process = subprocess.Popen(command, env=environment(), start_new_session=True, stderr=subprocess.DEVNULL)

    def kill():
        os.killpg(process.pid, signal.SIGKILL)

    try:
        _wait(port)
        yield port, kill
    finally:
        if process.poll() is None:
            kill()
        process.wait(30)


def _wait(port):
    for _ in range(600):
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server does not listen")


class Asker:
    """Opens links from several threads at once, each on a connection that it keeps; `keys` are those of the answers."""

    def __init__(self, port, codes, most, threads=8):
        self.port, self.codes, self.most = port, codes, most
        self.keys, self.asked = [], 0
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._run, args=(n,)) for n in range(threads)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        for thread in self._threads:
            thread.join(120)

    def wait_for(self, answers):
        """Wait until so many were answered."""
        until = time.monotonic() + 120
        while len(self.keys) < answers and time.monotonic() < until:
            time.sleep(0.002)

    def _run(self, seed):
        try:
            with socket.create_connection(("127.0.0.1", self.port), 10) as kept:
                kept.settimeout(30)
                while self._next():
                    code = self.codes[(self.asked + seed) % len(self.codes)]
                    agent = f"Mozilla/5.0 (iPhone) Mobile Safari/{self.asked}"
                    kept.sendall(f"GET /r/{code} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: {agent}\r\n\r\n".encode())
                    head = b""
                    while b"\r\n\r\n" not in head:
                        part = kept.recv(4096)
                        if not part:
                            return
                        head += part
                    if head.startswith(b"HTTP/1.1 302"):
                        self.keys.append(KEY.search(head)[1].decode())
        except OSError:  # the server was killed; what it had not answered was not accepted
            return

    def _next(self):
        with self._lock:
            self.asked += 1
            return self.asked <= self.most
