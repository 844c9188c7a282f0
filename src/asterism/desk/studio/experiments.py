"""What would change a plan's answer: what could be found out before the start, by what knowing it is worth."""

from dataclasses import dataclass

from asterism.desk.studio.beliefs import believed
from asterism.desk.studio.remembered import remembered
from asterism.errors import BadInput, NotFound
from asterism.learning.experiments import Ranking
from asterism.store.ledger.models import Campaign, PlanDraft
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat

MOST = 100
NO_PLAN = ("This campaign has no plan yet.", "Plan it first: its brief is enough.")


@dataclass(frozen=True, slots=True)
class ExperimentsPage:
    """`learning_experiments.html.j2`: the ranking for one campaign's plan, and the campaigns that can be chosen.

    Parameters
    ----------
    ranking
        None where no campaign has a plan, or this plan leaves nothing to decide; then `problem` says so.
    about
        Which plan it is, as in `draft 3`.
    """

    campaign: Campaign | None
    campaigns: tuple[tuple[int, str], ...]
    ranking: Ranking | None
    about: str = ""
    problem: str = ""


def experiments_page(seat: Seat, key: int | None = None) -> ExperimentsPage:
    """The ranking for a campaign, or for the newest that has a plan."""
    seat.insist("see")
    chosen = None if key is None else find(seat, Campaign, key)
    planned = rows(seat, Campaign).filter(drafts__isnull=False).exclude(state="cancelled").distinct()
    listed = tuple(planned.order_by("-id").values_list("pk", "name")[:MOST])
    if chosen is None and listed:
        chosen = find(seat, Campaign, listed[0][0])
    if chosen is None:
        return ExperimentsPage(None, listed, None)
    try:
        ranking, about = _ranked(seat, chosen)
    except (BadInput, NotFound) as error:
        return ExperimentsPage(chosen, listed, None, problem=f"{error.what} {error.fix}")
    return ExperimentsPage(chosen, listed, ranking, about)


def experiments(seat: Seat, key: int) -> Ranking:
    """The ranking for a campaign's signed plan, or else its newest draft.

    Raises
    ------
    NotFound
        It has neither.
    """
    seat.insist("see")
    return _ranked(seat, find(seat, Campaign, key))[0]


def _ranked(seat: Seat, campaign: Campaign) -> tuple[Ranking, str]:
    drafts = rows(seat, PlanDraft).filter(campaign=campaign).order_by("-number")
    newest = None if campaign.plan else drafts.values_list("number", flat=True).first()
    if not campaign.plan and newest is None:
        raise NotFound(*NO_PLAN)
    about = "the signed plan" if campaign.plan else f"draft {newest}"
    known = believed(seat)

    def work_out() -> Ranking:
        from asterism.desk.learn import experiments_of

        plan = campaign.plan or drafts.values_list("plan", flat=True).first()
        return experiments_of(plan, known.priors, "The plan")

    return remembered(seat, ("experiments", campaign.pk, newest, known.number), work_out), about
