"""Studies of lift: their list, one study, making and estimating them, and tables for marketing-mix models."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from asterism.desk.studio import lifts as desk
from asterism.desk.studio.lift_page import lifts_page, study_page
from asterism.desk.studio.mix_exports import mix_export
from asterism.faces.web.downloads import download
from asterism.faces.web.forms import go, read_form, standing_at
from asterism.faces.web.seats import does, shows
from asterism.faces.web.templating import page
from asterism.faces.web.views.orders import brought
from asterism.store.ledger.models import Campaign
from asterism.store.ledger.scope import find
from asterism.store.ledger.seats import Seat


@shows("see")
def lifts(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """The studies of a campaign."""
    return page(request, "lifts.html.j2", lifts_page(seat, key))


@shows("see")
def study(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """One study."""
    return page(request, "lifts_study.html.j2", study_page(seat, key))


@does("plan")
def make_study(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """A new study; where rows cannot be read, the page says which."""
    find(seat, Campaign, key)
    made = desk.make_study(seat, key, read_form(request, desk.NewStudy), brought(request))
    if made.study is None or made.job is None:
        shown = page(request, "lifts.html.j2", lifts_page(seat, key, made))
        return standing_at(shown, "lifts", seat.workspace.slug, key)
    return go("job", seat.workspace.slug, made.job.pk)


@does("plan")
def estimate(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Have the lift estimated."""
    return go("job", seat.workspace.slug, desk.estimate(seat, key).pk)


@does("plan")
def remove_study(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Forget a study."""
    return go("lifts", seat.workspace.slug, desk.remove_study(seat, key))


@shows("see")
def mix_table(request: HttpRequest, seat: Seat, key: int, kind: str) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """A table for a marketing-mix model."""
    made = mix_export(seat, key, kind)
    return download(made.content, made.name, made.type)


_AT = "w/<slug:slug>/campaigns/<int:key>/lift"
_ONE = "w/<slug:slug>/lift-studies/<int:key>"
urls = [
    path(_AT, lifts, name="lifts"),
    path(f"{_AT}/make", make_study, name="make_study"),
    path(f"{_AT}/as/<slug:kind>", mix_table, name="mix_table"),
    path(_ONE, study, name="lift_study"),
    path(f"{_ONE}/estimate", estimate, name="estimate_lift"),
    path(f"{_ONE}/remove", remove_study, name="remove_study"),
]
