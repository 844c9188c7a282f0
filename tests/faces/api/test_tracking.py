"""Links, codes and clicks by the API."""

import base64

import pytest

from asterism.store.ledger import models as m
from asterism.store.ledger.scope import add
from tests.faces.api.conftest import program
from tests.studio import NOW, campaign, collaboration, creator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
SHOP = "https://shop.test/p"


@pytest.fixture
def spring(ours):
    made = campaign(ours.owner)
    collaboration(ours.owner, made, creator(ours.owner, "ana"))
    return made


@pytest.fixture
def at(spring):
    return f"/campaigns/{spring.pk}/tracking"


def test_links_are_made_listed_read_and_ended(owner, at):
    made = owner.post(f"{at}/links", {"target": SHOP})
    assert made.status_code == 201
    (link,) = made.json()
    assert link["address"] == f"http://127.0.0.1:8000/r/{link['code']}"
    assert link["utm"]["utm_source"] == "instagram"
    assert owner.get(f"{at}/links").json()["items"] == [link]
    assert owner.get(f"/links/{link['id']}").json() == link
    assert owner.post(f"/links/{link['id']}/end").json()["ended_at"]
    assert base64.b64decode(owner.get(f"/links/{link['id']}/qr/png").json()["content"]).startswith(b"\x89PNG")


def test_codes_are_made_by_pattern_one_by_one_and_from_a_table(owner, at):
    (ana,) = owner.post(f"{at}/codes/pattern", {"pattern": "{HANDLE}15", "limit": 5}).json()
    assert (ana["word"], ana["limit"], ana["sitewide"]) == ("ANA15", 5, False)
    assert owner.post(f"{at}/codes", {"word": "site", "sitewide": True}).json()["word"] == "SITE"
    assert owner.post(f"{at}/codes", {"word": "SITE", "sitewide": True}).status_code == 409
    content = base64.b64encode(b"code,creator\nANA20,ana\nANA25,zoe\n").decode()
    brought = owner.post(f"{at}/codes/table", {"name": "c.csv", "content": content}).json()
    assert (brought["taken"], brought["rejected"], brought["rejects"][0]["column"]) == (1, 1, "creator")
    assert owner.get(f"{at}/codes").json()["total"] == 3
    assert owner.post(f"/codes/{ana['id']}/revoke").json()["revoked_at"]
    assert owner.get(f"/codes/{ana['id']}").json()["revoked_at"]


def test_a_table_that_is_no_base64_is_refused(owner, at):
    answer = owner.post(f"{at}/codes/table", {"content": "%%%"})
    assert (answer.status_code, answer.json()["title"]) == (422, "`content` is no base64.")


def test_figures_and_the_log_are_read(ours, owner, at):
    (link,) = owner.post(f"{at}/links", {"target": SHOP}).json()
    row = m.Link.objects.get()
    for n, rule in enumerate(("", "bot", "bot")):
        add(ours.owner, m.Click, link=row, key=f"k{n}", at=NOW, filtered=rule, agent="safari, phone", visitor="v")
    told = owner.get(at).json()
    assert (told["links"], told["codes"], told["clicks"], told["rules"]) == (1, 0, 1, "visits 1")
    assert told["filtered"] == [{"rule": "bot", "says": "came from a robot that says so", "count": 2}]
    assert told["creators"] == [{"collaboration": row.collaboration_id, "clicks": 1, "filtered": 2, "orders": 0}]
    clicks = owner.get(f"{at}/clicks?size=2")
    assert [one["key"] for one in clicks.json()["items"]] == ["k2", "k1"]
    assert clicks.json()["items"][0]["link"] == link["id"]
    assert "visitor" not in clicks.json()["items"][0]
    assert owner.get(f"{at}/clicks?show=counted").json()["total"] == 1
    assert owner.get(f"{at}/clicks?link={link['id'] + 1}").json()["total"] == 0


@pytest.mark.parametrize("path", ["links/as/csv", "codes/as/csv", "clicks/as/csv", "clicks/as/json"])
def test_everything_can_be_taken_away(owner, at, path):
    answer = owner.get(f"{at}/{path}")
    assert answer.status_code == 200
    assert answer.json()["name"].startswith("spring-launch-")


def test_who_may_only_see_changes_nothing(ours, at):
    viewer = program(ours, "viewer")
    assert viewer.get(at).status_code == 200
    for path in ("links", "codes", "codes/pattern", "codes/table"):
        assert viewer.post(f"{at}/{path}", {"target": SHOP}).status_code == 403
