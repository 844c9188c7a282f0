"""The plan that users were promised, written as a shape a program can hold a plan against."""

import re
from collections.abc import Mapping
from typing import Any

NUMBER, TEXT, WHOLE, FLAG, DAY = "a number", "a text", "a whole number", "true or false", "a day"
INTERVAL = {"mean": NUMBER, "low": NUMBER, "high": NUMBER}
DAYS = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
TIERS = ("nano", "micro", "macro", "mega")


class Maybe:
    """A value that may be null."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner


class OneOf:
    """A value out of a few."""

    def __init__(self, *values: object) -> None:
        self.values = values


class Each:
    """An object whose keys are names: every value has the same shape."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner


ALTERNATIVE = {
    "name": TEXT, "value": INTERVAL, "cost": NUMBER, "cost_per_result": Maybe(NUMBER), "creators": WHOLE,
    "chance_best": NUMBER, "pros": [TEXT], "cons": [TEXT], "why_empty": Maybe(TEXT),
}  # fmt: skip
VERDICT = {
    "winner": TEXT, "leader": OneOf(*TIERS, "mid", "untiered"), "chance_best": NUMBER, "too_close": FLAG,
    "sentence": TEXT, "alternatives": [ALTERNATIVE],
    "flips": [{"what": OneOf("budget", "max_creators", "price"), "at": NUMBER, "to": TEXT}],
    "reasons": [{"text": TEXT, "field": TEXT, "signal": TEXT}],
}  # fmt: skip
PICK = {
    "creator_id": TEXT, "handle": TEXT, "platform": TEXT, "tier": TEXT, "phase": TEXT, "package": TEXT,
    "price": {**INTERVAL, "source": OneOf("quote", "paid", "prior"), "most": Maybe(INTERVAL)},
    "gain": NUMBER, "rung": OneOf(1, 2, 3, 4),
    "reasons": [TEXT],
}  # fmt: skip
PHASE = {
    "name": OneOf("campaign", "open", "follow"), "start": Maybe(DAY), "end": Maybe(DAY), "goal": TEXT,
    "budget": NUMBER, "tiers": [TEXT], "weeks": [WHOLE],
}  # fmt: skip
FLIGHT = {
    "creator_id": TEXT, "handle": TEXT, "platform": TEXT, "phase": TEXT, "package": TEXT,
    "posts": [{"format": TEXT, "week": WHOLE, "date": Maybe(DAY)}],
}  # fmt: skip
HAND_OVER = {
    "rule": OneOf("retarget", "extend"), "stated": FLAG, "primed": NUMBER, "fresh": NUMBER, "alone": NUMBER,
    "after": NUMBER,
}  # fmt: skip
FORECAST = {
    "reach": INTERVAL, "impressions": INTERVAL, "engagements": INTERVAL, "conversions": INTERVAL,
    "profit": Maybe(INTERVAL), "frequency": [NUMBER],
}  # fmt: skip
PLAN = {
    "name": TEXT, "goal": OneOf("awareness", "effective_reach", "engagement", "conversions", "profit"),
    "currency": TEXT, "tier_scheme": TEXT, "rung": OneOf(1, 2, 3, 4), "versions": Each(TEXT), "verdict": VERDICT,
    "picks": [PICK], "phases": [PHASE], "forecast": FORECAST,
    "bound": {"value": NUMBER, "upper": NUMBER, "gap": NUMBER, "method": TEXT}, "spent": NUMBER,
    "unspent_because": Maybe(TEXT), "chance_over_budget": NUMBER, "defaults_used": [TEXT], "warnings": [TEXT],
    "rejects": WHOLE, "flights": [FLIGHT], "hand_over": Maybe(HAND_OVER),
}  # fmt: skip
CHECKED = {
    "files": [{
        "file": TEXT, "kind": Maybe(TEXT), "rows": WHOLE, "accepted": WHOLE, "rejected": WHOLE,
        "columns": [{"source": TEXT, "field": TEXT, "unit": TEXT, "how": TEXT}],
        "unmapped": [{"source": TEXT, "why": TEXT}],
        "rejects": [{"row": WHOLE, "column": TEXT, "value": TEXT, "reason": TEXT}], "warnings": [TEXT],
    }]
}  # fmt: skip


def amiss(value: Any, shape: Any, where: str = "plan") -> list[str]:
    """Where and how a value has not its shape; keys beyond the shape are welcome."""
    if isinstance(shape, Maybe):
        return [] if value is None else amiss(value, shape.inner, where)
    if isinstance(shape, Each):
        named = dict.fromkeys(value, shape.inner) if isinstance(value, Mapping) else {}
        return amiss(value, named, where)
    if isinstance(shape, dict):
        return _amiss_object(value, shape, where)
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{where} is no list"]
        return [said for i, one in enumerate(value) for said in amiss(one, shape[0], f"{where}[{i}]")]
    return [] if _is(value, shape) else [f"{where} is {value!r}, not {getattr(shape, 'values', shape)}"]


def _amiss_object(value: Any, shape: dict[str, Any], where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where} is no object"]
    lacking = [f"{where} lacks `{key}`" for key in shape if key not in value]
    return lacking + [said for key in shape if key in value for said in amiss(value[key], shape[key], f"{where}.{key}")]


def _is(value: Any, shape: Any) -> bool:
    if isinstance(shape, OneOf):
        return any(value == one and type(value) is type(one) for one in shape.values)
    if shape == DAY:
        return isinstance(value, str) and bool(DAYS.fullmatch(value))
    kinds = {NUMBER: (int, float), WHOLE: int, TEXT: str, FLAG: bool}[shape]
    return isinstance(value, kinds) and (shape == FLAG or not isinstance(value, bool))
