"""Drafts, posts, figures, payments and costs through the API."""

import pytest

from tests.faces.api.conftest import program
from tests.studio import collaboration

pytestmark = pytest.mark.django_db
GOOD = {"caption": "#ad Porridge in the morning light.", "platform_label": True, "on_screen": True,
        "whole_duration": True, "spoken": True}  # fmt: skip


def test_from_a_draft_to_its_payment(ours, owner):
    row = collaboration(ours.owner, state="briefed", fee_cents=50_000)
    (reel,) = owner.get(f"/deliverables?collaboration={row.pk}").json()["items"]
    bad = owner.post(f"/deliverables/{reel['id']}/draft", {"caption": "Thanks @aurora"}).json()
    assert (bad["passes"], bad["disclosure"]["verdict"]) == (False, "fail")
    refused = program(ours, "manager").post(f"/drafts/{bad['id']}/review", {"decision": "approve"})
    assert (refused.status_code, refused["Content-Type"]) == (409, "application/problem+json")
    good = owner.post(f"/deliverables/{reel['id']}/draft", GOOD).json()
    assert owner.post(f"/drafts/{good['id']}/review", {"decision": "approve"}).status_code == 201
    assert owner.post(f"/drafts/{good['id']}/review", {"decision": "approve"}).status_code == 409
    assert owner.post(f"/deliverables/{reel['id']}/day", {"day": "2026-12-01"}).json()["state"] == "scheduled"
    live = owner.post(f"/deliverables/{reel['id']}/post", {"url": "https://social.test/p/1"}).json()
    told = owner.post(f"/posts/{live['id']}/figures", {"reach": 900, "impressions": 1000})
    assert told.json()["source"] == "member"
    assert owner.get(f"/posts/{live['id']}/figures").json()["total"] == 1
    row.refresh_from_db()
    assert row.state == "measured"
    paid = owner.post("/payments", {"collaboration": row.pk, "amount": "500.00"}).json()
    assert owner.post(f"/payments/{paid['id']}/approve").status_code == 403
    manager = program(ours, "manager")
    assert manager.post(f"/payments/{paid['id']}/approve").json()["approved_by_id"] == ours.members["manager"].user_id
    assert manager.post(f"/payments/{paid['id']}/send", {"reference": "T-1"}).json()["state"] == "sent"
    row.refresh_from_db()
    assert row.state == "paid"
    assert owner.post("/costs", {"collaboration": row.pk, "amount": "12.50", "kind": "product"}).json()["cents"] == 1250


def test_members_and_options(ours, owner):
    assert owner.get("/members").json()["total"] == 4
    made = owner.post("/members/invite", {"email": "bo@example.test", "role": "viewer"}).json()
    assert made["secret"]
    assert owner.get("/members/invitations").json()["items"][0]["secret"] == ""
    assert owner.post(f"/members/invitations/{made['id']}/revoke").status_code == 204
    manager = ours.members["manager"]
    assert owner.post(f"/members/{manager.pk}/role", {"role": "analyst"}).json()["role"] == "analyst"
    assert owner.post(f"/members/{manager.pk}/remove").status_code == 204
    assert owner.get("/members").json()["total"] == 3
    stands = owner.get("/workspace")
    wish = {**stands.json(), "currency": "EUR"}
    wish.pop("slug")
    changed = owner.ask("PUT", "/workspace", wish, If_Match=stands["ETag"])
    assert changed.json()["currency"] == "EUR"


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_a_lesser_role_reads_and_changes_nothing(ours, role):
    row = collaboration(ours.owner, state="briefed")
    reader = program(ours, role)
    reel = reader.get("/deliverables").json()["items"][0]
    assert reader.post(f"/deliverables/{reel['id']}/draft", GOOD).status_code == 403
    assert reader.post("/payments", {"collaboration": row.pk, "amount": "1"}).status_code == 403
    assert reader.get("/members/invitations").status_code == 403
