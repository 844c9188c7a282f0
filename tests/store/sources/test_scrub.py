import pytest

from asterism.store.sources.scrub import scrub

KEY = "AIza-Key"


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        pytest.param(f"https://x.example/a?key={KEY}&b=1", "https://x.example/a?key=***&b=1", id="key in an address"),
        pytest.param("https://x/?access_token=zzz", "https://x/?access_token=***", id="somebody's token"),
        pytest.param("https://x/?client_secret=z&limit=5", "https://x/?client_secret=***&limit=5", id="secret"),
        pytest.param({KEY: [f"say {KEY}"]}, {"***": ["say ***"]}, id="names and lists"),
        pytest.param("monkey=fun and keys = two", "monkey=fun and keys = two", id="words that only look like it"),
        pytest.param({"n": 5, "t": True, "z": None, "f": 0.5}, {"n": 5, "t": True, "z": None, "f": 0.5}, id="others"),
        pytest.param("caf\u00e9 \U0001f31f", "caf\u00e9 \U0001f31f", id="letters of all kinds"),
        pytest.param("half \ud83c a star", "half ? a star", id="half a letter"),
    ],
)
def test_keys_are_hidden_wherever_they_stand(part, expected):
    assert scrub(part, (KEY,)) == expected


def test_a_secret_of_few_letters_does_not_eat_words():
    assert scrub("an apple", ("a",)) == "an apple"
