"""A campaign's plan: its drafts, what is changed between them, and the signature."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from asterism.desk.studio.plan_drafts import Change, compare, start_plan
from asterism.desk.studio.plans import KINDS, exported, plan_room, written
from asterism.desk.studio.signing import amend, sign
from asterism.faces.web.downloads import download
from asterism.faces.web.forms import go, read_form
from asterism.faces.web.seats import does, shows
from asterism.faces.web.templating import page
from asterism.store.ledger.seats import Seat


@shows("see")
def plan(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """The newest draft."""
    return page(request, "plan_room.html.j2", plan_room(seat, key))


@shows("see")
def draft(request: HttpRequest, seat: Seat, key: int, number: int) -> HttpResponse:
    """One draft."""
    return page(request, "plan_room.html.j2", plan_room(seat, key, number))


@shows("see")
def evidence(request: HttpRequest, seat: Seat, key: int, number: int) -> HttpResponse:
    """What a draft rests on."""
    return page(request, "plan_evidence.html.j2", plan_room(seat, key, number))


@shows("see")
def compare_drafts(request: HttpRequest, seat: Seat, key: int, number: int, other: int) -> HttpResponse:
    """Two drafts side by side."""
    return page(request, "plan_compare.html.j2", compare(seat, key, number, other))


@does("plan")
def replan(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """The next draft, with somebody locked, excluded or swapped, or the same brief again."""
    start_plan(seat, key, read_form(request, Change))
    return go("plan", seat.workspace.slug, key)


@shows("see")
def take_away(request: HttpRequest, seat: Seat, key: int, number: int, kind: str) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """A draft as a file."""
    name, made = exported(seat, key, number, kind)
    return download(written(made, kind, seat.now), f"{name}.{kind}", KINDS[kind])


@does("run")
def sign_draft(request: HttpRequest, seat: Seat, key: int, number: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Sign the plan with a draft."""
    sign(seat, key, number)
    return go("board", seat.workspace.slug, key)


@does("run")
def amend_plan(request: HttpRequest, seat: Seat, key: int, number: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Amend the signed plan with a draft."""
    amend(seat, key, number)
    return go("board", seat.workspace.slug, key)


_AT = "w/<slug:slug>/campaigns/<int:key>/plan"
urls = [
    path(_AT, plan, name="plan"),
    path(f"{_AT}/again", replan, name="replan"),
    path(f"{_AT}/<int:number>", draft, name="plan_draft"),
    path(f"{_AT}/<int:number>/evidence", evidence, name="plan_evidence"),
    path(f"{_AT}/<int:number>/against/<int:other>", compare_drafts, name="compare_drafts"),
    path(f"{_AT}/<int:number>/sign", sign_draft, name="sign_draft"),
    path(f"{_AT}/<int:number>/amend", amend_plan, name="amend_plan"),
    path(f"{_AT}/<int:number>/as/<slug:kind>", take_away, name="take_away"),
]
