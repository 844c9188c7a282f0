"""Any table → ours: kinds, columns by header and content, values, rejects, duplicates, platforms, mappings."""

import pytest

from asterism.creators.ingest import Ingested, ingest, ingest_all
from asterism.creators.text import TextTable
from asterism.errors import BadInput, MissingColumns, WrongUsage

Columns = dict[str, list[str | None]]


def read(columns: Columns, source: str = "table.csv", **wishes: object) -> Ingested:
    return ingest(TextTable.of(source, columns), **wishes)  # type: ignore[arg-type]


def fields(found: Ingested) -> dict[str, str]:
    return {column.source: column.field for column in found.columns}


KINDS = [
    ("creators", {"username": ["ana", "ben"], "followers": ["1", "2"]}),
    (
        "creators",
        {
            "id": ["1", "2"],
            "username": ["ana", "ben"],
            "likes": ["1", "2"],
            "comments": ["1", "2"],
            "followers": ["1", "2"],
        },
    ),
    ("posts", {"post_id": ["1", "2"], "username": ["ana", "ana"], "likes": ["5", "6"]}),
    (
        "audiences",
        {
            "creator": ["ana", "ana"],
            "dimension": ["country", "age"],
            "bucket": ["US", "18-24"],
            "share": ["0.4", "0.2"],
        },
    ),
    ("followers", {"creator_id": ["ana", "ana", "ben"], "user_id": ["7", "8", "7"]}),
    ("overlaps", {"a": ["ana"], "b": ["ben"], "shared": ["120"]}),
    ("rates", {"handle": ["ana"], "package": ["1 reel"], "price": ["300"], "currency": ["USD"]}),
    ("outcomes", {"creator": ["ana"], "campaign": ["spring"], "cost": ["300"], "orders": ["12"]}),
    ("comments", {"post_id": ["1"], "commenter": ["9af"], "text": ["nice"], "created_at": ["1747820685"]}),
    ("fx", {"currency": ["EUR"], "usd": ["1.08"]}),
]


@pytest.mark.parametrize(("kind", "columns"), KINDS, ids=[f"{k}-{len(c)}" for k, c in KINDS])
def test_the_kind_is_guessed_from_the_columns(kind: str, columns: Columns) -> None:
    assert read(columns).kind == kind


VENDORS = [
    (
        "modash",
        "Username,Fullname,Followers,Engagement Rate,Average Likes,Average Views,Country,Is Verified",
        "ana,Ana B,12000,3.2%,400,9000,Spain,true",
        ["handle", "name", "followers", "engagement_rate", "avg_likes", "avg_views", "country", "verified"],
    ),
    (
        "hypeauditor",
        "Instagram name,Full name,Subscribers count,ER,Comments avg,Likes avg,Main topic",
        "ana,Ana B,12.0K,3.2%,12,400,Beauty",
        ["handle", "name", "followers", "engagement_rate", "avg_comments", "avg_likes", "niche"],
    ),
    (
        "upfluence",
        "Influencer,Profile URL,Followers,Avg. engagement rate,Language,Country code",
        "ana_b,https://instagram.com/ana_b,12000,3.2%,English,ES",
        ["handle", "platform", "followers", "engagement_rate", "language", "country"],
    ),
    (
        "kolsquare",
        "Nom d'utilisateur,Abonnés,Taux d'engagement,Pays,Langue,Biographie",
        'ana_b,12 000,"3,2 %",Espagne,français,Bonjour à tous',
        ["handle", "followers", "engagement_rate", "country", "language", "bio"],
    ),
    (
        "german",
        "Benutzername;Abonnenten;Interaktionsrate;Land;Kategorie",
        "ana_b;12.000;3,2 %;Spanien;Mode",
        ["handle", "followers", "engagement_rate", "country", "niche"],
    ),
    (
        "spanish",
        "Usuario;Seguidores;Siguiendo;Publicaciones;País;Ciudad",
        "ana_b;12.000;300;120;España;Madrid",
        ["handle", "followers", "following", "posts", "country", "city"],
    ),
    (
        "portuguese",
        "Nome de usuário;Seguidores;Taxa de engajamento;País;Idioma",
        "ana_b;12.000;3,2 %;Brasil;Português",
        ["handle", "followers", "engagement_rate", "country", "language"],
    ),
    (
        "api",
        "user_id,userName,followersCount,followsCount,mediaCount,engagementRate",
        "17,ana_b,12000,300,120,0.032",
        ["creator_id", "handle", "followers", "following", "posts", "engagement_rate"],
    ),
]


@pytest.mark.parametrize(("header", "row", "expected"), [v[1:] for v in VENDORS], ids=[v[0] for v in VENDORS])
def test_the_columns_of_the_usual_vendors_and_languages_are_known(header: str, row: str, expected: list[str]) -> None:
    import csv

    delimiter = ";" if ";" in header else ","
    names, cells = (next(csv.reader([line], delimiter=delimiter)) for line in (header, row))
    found = read({name: [cell] for name, cell in zip(names, cells, strict=True)})
    assert list(fields(found).values()) == expected
    (creator,) = found.table.to_pylist()
    assert creator["followers"] == 12_000
    if creator["engagement_rate"] is not None:
        assert creator["engagement_rate"] == pytest.approx(0.032)
    assert creator["country"] in (None, "ES", "BR")


def test_the_creator_id_is_the_handle_in_lower_case() -> None:
    found = read({"handle": [" @Ana.B ", None], "name": ["Ana B", "Ben"], "followers": ["1", "2"]})
    assert found.table["creator_id"].to_pylist() == ["ana.b", "ben"]
    assert found.table["handle"].to_pylist() == ["Ana.B", None]


def test_a_stated_id_stays_as_it_stands() -> None:
    found = read({"channel_id": ["UCvy1Mv8nsSohI2rMH7kK4ow"], "channel_name": ["V"], "subscribers": ["10"]})
    assert found.table["creator_id"].to_pylist() == ["UCvy1Mv8nsSohI2rMH7kK4ow"]
    assert found.table["platform"].to_pylist() == ["youtube"]


def test_of_twin_columns_the_exact_one_is_used_and_the_other_listed() -> None:
    found = read({"handle": ["a", "b"], "Followers": ["48.5M", "1.2K"], "Followers Numbers": ["48512345", "1210"]})
    assert found.table["followers"].to_pylist() == [48_512_345, 1_210]
    assert [(u.source, u.why) for u in found.unmapped] == [
        ("Followers", "the same as `Followers Numbers`, which is used")
    ]


def test_content_overrules_a_header() -> None:
    countries = ["Spain", "France", "Italy", "Brazil", "India", "10.2M"]
    found = read({"handle": list("abcdef"), "followers": ["10"] * 6, "Views avg.": countries})
    assert fields(found)["Views avg."] == "country"
    assert any("`Views avg.` holds country names" in warning for warning in found.warnings)
    assert [(r.row, r.column, r.value, r.reason) for r in found.rejects] == [
        (7, "Views avg.", "10.2M", "not a country we know")
    ]


def test_comments_as_many_as_likes_are_not_believed() -> None:
    found = read(
        {
            "handle": list("abcdef"),
            "followers": ["10"] * 6,
            "Likes avg": ["10", "20", "30", "40", "50", "60"],
            "Comments avg": ["11", "25", "30", "44", "58", "61"],
        }
    )
    assert {"avg_likes", "avg_comments"}.isdisjoint(fields(found).values())
    assert {u.source for u in found.unmapped} == {"Likes avg", "Comments avg"}
    assert any("contradict their labels" in warning for warning in found.warnings)


def test_usual_comments_under_usual_likes_are_believed() -> None:
    found = read(
        {
            "handle": list("abcdef"),
            "followers": ["10"] * 6,
            "Likes avg": ["10", "20", "30", "40", "50", "60"],
            "Comments avg": ["1", "2", "3", "4", "5", "6"],
        }
    )
    assert {"avg_likes", "avg_comments"} <= set(fields(found).values())


