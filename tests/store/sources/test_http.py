from datetime import timedelta
from email.utils import format_datetime

import pytest

from asterism.errors import exit_code
from asterism.store.sources.asking import Answer, Ask, Judgement, Meaning, by_status
from asterism.store.sources.http import Door, Line, Stopped
from tests.store.sources.server import Asked, Reply, served
from tests.store.sources.waiting import START, Clock

ASK = Ask("the thing", "thing", (("id", "7"),))
GOOD = Reply({"ok": True, "next": "https://x.example/?access_token=Very-Secret&after=2", "echo": "Very-Secret"})
CLEAN = {"ok": True, "next": "https://x.example/?access_token=***&after=2", "echo": "***"}


OPEN: list[Line] = []


@pytest.fixture(autouse=True)
def hang_up():
    yield
    while OPEN:
        OPEN.pop().close()


def opened(made):
    OPEN.append(made)
    return made


def judge(status, document):
    if document.get("stop"):
        return Judgement(Meaning.BARRED, f"the key {document['stop']} is wrong", "Set another.")
    return by_status(status, str(document.get("why") or ""))


def line(url, clock, quota=100, timeout=5.0, chance=1.0):
    door = Door("Sky", url, judge, {"X-Key": "Very-Secret"}, secrets=("Very-Secret",))
    return opened(Line(door, quota, clock.patience(timeout, chance)))


def script(*replies):
    """Answers in order, the last one for ever."""
    left = list(replies)
    return lambda _asked: left.pop(0) if len(left) > 1 else left[0]


TROUBLES = {
    "500": Reply({"error": "x"}, 500),
    "503 in words": Reply(b"<html>Service unavailable</html>", 503),
    "429": Reply({}, 429),
    "cut in half": Reply({"long": "x" * 5_000}, cut=True),
    "half a document": Reply(b'{"items": [{"id": "a"'),
    "not JSON": Reply(b"<html>Log in to the hotel's network</html>"),
    "a list": Reply([1, 2]),
    "nothing": Reply(b""),
}


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=list(TROUBLES))
def test_a_request_that_fails_is_sent_again(trouble):
    clock = Clock()
    with served(script(trouble, trouble, GOOD)) as server:
        connection = line(server.url, clock)
        assert connection.ask(ASK) == Answer(CLEAN)
    assert clock.slept == [1.0, 2.0]
    assert (len(server.asked), connection.spent) == (3, 3)


def test_a_silence_in_the_middle_of_a_page_is_not_waited_out():
    with served(script(Reply({"long": "x" * 50_000}, silent=True), GOOD)) as server:
        assert line(server.url, Clock(), timeout=0.3).ask(ASK).document == CLEAN


@pytest.mark.parametrize("trouble", [TROUBLES["500"], TROUBLES["cut in half"], TROUBLES["not JSON"]])
def test_what_fails_for_ever_is_given_up_and_may_be_asked_again_another_time(trouble):
    clock = Clock()
    with served(script(trouble)) as server:
        answer = line(server.url, clock).ask(ASK)
    assert (answer.document, answer.final) == (None, False)
    assert answer.why
    assert clock.slept == [1.0, 2.0, 4.0, 8.0]
    assert len(server.asked) == 5


def test_nobody_at_the_other_end_is_given_up_too():
    with served(script(GOOD)) as server:
        gone = server.url
    answer = line(gone, Clock()).ask(ASK)
    assert (answer.document, answer.final) == (None, False)
    assert "connection failed" in answer.why


def test_a_source_that_fails_three_requests_in_a_row_counts_as_down():
    with served(script(TROUBLES["500"])) as server:
        connection = line(server.url, Clock())
        assert [connection.ask(ASK).document for _ in range(2)] == [None, None]
        with pytest.raises(Stopped, match=r"Sky fails again and again: status 500\. .*again later"):
            connection.ask(ASK)


def test_a_source_that_answers_in_between_is_not_down():
    bad, good = [TROUBLES["500"]] * 10, [GOOD, Reply({}, 404)]
    with served(script(*bad, good[0], *bad, good[1], *bad, good[0])) as server:
        connection = line(server.url, Clock())
        answers = [connection.ask(ASK).document for _ in range(9)]
    assert [answer is None for answer in answers] == [True, True, False, True, True, True, True, True, False]


@pytest.mark.parametrize(
    ("header", "waited"),
    [
        pytest.param("7", 7.0, id="seconds"),
        pytest.param(format_datetime(START + timedelta(seconds=30), usegmt=True), 30.0, id="a date"),
        pytest.param(format_datetime(START - timedelta(seconds=30), usegmt=True), 1.0, id="a date gone by"),
        pytest.param("soon", 1.0, id="neither"),
        pytest.param("0", 1.0, id="at once"),
        pytest.param("120", 120.0, id="as long as we wait at most"),
    ],
)
def test_the_wait_a_source_asks_for_is_heeded(header, waited):
    clock = Clock()
    with served(script(Reply({}, 429, {"Retry-After": header}), GOOD)) as server:
        line(server.url, clock).ask(ASK)
    assert clock.slept == [waited]


