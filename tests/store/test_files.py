"""Files told apart by content; encodings, layouts, line numbers; what cannot be read says why."""

import contextlib
import csv
import hashlib
import io
import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from asterism.creators.text import TextTable
from asterism.errors import AsterismError, NotFound, OutsideFailure, UnreadableFile, exit_code
from asterism.store.delimited import read_delimited
from asterism.store.encodings import utf8
from asterism.store.files import open_tables

ROWS = [["Handle", "Followers"], ["ana", "1234"], ["béa", "48.5M"]]


def _delimited(delimiter: str, encoding: str = "utf-8") -> bytes:
    return "\n".join(delimiter.join(row) for row in ROWS).encode(encoding)


def _workbook() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Creators")
    for at, row in enumerate(ROWS):
        sheet.write_row(at, 0, row)
    book.add_worksheet("Empty")
    book.close()
    return out.getvalue()


def _parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({name: [row[i] for row in ROWS[1:]] for i, name in enumerate(ROWS[0])}), out)
    return out.getvalue()


MOMENT = datetime(2025, 5, 21, 9, 44, 45)  # noqa: DTZ001  (typed files hold times without a zone)
RECORDS = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]
FORMATS: dict[str, Callable[[], bytes]] = {
    "csv": lambda: _delimited(","),
    "tsv": lambda: _delimited("\t"),
    "semicolons": lambda: _delimited(";"),
    "pipes": lambda: _delimited("|"),
    "utf-8 with mark": lambda: _delimited(",", "utf-8-sig"),
    "utf-16": lambda: _delimited("\t", "utf-16"),
    "utf-16 without mark": lambda: _delimited("\t", "utf-16-le"),
    "latin-1": lambda: _delimited(";", "latin-1"),
    "xlsx": _workbook,
    "parquet": _parquet,
    "json array": lambda: json.dumps(RECORDS).encode(),
    "json object": lambda: json.dumps({"page": 1, "result": {"items": RECORDS}}).encode(),
    "json lines": lambda: "\n".join(json.dumps(record) for record in RECORDS).encode(),
    "windows lines": lambda: _delimited(",").replace(b"\n", b"\r\n"),
}


def _open(folder: Path, content: bytes) -> TextTable:
    path = folder / "table.bin"
    path.write_bytes(content)
    (table,) = open_tables(str(path)).tables
    return table


def _rows(table: TextTable) -> list[list[str | None]]:
    return [list(row) for row in zip(*(column.to_pylist() for column in table.columns), strict=True)]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    table = _open(tmp_path, FORMATS[name]())
    assert list(table.header) == ROWS[0]
    assert _rows(table) == ROWS[1:]


BAD: list[tuple[str, bytes, str]] = [
    ("empty", b"", "is empty"),
    ("blank", b" \n\n", "is empty"),
    ("header alone", b"handle,followers\n", "holds no rows"),
    ("binary", bytes(range(256)) * 20, "binary data"),
    ("pdf", b"%PDF-1.7 ...", "a PDF"),
    ("gzip", b"\x1f\x8b\x08\x00abc", "unpack it first"),
    ("web page", b"<!doctype html><html>", "a web page"),
    ("broken json", b'[{"a": 1},\n {"a": }]', "line 2, column 8"),
    ("json without objects", b"[1, 2, 3]", "without a list of objects"),
    ("zip that is no workbook", b"PK\x03\x04" + b"x" * 40, "not a workbook"),
    ("cut parquet", b"PAR1" + b"x" * 40, "damaged Parquet"),
]


@pytest.mark.parametrize(("content", "message"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_what_is_no_table_says_so_in_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message) as caught:
        _open(tmp_path, content)
    assert "\n" not in str(caught.value)
    assert caught.value.fix
    assert exit_code(caught.value) == 3


def test_a_folder_a_missing_file_and_a_forbidden_one_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UnreadableFile, match="is a folder"):
        open_tables(str(tmp_path))
    with pytest.raises(NotFound, match="no file"):
        open_tables(str(tmp_path / "none.csv"))

    def forbid(path: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", forbid)
    with pytest.raises(OutsideFailure, match="may not be read") as caught:
        open_tables("secret.csv")
    assert exit_code(caught.value) == 4


def test_standard_input_is_a_file_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(_delimited(","))))
    opened = open_tables("-")
    assert _rows(opened.tables[0]) == ROWS[1:]
    assert opened.tables[0].source == "standard input"


def test_the_version_is_the_hash_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n")
    assert open_tables(str(path)).version == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


def test_rows_carry_the_line_they_start_on(tmp_path: Path) -> None:
    text = 'name,"bio\r\nlong"\nana,"two\nlines"\n\nben,x\n====\ncy,"a\n\nb"\ndee,y\n'
    table = _open(tmp_path, text.encode())
    where = dict(zip(table.columns[0].to_pylist(), table.rows.tolist(), strict=True))
    lines = text.split("\n")
    assert {name: lines[line - 1].split(",")[0] for name, line in where.items() if name} == {n: n for n in where if n}
    assert [(r.row, r.reason) for r in table.rejects] == [(7, "a separator line, not a row")]


