"""Which address leads to which face: pages at the root, the API under `/api/v1`."""

from django.urls import include, path

from asterism.faces.api import api

handler400 = "asterism.faces.web.refusals.malformed"
handler403 = "asterism.faces.web.refusals.forbidden"
handler404 = "asterism.faces.web.refusals.nowhere"
handler500 = "asterism.faces.web.refusals.failed"

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("asterism.faces.web.urls")),
]
