"""Ruled out: creators whom a competitor paid lately, and those with too few real followers, with a word on each."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa

from asterism.signals.text.brands import EXCLUSIVITY_DAYS, Conflict

NAMED: Final = 3
"""Creators that a warning names at most."""
NOTHING_KNOWN: Final = "prior"
"""How the source of authenticity begins where nothing is known."""


def barred_rows(creators: pa.Table, rivals: Sequence[Conflict]) -> tuple[int, ...]:
    """The rows of creators whom a competitor seems to have paid within the window; a mere mention bars nobody."""
    paid = {rival.creator_id for rival in rivals if rival.paid}
    return tuple(row for row, name in enumerate(creators["creator_id"].to_pylist()) if name in paid)


def left_open(creators: pa.Table, include: Sequence[str]) -> pa.Table:
    """The creators that the brief does not include by name: only they can be ruled out for what they did."""
    named = {name.lstrip("@").lower() for name in include}
    words = zip(creators["creator_id"].to_pylist(), creators["handle"].to_pylist(), strict=True)
    return creators.filter(pa.array([not {i.lower(), (h or "").lower()} & named for i, h in words], pa.bool_()))


def rivalry(creators: pa.Table, rivals: Sequence[Conflict]) -> list[str]:
    """What to know of competitors: who is left out for one, and who only mentioned one."""
    handles = dict(zip(creators["creator_id"].to_pylist(), creators["handle"].to_pylist(), strict=True))
    paid = _first_of_each([rival for rival in rivals if rival.paid and rival.creator_id in handles])
    others = [r for r in rivals if r.creator_id in handles and r.creator_id not in {p.creator_id for p in paid}]
    said = []
    if paid:
        who = f"{len(paid):,} creator{'s' if len(paid) > 1 else ''} showed a competitor for money within"
        said.append(
            f"{who} {EXCLUSIVITY_DAYS} days and {'are' if len(paid) > 1 else 'is'} left out: {_listed(paid, handles)}. "
            "Name them in limits.include to keep them."
        )
    if others:
        once = _first_of_each(others)
        said.append(f"A competitor is mentioned, not for money, by {len(once):,}: {_listed(once, handles)}.")
    return said


def named_rivals(creators: pa.Table, competitors: Sequence[str], rivals: Sequence[Conflict]) -> list[str]:
    """Which accounts are left out as competitors themselves, and which names nobody bears or shows."""
    known: dict[str, str] = {}
    for creator_id, handle in zip(creators["creator_id"].to_pylist(), creators["handle"].to_pylist(), strict=True):
        for word in filter(None, (creator_id, handle)):
            known.setdefault(word.lstrip("@").lower(), f"@{handle or creator_id}")
    bare = {name: name.lstrip("@").lower() for name in competitors}
    shown = {rival.competitor for rival in rivals}
    out = [known[word] for word in bare.values() if word in known]
    lost = [name for name, word in bare.items() if word not in known and name not in shown]
    said = [f"Left out as competitors: {', '.join(dict.fromkeys(out))}."] if out else []
    return [*said, *([f"No account or post here shows {', '.join(lost)}: check the spelling."] if lost else [])]


def unreal(creators: pa.Table, least: float) -> list[str]:
    """How many creators fall short of a share of real followers, and how many of them for want of evidence."""
    short = creators["authentic"].to_numpy() < least
    if not short.any():
        return []
    source = np.array([word or "" for word in creators["authentic_source"].to_pylist()], dtype=object)
    blind = sum(word.startswith(NOTHING_KNOWN) for word in source[short])
    why = f", {blind:,} of them because nothing is known of their followers" if blind else ""
    return [f"{int(short.sum()):,} creators are left out: under {least:.0%} real followers are expected{why}."]


def _first_of_each(rivals: Sequence[Conflict]) -> list[Conflict]:
    return list({rival.creator_id: rival for rival in reversed(rivals)}.values())[::-1]


def _listed(rivals: Sequence[Conflict], handles: dict[str, str | None]) -> str:
    shown = [f"@{handles[r.creator_id] or r.creator_id} ({_when(r)})" for r in rivals[:NAMED]]
    return ", ".join([*shown, *(["…"] if len(rivals) > NAMED else [])])


def _when(rival: Conflict) -> str:
    return f"{rival.competitor}, {f'{rival.day:%Y-%m-%d}' if rival.day else 'undated'}"
