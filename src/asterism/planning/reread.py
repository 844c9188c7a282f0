"""A plan read back from the contract's JSON, so that what was signed can be shown and exported again."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from asterism.creators.tables import Reject
from asterism.errors import BadInput
from asterism.planning.certificate import Sampling
from asterism.planning.plan import (
    Alternative,
    Bound,
    CurvePoint,
    Duplication,
    Flight,
    Flip,
    Forecast,
    HandOver,
    Phase,
    Pick,
    Plan,
    Post,
    Price,
    Reason,
    Verdict,
)
from asterism.quantities import Interval

Part = Mapping[str, Any]


def plan_of(document: Part, rejects: Sequence[Reject] = ()) -> Plan:
    """The plan whose `to_dict` is `document`; of rejects the JSON holds but the number, so they are passed apart.

    Raises
    ------
    BadInput
        The document is no plan, or one of another version.
    """
    try:
        return _plan(document, tuple(rejects))
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput("This is no plan that can be read.", f"It lacks or spoils {error}. Plan again.") from None


def _plan(given: Part, rejects: tuple[Reject, ...]) -> Plan:
    return Plan(
        name=given["name"],
        goal=given["goal"],
        currency=given["currency"],
        tier_scheme=given["tier_scheme"],
        budget=given["budget"],
        rung=given["rung"],
        versions=given["versions"],
        verdict=_verdict(given["verdict"]),
        picks=tuple(map(_pick, given["picks"])),
        phases=tuple(map(_phase, given["phases"])),
        forecast=_forecast(given["forecast"]),
        bound=_bound(given["bound"]),
        spent=given["spent"],
        unspent_because=given["unspent_because"],
        chance_over_budget=given["chance_over_budget"],
        defaults_used=tuple(given["defaults_used"]),
        warnings=tuple(given["warnings"]),
        rejects=rejects,
        curve=tuple(CurvePoint(**point) for point in given["curve"]),
        build_up=tuple(given["build_up"]),
        evidence=given["evidence"],
        duplication=Duplication(tuple(tuple(row) for row in given["duplication"]["shared"])),
        flights=tuple(map(_flight, given["flights"])),
        hand_over=_hand_over(given["hand_over"]),
    )


def _verdict(given: Part) -> Verdict:
    parts = {
        "alternatives": tuple(map(_alternative, given["alternatives"])),
        "flips": tuple(Flip(**flip) for flip in given["flips"]),
        "reasons": tuple(Reason(**reason) for reason in given["reasons"]),
    }
    return Verdict(**{**given, **parts})


def _alternative(given: Part) -> Alternative:
    worded = {name: tuple(given[name]) for name in ("pros", "cons")}
    return Alternative(**{**given, **worded, "value": Interval(**given["value"])})


def _pick(given: Part) -> Pick:
    price = dict(given["price"])
    source, most = price.pop("source"), price.pop("most")
    fee = Price(Interval(**price), source, most and Interval(**most))
    return Pick(**{**given, "price": fee, "reasons": tuple(given["reasons"])})


def _phase(given: Part) -> Phase:
    dates = {name: _day(given[name]) for name in ("start", "end")}
    return Phase(**{**given, **dates, "tiers": tuple(given["tiers"]), "weeks": tuple(given["weeks"])})


def _forecast(given: Part) -> Forecast:
    spans = {name: Interval(**given[name]) for name in ("reach", "impressions", "engagements", "conversions")}
    profit = given["profit"] and Interval(**given["profit"])
    often = tuple(Interval(**each) for each in given["at_least"])
    return Forecast(**spans, profit=profit, frequency=tuple(given["frequency"]), at_least=often)


def _bound(given: Part) -> Bound:
    sampled = given["sampling"]
    known = set(Sampling.__dataclass_fields__)
    sampling = sampled and Sampling(**{name: value for name, value in sampled.items() if name in known})
    return Bound(given["value"], given["upper"], given["method"], sampling)


def _flight(given: Part) -> Flight:
    posts = tuple(Post(post["format"], post["week"], _day(post["date"])) for post in given["posts"])
    return Flight(**{**given, "posts": posts})


def _hand_over(given: Part | None) -> HandOver | None:
    if given is None:
        return None
    return HandOver(**{name: value for name, value in given.items() if name != "after"})


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
