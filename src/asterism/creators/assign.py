"""Which column becomes which field: headers propose, content decides, twins are told apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asterism.creators.columns import Meaning, meanings, tokens, why_unmapped
from asterism.creators.evidence import Content, contradiction
from asterism.creators.numbers import numbers
from asterism.creators.places import country
from asterism.creators.synonyms import ADDRESS, IDENTITY, PROFILE
from asterism.creators.tables import SCHEMAS
from asterism.creators.text import TextTable

BY_MAPPING: Final = -1
"""Rank of a column that the user's mapping names."""
BY_CONTENT: Final = 1_000
"""Rank of a column that only its content speaks for."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A column chosen for a field, and how we know."""

    column: int
    rank: int
    how: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """Fields and roles with their columns; every other column with the reason; what to warn of."""

    kind: str
    chosen: Mapping[str, Choice]
    unmapped: Mapping[int, str]
    warnings: tuple[str, ...] = ()
    beside_posts: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """A text table with what each of its columns holds."""

    text: TextTable
    held: Sequence[Content]
    mapping: Mapping[int, str] = field(default_factory=dict)

    def label(self, column: int) -> str:
        """The column's name, with its place where the name stands twice."""
        name = self.text.header[column]
        return f"`{name}` (column {column + 1})" if self.text.header.count(name) > 1 or not name else f"`{name}`"


def assign(evidence: Evidence, kind: str) -> Assignment:
    """The assignment of a table's columns to the fields of `kind`."""
    wishes: dict[str, list[Choice]] = {}
    unmapped: dict[int, str] = {}
    warnings: list[str] = []
    for column in range(len(evidence.text.header)):
        name, rank, why = _wish(evidence, kind, column)
        if name:
            wishes.setdefault(name, []).append(Choice(column, rank, why))
        else:
            unmapped[column] = why
        if why.startswith("holds "):
            warnings.append(f"{evidence.label(column)} {why}: the label contradicts the content and is not trusted.")
    if kind == "creators":
        wishes = _with_identities(evidence, wishes)
    chosen = {name: _best(evidence, name, choices, unmapped) for name, choices in wishes.items()}
    return _plausible(evidence, Assignment(kind, chosen, unmapped, tuple(warnings)))


def _wish(evidence: Evidence, kind: str, column: int) -> tuple[str, int, str]:
    """The field a column should become, its rank and how; or an empty field and why not."""
    header, held = evidence.text.header[column], evidence.held[column]
    if column in evidence.mapping:
        wanted = evidence.mapping[column]
        return (wanted, BY_MAPPING, "by the mapping") if wanted else ("", 0, "left out by the mapping")
    proposals = meanings(header, kind)
    refusals = [contradiction(kind, meaning.field, held) for meaning in proposals]
    fitting = [meaning for meaning, refusal in zip(proposals, refusals, strict=True) if not refusal]
    if fitting:
        return fitting[0].field, fitting[0].rank, _by_header(fitting[0])
    why = refusals[0] if refusals else why_unmapped(header, kind) if held.n else "the column is empty"
    if kind == "creators" and held.country > 0.8 and held.n >= 5 and refusals:
        return "country", BY_CONTENT, why
    return "", 0, why


def _by_header(meaning: Meaning) -> str:
    return "by its header" if meaning.rank < 100 else "by its header, less words without weight"


def _with_identities(evidence: Evidence, wishes: dict[str, list[Choice]]) -> dict[str, list[Choice]]:
    """Handle and display name told apart among columns that could be either.

    The column with most cells written as handles are (one plain word) is the handle, if it is well ahead of the others
    or, alone, in lower case for the most part; the next is the name.
    """
    rest = {name: choices for name, choices in wishes.items() if name != IDENTITY}
    held = evidence.held
    identities = sorted(
        wishes.get(IDENTITY, ()), key=lambda c: (-held[c.column].one_word, -held[c.column].lower, c.column)
    )
    if identities and "handle" not in rest and _is_handle([held[c.column] for c in identities]):
        choice = identities.pop(0)
        rest["handle"] = [
            replace(choice, how=f"{held[choice.column].one_word:.0%} of its cells are written as handles are")
        ]
    names = sorted(identities, key=lambda c: c.rank)
    if names:
        rest["name"] = [*rest.get("name", ()), *(replace(c, how="the name people read") for c in names)]
    return rest


def _is_handle(held: Sequence[Content]) -> bool:
    first = held[0]
    if first.one_word >= 0.9 and first.lower >= 0.5:
        return True
    return len(held) > 1 and first.one_word >= 0.5 and first.one_word - held[1].one_word >= 0.15


def _best(evidence: Evidence, name: str, choices: list[Choice], unmapped: dict[int, str]) -> Choice:
    """The choice for a field; the others are listed as unmapped with the reason.

    The best header leads; among the columns that agree with it the most exactly written one is used.
    """
    lead = min(choices, key=lambda c: (c.rank, c.column))
    twins = [c for c in choices if c is lead or _agree(evidence, name, lead.column, c.column)]
    best = lead
    if lead.rank != BY_MAPPING:
        best = max(twins, key=lambda c: (evidence.held[c.column].plain, evidence.held[c.column].n, c is lead))
    for other in choices:
        if other is not best:
            unmapped[other.column] = _why_not(evidence, name, best, other in twins)
    how = best.how
    if len(twins) > 1:
        how += f"; the most exact of {len(twins)} columns with the same content"
    return replace(best, rank=lead.rank, how=how)


