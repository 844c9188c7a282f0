"""A report on results from the command line: of the studio's ledger, of a saved ledger of return, of one just made."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from asterism.desk.report import ending_of
from asterism.errors import BadInput
from asterism.reports.results import Aside, Ledger, Results
from asterism.store.contents import read_bytes
from asterism.store.encodings import decode
from asterism.store.save import save_bytes

if TYPE_CHECKING:
    from asterism.desk.measure import Measured

KINDS: Final = ("html", "pdf", "xlsx", "pptx", "csv", "json")


def results_kind(path: Path) -> str:
    """The kind of report a file's name asks for, one of `KINDS`: asked before the work, it costs nothing.

    Raises
    ------
    WrongUsage
        The name ends in none of them.
    """
    fix = "Name it .html, .pdf, .xlsx, .pptx (slides), .csv (collaborations) or .json."
    return ending_of(path, KINDS, f"A report on results cannot be written as `{path.name}`.", fix)


def results_of_file(path: str, title: str = "") -> Results:
    """The results that `asterism measure return --json` printed, or that the studio gave as JSON.

    Raises
    ------
    NotFound, BadInput
        There is no such file, or it is no ledger of return.
    """
    from asterism.reports.results_document import ledger_of

    try:
        document = json.loads(decode(path, read_bytes(path)).text)
    except json.JSONDecodeError:
        raise BadInput(f"{path} is no JSON.", "Save it with `asterism measure return … --json > FILE`.") from None
    if not isinstance(document, dict):
        raise BadInput(f"{path} is no ledger of return.", "Save one with `asterism measure return … --json > FILE`.")
    brand, agency, planned = (str(document.get(name) or "") for name in ("brand", "agency", "planned"))
    called = title or str(document.get("campaign") or Path(path).stem)
    return Results(called, ledger_of(document), brand=brand, agency=agency, planned=planned)


def results_of_campaign(slug: str, key: int) -> Results:
    """The results of a campaign of the studio on this machine, by its workspace's address and its number.

    Raises
    ------
    NotFound
        There is no such workspace, or no such campaign in it.
    """
    from asterism.desk.studio.results import reckoned
    from asterism.store.ledger.models import Campaign
    from asterism.store.ledger.scope import find
    from asterism.store.ledger.seats import machine_seat
    from asterism.store.ledger.workspaces import workspace_of

    seat = machine_seat(workspace_of(slug), datetime.now(UTC))
    return reckoned(seat, find(seat, Campaign, key, "brand")).results


def title_of(measured: "Measured", folder: Path | None) -> str:
    """What a return from files is called: the campaign of all deals, else the folder, else the file of the costs."""
    campaigns = {line.partner.campaign for line in measured.result.lines}
    if len(campaigns) == 1 and (only := campaigns.pop()):
        return only
    if folder is not None:
        return folder.resolve().name or "Return"
    first = next((sheet.file for sheet in measured.sheets if sheet.kind in ("deals", "outcomes")), "")
    return Path(first).stem or "Return"


def results_of_measured(measured: "Measured", title: str = "Return") -> Results:
    """The results that a measurement from files came to."""
    from dataclasses import replace

    ledger = replace(Ledger.of(measured.result), warnings=measured.warnings)
    aside: dict[str, list[int]] = {}
    for one in measured.attribution.set_aside if measured.attribution else ():
        aside.setdefault(one.why.replace("_", " "), []).append(one.revenue_cents or 0)
    told = tuple(Aside(why, len(cents), sum(cents)) for why, cents in aside.items())
    earned = measured.earned_media
    worth = None if earned is None else (earned.cents, earned.sentence)
    return Results(title, ledger, aside=told, leaks=measured.leaks, media_value=worth)


def save_measured(measured: "Measured", path: Path, title: str) -> Path:
    """The path written: the report of a measurement from files; raises as `save_results`."""
    return save_results(results_of_measured(measured, title), path)


def save_results(results: Results, path: Path, made: date | None = None) -> Path:
    """The path written: the report in the form that the name's ending asks for.

    Raises
    ------
    WrongUsage
        The name ends in none of `KINDS`.
    OutsideFailure
        The folder cannot be written, or the package that writes slides is missing.
    """
    return save_bytes(path, results_bytes(results, results_kind(path), made or datetime.now(UTC).date()))


def results_bytes(results: Results, kind: str, made: date) -> bytes:
    """The report itself, of one of `KINDS`; the packages that write it are loaded here."""
    if kind == "html":
        from asterism.reports.results_view import results_page

        return results_page(results).encode()
    if kind == "pdf":
        from asterism.reports.results_pdf import results_pdf

        return results_pdf(results, made)
    if kind == "xlsx":
        from asterism.reports.results_workbook import results_workbook

        return results_workbook(results)
    if kind == "pptx":
        from asterism.reports.slides import results_slides

        return results_slides(results)
    return _plain(results, kind)


def _plain(results: Results, kind: str) -> bytes:
    from asterism.reports.results_document import results_document
    from asterism.reports.results_tables import collaborations_csv

    if kind == "csv":
        return collaborations_csv(results.returned)
    return json.dumps(results_document(results), indent=1, ensure_ascii=False).encode()
