"""A table of captions, and what must not change a verdict."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asterism.campaigns.disclosure.judging import judge
from asterism.campaigns.disclosure.placement import FOLDS
from asterism.campaigns.disclosure.post import Facts, Setting
from asterism.campaigns.disclosure.readings import READINGS
from asterism.campaigns.disclosure.rules import JURISDICTIONS, PLATFORM_RULES, RULES, rules_for
from asterism.campaigns.disclosure.verdict import NOTICE, Disclosure
from asterism.creators.schema import FORMATS, PLATFORMS
from tests.campaigns.disclosure_cases import CASES, Case

SETTING = ("jurisdiction", "platform", "format", "platform_label")


def judged(text: str, where: dict[str, Any]) -> Disclosure:
    setting = {name: value for name, value in where.items() if name in SETTING}
    return judge(text, Setting(**setting), Facts(**{n: v for n, v in where.items() if n not in SETTING}))


@pytest.mark.parametrize(("verdict", "text", "where"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_every_caption_gets_its_verdict(verdict: str, text: str, where: dict[str, Any]) -> None:
    found = judged(text, where)
    assert found.verdict == verdict, found.sentence
    assert found.passes == (verdict == "pass")


def test_the_table_is_long_and_names_each_case_once() -> None:
    assert len(CASES) >= 150
    assert len({case[0] for case in CASES}) == len({(case[2], str(case[3])) for case in CASES}) == len(CASES)
    assert {case[3]["jurisdiction"] for case in CASES} == set(JURISDICTIONS)


SOUND = [case for case in CASES if case[1] == "pass"]
SHORT = [case for case in SOUND if len(case[2]) < 70]
TAIL = st.text(st.sampled_from("abcdefghij aeiou 123 .!?\n#@-😀é"), max_size=400)
NOTHING_BESIDE = ("#", "@")


def swapped(text: str, flips: list[bool]) -> str:
    return "".join(
        c.swapcase() if flip else c for c, flip in zip(text, flips * (len(text) // len(flips) + 1), strict=False)
    )


@given(case=st.sampled_from(CASES), flips=st.lists(st.booleans(), min_size=1, max_size=7))
def test_capital_letters_change_nothing(case: Case, flips: list[bool]) -> None:
    assert judged(swapped(case[2], flips), case[3]).verdict == case[1]


@given(case=st.sampled_from(CASES), spaces=st.integers(1, 6))
def test_spaces_change_nothing(case: Case, spaces: int) -> None:
    wide = case[2].replace(" ", " " * spaces)
    assert judged(f"  {wide}{' ' * spaces}", case[3]).verdict == case[1]


@given(case=st.sampled_from(SHORT), before=st.text("🌿✨😀❤️🇫🇷", max_size=6), after=st.text("🌿✨😀", max_size=6))
def test_emoji_around_change_nothing(case: Case, before: str, after: str) -> None:
    assert judged(before + case[2] + after, case[3]).verdict == "pass"


@given(case=st.sampled_from(CASES), at=st.integers(0, 300), hidden=st.sampled_from("\u200b\u200d\u2060\ufeff\u00ad"))
def test_invisible_characters_change_nothing(case: Case, at: int, hidden: str) -> None:
    at = min(at, len(case[2]))
    assert judged(case[2][:at] + hidden + case[2][at:], case[3]).verdict == case[1]


OPENINGS = [("US", "#ad"), ("US", "Sponsored by @x."), ("UK", "AD |"), ("FR", "Publicité :"), ("DE", "Werbung |")]


@given(opening=st.sampled_from(OPENINGS), tail=TAIL)
def test_nothing_behind_a_sound_opening_makes_it_fail(opening: tuple[str, str], tail: str) -> None:
    jurisdiction, words = opening
    assert judge(words, Setting(jurisdiction)).verdict == "pass"
    assert judge(f"{words} {tail}", Setting(jurisdiction)).verdict != "fail"


@given(text=st.text(max_size=300), jurisdiction=st.sampled_from([*JURISDICTIONS]), kind=st.sampled_from(FORMATS))
def test_any_text_gets_an_answer(text: str, jurisdiction: str, kind: str) -> None:
    found = judge(text, Setting(jurisdiction, "tiktok", kind))
    assert found.rules
    assert found.sentence.endswith(".")


@given(text=st.text(st.sampled_from("abc xyz,.!\n"), max_size=200), jurisdiction=st.sampled_from([*JURISDICTIONS]))
def test_a_text_without_any_word_for_it_never_passes(text: str, jurisdiction: str) -> None:
    assert not judge(text, Setting(jurisdiction, platform_label=True)).passes


def test_every_rule_cites_its_source_and_has_a_reading() -> None:
    every = (*RULES, *PLATFORM_RULES)
    assert len({rule.id for rule in every}) == len(every)
    for rule in every:
        assert rule.version
        assert rule.source
        assert date(2015, 1, 1) < rule.date < date(2027, 1, 1)
        assert rule.test in READINGS
        assert set(rule.formats) <= set(FORMATS)
        assert set(rule.platforms) <= set(PLATFORMS)
    assert set(READINGS) == {rule.test for rule in every}
    assert set(FOLDS) == set(PLATFORMS)


@pytest.mark.parametrize("jurisdiction", list(JURISDICTIONS))
@pytest.mark.parametrize("kind", FORMATS)
def test_every_country_has_words_denial_and_language_for_every_format(jurisdiction: str, kind: str) -> None:
    tests = [rule.test for rule in rules_for(jurisdiction, "instagram", kind)]
    assert {"words", "denial", "language"} <= set(tests)
    assert len(set(tests)) == len(tests)


@pytest.mark.parametrize(
    ("platform", "kind", "asked"),
    [("instagram", "post", True), ("tiktok", "video", True), ("youtube", "short", True), ("linkedin", "post", False),
     ("instagram", "blog", False), ("youtube", "podcast", False)],
)  # fmt: skip
def test_a_platform_that_asks_for_its_label_is_heard_and_decides_nothing(platform: str, kind: str, asked: bool) -> None:
    facts = Facts(spoken=True, on_screen=True)
    off, on = (judge("#ad Tea", Setting("US", platform, kind, label), facts) for label in (False, True))
    labels = [[a.met for a in found.rules if a.rule.id == f"{platform}-label"] for found in (off, on)]
    assert labels == ([[False], [True]] if asked else [[], []])
    assert off.verdict == on.verdict == "pass"
    assert ("asks for its own label" in off.sentence) == asked
    assert "asks for its own label" not in on.sentence


def test_an_answer_says_what_was_found_what_to_change_and_that_it_is_no_advice() -> None:
    told = judge("Rainy walk #tea #ad #rain #hills", Setting("US")).to_dict()
    tags = next(rule for rule in told["rules"] if rule["id"] == "us-ftc-tags")
    assert tags["met"] is False
    assert tags["found"] == "«#ad» is number 2 of 4 hashtags and links in a row."
    assert tags["change"] == "Set it apart, at the start."
    assert {"version", "date", "source"} <= set(tags)
    assert told["notice"] == NOTICE
    assert "not legal advice" in NOTICE
    assert (told["passes"], told["verdict"]) == (False, "fail")


def test_words_are_quoted_as_the_text_has_them() -> None:
    assert "«＃ＡＤ»" in judge("Tea ＃ＡＤ", Setting("US")).sentence
    denied = judge("So, this is NOT a  sponsored video!", Setting("US"))
    assert "«NOT a sponsored video»" in denied.sentence


def test_what_a_denial_asks_for_is_the_truth() -> None:
    answers = {a.rule.test: a for a in judge("This is not sponsored", Setting("US")).rules}
    assert answers["denial"].met is False
    assert "no disclosure is due" in answers["denial"].change
