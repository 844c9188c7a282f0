"""The worker's part of results: people counted on the catalogue, and answers that take too long for a page."""

from typing import Any

from asterism.brief import Brief
from asterism.desk.kept_people import KeptPeople, keep_people, kept_people
from asterism.desk.people_behind import people_behind
from asterism.desk.stored import STAMP, load_catalogue
from asterism.desk.studio import market_view
from asterism.desk.studio.beliefs import believed
from asterism.desk.studio.kept_answers import RECKONING, edition_at, keep_answer
from asterism.desk.studio.people import edition_of_people, name_of, versions_of
from asterism.desk.studio.results import reckoned
from asterism.desk.studio.shown_results import kept_form, kept_name, results_edition
from asterism.errors import BadInput, NotFound
from asterism.store.ledger.jobs import Finish, Work, register
from asterism.store.ledger.models import Campaign, Collaboration
from asterism.store.ledger.places import catalogue_of, shelf_of
from asterism.store.ledger.results import freshness, weight_of
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat


@register(RECKONING)
def work_out(work: Work) -> Finish:
    """Work out what pages show next; it needs no role, for it is kept for those whom a page lets in."""
    seat, weight = work.seat, weight_of(work.seat)
    if work.job.campaign_id is None:
        work.tell("Working out the market", 0.1)
        stand = freshness(seat)
        edition = edition_at(seat, stand)
        keep_answer(seat, market_view.KEPT, edition, weight, market_view.market_document_of(seat, stand))
        return _kept(seat, weight.erased)
    campaign = find(seat, Campaign, work.job.campaign_id, "brand")
    counted = count_people(work, campaign)
    if weight.heavy:
        work.tell("Crediting orders", 0.5)
        stand = freshness(seat)
        edition = results_edition(seat, campaign, stand)
        keep_answer(seat, kept_name(campaign), edition, weight, kept_form(reckoned(seat, campaign, stand)))
    return _kept(seat, weight.erased, counted)


def _kept(seat: Seat, erased: int, counted: bool = False) -> Finish:
    """What was kept goes again if somebody was erased while it was made: it may name them."""

    def finish() -> dict[str, Any]:
        if weight_of(seat).erased != erased:
            shelf_of(seat.workspace).clear()
        return {"people": counted}

    return finish


def count_people(work: Work, campaign: Campaign) -> bool:
    """Whether people were counted for a campaign and kept: nothing is done where they stand already."""
    seat, shelf = work.seat, shelf_of(work.seat.workspace)
    versions = versions_of(seat)
    edition = edition_of_people(seat, campaign, versions)
    pairs = rows(seat, Collaboration).filter(campaign=campaign, creator__erased_at=None)
    asked = {f"{who}@{on}" for who, on in pairs.values_list("creator__creator_id", "creator__platform")}
    before = kept_people(shelf, name_of(campaign))
    if not edition or (before is not None and before.edition == edition and asked <= before.asked):
        return False
    work.tell("Reading the catalogue", 0.05)
    pinned = {kind: f"{STAMP}{number}" for kind, number in versions.items()}
    try:
        tables = load_catalogue(catalogue_of(seat.workspace), pinned).tables
    except NotFound:
        return False
    work.tell("Counting people once", 0.2)
    samples = people_behind(sorted(asked), tables, _brief(campaign), believed(seat).priors)
    keep_people(shelf, name_of(campaign), KeptPeople(samples, frozenset(asked), edition, seat.now))
    return True


def _brief(campaign: Campaign) -> Brief:
    """The brief of a campaign; one that wants nobody in particular where none was written."""
    try:
        return Brief(**campaign.brief)
    except BadInput:
        return Brief(goal="awareness", budget="1 USD", universe=campaign.brief.get("universe"))
