"""Learning: what past results say, whom to book again, the next wave of a test, and what to find out first."""

import json

from django.http import HttpRequest, HttpResponse
from django.urls import path
from pydantic import BaseModel, Field

from asterism.desk.studio.beliefs import adopt, adopt_shipped, belief, start_learning
from asterism.desk.studio.experiments import experiments_page
from asterism.desk.studio.learning_page import learning_page
from asterism.desk.studio.rebooking import rebooking_page
from asterism.desk.studio.waves import WaveWish, plan_wave, wave_file, waves_page
from asterism.faces.web.downloads import download
from asterism.faces.web.forms import go, read_form, read_query
from asterism.faces.web.seats import does, shows
from asterism.faces.web.templating import page
from asterism.store.ledger.seats import Seat


class Chosen(BaseModel):
    """The campaign whose plan is looked at."""

    campaign: int | None = Field(default=None, ge=1, lt=2**63)


@shows("see")
def learning(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What was learnt, and whether forecasts held."""
    return page(request, "learning.html.j2", learning_page(seat))


@does("plan")
def learn(request: HttpRequest, seat: Seat) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Learn from all results there are."""
    start_learning(seat)
    return go("learning", seat.workspace.slug)


@does("plan")
def adopt_belief(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Put a version to use."""
    adopt(seat, key)
    return go("learning", seat.workspace.slug, anchor="versions")


@does("plan")
def adopt_benchmarks(request: HttpRequest, seat: Seat) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Go back to the shipped benchmarks."""
    adopt_shipped(seat)
    return go("learning", seat.workspace.slug, anchor="versions")


@shows("see")
def belief_file(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """A version as a priors document, for programs and the command line."""
    found = belief(seat, key)
    return download(json.dumps(found.entries, indent=1).encode(), f"beliefs {found.number}.json", "application/json")


@shows("see")
def rebooking(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Whom to book again."""
    return page(request, "learning_rebooking.html.j2", rebooking_page(seat))


@shows("see")
def waves(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The newest wave, and how to ask for the next."""
    return page(request, "learning_waves.html.j2", waves_page(seat))


@does("plan")
def next_wave(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Plan the next wave."""
    plan_wave(seat, read_form(request, WaveWish))
    return go("learning_waves", seat.workspace.slug)


@shows("see")
def wave_table(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """A wave as a table to take away."""
    made = wave_file(seat, key)
    return download(made.content, made.name, made.type)


@shows("see")
def experiments(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What would change the answer of the campaign chosen, or of the newest that has a plan."""
    wish = read_query(request, Chosen)
    return page(request, "learning_experiments.html.j2", experiments_page(seat, wish.campaign))


@shows("see")
def campaign_experiments(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """What would change the answer of a campaign's plan."""
    return page(request, "learning_experiments.html.j2", experiments_page(seat, key))


_AT = "w/<slug:slug>/learning"
urls = [
    path(f"{_AT}/", learning, name="learning"),
    path(f"{_AT}/learn", learn, name="learn"),
    path(f"{_AT}/beliefs/<int:key>/adopt", adopt_belief, name="adopt_belief"),
    path(f"{_AT}/beliefs/<int:key>.json", belief_file, name="belief_file"),
    path(f"{_AT}/shipped", adopt_benchmarks, name="adopt_shipped"),
    path(f"{_AT}/rebooking", rebooking, name="learning_rebooking"),
    path(f"{_AT}/waves", waves, name="learning_waves"),
    path(f"{_AT}/waves/plan", next_wave, name="plan_wave"),
    path(f"{_AT}/waves/<int:key>.csv", wave_table, name="wave_table"),
    path(f"{_AT}/experiments", experiments, name="learning_experiments"),
    path("w/<slug:slug>/campaigns/<int:key>/experiments", campaign_experiments, name="campaign_experiments"),
]
