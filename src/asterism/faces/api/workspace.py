"""`/workspace` and `/members`: the options of the workspace, and who works there."""

from datetime import datetime
from typing import Any, Literal

from ninja import Query, Router, Schema

from asterism.desk.studio import members as desk
from asterism.desk.studio.workspace import Options, change_options, options_of
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import At, Key, Page, asks, paged

workspace = Router(tags=["Workspace"])
members = Router(tags=["Members"])


class WorkspaceOut(Options):
    """The options of a workspace, and its short name in addresses."""

    slug: str


class MemberOut(Schema):
    """A member and the role."""

    id: int
    email: str
    name: str
    role: str
    made_at: datetime

    @staticmethod
    def resolve_email(row: Any) -> str:
        """The address the member signs in with."""
        return str(row.user.email)

    @staticmethod
    def resolve_name(row: Any) -> str:
        """What the member is called."""
        return str(row.user.name)


class InvitationOut(Schema):
    """An invitation; its link is `/join/` and the secret, which is shown this once."""

    id: int
    email: str
    role: str
    expires_at: datetime
    secret: str = ""


class NewRole(Schema):
    """The role to give."""

    role: Literal["viewer", "analyst", "manager", "owner"]


def _shown(seat: Any) -> dict[str, Any]:
    return {**options_of(seat.workspace).model_dump(), "slug": seat.workspace.slug}


@workspace.get("", **asks("see", WorkspaceOut))
def read_workspace(request: Any) -> Any:
    """The workspace's options."""
    return _shown(seat_of(request))


@workspace.put("", **asks("workspace", WorkspaceOut))
def change_workspace(request: Any, wish: Options) -> Any:
    """Set all options."""
    seat = seat_of(request)
    change_options(seat, wish)
    return {**wish.model_dump(), "slug": seat.workspace.slug}


@members.get("", **asks("see", Page[MemberOut]))
def list_members(request: Any, at: Query[At]) -> Any:
    """Who works here."""
    return paged(request, at, desk.people_of(seat_of(request)).members)


@members.post("/invite", **asks("members", InvitationOut, 201))
def invite_member(request: Any, wish: desk.Invite) -> Any:
    """Invite somebody."""
    made, secret = desk.invite(seat_of(request), wish)
    return {"id": made.pk, "email": made.email, "role": made.role, "expires_at": made.expires_at, "secret": secret}


@members.get("/invitations", **asks("members", Page[InvitationOut]))
def list_invitations(request: Any, at: Query[At]) -> Any:
    """Invitations that are open."""
    return paged(request, at, desk.people_of(seat_of(request)).invitations)


@members.post("/invitations/{invitation}/revoke", **asks("members"))
def revoke_invitation(request: Any, invitation: Key) -> Any:
    """Take an invitation back."""
    desk.revoke(seat_of(request), invitation)


@members.post("/{member}/role", **asks("members", MemberOut))
def change_member_role(request: Any, member: Key, wish: NewRole) -> Any:
    """Give a member another role."""
    seat = seat_of(request)
    desk.change_role(seat, member, wish.role)
    return desk.member_of(seat, member)


@members.post("/{member}/remove", **asks("members"))
def remove_member(request: Any, member: Key) -> Any:
    """End a membership."""
    desk.remove(seat_of(request), member)
