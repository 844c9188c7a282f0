"""A plan read back from its JSON is the plan."""

import json

import pytest

from asterism.errors import BadInput
from asterism.planning.reread import plan_of
from asterism.reports.page import plan_page
from tests.planned import planned


def document(**change):
    """The JSON of the plan, with something changed."""
    return {**json.loads(json.dumps(planned()[0].to_dict(), allow_nan=False)), **change}


def test_a_plan_read_back_says_the_same_and_looks_the_same():
    plan = planned()[0]
    again = plan_of(document(), plan.rejects)
    assert again.to_dict() == plan.to_dict()
    assert plan_page(again) == plan_page(plan)


def test_rejects_are_passed_apart():
    assert plan_of(document()).rejects == ()


@pytest.mark.parametrize(
    "change",
    [{"picks": None}, {"verdict": {}}, {"forecast": {"reach": {}}}, {"phases": [{"start": "soon"}]}, {"bound": 3}],
    ids=str,
)
def test_what_is_no_plan_is_refused(change):
    with pytest.raises(BadInput, match="no plan that can be read"):
        plan_of(document(**change))


def test_an_older_plan_that_lacks_a_part_is_refused():
    given = document()
    del given["flights"]
    with pytest.raises(BadInput, match="flights"):
        plan_of(given)
