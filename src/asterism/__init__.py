"""Asterism: micro, macro, or both? Plans for influencer marketing with ranges that are true.

The names below load when first used, so importing the package costs next to nothing.
"""

from importlib import import_module
from typing import Any, Final

__version__: Final = "0.1.0"

_HOME: Final = {
    "Brief": "asterism.brief",
    "Priors": "asterism.priors",
    "Samples": "asterism.audience.samples",
    "Plan": "asterism.planning.plan",
    "Creators": "asterism.desk.read",
    "read_creators": "asterism.desk.read",
    "read_brief": "asterism.desk.documents",
    "plan": "asterism.desk.plan",
    "compare": "asterism.desk.plan",
    "reach": "asterism.audience.reach",
    "forecast": "asterism.desk.forecast",
    "authenticity": "asterism.desk.authenticity",
    "ripple": "asterism.desk.influence",
    "disclosure": "asterism.desk.disclosure",
    "lift": "asterism.desk.lift",
    "AsterismError": "asterism.errors",
}
__all__ = sorted(_HOME)  # noqa: PLE0605  (names are resolved on first use)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'asterism' has no attribute '{name}'")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
