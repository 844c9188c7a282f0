"""A plan's page in pieces, for the studio, which puts its own table of picks between them."""

from typing import Final

from asterism.reports.page import PlanPage, pages

ALONGSIDE: Final = ("alternatives", "reasons", "changes", "asterism", "forecast", "phases", "warnings")
"""What stands with the verdict and the picks."""
BEHIND: Final = ("build_up", "overlap", "evidence", "defaults", "rejects")
"""The evidence, one step away."""


def plan_sections(view: PlanPage) -> dict[str, str]:
    """The HTML of each section that has anything to show, by name."""
    macros = pages().get_template("sections.html.j2").module
    made = {name: str(getattr(macros, name)(view)).strip() for name in (*ALONGSIDE, *BEHIND)}
    return {name: html for name, html in made.items() if html}
