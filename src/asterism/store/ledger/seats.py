"""`Seat`: who acts, in which workspace, as what, through which face, and when."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from asterism.campaigns.roles import insist, may
from asterism.errors import NotAllowed, NotFound

if TYPE_CHECKING:
    from asterism.store.ledger.models import Member, User, Workspace


@dataclass(frozen=True, slots=True)
class Seat:
    """Who acts, in which workspace, as what, through which face, and when.

    Parameters
    ----------
    member
        The membership; None for a creator in their portal, a client with a link, and the machine itself.
    via
        `page`, `api`, `portal`, `link`, `cli` or `job`.
    now
        The moment of the request, with zone: nothing below a face looks at a clock.
    scopes
        Actions a token is limited to; None where the role alone decides.
    """

    workspace: "Workspace"
    member: "Member | None"
    via: str
    now: datetime
    scopes: frozenset[str] | None = field(default=None)

    @property
    def user(self) -> "User | None":
        """The person who acts, where one signed in."""
        return self.member.user if self.member else None

    @property
    def role(self) -> str:
        """The member's role; empty for everybody else."""
        return self.member.role if self.member else ""

    @property
    def party(self) -> str:
        """On whose side the steps of this seat are: team, creator, client or system."""
        return {"portal": "creator", "link": "client", "job": "system"}.get(self.via, "team")

    @property
    def today(self) -> date:
        """The day on which it is `now` where the workspace is."""
        return self.now.astimezone(ZoneInfo(self.workspace.timezone)).date()

    def may(self, action: str) -> bool:
        """Whether role and scopes allow an action."""
        return may(self.role, action) and (self.scopes is None or action in self.scopes)

    def insist(self, action: str) -> None:
        """Raise `NotAllowed` unless role and scopes allow an action of `LEAST`."""
        insist(self.role, action)
        if self.scopes is not None and action not in self.scopes:
            raise NotAllowed(f"This token has no scope `{action}`.", "Make one that has, under Settings, Tokens.")


def seat_of(user: "User", slug: str, now: datetime, via: str = "page") -> Seat:
    """The seat of a user in a workspace.

    Raises
    ------
    NotFound
        There is no such workspace, or the user is no member: a stranger cannot tell the two apart.
    """
    from asterism.store.ledger.models import Member

    member = Member.objects.select_related("workspace", "user").filter(user=user, workspace__slug=slug).first()
    if member is None:
        raise NotFound("There is no such workspace here.", "Ask its owner for an invitation.")
    return Seat(member.workspace, member, via, now)


def machine_seat(workspace: "Workspace", now: datetime) -> Seat:
    """The seat of a background job; it acts for nobody and may only do what no role is asked for."""
    return Seat(workspace, None, "job", now)
