import numpy as np
import pytest

from asterism.signals.text.language import spoken
from asterism.signals.text.safety import SEVERITY, USUAL, WORST, Safety, read_safety, safety_part, suspects
from asterism.signals.text.terms import BY_LANGUAGE, CATEGORIES
from asterism.signals.text.terms.language import split
from tests.signals.text.said import corpus_of


def read(*captions: str, bio: str = "") -> Safety:
    corpus = corpus_of({"ann": list(captions)}, {"ann": bio})
    return read_safety(corpus, spoken(corpus))


def found(text: str) -> set[str]:
    return {hit.category for hit in read(text).flags}


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("They murdered him in the street last night", "violence"),
        ("Gestern wurde er auf der Straße erschossen, schrecklich", "violence"),
        ("Hier soir une fusillade dans la rue, c'est terrible", "violence"),
        ("Anoche hubo un tiroteo en la calle, qué horror", "violence"),
        ("Ontem teve um tiroteio na rua, que horror gente", "violence"),
        ("Ieri sera c'è stata una sparatoria per strada, terribile", "violence"),
        ("you are all retards and I mean it", "hate"),
        ("Find my porn on my page, link below", "adult"),
        ("Rolling a joint with the boys before the show", "drugs"),
        ("Ein Bier am Abend mit meinen besten Freunden", "alcohol"),
        ("Une bière en terrasse avec les copains ce soir", "alcohol"),
        ("Una birra con gli amici dopo una lunga giornata", "alcohol"),
        ("Una cerveza con los amigos después de trabajar", "alcohol"),
        ("Uma cerveja com os amigos depois do trabalho hoje", "alcohol"),
        ("Free spins at my favourite casino tonight, link in bio", "gambling"),
        ("What the fuck was that, I can't believe it", "profanity"),
        ("that is some sh*t I can't believe", "profanity"),
        ("Das ist so eine Scheiße, ich kann das nicht glauben", "profanity"),
        ("We drove drunk driving through the city at night", "dangerous acts"),
        ("Everybody should vote for Trump this time, I say", "politics"),
        ("Geht wählen! Die AfD darf nicht in den Bundestag", "politics"),
        ("This tea cures cancer, I swear it does, buy it now", "medical claims"),
        ("Este té detox me ayudó a bajar de peso rápido, lo juro", "medical claims"),
    ],
    ids=lambda value: value[:24],
)  # fmt: skip
def test_a_term_is_found_in_its_language(text: str, category: str) -> None:
    assert category in found(text)
    assert suspects(corpus_of({"ann": [text]}, {"ann": ""})).tolist() == [True]


def test_whoever_says_no_such_word_is_no_suspect() -> None:
    assert suspects(corpus_of({"ann": ["Sunny day"], "ben": ["Sunny", "What the fuck"]})).tolist() == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        "What a killer outfit, those killer heels are to die for",
        "Shot on my new phone, a photo shoot in the drug store and the drugstore",
        "Sexy red dress for date night, I feel so sexy in it",
        "Foodporn at its best, this is real food porn",
        "This lipstick is wine red with a champagne glitter",
        "My white house, my cocktail dress and my shrimp cocktail",
        "No alcohol, no drugs, we never smoke cigarettes in this house",
        "Stop the murders, end domestic violence now please",
        "Heute war ich in der Drogerie und kaufte weinrote Farbe bei der Drogeriemarktkette",
        "Ich trinke kein Bier und keinen Wein, ich mag das nicht",
        "Ma salopette et mon pantalon, c'est une tuerie ce look",
        "Je ne bois pas de vin et sans alcool on s'amuse aussi",
        "Mi hermana vino a verme, mi perra y la copa del mundo",
        "Vou matar a saudade de vocês, baseado em fatos reais",
        "Che culo, una bomba alla crema e un bastardino dolcissimo",
        "the grapes, the seaweed and the cockpit of the classic plane",
        "Voted best assistant in class, passing the assessment",
    ],
    ids=lambda value: value[:24],
)  # fmt: skip
def test_what_only_looks_like_a_term_is_left_alone(text: str) -> None:
    assert found(text) == set()


