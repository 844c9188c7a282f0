"""`asterism serve`: the studio on this machine: tables brought up to date, a worker beside it, then the server."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from asterism.errors import OutsideFailure, WrongUsage
from asterism.faces.cli import app

if TYPE_CHECKING:
    from asterism.store.hosting import Hosting

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen at; others than this machine need a secret.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen at.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer.")] = 2,
) -> None:
    """Open the studio in the browser: plan with people, and run campaigns from there."""
    where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    os.environ.setdefault("ASTERISM_ADDRESS", f"http://{where}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asterism.faces.site")
    insist_on_safety(host)
    insist_on_port(host, port)
    prepare()
    typer.echo(f"The studio is at http://{where}/. Stop it with Ctrl-C.")
    with worker():
        _answer(where, workers)


def insist_on_safety(host: str) -> "Hosting":
    """The hosting, refused where others could reach a studio that was set up for this machine alone."""
    from asterism.store.hosting import read_hosting

    hosting = read_hosting(os.environ)
    if hosting.development and host not in LOOPBACK:
        what = f"Others could reach {host}, and the studio is set up for this machine alone."
        raise WrongUsage(what, "Set ASTERISM_ENV=production, ASTERISM_SECRET and ASTERISM_HOSTS, or leave out --host.")
    return hosting


def insist_on_port(host: str, port: int) -> None:
    """Raise `OutsideFailure` where somebody else listens there already: asked before anything is begun."""
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(kind, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            what = f"Nobody can listen at {host}:{port}: {(error.strerror or str(error)).lower()}."
            raise OutsideFailure(what, "Choose another with --port, or stop what runs there.") from None


def prepare() -> None:
    """Bring the ledger's tables up to date; the first time they are made."""
    try:
        import django
    except ImportError:
        raise WrongUsage("The studio's libraries are not installed.", "Run `pip install 'asterism[web]'`.") from None
    from django.core.management import call_command
    from django.db import connections
    from django.db.utils import OperationalError

    from asterism.store.hosting import read_hosting

    read_hosting(os.environ).home.mkdir(parents=True, exist_ok=True, mode=0o700)
    django.setup()
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        what = f"The ledger's database cannot be opened: {' '.join(str(error).split())[:160]}."
        raise OutsideFailure(what, "Check ASTERISM_DATABASE, and that the server runs.") from None
    connections.close_all()  # the answering processes are forked from this one: a connection has one owner


@contextmanager
def worker() -> Iterator[None]:
    """A second process that does the long work, ended with the server."""
    process = subprocess.Popen([sys.executable, "-m", "asterism.faces.worker"])
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answer(where: str, workers: int) -> None:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self) -> None:
            # Over 40,000 clicks a worker grew by 8 MB, nearly all in the first 5,000; each replacement is a pause.
            options: dict[str, Any] = {
                "bind": where, "workers": workers, "threads": 4, "worker_class": "gthread",
                "preload_app": True, "timeout": 120, "max_requests": 200_000, "max_requests_jitter": 20_000,
                "loglevel": "warning",
            }  # fmt: skip
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from asterism.faces.server import application

            return application

    Server().run()
