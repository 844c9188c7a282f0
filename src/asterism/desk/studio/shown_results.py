"""A campaign's results as pages and programs show them: at once where that is quick, else as the worker left them."""

from dataclasses import dataclass, replace
from typing import Any

from asterism.desk.studio.kept_answers import OF_NOW, Newness, asked_anew, edition_at, kept_answer, newness_of
from asterism.desk.studio.people import people_of
from asterism.desk.studio.results import Reckoned, reckoned, with_media_value
from asterism.reports.results import Results
from asterism.reports.results_document import results_document, results_read
from asterism.store.ledger.models import Campaign
from asterism.store.ledger.results import freshness, weight_of
from asterism.store.ledger.scope import find
from asterism.store.ledger.seats import Seat


@dataclass(frozen=True, slots=True)
class ShownResults:
    """Results with their earned media value, and how new they are; None while the first are being worked out."""

    results: Results | None
    newness: Newness = OF_NOW


def results_seen(seat: Seat, key: int, media_value: bool = False) -> dict[str, Any]:
    """The newest results of a campaign as plain values, for programs: the first are worked out while they wait."""
    seat.insist("see")
    campaign = find(seat, Campaign, key, "brand")
    shown = shown_results(seat, campaign)
    results = shown.results or with_worth(reckoned(seat, campaign))
    told = results_document(results if media_value else replace(results, media_value=None))
    return {**told, "worked_out_at": shown.newness.as_of, "newer_orders": shown.newness.newer}


def shown_results(seat: Seat, campaign: Campaign) -> ShownResults:
    """The newest results there are; who asks has been let in already.

    Where a workspace holds much, the page never works them out itself: it shows those that stand, and asks the worker.
    """
    weight, stand = weight_of(seat), freshness(seat)
    if not weight.heavy:
        found = reckoned(seat, campaign, stand)
        job = asked_anew(seat, campaign) if found.people_due else None
        return ShownResults(with_worth(found), Newness(job=job))
    answer = kept_answer(seat, kept_name(campaign), weight)
    newness = newness_of(seat, answer, results_edition(seat, campaign, stand), campaign)
    return ShownResults(results_read(answer.document) if answer else None, newness)


def with_worth(found: Reckoned) -> Results:
    """The results with their earned media value, as they are kept: who did not ask for it is not shown it."""
    return with_media_value(found.results, found)


def kept_name(campaign: Campaign) -> str:
    """The name under which the worker keeps a campaign's results."""
    return f"results {campaign.pk}"


def results_edition(seat: Seat, campaign: Campaign, stand: tuple[Any, ...]) -> str:
    """The state of everything that a campaign's results rest on."""
    return edition_at(seat, stand, people_of(seat, campaign).mark)


def kept_form(found: Reckoned) -> dict[str, Any]:
    """The results as they are kept."""
    return results_document(with_worth(found))
