"""Save a plan as the kind of file its name asks for."""

from pathlib import Path

from asterism.errors import WrongUsage
from asterism.planning.plan import Plan
from asterism.store.save import save_bytes


def save_report(plan: Plan, path: Path) -> Path:
    """The path written: a page for .html, a workbook for .xlsx.

    Raises
    ------
    WrongUsage
        The name ends in neither.
    OutsideFailure
        The folder cannot be written.
    """
    kind = path.suffix.lower()
    if kind == ".html":
        from asterism.reports.page import plan_page

        save_bytes(path, plan_page(plan).encode())
    elif kind == ".xlsx":
        from asterism.reports.workbook import plan_workbook

        save_bytes(path, plan_workbook(plan))
    else:
        raise WrongUsage(f"A report cannot be written as `{path.name}`.", "Name it .html or .xlsx.")
    return path
