"""Who is one person: matches between accounts, what people decided about them, and the persons that follow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.creators.pairs import Pair, Ties, candidates
from asterism.creators.profiles import Crowd, account_names, crowd
from asterism.creators.resemblance import Reason, chance, reasons
from asterism.creators.schema import COUNT, TEXT, TIME, Field, Schema
from asterism.creators.tables import LINKS
from asterism.errors import BadInput, NotFound

SURE: Final = 0.95
"""From this chance on two accounts count as one person's without anybody being asked."""
WORTH_ASKING: Final = 0.2
"""Below this chance a pair is not even a question."""
MERGE, SPLIT = "merge", "split"

IDENTITIES: Final = Schema(
    "identities",
    (
        Field("verdict", TEXT, "word", "one person's, or not", choices=(MERGE, SPLIT)),
        Field("a", TEXT, "platform:creator_id", "one account, the first of the two in the alphabet"),
        Field("b", TEXT, "platform:creator_id", "the other account"),
        Field("by", TEXT, "name", "who decided"),
        Field("at", TIME, "time", "when"),
        Field("why", TEXT, "text", "for what reason"),
    ),
    key=("a", "b", "at"),
    needs=(("verdict",), ("a",), ("b",), ("at",)),
)
"""What people decided about pairs of accounts: only ever added to, so that the history stays."""
PERSONS: Final = pa.schema([("creator_id", TEXT), ("platform", TEXT), ("person", TEXT), ("platforms", COUNT)])
"""One row per account: whose it is, and on how many platforms that person is known."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two accounts, `platform:creator_id` with `a` before `b`, that may be one person's.

    `score` is the chance that they are, `reasons` the evidence, the weightiest first. `sure` ones need no decision.
    """

    a: str
    b: str
    score: float
    reasons: tuple[Reason, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """That somebody called two accounts one person's (`merge`), or two persons' (`split`), when, and why."""

    verdict: str
    a: str
    b: str
    by: str
    at: datetime
    why: str = ""

    def __post_init__(self) -> None:
        if self.verdict not in (MERGE, SPLIT):
            raise BadInput(f"`{self.verdict}` is no decision about two accounts.", "Merge or split them.")
        if self.a == self.b:
            raise BadInput(f"`{self.a}` is one account, and was named twice.", "Name two.")
        one, other = sorted((self.a, self.b))
        object.__setattr__(self, "a", one)
        object.__setattr__(self, "b", other)


def matches(creators: pa.Table, links: pa.Table | None = None) -> tuple[Match, ...]:
    """The pairs of accounts that may be one person's, the likeliest first.

    Links come first: each profile pointing to the other, a row of `links`, one link page on both, one profile pointing
    to the other. For the rest, names count by their rarity, so that neither «travel» nor a famous first name makes
    strangers one (`resemblance.reasons`). Two accounts of one platform are never sure.

    Parameters
    ----------
    creators
        Columns of `CREATORS`, one row per creator and platform (`claims.resolve`).
    links
        Columns of `LINKS`.
    """
    everybody = crowd(creators)
    pairs = candidates(everybody, LINKS.empty() if links is None else links)
    compared = (_match(everybody, pair, ties) for pair, ties in pairs.items())
    found = [match for match in compared if match.score >= WORTH_ASKING]
    return tuple(sorted(found, key=lambda match: (-match.score, match.a, match.b)))


def compare(creators: pa.Table, links: pa.Table, a: str, b: str) -> Match:
    """The evidence on two accounts, `platform:creator_id`, however unlikely they are one person's; as `matches`."""
    everybody = crowd(creators)
    rows = sorted(i for i, profile in enumerate(everybody.profiles) if profile.account in (a, b))
    if len(rows) != 2:
        raise NotFound(f"`{a}` and `{b}` are not both among the accounts.", "Name them as `platform:creator_id`.")
    pair = (rows[0], rows[1])
    return _match(everybody, pair, candidates(everybody, links).get(pair, Ties()))


def _match(everybody: Crowd, pair: Pair, ties: Ties) -> Match:
    first, second = (everybody.profiles[row] for row in pair)
    evidence = reasons(first, second, ties, everybody)
    score = chance(evidence)
    a, b = sorted((first.account, second.account))
    return Match(a, b, score, evidence, score >= SURE and first.platform != second.platform)


def persons(creators: pa.Table, found: Iterable[Match], decisions: Iterable[Decision] = ()) -> pa.Table:
    """Whose each account is: columns of `PERSONS`, a row per row of `creators`.

    People who are connected by sure matches and merges are one, and two accounts that were split never are: of the
    latest decisions per pair the splits are kept whatever else says, then merges join, the newest first, then sure
    matches, the likeliest first. A match joins nobody who would then have two accounts on one platform. A person is
    called by the first of its accounts in the alphabet.
    """
    groups = _groups(found, decisions)
    names = account_names(creators)
    grouped = list(groups)
    at = pc.fill_null(pc.index_in(names, pa.array(grouped, TEXT)), len(grouped))
    called = pa.array([groups[account] for account in grouped] + [None], TEXT).take(at)
    person = pc.coalesce(called, names)
    known = pc.is_valid(creators["platform"]).combine_chunks()
    return pa.Table.from_arrays(
        [creators["creator_id"], creators["platform"], person, _platforms(creators["platform"], person, known)],
        schema=PERSONS,
    )


def presence(creators: pa.Table, of: pa.Table) -> NDArray[np.int64]:
    """On how many platforms each creator's person is known, (n_creators,); 1 where nothing else is known of it.

    `of` is the table of `persons`; rows of `creators` that it lacks count as alone.
    """
    names, known = account_names(creators), account_names(of)
    counts = of["platforms"].combine_chunks().take(pc.index_in(names, known))
    return np.asarray(pc.fill_null(counts, 1), dtype=np.int64)


def history(kept: pa.Table) -> tuple[Decision, ...]:
    """The decisions of a table of `IDENTITIES`, the oldest first."""
    rows = kept.sort_by([("at", "ascending"), ("a", "ascending"), ("b", "ascending")]).to_pylist()
    return tuple(
        Decision(row["verdict"], row["a"], row["b"], row["by"] or "", row["at"], row["why"] or "") for row in rows
    )


def as_rows(decisions: Sequence[Decision]) -> pa.Table:
    """The decisions in the columns of `IDENTITIES`."""
    return pa.Table.from_pylist([asdict(decision) for decision in decisions], schema=IDENTITIES.arrow)


def latest(decisions: Iterable[Decision]) -> dict[tuple[str, str], Decision]:
    """The decision that stands on each pair: the newest; of equally new ones the last."""
    standing: dict[tuple[str, str], Decision] = {}
    for decision in sorted(decisions, key=lambda each: each.at):
        standing[decision.a, decision.b] = decision
    return standing


@dataclass(slots=True)
class _Groups:
    """Accounts joined so far, and which groups must stay apart; each group is called by one of its accounts."""

    leader: dict[str, str] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    apart: dict[str, set[str]] = field(default_factory=dict)

    def of(self, account: str) -> str:
        """The group of an account."""
        return self.leader.get(account, account)

    def keep_apart(self, one: str, other: str) -> None:
        """Never join the groups of these two."""
        for this, that in ((self.of(one), self.of(other)), (self.of(other), self.of(one))):
            self.apart.setdefault(this, set()).add(that)

    def join(self, one: str, other: str, *, decided: bool) -> None:
        """Make two groups one, if nothing forbids it."""
        first, second = sorted((self.of(one), self.of(other)), key=lambda group: len(self._members(group)))
        if first == second or second in self.apart.get(first, ()):
            return
        if not decided and _platforms_of(self._members(first)) & _platforms_of(self._members(second)):
            return
        for account in self._members(first):
            self.leader[account] = second
        self.members[second] = self._members(first) | self._members(second)
        for enemy in self.apart.pop(first, set()):
            self.apart[enemy].discard(first)
            self.keep_apart(second, enemy)

    def _members(self, group: str) -> set[str]:
        return self.members.get(group, {group})


def _groups(found: Iterable[Match], decisions: Iterable[Decision]) -> Mapping[str, str]:
    """The person of every account that is not alone."""
    standing = latest(decisions)
    groups = _Groups()
    for (a, b), decision in standing.items():
        if decision.verdict == SPLIT:
            groups.keep_apart(a, b)
    merges = [decision for decision in standing.values() if decision.verdict == MERGE]
    for decision in sorted(merges, key=lambda each: (-each.at.timestamp(), each.a, each.b)):
        groups.join(decision.a, decision.b, decided=True)
    for match in sorted(found, key=lambda each: (-each.score, each.a, each.b)):
        if match.sure:
            groups.join(match.a, match.b, decided=False)
    called = {group: min(groups.members[group]) for group in set(groups.leader.values()) if group in groups.members}
    joined = {account: group for group in called for account in groups.members[group]}
    return {account: called[group] for account, group in joined.items() if groups.of(account) == group}


def _platforms_of(accounts: Iterable[str]) -> set[str]:
    return {account.partition(":")[0] for account in accounts}


def _platforms(platform: pa.ChunkedArray, person: pa.Array, known: pa.Array) -> pa.Array:
    """The number of known platforms of each row's person; 1 at least."""
    pairs = pa.table({"person": person, "platform": platform}).filter(known)
    counted = pairs.group_by("person").aggregate([("platform", "count_distinct")])
    counts = counted["platform_count_distinct"].combine_chunks().take(pc.index_in(person, counted["person"]))
    return pc.fill_null(counts, 1).cast(COUNT)
