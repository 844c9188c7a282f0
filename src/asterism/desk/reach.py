"""Count the people a set of creators reaches together."""

import math

from asterism.audience.ladder import climb
from asterism.audience.reach import Reach, reach
from asterism.brief import Brief
from asterism.desk.loading import Sources, load, signals_of
from asterism.desk.naming import rows_named
from asterism.desk.read import Files
from asterism.errors import BadInput, WrongUsage
from asterism.priors import Priors


def reach_files(
    creators: list[str], files: Files | None, sources: Sources, universe: float | None, priors: Priors | None = None
) -> Reach:
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
    priors = priors or Priors.default()
    brief = Brief(goal="awareness", budget="1 USD", universe=universe)
    signals = signals_of(tables, brief, priors)
    samples = climb(tables, signals, brief, priors).samples
    rows = rows_named(creators, signals.creators)
    for row in rows:
        if not samples.sizes[row] > 0:
            what = f"The audience of `{samples.creators[row]}` has no size."
            raise BadInput(what, "Add followers or usual views.")
    return reach(samples, [samples.creators[row] for row in rows])
