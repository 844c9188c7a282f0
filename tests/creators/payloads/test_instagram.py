"""Instagram Graph API: who, which posts, and what insights are of a post."""

import pytest

from asterism.creators.payloads import Around, read_payload, recognised

USER = {"id": "17841400000000001", "username": "Ana.Bakes", "name": "Ana", "followers_count": 900, "media_count": 12,
        "follows_count": 80, "biography": "bread", "website": "https://ana.example",
        "profile_picture_url": "x"}  # fmt: skip
MEDIA = {"id": "18000000000000001", "media_type": "IMAGE", "like_count": 9, "comments_count": 2, "caption": "loaf",
         "timestamp": "2026-01-02T03:04:05+0000", "permalink": "https://www.instagram.com/p/AbC/"}  # fmt: skip


def read(document, **around):
    return {one.kind: one for one in read_payload("saved.json", document, Around(**around))}


SHAPES = {
    "business discovery": {"business_discovery": USER, "id": "1"},
    "user": USER,
    "users by id": {USER["id"]: USER},
    "list of users": {"data": [USER]},
}


@pytest.mark.parametrize("document", SHAPES.values(), ids=list(SHAPES))
def test_a_user_is_a_creator_in_every_shape(document):
    assert recognised(document) == "Instagram Graph API"
    (row,) = read(document)["creators"].table.to_pylist()
    assert {name: value for name, value in row.items() if value is not None} == {
        "creator_id": "17841400000000001", "handle": "Ana.Bakes", "name": "Ana", "platform": "instagram",
        "followers": 900, "following": 80, "posts": 12, "bio": "bread", "links": "https://ana.example",
        "source": "instagram graph api",
    }  # fmt: skip


def test_discovered_media_are_the_discovered_accounts():
    document = {"business_discovery": {**USER, "media": {"data": [MEDIA, {**MEDIA, "id": "2"}], "paging": {}}}}
    found = read(document)
    assert found["creators"].accepted == 1
    rows = found["posts"].table.to_pylist()
    assert {row["creator_id"] for row in rows} == {USER["id"]}
    assert (rows[0]["likes"], rows[0]["comments"], rows[0]["caption"]) == (9, 2, "loaf")
    assert rows[0]["posted_at"].isoformat() == "2026-01-02T03:04:05+00:00"


@pytest.mark.parametrize(
    ("own", "creators", "reason"),
    [
        pytest.param(17841400000000001, ["17841400000000001"], None, id="a number"),
        pytest.param("\ud83d", ["\ufffd"], None, id="half a letter"),
        pytest.param({"a": 1}, [], "not a text", id="no text"),
    ],
)
def test_whose_the_media_are_is_a_text(own, creators, reason):
    document = {"business_discovery": {**USER, "id": own, "media": {"data": [MEDIA]}}}
    found = read(document)["posts"]
    assert found.table["creator_id"].to_pylist() == creators
    assert (found.rows, found.accepted) == (1, len(creators))
    places = [(reject.column, reject.reason) for reject in found.rejects]
    assert (("business_discovery.id", reason) in places) == (reason is not None)


FORMATS = {
    "picture": ({"media_type": "IMAGE"}, "post"),
    "carousel": ({"media_type": "CAROUSEL_ALBUM", "media_product_type": "FEED"}, "carousel"),
    "video": ({"media_type": "VIDEO"}, "video"),
    "reel": ({"media_type": "VIDEO", "media_product_type": "REELS"}, "reel"),
    "story": ({"media_type": "IMAGE", "media_product_type": "STORY"}, "story"),
}


@pytest.mark.parametrize(("words", "wanted"), FORMATS.values(), ids=list(FORMATS))
def test_the_format_is_what_instagram_shows_it_as(words, wanted):
    found = read({"data": [{**MEDIA, "username": "ana", **words}]})["posts"]
    assert found.table["format"].to_pylist() == [wanted]


def test_hidden_likes_are_not_zero():
    silent = {name: value for name, value in MEDIA.items() if name != "like_count"}
    found = read({"data": [{**silent, "username": "Ana"}]})["posts"]
    assert found.table.select(["likes", "comments", "creator_id"]).to_pylist() == [
        {"likes": None, "comments": 2, "creator_id": "ana"}
    ]
    assert "1 posts state no likes" in found.warnings[0]


def test_posts_that_do_not_say_whose_they_are_are_refused_until_somebody_knows():
    document = {MEDIA["id"]: MEDIA}
    found = read(document)["posts"]
    assert (found.rows, found.accepted) == (1, 0)
    assert found.rejects[0].reason == "row has no creator_id"
    assert "ask for the field `username`" in found.warnings[0]
    known = read(document, owners={MEDIA["id"]: USER["id"]})["posts"]
    assert known.table["creator_id"].to_pylist() == [USER["id"]]
    assert not known.rejects


