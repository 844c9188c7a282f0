"""Who may do what in a workspace: four roles, each with all that the one below it may."""

from typing import Final, Literal

from asterism.errors import NotAllowed

Role = Literal["viewer", "analyst", "manager", "owner"]

ROLES: Final[tuple[Role, ...]] = ("viewer", "analyst", "manager", "owner")
"""From the least to the most."""

LEAST: Final[dict[str, Role]] = {
    "see": "viewer",
    "search": "viewer",
    "plan": "analyst",
    "import": "analyst",
    "share": "analyst",
    "run": "manager",
    "write": "manager",
    "agree": "manager",
    "review": "manager",
    "pay": "manager",
    "approve_payment": "manager",
    "override": "owner",
    "privacy": "owner",
    "members": "owner",
    "tokens": "owner",
    "webhooks": "owner",
    "workspace": "owner",
}
"""The least role for each action.

`see` pages and figures; `search` creators; `plan` briefs, plans and shortlists; `import` files; `share` links without
a login; `run` collaborations, tasks and calendars; `write` to creators; `agree` terms; `review` drafts; `pay` propose
and send; `approve_payment` of somebody else's proposal; `override` a failed check with a reason; `privacy` exports,
erasures and retention; `members`, `tokens`, `webhooks` and the `workspace` itself.
"""

SAYS: Final[dict[str, str]] = {
    "viewer": "sees everything but changes nothing",
    "analyst": "plans, imports and shares",
    "manager": "runs campaigns with people and money",
    "owner": "also decides on members, keys, privacy and exceptions",
}
"""What each role is for, in words."""


def may(role: str, action: str) -> bool:
    """Whether a role may do an action of `LEAST`.

    >>> may("analyst", "plan"), may("analyst", "pay")
    (True, False)
    """
    return role in ROLES and ROLES.index(role) >= ROLES.index(LEAST[action])


def insist(role: str, action: str) -> None:
    """Raise `NotAllowed` unless the role may do the action."""
    if not may(role, action):
        what = f"A {role} of this workspace may not do that ({action.replace('_', ' ')})."
        raise NotAllowed(what, f"Ask somebody who is {LEAST[action]} or more.")
