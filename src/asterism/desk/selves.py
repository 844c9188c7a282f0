"""Who says what of a creator, and which other accounts are the same person's."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from asterism.creators.claims import FieldClaim, provenance
from asterism.creators.identity import Decision, Match, latest, matches, persons
from asterism.creators.profiles import account_names
from asterism.desk.read import Loaded
from asterism.signals.profile import Account, Field


@dataclass(frozen=True, slots=True)
class Selves:
    """Whose each account is: `person` of each account (`platform:creator_id`), its members, and why two are one."""

    person: Mapping[str, str]
    members: Mapping[str, tuple[Account, ...]]
    found: Mapping[tuple[str, str], Match]
    decided: Mapping[tuple[str, str], Decision]

    def of(self, creator_id: str, platform: str) -> tuple[Account, ...]:
        """The other accounts of the person whose account this is, each with the reason; "" is an unstated platform."""
        own = f"{platform}:{creator_id}"
        everywhere = self.members.get(self.person.get(own, ""), ())
        others = [each for each in everywhere if (each.creator_id, each.platform) != (creator_id, platform)]
        return tuple(
            Account(each.creator_id, each.platform, each.name, self._why(own, f"{each.platform}:{each.creator_id}"))
            for each in others
        )

    def _why(self, one: str, other: str) -> str:
        pair = (min(one, other), max(one, other))
        if pair in self.decided:
            decision = self.decided[pair]
            return f"decided by {decision.by or 'somebody'}{f': {decision.why}' if decision.why else ''}"
        match = self.found.get(pair)
        if match is None:
            return "through a third account"
        return "; ".join([str(reason) for reason in match.reasons if reason.bits > 0][:3])


def selves_of(loaded: Loaded) -> Selves:
    """Who is one person among the creators loaded, by links, names and what people decided."""
    creators = loaded.tables.creators
    found = matches(creators, loaded.tables.links)
    whose = persons(creators, found, loaded.decisions)
    person = dict(zip(account_names(whose).to_pylist(), whose["person"].to_pylist(), strict=True))
    return Selves(person, _members(creators, person), {(m.a, m.b): m for m in found}, latest(loaded.decisions))


def _members(creators: pa.Table, person: Mapping[str, str]) -> dict[str, tuple[Account, ...]]:
    members: defaultdict[str, list[Account]] = defaultdict(list)
    columns = (creators[name].to_pylist() for name in ("creator_id", "platform", "handle"))
    for account, (creator_id, platform, handle) in zip(
        account_names(creators).to_pylist(), zip(*columns, strict=True), strict=True
    ):
        if account in person:
            members[person[account]].append(Account(creator_id, platform or "", f"@{handle or creator_id}", ""))
    return {who: tuple(own) for who, own in members.items()}


def platform_stated(loaded: Loaded, creator_id: str, platform: str) -> str:
    """The platform as sources state it of a creator: "" where none says so, and the line-up took it to be there."""
    own = loaded.claims.filter(pc.equal(loaded.claims["creator_id"], creator_id))
    return platform if platform in own["platform"].to_pylist() else ""


def fields_of(loaded: Loaded, creator_id: str, platform: str) -> tuple[Field, ...]:
    """Every field of a creator as its sources tell it: the one believed, why, and what the others say."""
    claimed: defaultdict[str, list[FieldClaim]] = defaultdict(list)
    for claim in provenance(loaded.claims, creator_id, platform or None):
        claimed[claim.field].append(claim)
    return tuple(_field(name, claims) for name, claims in claimed.items())


def _field(name: str, claims: list[FieldClaim]) -> Field:
    best = next((claim for claim in claims if claim.speaks), claims[0])
    others = tuple(f"{_written(c.value)} ({c.source or 'unnamed source'})" for c in claims if c is not best)
    as_of = best.as_of.date() if best.as_of else None
    return Field(name, _written(best.value), best.source or "unnamed source", as_of, best.why, others, best.disagrees)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    text = f"{value:.4g}" if isinstance(value, float) else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
