import numpy as np
import pytest

from asterism.signals.text.tone import BIO_TEXTS, ENOUGH, USUAL, in_tone, tone_of, tone_part
from asterism.signals.text.tone_words import TONE_CALLED, TONE_WORDS
from tests.signals.text.said import corpus_of

SAID = {
    "ann": ["How to tie a scarf", "My view", "Schritt für Schritt zum Kleid", "my learnings"],
    "bob": ["MDR trop drôle", "Haha!"],
    "cleo": [],
    "dan": [],
}


def test_a_tone_is_the_words_that_give_it_away() -> None:
    counted = in_tone(corpus_of(SAID), ["tutorial"])
    assert counted.hits.tolist() == [2, 0, 0, 0]
    assert counted.n.tolist() == [4, 2, 0, 0]
    assert in_tone(corpus_of(SAID), ["funny", "tutorial"]).hits.tolist() == [2, 2, 0, 0]


def test_a_bio_counts_as_several_captions() -> None:
    counted = in_tone(corpus_of(SAID, {"ann": "Just a tutorial girl", "cleo": "Cars"}), ["tutorial"])
    assert counted.hits.tolist() == [2 + BIO_TEXTS, 0, 0, 0]
    assert counted.n.tolist() == [4 + BIO_TEXTS, 2, BIO_TEXTS, 0]


def test_a_word_no_tone_of_ours_is_looked_for_itself_and_signs_mean_themselves() -> None:
    corpus = corpus_of({"ann": ["so gritty", "grittyness", "cc is fun"]})
    assert in_tone(corpus, ["Gritty"]).hits.tolist() == [1]
    assert in_tone(corpus, ["c+"]).hits.tolist() == [0]
    assert tone_of(" Relatable ") == "everyday"


def test_other_names_mean_tones_of_ours() -> None:
    assert set(TONE_CALLED.values()) <= set(TONE_WORDS)


def test_the_part_scores_the_share_of_enough_and_is_unknown_without_texts() -> None:
    part = tone_part(corpus_of(SAID, {"cleo": "Cars"}), ["tutorial"])
    mean = (2 + USUAL.share * USUAL.texts) / (4 + USUAL.texts)
    assert part.score[0] == pytest.approx(min(1, mean / ENOUGH))
    assert np.isnan(part.score[3])
    assert part.evidence.tolist() == [
        "50% of 4 captions sound tutorial", "0% of 2 captions sound tutorial", "0% of the bio sound tutorial",
        "no captions and no bio",
    ]  # fmt: skip
