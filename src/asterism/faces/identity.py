"""`asterism identity`: who is one person among the accounts, why, and what to decide about it."""

from typing import Annotated

import typer

from asterism.faces.cli import Catalogue, Json, app, show

identity = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="One person, many handles: see and decide.")
app.add_typer(identity, name="identity")

A = Annotated[str, typer.Argument(metavar="A", help="@handle@platform, platform:handle, or a creator id.")]
B = Annotated[str, typer.Argument(metavar="B", help="The other account.")]
Note = Annotated[str, typer.Option("--why", help="For what reason; kept in the history.")]
By = Annotated[str | None, typer.Option(help="Who decides; the user of this machine otherwise.")]


@identity.command("list")
def list_(catalogue: Catalogue = None, as_json: Json = False) -> None:
    """List persons with several accounts, and pairs that somebody should decide on."""
    from asterism.desk.identity import people
    from asterism.reports.identity import people_table

    told = people(catalogue).to_dict()
    show(told, as_json, lambda: people_table(told))


@identity.command()
def why(a: A, b: B, catalogue: Catalogue = None, as_json: Json = False) -> None:
    """Say why two accounts count as one person's, or as two persons'."""
    from asterism.desk import identity as desk
    from asterism.reports.identity import why_table

    told = desk.why(a, b, catalogue).to_dict()
    show(told, as_json, lambda: why_table(told))


@identity.command()
def merge(a: A, b: B, note: Note = "", by: By = None, catalogue: Catalogue = None, as_json: Json = False) -> None:
    """Decide that two accounts are one person's."""
    from asterism.desk import identity as desk
    from asterism.reports.identity import decisions_table

    told = desk.decision_to_dict(desk.merge(a, b, note, catalogue, by))
    show(told, as_json, lambda: decisions_table([told]))


@identity.command()
def split(a: A, b: B, note: Note = "", by: By = None, catalogue: Catalogue = None, as_json: Json = False) -> None:
    """Decide that two accounts are two persons'."""
    from asterism.desk import identity as desk
    from asterism.reports.identity import decisions_table

    told = desk.decision_to_dict(desk.split(a, b, note, catalogue, by))
    show(told, as_json, lambda: decisions_table([told]))


@identity.command()
def history(catalogue: Catalogue = None, as_json: Json = False) -> None:
    """List every decision, the oldest first."""
    from asterism.desk import identity as desk
    from asterism.reports.identity import decisions_table

    told = [desk.decision_to_dict(each) for each in desk.decisions(catalogue)]
    show(told, as_json, lambda: decisions_table(told))
