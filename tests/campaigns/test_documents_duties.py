"""What documents ask for is held against the rules that drafts are checked by: they may not say different things."""

from dataclasses import replace

import pytest

from asterism.campaigns.disclosure.judging import judge
from asterism.campaigns.disclosure.post import Facts, Setting
from asterism.campaigns.documents.duties import DUTIES
from asterism.campaigns.documents.fields import fields_of
from asterism.campaigns.documents.wording.spoken import LANGUAGES
from tests.campaigns.letters import RICH

CAPTIONS = {
    "en": "My new mixer lasts for three cakes on one charge, and I use it every week for the bread",
    "de": "Mein neuer Mixer schafft drei Kuchen mit einer Ladung, und ich nutze ihn jede Woche für das Brot",
    "fr": "Mon nouveau mixeur tient trois gâteaux avec une charge, et je le prends chaque semaine pour le pain",
}
READS = {"US": "en", "UK": "en", "DE": "de", "FR": "fr", "EU": "en"}
SHOWN = Facts(on_screen=True, spoken=True, whole_duration=True)
CASES = [(place, word) for place, duty in DUTIES.items() for word in duty.passes]
WEAK = [(place, word) for place, duty in DUTIES.items() for word in duty.fails]


def verdict(place: str, word: str, language: str) -> str:
    caption = f"{word}: {CAPTIONS[language]}" if not word.startswith("#") else f"{word} {CAPTIONS[language]}"
    facts = replace(SHOWN, language=language)
    return judge(caption, Setting(place, "instagram", "post", platform_label=True), facts).verdict


@pytest.mark.parametrize(("place", "word"), CASES, ids=[f"{place} {word}" for place, word in CASES])
def test_every_word_a_document_asks_for_passes_the_check(place, word):
    assert verdict(place, word, READS[place]) == "pass"


@pytest.mark.parametrize(("place", "word"), WEAK, ids=[f"{place} {word}" for place, word in WEAK])
def test_no_word_a_document_calls_weak_passes_the_check(place, word):
    caption = f"{word} {CAPTIONS[READS[place]]}"
    setting = Setting(place, "instagram", "post")
    assert judge(caption, setting, replace(SHOWN, language=READS[place])).verdict != "pass"


@pytest.mark.parametrize("code", LANGUAGES)
def test_words_for_the_eu_pass_in_the_documents_language(code):
    campaign = replace(RICH.campaign, jurisdictions=("EU",))
    asked = str(fields_of(replace(RICH, campaign=campaign), LANGUAGES[code])["disclosure_words"])
    for duty in DUTIES.values():
        for word in duty.passes:
            if f"“{word}”" in asked or f"„{word}“" in asked or f"«\N{NO-BREAK SPACE}{word}" in asked:
                assert verdict("EU", word, code) == "pass", word
