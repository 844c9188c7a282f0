"""A shortlist as a file: one table for a spreadsheet, shares as 0–1, every range in columns of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from asterism.quantities import Interval
from asterism.reports.sheets import table_csv
from asterism.reports.workbook import Sheet, Value, workbook


@dataclass(frozen=True, slots=True)
class Line:
    """One creator of a shortlist; `answer` is yes, no or empty, `answers` who said what and why."""

    handle: str
    name: str
    platform: str
    creator_id: str
    tier: str
    niche: str
    country: str
    language: str
    followers: int | None
    engagement: Interval | None
    engagement_of: str
    real: Interval | None
    fee: Interval | None
    fee_source: str
    currency: str
    remark: str
    answer: str
    answers: str


_COUNT, _SHARE, _MONEY = "#,##0", "0.0%", "#,##0.00"
COLUMNS: Final = (
    ("order", _COUNT), ("handle", ""), ("name", ""), ("platform", ""), ("tier", ""), ("niche", ""), ("country", ""),
    ("language", ""), ("followers (potential)", _COUNT), ("engagement", _SHARE), ("engagement, low", _SHARE),
    ("engagement, high", _SHARE), ("engagement, of", ""), ("real followers", _SHARE), ("real followers, low", _SHARE),
    ("real followers, high", _SHARE), ("fee of a post", _MONEY), ("fee, low", _MONEY), ("fee, high", _MONEY),
    ("currency", ""), ("fee source", ""), ("remark", ""), ("client", ""), ("client, in full", ""), ("creator_id", ""),
)  # fmt: skip
"""Heading and number format of each column."""


def shortlist_csv(lines: Sequence[Line]) -> bytes:
    """The shortlist as UTF-8 CSV that a spreadsheet opens without running anything."""
    rows = [_row(at, line) for at, line in enumerate(lines, 1)]
    heads = [head for head, _ in COLUMNS]
    return table_csv(pa.table({head: [row[j] for row in rows] for j, head in enumerate(heads)}))


def shortlist_workbook(name: str, lines: Sequence[Line]) -> bytes:
    """The shortlist as the bytes of an XLSX file."""
    heads, formats = (tuple(column) for column in zip(*COLUMNS, strict=True))
    return workbook(name, [Sheet("Shortlist", heads, formats, tuple(_row(at, x) for at, x in enumerate(lines, 1)))])


def _row(order: int, line: Line) -> tuple[Value, ...]:
    return (
        order, line.handle, line.name, line.platform, line.tier, line.niche, line.country, line.language,
        line.followers, *_three(line.engagement), line.engagement_of, *_three(line.real), *_three(line.fee),
        line.currency if line.fee else "", line.fee_source, line.remark, line.answer, line.answers, line.creator_id,
    )  # fmt: skip


def _three(value: Interval | None) -> tuple[Value, Value, Value]:
    return (value.mean, value.low, value.high) if value else (None, None, None)
