"""What is answered: one `RuleAnswer` per rule that holds for the post, and the `Disclosure` they make together."""

from dataclasses import dataclass
from typing import Any, Final, Literal

from asterism.campaigns.disclosure.rules import Rule

NOTICE: Final = "Words and places are checked by rule; this is not legal advice."
Verdict = Literal["pass", "fail", "unclear"]


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """Whether one rule is met (None where a text alone cannot show it, or opinions differ), why, and what to change.

    `change` is empty where the rule is met and nothing is better done.
    """

    rule: Rule
    met: bool | None
    found: str
    change: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The rule and its answer by name."""
        return self.rule.to_dict() | {"met": self.met, "found": self.found, "change": self.change}


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Whether a post that is paid for says so well enough, rule by rule; `sentence` is the answer in words.

    Parameters
    ----------
    language
        What the audience reads: as stated, as guessed from the text, or the country's; "" where nobody can say.
    rules
        One answer for each rule that holds for this country, platform and format.
    """

    jurisdiction: str
    platform: str
    format: str
    platform_label: bool
    language: str
    sentence: str
    rules: tuple[RuleAnswer, ...]

    @property
    def verdict(self) -> Verdict:
        """`fail` where a binding rule is broken, `unclear` where one is open, else `pass`."""
        return verdict_of(self.rules)

    @property
    def passes(self) -> bool:
        """Whether every binding rule is met."""
        return self.verdict == "pass"

    @property
    def notice(self) -> str:
        """What this answer is not."""
        return NOTICE

    def to_dict(self) -> dict[str, Any]:
        """The verdict, the sentence and every rule, as plain values."""
        return {
            "passes": self.passes,
            "verdict": self.verdict,
            "sentence": self.sentence,
            "jurisdiction": self.jurisdiction,
            "platform": self.platform,
            "format": self.format,
            "platform_label": self.platform_label,
            "language": self.language,
            "rules": [answer.to_dict() for answer in self.rules],
            "notice": self.notice,
        }


def verdict_of(answers: tuple[RuleAnswer, ...]) -> Verdict:
    """The verdict that binding rules make together: one broken rule fails, one open rule leaves it unclear."""
    met = {answer.met for answer in answers if answer.rule.binding}
    return "fail" if False in met else "unclear" if None in met else "pass"
