"""What the studio's tests share: workspaces with a member of each role, and clients that are signed in as them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.test import Client

from asterism.campaigns.roles import ROLES
from asterism.store.ledger.access import new_token
from asterism.store.ledger.models import Brand, Campaign, Collaboration, Creator, Deliverable, Member, User
from asterism.store.ledger.people import add_workspace
from asterism.store.ledger.scope import add
from asterism.store.ledger.seats import Seat

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """A workspace with one member of each role."""

    owner: Seat
    members: dict[str, Member]

    @property
    def slug(self):
        return self.owner.workspace.slug

    def seat(self, role="owner", now=NOW, via="page"):
        """The seat of the member of a role."""
        return Seat(self.owner.workspace, self.members[role], via, now)

    def client(self, role="owner"):
        """A browser signed in as the member of a role."""
        client = Client()
        client.force_login(self.members[role].user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def token(self, scopes, role="owner"):
        """The secret of a new token of the member of a role."""
        return new_token(self.seat(role), "test", scopes)[1]


def place(name="Aurora"):
    """A workspace with a member of each role; the owner made it."""
    stem = name.lower()
    seat = add_workspace(user(f"owner@{stem}.test"), name, NOW)
    members = {"owner": seat.member}
    for role in ROLES[:-1]:
        members[role] = add(seat, Member, user=user(f"{role}@{stem}.test"), role=role)
    return Place(seat, members)


def user(email):
    """A user who can only be signed in by a test."""
    made = User(email=email, name=email.split("@")[0])
    made.set_unusable_password()
    made.save()
    return made


def campaign(seat, name="Spring launch", **fields):
    """A running campaign of a brand."""
    brand = Brand.objects.filter(workspace=seat.workspace).first() or add(seat, Brand, name="Aurora")
    given = {"state": "running", "goal": "conversions", "currency": "USD", "budget_cents": 2_000_000, **fields}
    return add(seat, Campaign, brand=brand, name=name, **given)


def creator(seat, handle="ana", **fields):
    """A creator with an address."""
    given = {"creator_id": f"c-{handle}", "platform": "instagram", "handle": handle, "name": handle.title(),
             "email": f"{handle}@creator.test", "tier": "micro", "niche": "beauty", "followers": 42_000}  # fmt: skip
    return add(seat, Creator, **{**given, **fields})


def collaboration(seat, of=None, who=None, state="shortlisted", deliverables=1, **fields):
    """A collaboration with deliverables that are planned."""
    of, who = of or campaign(seat), who or creator(seat)
    given = {"tier": who.tier, "package": f"{deliverables} reel", "currency": "USD", "fee_cents": 50_000, **fields}
    made = add(seat, Collaboration, campaign=of, creator=who, state=state, state_since=seat.now, **given)
    for position in range(deliverables):
        add(seat, Deliverable, collaboration=made, position=position, platform=who.platform, format="reel")
    return made
