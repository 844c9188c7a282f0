from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import pytest

from asterism.signals.text.embedder import Embedder, Floats, Tfidf
from asterism.signals.text.language import spoken
from asterism.signals.text.niche import (
    ENOUGH,
    NICHES,
    SHRINK,
    Niches,
    known_niche,
    niche_of,
    niche_part,
    share_range,
    wanted_niches,
)  # fmt: skip
from asterism.signals.text.niche_words import ALSO_CALLED, NICHE_WORDS
from tests.signals.text.said import corpus_of

SAID = {
    "cook": ["My pasta recipe with cheese", "Baking a chocolate cake #healthyfood", "dinner is served"],
    "mode": ["Mein neues Kleid mit Jacke und Stiefel #outfit", "neue Schuhe"],
    "pup": ["Our puppy and the other dogs #dogsofinstagram"],
    "talk": ["hmm", "so it goes"],
    "mute": [],
}


@dataclass(frozen=True, slots=True)
class Hashed:
    """Word counts in a few hundred buckets: a second way to make vectors."""

    buckets: int = 4096

    def _vectors(self, texts: Sequence[str]) -> Floats:
        found = np.zeros((len(texts), self.buckets))
        for row, text in enumerate(texts):
            for word in text.split():
                found[row, crc32(word.encode()) % self.buckets] += 1
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)

    def fit(self, texts: Sequence[str]) -> "HashedVectors":
        return HashedVectors(self, self._vectors(texts))


@dataclass(frozen=True, slots=True)
class HashedVectors:
    made_by: Hashed
    vectors: Floats

    def similarity(self, queries: Sequence[str]) -> Floats:
        return np.asarray(self.vectors @ self.made_by._vectors(queries).T)


def niches(asked: Sequence[str] = (), embedder: Embedder | None = None) -> Niches:
    corpus = corpus_of(SAID)
    return niche_of(corpus, spoken(corpus), asked, embedder)


@pytest.mark.parametrize("embedder", [Tfidf(), Hashed()], ids=["tf-idf", "hashed"])
def test_each_creator_has_the_niche_of_its_words_whoever_makes_the_vectors(embedder: Embedder) -> None:
    assert niches(embedder=embedder).best.tolist()[:3] == ["food", "fashion", "pets"]


def test_shares_add_up_and_are_unknown_without_words() -> None:
    found = niches()
    assert found.shares[:3].sum(axis=1) == pytest.approx(1.0)
    assert np.isnan(found.shares[3:]).all()
    assert found.best.tolist()[3:] == ["", ""]
    assert found.n.tolist() == [3, 2, 1, 2, 0]


def test_shares_are_what_the_formula_says() -> None:
    @dataclass(frozen=True)
    class Fixed:
        def fit(self, texts: Sequence[str]) -> "Fixed":
            assert len(texts) == 5
            return self

        def similarity(self, queries: Sequence[str]) -> Floats:
            near = np.zeros((5, len(queries)))
            near[0, NICHES.index("food")], near[0, NICHES.index("art")], near[1, NICHES.index("food")] = 0.3, 0.1, -0.5
            near[1, NICHES.index("pets")] = 0.4
            return near

    size = {name: len(set(NICHE_WORDS[name].split())) ** 0.5 for name in ("food", "art", "pets")}
    seen = [{"food": 0.3 * size["food"], "art": 0.1 * size["art"]}, {"pets": 0.4 * size["pets"]}]
    totals = [sum(row.values()) for row in seen]
    usual = {name: np.mean([row.get(name, 0) / t for row, t in zip(seen, totals, strict=True)]) for name in size}
    prior = SHRINK * np.median(totals)
    found = niches(embedder=Fixed())
    for creator, row in enumerate(seen):
        for name in size:
            share = (row.get(name, 0) + prior * usual[name]) / (totals[creator] + prior)
            assert found.shares[creator, NICHES.index(name)] == pytest.approx(share)


def test_more_texts_narrow_the_range() -> None:
    corpus = corpus_of({"one": ["pasta recipe"], "many": ["pasta recipe"] * 20, "cars": ["car engine"]})
    low, high = share_range(niche_of(corpus, spoken(corpus)), "food")
    assert high[1] - low[1] < (high[0] - low[0]) / 2
    assert (low >= 0).all()
    assert (high <= 1).all()


def test_a_word_that_is_no_niche_of_ours_stands_for_itself() -> None:
    wanted = wanted_niches(["Beekeeping", "fasion", "fashion"])
    assert wanted == ("beekeeping", "fashion")
    corpus = corpus_of({"bee": ["beekeeping is my life #beekeeping"], "cook": ["pasta recipe"]})
    found = niche_of(corpus, spoken(corpus), wanted)
    assert found.names[-1] == "beekeeping"
    assert found.best.tolist() == ["beekeeping", "food"]


def test_words_of_a_language_we_have_no_list_for_do_not_count_by_accident() -> None:
    cut = "Hôm nay mình cắt giấy với cát nhiều màu sắc"  # without accents, words of ours for a pet and a bag
    corpus = corpus_of({"vi": [cut], "game": ["chơi hay quá #minecraft"]})
    found = niche_of(corpus, spoken(corpus))
    assert found.best.tolist() == ["", "gaming"]


@pytest.mark.parametrize(
    ("word", "niche"),
    [("fashion", "fashion"), ("fasion", "fashion"), ("fashion 0.5", "fashion"), ("by", ""), ("pet", "pets"),
     ("Beauté", "beauty"), ("Home & Garden", "interior"), ("Technologie", "tech"), ("other", ""), ("", "")],
)  # fmt: skip
def test_dirty_words_mean_a_niche_or_none(word: str, niche: str) -> None:
    assert known_niche(word) == niche


def test_every_other_name_means_a_niche_of_ours() -> None:
    assert set(ALSO_CALLED.values()) <= set(NICHES)
    assert not set(ALSO_CALLED) & set(NICHES)


def test_the_part_scores_the_share_of_enough_and_says_what_it_read() -> None:
    found = niches()
    part = niche_part(found, ("food", "pets"))
    share = found.shares[:, NICHES.index("food")] + found.shares[:, NICHES.index("pets")]
    assert part.score.tolist() == pytest.approx(np.minimum(share / ENOUGH, 1).tolist(), nan_ok=True)
    for row in range(3):
        n = found.n[row]
        mean = (share[row] * n + 0.5) / (n + 1)
        assert part.sd[row] == pytest.approx(np.sqrt(mean * (1 - mean) / (n + 2)) / ENOUGH)
    assert part.evidence[[0, 2, 4]].tolist() == [
        "3 texts, mostly food",
        "1 text, mostly pets",
        "no words that speak of any niche",
    ]
    assert part.known.tolist() == [True, True, True, False, False]
