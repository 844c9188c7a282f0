"""Pages of creators: whoever has the link sits there, and nothing tells other hosts what the link is."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone

from asterism.faces.web.once import once_only
from asterism.faces.web.seats import open_to_all
from asterism.store.ledger.portals import portal_of

HERE = "./"
"""The creator's page, as seen from any address below it: no answer that is kept names the secret."""
DATA = "data"
"""The same for the page of what is kept."""
View = Callable[..., HttpResponse]


def for_creators(*methods: str) -> Callable[[View], View]:
    """A page or deed under `/c/<secret>/`; the view gets `(request, seat, collaboration, …)`.

    No cookie says who a creator is: the address does, and nobody can forge a form to an address they do not know. So no
    proof that a form is ours is asked for; a browser told to send no referrer could not give it anyway.
    """

    def decorate(view: View) -> View:
        @open_to_all("the address carries the creator's own secret", methods)
        @wraps(view)
        def seated(request: HttpRequest, secret: str, **parts: Any) -> HttpResponse:
            seat, row = portal_of(secret, timezone.now())
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            answer = once_only(request, seat, lambda: view(request, seat, row, **parts))
            answer.headers["Referrer-Policy"] = "no-referrer"
            answer.headers["X-Robots-Tag"] = "noindex"
            return answer

        seated.csrf_exempt = True  # type: ignore[attr-defined]
        return seated

    return decorate