def test_a_short_row_is_filled_and_a_long_one_refused(tmp_path: Path) -> None:
    table = _open(tmp_path, b"a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12,\n")
    assert _rows(table) == [["1", "2", "3"], ["4", "5", None], ["10", "11", "12"]]
    assert table.rows.tolist() == [2, 3, 5]
    assert [(r.row, r.value, r.reason) for r in table.rejects] == [(4, "6,7,8,9", "has 4 cells where the header has 3")]
    assert "shorter than the header" in table.warnings[0]


def test_a_title_above_the_header_is_not_the_header(tmp_path: Path) -> None:
    table = _open(tmp_path, b"Export of May\n\nhandle,followers,country\nana,5,ES\nben,6,FR\n")
    assert table.header == ("handle", "followers", "country")
    assert table.rows.tolist() == [4, 5]
    assert [(r.row, r.value, r.reason) for r in table.rejects] == [(1, "Export of May", "stands above the header")]


def test_a_semicolon_table_with_decimal_commas_is_no_comma_table(tmp_path: Path) -> None:
    table = _open(tmp_path, "Nom;ER;Abonnés\nana;3,4;1,5\nben;1,2;2,5\n".encode())
    assert table.header == ("Nom", "ER", "Abonnés")


def test_one_column_is_a_table_too(tmp_path: Path) -> None:
    table = _open(tmp_path, b"handle\n@ana\n@ben\n")
    assert _rows(table) == [["@ana"], ["@ben"]]


def test_a_quote_never_closed_loses_no_row_before_it(tmp_path: Path) -> None:
    table = _open(tmp_path, b'a,b\n1,2\n3,"four\n5,6\n')
    assert next(row[0] for row in _rows(table)) == "1"
    assert len(_rows(table)) + len(table.rejects) == 2


def test_a_western_encoding_is_read_and_said(tmp_path: Path) -> None:
    table = _open(tmp_path, "name,x\nJosé,“q”\n".encode("cp1252"))
    assert _rows(table) == [["José", "“q”"]]
    assert "Windows-1252" in table.warnings[0]


def test_a_few_broken_bytes_do_not_turn_utf8_into_western(tmp_path: Path) -> None:
    table = _open(tmp_path, "name,x\nJosé Łukasz Ştefan Zoë,1\n".encode() + b"a\xff,2\n")
    assert _rows(table)[0][0] == "José Łukasz Ştefan Zoë"
    assert "1 broken character" in table.warnings[0]


def test_typed_files_lose_no_digit(tmp_path: Path) -> None:
    out = io.BytesIO()
    typed = pa.table(
        {
            "id": pa.array([7506832682593094928], pa.int64()),
            "when": pa.array([MOMENT]),
            "day": pa.array([date(2025, 5, 21)]),
            "yes": [True],
            "share": [0.1],
            "tags": [["a", "b"]],
            "inner": [{"x": 1}],
            "kind": pa.array(["reel"]).dictionary_encode(),
        }
    )
    pq.write_table(typed, out)
    table = _open(tmp_path, out.getvalue())
    row = dict(zip(table.header, _rows(table)[0], strict=True))
    assert row == {
        "id": "7506832682593094928",
        "when": "2025-05-21 09:44:45.000000",
        "day": "2025-05-21",
        "yes": "true",
        "share": "0.1",
        "tags": "a, b",
        "inner.x": "1",
        "kind": "reel",
    }


def test_json_numbers_stay_as_they_were_written(tmp_path: Path) -> None:
    table = _open(
        tmp_path, b'[{"id": 7506832682593094928, "er": 0.10, "v": 1e3, "n": null, "ok": true, "u": {"x": "y"}}]'
    )
    assert dict(zip(table.header, _rows(table)[0], strict=True)) == {
        "id": "7506832682593094928",
        "er": "0.10",
        "v": "1e3",
        "n": None,
        "ok": "true",
        "u.x": "y",
    }


def test_a_number_of_any_length_in_json_is_text(tmp_path: Path) -> None:
    digits = "7" * 5_000
    assert _rows(_open(tmp_path, f'[{{"id": {digits}}}]'.encode())) == [[digits]]


def test_a_line_that_is_no_object_is_refused(tmp_path: Path) -> None:
    table = _open(tmp_path, b'{"a": 1}\nnonsense\n\n{"a": 2}\n')
    assert _rows(table) == [["1"], ["2"]]
    assert table.rows.tolist() == [1, 4]
    assert [(r.row, r.reason) for r in table.rejects] == [(2, "not a JSON object")]


