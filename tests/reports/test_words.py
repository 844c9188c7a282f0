from dataclasses import replace
from datetime import date

import pytest

from asterism.planning.certificate import Sampling
from asterism.planning.plan import Bound, Flip, Plan
from asterism.quantities import Interval
from asterism.reports.words import (
    THIN,
    Words,
    certificate,
    default_sentence,
    flip_sentence,
    plain,
    shortened,
    spoken,
    sureness,
)

MINUS = "\N{MINUS SIGN}"
APART = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param(1_234_567, "1,230,000", id="millions keep three figures"),
        pytest.param(412.4, "412", id="hundreds"),
        pytest.param(60.44, "60.4", id="tens"),
        pytest.param(0.012345, "0.0123", id="small"),
        pytest.param(0, "0", id="nothing"),
        pytest.param(-5_678, "-5,680", id="below zero"),
        pytest.param(999.6, "1,000", id="rounds over the edge"),
    ],
)
def test_a_number_has_three_significant_figures(value: float, written: str) -> None:
    assert Words().number(value) == written


def test_thousands_stand_apart_by_a_thin_space_on_a_page() -> None:
    assert Words(thin=True).number(1_234_567) == f"1{THIN}230{THIN}000"
    assert Words(thin=True).number(-12) == f"{MINUS}12"


def test_a_locale_writes_its_own_separators() -> None:
    assert Words("de").number(1234.5) == "1.230"
    assert Words("de").exact_money(19874.5, "EUR") == "€19.874,50"


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        pytest.param(1234.56, "EUR", "€1,235", id="whole from a hundred"),
        pytest.param(47.668, "USD", "$47.67", id="to the cent below a hundred"),
        pytest.param(99.996, "USD", "$100", id="no cents at the edge"),
        pytest.param(-1240.6, "USD", "-$1,241", id="a loss"),
        pytest.param(3.4, "CHF", f"CHF{APART}3.40", id="a currency without a symbol stands apart"),
    ],
)
def test_money_has_its_currency(amount: float, currency: str, written: str) -> None:
    assert Words().money(amount, currency) == written


def test_exact_money_keeps_every_cent() -> None:
    assert Words().exact_money(19_874.05, "USD") == "$19,874.05"
    assert Words().exact_money(1_000_000.1, "USD") == "$1,000,000.10"


@pytest.mark.parametrize(
    ("interval", "written"),
    [
        pytest.param(Interval(412, 350, 480), "412 (350–480)", id="plain"),
        pytest.param(Interval(-5, -20, 8), "-5 (-20 to 8)", id="a minus beside a dash cannot be read"),
        pytest.param(Interval(65_249, 54_100, 78_300), "65,200 (54,100–78,300)", id="thousands"),
    ],
)
def test_a_range_stands_in_brackets(interval: Interval, written: str) -> None:
    assert Words().interval(interval) == written


def test_a_price_without_doubt_stands_alone() -> None:
    assert Words().money_interval(Interval.exactly(900), "USD") == "$900"
    assert Words().money_interval(Interval(825, 700, 960), "USD") == "$825 (700–960)"


def test_results_are_money_only_for_profit(plan: Plan, edge_plan: Plan) -> None:
    from dataclasses import replace

    assert Words().result(Interval(412, 350, 480), plan) == "412 (350–480)"
    assert Words().result(Interval(412, 350, 480), replace(plan, goal="profit")) == "$412 (350–480)"
    assert Words().result_mean(1_234_567, edge_plan) == "1,230,000"


@pytest.mark.parametrize(
    ("share", "written"),
    [(0.81, "81%"), (0.0, "0%"), (1.0, "100%"), (0.9999, "over 99%"), (0.001, "under 1%"), (0.004999, "under 1%")],
)
def test_a_chance_is_never_rounded_into_certainty(share: float, written: str) -> None:
    assert Words().chance(share) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (250, "250"), (0.25, "0.25"), (52_000, "52K"), (1_250_000, "1.25M"), (-52_000, "-52K")],
)
def test_axis_numbers_are_short(value: float, written: str) -> None:
    assert Words().compact(value) == written


def test_axis_money_is_short() -> None:
    assert Words().compact_money(-52_000, "EUR") == "-€52K"
    assert Words().compact_money(52_000, "CHF") == f"CHF{APART}52K"


def test_a_day_is_written_out_and_a_missing_one_is_a_dash() -> None:
    assert Words().day(date(2026, 12, 1)) == "1 Dec 2026"
    assert Words().day(None) == "–"


