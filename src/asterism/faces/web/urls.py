"""Every address of the studio's pages, by area."""

from asterism.faces.web.views import account, entrance, home, settings, tokens, webhooks

AREAS = (entrance, account, home, settings, tokens, webhooks)

urlpatterns = [address for area in AREAS for address in area.urls]
