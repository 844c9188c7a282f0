import numpy as np
import pyarrow as pa
import pytest

from asterism.signals.text.language import SPOKEN, in_languages, language_part, languages_of, spoken
from tests.signals.text.said import corpus_of

EN = "This is what I had for breakfast today and it was lovely"
DE = "Heute zeige ich euch mein neues Kleid, ich liebe es sehr"
FR = "Voici ma nouvelle robe, je l'aime beaucoup et vous ?"
NOTHING = np.array([""], dtype=object)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (EN, "en"),
        (DE, "de"),
        (FR, "fr"),
        ("Hoy os enseño mi vestido nuevo, me encanta muchísimo", "es"),
        ("Hoje eu vou mostrar o meu vestido novo, não é lindo?", "pt"),
        ("Oggi vi mostro il mio vestito nuovo, lo adoro davvero", "it"),
        ("từ khi còn tay trắng", "vi"),
        ("Сегодня был очень хороший день", "ru"),
        ("今日はとても楽しかったです", "ja"),
        ("오늘 정말 즐거웠어요", "ko"),
        (f"😍😍 {DE} 😍 #love #fashion #style #ootd #instagood @the.english.name", "de"),
        ("#love #fashion #style #instagood", ""),
        ("😍😍😍 @ann", ""),
        ("ok", ""),
        ("đẹp", ""),
        ("", ""),
    ],
    ids=[
        "en",
        "de",
        "fr",
        "es",
        "pt",
        "it",
        "vi",
        "ru",
        "ja",
        "ko",
        "among signs",
        "tags",
        "signs",
        "short",
        "three letters",
        "empty",
    ],
)
def test_a_text_has_one_language_or_none(text: str, language: str) -> None:
    assert languages_of(pa.array([text])).tolist() == [language]


def test_the_languages_told_apart_are_known_to_the_model() -> None:
    assert len(set(SPOKEN)) == len(SPOKEN)
    assert languages_of(pa.array([], pa.string())).tolist() == []


def test_a_creator_writes_in_the_language_of_most_texts() -> None:
    corpus = corpus_of({"ann": [EN, DE, EN, "ok"], "bob": ["!"], "cleo": []}, {"ann": EN, "cleo": FR})
    found = spoken(corpus)
    assert found.language.tolist() == ["en", "", "fr"]
    assert found.share.tolist() == pytest.approx([0.75, np.nan, 1.0], nan_ok=True)
    assert found.n.tolist() == [4, 0, 1]


def test_the_share_in_wanted_languages_counts_texts_and_what_a_profile_states() -> None:
    corpus = corpus_of({"ann": [EN, DE, DE]})
    found = spoken(corpus)
    counted = in_languages(corpus, found, ["DE", "fr"], NOTHING)
    assert (counted.hits.tolist(), counted.n.tolist()) == ([2], [3])
    assert counted.mean.tolist() == pytest.approx([(2 + 0.5) / (3 + 1)])
    stated = in_languages(corpus, found, ["de-AT"], np.array(["de"], dtype=object))
    assert (stated.hits.tolist(), stated.n.tolist()) == ([5], [6])


def test_norwegian_and_filipino_have_one_code_each() -> None:
    corpus = corpus_of({"ann": []})
    for wanted, stated in (("nb", "no"), ("fil", "tl"), ("pt_BR", "pt")):
        assert in_languages(corpus, spoken(corpus), [wanted], np.array([stated], dtype=object)).hits.tolist() == [3]


def test_the_part_is_unknown_without_texts_and_surer_with_more() -> None:
    corpus = corpus_of({"ann": [EN], "bob": [EN] * 9, "cleo": ["!"]})
    part = language_part(corpus, spoken(corpus), ["en"], np.array(["", "", ""], dtype=object))
    assert part.known.tolist() == [True, True, False]
    assert part.sd[0] > 2 * part.sd[1]
    assert part.score[0] < part.score[1]
    assert part.evidence.tolist() == [
        "1 of 1 text in en",
        "9 of 9 texts in en",
        "no text long enough to tell a language",
    ]


def test_the_evidence_says_what_the_profile_states() -> None:
    corpus = corpus_of({"ann": [EN], "bob": []})
    part = language_part(corpus, spoken(corpus), ["en"], np.array(["de", "en"], dtype=object))
    assert part.evidence.tolist() == ["1 of 1 text in en; the profile states de", "the profile states en"]
    assert part.score.tolist() == pytest.approx([1.5 / 5, 3.5 / 4])