def test_a_period_breaks_only_after_its_dash() -> None:
    start, end = date(2026, 12, 1), date(2027, 1, 25)
    assert Words().days(start, end) == "1 Dec 2026 – 25 Jan 2027"
    assert Words(thin=True).days(start, end).split(" ") == [
        f"1{APART}Dec{APART}2026{APART}–",
        f"25{APART}Jan{APART}2027",
    ]
    assert Words().days(start, None) == "1 Dec 2026 – –"
    assert Words().days(None, None) == "no dates set"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("\x1b[31mred", "[31mred", id="terminal escapes lose their teeth"),
        pytest.param("a\r\nb\tc", "a b c", id="one line"),
        pytest.param("abc\u202egpj", "abcgpj", id="text cannot turn its direction"),
        pytest.param("\ud800x", "x", id="half a character"),
        pytest.param("日本 \u200d é 🌱", "日本 \u200d é 🌱", id="every script stays"),
    ],
)
def test_text_of_others_cannot_steer_the_screen(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("value", "upper", "written"),
    [
        pytest.param(98.79, 100, "at least 98.7% of the best possible", id="rounded down"),
        pytest.param(100, 100, "proven the best possible", id="proven best"),
        pytest.param(99.999, 100, "at least 99.9% of the best possible", id="never up to the best"),
        pytest.param(0, 100, "at least 0% of the best possible", id="nothing"),
        pytest.param(-10, 5, "at most 15 below the best possible", id="a loss has no share"),
    ],
)
def test_the_certificate_promises_no_more_than_proven(plan: Plan, value: float, upper: float, written: str) -> None:
    assert certificate(Bound(value, upper, "lp"), plan, Words()) == written


@pytest.mark.parametrize(
    ("flip", "sentence"),
    [
        (Flip("budget", 52_000, "macro"), "Above a budget of $52,000 the answer becomes macro."),
        (Flip("budget", 9_000, "two_phase"), "Below a budget of $9,000 the answer becomes two-phase."),
        (Flip("max_creators", 1, "macro"), "With a limit of 1 creator the answer becomes macro."),
        (Flip("price", 1.62, "macro"), "At 1.62 times the fees assumed for micro the answer becomes macro."),
        (Flip("min_authenticity", 0.5, "macro"), "At min authenticity 0.5 the answer becomes macro."),
    ],
)
def test_a_flip_says_which_way(plan: Plan, flip: Flip, sentence: str) -> None:
    assert flip_sentence(flip, plan, Words()) == sentence


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("limits.max_creators", "limits.max_creators: 40"),
        ("platforms", "platforms: every one present"),
        ("economics.handling_per_creator", "economics.handling_per_creator: 60.00 USD"),
        ("unheard_of", "unheard_of"),
    ],
)
def test_a_default_tells_its_value(name: str, sentence: str) -> None:
    assert default_sentence(name) == sentence


def test_small_words_fit() -> None:
    assert [Words().counted(n, "row", "rows") for n in (0, 1, 12_345)] == ["0 rows", "1 row", "12,345 rows"]
    assert shortened("abcdef", 4) == "abc…"
    assert shortened("abcd", 4) == "abcd"
    assert spoken("effective_reach") == "effective reach"


def valued(plan: Plan, means: dict[str, float]) -> Plan:
    """The plan with other means of some alternatives."""
    found = tuple(
        replace(one, value=Interval(means[one.name], 1, 999)) if one.name in means else one
        for one in plan.verdict.alternatives
    )
    return replace(plan, verdict=replace(plan.verdict, alternatives=found))


SURE = "micro is best in 81% of simulated outcomes"


@pytest.mark.parametrize(
    ("means", "told"),
    [
        pytest.param({"two_phase": 423}, f"{SURE}; two-phase comes to 423, so near that simpler wins", id="a little"),
        pytest.param({"mixed": 412, "two_phase": 412.3}, SURE, id="less than is written"),
        pytest.param({"mixed": 400, "two_phase": 400}, SURE, id="nothing better"),
    ],
)
def test_an_alternative_hardly_better_than_the_winner_is_named(plan: Plan, means: dict[str, float], told: str) -> None:
    assert sureness(valued(plan, means), Words()) == told


def test_a_certificate_judged_on_a_second_panel_says_how_sure_it_is(plan: Plan) -> None:
    sampled = Sampling(confidence=0.9, value=99.0, low=97.19, upper=100.0, people=640)
    written = certificate(Bound(98.0, 98.5, "lp", sampled), plan, Words())
    assert written == "at least 97.1% of the best possible, sampling included, 90% confidence"
