from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from asterism.signals.fit import OnTarget, on_target
from asterism.signals.lineup import line_up
from asterism.signals.match import MENTIONED, VERSION, WEIGHTS, Match, fit, match
from asterism.signals.reading import UNKNOWN_SD, USUAL
from asterism.signals.text.niche import NICHES
from tests.signals.given import PRIORS, Tables, brief, creators
from tests.signals.text.said import said

SAID = {
    "cook": ["My pasta recipe, how to make it step by step at home", "Baking with @walmart flour today"],
    "rude": ["What the fuck is this recipe, I hate my kitchen", "@rival #ad is the best of all"],
    "mode": ["Heute zeige ich euch mein neues Kleid von @gucci, ich liebe es", "@rival Kleid"],
    "mute": [],
}
EVERYTHING = {
    "niche": ["food"], "style": ["tutorial"], "price_positioning": "mass", "competitors": ["@rival"],
    "audience": {"languages": ["en"]}, "platforms": ["instagram"],
}  # fmt: skip


def matched(**fields: object) -> Match:
    tables, asked = said(SAID), brief(**fields)
    lineup = line_up(tables, asked)
    return match(lineup, tables, asked, on_target(lineup, tables.audiences, asked, PRIORS, lineup.followers))


ALL = ["audience", "niche by text", "tone", "price positioning", "language", "platform", "safety", "competitors"]


@pytest.mark.parametrize(
    ("fields", "parts"),
    [
        ({}, ["safety"]),
        ({"niche": ["food"]}, ["audience", "niche by text", "safety"]),
        ({"audience": {"countries": ["US"]}}, ["audience", "safety"]),
        ({"audience": {"languages": ["en"]}}, ["audience", "language", "safety"]),
        ({"style": ["tutorial"]}, ["tone", "safety"]),
        ({"price_positioning": "luxury"}, ["price positioning", "safety"]),
        ({"platforms": ["instagram"]}, ["platform", "safety"]),
        ({"competitors": ["@rival"]}, ["safety", "competitors"]),
        (EVERYTHING, ALL),
    ],
    ids=["nothing", "niche", "country", "language", "style", "price", "platform", "competitors", "everything"],
)  # fmt: skip
def test_only_what_the_brief_asks_for_is_a_part(fields: dict[str, object], parts: list[str]) -> None:
    signal = matched(**fields).signal
    assert [part.name for part in signal.parts] == parts
    total = sum(WEIGHTS[name] for name in parts)
    assert signal.formula == " + ".join(f"{WEIGHTS[name] / total:.2g} × {name}" for name in parts)
    assert (signal.name, signal.version) == ("fit", VERSION)


def test_the_weights_add_up_to_one() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1.0)


def test_the_value_is_the_weighted_mean_of_its_parts() -> None:
    signal = matched(**EVERYTHING).signal
    for row in range(4):
        total = weights = spread = 0.0
        for part in signal.parts:
            known = np.isfinite(part.score[row])
            assert not known or part.sd[row] <= UNKNOWN_SD
            total += part.weight * (part.score[row] if known else USUAL)
            spread += (part.weight * (part.sd[row] if known else UNKNOWN_SD)) ** 2
            weights += part.weight
        assert signal.value[row] == pytest.approx(total / weights)
        assert signal.high[row] - signal.low[row] <= 2 * 1.2816 * np.sqrt(spread) / weights + 1e-9


def test_the_creator_the_brief_describes_fits_best() -> None:
    signal = matched(**EVERYTHING).signal
    assert signal.value.argmax() == 0
    assert ((signal.low <= signal.value) & (signal.value <= signal.high)).all()


def test_a_creator_without_a_word_is_less_known_and_has_the_widest_range() -> None:
    signal = matched(**EVERYTHING).signal
    width = signal.high - signal.low
    assert width.argmax() == 3
    assert signal.known[3] < 0.4 < signal.known[0]
    assert signal.value[3] > 0


def test_conflicts_weigh_by_whether_they_were_paid() -> None:
    found = matched(competitors=["@rival"])
    part = found.signal.part("competitors")
    assert part.score.tolist() == pytest.approx([1.0, 0.0, MENTIONED, np.nan], nan_ok=True)
    assert [(c.creator_id, c.how) for c in found.conflicts] == [("mode", "mention"), ("rude", "paid post")]
    assert part.evidence.tolist() == [
        "none in 2 posts", "@rival, paid post on 2026-01-02 (1 in 90 days)",
        "@rival, mention on 2026-01-02 (1 in 90 days)",
        "no posts to look at",
    ]  # fmt: skip


def test_the_evidence_comes_along() -> None:
    found = matched(audience={"languages": ["en"]})
    assert [(hit.creator_id, hit.category) for hit in found.safety.flags] == [("rude", "profanity")]
    assert found.language.language.tolist() == ["en", "en", "de", ""]


def test_languages_nobody_asked_for_are_told_only_where_safety_needs_them() -> None:
    few, all_told = matched(), matched(audience={"languages": ["en"]})
    assert few.language.language.tolist() == ["", "en", "", ""]
    assert few.safety.flags == all_told.safety.flags


def test_a_creator_off_the_briefs_platforms_is_not_considered() -> None:
    asked, tables = brief(platforms=["tiktok"]), said(SAID)
    tiktok = creators({"creator_id": "t", "platform": "tiktok"}, {"creator_id": "cook", "platform": "instagram"})
    lineup = line_up(Tables(tiktok, posts=tables.posts), asked)
    everybody = OnTarget(*(np.ones(len(lineup)) for _ in range(3)), np.full(len(lineup), "everybody", dtype=object))
    signal = fit(lineup, tables, asked, everybody)
    assert signal.part("platform").score.tolist() == [1.0]


def test_conflicts_of_creators_not_considered_are_left_out() -> None:
    asked, tables = brief(competitors=["@rival"]), said(SAID)
    lineup = line_up(Tables(tables.creators.slice(0, 1), posts=tables.posts), asked)
    everybody = OnTarget(*(np.ones(1) for _ in range(3)), np.full(1, "everybody", dtype=object))
    assert match(lineup, tables, asked, everybody).conflicts == ()


@dataclass(frozen=True)
class AllFood:
    """An embedder that sees food everywhere."""

    n: int = 0

    def fit(self, texts: Sequence[str]) -> "AllFood":
        return AllFood(len(texts))

    def similarity(self, queries: Sequence[str]) -> np.ndarray:
        found = np.zeros((self.n, len(queries)))
        found[:, NICHES.index("food")] = 1.0
        return found


def test_another_embedder_can_be_handed_in() -> None:
    tables, asked = said(SAID), brief(niche=["food"])
    lineup = line_up(tables, asked)
    target = on_target(lineup, tables.audiences, asked, PRIORS, lineup.followers)
    assert fit(lineup, tables, asked, target, AllFood()).part("niche by text").score.tolist() == [1.0] * 4


def test_without_creators_or_posts_there_is_still_an_answer() -> None:
    asked = brief(**EVERYTHING)
    for tables in (said({}), said({"mute": []})):
        lineup = line_up(tables, asked)
        target = on_target(lineup, tables.audiences, asked, PRIORS, lineup.followers)
        assert match(lineup, tables, asked, target).signal.value.shape == (len(lineup),)
