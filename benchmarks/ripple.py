"""Ripple on generated graphs: `python -m benchmarks.ripple [FOLDER]`, about ten minutes; FOLDER keeps the graphs.

Core seconds are the processor's (the clock's for several threads), the median of several seeds, after one question that
loads the kernels; each line is a process of its own, so its peak memory is its own. Spread is simulated forwards by
code that shares nothing with ours, and by cynetdiff where that is installed.
"""

import array
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from asterism.audience.cascade import Ask, spread_from
from asterism.audience.graph import Graph, build_graph
from benchmarks.chart import seconds_chart
from benchmarks.graphs import chung_lu, rmat

MAKERS = {"rmat": rmat, "chung-lu": chung_lu}
PARTS = ("start", "source", "node")
CODES = ("OPIM-C", "SUBSIM", "HIST")
ANCHORS = {
    ("rmat", 50, 0.1, 1.0): (4.20, 0.534, 0.601),
    ("rmat", 50, 0.02, 1.0): (7.81, 0.836, 0.958),
    ("rmat", 200, 0.1, 1.0): (9.56, 1.07, 0.520),
    ("rmat", 1000, 0.1, 1.0): (6.15, 0.976, 1.02),
    ("chung-lu", 50, 0.1, 1.0): (0.246, 0.156, 0.144),
    ("chung-lu", 1000, 0.1, 1.0): (0.273, 0.219, 0.132),
    ("chung-lu", 50, 0.1, 1.5): (None, 9.3, 0.83),
}
"""Core seconds of the C++ reference codes OPIM-C, SUBSIM and HIST on such a machine, as far as they were measured."""


@dataclass(frozen=True)
class Case:
    """A question to a graph; each arc passes on with chance `influence` / in-degree."""

    graph: str
    k: int = 50
    epsilon: float = 0.1
    influence: float = 1.0
    model: str = "ic"
    threads: int = 1
    runs: int = 5


COLUMNS = (
    "graph", "k", "ε", "spread by", "core s", "OPIM-C / SUBSIM / HIST s", "sets", "µs a set", "million arcs a s",
    "spread", "proven", "MB",
)  # fmt: skip
CASES = (
    Case("rmat"),
    Case("rmat", epsilon=0.02),
    Case("rmat", k=200),
    Case("rmat", k=1000, runs=3),
    Case("rmat", k=1000, runs=3, threads=2),
    Case("rmat", model="lt"),
    Case("chung-lu"),
    Case("chung-lu", k=1000, runs=3),
    Case("chung-lu", k=1000, runs=3, threads=2),
    Case("chung-lu", influence=1.5),
    Case("chung-lu", model="lt"),
)


def kept(folder, name):
    """The folder of a graph's arrays, made once."""
    home = folder / name
    if not (home / "node.npy").exists():
        home.mkdir(parents=True, exist_ok=True)
        n, sources, targets = MAKERS[name]()
        graph = build_graph(sources, targets, n_nodes=n)
        for part in PARTS:
            np.save(home / f"{part}.npy", getattr(graph, part))
    return home


def opened(home, influence=1.0):
    """The graph of a folder."""
    start, source, node = (np.load(home / f"{part}.npy") for part in PARTS)
    if influence == 1.0:
        return Graph(node.size, start, source, None, node)
    degree = np.diff(start.astype(np.int64))
    chance = np.minimum(1.0, influence / np.maximum(degree, 1)).astype(np.float32)
    return Graph(node.size, start, source, np.repeat(chance, degree), node)


