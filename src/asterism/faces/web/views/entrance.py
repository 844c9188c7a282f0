"""The front door: sign in, sign up, sign out, choose a workspace."""

from dataclasses import dataclass
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import path
from django.utils import timezone

from asterism.desk.studio.entrance import NewWorkspace, SignUp, may_sign_up, sign_up
from asterism.errors import NotAllowed, NotFound
from asterism.faces.web.forms import go, read_form
from asterism.faces.web.refusals import locked_out
from asterism.faces.web.seats import open_to_all, signed_in
from asterism.faces.web.templating import page
from asterism.store.ledger.models import Member
from asterism.store.ledger.people import add_workspace, user_of, workspaces_of
from asterism.store.ledger.second_factor import passes

PENDING = "signing_in"
"""Where a session keeps who gave the right password and still owes the code."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """`entrance.html.j2`: what the studio is, and whether one may sign up."""

    may_sign_up: bool
    first: bool


@dataclass(frozen=True, slots=True)
class Code:
    """`code.html.j2`: who is signing in, and has a second factor."""

    email: str


@dataclass(frozen=True, slots=True)
class Workspaces:
    """`workspaces.html.j2`: the workspaces of a user."""

    name: str
    members: list[Member]


@open_to_all("the front page")
def front(request: HttpRequest) -> HttpResponse:
    """The entrance for strangers; the workspaces of a user, or the only one at once."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotFound()
    if not request.user.is_authenticated:
        allowed = may_sign_up(settings.HOSTING.open_signup)
        return page(request, "entrance.html.j2", Entrance(allowed, allowed and not settings.HOSTING.open_signup))
    members = workspaces_of(request.user)
    if len(members) == 1:
        return go("home", members[0].workspace.slug)
    return page(request, "workspaces.html.j2", Workspaces(str(request.user), members))


@signed_in("GET", "HEAD")
def all_workspaces(request: HttpRequest, user: Any) -> HttpResponse:
    """Every workspace of a user, and a form for a further one."""
    return page(request, "workspaces.html.j2", Workspaces(str(user), workspaces_of(user)))


@signed_in("POST")
def new_workspace(request: HttpRequest, user: Any) -> HttpResponse:
    """A further workspace."""
    wish = read_form(request, NewWorkspace)
    seat = add_workspace(user, wish.workspace, timezone.now(), currency=wish.currency)
    return go("home", seat.workspace.slug)


@open_to_all("a form of the front page", ("POST",))
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in; too many wrong tries lock the address for a while."""
    _insist_on_post(request)
    given = {"username": request.POST.get("email", "").strip().lower(), "password": request.POST.get("password", "")}
    user = authenticate(request, **given)
    if user is None:
        what = "E-mail address and password do not match, or there were too many wrong tries."
        raise NotAllowed(what, "Check both; after eight wrong tries wait fifteen minutes.")
    if user.totp_secret:
        request.session[PENDING] = {"user": user.pk, "until": timezone.now().timestamp() + 300}
        return page(request, "code.html.j2", Code(user.email))
    login(request, user)
    return go("front")


@open_to_all("the second step of signing in: the session holds the first", ("POST",))
def enter_code(request: HttpRequest) -> HttpResponse:
    """The second step: a code of the user's app; wrong ones count as wrong passwords do."""
    _insist_on_post(request)
    pending = request.session.get(PENDING, {})
    user = user_of(pending.get("user", 0))
    if user is None or pending["until"] < timezone.now().timestamp():
        raise NotAllowed("Signing in took too long.", "Start again from the front page.")
    if not AxesProxyHandler.is_allowed(request, {"username": user.email}):
        return locked_out(request)
    if not passes(user, request.POST.get("code", ""), timezone.now()):
        user_login_failed.send(__name__, credentials={"username": user.email}, request=request)
        raise NotAllowed("That is not the code of now, or it was used already.", "Wait for the next one.")
    del request.session[PENDING]
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return go("front")


@open_to_all("a form of the front page", ("POST",))
def begin(request: HttpRequest) -> HttpResponse:
    """Sign up, with the first workspace."""
    _insist_on_post(request)
    seat = sign_up(read_form(request, SignUp), settings.HOSTING.open_signup, timezone.now())
    login(request, seat.user, backend="django.contrib.auth.backends.ModelBackend")
    return go("home", seat.workspace.slug)


@signed_in("POST")
def leave(request: HttpRequest, _user: Any) -> HttpResponse:
    """Sign out."""
    _insist_on_post(request)
    logout(request)
    return go("front")


def _insist_on_post(request: HttpRequest) -> None:
    if request.method != "POST":
        raise NotFound("There is nothing at this address.", "Start from the front page.")


urls = [
    path("", front, name="front"),
    path("sign-in", enter, name="sign_in"),
    path("sign-in/code", enter_code, name="sign_in_code"),
    path("sign-up", begin, name="sign_up"),
    path("sign-out", leave, name="sign_out"),
    path("workspaces", all_workspaces, name="workspaces"),
    path("workspaces/new", new_workspace, name="new_workspace"),
]
