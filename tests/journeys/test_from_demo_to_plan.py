"""From the demo to one's own plan: the command it prints, the catalogue, other formats, the same bytes again."""

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from asterism.creators.tables import SCHEMAS

pytestmark = pytest.mark.xdist_group("demo")
"""What its tests share is made once."""

BRIEF = 'goal = "awareness"\nbudget = "1500 USD"\n[limits]\nmax_creators = 4\n'


@pytest.fixture
def brief(tmp_path: Path) -> str:
    """A brief that small markets answer quickly."""
    (tmp_path / "brief.toml").write_text(BRIEF)
    return str(tmp_path / "brief.toml")


def options(files: dict[str, str]) -> list[str]:
    """The command line's options for some files."""
    return [word for name, path in files.items() for word in (f"--{name}", path)]


def said(plan: dict[str, Any]) -> dict[str, Any]:
    """What a plan says, less the versions of its tables."""
    return {key: value for key, value in plan.items() if key != "versions"}


def alike(one: Any, other: Any) -> bool:
    """Whether two answers say the same, numbers to nine digits: rows in another order are added up in another order."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, float) or isinstance(other, float):
        return one == pytest.approx(other, rel=1e-9)
    return bool(one == other)


def test_the_demo_leaves_all_that_is_needed_to_plan_again(demo: Any) -> None:
    assert sorted(path.name for path in demo.folder.iterdir()) == [
        "audiences.csv", "brief.toml", "clicks.csv", "codes.csv", "creators.csv", "deals.csv", "fx.csv", "orders.csv",
        "outcomes.csv", "posts.csv", "rates.csv", "report.html", "survey.csv",
    ]  # fmt: skip


def test_the_files_of_the_demo_give_the_demos_plan(
    demo: Any, parsed: Callable[[bytes], Any], answered: Callable[..., Any]
) -> None:
    files = {name: str(demo.folder / f"{name}.csv") for name in ("creators", "posts", "audiences", "rates")}
    outcomes = ("--with", f"outcomes={demo.folder / 'outcomes.csv'}")
    again = answered("plan", str(demo.folder / "brief.toml"), *options(files), *outcomes, "--seed", "1")
    first = parsed(demo.printed)
    assert again["verdict"] == first["verdict"]
    assert said(again) == said(first)


@pytest.fixture(scope="module")
def shown_demo(tmp_path_factory: pytest.TempPathFactory, asterism_command: Callable[..., Any]) -> tuple[Path, str]:
    """The same demo again, in a folder with an awkward name: the folder, and what people were shown."""
    folder = tmp_path_factory.mktemp("again") / "it's a demo"
    done = asterism_command("demo", "--out", str(folder), "--creators", "60", "--seed", "1")
    assert (done.returncode, done.stderr) == (0, b"")
    return folder, done.stdout.decode()


def test_the_same_seed_gives_the_same_bytes(demo: Any, shown_demo: tuple[Path, str]) -> None:
    for path in demo.folder.iterdir():
        assert (shown_demo[0] / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_command_the_demo_prints_gives_what_the_demo_showed(
    shown_demo: tuple[Path, str], asterism_command: Callable[..., Any]
) -> None:
    folder, printed = shown_demo
    shown, _, note = printed.rpartition("Report: ")
    report, _, commands = note.strip().partition("  Try: ")
    command, _, measure = commands.partition("  Then what came of it: ")
    assert Path(report) == folder / "report.html"
    assert Path(report).read_text(encoding="utf-8").startswith("<!doctype html>")
    program, *words = shlex.split(command)
    again = asterism_command(*words)
    assert (program, again.returncode, again.stderr) == ("asterism", 0, b"")
    assert again.stdout.decode() == shown
    came = asterism_command(*shlex.split(measure)[1:])
    assert (came.returncode, "Back for each" in came.stdout.decode()) == (0, True)


def test_another_seed_draws_other_luck(files: dict[str, str], brief: str, answered: Callable[..., Any]) -> None:
    first, same, other = (
        answered("plan", brief, "--creators", files["creators"], "--seed", seed) for seed in ("1", "1", "2")
    )
    assert first == same
    assert first["forecast"] != other["forecast"]


def test_the_catalogue_plans_as_the_files_do(
    files: dict[str, str], brief: str, tmp_path: Path, answered: Callable[..., Any]
) -> None:
    catalogue = str(tmp_path / "catalogue")
    done = answered("import", *files.values(), "--catalogue", catalogue)
    assert {one["kind"]: one["accepted"] for one in done if one["kind"] in files} == {
        name: len(Path(path).read_text(encoding="utf-8").splitlines()) - 1 for name, path in files.items()
    }
    imported = answered("plan", brief, "--catalogue", catalogue)
    read = answered("plan", brief, *options(files))
    assert alike(imported["picks"], read["picks"])
    assert alike(imported["verdict"], read["verdict"])
    past = {"snapshots": imported["versions"].get("snapshots")}  # kept of dated creators, not imported by name
    assert imported["versions"] == {**{one["kind"]: f"delta:{one['version']}" for one in done}, **past}


def test_importing_again_moves_the_versions_and_not_the_plan(
    files: dict[str, str], brief: str, tmp_path: Path, answered: Callable[..., Any]
) -> None:
    catalogue = str(tmp_path / "catalogue")
    answered("import", files["creators"], "--catalogue", catalogue)
    first = answered("plan", brief, "--catalogue", catalogue)
    answered("import", files["creators"], "--catalogue", catalogue)
    assert said(answered("plan", brief, "--catalogue", catalogue)) == said(first)


def test_the_data_directory_is_where_the_catalogue_lies(
    files: dict[str, str],
    brief: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    asterism_command: Callable[..., Any],
) -> None:
    monkeypatch.setenv("ASTERISM_HOME", str(tmp_path / "home"))
    done = asterism_command("import", files["creators"], "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "home" / "catalogue").is_dir()


@pytest.fixture(scope="session")
def from_csv() -> dict[str, Any]:
    """The plan made from CSV, once it has been asked for."""
    return {}


def _workbook(table: pa.Table, path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("creators")
        for row, cells in enumerate([table.column_names, *(record.values() for record in table.to_pylist())]):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell if isinstance(cell, str | int | float | None) else str(cell))


def _json_lines(table: pa.Table, path: Path) -> None:
    path.write_text("".join(json.dumps(record, default=str) + "\n" for record in table.to_pylist()))


def _json(table: pa.Table, path: Path) -> None:
    path.write_text(json.dumps(table.to_pylist(), default=str))


def _tabbed(table: pa.Table, path: Path) -> None:
    rows = [table.column_names, *(record.values() for record in table.to_pylist())]
    text = "\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in rows)
    path.write_bytes(text.encode("utf-16"))


FORMATS = {
    "XLSX": _workbook, "JSON lines": _json_lines, "JSON": _json, "TSV in UTF-16": _tabbed,
    "Parquet": pq.write_table,
}  # fmt: skip


@pytest.mark.parametrize("write", FORMATS.values(), ids=list(FORMATS))
def test_creators_in_any_format_give_the_same_plan(
    market: dict[str, pa.Table],
    files: dict[str, str],
    brief: str,
    tmp_path: Path,
    write: Callable[[pa.Table, Path], None],
    from_csv: dict[str, Any],
    answered: Callable[..., Any],
) -> None:
    write(market["creators"], tmp_path / "creators.csv")  # told apart by content: the ending says nothing
    written = answered("plan", brief, "--creators", str(tmp_path / "creators.csv"))
    if not from_csv:
        from_csv.update(answered("plan", brief, "--creators", files["creators"]))
    assert alike(said(written), said(from_csv))
    assert written["rejects"] == 0


def test_a_report_is_a_page_or_a_workbook(
    files: dict[str, str], brief: str, tmp_path: Path, shown: Callable[..., str]
) -> None:
    for name, start in (("plan.html", b"<!doctype html>"), ("Plan.XLSX", b"PK\x03\x04")):
        out = shown("plan", brief, "--creators", files["creators"], "--report", str(tmp_path / "new" / name))
        assert out.endswith(f"Report: {tmp_path / 'new' / name}\n")
        assert (tmp_path / "new" / name).read_bytes().startswith(start)


def test_people_are_shown_what_each_file_looks_like(files: dict[str, str], shown: Callable[..., str]) -> None:
    out = shown("check", *files.values())
    for name, path in files.items():
        assert Path(path).name in out.replace("\n", "")
        assert f": {name}, " in out.replace("\n", " ")
    assert {"followers", "posted_at", "bucket", "price"} <= set(out.split())


def test_every_kind_the_schemas_know_is_told_by_its_own_columns(
    files: dict[str, str], answered: Callable[..., Any]
) -> None:
    for entry in answered("check", *files.values())["files"]:
        assert {column["field"] for column in entry["columns"]} <= set(SCHEMAS[entry["kind"]].names)
        assert entry["rejected"] == entry["rows"] - entry["accepted"] == 0


PEOPLE = {"a": range(300), "b": range(200, 500), "c": range(50)}


@pytest.fixture
def followed(tmp_path: Path) -> list[str]:
    """Three creators with known followers, as options."""
    rows = [(name, person) for name, people in PEOPLE.items() for person in people]
    creators = "".join(f"{name},@The.{name.upper()},instagram,{len(people)}\n" for name, people in PEOPLE.items())
    (tmp_path / "creators.csv").write_text(f"creator_id,handle,platform,followers\n{creators}")
    (tmp_path / "followers.csv").write_text("creator_id,person\n" + "".join(f"{n},p{p:04}\n" for n, p in rows))
    return ["--creators", str(tmp_path / "creators.csv"), "--followers", str(tmp_path / "followers.csv")]


@pytest.mark.parametrize("named", [["a", "b"], ["@the.a", "@The.B"], ["a", "@the.b", "@THE.A"]], ids=str)
def test_people_are_counted_once_whichever_way_creators_are_named(
    followed: list[str], named: list[str], answered: Callable[..., Any]
) -> None:
    reach = answered("reach", *named, *followed)
    both, either = (set(PEOPLE["a"]) & set(PEOPLE["b"]), set(PEOPLE["a"]) | set(PEOPLE["b"]))
    assert set(reach) >= {"people", "low", "high", "frequency", "rung", "kind"}
    assert reach["people"] == pytest.approx(len(either))
    assert reach["frequency"] == pytest.approx([len(either) - len(both), len(both)])
    assert (reach["rung"], reach["kind"]) == (1, "potential")


def test_reach_is_shown_to_people_with_its_range(followed: list[str], shown: Callable[..., str]) -> None:
    out = shown("reach", "a", "c", *followed)
    assert out.startswith("300 ")
    assert "counted once" in out
