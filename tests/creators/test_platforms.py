"""What addresses and words say about platform, handle, post and format."""

import pytest

from asterism.creators.platforms import (
    format_of_address,
    format_word,
    handle,
    platform,
    platform_of_address,
    platforms_named,
    post_of_address,
)

PROFILES = [
    ("https://www.instagram.com/ana.b/", "ana.b", "instagram"),
    ("instagram.com/ana?hl=en", "ana", "instagram"),
    ("https://www.tiktok.com/@ana/video/75", "ana", "tiktok"),
    ("https://youtube.com/@Ana", "Ana", "youtube"),
    ("https://www.youtube.com/channel/UCabc", "UCabc", "youtube"),
    ("https://x.com/ana", "ana", "x"),
    ("https://twitter.com/ana/status/1", "ana", "x"),
    ("https://www.twitch.tv/ana", "ana", "twitch"),
]


@pytest.mark.parametrize(("address", "name", "site"), PROFILES, ids=[p[0] for p in PROFILES])
def test_a_profile_address_tells_handle_and_platform(address: str, name: str, site: str) -> None:
    assert handle(address) == name
    assert platform_of_address(address) == site


def test_an_at_sign_is_no_part_of_a_handle() -> None:
    assert handle(" @Ana ") == "Ana"


def test_an_address_without_a_handle_is_refused() -> None:
    with pytest.raises(ValueError, match="without a handle"):
        handle("https://www.instagram.com/p/BTO971BByNV/")


@pytest.mark.parametrize(("text", "name"), [("IG", "instagram"), ("Tik Tok", "tiktok"), ("Twitter", "x"), ("X", "x")])
def test_a_platform_is_known_by_its_usual_names(text: str, name: str) -> None:
    assert platform(text) == name


def test_an_unknown_platform_is_refused() -> None:
    with pytest.raises(ValueError, match="not a platform"):
        platform("myspace")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("GraphImage", "post"),
        ("GraphSidecar", "carousel"),
        ("CAROUSEL_ALBUM", "carousel"),
        ("Reels", "reel"),
        ("Instagram Story", "story"),
        ("VIDEO", "video"),
        ("YouTube Short", "short"),
    ],
    ids=str,
)
def test_a_format_is_known_by_the_words_of_the_trade(text: str, name: str) -> None:
    assert format_word(text) == name


@pytest.mark.parametrize(
    ("address", "name", "post"),
    [
        ("https://www.tiktok.com/@ana/video/75", "video", "75"),
        ("https://www.instagram.com/reel/Cz1/", "reel", "Cz1"),
        ("https://www.instagram.com/p/Cz1/", "post", "Cz1"),
        ("https://youtu.be/i_w", "video", "i_w"),
        ("https://www.youtube.com/shorts/abc", "short", "abc"),
        ("https://www.youtube.com/watch?v=i_w", "video", "i_w"),
    ],
    ids=str,
)
def test_a_post_address_tells_format_and_post(address: str, name: str, post: str) -> None:
    assert format_of_address(address) == name
    assert post_of_address(address) == post


def test_short_words_in_a_header_are_no_platform() -> None:
    assert platforms_named(["x", "tt rate"]) == set()
    assert platforms_named(["Tiktoker name", "views"]) == {"tiktok"}