def test_each_sheet_with_rows_is_a_table(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "two.xlsx")
    for name in ("Instagram", "TikTok"):
        sheet = book.add_worksheet(name)
        sheet.write_row(1, 0, ["Handle", "Followers", "Joined"])
        sheet.write_row(2, 0, [name.lower(), 12_000.0])
        sheet.write_datetime(2, 2, MOMENT, book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    tables = open_tables(str(tmp_path / "two.xlsx")).tables
    assert [table.source.rsplit(", ")[-1] for table in tables] == ["sheet Instagram", "sheet TikTok"]
    assert _rows(tables[0]) == [["instagram", "12000", "2025-05-21 09:44:45"]]
    assert tables[0].rows.tolist() == [3]


def test_no_error_is_anything_but_ours(tmp_path: Path) -> None:
    path = tmp_path / "odd"
    for content in (
        b"\x00",
        b"\xff\xfe",
        b"{",
        b"[",
        b'"',
        b"a",
        b",",
        b"\n,\n",
        b"PAR1",
        b"PK\x03\x04",
        b"\xef\xbb\xbf",
    ):
        path.write_bytes(content)
        with contextlib.suppress(AsterismError):
            open_tables(str(path))


MANY = 60_000
LINE = 'c{at:06d},"User {at}, the {at}th","a biography of some length, so that a few rows fill a block: {at}"'


def _many(odd: str, end: str = "\n") -> str:
    """More text than the reader takes at a time, one odd piece after two thirds of it; its last line has no end."""
    lines = [LINE.format(at=at) for at in range(MANY)]
    lines.insert(2 * MANY // 3, odd)
    return end.join(["id,name,bio", *lines])


def _plainly(text: str) -> tuple[list[list[str]], list[int], list[int]]:
    """Rows as wide as the header, shorter or blank, filled up; the line each starts on; and the lines of the others."""
    reader = csv.reader(io.StringIO(text, newline=""))
    next(reader)
    kept, lines, refused, line = [], [], [], reader.line_num + 1
    for cells in reader:
        if len(cells) in (0, 2, 3):
            kept.append(cells + [""] * (3 - len(cells)))
            lines.append(line)
        else:
            refused.append(line)
        line = reader.line_num + 1
    return kept, lines, refused


@pytest.mark.parametrize(
    ("odd", "end"),
    [
        pytest.param('x,"plain","as the others"', "\n", id="nothing odd"),
        pytest.param('x,"Zoë","ünïcode"', "\n", id="letters beyond ASCII"),
        pytest.param('x,"plain","as the others"', "\r\n", id="lines of Windows"),
        pytest.param('x,"broken","over\ntwo lines"', "\n", id="a line break in a cell"),
        pytest.param("x,short", "\n", id="a short row"),
        pytest.param("x,much,too,long", "\n", id="a long row"),
        pytest.param("", "\n", id="an empty line"),
        pytest.param("x,plain,an old line end\ry,plain,as the others", "\n", id="a line ended by a return"),
        pytest.param('x,"broken","over\ntwo lines"\ry,"plain","old end"', "\n", id="a break and a return even out"),
        pytest.param('x,a "quote",inside', "\n", id="a stray quote"),
    ],
)
def test_a_text_of_many_blocks_reads_as_a_plain_loop_reads_it(odd: str, end: str) -> None:
    text = _many(odd, end)
    table = read_delimited("it", text.encode())
    kept, lines, refused = _plainly(text)
    assert table.rows.tolist() == lines
    assert [reject.row for reject in table.rejects] == refused
    cells = [[cell or "" for cell in column.to_pylist()] for column in table.columns]
    assert [list(row) for row in zip(*cells, strict=True)] == kept


def test_a_text_of_even_rows_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[bool] = []
    once = pyarrow.csv.read_csv

    def counted(*given: Any, **named: Any) -> pa.Table:
        read.append(named["read_options"].use_threads)
        return once(*given, **named)

    monkeypatch.setattr(pyarrow.csv, "read_csv", counted)
    text = _many('x,"plain","as the others"').encode()
    for end in (b"", b"\n"):
        read.clear()
        read_delimited("it", text + end)
        assert read == [True]
    read.clear()
    read_delimited("it", b'id,bio\na,"over\ntwo lines"\n')
    assert read == [False]


def test_plain_utf8_is_taken_as_it_stands() -> None:
    for plain in (b"id\na\n", "id\nZoë\n".encode()):
        assert utf8("it", plain).content is plain


@pytest.mark.parametrize(
    ("content", "text", "warning"),
    [
        pytest.param(b"\xef\xbb\xbfid\na\n", "id\na\n", None, id="a mark of UTF-8"),
        pytest.param("id\nZoë\n".encode("utf-16"), "id\nZoë\n", None, id="a mark of UTF-16"),
        pytest.param("id\nana\n".encode("utf-16-le"), "id\nana\n", "UTF-16-LE", id="UTF-16 without a mark"),
        pytest.param(b"id\n" + b"a\n" * 99_999 + b"Zo\xeb\n", "id\n" + "a\n" * 99_999 + "Zoë\n", "1252", id="late"),
    ],
)
def test_any_other_text_becomes_utf8(content: bytes, text: str, warning: str | None) -> None:
    found = utf8("it", content)
    assert found.content.decode() == text
    assert [warning in said for said in found.warnings] == ([True] if warning else [])