def test_engagement_is_a_count_or_a_rate_by_its_figures() -> None:
    counts = read({"handle": ["a", "b"], "Eng. (Avg.)": ["23.4M", "14700"]})
    rates = read({"handle": ["a", "b"], "Engagement": ["2.3", "4.1"]})
    assert fields(counts)["Eng. (Avg.)"] == "avg_engagements"
    assert fields(rates)["Engagement"] == "engagement_rate"


RATES = [
    (["1.39%", "0.20%"], [0.0139, 0.002], "per cent, by its % signs"),
    (["1.39", "0.20", "3.1"], [0.0139, 0.002, 0.031], "above 1"),
    (["0.0139", "0.002", "1.2"], None, ""),
    (["0.0139", "0.002"], [0.0139, 0.002], "fraction of 1"),
    (["0.97", "0.62", "0.81"], [0.0097, 0.0062, 0.0081], "as fractions the middle rate would be"),
    (["3,4 %", "1,2 %"], [0.034, 0.012], "per cent"),
    (["3,4", "12,5"], [0.034, 0.125], "above 1"),
]


@pytest.mark.parametrize(("cells", "rates", "how"), RATES, ids=[str(r[0]) for r in RATES])
def test_per_cent_or_fraction_is_told_by_the_column_and_stated(
    cells: list[str | None], rates: list[float] | None, how: str
) -> None:
    found = read({"handle": [f"c{i}" for i in range(len(cells))], "Engagement rate": cells})
    (column,) = [c for c in found.columns if c.field == "engagement_rate"]
    assert column.unit == "share"
    assert how in column.how
    if rates is not None:
        assert found.table["engagement_rate"].to_pylist() == pytest.approx(rates)


@pytest.mark.parametrize(
    ("header", "platform", "denominator"),
    [
        ("ER", "instagram", "followers"),
        ("ER", "tiktok", "views"),
        ("ER by reach", "tiktok", "reach"),
        ("ER by followers", "youtube", "followers"),
    ],
)
def test_an_engagement_rate_knows_what_it_is_a_share_of(header: str, platform: str, denominator: str) -> None:
    found = read({"handle": ["a", "b"], header: ["1.2%", "3%"]}, platform=platform)
    assert found.table["engagement_denominator"].to_pylist() == [denominator] * 2
    assert any("custom of the platform" in w for w in found.warnings) is (header == "ER")


PLATFORMS = [
    ({"handle": ["a"], "platform": ["TikTok"]}, "x.csv", "instagram", "tiktok"),
    ({"handle": ["a"]}, "tiktok.csv", "youtube", "youtube"),
    ({"handle": ["a"], "profile url": ["https://instagram.com/a"]}, "tiktok.csv", None, "instagram"),
    ({"Tiktoker name": ["a"], "followers": ["1"]}, "instagram.csv", None, "tiktok"),
    ({"handle": ["a"]}, "youtube_2023.csv", None, "youtube"),
    ({"handle": ["a"]}, "kim_instagram/influencers.txt", None, "instagram"),
    ({"handle": ["a"]}, "instagram_and_tiktok.csv", None, None),
    ({"handle": ["a"]}, "creators.csv", None, None),
]


@pytest.mark.parametrize(
    ("columns", "source", "said", "expected"), PLATFORMS, ids=[f"{p[1]}-{p[3]}" for p in PLATFORMS]
)
def test_the_nearest_evidence_settles_the_platform(
    columns: Columns, source: str, said: str | None, expected: str | None
) -> None:
    found = read(columns, source, platform=said)
    assert found.table["platform"].to_pylist() == [expected]
    if expected is None:
        assert any("pass --platform" in warning for warning in found.warnings)


def test_the_newest_row_of_a_creator_is_kept_and_the_others_named() -> None:
    found = read(
        {
            "handle": ["ana", "ben", "Ana", "ben"],
            "followers": ["1", "2", "3", "4"],
            "as_of": ["2025-05-02", "2025-05-01", "2025-05-01", "2025-05-01"],
        }
    )
    assert found.table.select(["creator_id", "followers"]).to_pylist() == [
        {"creator_id": "ana", "followers": 1},
        {"creator_id": "ben", "followers": 4},
    ]
    assert [(r.row, r.reason) for r in found.rejects] == [
        (3, "duplicate of row 5, older"),
        (4, "duplicate of row 2, older"),
    ]


