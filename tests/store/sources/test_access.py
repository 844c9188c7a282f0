import pytest

from asterism.errors import WrongUsage
from asterism.store.settings import ADDRESSES, Access, read_access, read_settings

SECRET = "Very-Secret"
NAMED = {
    "ASTERISM_YOUTUBE_KEY": SECRET, "ASTERISM_INSTAGRAM_TOKEN": SECRET, "ASTERISM_INSTAGRAM_USER": "178414",
    "ASTERISM_TIKTOK_KEY": "client", "ASTERISM_TIKTOK_SECRET": SECRET,
}  # fmt: skip


@pytest.mark.parametrize(
    ("source", "access"),
    [
        ("youtube", Access(ADDRESSES["youtube"], SECRET)),
        ("instagram", Access(ADDRESSES["instagram"], SECRET, user="178414")),
        ("tiktok", Access(ADDRESSES["tiktok"], "client", SECRET)),
    ],
)
def test_each_source_has_keys_of_its_own(source, access):
    assert read_access(NAMED, source) == access
    assert read_access({}, source) == Access(ADDRESSES[source])


def test_a_key_does_not_show_where_its_access_is_printed():
    assert SECRET not in repr([read_access(NAMED, source) for source in ADDRESSES])


def test_a_line_end_that_was_copied_with_a_key_is_no_part_of_it():
    assert read_access({"ASTERISM_YOUTUBE_KEY": f" {SECRET}\n"}, "youtube").key == SECRET


@pytest.mark.parametrize("key", ["Very Secret", "Very\nSecret", "Very…Secret", "Very\x00Secret"])
def test_what_no_key_can_be_is_refused_without_saying_it(key):
    with pytest.raises(WrongUsage, match="ASTERISM_YOUTUBE_KEY holds a character that no key has") as caught:
        read_access({"ASTERISM_YOUTUBE_KEY": key}, "youtube")
    assert "Secret" not in str(caught.value)


def test_the_user_of_instagram_is_a_number():
    with pytest.raises(WrongUsage, match="ASTERISM_INSTAGRAM_USER is no number"):
        read_access({"ASTERISM_INSTAGRAM_USER": "@ada"}, "instagram")


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("https://proxy.example/yt/", "https://proxy.example/yt"),
        ("https://proxy.example:8443", "https://proxy.example:8443"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:1", "http://[::1]:1"),
        ("", ADDRESSES["youtube"]),
    ],
)
def test_another_address_may_be_named(url, read):
    assert read_access({"ASTERISM_YOUTUBE_URL": url}, "youtube").url == read


@pytest.mark.parametrize(
    "url", ["http://proxy.example", "http://127.0.0.1.example", "ftp://127.0.0.1", "http://10.0.0.1"]
)
def test_a_key_is_not_sent_over_an_open_line(url):
    with pytest.raises(WrongUsage, match=r"ASTERISM_YOUTUBE_URL would send your key unencrypted to .* https"):
        read_access({"ASTERISM_YOUTUBE_URL": url}, "youtube")


@pytest.mark.parametrize(
    "url", ["youtube", "https://", "https://a:b@x.example", "https://x/?key=1", "https://[x", "//x:"]
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(WrongUsage, match="ASTERISM_YOUTUBE_URL"):
        read_access({"ASTERISM_YOUTUBE_URL": url}, "youtube")


def test_a_wrong_address_of_a_source_hinders_nothing_else():
    assert read_settings({"ASTERISM_YOUTUBE_URL": "youtube", "ASTERISM_YOUTUBE_KEY": "a b"}).threads >= 1