def metric(name, value, period="lifetime", **more):
    return {
        "name": name,
        "period": period,
        "values": [{"value": value}],
        "id": f"180001/insights/{name}/{period}",
        **more,
    }


def test_older_insights_are_figures_of_a_post():
    document = {"data": [metric("impressions", 8), metric("reach", 5), metric("saved", 0)]}
    found = read(document, owners={"180001": "ana"})["posts"]
    (row,) = found.table.to_pylist()
    assert (row["post_id"], row["creator_id"], row["reach"], row["saves"]) == ("180001", "ana", 5, 0)
    assert row["views"] is None
    assert "not the same as views" in {one.source: one.why for one in found.unmapped}["data[].impressions"]


def test_newer_insights_are_read_from_their_totals():
    newer = {**metric("reach", 0), "total_value": {"value": 12, "breakdowns": []}}
    found = read({"data": [newer, metric("views", 30)]}, owners={"180001": "ana"})["posts"]
    assert found.table.select(["reach", "views"]).to_pylist() == [{"reach": 12, "views": 30}]


def test_insights_inside_a_post_are_its_figures():
    inner = {"insights": {"data": [metric("reach", 5), metric("shares", 2)]}, "username": "ana"}
    found = read({"data": [{**MEDIA, **inner}]})["posts"]
    assert found.table.select(["reach", "shares", "likes"]).to_pylist() == [{"reach": 5, "shares": 2, "likes": 9}]


def test_taps_alone_are_no_figure_of_a_post():
    found = read({"data": [metric("profile_activity", 11)]})["posts"]
    assert (found.rows, found.accepted) == (1, 0)
    assert "None of these metrics" in found.warnings[0]


def test_an_accounts_reach_per_day_is_no_posts():
    found = read({"data": [metric("reach", 5, "day")]})["audiences"]
    assert (found.rows, found.accepted) == (1, 0)
    assert "per day (reach)" in found.warnings[0]


def demographics(*results, keys=("age",)):
    cells = [{"dimension_values": list(values), "value": value} for *values, value in results]
    breakdowns = [{"dimension_keys": list(keys), "results": cells}]
    return {"name": "follower_demographics", "period": "lifetime", "id": "178414/insights/x/lifetime",
            "total_value": {"breakdowns": breakdowns}}  # fmt: skip


def shares(found):
    return {(row["dimension"], row["bucket"]): row["share"] for row in found.table.to_pylist()}


def test_who_follows_becomes_shares_of_those_listed():
    age = demographics(("18-24", 30), ("25-34", 70))
    country = demographics(("US", 40), ("DE", 10), keys=("country",))
    found = read({"data": [age, country]})["audiences"]
    assert shares(found) == {
        ("age", "18-24"): 0.3, ("age", "25-34"): 0.7, ("country", "US"): 0.4, ("country", "DE"): 0.1
    }  # fmt: skip
    assert found.table["creator_id"].to_pylist() == ["178414"] * 4
    assert "45 places" in found.warnings[0]


def test_cells_of_two_dimensions_count_in_both():
    both = demographics(("18-24", "F", 30), ("18-24", "M", 10), ("25-34", "F", 60), keys=("age", "gender"))
    assert shares(read({"data": [both]})["audiences"]) == {
        ("age", "18-24"): 0.4, ("age", "25-34"): 0.6, ("gender", "female"): 0.9, ("gender", "male"): 0.1
    }  # fmt: skip


def test_the_older_audience_is_read_too():
    older = {"name": "audience_gender_age", "period": "lifetime", "id": "178414/insights/audience_gender_age/lifetime",
             "values": [{"value": {"F.18-24": 3, "M.18-24": 1}}]}  # fmt: skip
    assert shares(read({"data": [older]})["audiences"]) == {
        ("gender", "female"): 0.75, ("gender", "male"): 0.25, ("age", "18-24"): 1.0
    }  # fmt: skip


PLAIN = {
    "rows of one's own": [{"id": "1", "username": "ana", "followers": 5}],
    "rows under data": {"data": [{"id": "1", "username": "ana", "biography": "x", "followers": 5}]},
    "metrics of somebody else": {"data": [{"name": "reach", "period": "day", "value": 3}]},
}


@pytest.mark.parametrize("document", PLAIN.values(), ids=list(PLAIN))
def test_other_json_is_not_taken_for_instagrams(document):
    assert recognised(document) is None


def test_a_metric_whose_name_is_no_text_is_no_insight():
    metric = {"name": ["reach"], "period": "lifetime", "id": "1/insights/reach/lifetime", "values": [{"value": 3}]}
    assert recognised({"data": [metric]}) is None
