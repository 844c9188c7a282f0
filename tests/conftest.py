"""What every test stands on: a data directory of its own, so that none sees another's, or the user's."""

import pytest

from asterism.store.settings import settings


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The data directory of this test."""
    monkeypatch.setenv("ASTERISM_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield tmp_path / "home"
    settings.cache_clear()
