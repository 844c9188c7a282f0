"""Campaigns: the list, briefs, and the course of a campaign."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from asterism.desk.demo import BRIEF
from asterism.desk.documents import parse
from asterism.desk.studio.briefs import BriefForm
from asterism.desk.studio.campaigns import (
    LARGEST_BRIEF,
    Reason,
    brief_page,
    campaign_list,
    change_brief,
    export_brief,
    import_brief,
    new_brief_page,
    new_campaign,
    step,
)
from asterism.desk.studio.plan_drafts import start_plan
from asterism.errors import BadInput
from asterism.faces.web.downloads import download
from asterism.faces.web.forms import go, read_form
from asterism.faces.web.seats import does, shows
from asterism.faces.web.templating import page
from asterism.store.ledger.models import Campaign
from asterism.store.ledger.places import has_creators
from asterism.store.ledger.scope import find
from asterism.store.ledger.seats import Seat


@shows("see")
def campaigns(request: HttpRequest, seat: Seat) -> HttpResponse:
    """A page of campaigns, of one state where that is asked for."""
    number = request.GET.get("page", "1")
    at = int(number) if number.isdecimal() and len(number) < 7 else 1
    shown = campaign_list(seat, request.GET.get("state", ""), request.GET.get("q", ""), at)
    return page(request, "campaigns.html.j2", shown)


@shows("plan")
def new(request: HttpRequest, seat: Seat) -> HttpResponse:
    """An empty brief, or the sample's to start from."""
    start = parse(BRIEF, "the sample") if request.GET.get("start") == "sample" else None
    return page(request, "brief.html.j2", new_brief_page(seat, start))


@does("plan")
def make(request: HttpRequest, seat: Seat) -> HttpResponse:
    """A new campaign, and its first plan where there are creators."""
    campaign = new_campaign(seat, read_form(request, BriefForm))
    if has_creators(seat.workspace):
        start_plan(seat, campaign.pk)
    return go("plan", seat.workspace.slug, campaign.pk)


@does("plan")
def make_from_file(request: HttpRequest, seat: Seat) -> HttpResponse:
    """A new campaign from a brief as a file."""
    file = request.FILES.get("file")
    if file is None:
        raise BadInput("No file was chosen.", "Choose the TOML or JSON file of a brief.", "file")
    campaign = import_brief(seat, file.read(LARGEST_BRIEF + 1))
    return go("brief", seat.workspace.slug, campaign.pk)


@shows("see")
def brief(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """A campaign's brief."""
    return page(request, "brief.html.j2", brief_page(seat, key))


@does("plan")
def save_brief(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Another brief, and with it another plan."""
    find(seat, Campaign, key)  # whether there is such a campaign comes before what is wrong with the form
    change_brief(seat, key, read_form(request, BriefForm))
    if has_creators(seat.workspace):
        start_plan(seat, key)
    return go("plan", seat.workspace.slug, key)


@shows("see")
def brief_file(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """The brief as TOML."""
    name, text = export_brief(seat, key)
    return download(text.encode(), f"{name}.toml", "application/toml; charset=utf-8")


@does("run")
def take_step(request: HttpRequest, seat: Seat, key: int, name: str) -> HttpResponse:
    """Start, finish or cancel a campaign."""
    step(seat, key, name, read_form(request, Reason))
    return go("plan", seat.workspace.slug, key)


urls = [
    path("w/<slug:slug>/campaigns", campaigns, name="campaigns"),
    path("w/<slug:slug>/campaigns/new", new, name="new_campaign"),
    path("w/<slug:slug>/campaigns/make", make, name="make_campaign"),
    path("w/<slug:slug>/campaigns/import", make_from_file, name="import_brief"),
    path("w/<slug:slug>/campaigns/<int:key>/brief", brief, name="brief"),
    path("w/<slug:slug>/campaigns/<int:key>/brief/save", save_brief, name="save_brief"),
    path("w/<slug:slug>/campaigns/<int:key>/brief.toml", brief_file, name="brief_file"),
    path("w/<slug:slug>/campaigns/<int:key>/step/<slug:name>", take_step, name="campaign_step"),
]
