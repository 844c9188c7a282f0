"""Which documents there are, and how one speaks to creators of each tier: personally, strategically, or in between."""

from typing import Final, Literal

Kind = Literal[
    "outreach", "follow_up", "brief", "agreement", "feedback", "thank_you", "renewal", "expectation_review",
    "privacy_notice",
]  # fmt: skip
Tone = Literal["personal", "blend", "strategic"]

KINDS: Final[dict[Kind, str]] = {
    "outreach": "first letter to a creator",
    "follow_up": "a second word after no answer",
    "brief": "what is to be made, for whom and by when",
    "agreement": "the terms both sides accept",
    "feedback": "points on a draft",
    "thank_you": "a note of thanks after the campaign",
    "renewal": "an offer to go on together",
    "expectation_review": "goals and results looked at together",
    "privacy_notice": "what is kept about a creator, under Article 14 GDPR",
}
"""Every kind of document, and what it is for."""

TONES: Final[dict[str, Tone]] = {
    "nano": "personal",
    "micro": "personal",
    "mid": "blend",
    "hybrid": "blend",
    "macro": "strategic",
    "mega": "strategic",
}
"""How each tier is spoken to; a tier of a user's own scheme, or none, gets the blend."""


def tone_of(tier: str) -> Tone:
    """How a creator of that tier is spoken to.

    >>> tone_of("micro"), tone_of("mega"), tone_of("untiered")
    ('personal', 'strategic', 'blend')
    """
    return TONES.get(tier, "blend")