def _why_not(evidence: Evidence, name: str, best: Choice, twin: bool) -> str:
    used = evidence.label(best.column)
    return f"the same as {used}, which is used" if twin else f"{name} too, but not the same as {used}, which is used"


def _agree(evidence: Evidence, name: str, one: int, other: int) -> bool:
    """Whether two columns say the same in nine of ten sampled rows, figures within 6%."""
    step = max(len(evidence.text) // 400, 1)
    rows = pa.array(np.arange(0, len(evidence.text), step))
    left, right = (evidence.text.columns[at].take(rows).combine_chunks() for at in (one, other))
    if evidence.held[one].number > 0.5 and evidence.held[other].number > 0.5:
        a, b = _figures(left), _figures(right)
        both = np.isfinite(a) & np.isfinite(b)
        close = np.abs(a - b) <= 0.06 * np.maximum(np.abs(a), np.abs(b))
        return bool(both.any() and close[both].mean() >= 0.9)
    same = [
        _folded(name, a) == _folded(name, b)
        for a, b in zip(left.to_pylist(), right.to_pylist(), strict=True)
        if a and b
    ]
    return bool(same) and sum(same) >= 0.9 * len(same)


def _figures(column: pa.Array) -> NDArray[np.float64]:
    return np.asarray(numbers(column).values.to_numpy(zero_copy_only=False), dtype=float)


def _folded(name: str, cell: str) -> str:
    if name == "country":
        try:
            return country(cell)
        except ValueError:
            return cell.casefold()
    return cell.strip().removeprefix("@").casefold()


def _plausible(evidence: Evidence, found: Assignment) -> Assignment:
    """The assignment without likes and comments that cannot be what their headers say."""
    pairs = [("avg_likes", "avg_comments")] if found.kind == "creators" else []
    for likes, comments in pairs:
        if likes not in found.chosen or comments not in found.chosen:
            continue
        columns = [found.chosen[likes].column, found.chosen[comments].column]
        a, b = (_figures(evidence.text.columns[at].combine_chunks()) for at in columns)
        both = np.isfinite(a) & np.isfinite(b) & (b > 0)
        share = float((b[both] >= a[both]).mean()) if both.any() else 0.0
        if both.sum() >= 5 and share >= 0.8:
            found = _without(evidence, found, columns, share)
    return found


def _without(evidence: Evidence, found: Assignment, columns: list[int], share: float) -> Assignment:
    """The assignment without the columns called likes and comments, and a warning that calls the file out."""
    share_said = f"comments are as many as likes or more in {share:.0%} of the rows"
    why = f"implausible: {share_said}, so neither label is trusted"
    chosen = {name: choice for name, choice in found.chosen.items() if choice.column not in columns}
    labels = " and ".join(evidence.label(at) for at in columns)
    warning = f"{labels} contradict their labels: {share_said}. Not used."
    unmapped = {**found.unmapped, **dict.fromkeys(columns, why)}
    return replace(found, chosen=chosen, unmapped=unmapped, warnings=(*found.warnings, warning))


def guess_kind(evidence: Evidence) -> tuple[str, Assignment] | None:
    """The kind of table whose needs the columns meet, with most fields mapped; None where no kind's are.

    A column called `id` counts little, and cannot be a post's where followers stand beside it. Where creators and
    followers explain a table equally well, one row per creator makes it a table of creators.
    """
    fitting = [found for kind in SCHEMAS if meets(found := assign(evidence, kind))]
    if not fitting:
        return None
    best = max(fitting, key=lambda found: (_weight(evidence, found), found.kind == "creators"))
    if best.kind in ("creators", "followers") and {"creators", "followers"} <= {f.kind for f in fitting}:
        best = _creators_or_followers(evidence, {f.kind: f for f in fitting}, best)
    return best.kind, best


_GENERIC: Final = frozenset(
    {"id", "name", "user", "type", "date", "value", "source", "target", "text", "title", "category", "link", "url",
     "format", "content", "from", "to", "label", "key", "code", "kind", "group", "level", "total", "post", "username",
     "account"}
)  # fmt: skip
"""Headers that many kinds of tables have."""


def meets(found: Assignment) -> bool:
    """Whether the chosen columns hold what the kind of table needs."""
    present = set(found.chosen)
    present |= {"post_id"} if ADDRESS in present else set()
    present |= {"handle"} if PROFILE in present else set()
    return all(present.intersection(alternatives) for alternatives in SCHEMAS[found.kind].needs)


def _weight(evidence: Evidence, found: Assignment) -> float:
    headers = {name: "".join(tokens(evidence.text.header[c.column])) for name, c in found.chosen.items()}
    if found.kind in ("posts", "comments") and headers.get("post_id") == "id":
        followed = any(m.field == "followers" for name in evidence.text.header for m in meanings(name, "creators"))
        if followed:
            return 0.0
    return sum(0.34 if header in _GENERIC else 1.0 for header in headers.values())


def _creators_or_followers(evidence: Evidence, found: Mapping[str, Assignment], best: Assignment) -> Assignment:
    creators, followers = found["creators"], found["followers"]
    if abs(_weight(evidence, creators) - _weight(evidence, followers)) > 0.5:
        return best
    column = evidence.text.columns[followers.chosen["creator_id"].column].combine_chunks()
    return creators if len(column.unique()) > 0.9 * len(column) else followers
