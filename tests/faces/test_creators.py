"""`asterism score` and `asterism creators`: what a person sees and a program gets, and what is refused."""

import json
from pathlib import Path

import pytest

from tests.faces.asking import Run, refused

POSTS = "post_id,creator_id,platform,posted_at,likes,comments,caption,sponsored\n" + "".join(
    f"p{i}{k},c{i},instagram,2026-0{1 + k}-0{1 + i % 9},{100 + 40 * i + 7 * k},{5 + i},"
    f"{'New pasta recipe' if i % 2 else 'My favourite dress #fashion'},{'true' if k == 2 else 'false'}\n"
    for i in range(30)
    for k in range(4)
)
SNAPSHOTS = "creator_id,platform,as_of,followers\n" + "".join(
    f"c1,instagram,2026-{month:02d}-01,{9_000 + 100 * month}\n" for month in range(1, 10)
)
NOTES = "creator_id,date,note\nc1,2026-05-01,on television\n"
FILES = "--creators creators.csv --posts posts.csv"


@pytest.fixture
def market(folder: Path) -> Path:
    """Thirty creators with posts, the history of one, and a note on it."""
    for name, text in (("posts", POSTS), ("history", SNAPSHOTS), ("notes", NOTES)):
        (folder / f"{name}.csv").write_text(text)
    return folder


def answer(asterism: Run, command: str):
    code, out, err = asterism(f"{command} --json")
    assert (code, err) == (0, ""), err
    return json.loads(out)


def test_a_score_lists_every_signal_with_its_parts_and_what_was_not_measured(market: Path, asterism: Run) -> None:
    (creator,) = answer(asterism, f"score @name1 {FILES}")["creators"]
    readings = {each["name"]: each for each in creator["readings"]}
    assert list(readings) == ["authenticity", "connection", "content", "selectivity", "safety"]
    for each in readings.values():
        assert 0 <= each["value"]["low"] <= each["value"]["mean"] <= each["value"]["high"] <= 1
        assert sum(part["weight"] for part in each["parts"]) == pytest.approx(1)
        assert all(part["evidence"] for part in each["parts"])
    replies = next(part for part in readings["connection"]["parts"] if part["name"] == "replies")
    assert (replies["measured"], replies["score"]) == (None, None)
    assert creator["formats"][0]["posts"] == 4
    assert creator["formats"][0]["next_engagements"]["low"] > 0


def test_history_and_notes_come_with_further_tables(market: Path, asterism: Run) -> None:
    command = f"score c1 {FILES} --with snapshots=history.csv --with notes.csv"
    (creator,) = answer(asterism, command)["creators"]
    assert [moment["followers"] for moment in creator["history"]] == [9_000 + 100 * month for month in range(1, 10)]
    assert creator["notes"] == [{"on": "2026-05-01", "text": "on television"}]


def test_with_a_brief_fit_is_read_against_it(market: Path, asterism: Run) -> None:
    (market / "brief.toml").write_text('goal = "awareness"\nbudget = "900 USD"\nniche = ["food"]\n')
    first, second = answer(asterism, f"score c1 c2 {FILES} --brief brief.toml")["creators"]
    fits = [next(r for r in each["readings"] if r["name"] == "fit") for each in (first, second)]
    assert "niche by text" in fits[0]["formula"]
    assert fits[0]["value"]["mean"] > fits[1]["value"]["mean"]  # pasta against a dress


def test_every_field_names_its_source(market: Path, asterism: Run) -> None:
    (creator,) = answer(asterism, f"score c1 {FILES}")["creators"]
    assert {field["source"] for field in creator["fields"]} == {"creators.csv"}


def test_the_pages_are_written_and_named(market: Path, asterism: Run) -> None:
    code, out, _ = asterism(f"score c1 c2 {FILES} --report pages")
    assert code == 0
    assert sorted(path.name for path in (market / "pages").iterdir()) == [
        "instagram-Name1.html",
        "instagram-Name2.html",
    ]
    assert "Pages: pages/instagram-Name1.html" in out
    assert "<h1>@Name1" in (market / "pages" / "instagram-Name1.html").read_text()


def test_the_picks_of_a_plan_get_their_pages(market: Path, asterism: Run) -> None:
    code, out, _ = asterism(f"plan brief.toml {FILES} --pages pages")
    assert code == 0
    assert "Pages of the picks: pages" in out
    assert len(list((market / "pages").iterdir())) >= 1


def test_search_filters_sorts_and_says_what_it_left_out(market: Path, asterism: Run) -> None:
    found = answer(asterism, f"creators {FILES} --tier micro --sort -followers --limit 3")
    assert [creator["creator_id"] for creator in found["creators"]] == ["c1", "c2", "c3"]
    assert found["total"] == 18
    assert found["left"] == [{"filter": "tiers", "failed": 12, "unknown": 0}]
    assert found["facets"]["tier"] == {"micro": 18}


def test_search_by_the_words_of_a_niche_ranks_by_them(market: Path, asterism: Run) -> None:
    found = answer(asterism, f"creators {FILES} --niche fashion --limit 30")
    assert all(int(each["creator_id"][1:]) % 2 == 0 for each in found["creators"][:10])
    assert found["sort"] == "match"


def test_search_by_likeness_begins_with_the_creator_itself(market: Path, asterism: Run) -> None:
    found = answer(asterism, f"creators {FILES} --similar-to @name4 --limit 2")
    assert found["creators"][0]["creator_id"] == "c4"
    assert found["creators"][0]["similar"] == pytest.approx(1)


