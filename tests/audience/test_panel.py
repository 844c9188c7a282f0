"""A panel is the bottom-k sample it says it is, whatever the ids come as, and it adds up to what is known."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from asterism.audience.calibrate import BOUND, calibrate, follower_weights
from asterism.audience.panel import from_followers, hashed
from asterism.audience.reach import reach
from asterism.audience.samples import Samples
from asterism.errors import BadInput, WrongUsage
from tests.naive import audience as naive

pairs = st.lists(st.tuples(st.integers(0, 40), st.sampled_from("abcd")), min_size=1, max_size=120)


def panel_of(rows, **options):
    people, creators = zip(*rows, strict=True)
    return from_followers(list(people), list(creators), **options)


def links_of(panel) -> list[tuple[str, ...]]:
    return [
        tuple(panel.creators[c] for c in panel.link[a:b])
        for a, b in zip(panel.start[:-1], panel.start[1:], strict=True)
    ]


def panel_sizes(panel) -> np.ndarray:
    weight = np.repeat(panel.weight, np.diff(panel.start))
    return np.bincount(panel.link, weights=weight, minlength=panel.n_creators)


def crowd(seed: int, n_people: int = 4000) -> list[tuple[int, str]]:
    """People who follow some of four creators of unlike size."""
    rng = np.random.default_rng(seed)
    taste = rng.uniform(size=n_people)
    shares = {"a": 0.5, "b": 0.2, "c": 0.05, "d": 0.01}
    return [(p, c) for c, share in shares.items() for p in np.flatnonzero(rng.uniform(size=n_people) < taste * share)]


@given(pairs, st.integers(1, 12), st.integers(0, 5))
@settings(deadline=None, max_examples=50)
def test_the_people_kept_are_those_of_a_panel_drawn_by_hand(rows, k, seed):
    code = dict(zip(range(41), hashed(np.arange(41), seed).tolist(), strict=True))
    by_hand = naive.panel([(code[person], creator) for person, creator in rows], k)
    panel = panel_of(rows, k=k, seed=seed)
    assert links_of(panel) == [links for _, (_, links) in sorted(by_hand.items())]
    certain = np.array([weight == 1 for _, (weight, _) in sorted(by_hand.items())])
    assert (panel.weight[certain] == 1).all()


def test_weights_before_calibration_are_one_over_the_largest_threshold(monkeypatch):
    monkeypatch.setattr("asterism.audience.panel.calibrate", lambda _links, weight, _sizes: weight)
    rows = crowd(1)
    code = hashed(np.arange(4000), 0).tolist()
    by_hand = naive.panel([(code[person], creator) for person, creator in rows], 64)
    assert panel_of(rows, k=64).weight == pytest.approx([weight for _, (weight, _) in sorted(by_hand.items())])


@given(pairs, st.randoms())
@settings(deadline=None, max_examples=50)
def test_order_and_repetition_of_the_pairs_do_not_matter(rows, random):
    shuffled = [*rows, *rows[: len(rows) // 2]]
    random.shuffle(shuffled)
    one, other = panel_of(rows, k=5), panel_of(shuffled, k=5)
    assert links_of(one) == links_of(other)
    assert one.weight == pytest.approx(other.weight)
    assert one.sizes.tolist() == other.sizes.tolist()


def test_a_panel_of_everybody_is_a_head_count():
    rows = crowd(2)
    panel = panel_of(rows, k=10_000)
    assert panel.weight.tolist() == [1.0] * len({person for person, _ in rows})
    assert panel.error == 0


@pytest.mark.parametrize("k", [1, 16, 256])
def test_a_panel_holds_no_more_than_k_people_per_creator(k):
    assert panel_of(crowd(3), k=k).n_people <= 4 * k


@pytest.mark.parametrize("k", [32, 256, 1024])
def test_the_panel_adds_up_to_the_known_audience_sizes(k):
    rows = crowd(4)
    panel = panel_of(rows, k=k)
    assert panel.sizes.tolist() == [sum(creator == c for _, creator in set(rows)) for c in "abcd"]
    assert panel_sizes(panel) == pytest.approx(panel.sizes)
    assert panel.weight.min() >= 1


def test_another_seed_keeps_other_people_and_the_same_seed_the_same():
    rows = crowd(5)
    first, again, other = (panel_of(rows, k=50, seed=seed) for seed in (1, 1, 2))
    assert first.weight.tolist() == again.weight.tolist()
    assert links_of(first) != links_of(other)


def test_panels_of_two_tables_keep_the_same_people():
    """One hash per person, so what is learnt from one platform's panel can be joined to another's."""
    low = hashed(np.arange(4000), 0) < 2**60
    assert set(np.flatnonzero(low)) == {p for p in range(4000) if hashed([p], 0)[0] < 2**60}


class Stream:
    """A column that offers itself through the Arrow C stream, as frames outside Arrow do."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        self.column = column

    def __arrow_c_stream__(self, requested_schema=None):
        return self.column.__arrow_c_stream__(requested_schema)


