"""Every error Asterism raises on purpose, what each means, and how it ends.

::

    AsterismError                      one line: what is wrong; `fix`: what to change
    ├── WrongUsage (ValueError)        the call itself is off                          exit 2, HTTP 400
    ├── BadInput (ValueError)          a file, brief or value that cannot be used      exit 3, HTTP 422
    │   ├── UnreadableFile             not a table in any format we read
    │   ├── MissingColumns             a table without the columns it needs
    │   ├── BadBrief                   a field of the brief is unknown or unsound
    │   └── UnknownCurrency            money in a currency without a rate
    ├── NotFound (LookupError)         a creator, file or version that is not there    exit 3, HTTP 404
    ├── NotAllowed (PermissionError)   who asks may not do this                        exit 1, HTTP 403
    ├── Conflict                       somebody or something came first                exit 1, HTTP 409
    │   └── IllegalStep                a step that its state does not allow
    ├── TooLarge (ValueError)          more than we take at once                       exit 3, HTTP 413
    ├── TooMany                        asked too often in a while                      exit 4, HTTP 429
    ├── Infeasible                     the brief's limits leave no plan: an answer     exit 1, HTTP 409
    └── OutsideFailure (OSError)       disk, permission or another program failed      exit 4, HTTP 502
"""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Final


class AsterismError(Exception):
    """One line that says what is wrong, with `fix`, one that says what to change."""

    def __init__(self, what: str, fix: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.what} {self.fix}".strip()


class WrongUsage(AsterismError, ValueError):
    """The call itself is off: an unknown option, two that exclude each other."""


class BadInput(AsterismError, ValueError):
    """A file, a brief or a value that cannot be used as it is; `field` names what was asked for, where there is one."""

    def __init__(self, what: str, fix: str = "", field: str = "") -> None:
        super().__init__(what, fix)
        self.field = field


class UnreadableFile(BadInput):
    """A file that is not a table in any format we read."""


class MissingColumns(BadInput):
    """A table without the columns it needs; `columns` names them."""

    def __init__(self, what: str, fix: str = "", columns: tuple[str, ...] = ()) -> None:
        super().__init__(what, fix)
        self.columns = columns


class BadBrief(BadInput):
    """A field of the brief is unknown or unsound; `field` names it."""


class UnknownCurrency(BadInput):
    """Money in a currency without a rate; `currency` names it."""

    def __init__(self, what: str, fix: str = "", currency: str = "") -> None:
        super().__init__(what, fix)
        self.currency = currency


class NotFound(AsterismError, LookupError):
    """A creator, a file or a version that is not there."""


class NotAllowed(AsterismError, PermissionError):
    """Who asks may not do this: a role, a scope or a second pair of eyes is missing."""


class Conflict(AsterismError):
    """Somebody or something came first: what was asked no longer fits what stands."""


class IllegalStep(Conflict):
    """A step that its state does not allow; `allowed` names those that it does."""

    def __init__(self, what: str, fix: str = "", allowed: tuple[str, ...] = ()) -> None:
        super().__init__(what, fix)
        self.allowed = allowed


class TooLarge(AsterismError, ValueError):
    """A file or a request that holds more than we take at once."""


class TooMany(AsterismError):
    """Asked too often in a while; `seconds` says how long to wait."""

    def __init__(self, what: str, fix: str = "", seconds: int = 60) -> None:
        super().__init__(what, fix)
        self.seconds = seconds


class Infeasible(AsterismError):
    """The brief's limits leave no plan; `conflict` names the limits, `fix` the cheapest relaxation."""

    def __init__(self, what: str, fix: str = "", conflict: tuple[str, ...] = ()) -> None:
        super().__init__(what, fix)
        self.conflict = conflict


class OutsideFailure(AsterismError, OSError):
    """Disk, permission or another program failed."""


MOST_NAMED: Final = 16
"""Known words that an error lists at most."""

