"""Plans from files, from the catalogue and from tables in memory: the same tables, the same plan."""

import json
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pytest

from asterism.brief import Brief
from asterism.desk.import_ import Choices, import_files
from asterism.desk.loading import Sources, load
from asterism.desk.plan import conformed, plan, plan_files, tables_of
from asterism.desk.reach import reach_files
from asterism.desk.read import Files, read_creators
from asterism.errors import AsterismError, BadInput, NotFound, WrongUsage

BRIEF = 'goal = "awareness"\nbudget = "900 USD"\n'
ROWS = [("u1", "@Ada", 9_000), ("u2", "@Bo", 50_000), ("u3", "@Cy", 2_000)]
CREATORS = "creator_id,handle,platform,followers\n" + "".join(f"{i},{h},instagram,{n}\n" for i, h, n in ROWS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a brief and three creators."""
    (tmp_path / "brief.toml").write_text(BRIEF)
    (tmp_path / "creators.csv").write_text(CREATORS)
    return tmp_path


def files(folder: Path, **more: str) -> Files:
    """The creators of a folder, and further tables written there from their texts."""
    for name, text in more.items():
        (folder / f"{name}.csv").write_text(text)
    return Files(str(folder / "creators.csv"), **{name: str(folder / f"{name}.csv") for name in more})


def test_a_file_a_catalogue_and_a_table_give_the_same_picks(folder: Path) -> None:
    brief = str(folder / "brief.toml")
    import_files([str(folder / "creators.csv")], Choices(catalogue=folder / "catalogue"))
    named = plan_files(brief, files(folder), Sources())
    kept = plan_files(brief, None, Sources(catalogue=folder / "catalogue"))
    given = plan(read_creators(folder / "creators.csv"), Brief(goal="awareness", budget="900 USD"))
    assert named.picks == kept.picks == given.picks
    assert named.versions["creators"].startswith("sha256:")
    assert kept.versions["creators"].startswith("delta:")
    assert given.versions == {}


def test_a_fee_quoted_by_handle_is_the_fee_paid(folder: Path) -> None:
    rates = "handle,package,price,currency,kind\n@ADA,1 post,123,USD,quote\n"
    for loaded in (files(folder, rates=rates), None):
        if loaded is None:
            paths = [str(folder / "creators.csv"), str(folder / "rates.csv")]
            import_files(paths, Choices(catalogue=folder / "catalogue"))
        brief = folder / "only.toml"
        brief.write_text(f'{BRIEF}formats = ["post"]\n[limits]\ninclude = ["@ada"]\nposts_per_creator = 1\n')
        kept = Sources(catalogue=folder / "catalogue") if loaded is None else Sources()
        made = plan_files(str(brief), loaded, kept)
        (ada,) = [pick for pick in made.picks if pick.creator_id == "u1"]
        assert (ada.price.source, ada.price.interval.mean) == ("quote", 123)


def test_a_quote_in_francs_counts_at_the_rate_of_the_file(folder: Path) -> None:
    (folder / "only.toml").write_text(f'{BRIEF}formats = ["post"]\n[limits]\ninclude = ["u1"]\nposts_per_creator = 1\n')
    rates = "creator_id,package,price,currency,kind,date\nu1,1 post,100,CHF,quote,2026-07-01\n"
    fx = "currency,date,usd\nCHF,2026-01-01,1.3\nCHF,2026-06-01,1.1\n"
    made = plan_files(str(folder / "only.toml"), files(folder, rates=rates, fx=fx), Sources())
    (fee,) = [pick.price.interval.mean for pick in made.picks if pick.creator_id == "u1"]
    assert fee == pytest.approx(110)


def test_priors_of_ones_own_replace_ours(folder: Path) -> None:
    (folder / "none.toml").write_text("[no_such_belief]\nmedian = 1\n")
    with pytest.raises(AsterismError, match="no_such_belief"):
        plan_files(str(folder / "brief.toml"), files(folder), Sources(priors=str(folder / "none.toml")))


def test_rejects_and_warnings_reach_the_plan(folder: Path) -> None:
    (folder / "creators.csv").write_text(f"{CREATORS}u4,@Di,instagram,-7\n")
    posts = "post_id,handle,platform,likes\n1,@ada,instagram,5\n2,@zoe,instagram,6\n"
    made = plan_files(str(folder / "brief.toml"), files(folder, posts=posts), Sources())
    assert [(reject.row, reject.value) for reject in made.rejects] == [(5, "-7")]
    assert any("1 of 2 rows of posts name a creator" in warning for warning in made.warnings)


def test_tables_in_memory_may_come_from_any_library() -> None:
    columns = {"creator_id": ["a"], "platform": ["instagram"], "followers": [9_000], "colour": ["red"]}
    arrow = pa.table(columns)
    foreign = SimpleNamespace(to_arrow=lambda: arrow)
    tables = [conformed("creators", given) for given in (columns, arrow, arrow.to_reader(), foreign)]
    assert all(table == tables[0] for table in tables)
    assert "colour" not in tables[0].column_names
    assert tables[0]["niche"].null_count == 1


@pytest.mark.parametrize(
    "given", [7, "creators.csv", {"followers": ["many"]}, {"followers": [1, 2], "creator_id": ["a"]}], ids=str
)
def test_what_is_no_table_is_refused_in_one_line(given: object) -> None:
    with pytest.raises(BadInput, match="The creators table cannot be read") as caught:
        tables_of(given, {})
    assert "\n" not in str(caught.value)


def test_where_there_is_nothing_to_plan_from_it_says_what_to_do(folder: Path) -> None:
    with pytest.raises(NotFound, match="asterism import FILE"):
        load(None, Sources(catalogue=folder / "nowhere"))


@pytest.mark.parametrize("universe", [0.0, -5.0, float("nan"), float("inf")], ids=str)
def test_a_universe_that_cannot_be_is_wrong_usage(folder: Path, universe: float) -> None:
    with pytest.raises(WrongUsage, match="universe"):
        reach_files(["u1"], files(folder), Sources(), universe)


def test_a_creator_without_a_size_has_no_reach_to_tell(folder: Path) -> None:
    (folder / "creators.csv").write_text(f"{CREATORS}u4,@Di,instagram,\n")
    with pytest.raises(BadInput, match="The audience of `u4` has no size"):
        reach_files(["@di"], files(folder), Sources(), None)


def test_what_reach_answers_is_plain_values(folder: Path) -> None:
    told = reach_files(["u1", "@bo"], files(folder), Sources(), 1e6).to_dict()
    assert json.loads(json.dumps(told)) == told
    assert max(9_000, 50_000) <= told["people"] <= 59_000