def test_one_creator_on_two_platforms_is_two_rows() -> None:
    found = read({"handle": ["ana", "ana"], "platform": ["instagram", "tiktok"], "followers": ["1", "2"]})
    assert found.accepted == 2


def test_separators_repeated_headers_and_blank_rows_are_no_creators() -> None:
    found = read(
        {
            "Handle": ["====", "ana", "handle", None, "____", "ben"],
            "Followers": [None, "1", "FOLLOWERS", None, "5", "2"],
        }
    )
    assert found.table["handle"].to_pylist() == ["ana", "____", "ben"]
    assert [(r.row, r.reason) for r in found.rejects] == [
        (2, "a separator line, not a row"),
        (4, "the header again, not a row"),
    ]
    assert (found.rows, found.accepted) == (5, 3)


def test_a_bad_value_is_refused_and_its_row_kept() -> None:
    found = read({"handle": ["a", "b", "c", "d"], "followers": ["-5", "10-20K", "N/A", "7"]})
    assert found.table["followers"].to_pylist() == [None, None, None, 7]
    assert [(r.row, r.column, r.value, r.reason) for r in found.rejects] == [
        (2, "followers", "-5", "below 0"),
        (3, "followers", "10-20K", "a range, not a number"),
    ]
    assert any("1 × N/A read as not stated" in warning for warning in found.warnings)


def test_a_row_without_what_it_needs_is_refused() -> None:
    found = read({"post_id": ["1", None, "3"], "username": ["ana", "ana", None], "likes": ["1", "2", "3"]})
    assert found.accepted == 1
    assert [(r.row, r.reason) for r in found.rejects] == [(3, "row has no post_id"), (4, "row has no creator_id")]


def test_an_id_rounded_by_a_spreadsheet_is_refused() -> None:
    found = read({"post_id": ["7.50683E+18", "7506832682593094928"], "username": ["a", "b"], "likes": ["1", "2"]})
    assert found.table["post_id"].to_pylist() == ["7506832682593094928"]
    assert found.rejects[0].reason == "an id rounded by a spreadsheet"


def test_long_ids_keep_every_digit() -> None:
    found = read({"post_id": ["7506832682593094928"], "username": ["a"], "likes": ["1"]})
    assert found.table["post_id"].to_pylist() == ["7506832682593094928"]


def test_namibia_is_a_country_where_countries_are_codes() -> None:
    codes = read({"handle": list("abc"), "country": ["NA", "ZA", "US"]})
    names = read({"handle": list("abc"), "country": ["NA", "South Africa", "France"]})
    assert codes.table["country"].to_pylist() == ["NA", "ZA", "US"]
    assert names.table["country"].to_pylist() == [None, "ZA", "FR"]


def test_posts_with_their_creators_followers_are_both() -> None:
    columns: Columns = {
        "user_name": ["ana", "ben", "ana"],
        "user_nfollower": ["304.9K", "5", "305K"],
        "vid_id": ["1", "2", "3"],
        "vid_nlike": ["5", "6", "7"],
        "vid_scrapeTime": ["2025-05-29 15:00:00", "2025-05-29 15:00:00", "2025-05-28 15:00:00"],
    }
    posts, creators = ingest_all(TextTable.of("tiktok.csv", columns))
    assert (posts.kind, posts.accepted, creators.kind, creators.accepted) == ("posts", 3, "creators", 2)
    assert creators.table["followers"].to_pylist() == [304_900, 5]
    assert creators.rejects == ()
    assert any("newest of each creator" in warning for warning in creators.warnings)
    alone = ingest(TextTable.of("tiktok.csv", columns), "creators")
    assert alone.table.equals(creators.table)


def test_a_sponsor_makes_a_post_sponsored() -> None:
    found = read({"post_id": ["1", "2"], "username": ["a", "b"], "likes": ["1", "2"], "sponsor_users": ["motts", None]})
    assert found.table["sponsored"].to_pylist() == [True, None]


