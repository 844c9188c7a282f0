"""A campaign's results as files: the client's report in four forms, and everything as tables and JSON."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from asterism.desk.studio.results import Reckoned, reckoned
from asterism.errors import BadInput
from asterism.reports.results_document import results_document
from asterism.store.ledger.models import Campaign
from asterism.store.ledger.scope import find
from asterism.store.ledger.seats import Seat

CSV: Final = "text/csv; charset=utf-8"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: what it is called on a button, how its name ends, its media type, and how it is made."""

    label: str
    ending: str
    type: str
    made: Callable[[Reckoned, date], bytes]


def _html(found: Reckoned, _: date) -> bytes:
    from asterism.reports.results_view import results_page

    return results_page(found.results).encode()


def _pdf(found: Reckoned, day: date) -> bytes:
    from asterism.reports.results_pdf import results_pdf

    return results_pdf(found.results, day)


def _xlsx(found: Reckoned, _: date) -> bytes:
    from asterism.reports.results_workbook import results_workbook

    return results_workbook(found.results)


def _pptx(found: Reckoned, _: date) -> bytes:
    from asterism.reports.slides import results_slides

    return results_slides(found.results)


def _json(found: Reckoned, _: date) -> bytes:
    return json.dumps(results_document(found.results), indent=1).encode()


def _table(name: str) -> Callable[[Reckoned, date], bytes]:
    def made(found: Reckoned, _: date) -> bytes:
        from asterism.reports import results_tables as tables

        result = found.results.returned
        if name == "orders":
            return tables.orders_csv(found.attribution, result.lines)
        if name == "clicks":
            return tables.clicks_csv(found.results)
        return tables.tiers_csv(result) if name == "tiers" else tables.collaborations_csv(result)

    return made


KINDS: Final[Mapping[str, FileKind]] = {
    "html": FileKind("Page", "html", "text/html; charset=utf-8", _html),
    "pdf": FileKind("PDF", "pdf", "application/pdf", _pdf),
    "xlsx": FileKind("Workbook", "xlsx", f"{_OFFICE}.spreadsheetml.sheet", _xlsx),
    "pptx": FileKind("Slides", "pptx", f"{_OFFICE}.presentationml.presentation", _pptx),
    "json": FileKind("JSON", "json", "application/json", _json),
    "collaborations": FileKind("Collaborations, CSV", "collaborations.csv", CSV, _table("collaborations")),
    "tiers": FileKind("Tiers, CSV", "tiers.csv", CSV, _table("tiers")),
    "orders": FileKind("Credited orders, CSV", "orders.csv", CSV, _table("orders")),
    "clicks": FileKind("Clicks, CSV", "clicks.csv", CSV, _table("clicks")),
}
"""What results can be taken away as."""


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A file to take away: its name, its media type, its bytes."""

    name: str
    type: str
    content: bytes


def result_file(seat: Seat, key: int, kind: str) -> ResultFile:
    """The results of a campaign as a file of a kind of `KINDS`."""
    seat.insist("see")
    campaign = find(seat, Campaign, key, "brand")
    wanted = KINDS.get(kind)
    if wanted is None:
        raise BadInput(f"Results cannot be taken away as `{kind}`.", f"Known: {', '.join(KINDS)}.")
    content = wanted.made(reckoned(seat, campaign), seat.today)
    return ResultFile(f"{campaign.name} results.{wanted.ending}", wanted.type, content)
