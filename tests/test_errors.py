import inspect

import pytest

from asterism import errors


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
