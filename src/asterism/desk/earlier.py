"""What the catalogue held when an earlier plan was made: from that plan, from a version, or from a time."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from asterism.desk.stored import STAMP
from asterism.errors import BadInput, NotFound
from asterism.store.catalogue import Catalogue
from asterism.store.contents import read_bytes
from asterism.store.encodings import decode

Stamps = dict[str, str]

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_WHOLE: Final = timedelta(days=1, microseconds=-1)
_HOW: Final = (
    "Name a plan's JSON file, a time as in 2026-12-01T09:30 (UTC unless it says otherwise), "
    "or the number of a version of the creators."
)


def versions_then(catalogue: Catalogue, at: str, now: datetime) -> Stamps:
    """The version of each table, as `delta:5`, that a word for an earlier state of the catalogue stands for.

    Parameters
    ----------
    at
        A plan's JSON file: the versions it names. A time in ISO 8601: what stood then; a day counts to its end. A whole
        number: that version of the creators, and of every other table what stood when it was committed.
    now
        The time of asking; what lies after it is refused.

    Raises
    ------
    NotFound
        No such file or version, or a time before the catalogue began or yet to come.
    BadInput
        The file is no plan, or a plan made from files.
    """
    if at.isdecimal():
        return _at_version(catalogue, int(at))
    moment = _moment(at, now)
    if moment is None:
        return _of_plan(at)
    return _stamped(_standing(catalogue, moment))


def _at_version(catalogue: Catalogue, number: int) -> Stamps:
    history = {version.number: version.at for version in catalogue.history("creators")}
    if number not in history:
        fix = f"Versions run from 0 to {max(history)}." if history else "Import some first."
        raise NotFound(f"The catalogue at {catalogue.path} holds no version {number} of the creators.", fix)
    return _stamped({**_standing(catalogue, history[number]), "creators": number})


def _moment(at: str, now: datetime) -> datetime | None:
    """The time a word names, None where it names none."""
    try:
        named = datetime.fromisoformat(at)
    except ValueError:
        return None
    moment = named if named.tzinfo else named.replace(tzinfo=UTC)
    if moment > now:
        raise NotFound(f"{at} lies in the future.", "Leave --at out to plan from what the catalogue holds now.")
    return min(moment + _WHOLE, now) if _DAY.fullmatch(at) else moment


def _standing(catalogue: Catalogue, moment: datetime) -> dict[str, int]:
    found = catalogue.versions(moment)
    if "creators" not in found:
        begun = catalogue.history("creators")
        what = f"The catalogue at {catalogue.path} held no creators at {moment:%Y-%m-%d %H:%M:%S} UTC."
        raise NotFound(what, f"It begins {begun[-1].at:%Y-%m-%d %H:%M:%S} UTC." if begun else "Import some first.")
    return found


def _stamped(versions: dict[str, int]) -> Stamps:
    return {kind: f"{STAMP}{number}" for kind, number in versions.items()}


def _of_plan(path: str) -> Stamps:
    """The versions that a plan's JSON file names; a file that is not there may be a mistyped time."""
    try:
        content = read_bytes(path)
    except NotFound:
        raise NotFound(f"There is no plan, version or time `{path}`.", _HOW) from None
    try:
        versions = json.loads(decode(path, content).text)["versions"]
    except (json.JSONDecodeError, KeyError, TypeError):
        raise BadInput(f"{path} is no plan: it names no versions.", "Save one with `asterism plan … --json`.") from None
    if not isinstance(versions, dict) or "creators" not in versions:
        raise BadInput(f"{path} was made from tables in memory.", "Only plans from the catalogue can be made again.")
    tables = {str(kind): str(stamp) for kind, stamp in versions.items() if kind != "priors"}
    files = [kind for kind, stamp in tables.items() if not stamp.startswith(STAMP)]
    if files:
        what = f"{Path(path).name} was made from files ({', '.join(files)}), not from a catalogue."
        raise BadInput(what, f"Name the same files again: {' '.join(f'--{kind} FILE' for kind in files)}.")
    return tables
