"""`asterism measure`: what came of it, from files."""

import typer

from asterism.faces.cli import app

measure = typer.Typer(
    help="What came of it: return per tier, lift, and how much data a test needs.", no_args_is_help=True
)
app.add_typer(measure, name="measure")