KINDS = {
    "list": list,
    "numpy": np.array,
    "numpy objects": lambda ids: np.array(ids, dtype=object),
    "arrow": pa.array,
    "arrow chunks": lambda ids: pa.chunked_array([ids[:7], ids[7:]]),
    "arrow slice": lambda ids: pa.array([ids[0], *ids])[1:],
    "arrow dictionary": lambda ids: pa.array(ids).dictionary_encode(),
    "arrow stream, as of Polars": lambda ids: Stream(pa.chunked_array([ids])),
    "pandas": lambda ids: pytest.importorskip("pandas").Series(ids),
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("text", [True, False], ids=["text", "numbers"])
def test_ids_may_come_in_any_array(kind, text):
    rows = crowd(6)[:400]
    people = [f"person {p}" if text else int(p) for p, _ in rows]
    creators = [c if text else ord(c) for _, c in rows]
    expected, found = from_followers(people, creators, k=20), from_followers(kind(people), kind(creators), k=20)
    assert found.creators == expected.creators
    assert found.weight.tolist() == expected.weight.tolist()


def test_a_slice_of_long_texts_hashes_its_own_part():
    ids = pa.array(["ann", "bob", "eve"], pa.large_string())
    assert hashed(ids[1:], 0).tolist() == hashed(ids, 0)[1:].tolist()


def test_texts_that_share_a_beginning_hash_apart():
    ids = ["", "a", "aaaaaaaa", "aaaaaaab", "aaaaaaaaa", "a\0", "\0", "\0\0", "é", "e"]
    assert len(set(hashed(ids, 0).tolist())) == len(ids)


@pytest.mark.parametrize("ids", [np.arange(200_000), np.arange(200_000).astype(str)], ids=["numbers", "text"])
def test_hashes_of_neighbouring_ids_are_spread_evenly(ids):
    cells = np.bincount((hashed(ids, 3) >> np.uint64(56)).astype(int), minlength=256)
    chi_square = ((cells - 200_000 / 256) ** 2 / (200_000 / 256)).sum()
    assert 160 < chi_square < 350  # 255 degrees of freedom: outside once in 100,000


def test_creators_stand_in_the_order_of_their_ids_as_text():
    assert from_followers([1, 1, 1], [10, 9, 100]).creators == ("10", "100", "9")


def test_sizes_by_name_and_by_position_are_the_same():
    rows = crowd(7)
    by_name = panel_of(rows, k=64, sizes={"a": 5000, "d": 100})
    given = by_name.sizes
    assert (given[0], given[3]) == (5000, 100)
    assert panel_of(rows, k=64, sizes=given).weight.tolist() == by_name.weight.tolist()
    assert panel_sizes(by_name) == pytest.approx(given)


def test_a_size_below_the_number_of_ids_is_raised_to_it():
    rows = crowd(8)
    assert panel_of(rows, sizes={"a": 3}).sizes.tolist() == panel_of(rows).sizes.tolist()


def test_a_universe_too_small_for_the_estimate_caps_the_panel():
    rows = crowd(9)
    everybody = len({person for person, _ in rows})
    seed = max(range(8), key=lambda s: panel_of(rows, k=16, seed=s).weight.sum())
    assert panel_of(rows, k=16, seed=seed).weight.sum() > everybody
    held = panel_of(rows, k=16, seed=seed, universe=everybody)
    assert held.weight.sum() <= everybody * (1 + 1e-9)
    assert panel_sizes(held) == pytest.approx(held.sizes, rel=0.01)
    assert reach(Samples.of(held), "abcd").high <= everybody


def test_sampled_followers_of_creators_who_share_nobody_stand_for_equal_parts():
    rows = [(p, "a") for p in range(10)] + [(100 + p, "b") for p in range(4)]
    panel = panel_of(rows, sizes={"a": 1000, "b": 40})
    assert panel.weight[panel.link == 0] == pytest.approx([100.0] * 10)
    assert panel.weight[panel.link == 1] == pytest.approx([10.0] * 4)


def test_whoever_follows_a_creator_given_in_full_stands_for_nobody_else():
    rows = [(p, "a") for p in range(10)] + [(0, "b"), (1, "b"), (50, "b"), (51, "b")]
    panel = panel_of(rows, sizes={"b": 42})
    follows_a = [0 in panel.link[a:b] for a, b in zip(panel.start[:-1], panel.start[1:], strict=True)]
    assert panel.weight[follows_a] == pytest.approx([1.0] * 10)
    assert panel.weight[~np.array(follows_a)] == pytest.approx([20.0] * 2)


def test_follower_weights_solve_the_equations_they_promise():
    rng = np.random.default_rng(0)
    links = csr_array((rng.uniform(size=(300, 5)) < 0.4).astype(float))
    links = links[links.sum(axis=1) > 0]
    fraction = np.array([0.01, 0.2, 0.05, 0.5, 0.1])
    truth = 1 / (1 - np.exp(links @ np.log1p(-fraction)))
    found = follower_weights(links, links.T @ truth, np.zeros(5, bool))
    assert found == pytest.approx(truth, rel=1e-6)


def test_calibrated_weights_move_least_where_presence_was_likely():
    links = csr_array(np.ones((2, 1)))
    moved = calibrate(links, np.array([2.0, 20.0]), np.array([24.0]))
    assert moved.sum() == pytest.approx(24)
    assert moved[0] / 2 - 1 < (moved[1] / 20 - 1) / 2


def test_followers_of_a_creator_given_in_full_are_taken_off_the_others_first():
    links = csr_array(np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 1.0], [0.0, 1.0], [0.0, 1.0]]))
    found = follower_weights(links, np.array([3.0, 42.0]), np.array([True, False]))
    assert found == pytest.approx([1, 1, 1, 20, 20])


