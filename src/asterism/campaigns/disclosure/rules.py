"""The rules as data: what each asks, where, of which formats, since when, by which source, in which version of ours."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from asterism.campaigns.disclosure.words import LANGUAGES, Meaning

JURISDICTIONS: Final = {"US": "the United States", "UK": "the United Kingdom", "FR": "France", "DE": "Germany",
                        "EU": "the European Union"}  # fmt: skip
CAPTIONED: Final = ("post", "carousel", "reel", "short", "video", "live", "blog")
"""Formats whose text stands beside the content, folded by the app; a story's stands on it, a podcast's is heard."""
MOVING: Final = ("reel", "short", "video", "live")
TEXTS: Final = ("post", "carousel", "reel", "short", "video", "live", "story", "blog")
EVERY: Final = (*TEXTS, "podcast")
LASTING: Final = (*MOVING, "story")
HOSTED: Final = (*MOVING, "post", "carousel", "story")
"""Formats that live on a platform."""
LABELLED: Final = ("instagram", "tiktok", "youtube", "facebook")
"""Platforms whose own terms ask for their label on paid posts."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a source asks of a paid post.

    Parameters
    ----------
    test
        The name of the reading that answers it (see `readings`).
    binding
        Whether it decides the verdict; the others are advice, or terms of a platform.
    version
        Ours: it grows when the way the rule is read changes.
    date
        When the source was published or came into force; of terms, when they were noted.
    """

    id: str
    jurisdiction: str
    test: str
    asks: str
    source: str
    date: date
    formats: tuple[str, ...] = EVERY
    platforms: tuple[str, ...] = ()
    binding: bool = True
    version: str = "1"

    def holds_for(self, platform: str, format: str) -> bool:  # noqa: A002
        """Whether the rule speaks of this platform and format."""
        return format in self.formats and (not self.platforms or platform in self.platforms)

    def to_dict(self) -> dict[str, Any]:
        """What an answer cites of the rule."""
        return {
            "id": self.id, "version": self.version, "date": self.date.isoformat(), "source": self.source,
            "jurisdiction": self.jurisdiction, "asks": self.asks, "binding": self.binding,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """Which meanings, in which languages, a country's rules take as clear, and which leave room for doubt."""

    clear: tuple[tuple[Meaning, tuple[str, ...]], ...]
    doubtful: tuple[tuple[Meaning, tuple[str, ...]], ...]
    advice: str
    language: str
    """What the audience reads unless something else is stated or seen; "" where the country does not say."""


_ANY: Final = tuple(LANGUAGES)
_AD, _PAID, _SPONSORED = Meaning.AD, Meaning.PAID, Meaning.SPONSORED
WORDS: Final = {
    "US": Words(
        ((_AD, _ANY), (_PAID, _ANY), (_SPONSORED, _ANY), (Meaning.FREE, _ANY), (Meaning.COMMISSION, _ANY)),
        ((Meaning.NEAR, _ANY),),
        "Begin with «#ad», «Sponsored by …» or «Paid partnership with …»; for a gift, «X sent me this for free».",
        "en",
    ),
    "UK": Words(((_AD, _ANY),), ((_PAID, _ANY),), "Begin with «Ad», «Advert» or «Advertisement»; gifts too.", "en"),
    "FR": Words(
        ((_AD, ("fr",)), (_PAID, ("fr",))),
        ((_SPONSORED, ("fr",)), (_AD, _ANY), (_PAID, _ANY), (_SPONSORED, ("en",))),
        "Write «Publicité» or «Collaboration commerciale», or words that say the same in French.",
        "fr",
    ),
    "DE": Words(
        ((_AD, ("de",)),),
        ((_AD, ("en",)), (_PAID, ("de", "en"))),
        "Begin with «Werbung» or «Anzeige».",
        "de",
    ),
    "EU": Words(
        ((_AD, _ANY), (_PAID, _ANY), (_SPONSORED, _ANY)),
        ((Meaning.FREE, _ANY), (Meaning.COMMISSION, _ANY)),
        "Write the audience's own word for advertising, such as «Advertisement», «Publicidad» or «Pubblicità».",
        "",
    ),
}  # fmt: skip

_Row = tuple[str, str, str, tuple[str, ...]]
"""Name, test, what is asked, formats."""


def _of(jurisdiction: str, source: str, since: date, *rows: _Row) -> tuple[Rule, ...]:
    """The rules that one source lays down."""
    return tuple(Rule(name, jurisdiction, test, asks, source, since, formats) for name, test, asks, formats in rows)


