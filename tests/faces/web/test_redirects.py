"""Short links as people open them."""

import logging

import pytest
from django.db import OperationalError
from django.test import Client

from asterism.faces.web.redirects import Unknown, client_address
from asterism.store.hosting import read_hosting
from asterism.store.ledger import clicks as log
from asterism.store.ledger import links
from asterism.store.ledger.hashes import visitor_hash
from asterism.store.ledger.links import add_link
from asterism.store.ledger.models import Click, Link
from asterism.store.ledger.scope import save
from tests.studio import NOW, campaign, collaboration, place

pytestmark = pytest.mark.django_db
AGENT = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1) Mobile Safari/604.1 Instagram 350"


@pytest.fixture
def seat():
    return place().owner


@pytest.fixture
def link(seat):
    of = campaign(seat)
    utm = {"utm_source": "instagram"}
    return add_link(seat, collaboration(seat, of), "https://shop.test/p?x=1#top", utm)


def ask(path, method="GET", agent=AGENT, **headers):
    return Client().generic(method, path, headers={"user-agent": agent, **headers})


def opened(link, **asked):
    return ask(f"/r/{link.code}", **asked)


def test_a_link_leads_to_its_target_with_what_the_shop_is_told_and_the_clicks_key(link):
    answer = opened(link)
    click = Click.objects.get()
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"https://shop.test/p?x=1&utm_source=instagram&ac={click.key}#top"
    assert (click.link, click.workspace, click.filtered) == (link, link.workspace, "")


def test_the_click_stands_before_the_answer_goes_out(link, monkeypatch):
    stood = []
    monkeypatch.setattr("asterism.faces.web.redirects._onward", lambda _to: stood.append(Click.objects.count()))
    with pytest.raises(AttributeError):
        opened(link)
    assert stood == [1]


def test_no_cookie_is_set_and_nobody_keeps_the_answer(link):
    answer = opened(link)
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer.headers["Content-Length"] == "0"


def test_neither_address_nor_browser_nor_page_is_kept(link):
    opened(link, referer="https://www.instagram.com/p/secret-page/", remote_addr="x")
    click = Click.objects.get()
    assert (click.referrer, click.agent) == ("instagram.com", "instagram, phone")
    assert click.visitor == visitor_hash(link.workspace_id, "127.0.0.1", AGENT)
    said = str(Click.objects.values().get())
    assert "127.0.0" not in said
    assert "Mozilla" not in said
    assert "secret-page" not in said


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        ({"method": "HEAD"}, "head"),
        ({"agent": ""}, "no_agent"),
        ({"agent": "facebookexternalhit/1.1"}, "preview"),
        ({"purpose": "prefetch"}, "prefetch"),
        ({"sec-purpose": "prefetch;prerender"}, "prefetch"),
        ({"x-moz": "prefetch"}, "prefetch"),
    ],
    ids=["HEAD", "no browser", "a preview", "Purpose", "Sec-Purpose", "X-Moz"],
)
def test_what_is_no_persons_click_is_led_on_and_kept_with_its_rule(link, asked, rule):
    assert opened(link, **asked).status_code == 302
    assert Click.objects.get().filtered == rule


def test_a_double_click_is_kept_and_counted_once(link):
    first, second = opened(link), opened(link)
    assert first.headers["Location"] != second.headers["Location"]
    assert list(Click.objects.values_list("filtered", flat=True)) == ["", "twice"]


def test_a_visitor_who_opens_very_many_links_is_a_burst(seat, link):
    others = [add_link(seat, link.campaign, "https://shop.test/").code for _ in range(21)]
    for code in others:
        ask(f"/r/{code}")
    assert list(Click.objects.values_list("filtered", flat=True)) == [""] * 20 + ["burst"]


def test_an_ended_link_still_leads_on_and_its_clicks_are_not_counted(seat, link):
    opened(link)
    save(seat, link, ended_at=NOW)
    answer = opened(link, agent=f"{AGENT} later")
    assert answer.headers["Location"].startswith("https://shop.test/p")
    assert list(Click.objects.values_list("filtered", flat=True)) == ["", "ended"]


