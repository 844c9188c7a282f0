"""What a reader must know before trusting a plan: thin evidence, fields without effect, rules of thumb that fail."""

from typing import Final

from asterism.planning.alternatives import Chosen
from asterism.planning.occasions import LASTING_WEEKS, TEST_USEFUL
from asterism.planning.phases import BUYING
from asterism.planning.plan import Verdict
from asterism.planning.question import Question
from asterism.planning.reasons import GOAL_WORDS, TierFacts
from asterism.quantities import figure
from asterism.signals.pricing.add_ons import add_on_words
from asterism.signals.table import Signals

WISDOM: Final = {
    "awareness": ("macro", "mega"),
    "effective_reach": ("macro", "mega"),
    "engagement": ("nano", "micro"),
    "conversions": ("nano", "micro"),
    "profit": ("nano", "micro"),
}
"""The tiers that practitioners' rules of thumb recommend for each goal."""

NO_EFFECT: Final = {
    "product_price": "only price_positioning changes the forecast",
}
"""Fields of the brief that are read and change nothing yet."""


def caveats(
    question: Question, signals: Signals, chosen: Chosen, verdict: Verdict, facts: dict[str, TierFacts]
) -> tuple[str, ...]:
    """Warnings of one plan, the weightiest first."""
    return (
        *_wisdom(question, verdict, facts),
        *_prices(question, chosen),
        *_add_ons(question),
        *_targets(question, signals, chosen),
        *_records(question, signals, chosen),
        *_occasion(question),
        *_hand_over(question),
        *_without_effect(question),
    )


def _wisdom(question: Question, verdict: Verdict, facts: dict[str, TierFacts]) -> list[str]:
    goal = question.objective.goal
    expected = [tier for tier in WISDOM[goal] if tier in facts]
    if verdict.leader in WISDOM[goal] or verdict.leader not in facts or not expected:
        return []
    rule = f"The trade's rule of thumb for {goal.replace('_', ' ')} is {' or '.join(WISDOM[goal])}"
    found = f"per 1,000 {question.brief.budget.currency} of fee {_typical(verdict.leader, expected, facts, goal)}"
    places = f"; {question.brief.limits.max_creators} creators are all that limits.max_creators allows"
    full = any(a.name in expected and a.creators == question.brief.limits.max_creators for a in verdict.alternatives)
    return [f"{rule}; here {verdict.leader} leads: {found}{places if full else ''}. Nothing is tuned to agree."]


def _typical(leader: str, expected: list[str], facts: dict[str, TierFacts], goal: str) -> str:
    """What typical posts of the leader and of the expected tiers give for the same money."""
    many = {tier: figure(1000 / max(facts[tier].per_result(goal), 1e-9)) for tier in (leader, *expected)}
    words = GOAL_WORDS[goal].replace("profit", "buyers")
    theirs = ", ".join(f"{tier} {many[tier]}" for tier in expected)
    return f"a typical {leader} post gives {many[leader]} {words}, against {theirs}"


def _prices(question: Question, chosen: Chosen) -> list[str]:
    guessed = sum(question.offers.fee_source[row] == "prior" for row in chosen.offers)
    if not guessed:
        return []
    what = f"{guessed} of {chosen.offers.size} fees are typical ones, not quotes"
    return [f"{what}: each may be off by a factor of two or more."]


def _add_ons(question: Question) -> list[str]:
    words = add_on_words(question.brief.add_ons)
    return [f"Fees include {words}, as the brief asks."] if words else []


def _targets(question: Question, signals: Signals, chosen: Chosen) -> list[str]:
    source = signals.creators["on_target_source"].to_pylist()
    guessed = sum(source[c] not in ("profile", "everybody") for c in question.offers.creator[chosen.offers])
    if not guessed:
        return []
    who = f"{guessed} of {chosen.offers.size} picks have no audience profile"
    return [f"{who}: their on-target share is a typical one."]


def _records(question: Question, signals: Signals, chosen: Chosen) -> list[str]:
    proven = signals.creators["record"].to_pylist()
    bare = sum(not proven[c] for c in question.offers.creator[chosen.offers])
    if not bare:
        return []
    who = f"{bare} of {chosen.offers.size} picks have no engagement on record"
    return [f"{who}: followers alone make no influencer."]


def _occasion(question: Question) -> list[str]:
    """What an occasion promises that the brief does not leave room for."""
    brief = question.brief
    useful = TEST_USEFUL / brief.exchange.factor(brief.budget.currency, "USD")
    if brief.occasion == "test" and float(brief.budget.amount) < useful:
        money = f"{useful:,.0f} {brief.budget.currency}"
        return [f"The trade finds tests below {money} not statistically useful: read differences with care."]
    if brief.occasion == "local" and not (brief.audience.cities or brief.audience.regions):
        return ["`occasion` is local, and `audience` names no city or region: nobody is nearer than anybody else."]
    if brief.occasion == "always_on" and brief.weeks < 2 * LASTING_WEEKS:
        return [f"`occasion` is always_on, and {brief.weeks} weeks leave little time for a relationship of months."]
    return []


def _hand_over(question: Question) -> list[str]:
    brief = question.brief
    if brief.hand_over is None or brief.goal in BUYING:
        return []
    return [f"`hand_over` has no effect on {brief.goal.replace('_', ' ')}: nobody is primed, and people count once."]


def _without_effect(question: Question) -> list[str]:
    brief = question.brief
    return [
        f"`{name}` has no effect on the plan yet: {why}." for name, why in NO_EFFECT.items() if getattr(brief, name)
    ]
