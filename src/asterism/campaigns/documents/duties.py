"""What marks a post as paid, per jurisdiction: words that pass, words that alone do not, and the rule they rest on.

A summary for briefs and agreements, not legal advice; drafts are checked against the full rules.
"""

from dataclasses import dataclass
from typing import Final

from asterism.errors import BadInput, did_you_mean


@dataclass(frozen=True, slots=True)
class Duty:
    """One jurisdiction's words, its rule and the date that rule has."""

    jurisdiction: str
    passes: tuple[str, ...]
    fails: tuple[str, ...]
    rule: str
    version: str


DUTIES: Final[dict[str, Duty]] = {
    duty.jurisdiction: duty
    for duty in (
        Duty("US", ("#ad", "#sponsored"), ("#sp", "#spon", "#collab", "#partner", "#ambassador"),
             "FTC Endorsement Guides, 16 CFR 255", "2023"),
        Duty("UK", ("Ad", "Advert", "Advertisement"), ("gifted", "sponsored", "affiliate", "collab", "PR trip"),
             "CAP Code; ASA and CMA guide, 3rd edition", "2023-03-23"),
        Duty("FR", ("Publicité", "Collaboration commerciale"), ("partenariat", "merci à", "#ad"),
             "Loi 2023-451, art. 5; ordonnance 2024-978", "2024-11-08"),
        Duty("DE", ("Werbung", "Anzeige"), ("#ad", "sponsored", "Kooperation"),
             "UWG § 5a; MStV § 22", "2022-05-28"),
        Duty("EU", ("Ad", "Advertisement"), ("collaboration", "partnership", "thanks to"),
             "UCPD 2005/29/EC; DSA 2022/2065", "2024-02-17"),
    )
}  # fmt: skip
"""Words of the EU row are English; an audience of another language needs its own."""

SPOKEN: Final = ("video", "reel", "short", "live", "podcast")
"""Formats that are heard: the words are said as well as shown."""


def duty(jurisdiction: str) -> Duty:
    """The duty of a jurisdiction.

    Raises
    ------
    BadInput
        No rule is known for it.
    """
    if jurisdiction.upper() not in DUTIES:
        fix = did_you_mean(jurisdiction.upper(), list(DUTIES))
        raise BadInput(f"No disclosure rule is known for `{jurisdiction}`.", fix)
    return DUTIES[jurisdiction.upper()]
