"""Judging: a text against the rules that hold where it stands, resting on the mark that serves it best."""

from dataclasses import replace
from typing import Final

from asterism.campaigns.disclosure.language import guess
from asterism.campaigns.disclosure.marks import Mark
from asterism.campaigns.disclosure.post import Facts, Post, Setting
from asterism.campaigns.disclosure.readings import READINGS
from asterism.campaigns.disclosure.rules import JURISDICTIONS, WORDS, rules_for
from asterism.campaigns.disclosure.verdict import Disclosure, RuleAnswer, verdict_of

_ORDER: Final = {"pass": 0, "unclear": 1, "fail": 2}
_OPENNESS: Final = (True, None, False)
MOST_WEIGHED: Final = 40
"""Marks weighed against each other; of more, the later ones cannot stand better than the earlier."""
_GUESSED: Final = ("US", "UK", "EU")
"""Where the language of the text stands for the audience's; France and Germany ask for their own words."""


def judge(text: str, setting: Setting, facts: Facts | None = None) -> Disclosure:
    """Whether a text, taken as a paid post, discloses that well enough where it stands.

    >>> judge("#ad My new favourite mug", Setting()).verdict
    'pass'
    """
    facts = facts or Facts()
    post = Post.of(text, setting, facts)
    post = replace(post, language=_audience(post))
    answers = min((_answers(post, mark) for mark in _candidates(post)), key=_rank)
    return Disclosure(
        setting.jurisdiction, setting.platform, setting.format, setting.platform_label, post.language,
        sentence(answers, post), answers,
    )  # fmt: skip


def _candidates(post: Post) -> tuple[Mark | None, ...]:
    """The clearest marks, the earlier first; and none, where there is none or the label may be all that is seen."""
    by_clearness = sorted(post.read.standing, key=lambda mark: _OPENNESS.index(READINGS["words"](post, mark).met))
    alone = (None,) if post.setting.platform_label or not by_clearness else ()
    return (*by_clearness[:MOST_WEIGHED], *alone)


def _answers(post: Post, mark: Mark | None) -> tuple[RuleAnswer, ...]:
    setting = post.setting
    rules = rules_for(setting.jurisdiction, setting.platform, setting.format)
    readings = [READINGS[rule.test](post, mark) for rule in rules]
    return tuple(RuleAnswer(rule, r.met, r.found, r.change) for rule, r in zip(rules, readings, strict=True))


def _rank(answers: tuple[RuleAnswer, ...]) -> tuple[int, int, int, int]:
    """Better first: the verdict, then clear words, then fewer broken and open rules; the earlier mark wins a tie."""
    met = [answer.met for answer in answers if answer.rule.binding]
    words = next(answer.met for answer in answers if answer.rule.test == "words")
    return _ORDER[verdict_of(answers)], _OPENNESS.index(words), met.count(False), met.count(None)


def _audience(post: Post) -> str:
    """What the audience reads: as stated, else as the text is written where that counts, else as the country reads."""
    if post.facts.language:
        return post.facts.language
    usual = WORDS[post.setting.jurisdiction].language
    return (guess(post.folded) if post.setting.jurisdiction in _GUESSED else "") or usual


def sentence(answers: tuple[RuleAnswer, ...], post: Post) -> str:
    """The verdict and its first reason in words; after a pass, what else is asked."""
    where = f"under the rules of {JURISDICTIONS[post.setting.jurisdiction]}"
    binding = [answer for answer in answers if answer.rule.binding]
    verdict = verdict_of(answers)
    if verdict == "pass":
        said = next(answer for answer in binding if answer.rule.test == "words")
        more = [f"{a.rule.asks} {a.change}" for a in answers if a.rule.test == "terms" and not a.met]
        return " ".join([f"Passes {where}: {said.found}", *more])
    open_or_broken = False if verdict == "fail" else None
    first = next(answer for answer in binding if answer.met is open_or_broken)
    return f"{verdict.capitalize().replace('Fail', 'Fails')} {where}: {first.found} {first.change}".strip()
