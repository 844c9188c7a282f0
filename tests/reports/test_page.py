"""The page is judged by parsing it, not by the template's word."""

import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from asterism.creators.tables import Reject
from asterism.planning.plan import Duplication, Plan, Reason
from asterism.reports.page import plan_page

VOID = {"meta", "br", "hr", "img", "input", "link", "circle", "line", "rect", "polyline", "path"}
SECTIONS = (
    "Alternatives",
    "Why",
    "Where the answer changes",
    "Picks",
    "How reach builds up",
    "Shared audiences",
    "Forecast",
    "Phases",
    "Evidence",
    "Defaults used",
    "Warnings",
    "Rejects",
)
NASTY = (
    "<script>alert(1)</script>",
    '@a"b',
    "x' onload='y",
    "</svg><img src=x onerror=alert(1)>",
    "{{ 7*7 }}",
    "&amp;",
)


class Reader(HTMLParser):
    """Elements opened, attributes and text; fails on a tag closed out of turn."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join("".join(self.text).split())


def headings(page: str) -> list[str]:
    return re.findall(r"<h2>([^<]*)</h2>", page)


def test_every_element_is_closed_in_turn(plan: Plan, edge_plan: Plan) -> None:
    for each in (plan, edge_plan):
        assert Reader(plan_page(each)).open == []


def test_the_verdict_comes_first_and_the_rejects_last(plan: Plan) -> None:
    page = plan_page(plan)
    assert headings(page) == list(SECTIONS)
    assert page.index(plan.verdict.sentence) < page.index("$19") < page.index('<svg viewBox="0 0 358')


def test_the_page_needs_nothing_else(plan: Plan) -> None:
    page = plan_page(plan)
    reader = Reader(page)
    assert not {tag for tag, _ in reader.tags} & {"script", "link", "img", "iframe", "object", "embed", "base"}
    assert not [name for _, attrs in reader.tags for name in attrs if name in ("src", "srcset", "style")]
    assert all(attrs["href"].startswith("#") for _, attrs in reader.tags if "href" in attrs)
    assert "url(" not in page
    assert "@import" not in page
    assert "://" not in page


def test_what_creators_write_stays_text(plan: Plan) -> None:
    picks = tuple(
        replace(pick, handle=nasty, package=nasty, niche=nasty, platform=nasty, tier=nasty, reasons=(nasty,))
        for pick, nasty in zip(plan.picks, NASTY, strict=False)
    )
    alternatives = tuple(replace(each, pros=NASTY, name=NASTY[0]) for each in plan.verdict.alternatives)
    verdict = replace(
        plan.verdict, alternatives=alternatives, sentence=NASTY[0], reasons=tuple(Reason(n, n, n) for n in NASTY)
    )
    reader = Reader(
        plan_page(
            replace(
                plan,
                name=NASTY[3],
                picks=picks,
                build_up=plan.build_up[: len(picks)],
                duplication=Duplication(tuple(row[: len(picks)] for row in plan.duplication.shared[: len(picks)])),
                verdict=verdict,
                warnings=NASTY,
                rejects=tuple(Reject(n, 1, n, n, n) for n in NASTY),
                evidence=dict(zip(NASTY, NASTY, strict=True)),
            )
        )
    )
    assert reader.open == []
    assert not {tag for tag, _ in reader.tags} & {"script", "img"}
    assert not [name for _, attrs in reader.tags for name in attrs if name.startswith("on")]
    for nasty in NASTY:
        assert reader.words.count(nasty) >= 6


def test_control_characters_do_not_reach_the_page(plan: Plan) -> None:
    picks = (replace(plan.picks[0], handle="@a\x00\x1b\u202eb"), *plan.picks[1:])
    page = plan_page(replace(plan, picks=picks))
    assert "@ab" in page
    assert not re.search("[\x00\x1b\u202e]", page)


def test_every_pick_and_reason_is_on_the_page(plan: Plan) -> None:
    words = Reader(plan_page(plan)).words
    for pick in plan.picks:
        assert pick.handle in words
    for text in (*plan.warnings, *(r.text for r in plan.verdict.reasons), *plan.evidence.values()):
        assert text in words
    assert "$825 (700–960)" in words
    assert "limits.max_creators: 40" in words


def test_only_the_first_fifty_rejects_are_listed_and_all_are_counted(plan: Plan) -> None:
    page = plan_page(plan)
    assert "63 values or rows could not be used; the first 50:" in Reader(page).words
    assert page.count("not a number") == 50


def test_a_verdict_too_close_to_call_says_so(edge_plan: Plan) -> None:
    assert "Too close to call: celebrity is best in 100% of simulated outcomes." in plan_page(edge_plan)


def test_sections_without_anything_to_say_are_left_out(edge_plan: Plan) -> None:
    page = plan_page(edge_plan)
    assert headings(page) == ["Alternatives", "Picks", "Forecast", "Phases", "Evidence", "Rejects"]
    assert "week 1" in page
    assert "Every value could be used." in page


def test_a_plan_without_picks_says_what_to_change(plan: Plan) -> None:
    page = plan_page(replace(plan, picks=(), build_up=()))
    assert "Raise the budget or loosen a limit" in page


def test_a_tier_is_named_beside_its_colour(plan: Plan, edge_plan: Plan) -> None:
    assert re.search(r'paint-macro"></i>macro</span>', plan_page(plan))
    assert re.search(r'paint-other"></i>celebrity</span>', plan_page(edge_plan))


def test_every_colour_class_of_the_page_is_in_its_style(plan: Plan, edge_plan: Plan) -> None:
    for each in (plan, edge_plan):
        page = plan_page(each)
        style = page[page.index("<style>") : page.index("</style>")]
        used = {name for found in re.findall(r'class="([^"]*)"', page) for name in found.split()}
        for name in used:
            if name.startswith(("fill-", "line-", "paint-")):
                assert f".{name} " in style


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_is_easy_to_read_in_light_and_dark(plan: Plan, scheme: int) -> None:
    blocks = re.findall(r":root \{([^}]*)\}", plan_page(plan))[:2]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})\b", blocks[0] + (blocks[1] if scheme else "")))
    for text in ("ink", "soft"):
        assert contrast(colours[text], colours["paper"]) >= 7
        assert contrast(colours[text], colours["raised"]) >= 7
    assert contrast(colours["accent"], colours["paper"]) >= 4.5


def test_numbers_of_money_are_the_same_wherever_the_plan_is_read(plan: Plan) -> None:
    assert plan_page(plan) == plan_page(plan)


def test_reports_load_nothing_heavy_until_they_are_used() -> None:
    code = (
        "import sys, asterism.reports.page, asterism.reports.terminal, asterism.reports.workbook;"
        "heavy = {'numba', 'jinja2', 'xlsxwriter', 'rich', 'babel', 'altair', 'vl_convert'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
