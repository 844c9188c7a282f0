"""Reports on results: the answer, three returns that are never added, forecasts, lessons, and every form of file."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from asterism.errors import BadInput
from asterism.measurement.roi_of import Beside
from asterism.measurement.uplift import Uplift
from asterism.quantities import Interval
from asterism.reports.results import Clicks, Compared, Ledger, Results
from asterism.reports.results_document import ledger_of, results_document, results_read
from asterism.reports.results_grids import views_grid
from asterism.reports.results_lessons import lessons
from asterism.reports.results_pdf import results_pdf
from asterism.reports.results_tables import clicks_csv, collaborations_csv, orders_csv, tiers_csv
from asterism.reports.results_view import missing, results_page, results_view
from asterism.reports.results_words import answer, doubt, shared_view, tiers_of
from asterism.reports.results_workbook import results_workbook, sheets
from asterism.reports.words import Words
from tests.reports.test_page import Reader
from tests.returned import PARTNERS, attribution, results, returned

WORDS = Words()
EVERY = {tier: Uplift(Interval(1.5, 1.3, 1.8), 500.0, 250.0) for tier in ("micro", "macro", "nano")}
NASTY = "<script>alert(1)</script>{{ 7*7 }}"


def ledger(**fields):
    return Ledger.of(returned(**fields))


def some(*orders):
    """The partners, each with another number of orders."""
    return tuple((who, tier, phase, n) for (who, tier, phase, _), n in zip(PARTNERS, orders, strict=True))


def test_one_click_that_was_filtered_is_one():
    page = results_page(replace(results(), clicks=Clicks(2, (("robot", 1),))))
    assert "1 was filtered (robot 1)" in page


def test_the_answer_says_what_each_tier_brought_back_by_one_kind_of_figure():
    assert answer(ledger(), WORDS) == (
        "Micro returned $1.38 ($1.30–$1.46) for each $1 spent, macro $0.16 ($0.14–$0.18), by tracked orders; "
        "nano cannot be told yet."
    )


def test_the_survey_carries_the_answer_only_where_it_speaks_of_every_tier():
    assert shared_view(tiers_of(ledger())) == "counting"
    told = ledger(beside=Beside(EVERY))
    assert shared_view(tiers_of(told)) == "survey_adjusted"
    assert "adjusted by survey" in answer(told, WORDS)


def test_too_little_data_is_said_with_what_it_takes():
    few = ledger(partners=some(1, 0, 0, 0, 1, 0))
    said = answer(few, WORDS)
    assert said.startswith("What this campaign returned cannot be told yet: it takes at least 8 more orders")
    assert any("takes at least" in point for point in missing(few))


def test_without_a_margin_nothing_is_made_up():
    unknown = ledger(economics=None)
    assert answer(unknown, WORDS).startswith("What this campaign returned cannot be told yet")
    assert unknown.total.roi.tracked is None


def test_a_loss_is_shown_as_one():
    grid = views_grid(ledger(), WORDS)
    macro = next(row for row in grid.rows if row[0].text == "macro")
    assert macro[3].notes == ("ROI -84.1%",)
    assert macro[1].text == "no, it lost money"


def test_three_views_stand_side_by_side_and_say_so():
    said = doubt(ledger(beside=Beside(EVERY)), WORDS)
    assert "tracked $0.48 ($0.46–$0.51), survey-adjusted $0." in said
    assert said.endswith("causal not measured. They are three views of the same money and are never added.")


def test_missing_figures_give_their_reason_once():
    said = missing(ledger())
    assert said[0] == "No causal return of micro, macro, nano and the whole: no lift was measured."
    assert len(said) == len(set(said))


@pytest.mark.parametrize(
    ("came", "verdict"), [(759, "below"), (760, "inside"), (1050, "inside"), (1051, "above")], ids=str
)
def test_a_figure_is_inside_its_range_with_both_ends(came, verdict):
    assert Compared("orders", Interval(900, 760, 1050), Interval.exactly(came)).verdict == verdict


@pytest.mark.parametrize(
    "one", [Compared("reach", None, Interval.exactly(1)), Compared("reach", Interval.exactly(1), None)], ids=["f", "c"]
)
def test_without_one_of_the_two_nothing_is_said_of_the_range(one):
    assert one.verdict == ""


def test_lessons_name_what_missed_what_held_the_best_and_what_to_test():
    said = lessons(results(), WORDS)
    assert "Engagements came above the range that was forecast, 55% more than expected." in said
    assert "Orders came below the range that was forecast, 25.6% less than expected." in said
    assert "Inside the range that was forecast: reach and cost." in said
    assert "The best: @ana, $2.57 for each $1 on 240 tracked orders." in said
    assert "1 collaboration brought no tracked order, for $934 in all." in said
    assert any(text.startswith("Test next: nano. To tell its return takes at least 6 more orders") for text in said)
    assert any(text.startswith("Codes that may have leaked: BEN15.") for text in said)


def test_a_collaboration_with_few_orders_is_neither_best_nor_weakest():
    said = lessons(results(returned=ledger(partners=some(3, 3, 3, 3, 3, 3))), WORDS)
    assert not any(text.startswith(("The best", "The weakest")) for text in said)


def test_the_page_needs_nothing_else_and_is_sound():
    page = results_page(results())
    read = Reader(page)
    assert read.open == []
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "North &amp; Co" in page
    assert [tag for tag, _ in read.tags if tag == "script"] == []


def test_the_parts_stand_in_order_and_those_without_anything_to_say_are_left_out():
    view = results_view(results(), WORDS)
    names = [section.name for section in view.sections]
    assert names == [
        "tiers", "lessons", "forecast", "phases", "collaborations", "costs", "delivered", "orders", "leaks", "closed",
        "method",
    ]  # fmt: skip
    bare = results_view(Results("Bare", ledger()), WORDS)
    assert {"forecast", "orders", "leaks", "closed"} & {section.name for section in bare.sections} == set()


def test_every_figure_carries_the_rule():
    view = results_view(results(), WORDS)
    assert "last_click 1" in view.about
    assert all("last_click 1" in grid.caption for s in view.sections if s.name == "collaborations" for grid in s.grids)
    assert "last_click 1" in view.section("tiers").chart.grid.caption


def test_pictures_have_words_for_those_who_do_not_see_them_and_a_table_behind():
    for section in results_view(results(), WORDS).sections:
        if section.chart:
            assert all('role="img"' in picture and "aria-label" in picture for picture in section.chart.pictures)
            assert section.chart.grid.rows


def test_earned_media_value_is_told_only_where_it_was_asked_for():
    assert results_view(results(), WORDS).section("media_value") is None
    asked = results_view(results(media_value=(100, "Earned media value 1.00 USD.")), WORDS)
    assert asked.section("media_value").says == ("Earned media value 1.00 USD.",)


def hostile():
    partners = ((NASTY, "micro", "convert", 20), *PARTNERS[1:])
    made = returned(partners=partners)
    lines = tuple(replace(line, handle=f"={NASTY}") if n == 0 else line for n, line in enumerate(made.lines))
    return results(title=NASTY, brand=NASTY, agency=NASTY, returned=Ledger.of(replace(made, lines=lines)))


def test_hostile_names_are_shown_as_text():
    page = results_page(hostile())
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "{{ 7*7 }}" in page


def test_the_paper_holds_what_the_page_does():
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(results_pdf(results(), date(2026, 11, 2)))).pages)
    squeezed = "".join(text.split())
    for said in ("@cleo", "Autumn launch", "nano cannot be told yet", "last_click 1", "Reported by North & Co"):
        assert "".join(said.split()) in squeezed


def test_the_workbook_holds_numbers_and_runs_nothing():
    book = CalamineWorkbook.from_filelike(BytesIO(results_workbook(hostile())))
    assert book.sheet_names[:3] == ["Answer", "Return by tier", "Forecast and actual"]
    rows = book.get_sheet_by_name("Collaborations").to_python()
    assert rows[1][0].startswith("'=<script>")
    assert rows[1][4] == 934.0
    tiers = {row[0]: row for row in book.get_sheet_by_name("Return by tier").to_python()}
    assert tiers["macro"][6] == pytest.approx(-0.841, abs=1e-3)
    assert tiers["together"][3] == pytest.approx(sum(tiers[t][3] for t in ("micro", "macro", "nano")) + 600)


def test_slides_are_five_to_eight_with_a_title_each_and_no_formula():
    from pptx import Presentation

    from asterism.reports.slides import results_slides

    deck = Presentation(BytesIO(results_slides(hostile())))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert 5 <= len(titles) <= 8
    assert titles[1:4] == [
        "Which tier earned its cost back?", "Did it come as forecast?", "Creators, the best return first",
    ]  # fmt: skip
    tables = [shape.table for shape in deck.slides[1].shapes if shape.has_table]
    assert tables[0].cell(1, 0).text_frame.text == "micro"
    assert "x" * 100 not in titles[0]


def test_tables_come_to_the_same_cent():
    def column(made, name):
        import csv

        rows = list(csv.DictReader(made.decode().splitlines()))
        return [float(row[name] or 0) for row in rows]

    result = ledger()
    assert sum(column(collaborations_csv(result), "cost")) == pytest.approx(result.total.costs.total / 100)
    assert sum(column(orders_csv(attribution(), result.lines), "kept")) == pytest.approx(
        result.total.tracked.kept / 100
    )
    assert column(tiers_csv(result), "cost")[-1] == pytest.approx(result.total.costs.total / 100)
    assert sum(column(clicks_csv(results()), "filtered")) == 2_722


def test_a_ledger_is_read_back_from_its_json_and_tells_the_same():
    whole = results()
    saved = json.loads(json.dumps(results_document(whole)))
    read = ledger_of(saved)
    assert read.to_dict() == saved["return"]
    assert results_page(replace(whole, returned=read)) == results_page(whole)
    assert ledger_of(json.loads(json.dumps(returned().to_dict()))).to_dict() == saved["return"]


@pytest.mark.parametrize("broken", [{}, {"currency": "USD"}, {"return": 3}, {"return": {"lines": [1]}}], ids=str)
def test_what_is_no_ledger_is_refused(broken):
    with pytest.raises(BadInput, match="no ledger of return"):
        ledger_of(broken)


def test_results_read_back_tell_the_same():
    made = replace(results(), closed=None, counted_on="Counted on 12 people.")
    read = results_read(json.loads(json.dumps(results_document(made))))
    assert results_view(read, WORDS) == results_view(made, WORDS)
    assert (read.leaks, read.clicks, read.aside, read.compared) == (made.leaks, made.clicks, made.aside, made.compared)
    assert [group.modelled for group in read.returned.by("tier")] == [g.modelled for g in made.returned.by("tier")]


@pytest.mark.parametrize("part", ["clicks", "forecasts", "start"])
def test_spoiled_results_are_refused(part):
    with pytest.raises(BadInput, match="These are no results"):
        results_read({**results_document(results()), part: 7})


def test_a_forecast_of_a_loss_is_missed_by_an_amount_and_no_part():
    profit = Compared("profit", Interval(-4_700, -6_000, -3_000), Interval.exactly(805), "money")
    assert profit.error is None
    said = lessons(results(compared=(profit,)), WORDS)[0]
    assert said == "Profit came above the range that was forecast: $805 where -$4,700 was expected."


def test_a_campaign_that_goes_on_has_missed_no_forecast():
    going = results(end=date(2026, 11, 1))
    assert not going.over
    assert not any("forecast" in said for said in lessons(going, WORDS))
    assert results(end=date(2026, 10, 31)).over
    assert "so far" in results_view(going, WORDS).section("forecast").says[-1]


def test_nobody_is_told_to_ask_or_to_measure_again_what_was():
    asked = Beside({"micro": Uplift(Interval(1.5, 1.3, 1.8), 516.0, 258.0)}, {"micro": Interval(1e6, 9e5, 1.1e6)})
    said = " ".join(lessons(results(returned=Ledger.of(returned(beside=asked))), WORDS))
    assert "Ask buyers" not in said
    assert "Measure lift" not in said
    bare = " ".join(lessons(results(returned=Ledger.of(returned(beside=Beside()))), WORDS))
    assert "Ask buyers" in bare
    assert "Measure lift" in bare


def test_the_answer_and_the_whole_follow_one_rule():
    sizes = returned()
    lines = tuple(replace(one, partner=replace(one.partner, tier=f"t{n}")) for n, one in enumerate(sizes.lines[:2]))
    made = replace(sizes, lines=lines, beside=Beside())
    whole = Ledger.of(made)
    unsure = tuple(replace(g, roi=replace(g.roi, verdict="cannot tell yet")) for g in whole.by("tier"))
    whole = replace(whole, groups={**whole.groups, "tier": unsure})
    assert whole.total.roi.verdict == "gains"
    assert answer(whole, WORDS).startswith("The campaign returned $")
    assert answer(whole, WORDS).endswith("no tier can be told apart yet.")


def test_heads_of_a_sheet_are_told_apart():
    for sheet in sheets(results()):
        heads = [head.strip() for head in sheet.heads]
        assert len(set(heads)) == len(heads)


def test_nobody_nameless_is_called_the_campaign_itself():
    made = Ledger.of(replace(returned(), lines=tuple(replace(one, handle="") for one in returned().lines)))
    made = replace(made, lines=tuple(replace(o, partner=replace(o.partner, creator_id="")) for o in made.lines))
    told = collaborations_csv(made).decode()
    assert told.count("the campaign itself") == 1
    assert "a creator without a deal" in told


def test_orders_that_lead_to_nobody_are_counted():
    made = replace(Ledger.of(returned()), unattributed=2_967)
    grid = results_view(results(returned=made, aside=()), WORDS).section("orders").grids[0]
    assert grid.rows[-1][1].text == WORDS.whole(2_967)
