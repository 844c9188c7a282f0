"""A stranger's file is taken in whole and harmless, or refused in one line with nothing left behind."""

import hashlib
import io
import json
import os
import struct
import tracemalloc
import zipfile
import zlib
from dataclasses import replace
from itertools import repeat

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from xlsxwriter import Workbook

from asterism.errors import AsterismError, BadInput, OutsideFailure, UnreadableFile, WrongUsage
from asterism.store import archives
from asterism.store.archives import GENEROUS, Limits, insist_on_sound_workbook
from asterism.store.files import open_tables
from asterism.store.sheets import read_workbook
from asterism.store.uploads import Upload, limits_of, receive, tidy

SMALL = Limits(size=4 << 20, unpacked=8 << 20, cells=100_000, columns=1_000, cell=100_000)
CSV = b"handle,followers\n@ana,12000\n=1+1,5\n"


def workbook(*rows):
    held = io.BytesIO()
    book = Workbook(held, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, row in enumerate(rows or [("handle", "followers"), ("@ana", 12_000)]):
        sheet.write_row(at, 0, row)
    book.close()
    return held.getvalue()


def archive(parts, method=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return held.getvalue()


TYPES = "<Types/>"
BOOK = {"[Content_Types].xml": TYPES, "xl/workbook.xml": "<workbook/>"}


def sheet(cells, shared=""):
    return archive(
        BOOK | {"xl/worksheets/sheet1.xml": f"<worksheet>{cells}</worksheet>", "xl/sharedStrings.xml": shared}
    )


def lying(content, name, size):
    """The archive with another unpacked size of one part in its directory."""
    raw = bytearray(content)
    at = raw.rindex(name.encode()) - 46
    assert raw[at : at + 4] == b"PK\x01\x02"
    packed = struct.unpack_from("<I", raw, at + 20)[0]
    offset = struct.unpack_from("<I", raw, at + 42)[0]
    start = offset + 30 + sum(struct.unpack_from("<HH", raw, offset + 26))
    whole = zlib.decompress(bytes(raw[start : start + packed]), -15)
    struct.pack_into("<I", raw, at + 16, zlib.crc32(whole[:size]))
    struct.pack_into("<I", raw, at + 24, size)
    return bytes(raw)


def parquet(table):
    held = io.BytesIO()
    pq.write_table(table, held)
    return held.getvalue()


def took(content, tmp_path, name="list.csv", limits=SMALL):
    return receive([content[i : i + 1_000] for i in range(0, len(content), 1_000)], name, tmp_path / "in", limits)


# what is taken in

TAKEN = {
    "csv": (CSV, "csv"),
    "csv in utf-16": (CSV.decode().encode("utf-16"), "csv"),
    "csv in utf-16 without a mark": (CSV.decode().encode("utf-16-le"), "csv"),
    "csv in latin-1": ("name\nJosé\n".encode("latin-1"), "csv"),
    "csv with markup in a cell": (b"handle,bio\nana,<script>alert(1)</script>\n", "csv"),
    "json": (b'[{"handle": "ana", "bio": "[[[[{{{{\\"[["}]', "json"),
    "json with brackets behind a quote in a text": (json.dumps([{"bio": '"' + "[" * 100}]).encode(), "json"),
    "json of many objects side by side": (json.dumps([{"a": [[]]}] * 300).encode(), "json"),
    "json lines": (b'{"handle": "ana"}\n{"handle": "bo"}\n', "json"),
    "xlsx": (workbook(), "xlsx"),
    "xlsx of many repeated texts": (workbook(*repeat(("a name that stands in every row", 1), 3_000)), "xlsx"),
    "parquet": (parquet(pa.table({"handle": ["ana"]})), "parquet"),
}


@pytest.mark.parametrize(("content", "kind"), TAKEN.values(), ids=list(TAKEN))
def test_a_table_is_taken_in_as_it_stands(tmp_path, content, kind):
    found = took(content, tmp_path, "my list (2).txt")
    assert found == Upload(found.path, "my list (2).txt", len(content), kind, hashlib.sha256(content).hexdigest())
    assert found.path.read_bytes() == content
    assert found.path.parent == tmp_path / "in"
    assert len(found.path.name) == 32
    assert found.path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "in").stat().st_mode & 0o777 == 0o700
    assert open_tables(str(found.path)).tables


def test_two_files_of_one_name_lie_under_different_ones(tmp_path):
    assert took(CSV, tmp_path).path != took(CSV, tmp_path).path


def test_a_formula_in_a_csv_stays_the_text_it_is(tmp_path):
    (table,) = open_tables(str(took(CSV, tmp_path).path)).tables
    assert table.columns[0].to_pylist() == ["@ana", "=1+1"]


# what is refused

DEEP = "[" * 500 + "]" * 500
EVERY = "".join(f'<c r="A{i}" t="s"><v>0</v></c>' for i in range(1, 400))
REFUSED = {
    "a program": (b"MZ\x90\x00" + bytes(100), "it is a program"),
    "a program for Linux": (b"\x7fELF" + bytes(100), "it is a program"),
    "a script": (b"#!/bin/sh\nrm -rf /\n", "it is a script"),
    "html": (b"<!DOCTYPE html><p>x</p>", "HTML, SVG or XML"),
    "html after a mark and blank lines": (b"\xef\xbb\xbf\n\n <HTML>", "HTML, SVG or XML"),
    "html in utf-16": ("<script>alert(1)</script>".encode("utf-16"), "HTML, SVG or XML"),
    "html in utf-16 without a mark": ("<script>alert(1)</script>".encode("utf-16-le"), "HTML, SVG or XML"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "HTML, SVG or XML"),
    "xml": (b'<?xml version="1.0"?><a/>', "HTML, SVG or XML"),
    "php": (b"<?php system('x');", "HTML, SVG or XML"),
    "a pdf": (b"%PDF-1.7\n", "it is a PDF"),
    "an image": (b"\x89PNG\r\n\x1a\n", "it is an image"),
    "gzip": (b"\x1f\x8b\x08" + bytes(30), "compressed with gzip: unpack it first"),
    "an old or locked workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "locked with a password"),
    "nothing": (b"", "is empty"),
    "blanks": (b" \n\t\r\n", "is empty"),
    "zero bytes in text": (b"handle,name\nana,a\x00b\n", "holds zero bytes"),
    "deep json": (f'{{"a": {DEEP}}}'.encode(), "nested deeper than 64"),
    "deep json in lines": (b'{"a": 1}\n{"a": ' + DEEP.encode() + b"}\n", "nested deeper than 64"),
    "a million columns": (b"," * 1_000_000 + b"\n" + b"," * 1_000_000, "more than 1,000 columns"),
    "as many columns in a later line": (b"a,b\n1,2\n" + b"x\t" * 5_000 + b"\n", "more than 1,000 columns"),
    "one enormous cell": (b"handle\n" + b"x" * 300_000 + b"\n", "a cell of more than 100,000 bytes"),
    "a broken archive": (workbook()[:2_000], "not a workbook that can be read"),
    "another archive": (archive({"a.txt": "x"}), "no XLSX workbook"),
    "an OpenDocument sheet": (archive({"mimetype": "x", "content.xml": "<a/>"}), "no XLSX workbook"),
    "macros": (archive(BOOK | {"xl/vbaProject.bin": "x"}), "with macros"),
    "macros by their type": (
        archive(BOOK | {"[Content_Types].xml": '<Types t="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'}),
        "with macros",
    ),
    "old macros": (archive(BOOK | {"xl/macrosheets/sheet1.xml": "<a/>"}), "with macros"),
    "an archive in an archive": (archive(BOOK | {"xl/inner.zip": "PK"}), "holds other files"),
    "an embedded file": (archive(BOOK | {"xl/embeddings/oleObject1.bin": "x"}), "holds other files"),
    "a path out of the archive": (archive(BOOK | {"xl/../../etc/passwd": "x"}), "unsound names"),
    "an absolute path": (archive(BOOK | {"/etc/passwd": "x"}), "unsound names"),
    "thousands of parts": (archive(BOOK | {f"xl/{i}.xml": "" for i in range(2_500)}), "2,502 parts, more than 2,000"),
    "a bomb by size": (archive(BOOK | {"xl/media/a": os.urandom(90_000) + bytes(9 << 20)}), "more than 8 MB"),
    "a bomb by ratio": (archive(BOOK | {"xl/worksheets/sheet1.xml": b" " * (7 << 20)}), "200-fold"),
    "a bomb of many parts": (
        archive(BOOK | {f"xl/{i}.xml": os.urandom(50_000) + bytes(950_000) for i in range(12)}), "more than 8 MB",
    ),
    "a part larger than it says": (
        lying(archive(BOOK | {"xl/worksheets/sheet1.xml": os.urandom(4_000)}), "xl/worksheets/sheet1.xml", 100),
        "another size than it says",
    ),
    "entities": (
        archive(BOOK | {"xl/sharedStrings.xml": '<!DOCTYPE x [<!ENTITY a "b">]><sst/>'}), "XML with a document type",
    ),
    "two cells far apart": (sheet('<c r="A1"/><c r="XFD1048576"/>'), "columns"),
    "two rows far apart": (sheet('<row r="1"><c r="A1"/></row><row r="900000"><c r="B900000"/>'), "cells apart"),
    "an impossible column": (sheet('<c r="ZZZZZZZ1"><v>1</v></c>'), "columns"),
    "one cell too long": (sheet(f"<c r='A1'><is><t>{'x' * 200_000}</t></is></c>"), "a cell of more than"),
    "one long text in every cell": (sheet(EVERY, f"<sst><si><t>{'ab' * 40_000}</t></si></sst>"), "unpack to more than"),
    "a broken parquet": (b"PAR1" + bytes(50), "damaged Parquet"),
    "a parquet of very many columns": (parquet(pa.table({f"c{i}": [1] for i in range(1_500)})), "1,000 columns"),
    "a parquet that repeats one value": (parquet(pa.table({"a": pa.repeat(1, 200_000)})), "more than can be taken in"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "why"), REFUSED.values(), ids=list(REFUSED))
def test_what_could_do_harm_is_refused_in_one_line_and_leaves_nothing(tmp_path, content, why):
    with pytest.raises(BadInput) as refused:
        took(content, tmp_path, "nice list.csv")
    assert why in refused.value.what
    assert refused.value.what.startswith("nice list.csv ")
    assert refused.value.fix
    assert "\n" not in str(refused.value)
    assert list((tmp_path / "in").iterdir()) == []


NAMES = {
    "up": "../../etc/passwd", "absolute": "/etc/passwd", "windows": "C:\\x.csv", "backslash": "..\\x", "dots": "..",
    "zero": "a\0.csv", "line": "a\nb.csv", "screen": "a\x1b[31m.csv", "turned": "a\u202ecsv.exe", "empty": " ",
    "long": "x" * 300,
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
def test_a_name_that_is_a_path_or_steers_a_screen_is_refused(tmp_path, name):
    with pytest.raises(BadInput, match=r"The file's name (holds a path|cannot be used)") as refused:
        took(CSV, tmp_path, name)
    assert name not in str(refused.value) or not name.strip()
    assert not (tmp_path / "in").exists()


def test_a_large_upload_is_given_up_at_the_limit_and_never_held_in_memory(tmp_path):
    sent = 0

    def endless():
        nonlocal sent
        for chunk in repeat(bytes(range(32, 96)) * 1_024):
            sent += len(chunk)
            yield chunk

    tracemalloc.start()
    try:
        with pytest.raises(BadInput, match=r"larger than 4 MB.*Split it"):
            receive(endless(), "endless.csv", tmp_path / "in", SMALL)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()
    assert sent <= (4 << 20) + 65_536
    assert list((tmp_path / "in").iterdir()) == []


def test_a_sender_who_breaks_off_leaves_nothing(tmp_path):
    def broken():
        yield CSV
        raise ConnectionResetError("gone")

    with pytest.raises(OutsideFailure, match="cannot be written: gone"):
        receive(broken(), "list.csv", tmp_path / "in", SMALL)
    assert list((tmp_path / "in").iterdir()) == []


def test_what_a_killed_process_left_goes_after_a_day(tmp_path):
    for name, age in (("old.part", 100_000), ("new.part", 10), ("0123", 100_000)):
        (tmp_path / name).write_text("x")
        os.utime(tmp_path / name, (os.path.getmtime(tmp_path / name) - age,) * 2)  # noqa: PTH204
    tidy(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["0123", "new.part"]


def test_the_limit_is_fifty_megabytes_unless_the_environment_says_otherwise():
    assert limits_of({}).size == Limits().size == 50 << 20
    assert limits_of({"ASTERISM_UPLOAD_MB": "7"}).size == 7 << 20
    for words in ("0", "many", "-1", "9999"):
        with pytest.raises(WrongUsage, match="ASTERISM_UPLOAD_MB"):
            limits_of({"ASTERISM_UPLOAD_MB": words})


# the command line's own readers

BOMBS = {
    "two rows far apart": "cells apart", "a part larger than it says": "another size", "entities": "document type",
    "an impossible column": "columns",
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_workbook_that_would_fill_the_memory_is_refused_on_ones_own_machine_too(name):
    content = sheet('<c r="A1"/><c r="Z99999999"/>') if "far apart" in name else REFUSED[name][0]
    with pytest.raises(UnreadableFile, match=rf"list\.xlsx .*({BOMBS[name]})"):
        read_workbook("list.xlsx", content)


@pytest.mark.parametrize("size", [1, 7, 64, 997])
@pytest.mark.parametrize("name", [*BOMBS, "one cell too long", "one long text in every cell"])
def test_nothing_hides_where_two_pieces_meet(tmp_path, monkeypatch, name, size):
    content, why = REFUSED[name]
    monkeypatch.setattr("asterism.store.archives.CHUNK", size)
    with pytest.raises(UnreadableFile, match=why):
        took(content, tmp_path)


def test_a_part_that_says_too_little_of_itself_is_unpacked_no_further_than_it_says(tmp_path, monkeypatch):
    content = lying(archive(BOOK | {"xl/worksheets/sheet1.xml": os.urandom(1 << 20)}), "xl/worksheets/sheet1.xml", 100)
    seen = []
    pieces = archives._pieces
    monkeypatch.setattr("asterism.store.archives.CHUNK", 1 << 12)
    monkeypatch.setattr("asterism.store.archives._pieces", lambda *a: (seen.append(len(p)) or p for p in pieces(*a)))
    with pytest.raises(UnreadableFile, match="another size"):
        took(content, tmp_path)
    assert sum(seen) < 1 << 14


def test_what_cells_refer_to_is_counted_over_all_sheets(tmp_path):
    cells = "".join(f'<c r="A{i}" t="s"><v>0</v></c>' for i in range(1, 61))
    sheets = {f"xl/worksheets/sheet{i}.xml": f"<worksheet>{cells}</worksheet>" for i in (1, 2)}
    shared = {"xl/sharedStrings.xml": f"<sst><si><t>{'ab' * 40_000}</t></si></sst>"}
    one = archive(BOOK | shared | dict(list(sheets.items())[:1]))
    assert took(one, tmp_path).kind == "xlsx"
    with pytest.raises(UnreadableFile, match="unpack to more than 8 MB"):
        took(archive(BOOK | shared | sheets), tmp_path)


def test_measuring_piece_by_piece_finds_the_same_whatever_the_pieces(monkeypatch):
    rows = [(f"name {i}", i, "text " * 40) for i in range(400)]
    content = workbook(*rows)
    for size in (1 << 16, 997):
        monkeypatch.setattr("asterism.store.archives.CHUNK", size)
        parts = insist_on_sound_workbook("a", io.BytesIO(content), GENEROUS)
        assert "xl/worksheets/sheet1.xml" in parts
        tight = replace(GENEROUS, cells=3 * 400 - 1)
        with pytest.raises(AsterismError, match="1,200 cells apart"):
            insist_on_sound_workbook("a", io.BytesIO(content), tight)
        insist_on_sound_workbook("a", io.BytesIO(content), replace(GENEROUS, cells=3 * 400))


def test_json_depth_is_counted_outside_of_texts(tmp_path):
    nested = {"a": "[" * 500}
    for _ in range(60):
        nested = {"a": nested}
    assert took(json.dumps([nested]).encode(), tmp_path).kind == "json"
    for _ in range(3):
        nested = {"a": nested}
    with pytest.raises(UnreadableFile, match="nested deeper"):
        took(json.dumps([nested]).encode(), tmp_path)