def test_both_answers_are_readable_in_a_terminal(market: Path, asterism: Run) -> None:
    code, out, _ = asterism(f"creators {FILES} --tier micro --country US")
    assert code == 0
    assert out.startswith("18 creators pass of 30")
    assert "12 of another tier" in out
    code, out, _ = asterism(f"score c1 {FILES}")
    assert code == 0
    assert "What a post brings and costs" in out
    assert "no comments were given" in " ".join(out.split())


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        (f"score @nobody {FILES}", 3, "There is no creator `nobody`"),
        (f"creators {FILES} --sort engagment", 2, "Did you mean `engagement`"),
        (f"creators {FILES} --sort similar", 2, "--similar-to"),
        (f"creators {FILES} --similar-to @nobody", 3, "There is no creator `nobody`"),
        (f"creators {FILES} --min-engagement much", 2, "write 0.02 or 2%"),
        (f"creators {FILES} --tier-scheme industri", 3, "Did you mean `industry`"),
        ("score c1 --posts posts.csv", 2, "Add --creators FILE"),
        (f"score c1 {FILES} --with nothing.csv", 3, "no file nothing.csv"),
        ("score c1 --catalogue kept", 3, "holds no creators"),
    ],
    ids=["nobody", "sort", "no likeness", "like nobody", "no share", "no scheme", "no creators", "no file", "empty"],
)
def test_what_cannot_be_answered_is_one_line(market: Path, asterism: Run, command, code, words) -> None:
    refused(asterism(command), code, words)


def test_a_table_without_platforms_is_scored_and_its_picks_get_pages(folder: Path, asterism: Run) -> None:
    (folder / "creators.csv").write_text("handle,followers\nana,9000\nbo,20000\n")
    first, second = answer(asterism, "score --creators creators.csv")["creators"]
    assert (first["platform"], second["platform"]) == ("instagram", "instagram")
    assert {field["source"] for field in first["fields"]} == {"creators.csv"}
    code, out, _ = asterism("plan brief.toml --creators creators.csv --pages pages")
    assert (code, "Pages of the picks: pages (2)" in out) == (0, True)


def test_one_handle_on_two_platforms_is_two_creators(folder: Path, asterism: Run) -> None:
    (folder / "creators.csv").write_text("handle,platform,followers\nana,instagram,9000\nana,tiktok,5000\n")
    refused(asterism("score @ana --creators creators.csv"), 2, "any of 2 accounts", "instagram:ana, tiktok:ana")
    (creator,) = answer(asterism, "score @ana@instagram --creators creators.csv")["creators"]
    assert (creator["platform"], creator["followers"]) == ("instagram", 9000)
    assert asterism("plan brief.toml --creators creators.csv --pages pages")[0] == 0
    assert sorted(path.name for path in (folder / "pages").iterdir()) == ["instagram-ana.html", "tiktok-ana.html"]


def test_a_table_without_dates_says_so(folder: Path, asterism: Run) -> None:
    code, out, _ = asterism("score c1 --creators creators.csv")
    assert (code, "Every field: creators.csv, of no stated date." in out) == (0, True)


@pytest.mark.parametrize(
    ("filters", "found"),
    [("--platform Insta --tier Micro", 18), ("--country usa", 30), ("--language English", 0), ("--tier untiered", 0)],
)
def test_filters_are_understood_as_people_write_them(folder: Path, asterism: Run, filters: str, found: int) -> None:
    assert answer(asterism, f"creators --creators creators.csv {filters}")["total"] == found


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        pytest.param("--tier mirco", "`mirco` is no tier of this scheme. Did you mean `micro`?", id="tier"),
        pytest.param("--tier mega --tier-scheme a", "`mega` is no tier of this scheme", id="tier of another scheme"),
        pytest.param("--platform foo", "`foo` is no platform. Known: instagram", id="platform"),
        pytest.param("--country Atlantis", "`Atlantis` is no country", id="country"),
        pytest.param("--language Elvish", "`Elvish` is no language", id="language"),
        pytest.param("--min-engagement nan", "`nan` is no share", id="no number"),
        pytest.param("--min-engagement=-5%", "`-5%` is no share", id="below 0"),
        pytest.param("--brief - --posts -", "named twice", id="standard input"),
    ],
)
def test_a_filter_that_nobody_could_pass_is_refused(folder: Path, asterism: Run, filters: str, words: str) -> None:
    refused(asterism(f"creators --creators creators.csv {filters}"), 2, words)


def test_what_had_to_be_said_of_the_files_is_said_of_a_search_too(folder: Path, asterism: Run) -> None:
    (folder / "creators.csv").write_text("handle,platform,followers,engagement rate\nana,instagram,9000,2%\n")
    said = [answer(asterism, f"{command} --creators creators.csv")["warnings"] for command in ("creators", "score")]
    assert all(any("read as shares of followers" in warning for warning in warnings) for warnings in said)


@pytest.mark.parametrize("command", ["plan - --creators creators.csv", "plan brief.toml --creators -"])
def test_pages_of_what_can_be_read_once_are_refused_before_the_work(folder: Path, asterism: Run, command: str) -> None:
    refused(asterism(f"{command} --pages pages"), 2, "--pages reads all tables again", "Name files")
    assert not (folder / "pages").exists()
