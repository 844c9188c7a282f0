"""`asterism creators` and `asterism score`: find creators, and see them in full."""

from pathlib import Path
from typing import Annotated

import typer

from asterism.faces.cli import (
    Catalogue,
    Json,
    Mapping,
    Platform,
    Table,
    With,
    app,
    files_named,
    progress_bar,
    show,
    sources,
)

Share = Annotated[float | None, typer.Option(min=0, max=1, help="At least so much, 0 to 1.")]
Rate = Annotated[str | None, typer.Option(metavar="SHARE", help="At least so much, as 0.02 or 2%.")]
Words = Annotated[list[str] | None, typer.Option(help="One of these; may be given several times.")]
BriefOption = Annotated[
    str | None, typer.Option("--brief", metavar="BRIEF", help="Read audience and fit against this brief.")
]


@app.command()
def score(
    names: Annotated[list[str] | None, typer.Argument(metavar="[CREATOR...]", help="Creator ids or handles.")] = None,
    brief: BriefOption = None,
    creators: Table = None,
    posts: Table = None,
    audiences: Table = None,
    rates: Table = None,
    more: With = None,
    priors: Table = None,
    platform: Platform = None,
    mapping: Mapping = None,
    catalogue: Catalogue = None,
    report: Annotated[Path | None, typer.Option(help="Write the page of each creator into this folder.")] = None,
    as_json: Json = False,
) -> None:
    """Show every signal of some creators: parts, ranges, evidence, history, place among peers."""
    from asterism.desk.report import save_profiles
    from asterism.desk.score import score_files
    from asterism.reports.score import scores_table

    files = files_named(creators, {"posts": posts, "audiences": audiences, "rates": rates}, more, brief)
    with progress_bar() as tell:
        done = score_files(names or [], files, sources(platform, mapping, catalogue, priors), brief, tell)
    show(done.to_dict(), as_json, lambda: scores_table(done.profiles, done.warnings))
    if report is not None:
        saved = save_profiles(done.profiles, report)
        typer.echo(f"Pages: {', '.join(str(path) for path in saved)}", err=as_json)


@app.command("creators")
def creators_(
    words: Annotated[str, typer.Argument(metavar="[WORDS]", help="Part of a handle, name or id.")] = "",
    platform: Words = None,
    tier: Words = None,
    country: Words = None,
    language: Words = None,
    niche: Annotated[str, typer.Option(help="Words of a niche: ranked by how far captions and bios fit.")] = "",
    min_match: Share = None,
    min_followers: Annotated[float | None, typer.Option(min=0)] = None,
    max_followers: Annotated[float | None, typer.Option(min=0)] = None,
    min_engagement: Rate = None,
    min_authenticity: Share = None,
    min_connection: Share = None,
    min_audience: Annotated[
        float | None, typer.Option(min=0, max=1, help="Share of the audience in the brief's target, at least.")
    ] = None,
    max_price: Annotated[float | None, typer.Option(min=0, help="US dollars for one post, at most.")] = None,
    similar_to: Annotated[str, typer.Option(metavar="CREATOR", help="Ranked by likeness to this creator.")] = "",
    sort: Annotated[
        str,
        typer.Option(help="followers, engagement, real, connection, price, audience, match, similar; -x: reversed."),
    ] = "",
    limit: Annotated[int, typer.Option(min=1, help="Creators shown.")] = 20,
    tier_scheme: Annotated[str | None, typer.Option(help="The tiers creators are called by.")] = None,
    brief: BriefOption = None,
    creators: Table = None,
    posts: Table = None,
    audiences: Table = None,
    rates: Table = None,
    more: With = None,
    mapping: Mapping = None,
    catalogue: Catalogue = None,
    as_json: Json = False,
) -> None:
    """Search creators by tier, platform, niche, country, language, engagement, trust, price and likeness."""
    from asterism.desk.search import Wish, search_files
    from asterism.reports.score import found_table
    from asterism.signals.finding.search import Filters

    filters = Filters(
        tuple(platform or ()), tuple(tier or ()), tuple(country or ()), tuple(language or ()), (), words,
        min_followers, max_followers, share_of(min_engagement), min_authenticity, min_connection, min_audience,
        min_match, max_price,
    )  # fmt: skip
    wish = Wish(filters, sort, limit, niche, similar_to, brief, tier_scheme)
    files = files_named(creators, {"posts": posts, "audiences": audiences, "rates": rates}, more, brief)
    with progress_bar() as tell:
        found = search_files(wish, files, sources(None, mapping, catalogue, None), tell)
    show(found.to_dict(), as_json, lambda: found_table(found))


def share_of(written: str | None) -> float | None:
    """A share written as 0.02 or 2%."""
    if written is None:
        return None
    number = written.strip().removesuffix("%")
    try:
        share = float(number) / (100 if written.strip().endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise typer.BadParameter(f"`{written}` is no share: write 0.02 or 2%.")
    return share
