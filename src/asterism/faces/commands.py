"""Every command of the command line, each registered by the import of its module."""

from asterism.faces.cli import app
from asterism.faces.creators import creators_, score
from asterism.faces.fetch import fetch
from asterism.faces.forecast import forecast, scorecard
from asterism.faces.identity import identity
from asterism.faces.ripple import ripple

__all__ = ("app", "creators_", "fetch", "forecast", "identity", "ripple", "score", "scorecard")
