"""`asterism measure`: what came of it, from files."""

from pathlib import Path
from typing import Annotated

import typer

from asterism.faces.cli import Json, Mapping, Table, app, progress_bar, show

measure = typer.Typer(
    help="What came of it: return per tier, lift, and how much data a test needs.", no_args_is_help=True
)
app.add_typer(measure, name="measure")

Folder = Annotated[
    Path | None, typer.Argument(help="A folder with files named deals, orders, codes, clicks, survey, fx …")
]
Margin = Annotated[
    str | None, typer.Option(help="What a sale leaves, where orders do not say: 40% of revenue, or `6 USD` per sale.")
]
Returning = Annotated[
    str, typer.Option(help="Orders of customers who bought before: counted, or set_aside.", metavar="counted|set_aside")
]
ShareCosts = Annotated[bool, typer.Option("--share-costs", help="Deal out costs of the campaign itself by fee.")]
Title = Annotated[
    str | None, typer.Option(help="Of the report; the campaign's name where there is one, else the folder's.")
]
Report = Annotated[Path | None, typer.Option(help="Write the report: .html, .pdf, .xlsx, .pptx, .csv or .json.")]
Recalling = Annotated[
    str | None, typer.Option("--recall", help="Of buyers whom a creator brought, how many say so: 0.9, or 0.85-1.")
]
Erring = Annotated[str | None, typer.Option("--error", help="Of the others, how many name a creator: 0.02, or 0-0.05.")]
Lifts = Annotated[str | None, typer.Option(help="What lift tests found: tier, revenue, low, high, level.")]
Outcomes = Annotated[str | None, typer.Option(help="Cost and results per creator, instead of all these.")]
Creators = Annotated[str | None, typer.Option(help="Creators: their tiers, and whom they reach together.")]
Currency = Annotated[str | None, typer.Option(help="Of the answer; the one of the costs otherwise.")]
Universe = Annotated[float | None, typer.Option(min=1, help="How many people there are, if known.")]


@measure.command("return")
def return_(
    folder: Folder = None,
    deals: Annotated[str | None, typer.Option(help="Collaborations with their full costs.")] = None,
    orders: Annotated[str | None, typer.Option(help="Orders with their promo codes and clicks.")] = None,
    codes: Annotated[str | None, typer.Option(help="Promo codes, where the deals do not name them.")] = None,
    clicks: Annotated[str | None, typer.Option(help="The click log.")] = None,
    survey: Annotated[str | None, typer.Option(help="Answers to «how did you hear of us?».")] = None,
    recall: Recalling = None,
    error: Erring = None,
    lifts: Lifts = None,
    outcomes: Outcomes = None,
    creators: Creators = None,
    audiences: Table = None,
    followers: Table = None,
    overlaps: Table = None,
    fx: Annotated[str | None, typer.Option(help="Exchange rates: currency, date, usd.")] = None,
    margin: Margin = None,
    rule: Annotated[str, typer.Option(help="last_click, first_click or linear.")] = "last_click",
    window: Annotated[float, typer.Option(help="Days after a click in which an order counts.")] = 30.0,
    returning: Returning = "counted",
    currency: Currency = None,
    share_costs: ShareCosts = False,
    universe: Universe = None,
    tier_scheme: Annotated[str, typer.Option(help="The scheme that names the tiers.")] = "industry",
    emv: Annotated[bool, typer.Option("--emv", help="Add the earned media value, which is no return.")] = False,
    mapping: Mapping = None,
    report: Report = None,
    title: Title = None,
    as_json: Json = False,
) -> None:
    """Return per tier, phase, platform and creator: full cost beside what came of it."""
    from asterism.desk.measure import Choices, measure_files
    from asterism.desk.measure_files import ReturnFiles
    from asterism.desk.result_report import results_kind, save_measured, title_of
    from asterism.reports.returns import return_table

    if report is not None:
        results_kind(report)
    named = {"deals": deals, "orders": orders, "codes": codes, "clicks": clicks, "survey": survey, "lifts": lifts,
             "outcomes": outcomes, "fx": fx, "creators": creators, "audiences": audiences, "followers": followers,
             "overlaps": overlaps}  # fmt: skip
    files = ReturnFiles.within(folder, named)
    wished = Choices(
        margin, rule, window, returning, currency, share_costs, universe, emv, tier_scheme, mapping, recall, error
    )
    with progress_bar() as tell:
        tell("Reckoning the return", 0.1)
        done = measure_files(files, wished)
    note = f"Report: {save_measured(done, report, title or title_of(done, folder))}" if report else ""
    show(done.to_dict(), as_json, lambda: return_table(done), note)
