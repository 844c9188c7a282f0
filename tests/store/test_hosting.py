"""The studio starts safe or not at all."""

import socket

import pytest

from asterism.errors import OutsideFailure, WrongUsage
from asterism.faces.serve import insist_on_port, insist_on_safety
from asterism.store.hosting import DEFAULT_SECRET, read_hosting

LONG = "x" * 40
SERVED = {"ASTERISM_ENV": "production", "ASTERISM_SECRET": LONG, "ASTERISM_HOSTS": "studio.example"}


def test_on_this_machine_nothing_needs_to_be_set():
    found = read_hosting({"ASTERISM_HOME": "/srv/a"})
    assert (found.development, found.secret, found.database.engine, found.mail.kind) == (
        True, DEFAULT_SECRET, "sqlite", "file",
    )  # fmt: skip
    assert "localhost" in found.hosts
    assert not found.secure


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ASTERISM_SECRET": ""}, "ASTERISM_SECRET is not set"),
        ({"ASTERISM_SECRET": DEFAULT_SECRET}, "ASTERISM_SECRET is not set"),
        ({"ASTERISM_SECRET": "short"}, "too short"),
        ({"ASTERISM_HOSTS": ""}, "ASTERISM_HOSTS names no host"),
        ({"ASTERISM_HOSTS": "*"}, "ASTERISM_HOSTS names no host"),
        ({"ASTERISM_ENV": "staging"}, "development or production"),
        ({"ASTERISM_DATABASE": "mysql://x/y"}, "no address of a database"),
        ({"ASTERISM_DATABASE": "postgresql://host"}, "no address of a database"),
        ({"ASTERISM_MAIL": "pigeon"}, "no way to send"),
        ({"ASTERISM_UPLOAD_MB": "many"}, "ASTERISM_UPLOAD_MB"),
    ],
)
def test_it_refuses_to_start_half_safe(change, says):
    with pytest.raises(WrongUsage, match=says):
        read_hosting({**SERVED, **change})


def test_secrets_do_not_show_where_settings_are_printed():
    secrets = {
        "ASTERISM_DATABASE": "postgresql://u:p%40ss@h:5432/n",
        "ASTERISM_MAIL": "smtp://u:letmein@mail.example:587",
    }
    found = read_hosting({**SERVED, **secrets})
    assert (found.database.password, found.mail.password, found.mail.tls) == ("p@ss", "letmein", True)
    assert not any(word in repr(found) for word in ("p@ss", "letmein", LONG))


def test_cookies_travel_by_https_alone_where_the_studio_is_reached_by_it():
    assert read_hosting({**SERVED, "ASTERISM_ADDRESS": "https://studio.example/"}).secure


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::"])  # noqa: S104 — that is what is refused
def test_others_do_not_reach_a_studio_that_is_set_up_for_this_machine(host, monkeypatch):
    for name in ("ASTERISM_ENV", "ASTERISM_SECRET", "ASTERISM_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(WrongUsage, match="this machine alone"):
        insist_on_safety(host)
    for name, value in SERVED.items():
        monkeypatch.setenv(name, value)
    assert not insist_on_safety(host).development


def test_a_port_that_is_taken_is_said_in_one_line():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(OutsideFailure, match="Choose another with --port"):
            insist_on_port("127.0.0.1", other.getsockname()[1])
    insist_on_port("127.0.0.1", 0)
