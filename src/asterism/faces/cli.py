"""The command line: parse, one call to the desk, show."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from asterism.errors import BadInput, WrongUsage

if TYPE_CHECKING:
    from asterism.desk.read import Files

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Micro, macro, or both? Creators and a brief in; a plan out, with ranges and reasons.",
)


def share(text: str | float) -> float:
    """The share that somebody typed, 0 to 1: `5%` or `0.05`."""
    from asterism.quantities import Share

    try:
        return Share.parse(str(text)).value
    except BadInput as error:
        raise typer.BadParameter(str(error)) from None


Json = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of the draws: the same seed gives the same answer.")]
Table = Annotated[str | None, typer.Option(help="A table in any format we read, or - for standard input.")]
Platform = Annotated[str | None, typer.Option(help="The platform, where the file does not say.")]
Mapping = Annotated[Path | None, typer.Option(help="TOML, JSON or CSV that maps the file's columns to ours.")]
Catalogue = Annotated[Path | None, typer.Option(help="Directory of the catalogue; ASTERISM_HOME otherwise.")]
With = Annotated[
    list[str] | None,
    typer.Option("--with", metavar="FILE", help="Further tables, told apart by content, or as comments=FILE."),
]
BriefFile = Annotated[str, typer.Argument(metavar="BRIEF", help="The brief, TOML or JSON.")]


def version_shown(wanted: bool) -> None:
    """Print the version and leave."""
    if wanted:
        from asterism import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=version_shown, is_eager=True, help="The version.")
    ] = False,
) -> None:
    """Open, self-hosted influencer marketing."""


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="Where report, creators and brief are written.")] = Path("asterism-demo"),
    creators: Annotated[int, typer.Option(min=20, max=20_000, help="Creators in the simulated market.")] = 400,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Plan a campaign on a simulated market: verdict, picks, report.html."""
    from asterism.desk.demo import run_demo

    with progress_bar() as tell:
        done = run_demo(out, creators=creators, seed=seed, tell=tell)
    show_plan(
        done.plan, as_json, note=f"Report: {done.report}  Try: {done.command}  Then what came of it: {done.measure}"
    )


@app.command()
def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Tables to look at.")],
    platform: Platform = None,
    mapping: Mapping = None,
    as_json: Json = False,
) -> int:
    """Say what each file looks like to us: columns, units, rejects. Writes nothing."""
    from asterism.desk import check as desk
    from asterism.reports.terminal import check_table

    result = desk.check(files, platform=platform, mapping=str(mapping) if mapping else None)
    show(result, as_json, lambda: check_table(result))
    return 0 if desk.usable(result) else 3


@app.command("import")
def import_(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Tables to import.")],
    kind: Annotated[
        str | None, typer.Option("--as", help="creators, posts, audiences, followers, overlaps, rates …")
    ] = None,
    platform: Platform = None,
    mapping: Mapping = None,
    catalogue: Catalogue = None,
    as_json: Json = False,
) -> None:
    """Import files into the catalogue; what cannot be used is listed with its reason."""
    from asterism.desk.import_ import Choices, import_files
    from asterism.reports.terminal import import_table

    with progress_bar() as tell:
        done = import_files(files, Choices(kind, platform, mapping, catalogue), tell)
    show([d.to_dict() for d in done], as_json, lambda: import_table(done))


@app.command()
def plan(
    brief: BriefFile,
    creators: Table = None,
    posts: Table = None,
    audiences: Table = None,
    followers: Table = None,
    overlaps: Table = None,
    rates: Table = None,
    fx: Table = None,
    more: With = None,
    priors: Table = None,
    platform: Platform = None,
    mapping: Mapping = None,
    catalogue: Catalogue = None,
    at: Annotated[
        str | None, typer.Option(metavar="VERSION", help="Plan from the catalogue as it was: a plan's JSON, or a time.")
    ] = None,
    seed: Seed = 0,
    seconds: Annotated[
        float | None, typer.Option(min=0, help="Go on for so long to better the plan and to prove it the best.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Write the report: .html, .pdf or .xlsx.")] = None,
    pages: Annotated[Path | None, typer.Option(help="Write the page of each pick into this folder.")] = None,
    calendar: Annotated[Path | None, typer.Option(help="Write every post's day as a calendar: .ics.")] = None,
    as_json: Json = False,
) -> None:
    """Plan the campaign of a brief: who, for how much, what to expect, how sure we are."""
    from asterism.desk.plan import Effort, plan_files
    from asterism.desk.report import check_calendar, report_kind, save_calendar, save_profiles, save_report
    from asterism.desk.score import profiles_of

    if report is not None:
        report_kind(report)
    if calendar is not None:
        check_calendar(calendar)
    beside = {"posts": posts, "audiences": audiences, "followers": followers, "overlaps": overlaps, "rates": rates}
    files = files_named(creators, {**beside, "fx": fx}, more, brief, again=pages is not None)
    with progress_bar() as tell:
        read = sources(platform, mapping, catalogue, priors, at)
        done = plan_files(brief, files, read, effort=Effort(seed, seconds), tell=tell)
        shown = profiles_of(done, brief, files, read, tell) if pages else ()
    notes = [f"Report: {save_report(done, report)}"] if report else []
    notes += [f"Pages of the picks: {pages} ({len(save_profiles(shown, pages))})"] if pages else []
    notes += [f"Calendar: {save_calendar(done, calendar)}"] if calendar else []
    show_plan(done, as_json, "  ".join(notes))


