"""The languages that can be spoken, by their codes."""

from typing import Final

from asterism.campaigns.documents.wording.english import ENGLISH
from asterism.campaigns.documents.wording.french import FRENCH
from asterism.campaigns.documents.wording.german import GERMAN
from asterism.campaigns.documents.wording.language import Language
from asterism.errors import BadInput, did_you_mean

LANGUAGES: Final[dict[str, Language]] = {each.code: each for each in (ENGLISH, GERMAN, FRENCH)}


def language(code: str) -> Language:
    """The language of a code like `de` or `fr-CA`.

    Raises
    ------
    BadInput
        No document is written in it.
    """
    short = code.lower().replace("_", "-").split("-")[0]
    if short not in LANGUAGES:
        raise BadInput(f"No document is written in `{code}`.", did_you_mean(short, list(LANGUAGES)))
    return LANGUAGES[short]
