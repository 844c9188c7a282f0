"""What the studio's tests share: workspaces with a member of each role, and clients that are signed in as them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.test import Client

from asterism.campaigns.roles import ROLES
from asterism.store.ledger import models as m
from asterism.store.ledger.access import new_token
from asterism.store.ledger.models import Brand, Campaign, Collaboration, Creator, Deliverable, Member, User
from asterism.store.ledger.people import add_workspace
from asterism.store.ledger.scope import add
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.secrets import secret_hash

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


KEY = 700
"""The key of every row of a `world`, so that an address with any key leads to one of them."""


def world(seat):
    """One row of every kind in a workspace, each with the key `KEY`."""
    user, member = seat.user, seat.member

    def made(of, /, **fields):
        return add(seat, of, pk=KEY, **fields)

    brand = made(m.Brand, name="Aurora")
    plan = {"goal": "conversions", "currency": "USD", "budget_cents": 2_000_000, "state": "signed"}
    spring = made(
        m.Campaign, brand=brand, name="Spring launch", brief={"goal": "conversions", "budget": "20000 USD"}, **plan
    )
    made(m.PlanDraft, campaign=spring, number=KEY)
    phase = made(m.Phase, campaign=spring, position=0, name="campaign", goal="conversions", budget_cents=2_000_000)
    ana = made(
        m.Creator, creator_id="c-ana", platform="instagram", handle="ana", email="ana@creator.test", tier="micro"
    )
    work = made(
        m.Collaboration, campaign=spring, phase=phase, creator=ana, state="draft", state_since=seat.now, tier="micro",
        package="1 reel", currency="USD", fee_cents=50_000, secret_hash=secret_hash("portal secret"),
        secret_expires_at=seat.now + timedelta(days=3650),
    )  # fmt: skip
    made(m.Note, creator=ana, text="Answers quickly.", by=user)
    made(m.Consent, creator=ana, what="contact", given=True, how="by letter")
    made(m.PrivacyRequest, creator=ana, kind="access", due=seat.now.date())
    made(
        m.Agreement,
        collaboration=work,
        number=KEY,
        state="accepted",
        currency="USD",
        fee_cents=50_000,
        text="Terms.",
        hash="0" * 64,
    )
    reel = made(m.Deliverable, collaboration=work, position=0, platform="instagram", format="reel", state="handed_in")
    made(m.Upload, name="draft.mp4", path="none", size=1, kind="video", sha256="0" * 64)
    draft = made(m.Draft, deliverable=reel, number=KEY, caption="#ad Morning light.")
    made(m.Review, draft=draft, decision="changes_asked", text="Say ad first.", by=user)
    post = made(m.LivePost, deliverable=reel, url="https://social.test/p/1", posted_at=seat.now)
    made(m.Figures, post=post, source="creator", as_of=seat.now, values={"likes": 10})
    made(m.Cost, campaign=spring, collaboration=work, kind="product", currency="USD", cents=1_000, on=seat.now.date())
    made(m.Payment, collaboration=work, currency="USD", cents=50_000, proposed_by=user)
    made(m.Document, campaign=spring, collaboration=work, kind="outreach", title="Hello", body="Hello.", hash="0" * 64)
    made(m.Message, creator=ana, collaboration=work, kind="outreach", subject="Hello", body="Hello.")
    made(m.Task, campaign=spring, collaboration=work, title="Answer", owner=member)
    made(m.Job, kind="none", state="done", campaign=spring)
    listed = made(m.Shortlist, campaign=spring, name="First")
    entry = made(m.Listed, shortlist=listed, creator=ana)
    link = made(
        m.ShareLink, shortlist=listed, secret_hash=secret_hash("share secret"), fields=["handle"],
        expires_at=seat.now + timedelta(days=3650),
    )  # fmt: skip
    made(m.Answer, link=link, entry=entry, approved=True, name="Client")
    hook = made(m.Hook, url="https://receiver.test/", secret="s", events=["campaign.signed"])
    made(m.HookDelivery, hook=hook, event="campaign.signed", payload={})
    made(
        m.Invitation,
        email="x@example.test",
        role="viewer",
        secret_hash=secret_hash("join secret"),
        by=user,
        expires_at=seat.now + timedelta(days=3650),
    )
    link = made(
        m.Link, campaign=spring, collaboration=work, code=f"world{seat.workspace.pk}", target="https://shop.test/"
    )
    made(m.Click, link=link, key=f"click{seat.workspace.pk}", at=seat.now)
    made(m.PromoCode, campaign=spring, collaboration=work, word="ANA15")
    made(m.Survey, campaign=spring, collaboration=work, tier="micro", channel="creator", at=seat.now, key="answer")
    made(m.LiftStudy, campaign=spring, name="Spring lift", start=seat.now.date())
    shop = made(m.Shop, name="Web shop", kind="generic", key=f"shop-{seat.workspace.pk}", secret="shop secret")
    made(m.Arrival, shop=shop, key="delivery", topic="order", digest="0" * 64, state="taken")
    order = made(m.Order, shop=shop, key="1001", at=seat.now, currency="USD", cents=6_000, changed_at=seat.now)
    made(m.Refund, order=order, key="refund", at=seat.now, cents=1_000)
    made(m.Rate, currency="EUR", on=seat.now.date(), usd="1.1")
    made(m.Closing, campaign=spring, number=KEY, rule="last_click 1")
    made(m.Belief, number=KEY)
    made(
        m.ResultLink, campaign=spring, secret_hash=secret_hash("result secret"),
        expires_at=seat.now + timedelta(days=3650),
    )  # fmt: skip
    made(m.Once, key="once", asked="0" * 64)
    made(m.Token, user=user, name="t", prefix="ast_", secret_hash=secret_hash("token"), scopes=["see"])
    return spring
