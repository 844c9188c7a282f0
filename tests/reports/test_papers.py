"""Papers are judged by another program's reading of the PDF, and by what a page would escape."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO

import pytest
from jinja2 import Environment
from pypdf import PdfReader

from asterism.campaigns.documents.letters import Letter, hash_of, letter
from asterism.campaigns.documents.markup import parse
from asterism.campaigns.documents.tone import KINDS
from asterism.errors import WrongUsage
from asterism.reports.papers import Signature, paper_of, paper_pdf, paper_told, parts
from tests.campaigns.letters import RICH, to
from tests.campaigns.test_documents_merging import NAMES
from tests.reports.test_pdf import NASTY, squeezed

MADE = date(2027, 1, 21)


def sheets(document, signatures=()):
    return PdfReader(BytesIO(paper_pdf(paper_of(document, signatures), MADE)))


def read(document, signatures=()):
    return squeezed("".join(page.extract_text() for page in sheets(document, signatures).pages))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_prints_with_all_its_words(kind):
    document = letter(kind, RICH)
    text = read(document)
    for line in document.text.replace("- ", "").splitlines():
        assert squeezed(line) in text


def test_each_page_bears_title_number_version_and_hash():
    document = letter("agreement", to(tier="macro"))
    reader = sheets(document)
    assert len(reader.pages) > 1
    for n, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        assert f"{n} / {len(reader.pages)}" in text
        assert f"SHA-256 {hash_of(document)}" in text
        assert "Version 2026.1" in text
        assert "Agreement on the spring launch" in text
    assert reader.metadata.title == "Agreement on the spring launch"
    assert reader.metadata.creation_date.date() == MADE
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert "/StructTreeRoot" in reader.trailer["/Root"]


def test_a_german_letter_is_a_german_document_headed_by_its_subject():
    document = letter("outreach", RICH, "de")
    reader = sheets(document)
    assert reader.trailer["/Root"]["/Lang"] == "de"
    assert reader.metadata.title == document.subject


def test_a_title_stands_once():
    assert paper_of(letter("brief", RICH)).parts[0].kind == "paragraph"
    assert paper_of(letter("brief", RICH)).title == "Brief for Lena Roth: the spring launch"


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_is_printed_as_text(name):
    found = read(letter("outreach", to(name=name)))
    assert "PetraLang" in found
    assert squeezed(name) in found or not name.isascii()  # a font may lack the rest


def test_the_typesetters_own_words_stay_text():
    dos = tuple(NASTY)
    found = read(letter("brief", replace(RICH, campaign=replace(RICH.campaign, dos=dos, message=NASTY[0]))))
    assert [nasty for nasty in NASTY if squeezed(nasty) not in found] == []


def test_emoji_and_other_scripts_do_not_stop_the_press():
    assert "Hello" in read(letter("outreach", to(name="👩‍🍳 مرحبا 名前")))


def test_only_links_of_the_document_can_be_followed():
    name = "<https://bad.example> https://worse.example"
    reader = sheets(letter("outreach", to(name=name)))
    found = {note.get_object()["/A"]["/URI"] for page in reader.pages for note in page.get("/Annots", ())}
    assert found == {"https://studio.example/p/abc", "https://studio.example/o/abc"}


def test_a_long_word_stays_on_the_sheet():
    for page in sheets(letter("outreach", to(name="a" * 500))).pages:
        assert max(len(line) for line in page.extract_text().splitlines()) < 140


def signed(document, **changes):
    at = datetime(2027, 1, 21, 19, 2, 11, tzinfo=timezone(timedelta(hours=1)))
    return Signature(
        **{"party": "Creator", "name": "Lena #panic(1)", "at": at, "checksum": hash_of(document)} | changes
    )


def test_an_acceptance_shows_name_and_time():
    document = letter("agreement", RICH)
    found = read(document, (signed(document, party="Northwind", name="Petra Lang"), signed(document)))
    for said in ("Northwind", "PetraLang", "Lena#panic(1)", "Acceptedbyclick,2027-01-2118:02:11UTC"):
        assert said in found
    assert "Acceptedbyclick" not in read(document)


def test_an_acceptance_of_another_version_is_not_printed():
    document = letter("agreement", RICH)
    with pytest.raises(WrongUsage, match="belongs to another version"):
        paper_of(replace(document, version="2"), (signed(document),))
    with pytest.raises(WrongUsage, match="needs its zone"):
        signed(document, at=datetime(2027, 1, 21, tzinfo=UTC).replace(tzinfo=None))


def test_the_same_paper_gives_the_same_bytes():
    paper = paper_of(letter("agreement", RICH))
    assert paper_pdf(paper, MADE) == paper_pdf(paper, MADE)


def test_an_empty_document_is_a_page_with_its_subject():
    assert "Onlythis" in read(Letter("Only this", "", (), "outreach/personal/en", "1"))


def test_numbered_lists_keep_their_numbers():
    document = Letter("S", "3. three\n4. four\n\n- bullet\n\n### small\n**b**", (), "brief/personal/en", "1")
    kinds = [(part.kind, part.level, part.start) for part in paper_of(document).parts]
    assert kinds == [("numbers", 0, 3), ("bullets", 0, 0), ("heading", 3, 0), ("paragraph", 0, 0)]
    assert "3.three4.four" in read(document)


def test_a_page_escapes_every_part_as_text():
    lines = "{% for line in part.lines %}{% for span in line %}{{ span.text }}{% endfor %}{% endfor %}"
    page = Environment(autoescape=True).from_string(f"{{% for part in parts %}}{lines}{{% endfor %}}")
    document = letter("outreach", to(name="<script>alert(1)</script>\x1b[31m"))
    shown = page.render(parts=parts(document.blocks))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;[31m" in shown
    assert not re.search(r"[<\x1b]", shown)


def test_parts_carry_no_address_but_web_ones():
    found = parts(parse("<https://a.example> <javascript:alert(1)> https://b.example"))
    assert [span.url for span in found[0].lines[0] if span.url] == ["https://a.example"]


def test_parts_carry_nothing_that_steers_a_screen():
    found = parts(parse("# a\x1bb\n\u202ec\n- d\x00e"))
    assert [span.text for part in found for line in part.lines for span in line] == ["ab", "c", "de"]


def test_a_paper_is_plain_values():
    document = letter("agreement", RICH)
    told = json.loads(
        json.dumps(paper_told(paper_of(document, (signed(document, at=datetime(2027, 1, 1, tzinfo=UTC)),))))
    )
    assert told["signatures"][0]["at"] == "2027-01-01 00:00:00 UTC"
    assert told["checksum"] == hash_of(document)
