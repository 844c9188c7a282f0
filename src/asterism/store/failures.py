"""What the operating system refuses, said in one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from asterism.errors import AsterismError, OutsideFailure

_LONGEST = 160


@contextmanager
def failing_as(what: str, where: Path, *also: type[Exception]) -> Iterator[None]:
    """A block whose disk errors come out as one `OutsideFailure`.

    Parameters
    ----------
    what
        What could not be done, as in `cannot be read`.
    where
        The file or folder concerned.
    also
        Exceptions to treat like `OSError`: libraries have errors of their own for the same refusals.

    Raises
    ------
    OutsideFailure
        Disk, permission or space: nothing the input could change.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, AsterismError) or not isinstance(error, (OSError, *also)):
            raise
        raise OutsideFailure(f"{where} {what}: {reason(error)}.", remedy(error)) from None


def reason(error: Exception) -> str:
    """The first line of an error, at most 160 characters: libraries append their own call stacks."""
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    line = " ".join(words.strip().split("\n")[0].split()).rstrip(".")
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def remedy(error: Exception) -> str:
    """What to change, as far as the error tells."""
    words = str(error).lower()
    if "no space" in words or "too large" in words or "quota" in words:
        return "Free some space on that disk and try again; nothing was half written."
    if "permission" in words or "read-only" in words or "not permitted" in words:
        return "Make it readable and writable for you, or name another folder."
    if "not a directory" in words or "file exists" in words:
        return "A file stands where a folder is needed: name another folder."
    return "Check that the folder exists, is yours and is sound."