@pytest.mark.parametrize("path", ["/r/nothing", "/r/NOTHING", "/r/a%00b", "/r/%3Cscript%3E", "/r/" + "x" * 500])
def test_an_unknown_link_says_so_politely_and_keeps_nothing(path, link, caplog):
    answer = ask(path)
    assert answer.status_code == 404
    assert "This link leads nowhere" in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()
    assert not answer.cookies
    assert not Click.objects.exists()
    assert not [one for one in caplog.records if one.levelno >= logging.ERROR]


def test_a_link_may_be_typed_in_capitals_and_with_a_slash(link):
    assert ask(f"/r/{link.code.upper()}/").status_code == 302


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_only_opening_is_a_click(link, method):
    assert opened(link, method=method).status_code in (403, 404, 405)
    assert not Click.objects.exists()


def test_what_stands_in_the_address_of_the_link_changes_nothing(link):
    answer = ask(f"/r/{link.code}?target=https://evil.test/&ac=forged&utm_source=evil")
    assert "evil" not in answer.headers["Location"]
    assert "forged" not in answer.headers["Location"]


def test_while_clicks_cannot_be_kept_nobody_is_led_on(link, monkeypatch, caplog):
    def full(_batch):
        raise OperationalError("disk full")

    monkeypatch.setattr("asterism.desk.studio.clicks.JOURNAL", log.Journal(full))
    answer = opened(link)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Location" not in answer.headers
    assert "could not be kept" in caplog.text


def test_a_link_that_is_gone_is_not_led_to_from_memory(link):
    opened(link)
    Link.objects.all().delete()
    assert opened(link).status_code == 404


def test_a_code_that_now_stands_for_another_link_leads_where_that_one_does(link):
    opened(link)
    Link.objects.all().delete()
    Link.objects.create(
        workspace=link.workspace, made_at=NOW, campaign=link.campaign, code=link.code, target="https://new.test/"
    )
    assert opened(link).headers["Location"].startswith("https://new.test/")


def test_a_link_is_known_without_asking_again(link, django_assert_num_queries):
    links.forget_way(link.code)
    with django_assert_num_queries(5):
        opened(link)
    with django_assert_num_queries(4):  # a savepoint of the test, what is known, the click, the end
        opened(link)


@pytest.mark.parametrize(
    ("said", "proxies", "address"),
    [
        ("6.6.6.6", 0, "10.0.0.1"),
        ("192.0.2.7", 1, "192.0.2.7"),
        ("6.6.6.6, 192.0.2.7", 1, "192.0.2.7"),
        ("6.6.6.6, 192.0.2.7, 10.0.0.2", 2, "192.0.2.7"),
        ("192.0.2.7", 2, ""),
        ("", 1, ""),
    ],
    ids=["no proxy is believed", "one", "what visitors write themselves is not", "two", "too few", "none"],
)
def test_a_visitors_address_is_what_the_trusted_proxies_saw(said, proxies, address):
    assert client_address({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": said}, proxies) == address


def test_proxies_are_believed_only_where_the_host_says_how_many():
    assert read_hosting({"ASTERISM_HOME": "/srv/a"}).proxies == 0
    assert read_hosting({"ASTERISM_HOME": "/srv/a", "ASTERISM_PROXIES": "2"}).proxies == 2
    for wrong in ("-1", "many", "10", "²"):
        with pytest.raises(ValueError, match="ASTERISM_PROXIES"):
            read_hosting({"ASTERISM_HOME": "/srv/a", "ASTERISM_PROXIES": wrong})


def test_unknown_links_are_counted_and_told_once_a_minute(caplog):
    unknown = Unknown()
    for second in range(61):
        unknown.note("/r/abc" if second else "/r/a\nforged line", float(second))
    assert [one.getMessage() for one in caplog.records] == [
        "links that are not known were opened: 1, the last was /r/?",
        "links that are not known were opened: 60, the last was /r/abc",
    ]


def test_opening_an_unknown_link_is_counted(monkeypatch):
    unknown = Unknown(every=1e12)
    monkeypatch.setattr("asterism.faces.web.views.tracking.UNKNOWN", unknown)
    unknown.told = 0.0
    ask("/r/nothing")
    assert unknown.count == 1
