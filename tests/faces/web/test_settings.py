"""Members come by invitation, the last owner stays, and options are checked."""

import re

import pytest
from django.test import Client

from asterism.store.ledger.models import Event, Invitation, Member, User, Workspace
from tests.studio import place

pytestmark = pytest.mark.django_db
NEW = {"name": "Bo", "password": "a long and quiet night"}


def invited(here, email="bo@example.test", role="manager"):
    """The path of an invitation's link."""
    shown = here.client().post(f"/w/{here.slug}/settings/members/invite", {"email": email, "role": role})
    assert shown.status_code == 200
    return re.search(r"http://testserver(/join/[\w-]+)", shown.content.decode())[1]


def test_somebody_joins_by_the_link_they_were_sent_and_only_once():
    here, visitor = place(), Client()
    link = invited(here)
    assert b"bo@example.test" in visitor.get(link).content
    assert visitor.post(link, NEW).status_code == 303
    assert Member.objects.get(user__email="bo@example.test").role == "manager"
    assert visitor.get(f"/w/{here.slug}/").status_code == 200
    assert Client().get(link).status_code == 404
    assert Client().post(link, NEW).status_code == 404


def test_the_secret_of_an_invitation_is_not_kept():
    link = invited(place())
    secret = link.rsplit("/", 1)[1]
    assert secret not in str(Invitation.objects.values())
    assert secret not in str(Event.objects.values())


def test_a_revoked_invitation_opens_nothing():
    here = place()
    link = invited(here)
    here.client().post(f"/w/{here.slug}/settings/invitations/{Invitation.objects.get().pk}/revoke")
    assert Client().get(link).status_code == 404


def test_an_invitation_is_for_one_address_only():
    here, other = place("Aurora"), place("Borealis")
    link = invited(here)
    answer = other.client().post(link, NEW)
    assert answer.status_code == 303  # it makes the invited user, and does not let the signed-in one in
    assert not Member.objects.filter(workspace=here.owner.workspace, user=other.owner.user).exists()
    assert User.objects.filter(email="bo@example.test").exists()


def test_the_last_owner_can_neither_step_down_nor_be_removed():
    here = place()
    at = f"/w/{here.slug}/settings/members/{here.owner.member.pk}"
    for answer in (here.client().post(f"{at}/role", {"role": "viewer"}), here.client().post(f"{at}/remove")):
        assert answer.status_code == 409
        assert b"needs an owner" in answer.content
    manager = here.members["manager"]
    here.client().post(f"/w/{here.slug}/settings/members/{manager.pk}/role", {"role": "owner"})
    assert here.client().post(f"{at}/remove").status_code == 303


def test_a_member_who_was_removed_sees_nothing_any_more():
    here = place()
    client = here.client("analyst")
    assert client.get(f"/w/{here.slug}/").status_code == 200
    here.client().post(f"/w/{here.slug}/settings/members/{here.members['analyst'].pk}/remove")
    assert client.get(f"/w/{here.slug}/").status_code == 404


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"timezone": "Mars/Base"}, "Europe/Berlin"),
        ({"jurisdiction": "XX"}, "choose one of"),
        ({"payment_days": "-1"}, "payment days"),
        ({"name": ""}, "`name` is empty"),
        ({"reply_to": "no address"}, "reply to"),
    ],
)
def test_options_are_checked(change, says):
    here = place()
    answer = here.client().post(f"/w/{here.slug}/settings/change", {"name": "Aurora", **change})
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_options_are_kept_and_the_trail_says_which_changed():
    here = place()
    given = {"name": "Aurora Oats", "currency": "EUR", "timezone": "Europe/Berlin", "payment_days": "14"}
    assert here.client().post(f"/w/{here.slug}/settings/change", given).status_code == 303
    row = Workspace.objects.get(pk=here.owner.workspace.pk)
    assert (row.name, row.currency, row.options["payment_days"]) == ("Aurora Oats", "EUR", 14)
    assert Event.objects.get(action="workspace.changed").facts == {
        "what": ["currency", "name", "payment_days", "timezone"]
    }


def test_names_are_shown_as_text():
    here = place("<script>alert(1)</script>")
    shown = here.client().get(f"/w/{here.slug}/settings/").content.decode()
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown
