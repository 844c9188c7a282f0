"""Ten thousand clicks, the server killed twice in their middle: none that was answered is lost, none stands twice."""

import pytest

from asterism.store.ledger.models import Click
from tests.store.ledger.postgres import databases, postgres_folder, real_ledger
from tests.store.ledger.served import Asker, served
from tests.store.ledger.test_clicks_killed import codes

__all__ = ["databases", "postgres_folder", "real_ledger"]
CLICKS, THREADS = 10_000, 16


@pytest.mark.campaign
def test_of_ten_thousand_clicks_none_answered_is_lost_and_none_is_kept_twice(real_ledger):
    seat, links = codes(50)
    answered = []
    for part, dies in ((4_000, True), (4_000, True), (2_000, False)):
        with served(workers=2) as (port, kill), Asker(port, links, 10**9 if dies else part, THREADS) as asker:
            asker.wait_for(part)
            if dies:
                kill()
        answered += asker.keys
    kept = list(Click.objects.filter(workspace=seat.workspace).values_list("key", flat=True))
    print(f"{real_ledger}: {len(answered)} answered, {len(kept)} kept, {len(set(answered) - set(kept))} lost")
    assert len(answered) >= CLICKS
    assert set(answered) <= set(kept)
    assert len(set(kept)) == len(kept)
    assert len(kept) - len(answered) <= 2 * THREADS
