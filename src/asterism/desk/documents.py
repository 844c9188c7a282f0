"""TOML and JSON documents that people write by hand: briefs and priors."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from asterism.brief import Brief
from asterism.errors import BadBrief, UnreadableFile
from asterism.store.contents import named, read_bytes
from asterism.store.encodings import decode


def read_brief(path: str | Path) -> Brief:
    """The brief of a TOML or JSON file, told apart by content.

    Raises
    ------
    BadBrief
        The file is neither, or a field is unknown, missing or unsound.
    NotFound, OutsideFailure
        The file cannot be read.
    """
    return Brief(**document_from(str(path)))


def document_from(path: str) -> dict[str, Any]:
    """The fields of a TOML or JSON file, or of standard input for `-`; errors as `read_brief`."""
    origin = named(path)
    content = read_bytes(path)
    try:
        text = decode(origin, content).text
    except UnreadableFile:
        raise BadBrief(f"{origin} is not text: it holds binary data.", "Write it as TOML or JSON.") from None
    return parse(text, origin)


def parse(text: str, origin: str) -> dict[str, Any]:
    """The fields of a TOML or JSON text; `origin` names it in errors."""
    found = _json(text, origin) if text.lstrip().startswith("{") else _toml(text, origin)
    if not isinstance(found, dict) or not found:
        raise BadBrief(f"{origin} holds no fields.", 'Write some, as in `goal = "awareness"`.')
    return found


def _json(text: str, origin: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"{origin}, line {error.lineno}, column {error.colno}"
        raise BadBrief(f"{where}: {error.msg}.", "Mend the JSON there.") from None


def _toml(text: str, origin: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadBrief(_toml_trouble(text, origin, str(error)), "Mend the TOML there.") from None


def _toml_trouble(text: str, origin: str, message: str) -> str:
    at = re.search(r"\(at line (\d+), column (\d+)\)", message)
    lines = text.splitlines() or [""]
    line = min(int(at[1]) if at else len(lines), len(lines))
    said = re.sub(r"\s*\(at .*\)$", "", message)
    return f"{origin}, line {line}: {said}: `{lines[line - 1].strip()[:60]}`."
