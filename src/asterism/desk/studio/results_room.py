"""The page of a campaign's results, for members and, over a link, for a client."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from asterism.campaigns.course import TONES
from asterism.desk.studio.closings import since
from asterism.desk.studio.remembered import newest
from asterism.desk.studio.result_files import KINDS
from asterism.desk.studio.result_links import DAYS, opened_report, result_links
from asterism.desk.studio.results import Reckoned, reckoned, with_media_value
from asterism.reports.results import ResultsPage
from asterism.reports.results_view import results_view
from asterism.reports.words import Words
from asterism.store.ledger.models import Campaign, Closing, ResultLink
from asterism.store.ledger.results import freshness, last_closing
from asterism.store.ledger.scope import find
from asterism.store.ledger.seats import Seat

WORDS: Final = Words(thin=True)


@dataclass(frozen=True, slots=True)
class ResultsRoom:
    """`results_room.html.j2`: what a campaign came to, with the files, the links and the closing of its books.

    Parameters
    ----------
    told
        The results in words; None while nothing was spent and nothing came.
    secret
        The address of a link that was just made, shown this once.
    media_value
        Whether earned media value was asked for.
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


@dataclass(frozen=True, slots=True)
class ClientReport:
    """`results_client.html.j2`: the report as a link shows it; `told` is None once the link is closed."""

    told: ResultsPage | None
    until: datetime | None = None
    zone: str = "UTC"


def results_room(seat: Seat, key: int, *, media_value: bool = False, secret: str = "") -> ResultsRoom:
    """The results of a campaign as members see them."""
    seat.insist("see")
    campaign = find(seat, Campaign, key, "brand")
    stand = freshness(seat)
    found, closing = reckoned(seat, campaign, stand), last_closing(seat, campaign)
    what = ("told", campaign.pk, media_value)
    told = newest(seat, what, stand, lambda: _told(seat, found, closing, media_value))
    return ResultsRoom(
        campaign=campaign,
        tone=TONES[campaign.state],
        told=told,
        links=tuple(result_links(seat, key)),
        closings=closing.number if closing else 0,
        kinds=tuple((kind, one.label) for kind, one in KINDS.items()),
        secret=secret,
        media_value=media_value,
    )


def client_report(secret: str, now: datetime) -> ClientReport:
    """The report that a link shows without a login: what a member sees but for closings, links and files."""
    opened = opened_report(secret, now)
    if opened is None:
        return ClientReport(None)
    link, seat = opened
    found = reckoned(seat, link.campaign)
    told = results_view(found.results, WORDS)
    return ClientReport(told, link.expires_at, seat.workspace.timezone)


def _told(seat: Seat, found: Reckoned, closing: Closing | None, media_value: bool) -> ResultsPage | None:
    """The results in words; None where nothing was spent and nothing came."""
    total, results = found.returned.total, found.results
    if not total.costs.total and not total.tracked.orders and results.clicks is None:
        return None
    shown = replace(results, closed=since(closing, found.returned, seat.workspace.timezone, WORDS))
    return results_view(with_media_value(shown, found) if media_value else shown, WORDS)
