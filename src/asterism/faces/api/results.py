"""`/campaigns/{campaign}/results`, `/result-links`, `/market`: what came of campaigns, one by one and all together."""

import base64
from datetime import datetime
from typing import Any, Literal

from django.urls import reverse
from ninja import Path, Query, Router, Schema

from asterism.desk.studio import closings, market_view, result_files, result_links, shown_results
from asterism.faces.api.campaigns import PlanFileOut
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import At, Key, Page, asks, paged
from asterism.reports.results_market import market_document

router = Router(tags=["Results"])
all_links = Router(tags=["Results"])
market = Router(tags=["Market"])


class ResultsOut(Schema):
    """What a campaign came to; `return` holds cents, metrics whole units, and the three returns are never added.

    `counted_on` says on whom reach was counted. Where a workspace holds many orders the worker works results out:
    `worked_out_at` is when it did, and `newer_orders` came since; asking has begun the next. Null is this very moment.
    """

    campaign: str
    brand: str
    agency: str
    answer: str
    in_all: str
    lessons: list[str]
    planned: str
    start: str | None
    end: str | None
    forecasts: list[dict[str, Any]]
    returned: dict[str, Any]
    set_aside: list[dict[str, Any]]
    clicks: dict[str, Any] | None
    leaks: list[dict[str, Any]]
    earned_media: dict[str, Any] | None
    counted_on: str
    worked_out_at: datetime | None
    newer_orders: int


class ClosingOut(Schema):
    """The books of a campaign as they were closed; `figures` hold cents."""

    id: int
    campaign_id: int
    number: int
    rule: str
    figures: dict[str, Any]
    made_at: datetime


class ResultLinkOut(Schema):
    """A link to a report without its secret."""

    id: int
    campaign_id: int
    label: str
    expires_at: datetime
    revoked_at: datetime | None
    opened: int
    last_opened_at: datetime | None


class MadeResultLink(Schema):
    """A new link; `secret` is its whole address, shown this once."""

    link: ResultLinkOut
    secret: str


class MarketOut(Schema):
    """Every tier on every platform over all campaigns, and every campaign; `spans` are middles of 80%."""

    currency: str
    rule: str
    places: list[dict[str, Any]]
    campaigns: list[dict[str, Any]]
    warnings: list[str]


class MarketFile(market_view.MarketWish):
    """Which creators are looked at, and the kind of file."""

    kind: Literal["csv", "json"] = "csv"


class Asked(Schema):
    """Whether earned media value is asked for; it is no return."""

    emv: bool = False


@router.get("", **asks("see", ResultsOut))
def read_results(request: Any, campaign: Path[Key], wish: Query[Asked]) -> Any:
    """What a campaign came to: cost beside credits, forecasts beside what came."""
    found = shown_results.results_seen(seat_of(request), campaign, wish.emv)
    return {**found, "returned": found["return"]}


@router.get("/as/{kind}", **asks("see", PlanFileOut))
def export_results(
    request: Any,
    campaign: Path[Key],
    kind: Path[Literal["html", "pdf", "xlsx", "pptx", "json", "collaborations", "tiers", "orders", "clicks"]],
) -> Any:
    """The report for the client as a page, PDF, workbook or slides; all figures as JSON; tables as CSV."""
    return _file(result_files.result_file(seat_of(request), campaign, kind))


@router.post("/close", **asks("run", ClosingOut, 201))
def close_books(request: Any, campaign: Path[Key], wish: closings.Closure = closings.AS_USUAL) -> Any:
    """Close the books: the figures are kept; before the end or with open work only with `anyway`."""
    return closings.close(seat_of(request), campaign, wish)


@router.get("/closings", **asks("see", Page[ClosingOut]))
def list_closings(request: Any, campaign: Path[Key], at: Query[At]) -> Any:
    """The closings of a campaign's books, the newest first."""
    return paged(request, at, closings.closings_of(seat_of(request), campaign))


@router.get("/links", **asks("see", Page[ResultLinkOut]))
def list_result_links(request: Any, campaign: Path[Key], at: Query[At]) -> Any:
    """The links to a campaign's report."""
    return paged(request, at, result_links.result_links(seat_of(request), campaign))


@router.post("/links", **asks("share", MadeResultLink, 201))
def share_results(request: Any, campaign: Path[Key], wish: result_links.NewResultLink) -> Any:
    """Make a link by which a client reads the report without a login."""
    link, secret = result_links.share_results(seat_of(request), campaign, wish)
    return {"link": link, "secret": request.build_absolute_uri(reverse("client_report", args=[secret]))}


@all_links.post("/{link}/revoke", **asks("share", ResultLinkOut))
def revoke_result_link(request: Any, link: Key) -> Any:
    """Close a link to a report at once."""
    return result_links.revoke_result_link(seat_of(request), link)


@market.get("", **asks("see", MarketOut))
def read_market(request: Any, wish: Query[market_view.MarketWish]) -> Any:
    """Prices and tracked return of every tier on every platform, over all campaigns of the workspace."""
    return market_document(market_view.market_seen(seat_of(request), wish))


@market.get("/file", **asks("see", PlanFileOut))
def export_market(request: Any, wish: Query[MarketFile]) -> Any:
    """The same as a file."""
    return _file(market_view.market_file(seat_of(request), wish, wish.kind))


def _file(made: result_files.ResultFile) -> dict[str, str]:
    return {"name": made.name, "type": made.type, "content": base64.b64encode(made.content).decode()}
