import math

import numpy as np
import pytest

from asterism.signals.text.embedder import GRAMS, PART_WEIGHT, Tfidf

TEXTS = [
    "good food and wine",
    "food food everywhere",
    "glutenfree foodblog",
    "cars and engines",
    "foods foody foodie foodist foodish foodless",
    "",
]
QUERIES = ["food recipe", "cars", "nothing here"]


def parts_of(word):
    padded = f" {word} "
    width = GRAMS[0]
    return [padded[i : i + width] for i in range(max(1, len(padded) - width + 1))]


def naive(texts, queries, cut, counted_once):
    """Cosine of 1 + log tf times idf, in plain loops."""
    bags = [[part for word in text.split() for part in cut(word)] for text in texts]
    words = [set(text.split()) for text in texts]
    there = {}
    for term in {term for bag in bags for term in bag}:
        if counted_once:
            carriers = [w for w in set().union(*words) if term in cut(w)]
            there[term] = min(len(texts), sum(sum(w in seen for seen in words) for w in carriers))
        else:
            there[term] = sum(term in bag for bag in bags)

    def vector(bag):
        weights = {}
        for term in set(bag) & set(there):
            weights[term] = (1 + math.log(bag.count(term))) * (math.log((1 + len(texts)) / (1 + there[term])) + 1)
        return weights

    def cosine(a, b):
        norm = math.sqrt(sum(x * x for x in a.values()) * sum(x * x for x in b.values()))
        return sum(a[t] * b[t] for t in a if t in b) / norm if norm else 0.0

    asked = [vector([part for word in query.split() for part in cut(word)]) for query in queries]
    return np.array([[cosine(vector(bag), query) for query in asked] for bag in bags])


@pytest.mark.parametrize("weight", [0.0, 1.0, PART_WEIGHT], ids=["words", "parts", "both"])
def test_similarity_is_the_cosine_that_plain_loops_give(weight):
    found = Tfidf(weight).fit(TEXTS).similarity(QUERIES)
    words = naive(TEXTS, QUERIES, lambda word: [word], counted_once=False)
    parts = naive(TEXTS, QUERIES, parts_of, counted_once=True)
    assert found == pytest.approx((1 - weight) * words + weight * parts)


def test_a_hashtag_of_words_run_together_is_near_its_words():
    found = Tfidf().fit(TEXTS).similarity(["food"])[:, 0]
    assert found[1] > found[2] > found[3] == found[5] == 0


def test_the_same_texts_give_the_same_vectors():
    first, second = (Tfidf().fit(TEXTS).similarity(QUERIES) for _ in range(2))
    assert np.array_equal(first, second)


def test_texts_without_any_word_are_near_nothing():
    assert Tfidf().fit(["", "!"]).similarity(["food"]).tolist() == [[0.0], [0.0]]
    assert Tfidf().fit([]).similarity(["food"]).shape == (0, 1)
