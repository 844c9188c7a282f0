"""Known crowds, and real streams: reach from sizes and pairs, judged on unions counted person by person."""

import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from asterism.audience import bounds
from asterism.audience.overlap import from_overlaps
from asterism.audience.reach import reach
from asterism.audience.samples import Samples
from tests.recovery.crowd import crowd, naive_reach

STREAMS = Path(__file__).resolve().parents[3] / "shared/data/twitch_overlap_it/twitch-graph_17-31_july.gexf"
SPACE = {"g": "http://gexf.net/1.3"}


def _error(truth, incidence, n, rng, repeats):
    sets = [rng.choice(len(truth.ids), n, replace=False) for _ in range(repeats)]
    return np.mean([abs(naive_reach(incidence, s) / truth.reach(s) - 1.0) for s in sets])


def _errors(seed, kind, repeats=20):
    truth, rng = crowd(seed), np.random.default_rng(1_000 + seed)
    pairs = {"all": truth.pairs, "sampled": truth.sampled_pairs(rng), "censored": truth.censored_pairs()}[kind]
    limits = (0.10, 40) if kind == "censored" else None
    pairs = {p: min(n, *(truth.sizes[c] for c in p)) for p, n in pairs.items()}
    incidence = from_overlaps(truth.sizes, pairs, universe=60_000, censored_below=limits)
    return [_error(truth, incidence, n, rng, 1 if n == 50 else repeats) for n in (12, 25, 50)]


def test_reach_from_all_pairs_is_nearly_exact():
    twelve, twenty_five, fifty = np.mean([_errors(seed, "all") for seed in (4, 11)], axis=0)
    assert twelve <= 0.01
    assert twenty_five <= 0.015
    assert fifty <= 0.02


@pytest.mark.campaign
@pytest.mark.parametrize(
    ("kind", "limits"), [("all", (0.01, 0.015, 0.02)), ("sampled", (0.03,) * 3), ("censored", (0.03,) * 3)]
)
def test_reach_from_pairs_over_sixteen_crowds(kind, limits):
    errors = np.mean([_errors(seed, kind) for seed in range(16)], axis=0)
    print(kind, errors)
    assert (errors <= limits).all()


@pytest.fixture(scope="module")
def streams():
    if not STREAMS.exists():
        pytest.skip("no shared/data/twitch_overlap_it beside the repository")
    root = ET.parse(STREAMS).getroot()  # noqa: S314
    viewers, shared = ".//g:attvalue[@for='unique viewers']", ".//g:attvalue[@for='shared viewers']"
    sizes = {n.get("id"): int(n.find(viewers, SPACE).get("value")) for n in root.iterfind(".//g:node", SPACE)}
    pairs = {
        (e.get("source"), e.get("target")): int(e.find(shared, SPACE).get("value"))
        for e in root.iterfind(".//g:edge", SPACE)
    }
    return sizes, pairs


def _largest(streams, n):
    sizes, pairs = streams
    ids = sorted(sizes, key=lambda c: -sizes[c])[:n]
    people = np.array([sizes[c] for c in ids], dtype=float)
    found = np.array([[pairs.get((a, b), pairs.get((b, a), np.nan)) for b in ids] for a in ids])
    cap = np.maximum(0.1 * np.minimum(people[:, None], people), 40.0)
    least = bounds.lower(people, np.where(np.isnan(found), cap, found))
    return ids, least, bounds.upper(people, np.nan_to_num(found))


@pytest.mark.shared
def test_the_bounds_of_the_ten_largest_streams_are_those_published(streams):
    _, least, most = _largest(streams, 10)
    assert (round(least), round(most)) == (157_914, 246_544)


@pytest.mark.shared
@pytest.mark.campaign
def test_reach_of_the_largest_streams_lies_within_logic_and_admits_its_doubt(streams):
    samples = Samples.from_overlaps(*streams, censored_below=(0.10, 40))
    for n in (10, 20):
        ids, least, most = _largest(streams, n)
        found = reach(samples, ids)
        print(n, found.people, found.low, found.high, least, most)
        assert least <= found.people <= most
        assert found.high - found.people >= 0.1 * found.people
        assert found.people - found.low >= 0.1 * found.people


@pytest.mark.shared
@pytest.mark.campaign
def test_held_out_pairs_are_predicted_no_worse_than_by_a_constant_share(streams):
    sizes, pairs = streams
    held = {list(pairs)[i] for i in np.random.default_rng(0).choice(len(pairs), len(pairs) // 5, replace=False)}
    known = {pair: n for pair, n in pairs.items() if pair not in held}
    incidence = from_overlaps(sizes, known | dict.fromkeys(held, np.nan), censored_below=(0.10, 40))
    rows = np.zeros((incidence.n_people, incidence.n_creators))
    rows[np.repeat(np.arange(incidence.n_people), np.diff(incidence.start)), incidence.link] = incidence.chance
    shared, column = (rows * incidence.weight[:, None]).T @ rows, {c: i for i, c in enumerate(incidence.creators)}
    smaller = {pair: min(sizes[pair[0]], sizes[pair[1]]) for pair in pairs}
    constant = np.mean([n / smaller[pair] for pair, n in known.items()])
    ours = np.mean([abs(shared[column[a], column[b]] - pairs[a, b]) for a, b in held])
    theirs = np.mean([abs(constant * smaller[pair] - pairs[pair]) for pair in held])
    print(ours, theirs)
    assert ours <= theirs
