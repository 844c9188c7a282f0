"""The entry point: runs the command line and turns every error into one line and an exit code."""

import contextlib
import io
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from asterism.errors import AsterismError, OutsideFailure, WrongUsage, exit_code

INTERRUPTED: Final = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code of the command line on `arguments` (the process's own if None).

    Nothing but the answer goes to standard output; an error is one line on standard error, or with `--json` one
    object `{"error", "what", "fix", "code"}`.
    """
    given = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    try:
        return _run(given)
    except BrokenPipeError:  # the reader has seen enough, as `head` does
        _forget_output()
        return 0
    except KeyboardInterrupt:
        print("Stopped; nothing was left half done.", file=sys.stderr)  # noqa: T201
        return INTERRUPTED
    except AsterismError as error:
        return _tell(error, as_json="--json" in given)
    except Exception as error:  # a traceback must never reach a user
        if os.environ.get("ASTERISM_DEBUG"):
            raise
        return _tell(_unforeseen(error), as_json="--json" in given)


def _run(given: list[str]) -> int:
    import typer

    from asterism.faces.commands import app

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without our letters still shows the figures
    try:
        code = app(given, standalone_mode=False, prog_name="asterism")
    except typer.TyperException as error:
        raise _wrong_usage(error) from None
    except typer.Abort:
        raise KeyboardInterrupt from None
    except SystemExit:  # Typer's own word for a reader who has gone
        raise BrokenPipeError from None
    if code == INTERRUPTED:
        raise KeyboardInterrupt
    sys.stdout.flush()  # at the interpreter's end nobody could say in one line that the answer was not taken
    return code if isinstance(code, int) else 0


def _wrong_usage(error: Any) -> WrongUsage:
    what = " ".join((error.format_message() if hasattr(error, "format_message") else str(error)).split())
    command = getattr(getattr(error, "ctx", None), "command_path", "asterism")
    return WrongUsage(what if what.endswith((".", "?", ")")) else f"{what}.", f"See `{command} --help`.")


def _forget_output() -> None:
    """Send what is left to nowhere, so that the interpreter's last flush has nothing to complain of."""
    with contextlib.suppress(OSError, ValueError):  # an output that is no file has no such flush
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unforeseen(error: Exception) -> OutsideFailure:
    if isinstance(error, MemoryError):
        return OutsideFailure("This machine ran out of memory.", "Plan with fewer creators.")
    if isinstance(error, OSError):
        from asterism.store.failures import reason, remedy

        _forget_output()
        return OutsideFailure(f"The system refused: {reason(error)}.", remedy(error))
    what = f"A defect in Asterism: {type(error).__name__}: {' '.join(str(error).split())[:200]}."
    return OutsideFailure(what, "Set ASTERISM_DEBUG=1 to see where, and report it.")


def _tell(error: AsterismError, as_json: bool) -> int:
    code = exit_code(error)
    told = {"error": type(error).__name__, "what": error.what, "fix": error.fix, "code": code}
    print(json.dumps(told) if as_json else " ".join(str(error).split()), file=sys.stderr)  # noqa: T201
    return code


def run() -> None:
    """Run the command line and leave at once: taking down every library in order would cost most of a second."""
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
