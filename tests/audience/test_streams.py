"""A panel from audiences handed over one at a time is the panel of all ids at once."""

import numpy as np
import pytest

from asterism.audience.panel import from_followers
from asterism.audience.streams import from_audiences
from asterism.errors import BadInput, WrongUsage


def crowd(seed, n_creators=12, n_people=3_000):
    """{creator: ids}, from a handful to most of the people, in no order and some twice."""
    rng = np.random.default_rng(seed)
    sizes = np.geomspace(5, n_people * 0.8, n_creators).astype(int)
    names = [f"c{i}" for i in rng.permutation(n_creators)]
    return {name: rng.integers(0, n_people, size) for name, size in zip(names, sizes, strict=True)}


@pytest.mark.parametrize("k", [1, 20, 200, 10_000])
@pytest.mark.parametrize("seed", range(3))
def test_one_at_a_time_or_all_at_once_is_the_same_panel(seed, k):
    audiences = crowd(seed)
    people = np.concatenate(list(audiences.values()))
    creators = np.repeat(list(audiences), [ids.size for ids in audiences.values()])
    together = from_followers(people, creators, k=k, seed=seed)
    apart = from_audiences(audiences.items, k=k, seed=seed)
    assert apart.creators == together.creators
    for name in ("start", "link", "sizes", "weight"):
        assert np.array_equal(getattr(apart, name), getattr(together, name)), name
    assert apart.error == together.error


def test_a_universe_holds_the_panel():
    audiences = crowd(1)
    assert from_audiences(audiences.items, k=50, universe=2_990).weight.sum() <= 2_990 * (1 + 1e-9)


REFUSED = {
    "nobody": (list, BadInput, "There is no audience here"),
    "an empty audience": (lambda: [("a", [])], BadInput, "audience of `a` is empty"),
    "a creator twice": (lambda: [("a", ["x"]), ("a", ["y"])], BadInput, "`a` came twice"),
}


@pytest.mark.parametrize(("audiences", "kind", "said"), REFUSED.values(), ids=REFUSED)
def test_audiences_that_make_no_panel_are_refused(audiences, kind, said):
    with pytest.raises(kind, match=said):
        from_audiences(audiences)


def test_k_is_at_least_one():
    with pytest.raises(WrongUsage, match="k is 0"):
        from_audiences(lambda: [("a", ["x"])], k=0)


def test_a_second_pass_that_differs_is_refused():
    passes = iter([[("a", ["x"])], [("b", ["x"])]])
    with pytest.raises(BadInput, match="other creators than the first"):
        from_audiences(lambda: next(passes))
