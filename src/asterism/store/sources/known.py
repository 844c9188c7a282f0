"""Every source that can be asked, by the name of its platform."""

from typing import Final

from asterism.errors import WrongUsage, did_you_mean
from asterism.store.sources import instagram, tiktok, youtube
from asterism.store.sources.wanted import Source

SOURCES: Final[dict[str, Source]] = {each.name: each for each in (youtube.SOURCE, instagram.SOURCE, tiktok.SOURCE)}


def source_named(name: str) -> Source:
    """The source of a platform.

    Raises
    ------
    WrongUsage
        It is none of those we can ask.
    """
    if name not in SOURCES:
        raise WrongUsage(f"`{name}` cannot be asked for figures.", did_you_mean(name, list(SOURCES)))
    return SOURCES[name]
