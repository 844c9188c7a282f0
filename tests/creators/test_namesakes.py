import math
from itertools import combinations

import pytest

from asterism.creators.common_words import COMMON
from asterism.creators.namesakes import COMMON_BITS, DIGIT_BITS, LETTER_BITS, PART_BITS, Rarity, core, likeness, words

NOBODY = Rarity.among({})


@pytest.mark.parametrize(
    ("one", "other"),
    [("@Ana_Bakes", "anabakes"), ("the.real.anabakes", "AnaBakes"), ("Zoë Müller", "zoemuller"),
     ("ana bakes 🌿", "anabakes"), ("anabakes.official", "anabakes"), ("김우빈", "@김우빈"),
     ("ANABAKES_TV", "anabakes")],
)  # fmt: skip
def test_ornaments_make_no_other_name(one: str, other: str) -> None:
    assert core(one) == core(other)


@pytest.mark.parametrize("name", ["realtor", "thea", "official", "tv", "itsy"])
def test_a_name_is_never_all_ornament(name: str) -> None:
    assert core(name) == name


def cheapest(name: str, known: dict[str, float]) -> float:
    """The least bits over every way to cut a name into pieces: a known word, or a single letter."""
    ways = []
    for n in range(len(name)):
        for cuts in combinations(range(1, len(name)), n):
            pieces = [name[a:b] for a, b in zip((0, *cuts), (*cuts, len(name)), strict=True)]
            if all(len(piece) == 1 or piece in known for piece in pieces):
                ways.append(sum(known.get(p, DIGIT_BITS if p.isdecimal() else LETTER_BITS) for p in pieces))
    return min(ways)


@pytest.mark.parametrize("name", ["travel", "foodlover", "annakov7", "zqxwv", "anna", "fitgirl92", "lovefood"])
def test_a_name_costs_its_cheapest_division(name: str) -> None:
    assert NOBODY.bits(name) == pytest.approx(cheapest(name, dict.fromkeys(COMMON, COMMON_BITS)))


def test_common_names_are_common_and_rare_ones_rare() -> None:
    assert NOBODY.bits("travel") == NOBODY.bits("anna") == COMMON_BITS
    assert NOBODY.bits("foodlover") == 2 * COMMON_BITS
    assert NOBODY.bits("zygmuntowicz") == 12 * LETTER_BITS


def test_a_word_that_three_of_one_platform_bear_costs_its_frequency() -> None:
    names = {"instagram": ["Zilpah", "zilpah!", "Zilpah.", *(f"nobody{i:03}" for i in range(997))]}
    assert Rarity.among(names).bits("zilpah") == pytest.approx(math.log2(1000 / 3))


def test_two_of_one_platform_may_be_chance() -> None:
    names = {"instagram": ["Zilpah", "zilpah!", *(f"nobody{i:03}" for i in range(998))]}
    assert Rarity.among(names).bits("zilpah") == NOBODY.bits("zilpah")


def test_a_word_that_each_platform_shows_once_may_be_one_person() -> None:
    names = {platform: ["Zilpah", "Ana"] for platform in ("instagram", "tiktok", "youtube", "x")}
    assert Rarity.among(names).bits("zilpah") == NOBODY.bits("zilpah") == 6 * LETTER_BITS


def test_a_word_of_a_name_of_several_is_no_rarer_than_family_names_are() -> None:
    assert Rarity.among({"x": ["Anna Zygmuntowicz"]}).bits("zygmuntowicz") == PART_BITS
    assert Rarity.among({"x": ["Zygmuntowicz"]}).bits("zygmuntowicz") == 12 * LETTER_BITS


def test_likeness_is_the_share_of_common_letter_pairs() -> None:
    assert likeness("abcd", "abxd") == pytest.approx(2 * 1 / 6)
    assert likeness("a", "a") == 1.0
    assert likeness("", "") == likeness("a", "ab") == 0.0


def test_words_are_parted_by_anything_but_letters() -> None:
    assert words("Ana-Bakes_92é!") == ("ana", "bakes", "92", "e")
