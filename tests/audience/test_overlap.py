import numpy as np
import pytest
from scipy.optimize import approx_fprime

from asterism.audience.activity import LINKS
from asterism.audience.latent import Evidence, Model, curvature, loss, misfit, state
from asterism.audience.overlap import from_overlaps
from asterism.audience.samples import Samples
from asterism.errors import BadInput

SIZES = {"ann": 4_000, "bob": 2_500, "cy": 900, "dot": 300}
PAIRS = {("ann", "bob"): 1_400, ("ann", "cy"): 90, ("bob", "cy"): 60, ("cy", "dot"): 120}


def _expected(incidence, variant):
    """People per audience and per pair within one variant, person by person."""
    n = incidence.n_creators
    shared = np.zeros((n, n))
    for p in np.flatnonzero(incidence.variant == variant):
        row = np.zeros(n)
        links = slice(incidence.start[p], incidence.start[p + 1])
        row[incidence.link[links]] = incidence.chance[links]
        own = incidence.weight[p] * incidence.n_variants
        pair = np.outer(row, row)
        np.fill_diagonal(pair, row)
        shared += own * pair
    return shared


@pytest.fixture(scope="module")
def fitted():
    return from_overlaps(SIZES, PAIRS, universe=20_000, censored_below=(0.10, 40))


def test_every_variant_meets_every_size_exactly(fitted):
    for variant in range(fitted.n_variants):
        assert np.diag(_expected(fitted, variant)) == pytest.approx([*SIZES.values()], rel=1e-9)


def test_known_pairs_are_met_within_a_few_per_cent(fitted):
    column = {c: i for i, c in enumerate(SIZES)}
    for variant in range(fitted.n_variants):
        shared = _expected(fitted, variant)
        for (a, b), people in PAIRS.items():
            assert shared[column[a], column[b]] == pytest.approx(people, rel=0.1, abs=5)


def test_a_censored_pair_stays_near_or_under_its_cap(fitted):
    for variant in range(fitted.n_variants):
        shared = _expected(fitted, variant)
        assert shared[0, 3] <= 1.15 * 40
        assert shared[1, 3] <= 1.15 * 40


def test_a_missing_pair_is_not_taken_for_an_empty_one(fitted):
    assert _expected(fitted, 0)[0, 3] > 0


def test_a_pair_given_as_unknown_is_not_held_to_the_cap():
    sizes = {"a": 1_000, "b": 1_000, "c": 1_000}
    pairs = {("a", "b"): 800, ("a", "c"): 800}
    capped = from_overlaps(sizes, pairs, universe=10_000, censored_below=(0.10, 40))
    free = from_overlaps(sizes, pairs | {("b", "c"): float("nan")}, universe=10_000, censored_below=(0.10, 40))
    assert _expected(free, 0)[1, 2] > _expected(capped, 0)[1, 2] + 50


def test_each_link_function_is_a_variant_and_a_known_universe_is_kept(fitted):
    assert fitted.n_variants == 2
    assert fitted.universe == 20_000
    for variant in range(2):
        assert fitted.weight[fitted.variant == variant].sum() * 2 == pytest.approx(20_000)


def test_an_unknown_universe_doubles_the_variants_and_is_not_called_known():
    incidence = from_overlaps(SIZES, PAIRS)
    assert incidence.n_variants == 4
    assert incidence.universe is None
    assert incidence.weight.sum() > max(SIZES.values())


def test_doubt_grows_as_pairs_go_missing():
    every = {(a, b): 20 for a in SIZES for b in SIZES if a < b}
    all_known = from_overlaps(SIZES, every, universe=20_000)
    some = from_overlaps(SIZES, PAIRS, universe=20_000)
    assert all_known.error < some.error


def test_the_same_seed_gives_the_same_people():
    one, two = (from_overlaps(SIZES, PAIRS, universe=20_000, seed=3) for _ in range(2))
    assert (one.chance == two.chance).all()
    assert (one.weight == two.weight).all()


def test_integer_ids_are_ids_too():
    samples = Samples.from_overlaps({1: 100, 2: 80}, {(1, 2): 20}, universe=1_000)
    assert samples.creators == ("1", "2")
    assert samples.rung.tolist() == [2, 2]


