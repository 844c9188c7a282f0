"""Two adopt at once: one version is in use, on SQLite in a file and on PostgreSQL."""

import pytest

from asterism.desk.studio.beliefs import adopt, believed
from asterism.store.ledger.beliefs import next_belief
from asterism.store.ledger.models import Belief
from asterism.store.ledger.scope import rows
from tests.learnt import version
from tests.store.ledger.postgres import databases, postgres_folder, real_ledger
from tests.store.ledger.test_racing import at_once, here, refused

__all__ = ["databases", "here", "postgres_folder", "real_ledger"]


@pytest.mark.campaign
def test_of_many_that_are_adopted_at_once_one_is_in_use(here):
    versions = [version(here.owner, number) for number in range(1, 5)]
    outcomes = at_once(*[lambda key=one.pk: adopt(here.owner, key) for one in versions])
    assert refused(outcomes) == []
    (used,) = rows(here.owner, Belief).filter(in_use=True)
    assert believed(here.owner).number == used.number
    assert next_belief(here.owner) == 5
