"""Fit: how well each creator matches a brief, part by part, with the posts and sentences that speak against it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.brief import Brief
from asterism.creators.tables import Tables
from asterism.priors.curves import Z
from asterism.signals.fit import OnTarget, wanted
from asterism.signals.lineup import Lineup
from asterism.signals.reading import UNKNOWN_SD, Part, Signal, combine
from asterism.signals.text.brands import EXCLUSIVITY_DAYS, Conflict, conflicts
from asterism.signals.text.corpus import Corpus, read_corpus
from asterism.signals.text.embedder import Embedder
from asterism.signals.text.language import Spoken, language_part, spoken
from asterism.signals.text.niche import niche_of, niche_part, wanted_niches
from asterism.signals.text.positioning import positioning_part, shown_brands
from asterism.signals.text.safety import Safety, read_safety, safety_part, suspects
from asterism.signals.text.shares import several
from asterism.signals.text.tone import tone_part

Floats = NDArray[np.float64]

VERSION: Final = "fit-1"
WEIGHTS: Final = {
    "audience": 0.30, "niche by text": 0.20, "safety": 0.15, "language": 0.10, "competitors": 0.10,
    "price positioning": 0.07, "tone": 0.05, "platform": 0.03,
}  # fmt: skip
"""Weights of the parts (an assumption): what the budget is spent on first, what only colours it last."""
MENTIONED: Final = 0.6
"""Score of a creator who named a competitor without a word of payment (an assumption)."""
PAID: Final = 0.0
"""Score of a creator whom a competitor seems to have paid within the window."""


@dataclass(frozen=True, slots=True)
class Match:
    """The signal `fit` with what it rests on.

    Parameters
    ----------
    signal
        0 to 1 per creator of the line-up, with its parts.
    conflicts
        Posts that show a competitor, of the creators considered.
    safety
        Terms found that may trouble a brand, with their sentences.
    language
        What each creator writes in; where the brief names no niche and no language, told only of creators some of
        whose words may trouble a brand.
    """

    signal: Signal
    conflicts: tuple[Conflict, ...]
    safety: Safety
    language: Spoken


def fit(lineup: Lineup, tables: Tables, brief: Brief, on_target: OnTarget, embedder: Embedder | None = None) -> Signal:
    """How well each creator of the line-up matches the brief, 0 to 1; parts the brief does not ask for are left out."""
    return match(lineup, tables, brief, on_target, embedder).signal


def match(lineup: Lineup, tables: Tables, brief: Brief, on_target: OnTarget, embedder: Embedder | None = None) -> Match:
    """The signal `fit` of each creator with the conflicts, flags and languages it rests on.

    Brand safety is asked of every creator; all other parts only where the brief names them. Nothing that was read
    leaves more doubt than not having read at all.
    """
    corpus = read_corpus(lineup, tables)
    found = spoken(corpus, None if brief.niche or brief.audience.languages else suspects(corpus))
    safety = read_safety(corpus, found)
    rivals = conflicts(tables, brief)
    parts = [
        *([audience_part(on_target)] if wanted(brief) else []),
        *_text_parts(corpus, found, brief, embedder),
        *([language_part(corpus, found, brief.audience.languages, lineup.texts("language"))]
          if brief.audience.languages else []),
        *([platform_part(lineup, brief.platforms)] if brief.platforms else []),
        safety_part(safety),
        *([competitor_part(lineup, corpus, rivals)] if brief.competitors else []),
    ]  # fmt: skip
    weighted = [replace(part, weight=WEIGHTS[part.name], sd=np.minimum(part.sd, UNKNOWN_SD)) for part in parts]
    here = set(lineup.ids.to_pylist())
    return Match(combine("fit", VERSION, weighted), tuple(c for c in rivals if c.creator_id in here), safety, found)


def _text_parts(corpus: Corpus, found: Spoken, brief: Brief, embedder: Embedder | None) -> list[Part]:
    """Niche, tone and price positioning, as far as the brief asks for them."""
    parts = []
    if brief.niche:
        niches = wanted_niches(brief.niche)
        parts.append(niche_part(niche_of(corpus, found, niches, embedder), niches))
    if brief.style:
        parts.append(tone_part(corpus, brief.style))
    if brief.price_positioning:
        parts.append(positioning_part(shown_brands(corpus), brief.price_positioning))
    return parts


def audience_part(on_target: OnTarget) -> Part:
    """The part `audience`: the share of the audience in the target, as `signals.fit` has it."""
    sd = (on_target.high - on_target.low) / (2 * Z)
    return Part("audience", 1.0, on_target.share, "share", on_target.share, sd, on_target.source)


def platform_part(lineup: Lineup, platforms: Sequence[str]) -> Part:
    """The part `platform`: whether the creator is on one of the brief's platforms; no doubt about it."""
    there = np.isin(lineup.platform.astype(str), list(platforms)).astype(float)
    return Part("platform", 1.0, there, "yes or no", there, np.zeros(there.size), lineup.platform)


def competitor_part(lineup: Lineup, corpus: Corpus, rivals: Sequence[Conflict]) -> Part:
    """The part `competitors`: 1 without a conflict, `MENTIONED` with a mention, `PAID` with a paid one.

    Unknown without captions or sponsors to read.
    """
    of_id: dict[str, list[Conflict]] = {}
    for conflict in rivals:
        of_id.setdefault(conflict.creator_id, []).append(conflict)
    mine = [of_id.get(name, []) for name in lineup.creators["creator_id"].to_pylist()]
    read = (corpus.n > 0) | np.array([bool(found) for found in mine], dtype=bool)
    count = np.array([len(found) for found in mine], dtype=float)
    paid = np.array([any(c.paid for c in found) for found in mine], dtype=bool)
    score = np.where(paid, PAID, np.where(count > 0, MENTIONED, 1.0))
    doubt = 0.5 / np.sqrt(corpus.n + 1.0)  # the fewer posts were seen, the more may be missing
    evidence = np.array([_words(found, n) for found, n in zip(mine, corpus.n, strict=True)], dtype=object)
    unknown = np.where(read, 1.0, np.nan)
    return Part(
        "competitors", 1.0, count * unknown, "posts", score * unknown, np.where(count > 0, 0.1, doubt), evidence
    )


def _words(found: Sequence[Conflict], n: float) -> str:
    if not found:
        return f"none in {several(n, 'post')}" if n else "no posts to look at"
    first = next((c for c in found if c.paid), found[0])
    day = f"on {first.day:%Y-%m-%d}" if first.day else "undated"
    return f"{first.competitor}, {first.how} {day} ({len(found)} in {EXCLUSIVITY_DAYS} days)"
