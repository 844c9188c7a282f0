"""Each role may do what the one below it may, and something more."""

import pytest

from asterism.campaigns.roles import LEAST, ROLES, SAYS, insist, may
from asterism.errors import NotAllowed


@pytest.mark.parametrize("action", LEAST)
def test_a_role_may_do_all_that_a_lesser_one_may(action):
    allowed = [may(role, action) for role in ROLES]
    assert allowed == sorted(allowed)
    assert allowed[-1]


@pytest.mark.parametrize(
    ("role", "action"),
    [("viewer", "plan"), ("analyst", "run"), ("analyst", "pay"), ("manager", "members"), ("manager", "privacy"),
     ("viewer", "share"), ("manager", "override"), ("analyst", "approve_payment"), ("stranger", "see")],
)  # fmt: skip
def test_a_lesser_role_is_told_whom_to_ask(role, action):
    assert not may(role, action)
    with pytest.raises(NotAllowed, match=rf"Ask somebody who is {LEAST[action]} or more"):
        insist(role, action)


def test_every_role_is_said_in_words():
    assert set(SAYS) == set(ROLES)
