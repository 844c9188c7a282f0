"""Long work: how far it is, while one may look at something else."""

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse

from asterism.desk.studio.jobs import JobPage, job_page
from asterism.faces.web.seats import shows
from asterism.faces.web.templating import page
from asterism.store.ledger.seats import Seat

PAGES = {"learn": "learning", "rebook": "learning_rebooking", "wave": "learning_waves"}
"""Kind of work → the page that shows what came of it."""
STUDIES = ("lift_power", "lift")
"""Kinds of work that go on at a study of lift."""


@shows("see")
def job(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """The work, with what came of it; a plan that is made opens by itself."""
    return page(request, "job.html.j2", job_page(seat, key))


@shows("see")
def job_state(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Only how far it is: asked again every second while it goes on, then the page moves on."""
    found = job_page(seat, key)
    answer = page(request, "job_state.html.j2", found)
    if not found.goes_on:
        answer.headers["HX-Redirect"] = _onwards(seat, found)
    return answer


def _onwards(seat: Seat, found: JobPage) -> str:
    """Where the result of a job is shown."""
    slug, campaign = seat.workspace.slug, found.job.campaign_id
    if found.job.kind == "plan" and campaign:
        return reverse("plan", args=(slug, campaign))
    if found.job.kind in STUDIES and found.job.state == "done":
        return reverse("lift_study", args=(slug, found.job.asks["study"]))
    if found.job.kind == "reckon":
        return reverse("results", args=(slug, campaign)) if campaign else reverse("market", args=(slug,))
    if found.job.kind in PAGES:
        return reverse(PAGES[found.job.kind], args=(slug,))
    return reverse("job", args=(slug, found.job.pk))


urls = [
    path("w/<slug:slug>/jobs/<int:key>", job, name="job"),
    path("w/<slug:slug>/jobs/<int:key>/state", job_state, name="job_state"),
]
