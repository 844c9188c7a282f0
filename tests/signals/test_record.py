import numpy as np

from asterism.signals.record import NO_RECORD, record


def test_followers_alone_make_no_influencer() -> None:
    found = record(np.array([0, 1, 0]), np.array([False, False, True]))
    assert found.proven.tolist() == [False, True, True]
    assert found.evidence.tolist() == [NO_RECORD, "engagement of 1 post", "stated averages"]
