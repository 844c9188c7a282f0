"""`asterism forecast` and `asterism scorecard`: what the next posts will get, and how far to trust that."""

from typing import Annotated

import typer

from asterism.faces.cli import Catalogue, Json, Mapping, Platform, Table, app, progress_bar, show, sources

Creators = Annotated[
    list[str] | None, typer.Argument(metavar="[CREATOR...]", help="Creator ids or handles; everybody otherwise.")
]
Sponsored = Annotated[
    bool | None, typer.Option("--sponsored/--own", help="Of a paid post, or of an own one; as their mix otherwise.")
]
Keep = Annotated[bool, typer.Option("--keep", help="Keep the forecasts in the catalogue, for the scorecard.")]
Scheme = Annotated[str, typer.Option("--tier-scheme", help="The scheme that names the tiers.")]


@app.command()
def forecast(
    creator: Creators = None,
    posts: Table = None,
    creators: Table = None,
    sponsored: Sponsored = None,
    keep: Keep = False,
    priors: Table = None,
    platform: Platform = None,
    mapping: Mapping = None,
    catalogue: Catalogue = None,
    as_json: Json = False,
) -> None:
    """Forecast each creator's next post: views, reach and engagements, with ranges."""
    from asterism.desk.forecast import forecast_files
    from asterism.desk.scorecard import keep_forecasts
    from asterism.reports.forecast import forecast_table

    with progress_bar() as tell:
        tell("Reading posts", 0.1)
        read = sources(platform, mapping, catalogue if posts is None else None, priors)
        found = forecast_files(posts, creators, read, sponsored).only(creator or ())
    kept = keep_forecasts(found, catalogue) if keep else 0
    show(found.to_dict() | {"kept": kept}, as_json, lambda: forecast_table(found.to_dict() | {"kept": kept}))


@app.command()
def scorecard(catalogue: Catalogue = None, tier_scheme: Scheme = "industry", as_json: Json = False) -> None:
    """Hold past forecasts against what came: can their ranges be trusted?"""
    from asterism.desk.scorecard import scorecard_of
    from asterism.reports.forecast import scorecard_table

    found = scorecard_of(catalogue, tier_scheme).to_dict()
    show(found, as_json, lambda: scorecard_table(found))