def measured(case, home):
    """Core seconds, sets, spread and peak memory of one case, in this process."""
    graph = opened(home, case.influence)
    clock = time.perf_counter if case.threads > 1 else time.thread_time
    found = []
    for seed in range(case.runs + 1):
        ask = Ask(k=case.k, epsilon=case.epsilon, model=case.model, seed=seed, threads=case.threads)
        found.append(spread_from(graph, ask, clock))
    middle = sorted(found[1:], key=lambda ripple: ripple.seconds)[case.runs // 2]
    return {
        "seconds": middle.seconds,
        "sets": middle.rr_sets,
        "spread": middle.spread,
        "guarantee": middle.guarantee,
        "seeds": list(middle.seeds),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "arcs": graph.n_arcs,
    }


def by_source(graph):
    """(first, target) of every row's arcs outwards, and each arc's chance by its target."""
    degree = np.diff(graph.start.astype(np.int64))
    target = np.repeat(np.arange(graph.n_nodes, dtype=np.uint32), degree)
    order = np.argsort(graph.source, kind="stable")
    first = np.concatenate([[0], np.cumsum(np.bincount(graph.source, minlength=graph.n_nodes))])
    return first, target[order], 1.0 / np.maximum(degree, 1)


def simulated(first, target, chance, seeds, runs):
    """Mean and standard error of how many nodes a cascade from the seeds reaches; each run walks outwards."""
    rng, totals = np.random.default_rng(7), []
    for _ in range(runs):
        active = np.zeros(first.size - 1, dtype=bool)
        active[seeds] = True
        wave = np.asarray(seeds)
        while wave.size:
            count = first[wave + 1] - first[wave]
            arc = np.repeat(first[wave] - np.concatenate([[0], np.cumsum(count)[:-1]]), count) + np.arange(count.sum())
            met = target[arc]
            wave = np.unique(met[(rng.random(met.size) < chance[met]) & ~active[met]]).astype(np.int64)
            active[wave] = True
        totals.append(active.sum())
    return float(np.mean(totals)), float(np.std(totals, ddof=1) / np.sqrt(runs))


def peer_spread(first, target, chance, seeds, runs):
    """The same by cynetdiff (C++), with its processor seconds per run; nothing where it is not installed."""
    try:
        from cynetdiff.models import IndependentCascadeModel
    except ImportError:
        return None
    model = IndependentCascadeModel(
        array.array("I", first[:-1].astype(np.uint32).tobytes()),
        array.array("I", target.tobytes()),
        activation_probs=array.array("f", chance[target].astype(np.float32).tobytes()),
    )
    model.set_seeds([int(s) for s in seeds])
    begun, total = time.process_time(), 0
    for _ in range(runs):
        model.reset_model()
        model.advance_until_completion()
        total += model.get_num_activated_nodes()
    return total / runs, (time.process_time() - begun) / runs


def anchors(case):
    """Seconds of the reference codes on a case, as far as they are known."""
    if case.model != "ic":
        return {}
    known = ANCHORS.get((case.graph, case.k, case.epsilon, case.influence), ())
    return {code: seconds for code, seconds in zip(CODES, known, strict=False) if seconds is not None}


def line(case, got):
    """One row of the table."""
    theirs = anchors(case)
    anchor = " / ".join(f"{theirs[code]:.3g}" if code in theirs else "–" for code in CODES) if theirs else "–"
    words = f"{case.model}, {case.influence:g} / in-degree" + (f", {case.threads} threads" if case.threads > 1 else "")
    return (
        f"| {case.graph} | {case.k} | {case.epsilon} | {words} | {got['seconds']:.3f} | {anchor} | {got['sets']:,} | "
        f"{1e6 * got['seconds'] / got['sets']:.2f} | {got['arcs'] / got['seconds'] / 1e6:,.0f} | "
        f"{got['spread']:,.0f} | {got['guarantee']:.2f} | {got['memory_mb']:.0f} |"
    )


def picture(answers):
    """The seconds beside those of the reference codes, as an SVG."""
    rows = [
        (f"{c.graph}, k {c.k}, ε {c.epsilon:g}" + (f", {c.influence:g}/d" if c.influence > 1 else ""),
         {**anchors(c), "Asterism": got["seconds"]})
        for c, got in answers if anchors(c) and c.threads == 1
    ]  # fmt: skip
    return seconds_chart("How many seconds to find the seeds?", rows)


def judged(home, answers):
    """What simulations say of the spreads under 1 / in-degree, one line per case."""
    graph = opened(home)
    first, target, chance = by_source(graph)
    row = graph.rows()
    for case, got in answers:
        seeds = row[got["seeds"]].astype(np.int64)
        mean, error = simulated(first, target, chance, seeds, 20)
        peer = peer_spread(first, target, chance, seeds, 20)
        theirs = "not installed" if peer is None else f"{peer[0]:,.0f}, {peer[1]:.3f} s a run"
        print(f"| {case.graph} | {case.k} | {got['spread']:,.0f} | {mean:,.0f} ± {error:,.0f} | {theirs} |", flush=True)


def main(folder):
    """The two tables, and the picture beside this file."""
    print(f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|")
    answers = []
    for case in CASES:
        home = kept(folder, case.graph)
        asked = [sys.executable, "-m", "benchmarks.ripple", str(home), json.dumps(asdict(case))]
        got = json.loads(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)
        answers.append((case, got))
        print(line(case, got), flush=True)
    print("\n| graph | k | stated | simulated | cynetdiff |\n|---|---|---|---|---|")
    for name in MAKERS:
        plain = [(c, g) for c, g in answers if (c.graph, c.model, c.influence, c.threads) == (name, "ic", 1.0, 1)]
        judged(folder / name, plain)
    Path(__file__).with_suffix(".svg").write_text(picture(answers), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps(measured(Case(**json.loads(sys.argv[2])), Path(sys.argv[1]))))
    elif len(sys.argv) == 2:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary))
