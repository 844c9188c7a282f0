from datetime import UTC, datetime, timedelta
from itertools import product

import pyarrow as pa
import pytest
from deltalake import DeltaTable

from asterism.creators.tables import CREATORS, SCHEMAS
from asterism.errors import NotFound, OutsideFailure, WrongUsage, exit_code
from asterism.store.catalogue import Catalogue
from asterism.store.kinds import KINDS
from asterism.store.upserts import conform

DAY = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def catalogue(tmp_path):
    return Catalogue(tmp_path / "a home with spaces, ü and 100%" / "catalogue")


def creators(*rows):
    """A creator table of dictionaries; `day` is the day of January 2026 it was read on."""
    dated = [{k: v for k, v in row.items() if k != "day"} | {"as_of": day_of(row)} for row in rows]
    return pa.Table.from_pylist(dated, schema=CREATORS.arrow)


def day_of(row):
    return DAY + timedelta(days=row["day"] - 1) if row.get("day") else None


def stands(catalogue, *names, kind="creators", version=None):
    return [tuple(row[n] for n in names) for row in catalogue.read(kind, version).to_pylist()]


# what stands after rows met


def test_an_empty_catalogue_reads_as_empty_tables_and_makes_no_folder(catalogue):
    for kind, schema in KINDS.items():
        assert catalogue.read(kind).schema == schema.arrow
        assert catalogue.read(kind).num_rows == 0
    assert catalogue.versions() == {}
    assert catalogue.history("creators") == []
    assert not catalogue.path.exists()


@pytest.mark.parametrize("kind", [*SCHEMAS, "identities"])
def test_rows_come_back_as_they_went_in(catalogue, kind):
    schema = KINDS[kind]
    values = {pa.string(): "ü", pa.int64(): 3, pa.float64(): 0.25, pa.bool_(): True, schema.fields[0].type: "é"}
    row = {f.name: values.get(f.type, DAY) for f in schema.fields}
    catalogue.upsert(kind, pa.Table.from_pylist([row], schema=schema.arrow))
    assert catalogue.read(kind).schema == schema.arrow
    assert catalogue.read(kind).to_pylist() == [row]


@pytest.mark.parametrize(
    ("first", "then", "followers"),
    [
        pytest.param(1, 2, 20, id="a newer row replaces"),
        pytest.param(2, 1, 10, id="an older row never replaces a newer one"),
        pytest.param(1, 1, 20, id="of equally new ones the later import"),
        pytest.param(None, None, 20, id="of undated ones the later import"),
        pytest.param(1, None, 10, id="an undated row never replaces a dated one"),
        pytest.param(None, 1, 20, id="a dated row replaces an undated one"),
    ],
)
def test_the_newer_row_speaks(catalogue, first, then, followers):
    catalogue.upsert("creators", creators({"creator_id": "a", "followers": 10, "day": first}))
    catalogue.upsert("creators", creators({"creator_id": "a", "followers": 20, "day": then}))
    assert stands(catalogue, "creator_id", "followers") == [("a", followers)]


@pytest.mark.parametrize("newer_first", [False, True], ids=["newer last", "newer first"])
def test_a_blank_in_the_newer_row_erases_nothing(catalogue, newer_first):
    full = {"creator_id": "a", "platform": "x", "niche": "food", "followers": 10, "day": 1}
    sparse = {"creator_id": "a", "platform": "x", "followers": 20, "day": 2}
    for row in (sparse, full) if newer_first else (full, sparse):
        catalogue.upsert("creators", creators(row))
    assert stands(catalogue, "niche", "followers", "as_of") == [("food", 20, day_of(sparse))]


def test_a_rate_never_takes_the_denominator_of_another(catalogue):
    old = {"creator_id": "a", "engagement_rate": 0.1, "engagement_denominator": "views", "day": 1}
    catalogue.upsert("creators", creators(old))
    catalogue.upsert("creators", creators({"creator_id": "a", "engagement_rate": 0.02, "day": 2}))
    assert stands(catalogue, "engagement_rate", "engagement_denominator") == [(0.02, None)]
    catalogue.upsert("creators", creators({"creator_id": "a", "followers": 5, "day": 3}))
    assert stands(catalogue, "engagement_rate", "engagement_denominator") == [(0.02, None)]


def test_a_null_in_the_key_is_a_value(catalogue):
    for followers in (1, 2):
        row = {"creator_id": "a", "followers": followers}
        catalogue.upsert("creators", creators(row, row | {"platform": "x", "followers": 9}))
    assert stands(catalogue, "platform", "followers") == [("x", 9), (None, 2)]


