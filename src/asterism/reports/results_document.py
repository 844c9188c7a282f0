"""Results as plain values for JSON, and a ledger of return read back from the JSON it was saved as."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from asterism.errors import BadInput
from asterism.measurement.costs import Costs
from asterism.measurement.delivered import Delivered, ReachOnce
from asterism.measurement.events import Partner
from asterism.measurement.leakage import Leak
from asterism.measurement.ledger import Group, Line
from asterism.measurement.roi import Roi
from asterism.measurement.tracked import Tracked
from asterism.quantities import Interval
from asterism.reports.results import Aside, Clicks, Compared, Ledger, Results
from asterism.reports.results_lessons import lessons
from asterism.reports.results_words import answer, doubt
from asterism.reports.words import Words

Part = Mapping[str, Any]


def results_document(results: Results) -> dict[str, Any]:
    """Everything that a report tells, as plain values; money in cents but for metrics and forecasts."""
    words = Words()
    closed, clicks, worth = results.closed, results.clicks, results.media_value
    return {
        "campaign": results.title,
        "brand": results.brand,
        "agency": results.agency,
        "answer": answer(results.returned, words),
        "in_all": doubt(results.returned, words),
        "lessons": list(lessons(results, words)),
        "planned": results.planned,
        "start": results.start and results.start.isoformat(),
        "end": results.end and results.end.isoformat(),
        "forecasts": [compared_document(one) for one in results.compared],
        "counted_on": results.counted_on,
        "return": results.returned.to_dict(),
        "set_aside": [{"reason": a.reason, "orders": a.orders, "cents": a.cents} for a in results.aside],
        "clicks": clicks and {"counted": clicks.counted, "filtered": dict(clicks.filtered)},
        "leaks": [_leak(leak) for leak in results.leaks],
        "closed": closed and {"number": closed.number, "day": closed.day.isoformat()},
        "earned_media": worth and {"cents": worth[0], "says": worth[1]},
    }


def _leak(leak: Leak) -> dict[str, Any]:
    return {
        "code": leak.code, "kind": leak.kind, "says": leak.says, "since": leak.since.isoformat(),
        "strength": leak.strength,
    }  # fmt: skip


def compared_document(one: Compared) -> dict[str, Any]:
    """A forecast beside what came, as plain values."""
    spans = {"forecast": one.forecast, "came": one.came}
    told = {name: span and span.to_dict() for name, span in spans.items()}
    return {"name": one.name, "kind": one.kind, **told, "verdict": one.verdict, "note": one.note}


def results_read(document: Part) -> Results:
    """The results whose `results_document` is `document`, but for the closing of the books.

    Raises
    ------
    BadInput
        The document is none, or lacks a part.
    """
    ledger = ledger_of(document)
    try:
        return _results(document, ledger)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(f"These are no results: they lack or spoil {error}.", "Work them out anew.") from None


def _results(given: Part, ledger: Ledger) -> Results:
    clicks, worth = given["clicks"], given["earned_media"]
    return Results(
        title=str(given["campaign"]),
        returned=ledger,
        brand=str(given["brand"]),
        agency=str(given["agency"]),
        planned=str(given["planned"]),
        counted_on=str(given["counted_on"]),
        start=_day(given["start"]),
        end=_day(given["end"]),
        compared=tuple(map(compared_read, given["forecasts"])),
        aside=tuple(Aside(one["reason"], int(one["orders"]), int(one["cents"])) for one in given["set_aside"]),
        clicks=clicks and Clicks(int(clicks["counted"]), tuple(clicks["filtered"].items())),
        leaks=tuple(Leak(**{**one, "since": datetime.fromisoformat(one["since"])}) for one in given["leaks"]),
        media_value=worth and (int(worth["cents"]), str(worth["says"])),
    )


def compared_read(given: Part) -> Compared:
    """A forecast beside what came, from its plain values."""
    said, came = (given[name] and Interval(**given[name]) for name in ("forecast", "came"))
    return Compared(given["name"], said, came, given["kind"], given["note"])


def _day(given: str | None) -> date | None:
    return date.fromisoformat(given) if given else None


def ledger_of(document: Part) -> Ledger:
    """The ledger whose `to_dict` is `document`, or what `asterism measure return --json` printed.

    Raises
    ------
    BadInput
        The document is none, or lacks a part.
    """
    try:
        return _ledger(document.get("return", document))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        what = f"This is no ledger of return: it lacks or spoils {error}."
        raise BadInput(what, "Save one with `asterism measure return … --json`.") from None


def _ledger(given: Part) -> Ledger:
    return Ledger(
        currency=str(given["currency"]),
        rule=str(given["rule"]),
        as_of=date.fromisoformat(given["as_of"]) if given["as_of"] else None,
        lines=tuple(map(_line, given["lines"])),
        total=group_read(given["total"]),
        groups={name: tuple(map(group_read, groups)) for name, groups in given["by"].items()},
        unattributed=int(given["unattributed_orders"]),
        set_aside=int(given["orders_set_aside"]),
        warnings=tuple(map(str, given["warnings"])),
    )


def _line(given: Part) -> Line:
    named = ("key", "campaign", "creator_id", "platform", "tier", "phase")
    partner = Partner(**{name: str(given[name]) for name in named})
    return Line(partner, str(given["handle"]), _costs(given["costs"]), _tracked(given["tracked"]),
                _delivered(given["delivered"]), bool(given.get("fee_planned")),
                bool(given.get("code_may_have_leaked")))  # fmt: skip


def group_read(given: Part) -> Group:
    """A group of a ledger from its plain values."""
    return Group(
        names=tuple(map(str, given["names"])),
        lines=int(given["collaborations"]),
        costs=_costs(given["costs"]),
        tracked=_tracked(given["tracked"]),
        delivered=_delivered(given["delivered"]),
        metrics={name: value if value is None else float(value) for name, value in given["metrics"].items()},
        roi=_roi(given["roi"]),
        modelled=tuple(given.get("modelled", ())),
        reach=given["reach"] and _reach(given["reach"]),
    )


def _costs(given: Part) -> Costs:
    return Costs(**{kind: int(cents) for kind, cents in given.items() if kind != "total"})


def _tracked(given: Part) -> Tracked:
    return Tracked(
        shares=_shares(given["orders"]),
        new_customers=_shares(given["new_customers"] or 0),
        told=Fraction(given["new_customers"] is not None),
        revenue=int(given["revenue"]),
        refunds=int(given["refunds"]),
        margin=int(given["margin"] or 0),
        without_margin=_shares(given["orders_without_margin"]),
    )


def _shares(orders: float) -> Fraction:
    return Fraction(orders).limit_denominator(10_000)


def _delivered(given: Part) -> Delivered:
    return Delivered(**dict(given))


def _reach(given: Part) -> ReachOnce:
    spans = {"people": Interval(**given["people"]), "frequency": given["frequency"] and Interval(**given["frequency"])}
    return ReachOnce(**{**given, **spans})


def _roi(given: Part) -> Roi:
    spans = {name: given[name] and Interval(**given[name]) for name in ("counting", "survey_adjusted", "causal")}
    return Roi(given["tracked"], **spans, verdict=given["verdict"], needs=given["needs"], why=dict(given["why"]))
