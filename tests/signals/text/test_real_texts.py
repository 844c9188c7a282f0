"""Real captions beside the repository: what is told of their language and niche, and what safety stops at."""

from functools import cache
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pytest

from asterism.creators.ingest import ingest_all
from asterism.creators.tables import Tables
from asterism.signals.lineup import Lineup
from asterism.signals.text.corpus import Corpus, fold, read_corpus
from asterism.signals.text.language import spoken
from asterism.signals.text.niche import known_niche, niche_of
from asterism.signals.text.safety import read_safety
from asterism.store.files import open_tables
from tests.signals.text.said import lineup_of

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the real data (shared/data beside the repository) is not here"),
]

CREATORS = 1_500


@cache
def _read(name: str) -> Tables:
    (found,) = open_tables(str(SHARED / "kim_instagram" / name)).tables
    (table,) = ingest_all(found)
    return Tables(table.table) if "influencers" in name else Tables(table.table.slice(0, 0), posts=table.table)


@cache
def _corpus() -> tuple[Lineup, Corpus]:
    creators, posts = _read("influencers.txt").creators, _read("posts.parquet").posts
    with_posts = creators.filter(pc.is_in(creators["creator_id"], value_set=pc.unique(posts["creator_id"])))
    every = max(1, with_posts.num_rows // CREATORS)
    tables = Tables(with_posts.take(np.arange(0, with_posts.num_rows, every)), posts=posts)
    lineup = lineup_of(tables)
    return lineup, read_corpus(lineup, tables)


def test_most_captions_have_a_language_and_many_languages_are_spoken() -> None:
    found = spoken(_corpus()[1])
    codes, counts = np.unique(found.of_caption.astype(str), return_counts=True)
    shares = dict(zip(codes.tolist(), (counts / counts.sum()).tolist(), strict=True))
    print({code: round(share, 3) for code, share in sorted(shares.items(), key=lambda item: -item[1])[:8]})
    assert shares[""] < 0.15
    assert 0.6 < shares["en"] < 0.85
    assert sum(share > 0.002 for share in shares.values()) >= 8


def test_where_a_niche_is_named_it_is_mostly_the_one_the_source_gives() -> None:
    lineup, corpus = _corpus()
    best = niche_of(corpus, spoken(corpus)).best
    stated = np.array([known_niche(word) for word in lineup.texts("niche")], dtype=object)
    both = (best != "") & (stated != "")
    agree, largest = np.mean(best[both] == stated[both]), np.mean(stated[both] == "fashion")
    print(f"named {np.mean(best != ''):.0%}, of those agree {agree:.0%}, fashion alone {largest:.0%}, n = {both.sum()}")
    assert agree > 0.45
    pets = (stated == "pets") & (best != "")
    assert np.mean(best[pets] == "pets") > 0.5


def test_safety_stops_at_few_captions_and_shows_the_sentence() -> None:
    _, corpus = _corpus()
    safety = read_safety(corpus, spoken(corpus))
    share = safety.any.sum() / safety.n.sum()
    print(f"{share:.1%} of {safety.n.sum():.0f} texts have a term")
    assert 0.01 < share < 0.06
    shown = [hit.term.split()[0] in fold(hit.sentence) for hit in safety.flags]
    assert np.mean(shown) == 1.0
