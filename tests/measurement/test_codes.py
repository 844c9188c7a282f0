"""Promo codes as words."""

from datetime import UTC, date, datetime

import pytest

from asterism.errors import BadInput
from asterism.measurement.codes import ALPHABET, insist_on_pattern, plain, window, word_from, word_of

ANA = {"HANDLE": "ana.glow", "FIRST": "Ana Ruiz", "NAME": "Ana Ruiz", "TIER": "micro", "CAMPAIGN": "Spring launch"}


def first(letters):
    return letters[0]


def free(_word):
    return False


@pytest.mark.parametrize(
    ("given", "kept"), [("ana15", "ANA15"), (" a n a ", "ANA"), ("X_1-2", "X_1-2")], ids=["case", "blanks", "signs"]
)
def test_a_word_is_kept_in_upper_case(given, kept):
    assert word_of(given) == kept


@pytest.mark.parametrize("given", ["", "ab", "ÄNNA", "-ANA", "A" * 41, "ANA!", "=SUM(A1)", "<script>", "１２３"])
def test_a_word_is_made_of_letters_a_to_z_digits_and_two_signs(given):
    with pytest.raises(BadInput, match="no promo code"):
        word_of(given)


@pytest.mark.parametrize(
    ("pattern", "word"),
    [("{HANDLE}", "ANAGLOW"), ("{first}15", "ANA15"), ("{NAME}-{TIER}", "ANARUIZ-MICRO"), ("{HANDLE}{N}", "ANAGLOW1"),
     ("GO{RANDOM}", "GO2222"), ("{RANDOM6}", "222222"), ("{CAMPAIGN}_{N}", "SPRINGLAUNCH_1")],
)  # fmt: skip
def test_a_pattern_is_filled_with_the_creators_names(pattern, word):
    assert word_from(pattern, ANA, free, first) == word


@pytest.mark.parametrize(
    ("pattern", "taken", "word"),
    [("{HANDLE}{N}", {"ANAGLOW1", "ANAGLOW2"}, "ANAGLOW3"), ("{FIRST}15", {"ANA15"}, "ANA15-2"),
     ("{FIRST}15", {"ANA15", "ANA15-2"}, "ANA15-3")],
    ids=["the next number", "a second of that name", "a third"],
)  # fmt: skip
def test_a_word_that_is_taken_is_told_apart(pattern, taken, word):
    assert word_from(pattern, ANA, taken.__contains__, first) == word


def test_letters_by_chance_are_drawn_again_until_they_are_free():
    drawn = iter("AAAABBBB")
    assert word_from("{RANDOM}", {}, {"AAAA"}.__contains__, lambda _: next(drawn)) == "BBBB"


def test_a_name_in_another_script_is_replaced_by_letters_by_chance():
    assert word_from("{HANDLE}15", {"HANDLE": "花子"}, free, first) == "222215"


def test_where_nothing_is_free_that_is_said():
    with pytest.raises(BadInput, match="No code of the pattern"):
        word_from("{RANDOM2}A", ANA, lambda _: True, first)


def test_a_long_name_leaves_room_for_what_tells_it_apart():
    word = word_from(
        "{NAME}{HANDLE}", {"NAME": "a" * 30, "HANDLE": "b" * 30}, {f"{'A' * 20}{'B' * 20}"}.__contains__, first
    )
    assert len(word) == 40
    assert word.endswith("B-2")


@pytest.mark.parametrize(
    ("pattern", "says"),
    [("SUMMER15", "same code"), ("{TIER}15", "same code"), ("{BRAND}{N}", "stands for nothing"),
     ("{HANDLE2}", "stands for nothing"), ("{RANDOM99}", "stands for nothing"), ("{N}15%", "cannot stand"),
     ("{FIRST} {N}", "cannot stand")],
)  # fmt: skip
def test_a_pattern_that_cannot_work_is_refused(pattern, says):
    with pytest.raises(BadInput, match=says):
        insist_on_pattern(pattern)


def test_letters_by_chance_look_like_no_others():
    assert not set("01OIL") & set(ALPHABET)


def test_a_name_becomes_letters_and_digits():
    assert plain("Zoë K. 2") == "ZOEK2"


def test_days_are_those_of_the_workspace_the_last_one_included():
    starts, ends = window(date(2026, 12, 1), date(2026, 12, 24), "America/New_York")
    assert starts == datetime(2026, 12, 1, 5, tzinfo=UTC)
    assert ends == datetime(2026, 12, 25, 5, tzinfo=UTC)
    assert window(None, None, "UTC") == (None, None)


def test_one_day_is_a_window_and_a_day_before_is_none():
    assert window(date(2026, 12, 1), date(2026, 12, 1), "UTC")[1] == datetime(2026, 12, 2, tzinfo=UTC)
    with pytest.raises(BadInput, match="before the first"):
        window(date(2026, 12, 2), date(2026, 12, 1), "UTC")
