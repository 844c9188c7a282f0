"""What a stranger, a lost session or a hostile request cannot do, and what the log never holds."""

import logging

import pyotp
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from asterism.desk.studio.members import remove
from asterism.desk.studio.posts import Published, go_live
from asterism.errors import BadInput
from asterism.faces.hushed import Hushed
from asterism.faces.web.guard import FORM, largest
from asterism.store.ledger.access import seat_of_token
from asterism.store.ledger.forgetting import told_of
from asterism.store.ledger.models import Deliverable, Message, User
from asterism.store.ledger.scope import add
from asterism.store.ledger.second_factor import set_factor
from tests.studio import collaboration, place

pytestmark = pytest.mark.django_db


def test_a_second_factor_is_not_replaced_by_a_session_alone():
    here = place()
    client, user = here.client(), here.owner.user
    set_factor(user, pyotp.random_base32(), 0)
    before = User.objects.get(pk=user.pk).totp_secret
    assert client.post("/account/factor").status_code == 409
    session = client.session
    session["factor"] = other = pyotp.random_base32()
    session.save()
    assert client.post("/account/factor/confirm", {"code": pyotp.TOTP(other).now()}).status_code == 409
    assert User.objects.get(pk=user.pk).totp_secret == before


@pytest.mark.parametrize(
    "address", ["/account/name", "/account/factor", "/account/password", "/sign-out", "/workspaces/new"]
)
def test_a_link_alone_changes_nothing_of_an_account(address):
    here = place()
    client = here.client()
    assert client.get(address).status_code in (404, 405)
    assert User.objects.get(pk=here.owner.user.pk).name == here.owner.user.name


def test_the_tokens_of_a_member_end_with_the_membership():
    here = place()
    secret = here.token(["see"], "analyst")
    assert seat_of_token(secret, timezone.now())
    remove(here.owner, here.members["analyst"].pk)
    assert seat_of_token(secret, timezone.now()) is None


def test_a_body_beyond_the_limit_is_refused_before_it_is_read():
    answer = Client().post("/sign-in", {"email": "x" * (FORM + 1)})
    assert answer.status_code == 413
    assert b"Send it in parts" in answer.content
    assert largest("/w/aurora/creators/import/upload") > settings.HOSTING.largest_upload > FORM


@pytest.mark.parametrize("path", ["/c/", "/s/", "/o/", "/in/", "/join/", "/feeds/", "/report/"])
def test_the_log_holds_no_secret_of_an_address(path):
    record = logging.LogRecord(
        "django.request", logging.ERROR, "", 0, "Internal Server Error: %s", (f"{path}abcDEF-ghi_jkl123/x",), None
    )
    assert Hushed().filter(record)
    assert record.getMessage() == f"Internal Server Error: {path}…/x"


def test_what_is_told_of_somebody_opens_no_creators_page():
    here = place()
    row = collaboration(here.owner)
    link = "https://studio.test/c/abcdefghijklmnopqrstuvwx/"
    add(here.owner, Message, creator=row.creator, collaboration=row, kind="outreach", body=f"Yours: {link}")
    assert "abcdefghijklmnop" not in str(told_of(here.owner, row.creator))


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2199-01-01T00:00:00Z"])
def test_a_post_is_not_out_at_a_time_that_cannot_be(moment):
    here = place()
    row = collaboration(here.owner, state="approved")
    Deliverable.objects.filter(collaboration=row).update(state="approved")
    with pytest.raises(BadInput, match="Check the day"):
        go_live(here.owner, row.deliverables.get().pk, Published(url="https://social.test/p/1", posted_at=moment))


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="timezone"):
        Published(url="https://social.test/p/1", posted_at="2026-01-01T10:00")


def test_back_leads_to_no_other_host(client):
    answer = client.get("/nowhere", headers={"Referer": "http://testserver//evil.example/"})
    assert b"evil.example" not in answer.content
