"""The user's own figures in place of ours: a parsed TOML or JSON document becomes benchmarks."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, Final

from asterism.creators.schema import FORMATS, PLATFORMS
from asterism.errors import BadInput, did_you_mean
from asterism.priors.curves import Benchmark
from asterism.priors.entries import number

CURVES: Final = ("reach_rate", "engagement_rate", "fee")
"""Measures for which a platform and format without a default may be given."""
LEANINGS: Final = ("click", "convert")
"""Measures for which a platform or a niche may be given a factor, as `niche.convert.beauty`."""
_FIELDS: Final = tuple(f.name for f in fields(Benchmark) if f.name != "name")
_LISTS: Final = ("median", "low", "high", "followers")
_TEXTS: Final = ("unit", "source", "date", "quality", "denominator", "shape")


def read_entries(document: Mapping[str, Any], known: Mapping[str, Benchmark]) -> dict[str, Benchmark]:
    """The benchmarks a document replaces or adds, by name.

    An entry is a table with `median`, at any depth: `[reach_rate.instagram.post]`. What it leaves out stays as it was,
    but for the source: figures without one are `own figures`.

    Raises
    ------
    BadInput
        A name or field is unknown («did you mean»), or a value is no number.
    """
    return {name: _entry(name, table, known) for name, table in _tables(document, "")}


def _tables(document: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for key, inner in document.items():
        name = f"{prefix}{key}"
        if not isinstance(inner, Mapping):
            raise BadInput(
                f"The priors file has a value `{name}` outside an entry.", f"Write it as `[{name}]`, `median = …`."
            )
        if inner and not any(isinstance(value, Mapping) for value in inner.values()):
            yield name, inner
        else:
            yield from _tables(inner, f"{name}.")


def _entry(name: str, table: Mapping[str, Any], known: Mapping[str, Benchmark]) -> Benchmark:
    base = known.get(name) or _like(name, known)
    for key in table:
        if key not in _FIELDS:
            raise BadInput(f"The prior `{name}` has an unknown field `{key}`.", did_you_mean(str(key), list(_FIELDS)))
    lacking = [key for key in ("median", "low", "high") if key not in table]
    if lacking:
        raise BadInput(f"The prior `{name}` lacks {' and '.join(lacking)}.", "Give median, low and high (5–95%).")
    values: dict[str, Any] = {key: _value(name, key, value) for key, value in table.items()}
    if values.get("denominator", base.denominator) != base.denominator:
        raise BadInput(f"The prior `{name}` is a share of {base.denominator}.", "Give it by that denominator.")
    if len(values["median"]) == 1:
        values.setdefault("followers", ())
    return replace(base, name=name, **{"source": "own figures", "date": "", "quality": "own", **values})


def _like(name: str, known: Mapping[str, Benchmark]) -> Benchmark:
    """A default of the same measure, for a platform and format we have no figures for; 1 for a leaning."""
    measure, _, rest = name.partition(".")
    platform, _, kind = rest.partition(".")
    if measure in CURVES and platform in PLATFORMS and kind in FORMATS:
        own = [entry for key, entry in known.items() if key.startswith(f"{measure}.{platform}.")]
        return own[0] if own else known[f"{measure}.instagram.post"]
    if platform in LEANINGS and kind and (measure == "niche" or (measure == "platform" and kind in PLATFORMS)):
        return number(name, (1.0, 0.5, 2.0))
    raise BadInput(f"There is no prior `{name}`.", did_you_mean(name, list(known)))


def _value(name: str, key: str, value: Any) -> object:
    if key in _TEXTS:
        return str(value)
    items = list(value) if isinstance(value, list | tuple) else [value]
    if any(isinstance(x, bool) or not isinstance(x, int | float) for x in items):
        raise BadInput(f"`{key}` of the prior `{name}` must be a number or a list of numbers.")
    return tuple(map(float, items)) if key in _LISTS else float(items[0])
