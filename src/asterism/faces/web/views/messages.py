"""Messages: the post of a workspace, the thread with a creator, writing, noting answers; and ending all letters."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from asterism.desk.studio import messages as desk
from asterism.desk.studio.messages import Answered, Composed
from asterism.desk.studio.opting import opt_out_by_link, opt_out_page
from asterism.desk.studio.post_pages import Box, messages_page, thread_page
from asterism.faces.web.forms import go, read_form, read_query
from asterism.faces.web.seats import does, open_to_all, shows
from asterism.faces.web.templating import page
from asterism.store.ledger.models import Creator
from asterism.store.ledger.optouts import reader_of
from asterism.store.ledger.scope import find
from asterism.store.ledger.seats import Seat


@shows("see")
def messages(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What waits, what went, what came back, who answered."""
    return page(request, "messages.html.j2", messages_page(seat, read_query(request, Box)))


@shows("see")
def thread(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """All that passed with one creator."""
    number = request.GET.get("page", "1")
    at = int(number) if number.isdecimal() and len(number) < 7 else 1
    return page(request, "thread.html.j2", thread_page(seat, key, at))


@does("write")
def write_message(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """A message in one's own words."""
    find(seat, Creator, key)
    desk.compose(seat, key, read_form(request, Composed))
    return go("thread", seat.workspace.slug, key)


@does("write")
def note_answer(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Note an answer that came by another way."""
    find(seat, Creator, key)
    desk.note_answer(seat, key, read_form(request, Answered))
    return go("thread", seat.workspace.slug, key)


@does("write")
def send_again(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Let a message that did not go wait once more."""
    return go("thread", seat.workspace.slug, desk.send_again(seat, key).creator_id)


@does("write")
def hold_back(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Take a message back that still waits."""
    return go("thread", seat.workspace.slug, desk.hold_back(seat, key).creator_id)


@csrf_exempt
@open_to_all("the address carries a signed secret of the reader's own", ("GET", "HEAD", "POST"))
def opt_out(request: HttpRequest, secret: str) -> HttpResponse:
    """Where the reader of a letter ends all of them: a GET only shows the button, for machines open links too.

    No proof that the form is ours is asked for: mail programs send it by themselves (RFC 8058), and nobody can send one
    to an address they do not know.
    """
    seat, creator = reader_of(secret, timezone.now())
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
    if request.method == "POST":
        opt_out_by_link(seat, creator)
        answer: HttpResponse = HttpResponseRedirect(request.path)
        answer.status_code = 303
    else:
        answer = page(request, "optout.html.j2", opt_out_page(seat, creator))
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


_AT = "w/<slug:slug>/messages"
urls = [
    path(_AT, messages, name="messages"),
    path(f"{_AT}/creators/<int:key>/", thread, name="thread"),
    path(f"{_AT}/creators/<int:key>/write", write_message, name="write_message"),
    path(f"{_AT}/creators/<int:key>/answer", note_answer, name="note_answer"),
    path(f"{_AT}/<int:key>/again", send_again, name="send_again"),
    path(f"{_AT}/<int:key>/hold", hold_back, name="hold_back"),
    path("o/<str:secret>", opt_out, name="opt_out"),
]
