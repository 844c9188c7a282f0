"""Countries and languages as people write them."""

import pytest

from asterism.creators.places import country, language

COUNTRIES = {
    "morocco": "MA",
    "south-korea": "KR",
    "united-arab-emirates": "AE",
    "United States": "US",
    "US": "US",
    "usa": "US",
    "UK": "GB",
    "Turkey": "TR",
    "Türkiye": "TR",
    "Russia": "RU",
    "Vietnam": "VN",
    "Czech Republic": "CZ",
    "CÃ´te d'Ivoire": "CI",
    "Côte d’Ivoire": "CI",
    "Deutschland": "DE",
    "Brésil": "BR",
    "España": "ES",
    "gb": "GB",
    "British Virgin Islands": "VG",
    "Puerto Rico": "PR",
    "Hong Kong": "HK",
    "NA": "NA",
    "DEU": "DE",
    "Iran": "IR",
}
LANGUAGES = {
    "English": "en",
    "de-AT": "de",
    "pt_BR": "pt",
    "Deutsch": "de",
    "Français": "fr",
    "español": "es",
    "zh": "zh",
    "Arabic": "ar",
    "eng": "en",
}


@pytest.mark.parametrize(("written", "code"), COUNTRIES.items(), ids=list(COUNTRIES))
def test_a_country_is_known_by_name_or_code_in_any_case(written: str, code: str) -> None:
    assert country(written) == code


@pytest.mark.parametrize(("written", "code"), LANGUAGES.items(), ids=list(LANGUAGES))
def test_a_language_is_known_by_name_or_code(written: str, code: str) -> None:
    assert language(written) == code


@pytest.mark.parametrize("written", ["10.2M", "0", "Atlantis", "world", ""])
def test_what_is_no_country_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="not a country"):
        country(written)


def test_what_is_no_language_is_refused() -> None:
    with pytest.raises(ValueError, match="not a language"):
        language("Klingonese")