def test_a_negation_takes_a_drink_back_but_not_a_curse() -> None:
    assert found("We want no more of cocaine") == set()
    assert found("We want no more of that cocaine") == {"drugs"}  # four words before: too far to be sure
    assert found("I never touched cocaine") == set()
    assert found("there is no fucking way this works") == {"profanity"}


def test_english_words_count_everywhere_unless_they_are_words_of_the_language() -> None:
    assert found("Das war so fucking gut heute, ich liebe meine Arbeit") == {"profanity"}
    assert found("J'aime les carottes râpées, la rape est neuve pour la cuisine") == set()
    assert found("Eu mănânc cel puțin trei feluri de fructe în fiecare zi, putin câte putin") == set()


def test_names_of_accounts_and_addresses_are_not_read() -> None:
    assert found("thanks to @fuck.photo and www.casino.com for having us here today") == set()


def test_a_hit_says_where_it_stands() -> None:
    hits = read("A calm day. What a shit show it was!\nAnd then some wine", bio="Whisky lover").flags
    by_category = {(hit.category, hit.post_id): hit for hit in hits}
    curse, drink, bio = (by_category[key] for key in (("profanity", "ann1"), ("alcohol", "ann1"), ("alcohol", None)))
    assert (curse.creator_id, curse.term, curse.sentence) == ("ann", "shit", "What a shit show it was!")
    assert drink.sentence == "And then some wine"
    assert (bio.term, bio.sentence) == ("whisky", "Whisky lover")
    assert read("x", bio="Whisky lover").of(0)[0].term == "whisky"


def test_a_long_sentence_is_cut_around_the_term() -> None:
    (hit,) = read("so " * 100 + "fuck " + "and on " * 100).flags
    assert "fuck" in hit.sentence
    assert len(hit.sentence) <= 162
    assert hit.sentence.startswith("…")
    assert hit.sentence.endswith("…")


def test_shares_count_texts_and_severity_the_worst_of_each() -> None:
    texts = ["fuck this shit and the wine", "a glass of wine with you", "hello there friends", "good morning to you"]
    safety = read(*texts)
    assert safety.n.tolist() == [4]
    assert safety.hits[0, CATEGORIES.index("alcohol")] == 2
    assert safety.hits[0, CATEGORIES.index("profanity")] == 1
    assert safety.any.tolist() == [2]
    assert safety.severity.tolist() == pytest.approx([SEVERITY["profanity"] + SEVERITY["alcohol"]])
    share = safety.share("alcohol")
    assert share.mean[0] == pytest.approx((2 + USUAL.share * USUAL.texts) / (4 + USUAL.texts))
    assert share.low[0] < share.mean[0] < share.high[0]


def test_the_score_falls_with_severity_and_is_unknown_without_texts() -> None:
    corpus = corpus_of({"calm": ["a lovely day"] * 9, "rude": ["fuck this day"] * 9, "mute": []})
    safety = read_safety(corpus, spoken(corpus))
    part = safety_part(safety)
    mean = (9 * SEVERITY["profanity"] + USUAL.share * USUAL.texts) / (9 + USUAL.texts)
    assert part.score.tolist() == pytest.approx(
        [1 - USUAL.share * USUAL.texts / 14 / WORST, max(0, 1 - mean / WORST), np.nan], nan_ok=True
    )
    assert part.evidence.tolist() == ["0 of 9 texts to look at", "9 of 9 texts to look at: profanity 9", "no texts"]


def test_a_text_of_unknown_language_is_read_in_its_creators() -> None:
    german = "Heute zeige ich euch mein neues Kleid, ich liebe es sehr"
    corpus = corpus_of({"ann": [german, german, "Bier"], "bob": ["Bier"]})
    assert [hit.creator_id for hit in read_safety(corpus, spoken(corpus)).flags] == ["ann"]


@pytest.mark.parametrize("code", BY_LANGUAGE)
def test_every_list_speaks_of_every_category_and_says_nothing_twice(code: str) -> None:
    terms = BY_LANGUAGE[code]
    assert set(terms.by_category) == set(CATEGORIES) == set(SEVERITY)
    for category in CATEGORIES:
        listed = terms.terms(category)
        assert len(listed) == len(set(listed)) >= 8
    assert split(terms.innocent)
    assert split(terms.negations)
    named = {term for category in CATEGORIES for term in terms.terms(category)}
    assert set(split(terms.foreign)) <= named
