"""Every address of the studio's pages, by area."""

from asterism.faces.web.views import entrance, home, settings

AREAS = (entrance, home, settings)

urlpatterns = [address for area in AREAS for address in area.urls]
