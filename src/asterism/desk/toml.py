"""A document as TOML, for briefs that people take away and bring back."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

Document = Mapping[str, Any]


def toml_of(document: Document) -> str:
    """The document as TOML: plain values first, then a table for each part.

    >>> print(toml_of({"goal": "awareness", "limits": {"include": ["ana"]}}), end="")
    goal = "awareness"
    <BLANKLINE>
    [limits]
    include = ["ana"]
    """
    return "\n".join(_lines(document, ())) + "\n"


def _lines(document: Document, above: tuple[str, ...]) -> list[str]:
    tables = {name: value for name, value in document.items() if isinstance(value, Mapping)}
    lines = [f"{_key(name)} = {_value(value)}" for name, value in document.items() if name not in tables]
    if above and (lines or not tables):
        lines.insert(0, f"[{'.'.join(map(_key, above))}]")
    for name, table in tables.items():
        part = _lines(table, (*above, name))
        lines += ["", *part] if lines else part
    return lines


def _key(name: str) -> str:
    plain = name.replace("_", "").replace("-", "")
    return name if plain.isascii() and plain.isalnum() else _text(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(name)} = {_value(each)}" for name, each in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return _text(str(value))


def _text(text: str) -> str:
    """The text in quotes; JSON's escapes are TOML's, but for the one letter that JSON leaves as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
