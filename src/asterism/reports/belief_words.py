"""Entries of the priors as people read them, and what became of them in one sentence."""

from collections.abc import Mapping, Sequence
from math import log
from typing import Any, Final

from asterism.creators.tiers import scheme
from asterism.quantities import figure

Told = Mapping[str, Any]

PLATFORMS: Final = {
    "instagram": "Instagram", "tiktok": "TikTok", "youtube": "YouTube", "twitch": "Twitch", "snapchat": "Snapchat",
    "linkedin": "LinkedIn", "pinterest": "Pinterest", "x": "X", "facebook": "Facebook",
}  # fmt: skip
MEASURES: Final = {
    "reach_rate": "reach per follower",
    "views_rate": "views per follower",
    "engagement_rate": "engagement",
    "fee": "fees",
    "click": "clicks per person reached",
    "convert": "orders per click",
    "unique_views": "viewers per view",
}
NAMED: Final = {
    "paid_to_quote": "fee paid, of what was asked",
    "sponsored_effect": "engagement of paid posts, against others",
    "priming": "orders of people met before, against others",
    "platform_log_sd": "how far whole campaigns differ",
    "post_log_sd": "how far engagement of single posts scatters",
    "post_log_sd.reach": "how far reach of single posts scatters",
    "post_log_sd.views": "how far views of single posts scatter",
    "fee_log_sd_of_quotes": "how far quotes scatter",
    "fake.low_cluster": "fake followers of ordinary accounts",
    "fake.high_cluster": "fake followers of inflated accounts",
    "fake.weight": "share of ordinary accounts",
    "fake.concentration": "how alike accounts are in fake followers",
    "reach_rate.views_first": "audience that one video reaches, on TikTok and YouTube",
    "click.any": "clicks per person reached",
    "click.story": "clicks per person reached by a story",
}
"""Entries whose names do not follow the pattern of measure, platform and format."""
HEADLINES: Final = ("fee", "reach_rate", "views_rate", "engagement_rate", "click", "convert")
"""Measures that are worth a place in the first sentence."""
WORTH_SAYING: Final = 0.05
"""Change below which a benchmark holds."""
WEIGHTY: Final = 0.3
"""Weight of one's own results from which a change is said in the first sentence."""
MOST_SAID: Final = 3


def words_of(name: str) -> str:
    """An entry's name in words.

    >>> words_of("fee.tiktok.video"), words_of("niche.click.beauty"), words_of("convert")
    ('fees for a video on TikTok', 'clicks per person reached in beauty, against all', 'orders per click')
    """
    if name in NAMED:
        return NAMED[name]
    first, _, rest = name.partition(".")
    if first in ("format", "niche", "platform"):
        measure, _, group = rest.partition(".")
        return _of_group(first, MEASURES.get(measure, measure.replace("_", " ")), group)
    if first not in MEASURES:
        return name.replace(".", ": ").replace("_", " ")
    platform, _, kind = rest.partition(".")
    for_ = f" {'for' if first == 'fee' else 'of'} a {kind}" if kind else ""
    return f"{MEASURES[first]}{for_}{f' on {_platform(platform)}' if platform else ''}"


def _of_group(kind: str, measure: str, group: str) -> str:
    if kind == "format":
        return f"{measure} {'for' if measure == 'fees' else 'of'} a {group}, against a post"
    return f"{measure} {'in ' + group if kind == 'niche' else 'on ' + _platform(group)}, against all"


def _platform(name: str) -> str:
    return PLATFORMS.get(name, name.capitalize())


def ratio(update: Told) -> float:
    """How many times what was believed is now believed."""
    return float(update["after"]["mean"]) / float(update["before"]["mean"])


def changed(times: float) -> str:
    """A change in words.

    >>> changed(0.88), changed(1.4), changed(2.6), changed(1.01)
    ('12% lower', '40% higher', '2.6 times', 'as shipped')
    """
    if abs(times - 1) < WORTH_SAYING / 2:
        return "as shipped"
    if times >= 2:
        return f"{figure(round(times, 1))} times"
    return f"{abs(times - 1):.0%} {'higher' if times > 1 else 'lower'}"


def answer(evidence: Told) -> str:
    """What is known now that was not before, in one sentence."""
    campaigns, creators = evidence.get("campaigns", 0), evidence.get("creators", 0)
    since = f"After {campaigns:,} campaign{'s' * (campaigns != 1)}" if campaigns else f"From {creators:,} creators"
    said = [(_where(update), changed(ratio(update))) for update in _telling(evidence.get("updates", ()))]
    if not said:
        return f"{since}, the benchmarks hold: nothing we can be sure of came out more than {WORTH_SAYING:.0%} away."
    (what, change), *more = said
    first = f"{what} came out {change} {'as high as' if change.endswith('times') else 'than'} the benchmark"
    return f"{', '.join([f'{since}: {first}', *(f'{what} {change}' for what, change in more)])}."


def _where(update: Told) -> str:
    """What is said of whom: `fees of micro creators on Instagram`."""
    words, followers = words_of(update["name"]), update.get("followers")
    if not followers:
        return words
    tier = tier_of(followers)
    first, _, rest = update["name"].partition(".")
    platform = rest.partition(".")[0]
    measure = MEASURES.get(first, words)
    return f"{measure} of {tier} creators{f' on {_platform(platform)}' if platform in PLATFORMS else ''}"


def tier_of(followers: float) -> str:
    """The tier of creators of that size.

    >>> tier_of(4_000)
    'nano'
    """
    return str(scheme("industry").of([followers])[0])


def _telling(updates: Sequence[Told]) -> list[Told]:
    """The changes worth a sentence: one per measure, the weightiest first."""
    found: dict[str, Told] = {}
    for update in sorted(updates, key=lambda u: -u["weight"] * abs(log(ratio(u)))):
        measure = update["name"].partition(".")[0]
        sure = update["used"] and update["weight"] >= WEIGHTY and abs(ratio(update) - 1) >= WORTH_SAYING
        if sure and measure in HEADLINES:
            found.setdefault(measure, update)
    return list(found.values())[:MOST_SAID]


def shown(interval: Told, unit: str) -> tuple[str, str]:
    """The middle and the range of an entry as people read them."""
    factor = 100 if unit == "share" else 1
    middle, low, high = (figure(factor * interval[end]) for end in ("mean", "low", "high"))
    sign = "%" if unit == "share" else " USD" if unit == "US dollars" else ""
    return f"{middle}{sign}", f"{low}–{high}{sign}"
