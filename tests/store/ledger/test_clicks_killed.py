"""A server that is killed in the middle of a crowd has kept every click that it answered, each once."""

from uuid import uuid4

import pytest

from asterism.store.ledger.links import add_link
from asterism.store.ledger.models import Click
from tests.store.ledger.postgres import databases, postgres_folder, real_ledger
from tests.store.ledger.served import Asker, served
from tests.studio import campaign, place

__all__ = ["databases", "postgres_folder", "real_ledger"]


def codes(n=10):
    """Links of a workspace of their own."""
    seat = place(f"Crowd {uuid4().hex[:12]}").owner
    of = campaign(seat)
    return seat, [add_link(seat, of, "https://shop.test/").code for _ in range(n)]


@pytest.mark.parametrize("real_ledger", ["sqlite"], indirect=True)
def test_a_server_killed_in_a_crowd_has_kept_what_it_answered(real_ledger):
    seat, links = codes()
    with served() as (port, kill), Asker(port, links, 5_000) as asker:
        asker.wait_for(300)
        kill()
    kept = list(Click.objects.filter(workspace=seat.workspace).values_list("key", flat=True))
    assert len(asker.keys) >= 300
    assert asker.asked < 5_000
    assert set(asker.keys) <= set(kept)
    assert len(set(kept)) == len(kept)
    assert len(kept) - len(asker.keys) <= 8  # accepted, and killed before the answer was out
