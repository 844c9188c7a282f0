"""Which captions disclose a paid post, and which only seem to."""

import ibis
import pyarrow as pa
import pytest

from asterism.signals.markers import disclosed, paid

PAID = [
    "New shoes #ad", "#Ad: my favourite tea", "Love this (#sponsored)", "Paid partnership with Norrvik",
    "Sponsored by Pelmora, opinions mine", "Werbung | neue Tasche", "Anzeige: mein Lieblingstee",
    "#Publicité pour ma marque", "Collaboration commerciale avec Okuri", "ma collab, publicité", "AD | my new desk",
    "Not sponsored last week, but this one is #ad", "bezahlte Partnerschaft mit Halden", "#werbung\nneu",
]  # fmt: skip
OWN = [
    "My week #daily", "#adventure with #adidas", "I had an ad once", "not sponsored, just love it", "This is not an ad",
    "keine Werbung, selbst gekauft", "#notsponsored #love", "#notanad", "pas sponsorisé", "unbezahlte Werbung",
    "no #ad here", "Bad days", "spread the word", "", "non sponsorisé",
]  # fmt: skip


def judged(captions: list[str | None]) -> list[bool | None]:
    duck = ibis.duckdb.connect(threads=1)
    table = duck.create_table("t", pa.table({"i": range(len(captions)), "caption": pa.array(captions, pa.string())}))
    found = duck.to_pyarrow(table.select("i", said=disclosed(table.caption)).order_by("i"))["said"].to_pylist()
    duck.disconnect()
    return found


@pytest.mark.parametrize("caption", PAID)
def test_a_marker_discloses(caption: str) -> None:
    assert judged([caption]) == [True]


@pytest.mark.parametrize("caption", OWN)
def test_other_words_and_denials_do_not(caption: str) -> None:
    assert judged([caption]) == [False]


def test_without_a_caption_nothing_is_said() -> None:
    assert judged([None, "x"]) == [None, False]


@pytest.mark.parametrize(
    ("said", "sponsor", "caption", "found"),
    [
        (False, "Norrvik", "#ad", False), (True, None, "mine", True), (None, "Norrvik", None, True),
        (None, " ", "mine", False), (None, None, "#ad", True), (None, None, None, None),
    ],
    ids=["the source comes first", "the source alone", "then the sponsor", "a blank is no sponsor", "then the caption",
         "nobody says"],
)  # fmt: skip
def test_the_better_witness_is_heard_first(
    said: bool | None, sponsor: str | None, caption: str | None, found: bool | None
) -> None:
    row = {"sponsored": pa.array([said], pa.bool_()), "sponsor": pa.array([sponsor], pa.string()),
           "caption": pa.array([caption], pa.string())}  # fmt: skip
    duck = ibis.duckdb.connect(threads=1)
    table = duck.create_table("t", pa.table(row))
    assert duck.to_pyarrow(table.select(paid=paid(table)))["paid"].to_pylist() == [found]
    duck.disconnect()
