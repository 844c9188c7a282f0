"""Lighthouse on the studio's pages, offline: accessibility and best practices, 0 to 100.

    python -m benchmarks.lighthouse

Needs Node and Chromium; `npx` fetches Lighthouse 12 from the npm registry. The studio holds a row of every kind.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx

OWN = ("", "campaigns", "campaigns/{key}/", "campaigns/{key}/brief", "collaborations/{key}/", "discover/",
       "tasks", "calendar", "messages", "settings/")  # fmt: skip
PAGES = ("", *(f"w/aurora/{page}" for page in OWN), "c/portal%20secret/", "s/share%20secret")
FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking"


def seeded():
    """A session of the owner of a workspace with a row of every kind, and the key of each row."""
    from asterism.faces.serve import prepare

    prepare()
    from django.test import Client

    from asterism.store.ledger.people import add_user, add_workspace
    from tests.studio import KEY, world

    user = add_user("load@example.org", "a long and quiet night", "Load")
    seat = add_workspace(user, "Aurora", datetime.now(UTC))
    world(seat)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value, KEY


def score(address, cookie):
    """Both scores of a page, and the audits that failed."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.json"
        words = ["npx", "--yes", "lighthouse@12", address, "--quiet", "--only-categories=accessibility,best-practices",
                 "--output=json", f"--output-path={out}", f"--chrome-flags={FLAGS}"]  # fmt: skip
        if cookie:
            words.append("--extra-headers=" + json.dumps({"Cookie": f"sessionid={cookie}"}))
        subprocess.run(words, check=True, env={**os.environ, "CHROME_PATH": shutil.which("chromium") or ""})
        found = json.loads(out.read_text())
    failed = [name for name, audit in found["audits"].items() if audit["score"] == 0]
    return {name: round(100 * one["score"]) for name, one in found["categories"].items()}, failed


def main():
    """Serve a studio, and score its pages."""
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(ASTERISM_HOME=home, DJANGO_SETTINGS_MODULE="asterism.faces.site")
        session, key = seeded()
        port = "8766"
        studio = subprocess.Popen([str(Path(sys.executable).with_name("asterism")), "serve", "--port", port])
        try:
            time.sleep(12)
            httpx.get(f"http://127.0.0.1:{port}/")
            for page in PAGES:
                address = f"http://127.0.0.1:{port}/{page.format(key=key)}"
                print(page or "/", *score(address, session if page else ""))
        finally:
            studio.terminate()
            studio.wait(timeout=60)


if __name__ == "__main__":
    main()
