import inspect
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from asterism import errors
from asterism.errors import plainly


def leaves() -> list[type[errors.AsterismError]]:
    return [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, errors.AsterismError)]


@pytest.mark.parametrize("kind", [k for k in leaves() if k is not errors.AsterismError], ids=lambda k: k.__name__)
def test_every_error_has_an_exit_code_and_stands_in_the_drawn_tree(kind: type[errors.AsterismError]):
    assert errors.exit_code(kind("what")) in (1, 2, 3, 4)
    assert kind.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.Infeasible, 1),
        (errors.WrongUsage, 2),
        (errors.BadBrief, 3),
        (errors.NotFound, 3),
        (errors.OutsideFailure, 4),
    ],
)
def test_exit_codes_are_those_of_the_contract(kind: type[errors.AsterismError], code: int):
    assert errors.exit_code(kind("what")) == code


def test_an_error_reads_as_one_line_of_what_and_fix():
    assert str(errors.BadInput("No table.", "Add one.")) == "No table. Add one."


def test_a_far_word_gets_the_known_words():
    assert errors.did_you_mean("zzz", ["goal", "budget"]) == "Known: goal, budget."


class _Checked(BaseModel):
    model_config = ConfigDict(extra="forbid")

    amount: Decimal = Field(default=Decimal(1), ge=0, le=10, decimal_places=2)
    many: int = 1
    on: date | None = None
    at: datetime | None = None
    yes: bool = True
    kind: Literal["x", "y"] = "x"
    word: str = Field(default="a", min_length=1, max_length=3, pattern="a")
    some: list[int] = Field(default_factory=list, max_length=1)


@pytest.mark.parametrize(
    ("given", "what", "fix"),
    [
        ({"amount": "59,90"}, "is no number", "without thousands marks: 59.90"),
        ({"amount": "-1"}, "is below 0", "Give 0 or more."),
        ({"amount": "11"}, "is above 10", "Give 10 or less."),
        ({"amount": "1.234"}, "has more than 2 digits after the point", "Round it."),
        ({"many": "1.5"}, "is no whole number", "digits alone"),
        ({"on": "soon"}, "is no date", "as in 2026-12-01."),
        ({"at": "soon"}, "is no time", "as in 2026-12-01T09:30"),
        ({"yes": "perhaps"}, "is neither yes nor no", "true or false"),
        ({"kind": "z"}, "is none of the choices", "Choose 'x' or 'y'."),
        ({"word": ""}, "is empty or too short", "Letters it needs: 1."),
        ({"word": "aaaa"}, "is too long", "Letters it may have: 3."),
        ({"word": "b"}, "is not written as it has to be", "Check its letters"),
        ({"some": [1, 2]}, "has too many entries", "Entries it may have: 1."),
        ({"some": 3}, "is no list", "Send a list"),
        ({"wrod": "a"}, "is no field that is known here", "Check its spelling"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_faults_that_a_check_of_values_finds_are_told_in_plain_words(given, what, fix):
    with pytest.raises(ValidationError) as error:
        _Checked(**given)
    first = error.value.errors()[0]
    said = plainly(first["type"], first.get("ctx"))
    assert said is not None
    assert said[0] == what
    assert fix in said[1]


def test_a_fault_without_words_has_none():
    assert plainly("value_error", {"error": "x"}) is None
