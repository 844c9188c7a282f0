"""Every kind of table the catalogue holds: those of the schema, decisions, forecasts, and three for itself."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from asterism.creators.identity import IDENTITIES
from asterism.creators.schema import COUNT, TEXT, TIME, Field, Schema
from asterism.creators.tables import SCHEMAS, SNAPSHOTS
from asterism.errors import NotFound, did_you_mean
from asterism.measurement.scorecard import FORECASTS

REJECTS: Final = Schema(
    "rejects",
    (
        Field("source", TEXT, "path", "the file that was imported"),
        Field("kind", TEXT, "word", "the kind of table it was read as"),
        Field("file", TEXT, "name", "the file or sheet the value stands in"),
        Field("row", COUNT, "line", "its line, counted from 1", low=1),
        Field("column", TEXT, "name", "its column"),
        Field("value", TEXT, "text", "the value as it stands there"),
        Field("reason", TEXT, "text", "why it could not be used"),
        Field("at", TIME, "time", "when the file was imported"),
    ),
    key=("source", "kind", "file", "row", "column"),
    needs=(("source",), ("reason",)),
    newest="at",
)
"""What the last import of each file could not use."""

REMARKS: Final = Schema(
    "remarks",
    (
        Field("source", TEXT, "path", "the file that was imported"),
        Field("file", TEXT, "name", "the file or sheet the remark is about"),
        Field("text", TEXT, "text", "what a reader must know of it"),
        Field("at", TIME, "time", "when the file was imported"),
    ),
    key=("source", "file", "text"),
    needs=(("source",), ("text",)),
    newest="at",
)
"""What the last import of each file warned of."""

ERASED: Final = Schema(
    "erased",
    (
        Field("what", TEXT, "word", "what the name is of", choices=("account", "post", "person")),
        Field("platform", TEXT, "name", "where; null where nobody said, and then everywhere"),
        Field("hash", TEXT, "keyed hash", "the id or handle, unreadable: HMAC-SHA256 under the catalogue's own key"),
        Field("at", TIME, "time", "when somebody asked to be erased"),
        Field("reason", TEXT, "text", "why, in a word"),
        Field("finished", TIME, "time", "when the last copy was gone; null while the work is not done"),
    ),
    key=("what", "platform", "hash"),
    needs=(("what",), ("hash",), ("at",)),
)
"""Tombstones: who was erased and may not come back, without saying who that is."""

KINDS: Final[dict[str, Schema]] = {
    **SCHEMAS,
    **{kind.name: kind for kind in (IDENTITIES, FORECASTS, REJECTS, REMARKS, ERASED)},
}


def schema_of(kind: str) -> Schema:
    """The schema of a kind of table.

    Raises
    ------
    NotFound
        There is no such kind.
    """
    if kind not in KINDS:
        raise NotFound(f"The catalogue has no table `{kind}`.", did_you_mean(kind, list(KINDS)))
    return KINDS[kind]


def snapshots(creators: pa.Table) -> pa.Table:
    """The dated figures of a creator table, in the columns of `SNAPSHOTS`.

    Rows without `as_of` say nothing about a point in time and are left out: their past is in the table's versions.
    """
    return creators.filter(pc.is_valid(creators["as_of"])).select(SNAPSHOTS.names)
