"""Links to a shortlist that need no login: made, revoked, opened by a client, answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import BaseModel, Field

from asterism.desk.studio.answers import carry_answers
from asterism.desk.studio.rows import FEE_SOURCES, country_name, language_name
from asterism.errors import BadInput, NotFound
from asterism.quantities import figure
from asterism.store.ledger.client_links import (
    client_link_by,
    count_opening,
    new_client_link,
    opens,
    revoke_client_link,
)
from asterism.store.ledger.models import Answer, Listed, ShareLink, Shortlist
from asterism.store.ledger.scope import add, find, lock, rows, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

DAYS: Final = 14
"""Days for which a link opens unless its maker says otherwise."""
USUAL: Final = ("tier", "followers", "niche", "country", "engagement", "real")
"""Fields that a link shows unless its maker says otherwise; fees are not among them."""


@dataclass(frozen=True, slots=True)
class Shareable:
    """A field that a link may show: its label, and how an entry says it; empty where it is not known."""

    label: str
    said: Callable[[Listed], str]


def _span(name: str, write: Callable[[float], str], note: str = "") -> Callable[[Listed], str]:
    def said(entry: Listed) -> str:
        span = entry.shown.get(name)
        if not span:
            return ""
        rest = f" {note.format(**{'of': '', **entry.shown})}".rstrip()
        return f"{write(span['mean'])} ({write(span['low'])}–{write(span['high'])}){rest}"

    return said


def _percent(share: float) -> str:
    return f"{100 * share:.3g}%"


def _fee(entry: Listed) -> str:
    currency = entry.shown.get("currency") or "USD"
    source = FEE_SOURCES.get(entry.shown.get("fee_source") or "", "")
    return _span("fee", figure, f"{currency} a post" + (f", {source}" if source else ""))(entry)


SHAREABLE: Final[Mapping[str, Shareable]] = {
    "name": Shareable("Name", lambda e: e.creator.name),
    "tier": Shareable("Tier", lambda e: e.creator.tier),
    "followers": Shareable("Followers (potential)", lambda e: _count(e.creator.followers)),
    "niche": Shareable("Niche", lambda e: e.creator.niche),
    "country": Shareable("Country", lambda e: country_name(e.creator.country) if e.creator.country else ""),
    "language": Shareable("Language", lambda e: language_name(e.creator.language) if e.creator.language else ""),
    "engagement": Shareable("Engagement", _span("engagement", _percent, "of {engagement_of}")),
    "real": Shareable("Real followers", _span("real", _percent)),
    "package": Shareable("Package", lambda e: str(e.shown.get("package") or "")),
    "reasons": Shareable("Why", lambda e: " ".join(map(str, e.shown.get("reasons") or []))),
    "remark": Shareable("Remark", lambda e: e.remark),
    "fee": Shareable("Fee", _fee),
}
"""Field → how it is shown; handle and platform always are, since somebody must be meant."""


def _count(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


class NewLink(BaseModel):
    """A link to make: what the client reads above the list, what is shown of each creator, and how long it opens."""

    label: str = Field(default="", max_length=120, description="What the client reads above the list.")
    fields: list[str] = Field(default=list(USUAL), max_length=len(SHAREABLE))
    days: int = Field(default=DAYS, ge=1, le=90)


class Said(BaseModel):
    """What a client says of one creator; a no needs its reason."""

    entry: int = Field(ge=1, lt=2**63)
    approved: bool
    reason: str = Field(default="", max_length=500)


class Answers(BaseModel):
    """What a client says, under which name."""

    name: str = Field(max_length=120, min_length=1)
    answers: list[Said] = Field(max_length=200)


@dataclass(frozen=True, slots=True)
class Put:
    """A creator as the client sees them: called so, on a platform, the chosen fields, and the answer that stands."""

    entry: int
    called: str
    platform: str
    facts: tuple[tuple[str, str], ...]
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class ClientPage:
    """`client.html.j2`: the list as the link shows it, and what was answered over it; `thanks` right after that.

    Parameters
    ----------
    title, about
        What the maker wrote above the list, and brand and campaign.
    open
        False once it expired or was taken back: then nothing else is told.
    """

    open: bool
    title: str
    about: str
    put: tuple[Put, ...]
    name: str
    until: datetime | None
    zone: str
    answered: int
    thanks: bool = False


CLOSED: Final = ClientPage(False, "", "", (), "", None, "UTC", 0)
"""What a link shows once it expired or was taken back."""


def share(seat: Seat, key: int, wish: NewLink) -> tuple[ShareLink, str]:
    """A new link to a shortlist and its secret, which is not kept and cannot be shown again.

    Raises
    ------
    BadInput
        A field cannot be shown, or the list is empty.
    """
    seat.insist("share")
    if unknown := [name for name in wish.fields if name not in SHAREABLE]:
        raise BadInput(f"`{unknown[0]}` cannot be shown over a link.", f"Choose among: {', '.join(SHAREABLE)}.")
    target = find(seat, Shortlist, key)
    if not rows(seat, Listed).filter(shortlist=target).exists():
        raise BadInput("There is nobody on this list to answer for.", "Add creators first.")
    chosen = [name for name in SHAREABLE if name in wish.fields]
    fields = {"shortlist": target, "label": wish.label.strip() or target.name, "fields": chosen}
    with together():
        made, secret = new_client_link(seat, ShareLink, wish.days, fields)
        record(seat, "share.made", made, fields=chosen, days=wish.days)
    return made, secret


def revoke(seat: Seat, key: int) -> ShareLink:
    """Close a link at once; what was answered over it stays."""
    seat.insist("share")
    with together():
        link, was_open = revoke_client_link(seat, ShareLink, key, "shortlist")
        if was_open:
            record(seat, "share.revoked", link)
    return link


def known_link(secret: str) -> ShareLink:
    """The link that a secret opens, or once opened.

    Raises
    ------
    NotFound
        No link has, or had, this secret.
    """
    link = client_link_by(secret, ShareLink, "shortlist__campaign__brand")
    if link is None:
        raise NotFound("There is nothing at this address.", "Check it, or ask whoever sent it for a new one.")
    return link


def open_link(link: ShareLink, now: datetime) -> ClientPage:
    """The page of a link, its opening counted."""
    if not opens(link, now):
        return CLOSED
    count_opening(link, now)
    return _page(Seat(link.workspace, None, "link", now), link)


def answer(link: ShareLink, given: Answers, now: datetime) -> ClientPage:
    """The page of a link after a client answered; an answer may be changed while the link opens.

    Raises
    ------
    BadInput
        Nobody was answered for, or a no has no reason.
    NotFound
        A creator is no longer on the list.
    """
    if not opens(link, now):
        return CLOSED
    if not given.answers:
        raise BadInput("No creator was answered for.", "Choose yes or no for one at least.")
    seat = Seat(link.workspace, None, "link", now)
    with together():
        lock(seat, Shortlist, link.shortlist_id)  # of two clients at once the second sees what the first said
        entries = {entry.pk: entry for entry in _entries(seat, link)}
        standing = _standing(seat, link)
        changed = [said for said in given.answers if _differs(standing.get(said.entry), said, given.name)]
        for said in changed:
            _insist(said, entries)
            fields = {"approved": said.approved, "reason": said.reason.strip(), "name": given.name.strip()}
            add(seat, Answer, link=link, entry=entries[said.entry], **fields)
        if changed:
            yes = sum(said.approved for said in changed)
            record(seat, "shortlist.answered", link.shortlist, link=link.pk, yes=yes, no=len(changed) - yes)
            carry_answers(seat, link, [(entries[said.entry], said.approved) for said in changed])
    return _page(seat, link, thanks=True)


def _insist(said: Said, entries: Mapping[int, Listed]) -> None:
    if said.entry not in entries:
        raise NotFound("One of these creators is no longer on the list.", "Reload the page, then answer again.")
    if not said.approved and not said.reason.strip():
        called = _called(entries[said.entry])
        raise BadInput(f"The no to {called} has no reason.", "Say why in a few words: it helps to find somebody else.")


def _differs(standing: Answer | None, said: Said, name: str) -> bool:
    told = (said.approved, said.reason.strip(), name.strip())
    return standing is None or (standing.approved, standing.reason, standing.name) != told


def _entries(seat: Seat, link: ShareLink) -> list[Listed]:
    query = rows(seat, Listed).filter(shortlist_id=link.shortlist_id, creator__erased_at=None)
    return list(query.select_related("creator"))


def _standing(seat: Seat, link: ShareLink) -> dict[int, Answer]:
    newest: dict[int, Answer] = {}
    for each in rows(seat, Answer).filter(link=link):
        newest.setdefault(each.entry_id, each)
    return newest


def _called(entry: Listed) -> str:
    creator = entry.creator
    return f"@{creator.handle}" if creator.handle else creator.name or creator.creator_id


def _page(seat: Seat, link: ShareLink, thanks: bool = False) -> ClientPage:
    answers, campaign = _standing(seat, link), link.shortlist.campaign
    put = tuple(
        Put(entry.pk, _called(entry), entry.creator.platform, _facts(entry, link.fields), answers.get(entry.pk))
        for entry in _entries(seat, link)
    )
    return ClientPage(
        open=True,
        title=link.label,
        about=f"{campaign.brand.name}, {campaign.name}" if campaign else "",
        put=put,
        name=next((each.answer.name for each in put if each.answer), ""),
        until=link.expires_at,
        zone=link.workspace.timezone,
        answered=sum(each.answer is not None for each in put),
        thanks=thanks,
    )


def _facts(entry: Listed, fields: list[Any]) -> tuple[tuple[str, str], ...]:
    shown = ((SHAREABLE[name].label, SHAREABLE[name].said(entry)) for name in SHAREABLE if name in fields)
    return tuple((label, said) for label, said in shown if said)