@pytest.mark.parametrize("size", [2.0, 5000.0], ids=["far fewer", "far more"])
def test_a_size_that_contradicts_the_ids_moves_no_weight_beyond_its_bound(size):
    weight = np.array([25.0, 25.0])
    moved = calibrate(csr_array(np.ones((2, 1))), weight, np.array([size]))
    assert moved == pytest.approx(weight * BOUND if size > 50 else weight / BOUND)


def test_sizes_that_contradict_each_other_leave_weights_finite_and_above_one():
    links = csr_array(np.array([[1.0, 1.0], [1.0, 1.0]]))
    moved = calibrate(links, np.array([2.0, 3.0]), np.array([5.0, 5000.0]))
    assert np.isfinite(moved).all()
    assert (moved >= 1).all()


@pytest.mark.parametrize(
    ("people", "creators", "options", "error", "words"),
    [
        (["p"], ["a", "b"], {}, BadInput, "1 people for 2 creators"),
        ([], [], {}, BadInput, "no followers"),
        (["p", None], ["a", "b"], {}, BadInput, "1 person ids are missing"),
        (["p"], [1.5], {}, BadInput, "creator ids are of type double"),
        (["p", 1], ["a", "b"], {}, BadInput, "person ids mix text and numbers"),
        (["p"], ["a"], {"k": 0}, WrongUsage, "k ≥ 1"),
        (["p"], ["a"], {"sizes": [1, 2]}, BadInput, "2 sizes for 1 creators"),
        (["p"], ["a"], {"sizes": {"a": float("nan")}}, BadInput, "not a number"),
        (["p"], ["a"], {"sizes": {"a": -1}}, BadInput, "negative"),
        (["p"], ["a"], {"sizes": {"a": 50}, "universe": 40}, BadInput, "smaller than an audience of 50"),
        (["p", "q"], ["a", "b"], {"universe": 1}, BadInput, "more than 1 people"),
    ],
    ids=["lengths", "empty", "missing id", "fractions", "mixed", "k", "how many sizes", "nan size", "negative size",
         "universe below an audience", "universe below the ids"],
)  # fmt: skip
def test_ids_that_make_no_panel_are_refused_with_a_reason(people, creators, options, error, words):
    with pytest.raises(error, match=words):
        from_followers(people, creators, **options)
