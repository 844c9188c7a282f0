"""The entry point: runs the command line and turns every error into one line and an exit code."""

import json
import os
import sys
from collections.abc import Sequence
from typing import Final

from asterism.errors import AsterismError, OutsideFailure, WrongUsage, exit_code

INTERRUPTED: Final = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code of the command line on `arguments` (the process's own if None).

    Nothing but the answer goes to standard output; an error is one line on standard error, or with `--json` one
    object `{"error", "what", "fix", "code"}`.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given)
    except AsterismError as error:
        return _tell(error, as_json="--json" in given)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("Stopped; nothing was left half done.", file=sys.stderr)  # noqa: T201
        return INTERRUPTED
    except MemoryError:
        return _tell(OutsideFailure("This machine ran out of memory.", "Plan with fewer creators."), "--json" in given)
    except Exception as error:  # a traceback must never reach a user
        if os.environ.get("ASTERISM_DEBUG"):
            raise
        what = f"A defect in Asterism: {type(error).__name__}: {' '.join(str(error).split())[:200]}."
        return _tell(OutsideFailure(what, "Set ASTERISM_DEBUG=1 to see where, and report it."), "--json" in given)


def _run(given: list[str]) -> int:
    import typer

    from asterism.faces.cli import app

    try:
        code = app(given, standalone_mode=False, prog_name="asterism")
    except typer.TyperException as error:
        what = error.format_message() if hasattr(error, "format_message") else str(error)
        raise WrongUsage(" ".join(what.split()), "See `asterism --help`.") from None
    except typer.Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else 0


def _tell(error: AsterismError, as_json: bool) -> int:
    code = exit_code(error)
    told = {"error": type(error).__name__, "what": error.what, "fix": error.fix, "code": code}
    print(json.dumps(told) if as_json else " ".join(str(error).split()), file=sys.stderr)  # noqa: T201
    return code


if __name__ == "__main__":
    sys.exit(main())
