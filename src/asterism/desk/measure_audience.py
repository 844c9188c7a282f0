"""The people behind the creators of a return: the picture a plan would have of them, from the same tables."""

from dataclasses import dataclass

from asterism.audience.ladder import beliefs, climb, keys
from asterism.brief import Brief
from asterism.desk.loading import Sources, load, signals_of
from asterism.desk.read import Files
from asterism.errors import WrongUsage
from asterism.measurement.reached import Audience
from asterism.measurement.sheets.naming import bare
from asterism.priors import Priors


@dataclass(frozen=True, slots=True)
class AudienceFiles:
    """Tables of creators and of whom they reach, as a plan takes them; `universe` is how many people there are."""

    creators: str | None = None
    audiences: str | None = None
    followers: str | None = None
    overlaps: str | None = None
    universe: float | None = None


def audience_of(files: AudienceFiles) -> Audience:
    """What the tables tell of the creators' people, on the strongest rung they allow; the prior alone without any.

    Raises
    ------
    WrongUsage
        Audiences were named without creators.
    """
    priors = Priors.default()
    beside = (files.audiences, files.followers, files.overlaps)
    if files.creators is None:
        if any(beside):
            raise WrongUsage("Audiences were named without creators.", "Add --creators FILE.")
        return Audience(universe=files.universe, beliefs=beliefs(priors))
    tables = load(Files(files.creators, None, *beside), Sources()).tables
    brief = Brief(goal="awareness", budget="1 USD", universe=files.universe)
    signals = signals_of(tables, brief, priors)
    samples = climb(tables, signals, brief, priors).samples
    names = {
        bare(handle): key
        for handle, key in zip(signals.creators["handle"].to_pylist(), keys(signals), strict=True)
        if handle
    }
    return Audience(samples, files.universe, beliefs(priors), names)
