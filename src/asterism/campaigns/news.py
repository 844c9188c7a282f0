"""What programs outside may be told: events by name, and which entries of the audit trail stand behind each."""

from dataclasses import dataclass
from typing import Final

TEST: Final = "test"
"""The event of a trial call; nothing happened."""


@dataclass(frozen=True, slots=True)
class News:
    """An event one can listen for: what it tells, and the trail's actions that are it."""

    says: str
    actions: tuple[str, ...]


def _steps(noun: str, done: str) -> tuple[str, ...]:
    return tuple(f"{noun}.{word}" for word in done.split())


NEWS: Final[dict[str, News]] = {
    "campaign.signed": News("A campaign's plan was signed", ("campaign.signed",)),
    "collaboration.moved": News(
        "A collaboration reached another state",
        _steps(
            "collaboration",
            "invited negotiating agreed briefed handed_in changes_asked approved reopened scheduled went_live measured "
            "paid thanked declined paused resumed cancelled",
        ),
    ),
    "shortlist.answered": News("A client answered an entry of a shortlist", ("shortlist.answered",)),
    "agreement.offered": News("Terms were offered to a creator", ("agreement.offered",)),
    "agreement.accepted": News("Terms were accepted", ("agreement.accepted", "agreement.recorded")),
    "draft.handed_in": News("A draft was handed in", ("draft.handed_in",)),
    "draft.reviewed": News("A draft was approved, or changes were asked", _steps("draft", "approved changes_asked")),
    "post.live": News("A post went live", ("post.live",)),
    "figures.supplied": News("Figures of a post came in", ("figures.supplied",)),
    "payment.proposed": News("A payment was proposed", ("payment.proposed",)),
    "payment.approved": News("A payment was approved", ("payment.approved",)),
    "payment.sent": News("A payment was sent", ("payment.sent",)),
    "payment.confirmed": News("A payment arrived", ("payment.confirmed",)),
    "books.closed": News("A campaign's books were closed", ("books.closed",)),
    "job.done": News("Long work is done", ("job.done",)),
    "job.failed": News("Long work stopped", ("job.failed",)),
}
"""Event → what it tells, in the order of a campaign."""

_BY_ACTION: Final = {action: name for name, news in NEWS.items() for action in news.actions}


def news_of(action: str) -> str | None:
    """The event that an action of the audit trail is; None where nobody outside is told of it.

    >>> news_of("collaboration.went_live"), news_of("member.invited")
    ('collaboration.moved', None)
    """
    return _BY_ACTION.get(action)
