"""Save a plan as the kind of file its name asks for."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Final

from asterism.errors import WrongUsage
from asterism.planning.plan import Plan
from asterism.signals.profile import Profile
from asterism.store.save import save_bytes

KINDS: Final = ("html", "pdf", "xlsx")
LONGEST: Final = 50
"""Letters of a handle in a file's name: four bytes each at most, of the 255 that file systems take."""


def report_kind(path: Path) -> str:
    """The kind of report a file's name asks for, one of `KINDS`: asked before the work, it costs nothing.

    Raises
    ------
    WrongUsage
        The name ends in none of them.
    """
    what = f"A report cannot be written as `{path.name}`: what can be written is a page, a PDF or a workbook."
    return ending_of(path, KINDS, what, "Name it .html (a page), .pdf (the same on paper) or .xlsx (a workbook).")


def ending_of(path: Path, kinds: Sequence[str], what: str, fix: str) -> str:
    """How a file's name ends, in lower case; `WrongUsage` with those words where it is none of the kinds."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in kinds:
        raise WrongUsage(what, fix)
    return kind


def check_calendar(path: Path) -> None:
    """Raise `WrongUsage` unless the name is one a calendar program opens: asked before the work, it costs nothing."""
    if path.suffix.lower() != ".ics":
        raise WrongUsage(f"A calendar cannot be written as `{path.name}`.", "Name it .ics.")


def save_calendar(plan: Plan, path: Path) -> Path:
    """The path written: the plan's phases and posts as iCalendar.

    Raises
    ------
    WrongUsage
        The plan has no dates.
    OutsideFailure
        The folder cannot be written.
    """
    from asterism.reports.calendar import plan_calendar

    return save_bytes(path, plan_calendar(plan, datetime.now(UTC)).encode())


def save_profiles(profiles: Sequence[Profile], folder: Path) -> list[Path]:
    """The pages written, one per creator, named `platform-handle.html`; the second of a name is `…-2.html`.

    Raises
    ------
    OutsideFailure
        The folder cannot be written.
    """
    from asterism.reports.profile import profile_page

    pages = zip(_page_names(profiles), profiles, strict=True)
    return [save_bytes(folder / f"{name}.html", profile_page(profile).encode()) for name, profile in pages]


def _page_names(profiles: Sequence[Profile]) -> list[str]:
    """A file name per creator, without its ending; one that another has already, whatever its case, is numbered."""
    taken: dict[str, str] = {}
    for stem in map(_stem, profiles):
        numbered = (stem if n == 1 else f"{stem}-{n}" for n in count(1))
        name = next(each for each in numbered if each.casefold() not in taken)
        taken[name.casefold()] = name
    return list(taken.values())


def _stem(profile: Profile) -> str:
    safe = "".join(letter if letter.isalnum() or letter in "._-" else "_" for letter in profile.called.lstrip("@"))
    return f"{profile.platform}-{safe.lstrip('.')[:LONGEST] or 'creator'}"


def save_report(plan: Plan, path: Path) -> Path:
    """The path written: a page for .html, the same on paper for .pdf, a workbook for .xlsx.

    Raises
    ------
    WrongUsage
        The name ends in none of them.
    OutsideFailure
        The folder cannot be written.
    """
    return save_bytes(path, report_bytes(plan, report_kind(path)))


def report_bytes(plan: Plan, kind: str) -> bytes:
    """The report itself, of one of `KINDS`."""
    if kind == "html":
        from asterism.reports.page import plan_page

        return plan_page(plan).encode()
    if kind == "pdf":
        from asterism.reports.pdf import plan_pdf

        return plan_pdf(plan, datetime.now(UTC).date())
    from asterism.reports.workbook import plan_workbook

    return plan_workbook(plan)