EXIT_AND_STATUS: Final[dict[type[AsterismError], tuple[int, int]]] = {
    WrongUsage: (2, 400),
    BadInput: (3, 422),
    NotFound: (3, 404),
    NotAllowed: (1, 403),
    Conflict: (1, 409),
    TooLarge: (3, 413),
    TooMany: (4, 429),
    Infeasible: (1, 409),
    OutsideFailure: (4, 502),
}


def exit_code(error: AsterismError) -> int:
    """The process exit code of an error, by its nearest class in the table.

    >>> exit_code(BadBrief("no goal"))
    3
    """
    return next(code for kind, (code, _) in EXIT_AND_STATUS.items() if isinstance(error, kind))


def http_status(error: AsterismError) -> int:
    """The HTTP status of an error, by its nearest class in the table.

    >>> http_status(IllegalStep("paid before it was live"))
    409
    """
    return next(status for kind, (_, status) in EXIT_AND_STATUS.items() if isinstance(error, kind))


PLAIN: Final[Mapping[str, tuple[str, str]]] = {
    "missing": ("is missing", "Add it."),
    "extra_forbidden": ("is no field that is known here", "Check its spelling, or leave it out."),
    "decimal_max_places": ("has more than {decimal_places} digits after the point", "Round it."),
    "decimal_max": ("has too many digits", "Check the number."),
    "decimal_whole": ("has too many digits", "Check the number."),
    "decimal_": ("is no number", "Write it with a point and without thousands marks: 59.90, 1250.50."),
    "float_": ("is no number", "Write it with a point and without thousands marks: 59.90, 1250.50."),
    "int_": ("is no whole number", "Write digits alone, as in 1250."),
    "finite_number": ("is no finite number", "Write it as in 1250.50."),
    "bool_": ("is neither yes nor no", "Give true or false."),
    "datetime_": ("is no time", "Write it as in 2026-12-01T09:30:00+01:00."),
    "date_": ("is no date", "Write it as in 2026-12-01."),
    "greater_than_equal": ("is below {ge}", "Give {ge} or more."),
    "greater_than": ("is not above {gt}", "Give more than {gt}."),
    "less_than_equal": ("is above {le}", "Give {le} or less."),
    "less_than": ("is not below {lt}", "Give less than {lt}."),
    "string_too_short": ("is empty or too short", "Letters it needs: {min_length}."),
    "string_too_long": ("is too long", "Letters it may have: {max_length}."),
    "string_pattern": ("is not written as it has to be", "Check its letters, blanks and marks."),
    "string_": ("is no text", "Send it as text, in quotes."),
    "too_short": ("has too few entries", "Entries it needs: {min_length}."),
    "too_long": ("has too many entries", "Entries it may have: {max_length}."),
    "list_": ("is no list", "Send a list, as in [ … ]."),
    "dict_": ("is no group of fields", "Send fields with names, as in { … }."),
    "model_": ("is no group of fields", "Send fields with names, as in { … }."),
    "literal_": ("is none of the choices", "Choose {expected}."),
    "enum": ("is none of the choices", "Choose {expected}."),
}
"""Beginning of a kind of fault in a value → what is wrong, and what to change; the first that fits holds."""


def plainly(kind: str, facts: Mapping[str, Any] | None = None) -> tuple[str, str] | None:
    """What is wrong with a value and what to change, by the kind of fault; None where there are no words for it.

    >>> plainly("greater_than_equal", {"ge": 0})
    ('is below 0', 'Give 0 or more.')
    """
    found = next((words for name, words in PLAIN.items() if kind.startswith(name)), None)
    if found is None:
        return None
    what, fix = found
    for name, value in (facts or {}).items():
        what, fix = what.replace(f"{{{name}}}", str(value)), fix.replace(f"{{{name}}}", str(value))
    return what, fix


def did_you_mean(word: str, known: list[str]) -> str:
    """«did you mean `x`?» for the nearest known word, or the known words themselves.

    >>> did_you_mean("buget", ["budget", "goal"])
    'Did you mean `budget`?'
    """
    near = get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    if near:
        return f"Did you mean `{near[0]}`?"
    more = f" and {len(known) - MOST_NAMED} more" if len(known) > MOST_NAMED else ""
    return f"Known: {', '.join(known[:MOST_NAMED])}{more}."