def test_an_overlap_is_the_same_from_both_sides() -> None:
    found = read({"a": ["ben", "ana", "cy"], "b": ["ana", "ben", "cy"], "shared": ["10", "12", "5"]})
    assert found.table.to_pylist() == [{"a": "ana", "b": "ben", "shared": 12}]
    assert [r.reason for r in found.rejects] == ["duplicate of row 3, older", "a creator's overlap with itself"]


def test_overlaps_given_as_shares_are_not_taken_for_people() -> None:
    with pytest.raises(MissingColumns, match="no column for `shared`"):
        read({"a": ["ana", "ben"], "b": ["ben", "cy"], "overlap": ["0.12", "0.3"]}, kind="overlaps")


def test_a_price_keeps_the_currency_of_cell_or_header() -> None:
    cells = read({"handle": ["a", "b"], "package": ["reel", "story"], "price": ["$1,200", "75 EUR"]})
    header = read({"handle": ["a"], "package": ["reel"], "price (EUR)": ["300"]}, kind="rates")
    bare = read({"handle": ["a"], "package": ["reel"], "price": ["300"]})
    assert list(zip(cells.table["price"].to_pylist(), cells.table["currency"].to_pylist(), strict=True)) == [
        (1200, "USD"),
        (75, "EUR"),
    ]
    assert header.table["currency"].to_pylist() == ["EUR"]
    assert any("no currency" in warning for warning in bare.warnings)
    assert cells.table["kind"].to_pylist() == ["quote", "quote"]


def test_audience_buckets_come_in_one_spelling() -> None:
    found = read(
        {
            "creator": ["a"] * 4,
            "dimension": ["Country", "gender", "ages", "languages"],
            "bucket": ["Germany", "F", "18–24", "English"],
            "share": ["40%", "60%", "25%", "90%"],
        }
    )
    assert found.table["bucket"].to_pylist() == ["DE", "female", "18-24", "en"]
    assert found.table["share"].to_pylist() == pytest.approx([0.4, 0.6, 0.25, 0.9])


def test_a_mapping_names_what_the_header_does_not() -> None:
    found = read(
        {"Wer": ["ana"], "Reichw": ["12.5K"], "note": ["x"]},
        mapping={"Wer": "handle", "reichw": "followers", "note": ""},
    )
    assert fields(found) == {"Wer": "handle", "Reichw": "followers"}
    assert found.table["followers"].to_pylist() == [12_500]
    assert found.unmapped[0].why == "left out by the mapping"


@pytest.mark.parametrize(
    ("wishes", "error", "message"),
    [
        ({"mapping": {"folowers": "followers"}}, BadInput, "Did you mean `followers`"),
        ({"mapping": {"followers": "folowers"}}, BadInput, "Did you mean `followers`"),
        ({"kind": "creator"}, WrongUsage, "Did you mean `creators`"),
        ({"platform": "instgram"}, WrongUsage, "Did you mean `instagram`"),
        ({"kind": "posts"}, MissingColumns, "no table of posts"),
    ],
    ids=["source", "field", "kind", "platform", "needs"],
)
def test_a_wrong_wish_says_what_was_meant(wishes: dict[str, object], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        read({"handle": ["a"], "followers": ["1"]}, **wishes)


def test_a_table_without_creators_says_which_columns_it_has() -> None:
    with pytest.raises(MissingColumns, match=r"no column that names a creator \(columns: Date, Impressions"):
        read({"Date": ["2025-01-01"], "Impressions": ["12"]})


def test_every_column_is_mapped_or_listed_with_a_reason() -> None:
    columns: Columns = {
        "rank": ["1"],
        "handle": ["a"],
        "influence score": ["92"],
        "email": ["[at]"],
        "Total likes": ["9b"],
        "": ["z"],
    }
    found = read(columns)
    assert len(found.columns) + len(found.unmapped) == len(columns)
    assert all(unmapped.why for unmapped in found.unmapped)
