r"""A text with fields like `{creator_name}`, and values put into it: in one pass, so no value can name another field.

A field is a whitelisted name between braces and nothing else: no dots, indices or formats. `\{` is a brace. A value is
taken as text: what would be markup or a field in it is written with a backslash, so merging twice changes nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from asterism.campaigns.documents.given import Link
from asterism.campaigns.documents.lines import flat
from asterism.campaigns.documents.markup import URL, kind_of, spans, words
from asterism.campaigns.documents.whitelist import FIELDS
from asterism.errors import BadInput, did_you_mean

Value = str | tuple[str, ...] | Link | tuple[Link, ...]
"""What a field can hold: a line, a list of lines, an address, or a list of addresses."""

LONGEST_SUBJECT: Final = 200
_TOKENS: Final = re.compile(r"\\[\\{}*<>#.\-]|\{(?P<field>[^{}\n]*)\}|(?P<stray>[{}])")
_SPECIAL: Final = re.compile(r"[\\{}*<]")
_ALONE: Final = re.compile(r"\s*\{\s*(\w+)\s*\}\s*")


class UnsoundText(BadInput):
    """A text with unknown fields or stray braces; `faults` lists them all."""

    def __init__(self, what: str, fix: str = "", faults: "tuple[Fault, ...]" = ()) -> None:
        super().__init__(what, fix)
        self.faults = faults


class MissingValue(BadInput):
    """A field that the text names and nobody filled; `field` names it."""

    def __init__(self, what: str, fix: str = "", field: str = "") -> None:
        super().__init__(what, fix)
        self.field = field


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing a text cannot keep: on which line, what, and what to write instead."""

    line: int
    what: str
    fix: str


def faults(text: str) -> tuple[Fault, ...]:
    """Unknown fields and stray braces of a text, in the order they stand in.

    >>> faults("Hello {creator_nam}")[0].fix
    'Did you mean `creator_name`?'
    """
    numbered = enumerate(text.splitlines(), 1)
    return tuple(fault for n, line in numbered for token in _TOKENS.finditer(line) for fault in _fault(n, token))


def _fault(line: int, token: re.Match[str]) -> Iterator[Fault]:
    if token["stray"]:
        yield Fault(line, f"A brace `{token['stray']}` stands alone.", f"Write `\\{token['stray']}` to mean a brace.")
    elif token["field"] is not None and token["field"].strip() not in FIELDS:
        name = flat(token["field"])[:60]
        yield Fault(line, f"There is no field `{name}`.", did_you_mean(name, list(FIELDS)))


def fields_named(text: str) -> tuple[str, ...]:
    """The fields a text names, each once, in the order they stand in."""
    found = (token["field"] for token in _TOKENS.finditer(text))
    return tuple(dict.fromkeys(name.strip() for name in found if name is not None))


def merge(text: str, fields: Mapping[str, Value]) -> str:
    r"""The text with each field's value in place of its name, as markup in which values are text.

    A list alone on its line becomes a list; inside a line its items stand apart by semicolons.

    Raises
    ------
    UnsoundText
        The text names a field that does not exist, or has a brace that belongs to none.
    MissingValue
        A field it names has no value: a letter never goes out with a gap.

    >>> merge("Hello {creator_name}", {"creator_name": "Ana {fee}"})
    'Hello Ana \\{fee\\}'
    """
    _insist(text, fields)
    return "\n".join(_line(_steered(line), fields) for line in text.splitlines())


def merge_line(text: str, fields: Mapping[str, Value]) -> str:
    """The text with its fields filled, as one plain line fit for a mail's subject: no break, no mark, no escape.

    Raises
    ------
    UnsoundText, MissingValue
        As for `merge`.
    """
    _insist(text, fields)
    merged = words(spans(" ".join(_inline(flat(line), fields) for line in text.splitlines())))
    return merged if len(merged) <= LONGEST_SUBJECT else merged[: LONGEST_SUBJECT - 1].rstrip() + "…"


def _insist(text: str, fields: Mapping[str, Value]) -> None:
    found = faults(text)
    if found:
        said = " ".join(f"Line {fault.line}: {fault.what} {fault.fix}" for fault in found)
        raise UnsoundText(f"The text cannot be merged. {said}", faults=found)
    for name in fields_named(text):
        if not _filled(fields.get(name, "")):
            fix = f"Fill it in ({FIELDS[name]}), or take `{{{name}}}` out of the text."
            raise MissingValue(f"The field `{name}` has no value.", fix, name)


def _filled(value: Value) -> bool:
    if isinstance(value, Link):
        return bool(flat(value.url))
    return bool(flat(value)) if isinstance(value, str) else bool(value) and all(_filled(each) for each in value)


def _steered(line: str) -> str:
    """The template's own line without control characters; its indentation has no meaning."""
    return flat(line)


def _line(line: str, fields: Mapping[str, Value]) -> str:
    alone = _ALONE.fullmatch(line)
    value = fields[alone[1]] if alone else ""
    if isinstance(value, tuple):
        return "\n".join(f"- {_written(item)}" for item in value)
    return _kept(line, _inline(line, fields))


def _kept(line: str, merged: str) -> str:
    """The merged line, still of the kind its template line is: no value opens a heading or a list."""
    if kind_of(line) == kind_of(merged):
        return merged
    return re.sub(r"^(\s*\d*)([#\-.])", r"\1\\\2", merged)


def _inline(line: str, fields: Mapping[str, Value]) -> str:
    def put(token: re.Match[str]) -> str:
        return token[0] if token["field"] is None else _written(fields[token["field"].strip()])

    return _TOKENS.sub(put, line)


def _written(value: Value) -> str:
    if isinstance(value, tuple):
        return "; ".join(_written(item) for item in value)
    if isinstance(value, Link):
        label = f"{_written(value.label)}: " if value.label else ""
        return f"{label}<{_address(value.url)}>"
    return _SPECIAL.sub(r"\\\g<0>", flat(value))


def _address(url: str) -> str:
    if not re.fullmatch(URL, url.strip()):
        raise BadInput(f"`{flat(url)[:80]}` is not an address.", "Write it in full, as in `https://example.com/page`.")
    return url.strip()
