"""The page of a campaign's results, for members and, over a link, for a client."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from asterism.campaigns.course import TONES
from asterism.desk.studio.closings import since, still_open
from asterism.desk.studio.kept_answers import OF_NOW, Newness
from asterism.desk.studio.result_files import KINDS
from asterism.desk.studio.result_links import DAYS, opened_report, result_links
from asterism.desk.studio.shown_results import shown_results
from asterism.reports.results import Results, ResultsPage
from asterism.reports.results_view import results_view
from asterism.reports.words import Words
from asterism.store.ledger.models import Campaign, Closing, ResultLink
from asterism.store.ledger.results import last_closing
from asterism.store.ledger.scope import find
from asterism.store.ledger.seats import Seat

WORDS: Final = Words(thin=True)


@dataclass(frozen=True, slots=True)
class ResultsRoom:
    """`results_room.html.j2`: what a campaign came to, with the files, the links and the closing of its books.

    Parameters
    ----------
    told
        The results in words; None while nothing was spent and nothing came, or the first are being worked out.
    secret
        The address of a link that was just made, shown this once.
    media_value
        Whether earned media value was asked for.
    newness
        How new the results are, and the work on the next.
    open
        What speaks against closing the books now, in a sentence; may be empty.
    """

    campaign: Campaign
    tone: str
    told: ResultsPage | None
    links: tuple[ResultLink, ...]
    closings: int
    kinds: tuple[tuple[str, str], ...]
    secret: str = ""
    media_value: bool = False
    days: int = DAYS
    newness: Newness = OF_NOW
    open: str = ""


@dataclass(frozen=True, slots=True)
class ClientReport:
    """`results_client.html.j2`: the report as a link shows it.

    `told` is None once the link is closed, and while it is open (`until`) and the first results are being worked out.
    """

    told: ResultsPage | None
    until: datetime | None = None
    zone: str = "UTC"
    newness: Newness = OF_NOW


def results_room(seat: Seat, key: int, *, media_value: bool = False, secret: str = "") -> ResultsRoom:
    """The results of a campaign as members see them."""
    seat.insist("see")
    campaign = find(seat, Campaign, key, "brand")
    shown, closing = shown_results(seat, campaign), last_closing(seat, campaign)
    return ResultsRoom(
        campaign=campaign,
        tone=TONES[campaign.state],
        told=_told(seat, shown.results, closing, media_value) if shown.results else None,
        newness=shown.newness,
        links=tuple(result_links(seat, key)),
        closings=closing.number if closing else 0,
        kinds=tuple((kind, one.label) for kind, one in KINDS.items()),
        secret=secret,
        media_value=media_value,
        open=still_open(seat, campaign),
    )


def client_report(secret: str, now: datetime) -> ClientReport:
    """The report that a link shows without a login: what a member sees but for closings, links and files."""
    opened = opened_report(secret, now)
    if opened is None:
        return ClientReport(None)
    link, seat = opened
    shown = shown_results(seat, link.campaign)
    told = results_view(replace(shown.results, media_value=None), WORDS) if shown.results else None
    return ClientReport(told, link.expires_at, seat.workspace.timezone, shown.newness)


def _told(seat: Seat, results: Results, closing: Closing | None, media_value: bool) -> ResultsPage | None:
    """The results in words; None where nothing was spent and nothing came."""
    total = results.returned.total
    if not total.costs.total and not total.tracked.orders and results.clicks is None:
        return None
    closed = since(closing, results.returned, seat.workspace.timezone, WORDS)
    worth = results.media_value if media_value else None
    return results_view(replace(results, closed=closed, media_value=worth), WORDS)
