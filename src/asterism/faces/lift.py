"""`asterism measure lift`, `power` and `export`: what came on top, whether it could be seen, and on to other models."""

from pathlib import Path
from typing import Annotated, Any

import typer

from asterism.faces.cli import Json, progress_bar, share, show
from asterism.faces.measure import measure

Panel = Annotated[str, typer.Argument(metavar="PANEL", help="A table of location, date and y; - for standard input.")]
Treated = Annotated[
    list[str] | None,
    typer.Option(help="Places it ran in, parted by commas; by tier as in micro=boston,denver. Everywhere otherwise."),
]
Effect = Annotated[
    float,
    typer.Option(parser=share, metavar="SHARE", help="The lift that the test should be able to find: 8% or 0.08."),
]
Level = Annotated[
    float, typer.Option(parser=share, metavar="SHARE", help="How often the range holds the truth: 90% or 0.9.")
]


@measure.command()
def lift(
    panel: Panel,
    treated: Treated = None,
    start: Annotated[str | None, typer.Option(help="The first day it could work.")] = None,
    end: Annotated[str | None, typer.Option(help="The last day looked at; the panel's otherwise.")] = None,
    post: Annotated[list[str] | None, typer.Option(help="A post's day, instead of one start; may be repeated.")] = None,
    lasting: Annotated[int | None, typer.Option(min=1, help="With --post: days for which each post works.")] = None,
    level: Level = 0.9,
    method: Annotated[str, typer.Option(help="auto, synthetic, differences or series.")] = "auto",
    effect: Effect = 0.1,
    anyway: Annotated[bool, typer.Option("--anyway", help="Show figures even where the test is too small.")] = False,
    as_json: Json = False,
) -> int:
    """Estimate what came on top where the campaign ran, with placebos; too small a test is refused, exit code 1."""
    from asterism.desk import lift as desk
    from asterism.reports.lift import lifts_table

    asked = desk.Asked(tuple(treated or ()), start, end, tuple(post or ()), lasting, desk.how(level, method, effect))
    with progress_bar() as tell:
        tell("Fitting places and placebos", 0.1)
        found = desk.lift_file(panel, asked)
    answers = {tier: one.to_dict() if one.told or anyway else one.withheld() for tier, one in found.items()}
    show(answers.get("", answers), as_json, lambda: lifts_table(answers))
    return 0 if anyway or all(one.told for one in found.values()) else 1


@measure.command()
def power(
    panel: Panel,
    treated: Treated = None,
    days: Annotated[int, typer.Option(min=0, help="How many days the test would run.")] = 0,
    weeks: Annotated[int, typer.Option(min=0, help="How many weeks, instead.")] = 0,
    effect: Effect = 0.1,
    level: Level = 0.9,
    as_json: Json = False,
) -> None:
    """Say how often a test would find a lift, and what it would take, before it is run."""
    from asterism.desk.lift import power_file
    from asterism.reports.lift import power_table

    with progress_bar() as tell:
        tell("Trying tests on the past", 0.1)
        found = power_file(panel, tuple(treated or ()), days + 7 * weeks, effect, level).to_dict()
    show(found, as_json, lambda: power_table(found))


@measure.command()
def export(
    channels: Annotated[str | None, typer.Argument(help="date, tier, spend, impressions, reach; geo.")] = None,
    figures: Annotated[str | None, typer.Option(help="The panel of location, date and y they should explain.")] = None,
    tests: Annotated[str | None, typer.Option(help="Lift tests: channel, spend, and the fields of a lift.")] = None,
    out: Annotated[Path, typer.Option(help="The folder to write to.")] = Path("mix-model"),
    revenue: Annotated[bool, typer.Option("--revenue", help="y counts money.")] = False,
    as_json: Json = False,
) -> None:
    """Write weekly tier channels and lift tests as files for PyMC-Marketing and Meridian."""
    from asterism.desk.mix_models import export_files
    from asterism.reports.lift import export_table

    done: dict[str, Any] = export_files(channels, figures, tests, out, revenue)
    show(done, as_json, lambda: export_table(done))
