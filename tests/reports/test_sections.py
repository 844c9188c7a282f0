"""The pieces of a plan's page are those of the whole page."""

import re

from asterism.reports.page import plan_page, plan_view
from asterism.reports.sections import ALONGSIDE, BEHIND, plan_sections
from asterism.reports.words import Words
from tests.planned import planned


def squeezed(html):
    """Markup without the spaces that mean nothing."""
    return re.sub(r"\s+", " ", html)


def test_each_section_stands_in_the_whole_page_as_it_is():
    plan = planned()[0]
    whole = squeezed(plan_page(plan))
    made = plan_sections(plan_view(plan, Words(thin=True)))
    assert set(made) <= {*ALONGSIDE, *BEHIND}
    assert {"alternatives", "forecast", "evidence"} <= set(made)
    for name, html in made.items():
        assert squeezed(html) in whole, name


def test_a_section_with_nothing_to_show_is_left_out():
    import dataclasses

    plan = dataclasses.replace(planned()[0], warnings=(), defaults_used=())
    made = plan_sections(plan_view(plan, Words()))
    assert not {"warnings", "defaults"} & set(made)


def test_no_section_holds_a_style_or_a_script():
    made = plan_sections(plan_view(planned()[0], Words()))
    assert not [name for name, html in made.items() if re.search(r"<script|<style|style=|onclick", html)]


def test_names_are_text():
    import dataclasses

    plan = planned()[0]
    bad = dataclasses.replace(plan.picks[0], handle="<script>alert(1)</script>")
    made = plan_sections(plan_view(dataclasses.replace(plan, picks=(bad, *plan.picks[1:])), Words()))
    assert all("<script" not in html for html in made.values())
