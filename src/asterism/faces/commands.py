"""Every command of the command line, each registered by the import of its module."""

from asterism.faces.cli import app
from asterism.faces.creators import creators_, score
from asterism.faces.disclosure import disclosure
from asterism.faces.fetch import fetch
from asterism.faces.forecast import forecast, scorecard
from asterism.faces.identity import identity
from asterism.faces.learn import learn
from asterism.faces.lift import export, lift, power
from asterism.faces.measure import measure
from asterism.faces.privacy import erase, personal_data, retention
from asterism.faces.report import report
from asterism.faces.ripple import ripple
from asterism.faces.serve import serve

__all__ = (
    "app", "creators_", "disclosure", "erase", "export", "fetch", "forecast", "identity", "learn", "lift", "measure",
    "personal_data", "power", "report", "retention", "ripple", "score", "scorecard", "serve",
)  # fmt: skip