def test_what_two_sources_say_stands_side_by_side(catalogue):
    vendor = {"creator_id": "a", "platform": "x", "source": "phyllo", "followers": 10, "day": 1}
    catalogue.upsert("creators", creators(vendor))
    catalogue.upsert("creators", creators(vendor | {"source": "list.csv", "followers": 90, "day": 2}))
    catalogue.upsert("creators", creators(vendor | {"followers": 20, "niche": "food", "day": 3}))
    catalogue.upsert("creators", creators(vendor | {"source": None, "followers": 7}))
    assert stands(catalogue, "source", "followers", "niche") == [
        ("list.csv", 90, None), ("phyllo", 20, "food"), (None, 7, None),
    ]  # fmt: skip


def meet(stand, come):
    """What a standing row becomes, as the rule is told in words."""
    newer = stand["as_of"] is None or (come["as_of"] is not None and come["as_of"] >= stand["as_of"])
    first, second = (come, stand) if newer else (stand, come)
    met = {name: first[name] if first[name] is not None else second[name] for name in first}
    rated = first if first["engagement_rate"] is not None else second
    return met | {"engagement_denominator": rated["engagement_denominator"]}


def key_of(row):
    return row["creator_id"], row["platform"], row["source"]


def test_imports_in_turn_give_what_a_plain_loop_gives(catalogue):
    choices = list(product("abc", ["x", None], [1, 2, None], [None, "food", "art"], [None, 5, 7], ["p", None]))
    expected = {}
    for turn in range(6):
        rows = [
            {"creator_id": i, "platform": p, "day": d, "niche": n, "followers": f, "source": s,
             "engagement_rate": f and f / 100}
            for i, p, d, n, f, s in choices[turn * 5 :: 17]
        ]  # fmt: skip
        one_each = {key_of(r): r for r in rows}
        batch = creators(*one_each.values())
        for row in batch.to_pylist():
            key = key_of(row)
            expected[key] = meet(expected[key], row) if key in expected else row
        catalogue.upsert("creators", batch)
    found = {key_of(row): row for row in catalogue.read("creators").to_pylist()}
    assert found == expected


def test_rows_come_in_the_order_of_their_key_whatever_the_order_of_imports(catalogue):
    names = [f"c{(7 * i) % 60:02}" for i in range(60)]
    for turn in range(3):
        catalogue.upsert("creators", creators(*({"creator_id": n} for n in names[turn::3])))
    assert stands(catalogue, "creator_id") == [(n,) for n in sorted(names)]


def test_importing_twice_changes_nothing(catalogue):
    rows = creators(*({"creator_id": str(i), "followers": i, "day": 1} for i in range(50)))
    catalogue.upsert("creators", rows)
    once = catalogue.read("creators")
    catalogue.upsert("creators", rows)
    assert catalogue.read("creators") == once


def test_the_rows_of_one_source_are_replaced_and_no_others(catalogue):
    def rejects(source, *rows):
        return pa.Table.from_pylist([{"source": source, "row": r} for r in rows], schema=KINDS["rejects"].arrow)

    catalogue.replace("rejects", "source", "it's.csv", rejects("it's.csv", 1, 2))
    catalogue.replace("rejects", "source", "b.csv", rejects("b.csv", 7))
    catalogue.replace("rejects", "source", "it's.csv", rejects("it's.csv", 3))
    assert stands(catalogue, "source", "row", kind="rejects") == [("b.csv", 7), ("it's.csv", 3)]
    catalogue.replace("rejects", "source", "b.csv", rejects("b.csv"))
    assert stands(catalogue, "source", "row", kind="rejects") == [("it's.csv", 3)]


# the past


def test_every_version_stays_readable(catalogue):
    versions = [catalogue.upsert("creators", creators({"creator_id": "a", "followers": n})) for n in (10, 20, 30)]
    assert versions == sorted(set(versions))
    assert [stands(catalogue, "followers", version=v) for v in versions] == [[(10,)], [(20,)], [(30,)]]
    assert catalogue.versions() == {"creators": versions[-1]}
    assert [v.number for v in catalogue.history("creators")] == list(range(versions[-1], -1, -1))


def test_a_table_can_be_read_as_it_stood_at_a_time(catalogue):
    first = catalogue.upsert("creators", creators({"creator_id": "a", "followers": 10}))
    catalogue.upsert("creators", creators({"creator_id": "a", "followers": 20}))
    then = next(v.at for v in catalogue.history("creators") if v.number == first)
    assert stands(catalogue, "followers", version=then) == [(10,)]
    assert stands(catalogue, "followers", version=then + timedelta(days=365)) == [(20,)]


def test_versions_never_expire_by_themselves(catalogue):
    catalogue.upsert("creators", creators({"creator_id": "a", "followers": 10}))
    table = DeltaTable(catalogue.path / "creators")
    table.alter.set_table_properties(
        {"delta.logRetentionDuration": "interval 0 seconds", "delta.checkpointInterval": "2"}
    )
    for followers in range(20, 26):
        catalogue.upsert("creators", creators({"creator_id": "a", "followers": followers}))
    assert list((catalogue.path / "creators" / "_delta_log").glob("*.checkpoint.parquet"))
    assert stands(catalogue, "followers", version=1) == [(10,)]


