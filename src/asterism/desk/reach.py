"""Count the people a set of creators reaches together."""

import math
from collections.abc import Mapping
from difflib import get_close_matches

from asterism.audience.ladder import climb
from asterism.audience.reach import Reach, reach
from asterism.brief import Brief
from asterism.desk.plan import Sources, load, signals_of
from asterism.desk.read import Files
from asterism.errors import BadInput, NotFound, WrongUsage
from asterism.priors import Priors


def reach_files(creators: list[str], files: Files | None, sources: Sources, universe: float | None) -> Reach:
    """People potentially reached by these creators together, from the strongest evidence in the files.

    Raises
    ------
    WrongUsage
        The universe is no number of people.
    NotFound
        A creator is not in the tables.
    BadInput
        Too little is known of a creator to size its audience.
    """
    if universe is not None and not (universe > 0 and math.isfinite(universe)):
        raise WrongUsage(f"A universe of {universe:g} people cannot be.", "Name a number above 0, or leave it out.")
    tables = load(files, sources).tables
    priors = Priors.default()
    brief = Brief(goal="awareness", budget="1 USD", universe=universe)
    signals = signals_of(tables, brief, priors)
    samples = climb(tables, signals, brief, priors).samples
    known = _known(signals.creators["creator_id"].to_pylist(), signals.creators["handle"].to_pylist())
    rows = [_row(name, known) for name in creators]
    for row in rows:
        if not samples.sizes[row] > 0:
            what = f"The audience of `{samples.creators[row]}` has no size."
            raise BadInput(what, "Add followers or usual views.")
    return reach(samples, [samples.creators[row] for row in rows])


def _row(name: str, known: Mapping[str, int]) -> int:
    """The row of a creator by id or handle; a table may hold too many to list them where there is none."""
    bare = name.lstrip("@").lower()
    if bare in known:
        return known[bare]
    near = get_close_matches(bare, known, n=1)
    fix = f"Did you mean `{near[0]}`?" if near else "Name a creator_id or handle of the tables."
    raise NotFound(f"There is no creator `{bare}` in the tables.", fix)


def _known(ids: list[str], handles: list[str | None]) -> dict[str, int]:
    named = {(h or "").lstrip("@").lower(): i for i, h in enumerate(handles) if h}
    return named | {i.lstrip("@").lower(): row for row, i in enumerate(ids)}
