"""Measure: the return of a campaign from files of deals and orders, or of outcomes alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from asterism.creators.tables import Reject
from asterism.creators.tiers import scheme
from asterism.desk.measure_audience import AudienceFiles, audience_of
from asterism.desk.measure_files import (
    ReturnFiles,
    check_any,
    currency_of,
    last_day,
    open_rates,
    open_sheets,
    tiers_by_name,
)
from asterism.desk.measure_left_out import codeless, elsewhere, incomplete, silent, strangers, uncredited, untested
from asterism.errors import BadInput
from asterism.measurement.attribution import attribute
from asterism.measurement.comparison import Comparison, compare
from asterism.measurement.crediting import (
    COUNTED,
    LAST_CLICK,
    Attribution,
    Rule,
)
from asterism.measurement.earned_media import EarnedMedia, earned_media
from asterism.measurement.economics import Economics
from asterism.measurement.events import Seen
from asterism.measurement.leakage import Leak, leaks
from asterism.measurement.ledger import Deal, Return
from asterism.measurement.metrics import DICTIONARY
from asterism.measurement.multiplier import Multiplier, Trust
from asterism.measurement.reached import with_reach
from asterism.measurement.recall import Recall
from asterism.measurement.returns import Terms, reported, returns
from asterism.measurement.roi_of import Beside
from asterism.measurement.sheets.deals import Deals, Setting, deals_of
from asterism.measurement.sheets.events import answers_of, clicked, clicks_of, codes_of, orders_of
from asterism.measurement.sheets.lifts import Lifts, lifts_of
from asterism.measurement.sheets.naming import Directory
from asterism.measurement.sheets.outcomes import outcomes_of
from asterism.measurement.sheets.reading import Sheet
from asterism.measurement.survey import SurveyAnswer, multipliers
from asterism.measurement.uplift import uplifts


@dataclass(frozen=True, slots=True)
class Choices:
    """How a return is reckoned.

    Parameters
    ----------
    margin
        `40%` of revenue or `6 USD` per sale, for orders that do not say theirs.
    rule, window, returning
        Of attribution; `window` in days.
    currency
        Of the ledger; the one of the costs where there is only one.
    share_costs
        Whether costs of the campaign itself are dealt out by fee.
    universe
        People there are, if known: no reach exceeds it.
    emv
        Whether the earned media value is asked for.
    recall, error
        Of buyers whom a creator brought, the share who say so; of others, who name a creator all the same; or ranges.
    """

    margin: str | None = None
    rule: str = LAST_CLICK
    window: float = 30.0
    returning: str = COUNTED
    currency: str | None = None
    share_costs: bool = False
    universe: float | None = None
    emv: bool = False
    tier_scheme: str = "industry"
    mapping: Path | None = None
    recall: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """The return of a campaign, what stands beside it, and everything that could not be used."""

    result: Return
    comparison: Comparison
    sheets: tuple[Sheet, ...]
    rejects: tuple[Reject, ...]
    warnings: tuple[str, ...]
    attribution: Attribution | None = None
    multipliers: tuple[Multiplier, ...] = ()
    leaks: tuple[Leak, ...] = ()
    earned_media: EarnedMedia | None = None

    def to_dict(self) -> dict[str, Any]:
        """The return as plain values, with the dictionary of its metrics."""
        return {
            **self.result.to_dict(),
            "comparison": self.comparison.to_dict(),
            "earned_media": self.earned_media and self.earned_media.to_dict(),
            "survey": [
                {"tier": m.tier, "value": m.value and m.value.to_dict(), "says": m.says} for m in self.multipliers
            ],
            "leaks": [{"code": leak.code, "kind": leak.kind, "says": leak.says} for leak in self.leaks],
            "files": [_file(sheet, self.rejects) for sheet in self.sheets],
            "warnings": list(self.warnings),
            "dictionary": [metric.to_dict() for metric in DICTIONARY],
        }


def measure_files(files: ReturnFiles, choices: Choices) -> Measured:
    """The return that the files tell of.

    Raises
    ------
    WrongUsage
        Files were named that do not go together.
    NotFound, BadInput
        A file cannot be read, a currency has no rate, or a choice is unsound; `BadInput` too where no row is usable.
    """
    economics = Economics.parse(choices.margin)
    trust = Trust(recall=Recall.parse(choices.recall, choices.error))
    rule = Rule(choices.rule, window=_days(choices.window), returning=choices.returning)
    sheets = open_sheets(files, choices.mapping)
    tiers = tiers_by_name(files.creators, scheme(choices.tier_scheme))
    currency, said = currency_of(sheets, choices.currency)
    setting = Setting(currency, open_rates(files.fx), scheme(choices.tier_scheme), last_day(sheets))
    lifts = lifts_of(sheets["lifts"], setting) if "lifts" in sheets else Lifts({}, ())
    terms = Terms(economics, share_costs=choices.share_costs, beside=Beside(lifts=lifts.by_tier), as_of=setting.day)
    if "outcomes" in sheets:
        found = _of_outcomes(sheets["outcomes"], setting, terms, tiers)
    else:
        found = _of_deals(sheets, setting, terms, _Credited(rule, tiers, trust))
    rejects = (*found.rejects, *lifts.rejects)
    people = AudienceFiles(files.creators, files.audiences, files.followers, files.overlaps, choices.universe)
    result = with_reach(found.result, audience_of(people))
    read = (warning for sheet in sheets.values() for warning in sheet.warnings)
    warnings = (*said, *read, *found.warnings, *result.warnings, *untested(lifts, result))
    return replace(
        found,
        result=result,
        comparison=compare(result),
        sheets=tuple(sheets.values()),
        rejects=rejects,
        warnings=(*incomplete(rejects), *dict.fromkeys(warnings)),
        earned_media=earned_media(result) if choices.emv else None,
    )


def _days(window: float) -> timedelta:
    try:
        return timedelta(days=window)
    except (OverflowError, ValueError):
        raise BadInput(f"A window of {window} days cannot be.", "Give a number of days, as 30.") from None


def _of_outcomes(sheet: Sheet, setting: Setting, terms: Terms, tiers: Mapping[str, str]) -> Measured:
    found = outcomes_of(sheet, setting, terms.economics, tiers)
    check_any(found.lines, sheet, setting)
    result = reported(found.lines, setting.currency, terms)
    return Measured(result, compare(result), (sheet,), found.rejects, ())


@dataclass(frozen=True, slots=True)
class _Credited:
    """The rule of attribution, the tiers of creators that deals do not state, and how far answers are believed."""

    rule: Rule
    tiers: Mapping[str, str]
    trust: Trust


def _of_deals(sheets: Mapping[str, Sheet], setting: Setting, terms: Terms, credited: _Credited) -> Measured:
    read = deals_of(sheets["deals"], setting, credited.tiers)
    check_any(read.deals, sheets["deals"], setting)
    seen, answers, rejects = _seen(sheets, read, setting.currency)
    attribution = attribute(seen, credited.rule, setting.currency, setting.rates)
    partners = [deal.partner for deal in read.deals]
    survey = multipliers(answers, attribution, partners, attribution.orders, credited.trust) if answers else ()
    terms = replace(terms, campaign_costs=read.own_costs, beside=replace(terms.beside, uplifts=uplifts(survey)))
    result = returns(_with_clicks(read.deals, seen), attribution, terms)
    taken = (credited.trust.recall.says,) if answers else ()
    left = (*elsewhere(attribution, result), *strangers(answers, partners))
    warnings = (*read.warnings, *silent(sheets), *codeless(seen), *uncredited(attribution, seen.orders), *left, *taken)
    return Measured(result, compare(result), (), (*read.rejects, *rejects), warnings, attribution, survey, leaks(seen))


def _seen(
    sheets: Mapping[str, Sheet], read: Deals, currency: str
) -> tuple[Seen, tuple[SurveyAnswer, ...], tuple[Reject, ...]]:
    """What the files beside the deals tell, and what of them was refused."""
    known = Directory.of(read.deals)
    orders = orders_of(sheets["orders"], currency) if "orders" in sheets else None
    codes = codes_of(sheets["codes"], known) if "codes" in sheets else None
    clicks = clicks_of(sheets["clicks"], known) if "clicks" in sheets else None
    answers = answers_of(sheets["survey"], known) if "survey" in sheets else None
    own = {code.word for code in codes.values} if codes else set()
    seen = Seen(
        partners=tuple(deal.partner for deal in read.deals),
        clicks=clicks.values if clicks else (),
        codes=(*(codes.values if codes else ()), *(code for code in read.codes if code.word not in own)),
        orders=orders.values if orders else (),
    )
    rejects = tuple(reject for each in (orders, codes, clicks, answers) if each for reject in each.rejects)
    return seen, answers.values if answers else (), rejects


def _with_clicks(deals: Sequence[Deal], seen: Seen) -> list[Deal]:
    """The deals with clicks as the log counts them, where there is one."""
    counted = clicked(seen.clicks)
    if not seen.clicks:
        return list(deals)
    out = []
    for deal in deals:
        persons, filtered = counted.get(deal.partner.key, (0, 0))
        figures = replace(deal.delivered, clicks=persons, filtered_invalid=filtered)
        out.append(replace(deal, delivered=figures))
    return out


def _file(sheet: Sheet, rejects: Sequence[Reject]) -> dict[str, Any]:
    mine = [
        {"row": r.row, "column": r.column, "value": r.value, "reason": r.reason}
        for r in rejects
        if r.file == sheet.file
    ]
    return {
        "file": sheet.file,
        "kind": sheet.kind,
        "rows": sheet.rows_seen,
        "columns": [{"source": source, "field": field} for field, source in sheet.columns.items()],
        "unmapped": list(sheet.unmapped),
        "rejects": mine,
    }
