"""Count the people a set of creators reaches together."""

from asterism.audience.ladder import climb
from asterism.audience.reach import Reach, reach
from asterism.brief import Brief
from asterism.desk.plan import Sources, load, signals_of
from asterism.desk.read import Files
from asterism.errors import BadInput, NotFound, did_you_mean
from asterism.priors import Priors


def reach_files(creators: list[str], files: Files | None, sources: Sources, universe: float | None) -> Reach:
    """People potentially reached by these creators together, from the strongest evidence in the files.

    Raises
    ------
    NotFound
        A creator is not in the tables.
    BadInput
        Too little is known of a creator to size its audience.
    """
    tables = load(files, sources).tables
    priors = Priors.default()
    brief = Brief(goal="awareness", budget="1 USD", universe=universe)
    signals = signals_of(tables, brief, priors)
    samples = climb(tables, signals, brief, priors).samples
    known = _known(signals.creators["creator_id"].to_pylist(), signals.creators["handle"].to_pylist())
    names = [name.lstrip("@").lower() for name in creators]
    for name in names:
        if name not in known:
            raise NotFound(f"There is no creator `{name}` in the tables.", did_you_mean(name, [*known]))
        if not samples.sizes[known[name]] > 0:
            raise BadInput(f"The audience of `{name}` has no size.", "Add followers or usual views.")
    return reach(samples, [samples.creators[known[name]] for name in names])


def _known(ids: list[str], handles: list[str | None]) -> dict[str, int]:
    named = {(h or "").lstrip("@").lower(): i for i, h in enumerate(handles) if h}
    return named | {i.lstrip("@").lower(): row for row, i in enumerate(ids)}
