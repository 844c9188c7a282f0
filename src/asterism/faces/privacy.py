"""`asterism erase`, `personal-data` and `retention`: what the catalogue holds about people, and its end."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from asterism.errors import WrongUsage
from asterism.faces.cli import Catalogue, Json, app, show

Creator = Annotated[str, typer.Argument(metavar="CREATOR", help="@handle@platform, platform:handle, or a creator id.")]
Hash = Annotated[str | None, typer.Option("--person", metavar="HASH", help="A follower or commenter, by the hash.")]
Reason = Annotated[str, typer.Option(help="Why, in a word: request, contract ended. It must not say who.")]
Everywhere = Annotated[bool, typer.Option("--everywhere", help="All accounts that count as the same person's.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it; without this the answer only says what would go.")]
OlderThan = Annotated[str, typer.Option(metavar="AGE", help="As in 90d, 12w, 24m or 2y.")]


@app.command()
def erase(
    creator: Annotated[str | None, typer.Argument(metavar="[CREATOR]", help="As in personal-data.")] = None,
    person: Hash = None,
    reason: Reason = "request",
    everywhere: Everywhere = False,
    yes: Yes = False,
    catalogue: Catalogue = None,
    as_json: Json = False,
) -> int:
    """Erase somebody from the catalogue, every old version included, and keep them out."""
    from asterism.desk import erase as desk
    from asterism.reports.privacy import erased_table

    if (creator is None) == (person is None):
        raise WrongUsage("Name one to erase: a creator, or a hash with --person.", "See `asterism erase --help`.")
    who = creator if creator is not None else desk.Person(str(person))
    if yes:
        done = desk.erase(who, catalogue, reason, datetime.now(UTC), everywhere)
    else:
        done = desk.would_erase(who, catalogue, everywhere)
    show(done.to_dict(), as_json, lambda: erased_table(done.to_dict()))
    return 0 if yes else 1


@app.command("personal-data")
def personal_data(creator: Creator, catalogue: Catalogue = None, as_json: Json = False) -> None:
    """Tell everything the catalogue holds about one creator, with sources and dates."""
    from asterism.desk.erase import personal_data as held
    from asterism.reports.privacy import personal_table

    told = held(creator, catalogue).to_dict()
    show(told, as_json, lambda: personal_table(told))


@app.command()
def retention(older_than: OlderThan, yes: Yes = False, catalogue: Catalogue = None, as_json: Json = False) -> int:
    """Let posts, comments, followers and snapshots go that are older than an age."""
    from asterism.desk.retention import expire
    from asterism.desk.retention import older_than as moment
    from asterism.reports.privacy import expired_table

    now = datetime.now(UTC)
    told = expire(catalogue, moment(older_than, now), now, dry_run=not yes).to_dict()
    show(told, as_json, lambda: expired_table(told))
    return 0 if yes else 1
