"""Every address of the studio's pages, by area."""

from asterism.faces.web.views import (
    account,
    agenda,
    agreements,
    board,
    campaigns,
    client,
    collaborations,
    creators,
    discover,
    entrance,
    home,
    imports,
    jobs,
    plans,
    portal,
    settings,
    shortlists,
    tokens,
    webhooks,
    work,
)

AREAS = (
    entrance,
    account,
    home,
    settings,
    tokens,
    webhooks,
    jobs,
    imports,
    campaigns,
    plans,
    board,
    collaborations,
    work,
    agenda,
    agreements,
    portal,
    discover,
    creators,
    shortlists,
    client,
)

urlpatterns = [address for area in AREAS for address in area.urls]