def test_a_creator_of_nobody_is_linked_to_almost_nobody():
    incidence = from_overlaps({"a": 100, "b": 0}, {}, universe=1_000)
    assert _expected(incidence, 0)[1, 1] < 1e-6


@pytest.mark.parametrize(
    ("sizes", "pairs", "options", "message"),
    [
        ({"a": -1}, {}, {}, "0 people or more"),
        ({}, {}, {}, "0 people or more"),
        ({"a": float("nan")}, {}, {}, "0 people or more"),
        ({"a": 10, "b": 5}, {("a", "b"): 6}, {}, "cannot share 6 people"),
        ({"a": 10, "b": 5}, {("a", "b"): -1}, {}, "cannot share"),
        ({"ann": 10, "bob": 5}, {("ann", "bop"): 1}, {}, "Did you mean `bob`"),
        ({"a": 10, "b": 9}, {("a", "b"): 1}, {"universe": 12}, "universe of 12 people is too small"),
    ],
    ids=["negative", "none", "nan", "more than the smaller", "negative overlap", "unknown", "small universe"],
)
def test_evidence_that_cannot_be_is_refused(sizes, pairs, options, message):
    with pytest.raises(BadInput, match=message):
        from_overlaps(sizes, pairs, **options)


def _problem(link, n=5, seed=0):
    rng = np.random.default_rng(seed)
    sizes = rng.uniform(200, 900, n)
    shared = rng.uniform(10, 150, (n, n))
    known = np.triu(rng.random((n, n)) < 0.6, 1)
    known |= known.T
    censored = ~known & ~np.eye(n, dtype=bool)
    evidence = Evidence(sizes, (shared + shared.T) / 2, known, censored)
    model = Model(link, 5_000.0, n)
    return model, evidence, model.start(sizes, rng)


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link.name)
def test_the_slope_of_the_loss_is_its_numeric_slope(link):
    model, evidence, theta = _problem(link)
    numeric = approx_fprime(theta, lambda t: loss(model, evidence, t)[0], 1e-6)
    assert loss(model, evidence, theta)[1] == pytest.approx(numeric, rel=2e-3, abs=2e-2)


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link.name)
def test_the_curvature_is_the_square_of_the_numeric_errors_slopes(link):
    model, evidence, theta = _problem(link)
    n = model.n_creators
    upper = np.triu_indices(n, 1)

    def errors(t):
        chance, people = state(model, t).flat
        pair = (chance * people) @ chance.T - evidence.shared
        pair = np.where(evidence.known, pair, np.maximum(pair, 0.0))[upper]
        taste = model.intensities(t)
        return np.concatenate(
            [
                pair / np.sqrt(evidence.shared[upper] + 1.0),
                (chance @ people - evidence.sizes) * np.sqrt(evidence.size_trust),
                (taste - taste.mean(axis=1, keepdims=True)).ravel() / 1.0,
                t[-9:-1] / 0.5,
                [t[-1] / 0.8],
            ]
        )

    step = 1e-5
    slopes = np.array([(errors(theta + step * e) - errors(theta - step * e)) / (2 * step) for e in np.eye(theta.size)])
    found, wanted = curvature(model, evidence, theta), slopes @ slopes.T
    assert np.abs(found - wanted).max() <= 1e-3 * np.abs(wanted).max()


@pytest.mark.parametrize(("cap", "wrong"), [(1e6, False), (0.0, True)], ids=["far under", "over"])
def test_a_censored_pair_errs_only_above_its_cap(cap, wrong):
    model, evidence, theta = _problem(LINKS[0])
    nobody = np.zeros_like(evidence.known)
    capped = Evidence(evidence.sizes, np.full((5, 5), cap), nobody, ~np.eye(5, dtype=bool))
    pair, _, trust = misfit(state(model, theta), capped)
    beside = ~np.eye(5, dtype=bool)
    assert (pair[beside] > 0).all() == wrong
    assert (trust[beside] > 0).all() == wrong


def test_curvature_is_symmetric():
    matrix = curvature(*_problem(LINKS[0]))
    assert np.allclose(matrix, matrix.T)
