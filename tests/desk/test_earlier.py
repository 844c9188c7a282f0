"""An earlier plan made again from what the catalogue held then."""

import json
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from deltalake import DeltaTable

from asterism.desk.earlier import versions_then
from asterism.desk.import_ import Choices, import_files
from asterism.desk.loading import Sources
from asterism.desk.plan import plan_files
from asterism.desk.stored import open_catalogue
from asterism.errors import AsterismError, BadInput, NotFound
from asterism.store.catalogue import Catalogue, Version

BRIEF = 'goal = "awareness"\nbudget = "900 USD"\n'
HEAD = "creator_id,handle,platform,followers\n"
FIRST = f"{HEAD}u1,@Ada,instagram,9000\nu2,@Bo,instagram,50000\nu3,@Cy,instagram,-5\n"
SECOND = f"{HEAD}u4,@Di,instagram,30000\nu5,@Ed,instagram,many\nu1,@Ada,instagram,8000\n"
POSTS = "post_id,handle,platform,likes,format\n" + "".join(f"p{i},@ada,instagram,{300 + i},post\n" for i in range(5))
LATER = datetime(2999, 1, 1, tzinfo=UTC)


def bring(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)
    import_files([str(folder / name)], Choices(catalogue=folder / "catalogue"))


def planned(folder: Path, at: str | None = None) -> str:
    """The plan's JSON from the catalogue, now or as it was."""
    sources = Sources(catalogue=folder / "catalogue", at=at)
    return json.dumps(plan_files(str(folder / "brief.toml"), None, sources).to_dict(), default=str)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue with an import, a plan made from it in `plan.json`, and two imports that came after."""
    tmp_path = tmp_path_factory.mktemp("earlier")
    (tmp_path / "brief.toml").write_text(BRIEF)
    bring(tmp_path, "first.csv", FIRST)
    (tmp_path / "plan.json").write_text(planned(tmp_path))
    time.sleep(0.005)
    bring(tmp_path, "second.csv", SECOND)
    bring(tmp_path, "posts.csv", POSTS)
    return tmp_path


@pytest.fixture(scope="module")
def newest(folder: Path) -> str:
    """The plan's JSON from everything imported."""
    return planned(folder)


def committed(folder: Path, kind: str, number: int) -> datetime:
    return next(v.at for v in open_catalogue(folder / "catalogue").history(kind) if v.number == number)


def test_a_plan_is_made_again_to_the_letter_after_further_imports(folder: Path, newest: str) -> None:
    first = (folder / "plan.json").read_text()
    assert newest != first
    assert planned(folder, str(folder / "plan.json")) == first


@pytest.mark.parametrize("form", ["time", "time with zone", "number"])
def test_a_time_or_a_version_says_the_same_as_the_plan(folder: Path, form: str) -> None:
    stamp = json.loads((folder / "plan.json").read_text())["versions"]["creators"]
    number = int(stamp.removeprefix("delta:"))
    moment = committed(folder, "creators", number) + timedelta(milliseconds=1)
    east = (moment + timedelta(hours=2)).replace(tzinfo=None).isoformat() + "+02:00"
    word = {"time": moment.replace(tzinfo=None).isoformat(), "time with zone": east, "number": str(number)}[form]
    assert planned(folder, word) == (folder / "plan.json").read_text()


class Hasty(Catalogue):
    """A catalogue whose two last versions of the creators were committed in the same millisecond."""

    def history(self, _kind: str) -> list[Version]:
        return [Version(number, datetime(2026, 1, 1, tzinfo=UTC), "MERGE") for number in (5, 4)]

    def versions(self, _at: datetime | None = None) -> dict[str, int]:
        return {"creators": 5, "posts": 2}


def test_a_version_asked_for_by_its_number_is_that_one(tmp_path: Path) -> None:
    assert versions_then(Hasty(tmp_path), "4", LATER) == {"creators": "delta:4", "posts": "delta:2"}


def test_a_table_that_did_not_exist_yet_is_left_out(folder: Path) -> None:
    catalogue = open_catalogue(folder / "catalogue")
    moment = committed(folder, "creators", 1).isoformat()
    assert "posts" in versions_then(catalogue, LATER.isoformat(), LATER)
    assert "posts" not in versions_then(catalogue, moment, LATER)


def test_a_day_counts_to_its_end(folder: Path) -> None:
    catalogue = open_catalogue(folder / "catalogue")
    today = committed(folder, "creators", 1).date().isoformat()
    standing = {kind: f"delta:{n}" for kind, n in catalogue.versions().items()}
    assert versions_then(catalogue, today, LATER) == standing
    assert versions_then(catalogue, today, datetime.now(UTC)) == standing
    with pytest.raises(NotFound, match="held no creators"):
        versions_then(catalogue, (datetime.now(UTC) - timedelta(days=2)).date().isoformat(), LATER)


def test_rejects_and_remarks_are_those_of_then(folder: Path, newest: str) -> None:
    first, now = json.loads((folder / "plan.json").read_text()), json.loads(newest)
    assert (first["rejects"], now["rejects"]) == (1, 2)


REFUSED = {
    "a version to come": ("99", NotFound, "no version 99 of the creators. Versions run from 0 to"),
    "a time to come": ("2998-01-01", NotFound, "2998-01-01 lies in the future"),
    "a time before it began": ("1999-01-01T12:00", NotFound, "held no creators at 1999-01-01 12:00:00 UTC. It begins"),
    "neither file nor time": ("2026-13-77", NotFound, "no plan, version or time `2026-13-77`. Name a plan's JSON file"),
    "no plan": ("first.csv", BadInput, "is no plan: it names no versions"),
    "a plan of files": ("files.json", BadInput, r"made from files \(creators\).*--creators FILE"),
    "a plan of tables": ("memory.json", BadInput, "made from tables in memory"),
    "a version nobody made": ("beyond.json", NotFound, "no version 70 of creators"),
}


@pytest.mark.parametrize(("word", "kind", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_made_again_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch, word: str, kind: type[AsterismError], said: str
) -> None:
    monkeypatch.chdir(folder)
    stamps = {"files": {"creators": "sha256:ab"}, "memory": {}, "beyond": {"creators": "delta:70"}}
    for name, versions in stamps.items():
        (folder / f"{name}.json").write_text(json.dumps({"versions": versions}))
    with pytest.raises(kind, match=said):
        planned(folder, word)


def test_rows_that_were_vacuumed_are_missed_by_name(folder: Path, tmp_path: Path, newest: str) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    bring(tmp_path / "copy", "first.csv", FIRST)  # its rows are written anew, and the old file is only the past's
    table = DeltaTable(tmp_path / "copy" / "catalogue" / "creators")
    table.vacuum(retention_hours=0, enforce_retention_duration=False, dry_run=False)
    with pytest.raises(NotFound, match="creators at version 1 are gone: the table was vacuumed since"):
        planned(tmp_path / "copy", str(folder / "plan.json"))
    assert json.loads(planned(tmp_path / "copy"))["picks"] == json.loads(newest)["picks"]


def test_an_empty_catalogue_has_no_past(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"holds no version 3 of the creators\. Import some first"):
        versions_then(open_catalogue(tmp_path / "none"), "3", LATER)
    with pytest.raises(NotFound, match=r"held no creators at .*\. Import some first"):
        versions_then(open_catalogue(tmp_path / "none"), "2026-01-01", LATER)
