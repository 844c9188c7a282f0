"""The course of a campaign, from the first plan to its end, as a table of steps."""

from typing import Final

from asterism.campaigns.steps import TEAM, Machine, Step

_TEAM: Final = frozenset({TEAM})

CAMPAIGN: Final = Machine(
    "campaign",
    ("planning", "signed", "running", "done", "cancelled"),
    (
        Step("sign", "Sign the plan", ("planning",), "signed", _TEAM),
        Step("start", "Start the campaign", ("signed",), "running", _TEAM),
        Step("finish", "Close the campaign", ("running",), "done", _TEAM),
        Step("cancel", "Cancel the campaign", ("planning", "signed", "running"), "cancelled", _TEAM),
    ),
    frozenset({"done", "cancelled"}),
)

AMENDABLE: Final = ("signed", "running")
"""States in which a signed plan may still be amended: who is only shortlisted may come and go."""
TONES: Final = {"planning": "", "signed": "warn", "running": "good", "done": "off", "cancelled": "off"}
"""How a state is shown: what waits for a start is a warning."""
