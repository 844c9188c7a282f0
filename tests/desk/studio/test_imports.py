"""Files are looked at, imported as a job, and deleted once they are in the catalogue; what is refused stays."""

import pytest

from asterism.desk.stored import load_catalogue
from asterism.desk.studio import importing
from asterism.desk.studio.imports import Import, bring, import_page, remove_upload, start_import, start_sample
from asterism.errors import BadInput, NotAllowed, NotFound
from asterism.store.ledger.files import staging_of
from asterism.store.ledger.models import Event, Job, Upload
from asterism.store.ledger.places import catalogue_of, has_creators, uploads_of
from tests.studio import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home", "at_once")]
GOOD = b"handle,platform,followers,niche\n@ana,instagram,12000,beauty\n@bo,tiktok,abc,fashion\n"
MANY = 50_000_000


@pytest.fixture
def ours():
    """A workspace with a member of each role."""
    return place()


def brought(seat, *contents, name="some creators.csv"):
    """The ended job that looked at some files."""
    named = [(name, [content]) for content in contents]
    job = bring(seat, named, MANY)
    job.refresh_from_db()
    return job


def imported(seat, job, **more):
    """The ended import of what a job looked at."""
    done = start_import(seat, Import(uploads=job.result["uploads"], **more))
    done.refresh_from_db()
    return done


def bytes_in(folder):
    """How many files lie in a folder."""
    return len([path for path in folder.rglob("*") if path.is_file()]) if folder.exists() else 0


def test_a_file_is_looked_at_and_nothing_is_imported_yet(ours):
    job = brought(ours.owner, GOOD)
    (entry,) = job.result["files"]
    assert (entry["file"], entry["kind"], entry["rows"], entry["accepted"]) == ("some creators.csv", "creators", 2, 2)
    assert entry["rejects"][0]["row"] == 3
    assert not has_creators(ours.owner.workspace)
    assert bytes_in(uploads_of(ours.owner.workspace)) == 1


def test_after_the_import_rows_are_in_the_catalogue_rejects_are_listed_and_the_raw_file_is_gone(
    ours, django_capture_on_commit_callbacks
):
    seat = ours.seat("analyst")
    looked = brought(seat, GOOD)
    with django_capture_on_commit_callbacks(execute=True):
        job = imported(seat, looked)
    assert (job.state, job.result["accepted"], job.result["rejected"]) == ("done", 2, 1)
    (reject,) = job.result["rejects"]
    assert reject == {"file": "some creators.csv", "row": 3, "column": "followers", "value": "abc",
                      "reason": reject["reason"]}  # fmt: skip
    loaded = load_catalogue(catalogue_of(seat.workspace)).tables
    assert sorted(loaded.creators["handle"].to_pylist()) == ["ana", "bo"]
    assert loaded.creators["source"].to_pylist() == ["some creators.csv"] * 2
    assert bytes_in(uploads_of(seat.workspace)) == bytes_in(staging_of(seat.workspace)) == 0
    assert not Upload.objects.exists()
    assert Event.objects.filter(action="creators.imported", facts__accepted=2).exists()


def test_nothing_that_is_kept_names_a_folder_of_this_machine(ours, home):
    looked = brought(ours.owner, GOOD, b"nonsense,words\n1,2\n")
    job = imported(ours.owner, looked)
    assert str(home) not in str(looked.result)
    assert str(home) not in str({**job.result, "sources": ""}) + str(job.error)
    plan_rejects = load_catalogue(catalogue_of(ours.owner.workspace)).tables if job.state == "done" else None
    assert plan_rejects is None or str(home) not in str(plan_rejects.rejects)


def test_a_file_that_cannot_be_imported_is_kept_and_the_reason_is_said(ours, django_capture_on_commit_callbacks):
    looked = brought(ours.owner, b"handle,platform,followers\n,,\n")
    with django_capture_on_commit_callbacks(execute=True):
        job = imported(ours.owner, looked)
    assert job.state == "failed"
    assert "some creators.csv" in job.error["what"]
    assert "asterism check" not in job.error["fix"]
    assert bytes_in(uploads_of(ours.owner.workspace)) == Upload.objects.count() == 1


