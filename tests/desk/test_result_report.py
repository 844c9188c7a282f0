"""Reports on results from the command line: from files, from a saved ledger, from the studio's ledger."""

import json

import pytest

from asterism.desk.measure import Choices, measure_files
from asterism.desk.measure_files import ReturnFiles
from asterism.desk.result_report import KINDS, results_of_campaign, results_of_file, results_of_measured, save_results
from asterism.errors import BadInput, NotFound, WrongUsage
from asterism.reports.results_document import results_document
from tests.measured import measured
from tests.returned import results, returned
from tests.studio import place


@pytest.fixture
def saved(tmp_path):
    """What `asterism measure return --json` prints, in a file."""
    path = tmp_path / "spring.json"
    path.write_text(json.dumps(returned().to_dict()), encoding="utf-8")
    return path


def test_a_saved_ledger_tells_the_same_as_the_one_just_made(saved):
    found = results_of_file(str(saved))
    assert found.title == "spring"
    assert found.returned.to_dict() == json.loads(saved.read_text())


def test_the_studios_own_json_keeps_its_names(saved):
    saved.write_text(json.dumps(results_document(results())), encoding="utf-8")
    found = results_of_file(str(saved))
    assert (found.title, found.brand, found.agency) == ("Autumn launch", "Aurora", "North & Co")


@pytest.mark.parametrize("kind", KINDS)
def test_the_ending_says_the_form(saved, tmp_path, kind):
    path = save_results(results_of_file(str(saved)), tmp_path / f"out.{kind}")
    start = {"html": b"<!doctype", "pdf": b"%PDF", "xlsx": b"PK", "pptx": b"PK", "csv": b'"creator"', "json": b"{"}[
        kind
    ]
    assert path.read_bytes().startswith(start)


def test_an_ending_that_is_none_is_refused(saved, tmp_path):
    with pytest.raises(WrongUsage, match=r"cannot be written as `out\.docx`"):
        save_results(results_of_file(str(saved)), tmp_path / "out.docx")


@pytest.mark.parametrize(
    ("text", "match"), [("{", "is no JSON"), ("[1]", "no ledger of return"), ("{}", "no ledger of return")], ids=str
)
def test_what_is_no_ledger_is_refused(saved, text, match):
    saved.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=match):
        results_of_file(str(saved))


def test_what_files_told_becomes_a_report(tmp_path):
    deals, orders = tmp_path / "deals.csv", tmp_path / "orders.csv"
    deals.write_text(
        "handle,platform,tier,campaign,fee,currency,code\n@ana,instagram,micro,Spring,100,USD,ANA15\n", encoding="utf-8"
    )
    rows = "".join(f"{n},2026-09-02,20,USD,ANA15\n" for n in range(20))
    orders.write_text(f"order,at,amount,currency,codes\n{rows}", encoding="utf-8")
    found = results_of_measured(measure_files(ReturnFiles(str(deals), str(orders)), Choices(margin="50%")), "Spring")
    assert found.returned.total.tracked.kept == 40_000
    assert found.returned.total.roi.tracked == pytest.approx(1.0)


@pytest.mark.django_db
@pytest.mark.usefixtures("home")
def test_a_campaign_of_the_studio_is_found_by_workspace_and_number():
    studio = place()
    of = measured(studio.owner)
    assert results_of_campaign(studio.slug, of.pk).returned.total.costs.total == 105_000
    with pytest.raises(NotFound, match="no such campaign"):
        results_of_campaign(place("Borealis").slug, of.pk)
    with pytest.raises(NotFound, match="no workspace `nobody`"):
        results_of_campaign("nobody", of.pk)
