"""What the terminal shows of persons with several accounts: who, which questions are open, and why."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from asterism.reports.console import bold, section, text
from asterism.reports.grid import Column, Grid, texts

if TYPE_CHECKING:
    from rich.console import Group

SHOWN: Final = 30
"""Persons and questions listed at most; `--json` has all."""


def people_table(told: Mapping[str, Any]) -> "Group":
    """Persons with several accounts and the open questions, from the fields of `asterism identity list --json`."""
    from rich.console import Group

    several, questions = told["persons"], told["questions"]
    rows = [(each["person"], ", ".join(_called(one) for one in each["accounts"])) for each in several[:SHOWN]]
    asked = [(f"{each['score']:.0%}", each["a"], each["b"], _first(each)) for each in questions[:SHOWN]]
    return Group(
        bold(
            f"Persons with several of the {told['accounts']:,} accounts: {len(several):,}. "
            f"Pairs that wait for somebody to decide: {len(questions):,}."
        ),
        *section(_grid(f"Persons{_of(several)}", ("person", "accounts"), rows)),
        *section(_grid(f"One person or two?{_of(questions)}", ("chance", "account", "account", "because"), asked)),
    )


def why_table(told: Mapping[str, Any]) -> "Group":
    """The evidence on two accounts, from the fields of `asterism identity why --json`."""
    from rich.console import Group

    verdict = "count as one person's" if told["one_person"] else "count as two persons'"
    rows = [(f"{reason['bits']:+.1f}", reason["text"]) for reason in told["reasons"]]
    decided = [text(_decided(told["decision"]))] if told["decision"] else []
    return Group(
        text(f"{told['a']} and {told['b']} {verdict}; by the evidence alone, with a chance of {told['score']:.0%}."),
        *decided,
        *section(_grid("Evidence; each bit doubles the odds, below 0 it halves them", ("bits", "evidence"), rows)),
    )


def decisions_table(told: Sequence[Mapping[str, Any]]) -> "Group":
    """Decisions, the oldest first, from the fields of `asterism identity history --json`."""
    from rich.console import Group

    if not told:
        return Group(text("Nothing was decided yet. `asterism identity list` shows the open questions."))
    return Group(*(text(_decided(each)) for each in told))


def _decided(each: Mapping[str, Any]) -> str:
    verb = "are one person's" if each["verdict"] == "merge" else "are two persons'"
    who = f" by {each['by']}" if each["by"] else ""
    return f"{each['a']} and {each['b']} {verb}: decided{who} on {each['at'][:10]}. {each['why']}".rstrip()


def _called(account: Mapping[str, Any]) -> str:
    followers = "" if account["followers"] is None else f" ({account['followers']:,})"
    return f"{account['account']}{followers}"


def _first(match: Mapping[str, Any]) -> str:
    """The weightiest evidence for one person."""
    return next((str(reason["text"]) for reason in match["reasons"] if reason["bits"] > 0), "nothing")


def _of(listed: Sequence[object]) -> str:
    return f", the first {SHOWN} of {len(listed):,}" if len(listed) > SHOWN else ""


def _grid(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Grid:
    columns = tuple(Column(head, numeric=head in ("chance", "bits")) for head in heads)
    return Grid(caption, columns, tuple(texts(*row) for row in rows))
