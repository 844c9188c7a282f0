"""The client's page: a shortlist behind a link without a login, and yes or no for each creator."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import path
from django.utils import timezone

from asterism.desk.studio.sharing import Answers, ClientPage, answer, known_link, open_link
from asterism.faces.web.forms import read_fields
from asterism.faces.web.seats import open_to_all
from asterism.faces.web.templating import page

GONE = 410


@open_to_all("the address carries the client's own secret", ("GET", "HEAD", "POST"))
def client(request: HttpRequest, secret: str) -> HttpResponse:
    """The list as the link shows it; with POST, what the client answers."""
    link = known_link(secret)
    if request.method == "POST":
        return _shown(request, answer(link, _answers(request), timezone.now()))
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
    return _shown(request, open_link(link, timezone.now()))


# No cookie says who a client is: the address does. A browser told to send no referrer cannot prove a form's origin.
client.csrf_exempt = True  # type: ignore[attr-defined]


def _answers(request: HttpRequest) -> Answers:
    """The form as answers: `say-N` is yes or no to entry N, `why-N` the reason; entries left open are left out."""
    said = [
        {"entry": name[4:], "approved": value == "yes", "reason": request.POST.get(f"why-{name[4:]}", "")}
        for name, value in request.POST.items()
        if name.startswith("say-") and value in ("yes", "no")
    ]
    name = request.POST.get("name", "").strip()
    return read_fields(Answers, {"answers": said, **({"name": name} if name else {})})


def _shown(request: HttpRequest, shown: ClientPage) -> HttpResponse:
    made = page(request, "client.html.j2", shown, 200 if shown.open else GONE)
    made.headers["Referrer-Policy"] = "no-referrer"
    made.headers["X-Robots-Tag"] = "noindex"
    return made


urls = [path("s/<str:secret>", client, name="client")]
