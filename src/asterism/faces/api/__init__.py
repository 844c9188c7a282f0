"""The HTTP API: the desk for programs; tokens with scopes, problem+json, pages of results, one answer per key.

A token belongs to one workspace, so addresses name none. Each area is a module with a router, listed in `routers.py`::

    router = Router(tags=["Campaigns"])

    class CampaignOut(Schema):
        id: int
        name: str
        budget_cents: int
        currency: str

    @router.get("", **asks("see", Page[CampaignOut]))
    def list_campaigns(request, at: Query[At], wanted: Query[CampaignFilter]):
        \"\"\"Campaigns, the newest first.\"\"\"
        return paged(request, at, campaigns(seat_of(request), wanted))

    @router.post("", **asks("plan", CampaignOut, 201))
    def add_campaign(request, wish: NewCampaign):
        \"\"\"Start a campaign.\"\"\"
        return start_campaign(seat_of(request), wish)

    @router.patch("/{campaign}", **asks("plan", CampaignOut))
    def change_campaign(request, campaign: Key, wish: CampaignChange):

An operation is a function of ≤ 15 lines whose name is its `operation_id` (verb and noun, unique in the API) and whose
docstring is its description; it calls one desk function with `seat_of(request)` and returns a row, a dataclass or
`paged(…)`; `asks(scope, out, status)` states the action that the desk insists on, asked for before the body is read.
Deeds: POST `/{row}/verb`. In: the desk's pydantic models, numbers and texts with bounds, closed lists as `Literal`.
Out: a `Schema` whose name is unique in the API.

Datetimes are ISO 8601 in UTC, days `YYYY-MM-DD`; money is whole cents in `*_cents` beside `currency`; shares run from
0 to 1. What is shown once stands in a field called `secret`. A GET changes nothing and holds nothing that runs on by
itself, such as an age in seconds: its ETag would never match.

The door does the rest, for every operation, and the OpenAPI says so: 403 without a token; every refusal is a `Problem`
(raise AsterismErrors, catch none); strong ETags and 304; PUT and PATCH need `If-Match` where the address has a GET
(428, 412; DELETE heeds it), all in one transaction; a POST with an `Idempotency-Key` is answered once (replays
carry `Idempotent-Replay: true`, another body under the key is 409); 1 MB per body; 600 requests a minute per token.
"""

from asterism.faces.api.routers import ROUTERS
from asterism.faces.api.setup import api

for _prefix, _router in ROUTERS.items():
    api.add_router(_prefix, _router)

__all__ = ["api"]
