"""The PDF is judged by another program's reading of it."""

import re
from dataclasses import fields, replace
from datetime import date
from importlib.resources import files
from io import BytesIO

import pytest
from pypdf import PdfReader

from asterism.planning.plan import Duplication, Plan, Reason
from asterism.reports.page import PlanPage, plan_page
from asterism.reports.pdf import plan_pdf, plan_told
from asterism.reports.words import Words
from tests.reports.conftest import sample_plan
from tests.reports.test_page import SECTIONS, headings

MADE = date(2026, 11, 22)
NASTY = (
    "#panic(1)", "$x$", "@label", "*bold*", "_soft_", "= heading", "<warnings>", "`code`", '"quoted" \\u{41}', "//no",
    "/* no */", "#import sys: inputs", "]#eval(`1`)[", "~--...", "{{ 7*7 }}", "</text><script>",
)  # fmt: skip


@pytest.fixture(scope="module")
def sheets() -> PdfReader:
    """The rich plan on paper, read once for all."""
    return read(sample_plan())


@pytest.fixture(scope="module")
def text(sheets: PdfReader) -> str:
    return words(sheets)


def read(plan: Plan) -> PdfReader:
    return PdfReader(BytesIO(plan_pdf(plan, MADE)))


def words(reader: PdfReader) -> str:
    """All text without blanks: where lines break is the typesetter's business."""
    return squeezed("".join(page.extract_text() for page in reader.pages))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


def test_it_is_tagged_and_bears_title_language_and_date(sheets: PdfReader) -> None:
    assert sheets.metadata.title == "Spring launch"
    assert sheets.metadata.creation_date.date() == MADE
    root = sheets.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is not None
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"


def test_pages_are_a4_and_numbered(sheets: PdfReader) -> None:
    for i, page in enumerate(sheets.pages, 1):
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx((595.3, 841.9), abs=0.2)
        assert f"{i} / {len(sheets.pages)}" in page.extract_text()


def test_it_tells_what_the_page_tells_in_the_same_order(plan: Plan, text: str) -> None:
    places = [text.index(squeezed(heading)) for heading in SECTIONS if heading != "Why"]
    assert headings(plan_page(plan)) == list(SECTIONS)
    assert places == sorted(places)
    assert squeezed(plan.verdict.sentence) in text
    for pick in plan.picks:
        assert pick.handle in text
        assert all(squeezed(reason) in text for reason in pick.reasons)
    for said in (*plan.warnings, *(reason.text for reason in plan.verdict.reasons), *plan.evidence.values()):
        assert squeezed(said) in text


@pytest.mark.parametrize("name", [field.name for field in fields(PlanPage)])
def test_whatever_the_page_tells_has_its_place_on_paper(name: str) -> None:
    folder = files("asterism.reports") / "templates"
    template = (folder / "sheet.typ").read_text("utf-8") + (folder / "plan.typ").read_text("utf-8")
    assert re.search(rf"told\.{name}\b", template)


def test_text_in_pictures_can_be_selected(text: str) -> None:
    assert squeezed("mixed 421 (355–494)") in text
    assert text.count("thisbudget,$20K") == 1
    assert "1@lena.bakes" in text


def test_every_picture_has_words_for_those_who_cannot_see_it(plan: Plan) -> None:
    alts = re.findall(rb"/Alt\s*[(<]", plan_pdf(plan, MADE))
    told = plan_told(plan, Words(), "Arial")
    assert len(alts) == sum(isinstance(each, dict) and "picture" in each for each in told.values()) == 6
    assert "micro – winner: 412 (350–480)" in told["alternatives"]["alt"]


def test_what_creators_write_stays_text(plan: Plan) -> None:
    picks = tuple(
        replace(pick, handle=nasty, package=nasty, niche=nasty, reasons=(nasty,))
        for pick, nasty in zip(plan.picks, NASTY, strict=False)
    )
    verdict = replace(plan.verdict, sentence=NASTY[0], reasons=tuple(Reason(n, n, n) for n in NASTY))
    found = words(read(replace(plan, name=" ".join(NASTY), picks=picks, verdict=verdict, warnings=NASTY)))
    for nasty in NASTY:
        assert found.count(squeezed(nasty)) >= 4


def test_a_long_word_breaks_instead_of_leaving_the_sheet(plan: Plan) -> None:
    long = replace(plan, versions={"creators": "sha256:" + "a1" * 60})
    lines = "\n".join(page.extract_text() for page in read(long).pages).splitlines()
    assert max(len(line) for line in lines if "a1a1" in line) < 120


def test_control_characters_do_not_reach_it(plan: Plan) -> None:
    assert "@ab" in words(read(replace(plan, warnings=("@a\x00\x1b\u202eb",))))


@pytest.mark.parametrize("size", [0, 1, 2])
def test_plans_of_any_size_can_be_written(plan: Plan, edge_plan: Plan, size: int) -> None:
    shared = Duplication(tuple(row[:size] for row in plan.duplication.shared[:size]))
    small = replace(plan, picks=plan.picks[:size], build_up=plan.build_up[:size], duplication=shared)
    assert "Picks" in words(read(small))
    assert "Every" in words(read(edge_plan))


def test_the_same_plan_gives_the_same_bytes(plan: Plan) -> None:
    assert plan_pdf(plan, MADE) == plan_pdf(plan, MADE)


def test_pictures_come_with_every_colour_worked_out(plan: Plan) -> None:
    told = plan_told(plan, Words(), "Arial")
    for name in ("alternatives", "curve", "build_up", "asterism", "overlap", "frequency"):
        picture = told[name]["picture"]
        assert picture.startswith('<svg xmlns="http://www.w3.org/2000/svg" ')
        assert "var(" not in picture
        assert "color-mix" not in picture
