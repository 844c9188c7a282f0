"""Calling an address that somebody typed: never inside our own network, never for long, never further than asked."""

import httpx
import pytest

from asterism.errors import BadInput
from asterism.store.ledger import calls
from asterism.store.ledger.calls import Outcome, call, check_url, is_public
from tests.receiver import Receiver


@pytest.fixture
def receiver():
    made = Receiver()
    yield made
    made.close()


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
        "255.255.255.255", "224.0.0.1", "198.18.0.1", "::", "::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254",
        "ff02::1", "::ffff:127.0.0.1", "::ffff:a00:1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::",
    ],
)  # fmt: skip
def test_numbers_of_private_networks_are_known(number):
    assert not is_public(number)


@pytest.mark.parametrize("number", ["93.184.215.14", "8.8.8.8", "2606:2800:21f::1", "::ffff:8.8.8.8"])
def test_public_numbers_are_known(number):
    assert is_public(number)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://receiver.example/", "https alone"),
        ("ftp://receiver.example/", "https alone"),
        ("file:///etc/passwd", "no address"),
        ("https://", "no address"),
        ("receiver.example", "no address"),
        ("https://user@receiver.example/", "no address"),
        ("https://receiver.example:0/", "no address"),
        ("https://receiver.example:99999/", "no address"),
        ("https://[::1/", "no address"),
        ("https://receiver.example/a b", "no address"),
        ("https://receiver.example/\r\nHost: x", "no address"),
        ("https://ｒeceiver.example/", "no address"),
        ("https://localhost/", "private network"),
        ("https://LOCALHOST./", "private network"),
        ("https://db.internal/", "private network"),
        ("https://printer.local/", "private network"),
        ("https://intranet/", "private network"),
        ("https://127.0.0.1/", "private network"),
        ("https://127.1/", "private network"),
        ("https://0x7f.1/", "private network"),
        ("https://2130706433/", "private network"),
        ("https://[::1]/", "private network"),
        ("https://[::ffff:10.0.0.1]/", "private network"),
        ("https://169.254.169.254/latest/meta-data", "private network"),
    ],
)
def test_an_address_that_is_not_called_is_refused_when_it_is_typed(url, says):
    with pytest.raises(BadInput, match=says):
        check_url(url, anywhere=False)


@pytest.mark.parametrize(
    "url", ["https://receiver.example/hooks?x=1", "https://8.8.8.8:8443/", "https://[2606:2800::1]/"]
)
def test_a_public_address_is_taken_as_it_is(url):
    assert check_url(url, anywhere=False).geturl() == url


@pytest.mark.parametrize("numbers", [["10.0.0.1"], ["93.184.215.14", "127.0.0.1"], ["::ffff:169.254.169.254"]])
def test_a_name_that_leads_inside_is_not_called(monkeypatch, numbers):
    """As when it led elsewhere while it was typed."""
    monkeypatch.setattr(calls, "_numbers", lambda _host, _port, flags=0: [] if flags else numbers)
    monkeypatch.setattr(httpx.Client, "send", lambda *_, **__: pytest.fail("it was called"))
    assert call("https://receiver.example/", b"{}", {}, anywhere=False) == Outcome(
        None, "receiver.example stands inside a private network."
    )


@pytest.mark.parametrize("number", ["93.184.215.14", "2606:2800::1"])
def test_the_machine_that_was_checked_is_the_one_that_is_called(monkeypatch, number):
    asked, sent = [], []

    def numbers(name, _port, flags=0):
        if flags:
            return []
        asked.append(name)
        return [number] if len(asked) == 1 else ["127.0.0.1"]

    def send(_client, request, **_):
        sent.append(request)
        return httpx.Response(204, request=request, stream=httpx.ByteStream(b""))

    monkeypatch.setattr(calls, "_numbers", numbers)
    monkeypatch.setattr(httpx.Client, "send", send)
    assert call("https://receiver.example:8443/a?b=c", b"{}", {"X": "y"}, anywhere=False).taken
    (request,) = sent
    assert (request.url.host, request.url.port, request.url.raw_path) == (number, 8443, b"/a?b=c")
    assert request.headers["Host"] == "receiver.example:8443"
    assert request.extensions["sni_hostname"] == "receiver.example"
    assert asked == ["receiver.example"]


def test_a_call_that_is_taken(receiver):
    assert call(receiver.url("/ok"), b'{"a": 1}', {"X-Y": "z"}, anywhere=True) == Outcome(200, "Taken.")
    ((path, headers, body),) = receiver.got
    assert (path, headers["X-Y"], body) == ("/ok", "z", b'{"a": 1}')
    assert headers["Host"] == receiver.url("").removeprefix("http://")


def test_a_failure_is_told_as_plain_words(receiver):
    outcome = call(receiver.url("/failing"), b"{}", {}, anywhere=True)
    assert outcome == Outcome(500, "<b>Out of order</b> {{ 7*7 }}")
    assert not outcome.taken


def test_a_redirect_is_not_followed(receiver):
    outcome = call(receiver.url("/redirect"), b"{}", {}, anywhere=True)
    assert (outcome.status, outcome.taken) == (302, False)
    assert [path for path, *_ in receiver.got] == ["/redirect"]


def test_a_receiver_that_hangs_is_left(receiver, monkeypatch):
    monkeypatch.setattr(calls, "TIMEOUT", 0.2)
    outcome = call(receiver.url("/hang"), b"{}", {}, anywhere=True)
    assert outcome == Outcome(None, "No answer within 0.2 seconds.")


@pytest.mark.parametrize(("path", "status"), [("/drip", 200), ("/trickle", None)], ids=["its body", "its headers"])
def test_an_answer_that_drips_is_cut_off(receiver, monkeypatch, path, status):
    monkeypatch.setattr(calls, "DEADLINE", 0.3)
    outcome = call(receiver.url(path), b"{}", {}, anywhere=True)
    assert outcome.status == status
    assert len(outcome.words) < calls.SHOWN
    assert status or outcome.words == "No whole answer within 0.3 seconds."


def test_of_a_large_answer_only_the_beginning_is_read(receiver, monkeypatch):
    monkeypatch.setattr(calls, "DEADLINE", 60)
    outcome = call(receiver.url("/large"), b"{}", {}, anywhere=True)
    assert outcome == Outcome(200, "x" * calls.SHOWN)
    assert receiver.cut.wait(10)


def test_nobody_there_and_no_such_name_are_told(receiver, monkeypatch):
    receiver.server.server_close()
    assert "connection failed" in call(receiver.url("/ok"), b"{}", {}, anywhere=True).words
    monkeypatch.setattr(calls, "_numbers", lambda *_: [])
    assert (
        call("http://nowhere.example/", b"{}", {}, anywhere=True).words == "There is no machine called nowhere.example."
    )


def test_no_proxy_of_the_environment_is_asked(receiver, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert call(receiver.url("/ok"), b"{}", {}, anywhere=True).taken
