"""HypeAuditor: per cents become shares, real subscribers a share of all, and the platform is never guessed."""

import pytest

from asterism.creators.payloads import Around, read_payload, recognised


def result(name="Ana", others=(), **metrics):
    counted = {"er": 20.994019, "subscribers_count": 22_124_473, **metrics}
    return {"basic": {"username": name, "title": "Ana B.", "avatar_url": "x"},
            "metrics": {key: {"value": value} for key, value in counted.items()},
            "features": {"social_networks": list(others), "aqs": {"data": {"mark": "poor"}}}}  # fmt: skip


def page(*results):
    return {"result": {"search_results": list(results), "current_page": 1, "total_pages": 9, "queries_left": 3}}


def read(document, **around):
    return {one.kind: one for one in read_payload("found.json", document, Around(**around))}


def account(kind, name):
    return {"type": kind, "title": "x", "social_id": "1", "username": name, "er": 3, "subscribers_count": 5}


def test_a_rate_is_a_per_cent_and_real_subscribers_are_a_share():
    found = read(page(result(real_subscribers_count=18_626_593, reels_video_views_avg=900)))["creators"]
    (row,) = found.table.to_pylist()
    assert row["engagement_rate"] == pytest.approx(0.20994019, abs=1e-12)
    assert row["credible"] == pytest.approx(18_626_593 / 22_124_473, abs=1e-12)
    assert (row["creator_id"], row["handle"], row["platform"], row["avg_views"]) == ("ana", "Ana", "instagram", 900)
    assert (row["engagement_denominator"], row["source"]) == ("followers", "hypeauditor")
    assert "own reckoning" in {one.field: one.how for one in found.columns}["credible"]
    why = {one.source: one.why for one in found.unmapped}
    assert "not trusted" in why["result.search_results[].features.aqs"]


@pytest.mark.parametrize(("rate", "wanted"), [(0.9, 0.009), (7.8, 0.078), (140, 1.4)])
def test_a_rate_is_a_per_cent_whatever_its_size(rate, wanted):
    found = read(page(result(er=rate)), platform="instagram")["creators"]
    assert found.table["engagement_rate"].to_pylist() == [pytest.approx(wanted)]
    assert any("engagement_rate of" in said for said in found.warnings) == (wanted > 1)


PLATFORMS = {
    "metrics of Instagram alone": (result(real_subscribers_count=5), {}, "instagram"),
    "the account of its name": (result(others=[account("tiktok", "ana"), account("youtube", "b")]), {}, "tiktok"),
    "the user's word": (result(), {"platform": "youtube"}, "youtube"),
    "nothing": (result(), {}, None),
}  # fmt: skip


@pytest.mark.parametrize(("one", "around", "wanted"), PLATFORMS.values(), ids=list(PLATFORMS))
def test_the_platform_is_told_by(one, around, wanted):
    found = read(page(one), **around)["creators"]
    assert found.table["platform"].to_pylist() == [wanted]
    assert any("pass --platform" in said for said in found.warnings) == (wanted is None)


def test_other_accounts_are_links_and_its_own_is_not():
    others = [account("instagram", "ana"), account("youtube", "anabakes"), account("myspace", "ana")]
    found = read(page(result(others=others, real_subscribers_count=5)))["links"]
    assert [(r["other_platform"], r["other_handle"]) for r in found.table.to_pylist()] == [("youtube", "anabakes")]
    assert (found.rejects[0].row, found.rejects[0].value) == (3, "myspace")


BAD = {"more real than all": 30_000_000, "words": "most"}


@pytest.mark.parametrize("real", BAD.values(), ids=list(BAD))
def test_real_subscribers_that_cannot_be_are_refused(real):
    found = read(page(result(real_subscribers_count=real)))["creators"]
    assert found.table["credible"].to_pylist() == [None]
    assert found.rejects[0].column == "result.search_results[].metrics.real_subscribers_count.value"


def test_nobody_follows_an_empty_account_and_no_share_is_taken():
    found = read(page(result(subscribers_count=0, real_subscribers_count=0)))["creators"]
    assert found.table.select(["followers", "credible"]).to_pylist() == [{"followers": 0, "credible": None}]
    assert "no number of all subscribers" in found.rejects[0].reason
    assert any("0 followers" in said for said in found.warnings)


def test_it_is_known_by_its_results():
    assert recognised(page(result())) == "HypeAuditor"
    assert recognised({"result": {"search_results": [{"name": "x"}]}}) is None


def test_a_channels_links_are_its_own():
    one = result(others=[account("youtube", "ana"), account("instagram", "ana.b")])
    one["basic"]["id"] = "UCaB"
    found = read(page(one), platform="youtube")
    assert [found[kind].table["creator_id"].to_pylist() for kind in ("creators", "links")] == [["UCaB"], ["UCaB"]]
