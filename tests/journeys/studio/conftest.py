"""The studio as people get it: `asterism serve` in a process of its own, and Chromium in front of it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ON_CI = os.environ.get("CI") == "true"


@dataclass(frozen=True)
class Studio:
    """Where a studio answers, and its data directory."""

    address: str
    home: Path


def free_port():
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def started(home, **environment):
    """A studio in a process of its own, once it answers."""
    port = free_port()
    program = str(Path(sys.executable).with_name("asterism"))
    given = {**os.environ, "ASTERISM_HOME": str(home), "DJANGO_SETTINGS_MODULE": "asterism.faces.site", **environment}
    process = subprocess.Popen([program, "serve", "--port", str(port)], env=given)
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            if httpx.get(address, timeout=2).status_code == 200:
                return Studio(address, home), process
        except httpx.HTTPError:
            time.sleep(0.2)
    process.kill()
    raise AssertionError(f"the studio did not start: {process.returncode}")


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    """A studio of this module's tests alone."""
    place, process = started(tmp_path_factory.mktemp("studio"))
    yield place
    process.terminate()
    process.wait(timeout=40)


@pytest.fixture(scope="module")
def chromium():
    """A headless Chromium, closed with its module: Playwright's loop would bar later tests from the database.

    On a laptop without one these tests are skipped, on the gate they fail."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        if ON_CI:
            pytest.fail("Chromium is missing on the gate")
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
