"""Authenticity as a whole: the share of real followers, the signal, and the words it never uses."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from asterism.creators.tables import Tables
from asterism.market.accounts import accounts_table
from asterism.market.histories import draw_histories
from asterism.market.simulation import simulate
from asterism.signals.authenticity.parts import WEIGHTS
from asterism.signals.authenticity.signal import Authenticity, authenticity
from asterism.signals.statistics import SufficientStatistics
from tests.signals.authenticity.making import PRIORS, creator, lineup, statistics, tables, weekly

SOURCE = Path(__file__).resolve().parents[3] / "src"
USUAL = PRIORS.authentic()


def found(given: Tables) -> Authenticity:
    return authenticity(lineup(given), given, statistics(given), PRIORS)


def test_with_nothing_known_the_share_is_the_prior_and_the_signal_wide() -> None:
    given = tables()
    seen = authenticity(lineup(given), given, SufficientStatistics.none(), PRIORS)
    assert (seen.real[0], seen.low[0], seen.high[0]) == pytest.approx((USUAL.mean, USUAL.low, USUAL.high), abs=1e-3)
    assert seen.source[0] == "prior: nothing is known of the followers"
    assert seen.signal.known[0] == 0.0
    assert seen.signal.high[0] - seen.signal.low[0] > 0.2
    assert all(part.evidence[0] for part in seen.signal.parts)


def test_every_part_is_listed_with_its_weight() -> None:
    seen = found(tables())
    assert {part.name: part.weight for part in seen.signal.parts} == WEIGHTS
    assert seen.signal.formula.startswith("0.3 × account sample + ")


EVIDENCE: dict[str, dict[str, Any]] = {
    "accounts": {"accounts": [{"creator_id": "a", "person": str(k), "followers": 200, "following": 300, "posts": 9}
                              for k in range(100)]},
    "vendor": {"creators": [creator(credible=0.76)]},
    "history": {"snapshots": weekly([10_000 + 9 * week for week in range(12)])},
    "profile": {"creators": [creator(country="BR")],
                "audiences": [{"creator_id": "a", "dimension": "country", "bucket": "BR", "share": 0.9}]},
}  # fmt: skip


@pytest.mark.parametrize("what", EVIDENCE)
def test_what_is_known_narrows_the_signal(what: str) -> None:
    nothing, something = found(tables()), found(tables(**EVIDENCE[what]))
    assert something.signal.known[0] > 0
    assert something.signal.high[0] - something.signal.low[0] < nothing.signal.high[0] - nothing.signal.low[0]


@pytest.mark.parametrize("what", ["accounts", "vendor"])
def test_what_is_known_of_followers_narrows_the_share(what: str) -> None:
    seen = found(tables(**EVIDENCE[what]))
    assert seen.high[0] - seen.low[0] < USUAL.high - USUAL.low


def test_an_annotation_changes_the_share_back_to_what_it_was() -> None:
    steps = [10_000 + 8_000 * (week >= 6) for week in range(12)]
    history, note = weekly(steps), {"creator_id": "a", "date": weekly(steps)[6]["as_of"], "text": "On television"}
    bare, noted = found(tables(snapshots=history)), found(tables(snapshots=history, annotations=[note]))
    assert bare.real[0] < USUAL.mean - 0.03
    assert "growth nobody explained" in bare.source[0]
    assert noted.real[0] == pytest.approx(USUAL.mean, abs=1e-3)
    assert noted.signal.value[0] > bare.signal.value[0]


def test_every_creator_of_a_market_has_a_share_a_range_and_a_signal() -> None:
    market = simulate(60, 3_000, seed=2)
    rng = np.random.default_rng(0)
    past = draw_histories(rng, market.truth)
    half = accounts_table(rng, market.truth, 30).slice(0, 900)
    given = Tables(market.tables.creators, posts=market.tables.posts, audiences=market.tables.audiences,
                   accounts=half, snapshots=past.snapshots, annotations=past.annotations)  # fmt: skip
    seen = found(given)
    n = market.tables.creators.num_rows
    for values in (seen.real, seen.low, seen.high, seen.signal.value, seen.signal.low, seen.signal.high):
        assert values.shape == (n,)
        assert np.all((values >= 0) & (values <= 1))
    assert np.all((seen.low <= seen.real) & (seen.real <= seen.high))
    assert seen.signal.known[:30].min() > seen.signal.known[30:].max() - 0.4
    assert all(isinstance(words, str) and words for words in seen.source)


def test_no_creators_are_no_trouble() -> None:
    given = Tables(tables().creators.slice(0, 0))
    assert authenticity(lineup(given), given, SufficientStatistics.none(), PRIORS).real.size == 0


def test_figures_are_odd_or_usual_and_nobody_is_accused() -> None:
    accusing = re.compile(r"fraud|culprit", re.IGNORECASE)
    files = [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.j2"), *SOURCE.rglob("*.html")]
    said = {path.name: accusing.findall(path.read_text(encoding="utf-8")) for path in files}
    assert {name: words for name, words in said.items() if words} == {}
    assert len(files) > 100
