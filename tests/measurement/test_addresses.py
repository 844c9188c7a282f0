"""Where links lead."""

import pytest

from asterism.errors import BadInput
from asterism.measurement.addresses import ALPHABET, CLICK, LENGTH, code_from, code_in, leading, slug, target_of, utm_of

BAD = {
    "no address": "shop",
    "no host": "https:///p",
    "a script": "javascript:alert(1)",
    "data": "data:text/html,<b>",
    "a file": "file:///etc/passwd",
    "another protocol": "ftp://shop.example/",
    "no scheme": "//shop.example/",
    "a backslash": "https://shop.example\\@evil.example/",
    "a name before the host": "https://shop.example@evil.example/",
    "a line break": "https://shop.example/\r\nSet-Cookie: a=b",
    "a port that is none": "https://shop.example:http/",
    "an open bracket": "http://[::1",
    "our own parameter": "https://shop.example/?ac=1",
    "too long": f"https://shop.example/{'a' * 1000}",
}


@pytest.mark.parametrize("address", BAD.values(), ids=BAD)
def test_only_pages_of_the_web_are_led_to(address):
    with pytest.raises(BadInput, match=r"address|parameter"):
        target_of(address)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("http://shop.example", "http://shop.example"),
        ("https://bücher.example/ä?ö=ü#ß", "https://xn--bcher-kva.example/%C3%A4?%C3%B6=%C3%BC#%C3%9F"),
        ("https://shop.example/a%20b?x=%26", "https://shop.example/a%20b?x=%26"),
    ],
    ids=["as it is", "in ASCII", "not escaped twice"],
)
def test_a_target_is_kept_in_ascii(given, kept):
    assert target_of(given) == kept


@pytest.mark.parametrize(
    ("target", "utm", "address"),
    [
        ("https://s.example/p", {}, "https://s.example/p?ac=k"),
        ("https://s.example/p?", {}, "https://s.example/p?ac=k"),
        ("https://s.example", {"utm_source": "a"}, "https://s.example?utm_source=a&ac=k"),
        ("https://s.example/p#top", {"utm_source": "a"}, "https://s.example/p?utm_source=a&ac=k#top"),
        ("https://s.example/p?x=1&x=2&y", {"utm_source": "a"}, "https://s.example/p?x=1&x=2&y&utm_source=a&ac=k"),
        ("https://s.example/?utm_source=b", {"utm_source": "a"}, "https://s.example/?utm_source=b&ac=k"),
        ("https://s.example/?utm_source=", {"utm_source": "a"}, "https://s.example/?utm_source=&ac=k"),
        ("https://s.example/", {"utm_content": "a b&c=d#é"}, "https://s.example/?utm_content=a+b%26c%3Dd%23%C3%A9&ac=k"),
        ("https://s.example/#a?b", {"utm_source": ""}, "https://s.example/?ac=k#a?b"),
    ],
    ids=["plain", "empty query", "no path", "fragment", "query kept", "theirs wins", "even empty", "escaped",
         "a mark within the fragment"],
)  # fmt: skip
def test_what_is_added_leaves_the_rest_as_it_is(target, utm, address):
    assert leading(target, utm)("k") == address


def test_a_template_is_filled_with_what_is_known_of_the_link():
    facts = {"platform": "tiktok", "handle": "{platform}", "campaign": ""}
    template = {"utm_source": "{platform}", "utm_content": "{handle}-1", "utm_campaign": "{campaign}"}
    assert utm_of(template, facts) == {"utm_source": "tiktok", "utm_content": "{platform}-1"}


@pytest.mark.parametrize(
    ("template", "says"),
    [({"utm_id": "x"}, "no UTM parameter"), ({"utm_source": "{tier}"}, r"Known: \{platform\}")],
)
def test_what_a_template_does_not_know_is_said(template, says):
    with pytest.raises(BadInput, match=says):
        utm_of(template, {"platform": "tiktok"})


def test_a_code_has_no_letters_that_look_alike():
    assert not set("01oil") & set(ALPHABET)
    assert ALPHABET.islower()
    assert code_from(lambda letters: letters[0]) == "2" * LENGTH


@pytest.mark.parametrize(
    ("path", "code"),
    [("/r/abc", "abc"), ("/r/ABC/", "abc"), ("/r/a/b", ""), ("/r/a.b", ""), ("/x/abc", ""), ("/r/", ""),
     (f"/r/{'a' * 33}", ""), ("/r/é", "")],
)  # fmt: skip
def test_a_code_is_read_from_its_address(path, code):
    assert code_in(path) == code


def test_a_slug_keeps_letters_of_every_script():
    assert slug(" Frühling & Sommer — №1 ") == "frühling-sommer-1"


def test_the_parameter_of_the_click_is_a_promise_to_shops():
    assert CLICK == "ac"