_NO_DENIAL: Final = "Nothing in the text denies the payment."
_FTC: Final = _of(
    "US", "FTC Endorsement Guides (16 CFR 255); Disclosures 101 for Social Media Influencers", date(2023, 7, 26),
    ("us-ftc-denial", "denial", _NO_DENIAL, EVERY),
    ("us-ftc-words", "words", "Plain words say that the post is paid for, or that the product was free.", EVERY),
    ("us-ftc-language", "language", "They are in the language of the post.", EVERY),
    ("us-ftc-in-video", "shown", "They are in the video itself, best both heard and seen.", MOVING),
    ("us-ftc-aloud", "heard", "They are said aloud.", ("podcast",)),
    ("us-ftc-live", "lasting", "In a live stream they are repeated.", ("live",)),
)  # fmt: skip
_LETTERS: Final = _of(
    "US", "FTC letters to influencers and marketers", date(2017, 4, 19),
    ("us-ftc-more", "seen", "They are seen before «more», in the first three lines.", CAPTIONED),
    ("us-ftc-tags", "tags", "They are not mixed into a group of hashtags or links.", TEXTS),
)  # fmt: skip
_CAP: Final = _of(
    "UK", "CAP Code 2.1; ASA and CMA, Influencers' guide, third edition", date(2023, 3, 23),
    ("uk-cap-denial", "denial", _NO_DENIAL, EVERY),
    ("uk-cap-words", "words", "A label says «Ad», «Advert», «Advertisement» or «Advertisement feature».", EVERY),
    ("uk-cap-language", "language", "It is in the language of the post.", EVERY),
    ("uk-cap-upfront", "start", "It stands upfront, before anything else is read or clicked.", CAPTIONED),
    ("uk-cap-tags", "tags", "It is not hidden among hashtags.", TEXTS),
    ("uk-cap-in-video", "shown", "It is seen or heard before the content is.", ("video", "live")),
    ("uk-cap-aloud", "heard", "It is said before the content begins.", ("podcast",)),
)  # fmt: skip
_INFLUENCE: Final = _of(
    "FR", "Loi 2023-451 art. 5, amended by ordonnance 2024-978", date(2024, 11, 8),
    ("fr-influence-denial", "denial", _NO_DENIAL, EVERY),
    ("fr-influence-words", "words", "«Publicité», «Collaboration commerciale» or words that say the same.", EVERY),
    ("fr-influence-language", "language", "They are in the language of the audience.", EVERY),
    ("fr-influence-seen", "seen", "They are clear and legible at first sight.", CAPTIONED),
    ("fr-influence-tags", "tags", "They are not hidden among hashtags.", TEXTS),
    ("fr-influence-lasting", "lasting", "They stand on the picture as long as the promotion lasts.", LASTING),
    ("fr-influence-aloud", "heard", "They are said aloud.", ("podcast",)),
)  # fmt: skip
_UWG: Final = _of(
    "DE", "UWG § 5a (4), MStV § 22; BGH of 9 September 2021", date(2021, 9, 9),
    ("de-uwg-denial", "denial", _NO_DENIAL, EVERY),
    ("de-uwg-words", "words", "«Werbung» or «Anzeige» says that it is advertising.", EVERY),
    ("de-uwg-language", "language", "It is in the language of the audience.", EVERY),
    ("de-uwg-start", "start", "It stands at the start and is seen at first glance.", CAPTIONED),
    ("de-mstv-in-video", "shown", "It is in the video itself.", MOVING),
    ("de-mstv-lasting", "lasting", "It stays on the story for as long as that is shown.", ("story",)),
    ("de-mstv-aloud", "heard", "It is said aloud.", ("podcast",)),
)  # fmt: skip
_CELLE: Final = _of(
    "DE", "OLG Celle, judgment of 8 June 2017 on «#ad» among hashtags", date(2017, 6, 8),
    ("de-celle-tags", "cloud", "It is not hidden in a cloud of hashtags.", TEXTS),
)  # fmt: skip
_UCPD: Final = _of(
    "EU", "Directive 2005/29/EC art. 7 (2), annex I no. 11; Commission guidance of 2021", date(2021, 12, 29),
    ("eu-ucpd-denial", "denial", _NO_DENIAL, EVERY),
    ("eu-ucpd-words", "words", "A clear word says that the post is paid for.", EVERY),
    ("eu-ucpd-language", "language", "It is in the language of the audience.", EVERY),
    ("eu-ucpd-tags", "tags", "It is not hidden among hashtags.", TEXTS),
    ("eu-ucpd-aloud", "heard", "It is said aloud.", ("podcast",)),
)  # fmt: skip
_SWEEP_SOURCE: Final = "European Commission and CPC authorities, sweep on influencers"
_SWEPT: Final = date(2024, 2, 14)
_SWEEP: Final = (
    *_of(
        "EU", _SWEEP_SOURCE, _SWEPT,
        ("eu-sweep-more", "seen", "It is seen without «read more».", CAPTIONED),
        ("eu-sweep-lasting", "lasting", "It is shown for the whole duration.", LASTING),
    ),
    Rule("eu-sweep-label", "EU", "label", "The platform's label is on as well.", _SWEEP_SOURCE, _SWEPT, HOSTED,
         LABELLED),
    Rule("eu-sweep-company", "EU", "company", "The creator's company details can be found.", _SWEEP_SOURCE, _SWEPT,
         binding=False),
)  # fmt: skip
RULES: Final = (*_FTC, *_LETTERS, *_CAP, *_INFLUENCE, *_UWG, *_CELLE, *_UCPD, *_SWEEP)
_AS_READ: Final = date(2026, 11, 25)
"""The terms carry no date of their own; this is the day they were noted."""
PLATFORM_RULES: Final = tuple(
    Rule(f"{name}-label", "platform", "terms", f"{title} asks for its own label on paid posts.", f"{title}: {policy}",
         day, HOSTED, (name,), binding=False)
    for name, title, policy, day in (
        ("instagram", "Instagram", "branded content policies, paid partnership label", _AS_READ),
        ("tiktok", "TikTok", "content disclosure setting, mandatory for commercial content", _AS_READ),
        ("youtube", "YouTube", "paid product placements, sponsorships and endorsements", _AS_READ),
        ("facebook", "Facebook", "branded content policies, paid partnership label", _AS_READ),
    )
)  # fmt: skip
"""Terms of the platforms: no law, so they never decide the verdict."""


def rules_for(jurisdiction: str, platform: str, format: str) -> tuple[Rule, ...]:  # noqa: A002
    """The rules of a country and a platform that speak of this format, in order."""
    own = [rule for rule in RULES if rule.jurisdiction == jurisdiction]
    return tuple(rule for rule in (*own, *PLATFORM_RULES) if rule.holds_for(platform, format))
