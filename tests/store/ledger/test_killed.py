"""A server that is killed in the middle of orders: none that it accepted is lost, none is done twice."""

import http.client
import json
import multiprocessing
import os
import random
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from socketserver import ThreadingMixIn
from uuid import uuid4
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from django.db import connections
from django.urls import get_resolver

from asterism.desk.studio.shops import NewShop, add_shop
from asterism.faces.server import application
from asterism.measurement.shops.signatures import sign
from asterism.store.ledger.models import Arrival, Order, Refund
from tests.store.ledger.postgres import databases, postgres_folder, real_ledger
from tests.studio import place

__all__ = ["databases", "postgres_folder", "real_ledger"]
SENDERS = 6
DAY = "2026-12-01T09:00:00Z"


def bodies(orders, together):
    """Deliveries with `orders` orders, some single and some `together` in one, and a refund of every tenth order."""
    single = orders // 5
    made = [{"order": one} for one in map(order, range(single))]
    made += [{"orders": [order(n) for n in range(first, min(first + together, orders))]}
             for first in range(single, orders, together)]  # fmt: skip
    made += [{"refund": {"id": f"r{n}", "order": str(n), "amount": "1.00", "at": DAY}} for n in range(0, orders, 10)]
    random.Random(0).shuffle(made)
    return [json.dumps(one).encode() for one in made]


def order(n):
    return {"id": str(n), "at": DAY, "amount": f"{10 + n % 90}.50", "currency": "EUR", "changed_at": DAY}


def worth(orders):
    """What the orders come to, in cents."""
    return sum(1000 + 100 * (n % 90) + 50 for n in range(orders))


class _Many(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


def _serve(listening):
    """The studio on a socket, in a process of its own."""
    for connection in connections.all(initialized_only=True):
        connection.connection = None  # the parent's: to close it here would end it there
    server = _Many(listening.getsockname(), _Quiet, bind_and_activate=False)
    server.socket, server.server_name, server.server_port = listening, "127.0.0.1", listening.getsockname()[1]
    server.setup_environ()
    server.set_app(application)
    server.serve_forever()


class Forked:
    """A server of the same code in a forked process: it starts at once."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.socket.getsockname()[1]
        get_resolver().url_patterns  # noqa: B018 — read once here, and not in each server
        self.start()

    def start(self):
        self.process = multiprocessing.get_context("fork").Process(target=_serve, args=(self.socket,), daemon=True)
        self.process.start()

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.join()

    def close(self):
        self.kill()
        self.socket.close()


class Gunicorn:
    """The server as it is run: a process that watches, and workers."""

    def __init__(self, environment):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.environment = environment
        self.start()

    def start(self):
        asked = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{self.port}", "-w", "2", "-k", "gthread",
                 "--threads", "4", "--log-level", "critical", "asterism.faces.server:application"]  # fmt: skip
        self.process = subprocess.Popen(asked, env={**os.environ, **self.environment}, start_new_session=True)
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server does not answer")

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    close = kill


def send(port, shop, name, raw):
    """Whether a delivery was answered as taken, or as waiting for its order."""
    stamp = int(time.time())
    headers = {"Content-Type": "application/json", "X-Asterism-Timestamp": str(stamp), "X-Asterism-Delivery": name,
               "X-Asterism-Signature": sign(shop.secret, stamp, raw)}  # fmt: skip
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request("POST", f"/in/{shop.key}", raw, headers)
        answer = line.getresponse()
        answer.read()
        return answer.status in (200, 202)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def deliver(port, shop, said, stop_after=None, stop=None):
    """The names of deliveries that were answered; `stop` is called once, after so many of them."""
    answered = set()

    def one(name):
        if stop_after is not None and len(answered) >= stop_after and not stopped:
            stopped.append(True)
            stop()
        if not stopped and send(port, shop, name, said[name]):
            answered.add(name)

    stopped = []
    with ThreadPoolExecutor(SENDERS) as pool:
        list(pool.map(one, said))
    return answered


def killed_in_the_middle(server, orders, together):
    """Send, kill, look, restart, repeat what was not answered and a part of what was; what stands at last."""
    here = place(f"Kill {uuid4().hex[:12]}")
    shop = add_shop(here.seat(now=datetime.now(UTC)), NewShop(name="Web", kind="generic"))[0]
    said = {f"d-{at}": raw for at, raw in enumerate(bodies(orders, together))}
    taken = deliver(server.port, shop, said, len(said) // 2, server.kill)
    mine = Arrival.objects.filter(shop=shop)
    kept = {name.partition("/")[0] for name in mine.values_list("key", flat=True)}
    assert taken <= kept, "an accepted delivery is lost"
    assert len(taken) < len(said)
    server.start()
    again = {name: raw for at, (name, raw) in enumerate(said.items()) if name not in taken or at % 10 == 0}
    assert deliver(server.port, shop, again) == set(again)
    rows = Order.objects.filter(shop=shop)
    assert rows.count() == orders
    assert sum(rows.values_list("cents", flat=True)) == worth(orders)
    assert Refund.objects.filter(order__shop=shop).count() == len(range(0, orders, 10))
    assert set(mine.values_list("state", flat=True)) == {"taken"}
    return len(said), len(taken), len(kept)


def test_what_was_accepted_before_a_kill_is_there_after_it_and_nothing_twice(real_ledger):
    server = Forked()
    try:
        killed_in_the_middle(server, orders=40, together=10)
    finally:
        server.close()


@pytest.mark.campaign
def test_ten_thousand_orders_and_a_kill(real_ledger, tmp_path):
    used = connections.settings["default"]
    at = {"ASTERISM_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "asterism.faces.site"}
    if real_ledger == "postgres":
        at["ASTERISM_DATABASE"] = f"postgresql://postgres@/postgres?host={used['HOST']}"
    else:
        (tmp_path / "ledger.sqlite3").symlink_to(used["NAME"])
    server = Gunicorn(at)
    began = time.monotonic()
    try:
        sent, taken, kept = killed_in_the_middle(server, orders=10_000, together=20)
    finally:
        server.close()
    print(f"{real_ledger}: {sent} deliveries, {taken} answered and {kept} kept at the kill, "
          f"{time.monotonic() - began:.0f} s in all")  # fmt: skip
