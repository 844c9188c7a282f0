"""`asterism learn`: what results teach: new priors, whom to book again, the next wave, what to find out first."""

from pathlib import Path
from typing import Annotated, Any

import typer

from asterism.faces.cli import Catalogue, Json, Mapping, Platform, Seed, Table, app, files_named, share, show, sources

learn = typer.Typer(
    help="What past results teach: priors, whom to book again, the next wave, what to find out first.",
    invoke_without_command=True,
)
app.add_typer(learn, name="learn")

Out = Annotated[Path | None, typer.Option(help="Write the learnt entries here, for --priors: .toml or .json.")]
Margin = Annotated[
    float, typer.Option(parser=share, metavar="SHARE", help="What is left of a dollar of revenue: 40% or 0.4.")
]
PlanFile = Annotated[str, typer.Argument(metavar="PLAN", help="A plan as JSON.")]
Budget = Annotated[float, typer.Option(min=1, help="Of this wave, in US dollars.")]
Waves = Annotated[int, typer.Option(min=1, help="How many waves there will be in all.")]
Done = Annotated[int, typer.Option(min=0, help="How many of them are done.")]
Handling = Annotated[float, typer.Option(min=0, help="What each booking costs besides the fee, in US dollars.")]


@learn.callback()
def from_results(
    ctx: typer.Context,
    creators: Table = None,
    outcomes: Table = None,
    rates: Table = None,
    posts: Table = None,
    fx: Table = None,
    phases: Table = None,
    fakes: Table = None,
    priors: Table = None,
    platform: Platform = None,
    mapping: Mapping = None,
    catalogue: Catalogue = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Make new priors of past results; every entry says what it was learnt from."""
    if ctx.invoked_subcommand is not None:
        return
    from asterism.desk.learn import Beside, learn_files, save_priors
    from asterism.reports.learning import learned_table

    read = sources(platform, mapping, catalogue, priors)
    said: list[str] = []
    found = learn_files(_files(creators, outcomes, rates, posts, fx), read, Beside(phases, fakes), said.append)
    note = [f"Priors: {save_priors(found, out)}"] if out else []
    answer = {**found.to_dict(), "left_out": said}
    show(answer, as_json, lambda: learned_table(answer, note))


@learn.command("rebook")
def rebook(
    creators: Table = None,
    outcomes: Table = None,
    rates: Table = None,
    fx: Table = None,
    margin: Margin = 1.0,
    platform: Platform = None,
    mapping: Mapping = None,
    catalogue: Catalogue = None,
    as_json: Json = False,
) -> None:
    """Say whom to keep, whom to test again and with whom to end it, each with its reasons."""
    from asterism.desk.learn import rebook_files
    from asterism.reports.learning import rebooking_table

    read = sources(platform, mapping, catalogue, None)
    said: list[str] = []
    files = _files(creators, outcomes, rates, None, fx)
    found = [a.to_dict() for a in rebook_files(files, read, margin, said.append)]
    show(found, as_json, lambda: rebooking_table(found, margin, said))


@learn.command("next")
def next_(
    budget: Budget,
    waves: Waves = 6,
    done: Done = 0,
    handling: Handling = 60.0,
    creators: Table = None,
    outcomes: Table = None,
    rates: Table = None,
    fx: Table = None,
    priors: Table = None,
    platform: Platform = None,
    mapping: Mapping = None,
    catalogue: Catalogue = None,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Plan the next wave of a test that grows: whom to book, for how much, and why."""
    from asterism.desk.learn import Asked, next_files
    from asterism.learning.waves import Rules
    from asterism.reports.learning import wave_table

    read = sources(platform, mapping, catalogue, priors)
    asked = Asked(budget, Rules(waves=waves), done, handling, seed)
    said: list[str] = []
    found = next_files(_files(creators, outcomes, rates, None, fx), read, asked, said.append).to_dict()
    show({**found, "left_out": said}, as_json, lambda: wave_table(found, said))


@learn.command("experiments")
def experiments(plan: PlanFile, priors: Table = None, as_json: Json = False) -> None:
    """Rank what could be found out before the start by what knowing it is worth."""
    from asterism.desk.learn import experiments_file
    from asterism.reports.learning import experiments_table

    found = experiments_file(plan, sources(None, None, None, priors)).to_dict()
    show(found, as_json, lambda: experiments_table(found))


def _files(
    creators: str | None, outcomes: str | None, rates: str | None, posts: str | None, fx: str | None
) -> Any:  # fmt: skip
    more = [f"outcomes={outcomes}"] if outcomes else None
    return files_named(creators, {"rates": rates, "posts": posts, "fx": fx}, more)
