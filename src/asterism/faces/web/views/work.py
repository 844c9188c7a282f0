"""What is made and owed: drafts, posts, figures, payments and costs, by members and by creators."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from asterism.desk.studio import drafts, payments, posts
from asterism.desk.studio.drafts import Answered, HandIn
from asterism.desk.studio.payments import Proposal, Sent, Spent
from asterism.desk.studio.posts import Day, Published, Told
from asterism.faces.web.forms import go, read_form
from asterism.faces.web.portals import for_creators
from asterism.faces.web.seats import does
from asterism.faces.web.views.portal import back
from asterism.store.ledger.models import Collaboration
from asterism.store.ledger.seats import Seat


def to(seat: Seat, collaboration: int, place: str) -> HttpResponse:
    """On to a part of a collaboration's page."""
    return go("collaboration", seat.workspace.slug, collaboration, anchor=place)


@does("run")
def hand_in(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Hand in a draft for a creator."""
    made = drafts.hand_in(seat, key, read_form(request, HandIn))
    return to(seat, made.deliverable.collaboration_id, "drafts")


@does("review")
def review(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Approve a draft, or ask for changes."""
    done = drafts.answer(seat, key, read_form(request, Answered))
    return to(seat, drafts.draft_of(seat, done.draft_id).deliverable.collaboration_id, "drafts")


@does("run")
def set_day(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Set the day of a post."""
    return to(seat, posts.set_day(seat, key, read_form(request, Day)).collaboration_id, "posts")


@does("run")
def record_post(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Record that a post is out."""
    made = posts.go_live(seat, key, read_form(request, Published))
    return to(seat, made.deliverable.collaboration_id, "posts")


@does("run")
def miss_post(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Mark a deliverable as missed."""
    return to(seat, posts.miss(seat, key).collaboration_id, "posts")


@does("run")
def supply_figures(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Write down the figures of a post."""
    made = posts.supply(seat, key, read_form(request, Told))
    return to(seat, made.post.deliverable.collaboration_id, "posts")


@does("pay")
def propose_payment(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Propose a payment."""
    payments.propose(seat, key, read_form(request, Proposal))
    return to(seat, key, "payments")


@does("approve_payment")
def approve_payment(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Approve somebody else's payment."""
    return to(seat, payments.approve(seat, key).collaboration_id, "payments")


@does("approve_payment")
def reject_payment(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Reject a payment."""
    return to(seat, payments.reject(seat, key, request.POST.get("reason", "")).collaboration_id, "payments")


@does("pay")
def send_payment(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Record that a payment went out."""
    return to(seat, payments.send(seat, key, read_form(request, Sent)).collaboration_id, "payments")


@does("pay")
def payment_back(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Record that a payment came back."""
    return to(seat, payments.come_back(seat, key).collaboration_id, "payments")


@does("pay")
def confirm_payment(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Record that a payment arrived."""
    return to(seat, payments.confirm(seat, key).collaboration_id, "payments")


@does("pay")
def add_cost(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Write down a cost."""
    payments.add_cost(seat, key, read_form(request, Spent))
    return to(seat, key, "payments")


@for_creators("POST")
def portal_hand_in(request: HttpRequest, seat: Seat, row: Collaboration, key: int) -> HttpResponse:
    """A creator hands in a draft."""
    drafts.hand_in(seat, key, read_form(request, HandIn), row)
    return back("../#work")


@for_creators("POST")
def portal_post(request: HttpRequest, seat: Seat, row: Collaboration, key: int) -> HttpResponse:
    """A creator records that their post is out."""
    posts.go_live(seat, key, read_form(request, Published), row)
    return back("../#work")


@for_creators("POST")
def portal_figures(request: HttpRequest, seat: Seat, row: Collaboration, key: int) -> HttpResponse:
    """A creator supplies their own figures."""
    posts.supply(seat, key, read_form(request, Told), row)
    return back("../#work")


@for_creators("POST")
def portal_received(request: HttpRequest, seat: Seat, row: Collaboration, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """A creator confirms that a payment arrived."""
    payments.confirm(seat, key, row)
    return back("../#payments-title")


_AT, _OWN = "w/<slug:slug>", "c/<str:secret>"
urls = [
    path(f"{_AT}/deliverables/<int:key>/draft", hand_in, name="hand_in"),
    path(f"{_AT}/deliverables/<int:key>/day", set_day, name="set_day"),
    path(f"{_AT}/deliverables/<int:key>/post", record_post, name="record_post"),
    path(f"{_AT}/deliverables/<int:key>/miss", miss_post, name="miss_post"),
    path(f"{_AT}/drafts/<int:key>/review", review, name="review_draft"),
    path(f"{_AT}/posts/<int:key>/figures", supply_figures, name="supply_figures"),
    path(f"{_AT}/collaborations/<int:key>/pay", propose_payment, name="propose_payment"),
    path(f"{_AT}/collaborations/<int:key>/cost", add_cost, name="add_cost"),
    path(f"{_AT}/payments/<int:key>/approve", approve_payment, name="approve_payment"),
    path(f"{_AT}/payments/<int:key>/reject", reject_payment, name="reject_payment"),
    path(f"{_AT}/payments/<int:key>/send", send_payment, name="send_payment"),
    path(f"{_AT}/payments/<int:key>/back", payment_back, name="payment_back"),
    path(f"{_AT}/payments/<int:key>/confirm", confirm_payment, name="confirm_payment"),
    path(f"{_OWN}/drafts/<int:key>", portal_hand_in, name="portal_hand_in"),
    path(f"{_OWN}/posts/<int:key>", portal_post, name="portal_post"),
    path(f"{_OWN}/figures/<int:key>", portal_figures, name="portal_figures"),
    path(f"{_OWN}/received/<int:key>", portal_received, name="portal_received"),
]
