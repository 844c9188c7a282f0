"""What every test stands on: a data directory of its own, so that none sees another's, or the user's."""

import sys

import pytest

from asterism.store.settings import settings


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The data directory of this test."""
    monkeypatch.setenv("ASTERISM_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield tmp_path / "home"
    settings.cache_clear()


@pytest.fixture(autouse=True)
def forgetful():
    """What a process remembers while nothing happens in the ledger: a test's rows come and go without events."""
    yield
    if memory := sys.modules.get("asterism.desk.studio.remembered"):
        memory.forget()


@pytest.fixture
def at_once():
    """Long work is done where it is asked for, as if a worker had been waiting."""
    from django_tasks import task_backends
    from django_tasks.backends.immediate import ImmediateBackend

    from asterism.desk.studio.handlers import registered

    registered()
    before = task_backends["default"]
    task_backends["default"] = ImmediateBackend("default", {"QUEUES": ["default"]})
    yield
    task_backends["default"] = before
