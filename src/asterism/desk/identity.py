"""Who is one person among the catalogue's accounts, why, and what people decide about it."""

import getpass
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pyarrow as pa

from asterism.creators.claims import placed, resolve
from asterism.creators.identity import (
    IDENTITIES,
    MERGE,
    SPLIT,
    Decision,
    Match,
    as_rows,
    compare,
    history,
    latest,
    matches,
    persons,
)
from asterism.creators.profiles import account_names
from asterism.desk.naming import MOST_NAMED, parted
from asterism.desk.stored import open_catalogue
from asterism.errors import NotFound, WrongUsage
from asterism.store.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Account:
    """One account: `account` is `platform:creator_id`."""

    account: str
    handle: str | None
    name: str | None
    followers: int | None


@dataclass(frozen=True, slots=True)
class Person:
    """Accounts of one person, called by the first in the alphabet."""

    person: str
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Who has several accounts, and the pairs that somebody should decide on, the likeliest first."""

    accounts: int
    persons: tuple[Person, ...]
    questions: tuple[Match, ...]

    def to_dict(self) -> dict[str, Any]:
        """The fields by name, as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Grounds:
    """Whether two accounts count as one person's, the evidence, and the decision that stands, if any."""

    match: Match
    one_person: bool
    decision: Decision | None

    def to_dict(self) -> dict[str, Any]:
        """The fields by name, as plain values; the decision's time in ISO 8601."""
        told = None if self.decision is None else decision_to_dict(self.decision)
        return {"one_person": self.one_person, **asdict(self.match), "decision": told}


@dataclass(frozen=True, slots=True)
class _Known:
    """The catalogue's accounts, links between them, and what was decided."""

    catalogue: Catalogue
    creators: pa.Table
    links: pa.Table
    decisions: tuple[Decision, ...]


def people(catalogue: str | Path | None = None) -> People:
    """Everybody with several accounts, and the open questions.

    Raises
    ------
    NotFound
        The catalogue holds no creators.
    """
    known = _known(catalogue)
    found = matches(known.creators, known.links)
    person = _person_of(known, found)
    accounts = {one.account: one for one in _accounts(known.creators)}
    members: defaultdict[str, list[Account]] = defaultdict(list)
    for account, who in person.items():
        members[who].append(accounts[account])
    ordered = {who: sorted(own, key=lambda one: one.account) for who, own in sorted(members.items())}
    several = tuple(Person(who, tuple(own)) for who, own in ordered.items() if len(own) > 1)
    decided = latest(known.decisions)
    open_ = tuple(m for m in found if person[m.a] != person[m.b] and (m.a, m.b) not in decided)
    return People(len(accounts), several, open_)


def why(a: str, b: str, catalogue: str | Path | None = None) -> Grounds:
    """The evidence on two accounts, named as in `find_account`, and whether they count as one person's."""
    known = _known(catalogue)
    one, other = _named(known.creators, a, b)
    person = _person_of(known, matches(known.creators, known.links))
    first, second = sorted((one, other))
    match = compare(known.creators, known.links, first, second)
    return Grounds(match, person[first] == person[second], latest(known.decisions).get((first, second)))


def merge(a: str, b: str, note: str = "", catalogue: str | Path | None = None, by: str | None = None) -> Decision:
    """The decision that two accounts are one person's, now in the catalogue."""
    return _decide(MERGE, (a, b), note, by, _known(catalogue))


def split(a: str, b: str, note: str = "", catalogue: str | Path | None = None, by: str | None = None) -> Decision:
    """The decision that two accounts are two persons', now in the catalogue."""
    return _decide(SPLIT, (a, b), note, by, _known(catalogue))


def decisions(catalogue: str | Path | None = None) -> tuple[Decision, ...]:
    """Everything that was ever decided, the oldest first."""
    return history(open_catalogue(catalogue).read(IDENTITIES.name))


def decision_to_dict(decision: Decision) -> dict[str, Any]:
    """The fields by name, the time in ISO 8601."""
    return asdict(decision) | {"at": decision.at.isoformat()}


def find_account(creators: pa.Table, name: str) -> str:
    """The account, as `platform:creator_id`, that a person means.

    `@handle@platform`, `platform:handle`, or a creator id or handle that only one account has; case does not count.

    Raises
    ------
    NotFound
        No account is called so.
    WrongUsage
        Several are.
    """
    bare, platform = parted(name)
    found: dict[str, None] = {}
    for account, handle in zip(account_names(creators).to_pylist(), creators["handle"].to_pylist(), strict=True):
        where, _, creator_id = account.partition(":")
        if platform in (None, where) and bare in (creator_id.lower(), (handle or "").lower().lstrip("@")):
            found[account] = None
    if not found:
        raise NotFound(f"There is no account `{name}` in the catalogue.", _nearest(creators, bare))
    if len(found) > 1:
        listed = ", ".join(list(found)[:MOST_NAMED]) + (", …" if len(found) > MOST_NAMED else "")
        raise WrongUsage(f"`{name}` may be any of {len(found)} accounts.", f"Name one of: {listed}.")
    return next(iter(found))


def _nearest(creators: pa.Table, bare: str) -> str:
    known = [word.lower() for name in ("creator_id", "handle") for word in creators[name].to_pylist() if word]
    near = get_close_matches(bare, known, n=1)
    return f"Did you mean `{near[0]}`?" if near else "Name it as in `@ana@instagram` or `instagram:ana`."


def _known(path: str | Path | None) -> _Known:
    catalogue = open_catalogue(path)
    claims = catalogue.read("creators")
    if claims.num_rows == 0:
        raise NotFound(f"The catalogue at {catalogue.path} holds no creators.", "Import some: `asterism import FILE`.")
    decided = history(catalogue.read(IDENTITIES.name))
    return _Known(catalogue, resolve(placed(claims)), catalogue.read("links"), decided)


def _person_of(known: _Known, found: Sequence[Match]) -> Mapping[str, str]:
    whose = persons(known.creators, found, known.decisions)
    return dict(zip(account_names(whose).to_pylist(), whose["person"].to_pylist(), strict=True))


def _accounts(creators: pa.Table) -> list[Account]:
    columns = (creators[name].to_pylist() for name in ("handle", "name", "followers"))
    return [Account(*row) for row in zip(account_names(creators).to_pylist(), *columns, strict=True)]


def _named(creators: pa.Table, a: str, b: str) -> tuple[str, str]:
    one, other = find_account(creators, a), find_account(creators, b)
    if one == other:
        raise WrongUsage(f"`{a}` and `{b}` are one account, {one}.", "Name two.")
    return one, other


def _decide(verdict: str, pair: tuple[str, str], note: str, by: str | None, known: _Known) -> Decision:
    one, other = _named(known.creators, *pair)
    decision = Decision(verdict, one, other, by or _user(), datetime.now(UTC), note)
    known.catalogue.upsert(IDENTITIES.name, as_rows([decision]))
    return decision


def _user() -> str:
    """Who is at the keyboard; nobody where the system has no name for it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
