"""Every command of the command line, each registered by the import of its module."""

from asterism.faces.cli import app
from asterism.faces.ripple import ripple

__all__ = ("app", "ripple")
