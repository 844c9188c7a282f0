"""`asterism fetch`: live figures from YouTube, Instagram or TikTok."""

from enum import StrEnum
from typing import Annotated

import typer

from asterism.faces.cli import Catalogue, Json, app, progress_bar, show


class Source(StrEnum):
    """Whose interface is asked."""

    YOUTUBE = "youtube"
    INSTAGRAM = "instagram"
    TIKTOK = "tiktok"


From = Annotated[Source, typer.Argument(metavar="SOURCE", help="youtube, instagram or tiktok.")]
Accounts = Annotated[list[str], typer.Argument(metavar="@HANDLE...", help="Handles, channel ids or addresses.")]
Posts = Annotated[int, typer.Option(min=0, help="Latest posts of each account.")]
Comments = Annotated[int, typer.Option(min=0, help="Latest comments under each post (YouTube); 0 for none.")]
Quota = Annotated[int | None, typer.Option(min=0, help="Most units to use; the source's own limit otherwise.")]
Again = Annotated[bool, typer.Option("--again", help="Start afresh instead of going on where the last run ended.")]


@app.command()
def fetch(
    source: From,
    accounts: Accounts,
    posts: Posts = 50,
    comments: Comments = 100,
    quota: Quota = None,
    again: Again = False,
    catalogue: Catalogue = None,
    as_json: Json = False,
) -> int:
    """Fetch live figures into the catalogue; run it again to complete it."""
    from asterism.desk.fetch import Fetching
    from asterism.desk.fetch import fetch as fetched
    from asterism.reports.terminal import import_table

    with progress_bar() as tell:
        done = fetched(source.value, accounts, Fetching(posts, comments, quota, again, catalogue), tell)
    show(done.to_dict(), as_json, lambda: import_table(done.imported))
    if not as_json:
        typer.echo("\n".join(done.sentences()))
    return 0 if done.complete or done.planned else 4
