"""Shortlists: made, put in order, remarked on, taken along, shared with a client."""

from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse

from asterism.desk.studio import listing, sharing
from asterism.desk.studio import shortlists as desk
from asterism.desk.studio.exporting import export_shortlist
from asterism.faces.web.forms import go, read_form
from asterism.faces.web.seats import does, shows
from asterism.faces.web.templating import page
from asterism.store.ledger.seats import Seat

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@shows("see")
def shortlists(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Every shortlist."""
    return page(request, "shortlists.html.j2", listing.shortlists_of(seat))


@does("plan")
def new_shortlist(request: HttpRequest, seat: Seat) -> HttpResponse:
    """A new shortlist."""
    return _to(seat, desk.make_shortlist(seat, read_form(request, desk.NewShortlist)).pk)


@does("plan")
def plan_shortlist(request: HttpRequest, seat: Seat, key: int, number: int) -> HttpResponse:  # noqa: ARG001
    """A new shortlist of a plan's picks; `key` is the campaign, `number` its draft."""
    return _to(seat, desk.shortlist_of_plan(seat, key, number).pk)


@shows("see")
def shortlist(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """A shortlist."""
    return page(request, "shortlist.html.j2", listing.shortlist_page(seat, key))


@does("plan")
def rename_shortlist(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Change name and campaign."""
    return _to(seat, desk.rename(seat, key, read_form(request, desk.Renaming)).pk)


@does("plan")
def drop_shortlist(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001
    """Take a shortlist away."""
    desk.drop_shortlist(seat, key)
    return go("shortlists", seat.workspace.slug)


@does("plan")
def remark_entry(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Say something of one creator."""
    return _to(seat, desk.set_remark(seat, key, read_form(request, desk.Remark)).shortlist_id)


@does("plan")
def move_entry(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Move one creator on the list."""
    return _to(seat, desk.move_entry(seat, key, read_form(request, desk.Moving)).pk, f"e{key}")


@does("plan")
def remove_entry(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001
    """Take one creator off the list."""
    return _to(seat, desk.remove_entry(seat, key).pk)


@does("plan")
def count_together(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001
    """Count whom the creators reach together."""
    listing.count_together(seat, key)
    return _to(seat, key, "together")


@shows("see")
def export_shortlist_as(request: HttpRequest, seat: Seat, key: int, kind: str) -> HttpResponse:  # noqa: ARG001
    """The shortlist as CSV or XLSX."""
    wanted: Literal["csv", "xlsx"] = "xlsx" if kind == "xlsx" else "csv"
    name, content = export_shortlist(seat, key, wanted)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=TYPES[wanted], headers=headers)


@does("share")
def share_shortlist(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """A new link for a client; its address is shown this once, so the answer is the page itself."""
    _, secret = sharing.share(seat, key, read_form(request, sharing.NewLink))
    address = request.build_absolute_uri(reverse("client", args=[secret]))
    answer = page(request, "shortlist.html.j2", listing.shortlist_page(seat, key, address))
    answer.headers["HX-Push-Url"] = reverse("shortlist", args=[seat.workspace.slug, key])
    return answer


@does("share")
def revoke_link(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001
    """Close a link."""
    return _to(seat, sharing.revoke(seat, key).shortlist_id, "links")


def _to(seat: Seat, key: int, anchor: str = "") -> HttpResponse:
    return go("shortlist", seat.workspace.slug, key, anchor=anchor)


_AT, _ENTRY = "w/<slug:slug>/shortlists", "w/<slug:slug>/shortlist-entries/<int:key>"
urls = [
    path(f"{_AT}/", shortlists, name="shortlists"),
    path(f"{_AT}/new", new_shortlist, name="new_shortlist"),
    path("w/<slug:slug>/campaigns/<int:key>/plans/<int:number>/shortlist", plan_shortlist, name="plan_shortlist"),
    path(f"{_AT}/<int:key>/", shortlist, name="shortlist"),
    path(f"{_AT}/<int:key>/rename", rename_shortlist, name="rename_shortlist"),
    path(f"{_AT}/<int:key>/drop", drop_shortlist, name="drop_shortlist"),
    path(f"{_AT}/<int:key>/together", count_together, name="count_together"),
    path(f"{_AT}/<int:key>/share", share_shortlist, name="share_shortlist"),
    path(f"{_AT}/<int:key>/file.<str:kind>", export_shortlist_as, name="export_shortlist"),
    path(f"{_ENTRY}/remark", remark_entry, name="remark_entry"),
    path(f"{_ENTRY}/move", move_entry, name="move_entry"),
    path(f"{_ENTRY}/remove", remove_entry, name="remove_entry"),
    path("w/<slug:slug>/share-links/<int:key>/revoke", revoke_link, name="revoke_link"),
]