def test_the_past_of_a_creators_figures_is_kept(catalogue):
    catalogue.upsert("creators", creators({"creator_id": "a", "followers": 20, "day": 2}))
    catalogue.upsert("creators", creators({"creator_id": "a", "followers": 10, "day": 1}))
    catalogue.upsert("creators", creators({"creator_id": "a", "followers": 30, "day": 3}, {"creator_id": "b"}))
    assert stands(catalogue, "creator_id", "followers", kind="snapshots") == [("a", 10), ("a", 20), ("a", 30)]
    assert stands(catalogue, "creator_id", "followers") == [("a", 30), ("b", None)]


def test_one_table_may_hold_several_dates_of_one_creator(catalogue):
    rows = [{"creator_id": "a", "followers": n, "day": n} for n in (3, 1, 2)]
    catalogue.upsert("creators", creators(*rows))
    assert stands(catalogue, "followers") == [(3,)]
    assert stands(catalogue, "followers", kind="snapshots") == [(1,), (2,), (3,)]


def test_a_field_the_schema_learnt_later_is_added_in_silence(catalogue):
    old = pa.schema([(f.name, f.type) for f in CREATORS.fields if f.name not in ("bio", "verified")])
    table = conform(CREATORS, pa.table({"creator_id": ["a"], "followers": [10]})).select(old.names)
    DeltaTable.create(catalogue.path / "creators", old)
    DeltaTable(catalogue.path / "creators").merge(
        table, "t.creator_id = s.creator_id", source_alias="s", target_alias="t"
    ).when_not_matched_insert_all().execute()
    assert stands(catalogue, "creator_id", "bio") == [("a", None)]
    catalogue.upsert("creators", creators({"creator_id": "b", "bio": "bread", "verified": True}))
    assert stands(catalogue, "creator_id", "followers", "bio") == [("a", 10, None), ("b", None, "bread")]


# what cannot be done


@pytest.mark.parametrize(
    ("version", "error", "words"),
    [
        pytest.param(9, NotFound, r"no version 9 of creators\. Versions run from 0 to 1", id="not yet"),
        pytest.param(-1, NotFound, r"no version -1 of creators", id="negative"),
        pytest.param(DAY - timedelta(days=9999), NotFound, r"Nothing was known of creators", id="before it began"),
        pytest.param(datetime(2026, 1, 1), WrongUsage, r"names no time zone", id="no zone"),  # noqa: DTZ001
    ],
)
def test_a_version_that_is_not_there_is_said_so(catalogue, version, error, words):
    catalogue.upsert("creators", creators({"creator_id": "a"}))
    with pytest.raises(error, match=words):
        catalogue.read("creators", version)


def test_a_version_of_a_table_never_written_is_not_there(catalogue):
    with pytest.raises(NotFound, match="holds no posts"):
        catalogue.read("posts", 0)


@pytest.mark.parametrize("act", ["read", "history", "upsert", "replace"])
def test_an_unknown_kind_is_named_with_its_nearest(catalogue, act):
    acts = {
        "read": lambda: catalogue.read("creator"),
        "history": lambda: catalogue.history("creator"),
        "upsert": lambda: catalogue.upsert("creator", CREATORS.empty()),
        "replace": lambda: catalogue.replace("creator", "niche", "x", CREATORS.empty()),
    }
    with pytest.raises(NotFound, match=r"no table `creator`. Did you mean `creators`"):
        acts[act]()


@pytest.mark.parametrize("act", ["read", "versions", "history", "upsert"])
def test_a_file_in_the_catalogues_place_is_one_clear_line(tmp_path, act):
    (tmp_path / "catalogue").write_text("I am a file")
    catalogue = Catalogue(tmp_path / "catalogue")
    acts = {
        "read": lambda: catalogue.read("creators"),
        "versions": catalogue.versions,
        "history": lambda: catalogue.history("creators"),
        "upsert": lambda: catalogue.upsert("creators", creators({"creator_id": "a"})),
    }
    with pytest.raises(
        OutsideFailure, match=r"cannot be (read|written): Not a directory.*name another folder"
    ) as caught:
        acts[act]()
    assert "\n" not in str(caught.value)
    assert exit_code(caught.value) == 4


def test_a_damaged_log_is_one_clear_line(catalogue):
    catalogue.upsert("creators", creators({"creator_id": "a"}))
    (catalogue.path / "creators" / "_delta_log" / "00000000000000000001.json").write_text("{half a line")
    with pytest.raises(OutsideFailure, match="cannot be read") as caught:
        catalogue.read("creators")
    assert "\n" not in str(caught.value)