def test_a_source_that_asks_for_an_hour_stops_the_run_instead():
    clock = Clock()
    with (
        served(script(Reply({}, 429, {"Retry-After": "3600"}))) as server,
        pytest.raises(Stopped, match=r"Sky asks us to wait 60 minutes\. .*run the same command again") as caught,
    ):
        line(server.url, clock).ask(ASK)
    assert clock.slept == []
    assert (exit_code(caught.value), caught.value.planned) == (4, False)


def test_a_source_that_finds_us_too_fast_for_ever_stops_the_run():
    with (
        served(script(Reply({"why": "slow down"}, 429))) as server,
        pytest.raises(Stopped, match="ask too often: slow down"),
    ):
        line(server.url, Clock()).ask(ASK)


def test_chance_takes_up_to_half_of_a_wait_away():
    clock = Clock()
    with served(script(TROUBLES["500"], TROUBLES["500"], GOOD)) as server:
        line(server.url, clock, chance=0.0).ask(ASK)
    assert clock.slept == [0.5, 1.0]


@pytest.mark.parametrize("quota", [0, 1, 4])
def test_no_more_units_are_used_than_allowed_and_attempts_count(quota):
    ask = Ask("the thing", "thing", units=2)
    with served(script(TROUBLES["500"])) as server:
        connection = line(server.url, Clock(), quota)
        with pytest.raises(Stopped, match=f"Stopped at .* of {quota} units, as asked") as caught:
            connection.ask(ask)
    assert caught.value.planned
    assert len(server.asked) == quota // 2
    assert connection.spent <= quota


@pytest.mark.parametrize(
    ("reply", "final", "why"),
    [
        pytest.param(Reply({"why": "gone"}, 404), True, "gone", id="deleted"),
        pytest.param(Reply({"why": "what?"}, 400), False, "what?", id="not understood"),
        pytest.param(Reply({}, 302, {"Location": "https://elsewhere.example/"}), False, "status 302", id="elsewhere"),
    ],
)
def test_a_refusal_is_an_answer_and_is_not_asked_again_at_once(reply, final, why):
    with served(script(reply)) as server:
        assert line(server.url, Clock()).ask(ASK) == Answer(None, why, final)
    assert len(server.asked) == 1


def test_a_wrong_key_stops_at_once_and_is_not_said():
    with (
        served(script(Reply({"stop": "Very-Secret"}, 403))) as server,
        pytest.raises(Stopped, match=r"Sky refuses: the key \*\*\* is wrong\. Set another\.") as caught,
    ):
        line(server.url, Clock()).ask(ASK)
    assert len(server.asked) == 1
    assert exit_code(caught.value) == 4


def test_the_key_goes_in_a_header_and_not_into_the_address():
    with served(script(GOOD)) as server:
        line(server.url, Clock()).ask(ASK)
    (asked,) = server.asked
    assert (asked.path, asked.query, asked.headers["X-Key"]) == ("/thing", {"id": "7"}, "Very-Secret")


def test_a_body_is_posted_as_json():
    with served(script(GOOD)) as server:
        line(server.url, Clock()).ask(Ask("it", "q", (("fields", "a,b"),), {"username": "ada"}))
    (asked,) = server.asked
    assert (asked.method, asked.query, asked.json) == ("POST", {"fields": "a,b"}, {"username": "ada"})


class Tokens:
    """A source that gives tokens which are good for one request each."""

    def __init__(self):
        self.given = 0
        self.used = 0

    def __call__(self, asked: Asked) -> Reply:
        if asked.path == "/oauth/token/":
            self.given += 1
            return Reply({"access_token": f"clt.Token{self.given}"})
        if asked.headers.get("Authorization") != f"Bearer clt.Token{self.given}" or self.used == self.given:
            return Reply({"expired": True}, 401)
        self.used += 1
        return Reply({"ok": True, "token": f"clt.Token{self.given}"})


def signing(url, clock, judging):
    form = {"client_key": "who", "client_secret": "Very-Secret"}
    return opened(Line(Door("Sky", url, judging, sign_in=form, secrets=("Very-Secret",)), 100, clock.patience()))


def expiring(status, document):
    return Judgement(Meaning.EXPIRED, "ran out") if document.get("expired") else by_status(status)


def test_a_token_that_ran_out_is_replaced_once():
    tokens = Tokens()
    with served(tokens) as server:
        connection = signing(server.url, Clock(), expiring)
        assert [connection.ask(ASK).document for _ in range(3)] == [{"ok": True, "token": "***"}] * 3
    assert tokens.given == 3
    assert all(b"Very-Secret" in asked.body for asked in server.asked if asked.path == "/oauth/token/")


def test_a_token_that_is_never_accepted_stops_the_run():
    never = lambda asked: Reply({"access_token": "abcdef"} if "token" in asked.path else {"expired": True})  # noqa: E731
    with served(never) as server, pytest.raises(Stopped, match="Sky refuses: ran out"):
        signing(server.url, Clock(), expiring).ask(ASK)
    assert len(server.asked) == 4


def test_a_sign_in_without_a_token_is_tried_again_and_given_up():
    with served(script(Reply({}))) as server:
        answer = signing(server.url, Clock(), by_status).ask(ASK)
    assert (answer.document, answer.why, answer.final) == (None, "it gave no token", False)
