"""What the terminal shows of persons with several accounts: who, which questions are open, and why."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.table import Table
    from rich.text import Text

SHOWN: Final = 30
"""Persons and questions listed at most; `--json` has all."""


def people_table(told: Mapping[str, Any]) -> "Group":
    """Persons with several accounts and the open questions, from the fields of `asterism identity list --json`."""
    from rich.console import Group

    several, questions = told["persons"], told["questions"]
    rows = [(each["person"], ", ".join(_called(one) for one in each["accounts"])) for each in several[:SHOWN]]
    asked = [(f"{each['score']:.0%}", each["a"], each["b"], _first(each)) for each in questions[:SHOWN]]
    return Group(
        _text(
            f"Persons with several of the {told['accounts']:,} accounts: {len(several):,}. "
            f"Pairs that wait for somebody to decide: {len(questions):,}.",
            "bold",
        ),
        *_section(f"Persons{_of(several)}", ("person", "accounts"), rows),
        *_section(f"One person or two?{_of(questions)}", ("chance", "account", "account", "because"), asked),
    )


def why_table(told: Mapping[str, Any]) -> "Group":
    """The evidence on two accounts, from the fields of `asterism identity why --json`."""
    from rich.console import Group

    verdict = "count as one person's" if told["one_person"] else "count as two persons'"
    rows = [(f"{reason['bits']:+.1f}", reason["text"]) for reason in told["reasons"]]
    decided = [_text(_decided(told["decision"]))] if told["decision"] else []
    return Group(
        _text(f"{told['a']} and {told['b']} {verdict}; by the evidence alone, with a chance of {told['score']:.0%}."),
        *decided,
        *_section("Evidence; each bit doubles the odds, below 0 it halves them", ("bits", "evidence"), rows),
    )


def decisions_table(told: Sequence[Mapping[str, Any]]) -> "Group":
    """Decisions, the oldest first, from the fields of `asterism identity history --json`."""
    from rich.console import Group

    if not told:
        return Group(_text("Nothing was decided yet. `asterism identity list` shows the open questions."))
    return Group(*(_text(_decided(each)) for each in told))


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


def _section(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list["RenderableType"]:
    table = _table(heads, rows)
    return [_text(""), _text(title, "bold"), table] if table.row_count else []


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False, header_style="")
    for head in heads:
        table.add_column(head, justify="right" if head in ("chance", "bits") else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(_text, row))
    return table


def _text(words: str, style: str = "") -> "Text":
    from rich.text import Text

    return Text("".join(letter if letter.isprintable() else " " for letter in words), style)
