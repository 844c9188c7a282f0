"""Save a plan as the kind of file its name asks for."""

from pathlib import Path

from asterism.errors import WrongUsage
from asterism.planning.plan import Plan
from asterism.store.save import save_bytes


def report_kind(path: Path) -> str:
    """The kind of report a file's name asks for, `html` or `xlsx`: asked before the work, it costs nothing.

    Raises
    ------
    WrongUsage
        The name ends in neither.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in ("html", "xlsx"):
        what = f"A report cannot be written as `{path.name}`: what can be written is a page or a workbook."
        raise WrongUsage(what, "Name it .html (a page, which a browser prints as PDF) or .xlsx (a workbook).")
    return kind


def save_report(plan: Plan, path: Path) -> Path:
    """The path written: a page for .html, a workbook for .xlsx.

    Raises
    ------
    WrongUsage
        The name ends in neither.
    OutsideFailure
        The folder cannot be written.
    """
    if report_kind(path) == "html":
        from asterism.reports.page import plan_page

        return save_bytes(path, plan_page(plan).encode())
    from asterism.reports.workbook import plan_workbook

    return save_bytes(path, plan_workbook(plan))
