import pytest

from asterism.creators.addresses import HUB, SITE, Pointer, pointers


@pytest.mark.parametrize(
    ("text", "platform", "name"),
    [
        ("https://www.instagram.com/Ana.Bakes/?hl=en", "instagram", "ana.bakes"),
        ("instagram.com/_u/ana", "instagram", "ana"),
        ("youtube.com/@AnaBakes", "youtube", "anabakes"),
        ("https://youtube.com/channel/UCabc_-1", "youtube", "ucabc_-1"),
        ("http://www.youtube.com/c/Ana", "youtube", "ana"),
        ("youtube.com/user/ana", "youtube", "ana"),
        ("https://vm.tiktok.com/x and tiktok.com/@ana.b", "tiktok", "ana.b"),
        ("twitter.com/ana", "x", "ana"),
        ("https://mobile.x.com/ana", "x", "ana"),
        ("twitch.tv/ana", "twitch", "ana"),
        ("https://m.facebook.com/ana.bakes", "facebook", "ana.bakes"),
        ("fb.com/ana", "facebook", "ana"),
        ("pinterest.co.uk/ana", "pinterest", "ana"),
        ("snapchat.com/add/ana", "snapchat", "ana"),
        ("linkedin.com/in/ana-b", "linkedin", "ana-b"),
        ("bread | IG: @ana", "instagram", "ana"),
        ("insta: ana.b", "instagram", "ana.b"),
        ("TikTok - @ana", "tiktok", "ana"),
        ("tik tok @ana", "tiktok", "ana"),
        ("YT → @ana.", "youtube", "ana"),
        ("linktr.ee/Ana", HUB, "linktr.ee/ana"),
        ("https://beacons.ai/@ana", HUB, "beacons.ai/ana"),
        ("www.anabakes.com", SITE, "anabakes.com"),
        ("see https://blog.anabakes.co.uk/bread", SITE, "blog.anabakes.co.uk"),
    ],
)  # fmt: skip
def test_an_address_or_a_word_points_to_one_thing(text: str, platform: str, name: str) -> None:
    assert pointers(text) == (Pointer(platform, name),)


@pytest.mark.parametrize(
    "text",
    [
        "https://www.instagram.com/p/Cabc/",
        "youtube.com/watch?v=abc",
        "https://youtu.be/abc",
        "twitter.com/hashtag/bread",
        "https://netflix.com.evil/x.com",
        "write to ana@x.com",
        "youtube - new video every week",
        "instagram: link below",
        "yt: https://bit.ly/abc",
        "netflix and bread",
        "amzn.to/abc https://amazon.com/shop/ana",
        "",
    ],
)
def test_what_is_nobodys_profile_points_nowhere(text: str) -> None:
    assert [p for p in pointers(text) if p.platform != SITE] == []
    assert Pointer(SITE, "amazon.com") not in pointers(text)


def test_the_same_pointer_counts_once() -> None:
    assert pointers("instagram.com/ana IG: @Ana https://instagram.com/ANA") == (Pointer("instagram", "ana"),)
