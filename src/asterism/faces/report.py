"""`asterism report`: what a campaign came to, as a page, a PDF, a workbook, slides, CSV or JSON."""

import os
from pathlib import Path
from typing import Annotated

import typer

from asterism.errors import WrongUsage
from asterism.faces.cli import app, progress_bar


@app.command()
def report(
    campaign: Annotated[
        str, typer.Argument(metavar="CAMPAIGN", help="A campaign's number in the studio, or a ledger saved as JSON.")
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Where: .html, .pdf, .xlsx, .pptx, .csv or .json.")],
    workspace: Annotated[
        str | None, typer.Option(help="The campaign's workspace, as in its address: /w/WORKSPACE/.")
    ] = None,
    title: Annotated[str, typer.Option(help="What the report is called, where the file does not say.")] = "",
) -> None:
    """Report what a campaign returned per tier, against what was forecast, and what was learnt."""
    from asterism.desk.result_report import results_kind, results_of_campaign, results_of_file, save_results

    results_kind(out)
    with progress_bar() as tell:
        tell("Reckoning the return", 0.1)
        if workspace is not None:
            _open_studio(campaign)
            found = results_of_campaign(workspace, int(campaign))
        else:
            found = results_of_file(campaign, title)
        saved = save_results(found, out)
    typer.echo(f"Report: {saved}")


def _open_studio(campaign: str) -> None:
    """Make the ledger ready to be asked."""
    if not campaign.isdecimal():
        raise WrongUsage(f"`{campaign}` is no campaign's number.", "It stands in its address: /campaigns/NUMBER.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asterism.faces.site")
    from asterism.faces.serve import prepare

    prepare()