@app.command()
def compare(
    brief: BriefFile,
    creators: Table = None,
    posts: Table = None,
    audiences: Table = None,
    followers: Table = None,
    overlaps: Table = None,
    rates: Table = None,
    fx: Table = None,
    more: With = None,
    priors: Table = None,
    platform: Platform = None,
    mapping: Mapping = None,
    catalogue: Catalogue = None,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Give the verdict only: micro, macro, or both?"""
    from asterism.desk.plan import Effort, plan_files
    from asterism.reports.terminal import verdict_table

    beside = {"posts": posts, "audiences": audiences, "followers": followers, "overlaps": overlaps, "rates": rates}
    files = files_named(creators, {**beside, "fx": fx}, more, brief)
    with progress_bar() as tell:
        read = sources(platform, mapping, catalogue, priors)
        done = plan_files(brief, files, read, effort=Effort(seed), tell=tell)
    show(done.to_dict()["verdict"], as_json, lambda: verdict_table(done))


@app.command()
def reach(
    creator: Annotated[list[str], typer.Argument(metavar="CREATOR...", help="Creator ids or handles.")],
    creators: Table = None,
    audiences: Table = None,
    followers: Table = None,
    overlaps: Table = None,
    platform: Platform = None,
    mapping: Mapping = None,
    catalogue: Catalogue = None,
    universe: Annotated[float | None, typer.Option(help="How many people there are, if known.")] = None,
    as_json: Json = False,
) -> None:
    """Count the people these creators reach together, once each."""
    from asterism.desk.reach import reach_files
    from asterism.reports.terminal import reach_table

    files = files_named(creators, {"audiences": audiences, "followers": followers, "overlaps": overlaps})
    result = reach_files(creator, files, sources(platform, mapping, catalogue, None), universe)
    show(result.to_dict(), as_json, lambda: reach_table(result))


def files_named(
    creators: str | None,
    others: dict[str, str | None],
    more: list[str] | None = None,
    brief: str | None = None,
    again: bool = False,
) -> "Files | None":
    """The files named, by kind; None where none is, and the catalogue serves. `again`: they are read twice."""
    given = {kind: path for kind, path in others.items() if path}
    piped = [brief, creators, *given.values(), *(more or ())].count("-")
    if piped > 1:
        raise WrongUsage("Standard input (-) was named twice, and can be read once.", "Name files for the others.")
    if piped and again:
        raise WrongUsage("Standard input (-) can be read once, and --pages reads all tables again.", "Name files.")
    if creators is None:
        if given or more:
            raise WrongUsage("Tables were named without creators.", "Add --creators FILE, or import them all.")
        return None
    from asterism.desk.read import Files

    return Files(creators, **given, more=tuple(more or ()))


def sources(
    platform: str | None, mapping: Path | None, catalogue: Path | None, priors: str | None, at: str | None = None
) -> Any:
    """Where tables come from and how their columns are read."""
    from asterism.desk.loading import Sources

    return Sources(platform=platform, mapping=mapping, catalogue=catalogue, priors=priors, at=at)


def show_plan(plan: Any, as_json: bool, note: str = "") -> None:
    """Print a plan, and the note for people after it."""
    from asterism.reports.terminal import plan_table

    show(plan.to_dict(), as_json, lambda: plan_table(plan), note)


def show(answer: Any, as_json: bool, table: Callable[[], Any], note: str = "") -> None:
    """Print the answer: JSON for programs, a table for people, who get the note after it."""
    if as_json:
        import json

        plain = (sys.stdout.encoding or "utf-8").lower() not in ("utf-8", "utf8")
        sys.stdout.write(json.dumps(answer, ensure_ascii=plain, default=str) + "\n")
        return
    from rich.console import Console

    console = Console(soft_wrap=False)
    with console.capture() as shown:  # written here: Rich itself would end the process where the reader has gone
        console.print(table())
    sys.stdout.write(shown.get())
    if note:
        typer.echo(note)


@contextmanager
def progress_bar() -> Iterator[Callable[[str, float], None]]:
    """A `tell(what, share_done)` that draws a bar on standard error where somebody is watching."""
    if not sys.stderr.isatty():
        yield lambda _what, _share: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting", total=1.0)
        yield lambda what, share: bar.update(task, description=what, completed=share)