def test_a_mended_file_of_the_same_name_replaces_its_rejects(ours):
    imported(ours.owner, brought(ours.owner, GOOD))
    job = imported(ours.owner, brought(ours.owner, GOOD.replace(b"abc", b"50000")))
    assert job.result["rejected"] == 0
    assert load_catalogue(catalogue_of(ours.owner.workspace)).tables.rejects == ()


def test_two_files_of_one_name_are_two_files(ours):
    job = brought(ours.owner, GOOD, GOOD.replace(b"ana", b"cy"))
    assert [entry["file"] for entry in job.result["files"]] == ["some creators.csv", "some creators-2.csv"]


def test_an_import_that_is_done_again_doubles_nothing(ours):
    looked = brought(ours.owner, GOOD)
    done = start_import(ours.owner, Import(uploads=looked.result["uploads"]))
    Job.objects.filter(pk=done.pk).update(state="waiting")
    again = brought(ours.owner, GOOD)
    imported(ours.owner, again)
    assert load_catalogue(catalogue_of(ours.owner.workspace)).tables.creators.num_rows == 2


def test_of_several_files_with_a_bad_one_none_is_kept(ours):
    with pytest.raises(BadInput, match="program"):
        bring(ours.owner, [("a.csv", [GOOD]), ("b.csv", [b"MZ" + bytes(100)])], MANY)
    assert bytes_in(uploads_of(ours.owner.workspace)) == Upload.objects.count() == 0


@pytest.mark.parametrize(
    ("files", "says"),
    [([], "No file"), ([("a.csv", [GOOD])] * 21, "More than 20"), ([("a.csv", [GOOD * 10])], "larger")],
    ids=["none", "many", "large"],
)
def test_too_few_too_many_or_too_large(ours, files, says):
    with pytest.raises(BadInput, match=says):
        bring(ours.owner, files, 200)


def test_files_of_another_workspace_are_not_there(ours):
    theirs = place("Borealis")
    looked = brought(theirs.owner, GOOD)
    with pytest.raises(NotFound, match="not here any more"):
        start_import(ours.owner, Import(uploads=looked.result["uploads"]))
    with pytest.raises(NotFound, match="no such upload"):
        remove_upload(ours.owner, looked.result["uploads"][0])
    assert import_page(ours.owner).waiting == []


@pytest.mark.parametrize("wish", [{"kind": "wishes"}, {"platform": "friendster"}], ids=str)
def test_a_kind_or_platform_we_do_not_know_is_refused(ours, wish):
    looked = brought(ours.owner, GOOD)
    with pytest.raises(BadInput, match=r"Known|Did you"):
        start_import(ours.owner, Import(uploads=looked.result["uploads"], **wish))


def test_a_file_can_be_deleted_instead(ours, django_capture_on_commit_callbacks):
    looked = brought(ours.owner, GOOD)
    with django_capture_on_commit_callbacks(execute=True):
        remove_upload(ours.owner, looked.result["uploads"][0])
    assert bytes_in(uploads_of(ours.owner.workspace)) == Upload.objects.count() == 0


def test_a_viewer_brings_nothing(ours):
    for deed in (lambda s: bring(s, [("a.csv", [GOOD])], MANY), start_sample, import_page):
        with pytest.raises(NotAllowed, match="viewer"):
            deed(ours.seat("viewer"))


def test_the_sample_fills_the_workspace(ours, monkeypatch):
    monkeypatch.setattr(importing, "SAMPLE", 20)
    monkeypatch.setattr(importing, "PEOPLE", 2_000)
    job = start_sample(ours.owner)
    job.refresh_from_db()
    assert job.state == "done", job.error
    loaded = load_catalogue(catalogue_of(ours.owner.workspace)).tables
    assert loaded.creators.num_rows == 20
    assert loaded.posts.num_rows
    assert loaded.rates.num_rows
    assert loaded.audiences.num_rows
    assert set(loaded.creators["source"].to_pylist()) == {"sample creators.csv"}
    assert bytes_in(staging_of(ours.owner.workspace)) == 0


def test_a_name_that_a_spreadsheet_would_run_is_inert_in_the_rejects(ours):
    looked = brought(ours.owner, b"handle,platform,followers\n@ana,instagram,=1+1\n@bo,instagram,9000\n")
    job = imported(ours.owner, looked)
    text = importing.rejects_csv(ours.owner, job.result["sources"]).decode()
    assert "'=1+1" in text
    assert "workspaces" not in text
