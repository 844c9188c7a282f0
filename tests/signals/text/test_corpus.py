from datetime import UTC, datetime

import pyarrow as pa
import pytest

from asterism.creators.tables import POSTS, Tables
from asterism.signals.text.corpus import LONGEST, MOST_CAPTIONS, fold, folded, nameless, plain, prose, read_corpus
from tests.signals.given import creators, rows
from tests.signals.text.said import corpus_of, lineup_of, said

TEXTS = ["Straße, CRÈME", "don’t Ångström", "Phần 1", "İstanbul ﬁn", "", "日本 🙈"]


def test_captions_come_newest_first_and_empty_ones_not_at_all() -> None:
    corpus = corpus_of({"ann": ["old", " ", None, "new"], "bob": ["one"]}, {"bob": "Bio"})
    assert corpus.captions.to_pylist() == ["new", "old", "one"]
    assert corpus.creator.tolist() == [0, 0, 1]
    assert corpus.posts["post_id"].to_pylist() == ["ann4", "ann1", "bob1"]
    assert corpus.bios.to_pylist() == ["", "Bio"]
    assert corpus.n.tolist() == [2, 1]


def test_only_the_newest_captions_are_read_and_undated_ones_last() -> None:
    many = {"post_id": "undated", "creator_id": "ann", "caption": "undated"}
    dated = [
        {**many, "post_id": str(i), "caption": str(i), "posted_at": datetime(2020, 1, 1, 0, 0, i, tzinfo=UTC)}
        for i in range(MOST_CAPTIONS)
    ]  # fmt: skip
    everything = Tables(creators({"creator_id": "ann"}), posts=rows(POSTS, many, *dated))
    corpus = read_corpus(lineup_of(everything), everything)
    assert corpus.captions.to_pylist() == [str(i) for i in reversed(range(MOST_CAPTIONS))]
    few = Tables(everything.creators, posts=everything.posts.slice(0, 3))
    assert read_corpus(lineup_of(few), few).captions.to_pylist() == ["1", "0", "undated"]


def test_posts_of_creators_not_considered_are_not_read() -> None:
    tables = said({"ann": ["hello"], "bob": ["there"]})
    tiktok = Tables(creators({"creator_id": "ann", "platform": "tiktok"}), posts=tables.posts)
    assert read_corpus(lineup_of(tiktok), tiktok).captions.to_pylist() == []


def test_letters_in_fancy_dress_are_letters_and_long_texts_are_cut() -> None:
    corpus = corpus_of({"ann": ["𝓗𝓮𝓵𝓵𝓸", "x" * (LONGEST + 9)]})
    assert corpus.captions.to_pylist() == ["x" * LONGEST, "Hello"]


def test_totals_count_captions_and_bios_per_creator() -> None:
    corpus = corpus_of({"ann": ["a", "b"], "bob": []}, {"bob": "c"})
    assert corpus.total(corpus.written).tolist() == [2, 1]


def test_one_text_is_folded_as_many_are() -> None:
    assert [fold(text) for text in TEXTS] == folded(pa.array(TEXTS)).to_pylist()


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Love it! 😍 #ootd @ann_b www.shop.com/x 25% off", "Love it off"),
        ("#only #tags @and.names", ""),
        ("☀️☀️ Été à l’île", "Été à l’île"),
        ("see bit.ly/abc now", "see now"),
    ],
    ids=["signs", "tags only", "accents stay", "short address"],
)
def test_prose_is_what_a_person_says(text: str, spoken: str) -> None:
    assert prose(pa.array([text])).to_pylist() == [spoken]


def test_words_keep_hashtags_and_lose_names_and_addresses() -> None:
    assert plain(pa.array(["Été #VeganFood @ann http://x.y/z 2 Eier"])).to_pylist() == ["ete veganfood 2 eier"]
    assert nameless(pa.array(["by @ann.b, #tag"])).to_pylist() == ["by  , #tag"]
