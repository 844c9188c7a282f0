"""A message goes out only where every rule agrees; each rule is broken once here."""

from datetime import UTC, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from asterism.campaigns.documents.tone import KINDS
from asterism.campaigns.sending import OPENING, RETRIES, Consent, Event, Limits, Message, QuietHours, may_send, retry
from asterism.errors import BadInput, WrongUsage

NOW = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)
FIRST = Message("north", "lena", "outreach", "email", "lena@x.example")
FREE = Consent()


def event(hours_ago, outcome="sent", message=FIRST, **changes):
    changed = Message(**{name: getattr(message, name) for name in Message.__slots__} | changes)
    return Event(NOW - timedelta(hours=hours_ago), changed, outcome)


def asked(*history, message=FIRST, consent=FREE, now=NOW, limits=None):
    return may_send(message, history, consent, now, limits)


def test_a_first_message_may_go():
    assert asked().allowed


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("channel", ["email", "instagram", "phone", "portal", "post"])
def test_an_opt_out_blocks_every_channel_and_kind(kind, channel):
    verdict = asked(
        event(1, "answered"),
        message=Message("north", "lena", kind, channel),
        consent=Consent(True, NOW),
        limits=Limits(0),
    )
    assert (verdict.allowed, verdict.rule, verdict.again_at) == (False, "opted_out", None)
    assert verdict.reason == "The creator opted out on 2027-03-10: no channel may be used."


def test_nothing_goes_to_whom_was_erased():
    assert asked(consent=Consent(erased=True)).rule == "erased"


@pytest.mark.parametrize(
    ("history", "rule"),
    [
        ([event(71.9)], "gap"),
        ([event(72)], ""),
        ([event(200), event(10)], "gap"),
        ([event(71.9, creator="kim")], ""),
        ([event(71.9, workspace="south")], ""),
        ([event(71.9, channel="instagram")], "gap"),
        ([event(71.9, "failed")], ""),
        ([event(71.9), event(70, "answered")], ""),
        ([event(70, "answered"), event(71.9)], ""),
        ([event(71, "answered"), event(70)], "gap"),
        ([event(71.9), event(70, "answered", workspace="south")], "gap"),
    ],
)
def test_a_creator_who_has_not_answered_is_left_in_peace_for_a_while(history, rule):
    assert asked(*history).rule == rule


def test_the_gap_says_when_it_ends_and_is_right():
    verdict = asked(event(10))
    assert verdict.again_at == NOW + timedelta(hours=62)
    assert "2027-03-13 02:00 UTC" in verdict.reason
    assert asked(event(10), now=verdict.again_at).allowed


def test_work_under_way_waits_minutes_not_days():
    feedback = Message("north", "lena", "feedback")
    assert asked(event(1), message=feedback).allowed
    assert asked(event(0.1), message=feedback).rule == "gap"


@pytest.mark.parametrize(
    ("history", "rule"),
    [
        ([event(h) for h in (900, 600, 300)], "unanswered"),
        ([event(h) for h in (600, 300)], ""),
        ([event(900), event(600), event(300, kind="brief")], ""),
        ([event(900), event(800, "answered"), event(600), event(300)], ""),
        ([event(h, creator="kim") for h in (900, 600, 300)], ""),
        ([event(900, "failed"), event(600), event(300)], ""),
    ],
)
def test_silence_is_an_answer_after_three_messages(history, rule):
    verdict = asked(*history)
    assert (verdict.rule, verdict.again_at) == (rule, None)


def test_silence_does_not_stop_what_was_agreed():
    assert asked(*[event(h) for h in (900, 600, 300)], message=Message("north", "lena", "agreement")).allowed


@pytest.mark.parametrize(
    ("outcomes", "rule"),
    [(["sent"] * 49, ""), (["sent"] * 50, "cap"), (["failed"] * 60, ""), (["answered"] * 60, ""),
     (["soft_bounce"] * 25 + ["hard_bounce"] * 25, "cap")],
)  # fmt: skip
def test_a_workspace_sends_so_many_in_24_hours(outcomes, rule):
    history = [event(1 + n / 100, outcome, creator=str(n), address=str(n)) for n, outcome in enumerate(outcomes)]
    assert asked(*history).rule == rule
    assert asked(*history, message=Message("south", "lena", "outreach")).allowed


def test_a_cap_frees_a_place_when_the_oldest_leaves_the_24_hours():
    history = [event(h, creator=str(h)) for h in (30, 23, 20, 5, 2)]
    verdict = asked(*history, limits=Limits(per_day=3))
    assert verdict.again_at == NOW + timedelta(hours=4)
    assert asked(*history, limits=Limits(per_day=3), now=verdict.again_at).allowed
    assert not asked(*history, limits=Limits(per_day=3), now=verdict.again_at - timedelta(seconds=1)).allowed
    assert asked(limits=Limits(per_day=0)).rule == "cap"


def test_an_address_that_bounced_for_good_is_not_tried_again():
    dead = event(1000, "hard_bounce")
    assert asked(dead).rule == "dead_address"
    assert asked(dead, message=Message("south", "lena", "brief", "email", "lena@x.example")).rule == "dead_address"
    assert asked(dead, message=Message("north", "lena", "outreach", "email", "new@x.example")).allowed
    assert asked(dead, message=Message("north", "lena", "outreach", "instagram", "lena")).allowed


NIGHT = QuietHours(time(21), time(8), ZoneInfo("America/New_York"))
NOON = QuietHours(time(12), time(13), ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("quiet", "hour", "until"),
    [
        (NIGHT, "2027-03-10T21:00-05:00", "2027-03-11T08:00-05:00"),
        (NIGHT, "2027-03-10T23:59-05:00", "2027-03-11T08:00-05:00"),
        (NIGHT, "2027-03-11T00:00-05:00", "2027-03-11T08:00-05:00"),
        (NIGHT, "2027-03-11T07:59-05:00", "2027-03-11T08:00-05:00"),
        (NIGHT, "2027-03-11T08:00-05:00", None),
        (NIGHT, "2027-03-10T20:59-05:00", None),
        (NIGHT, "2027-03-13T22:00-05:00", "2027-03-14T08:00-04:00"),
        (NIGHT, "2027-03-11T03:00+00:00", "2027-03-11T08:00-05:00"),
        (NOON, "2027-03-10T12:30-05:00", "2027-03-10T13:00-05:00"),
        (NOON, "2027-03-10T13:00-05:00", None),
    ],
)
def test_quiet_hours_are_the_creators_own(quiet, hour, until):
    verdict = asked(now=datetime.fromisoformat(hour), limits=Limits(quiet=quiet))
    assert verdict.again_at == (until and datetime.fromisoformat(until))
    assert verdict.rule == ("quiet_hours" if until else "")


def test_the_order_of_the_history_does_not_matter():
    history = [event(10), event(5, "answered"), event(1)]
    assert {asked(*reversed(history)), asked(*history)} == {asked(*history)}


def test_a_rule_that_never_lifts_is_named_before_one_that_does():
    silent = [event(h) for h in (900, 600, 1)]
    assert asked(*silent).rule == "unanswered"
    assert asked(*silent, event(5, "hard_bounce")).rule == "dead_address"


@pytest.mark.parametrize(("outcome", "tries"), [*product(RETRIES, range(1, 7))])
def test_a_failure_is_retried_ever_later_and_then_handed_to_people(outcome, tries):
    waits = RETRIES[outcome]
    assert list(waits) == sorted(waits)
    again = retry(outcome, tries, NOW)
    if tries <= len(waits):
        assert again.at == NOW + waits[tries - 1]
        assert again.reason == f"Try {tries + 1} of {len(waits) + 1}."
    else:
        assert again.at is None
        assert "somebody should look" in again.reason


def test_what_arrived_or_came_back_for_good_is_not_retried():
    assert retry("hard_bounce", 1, NOW).at is None
    assert "does not exist" in retry("hard_bounce", 1, NOW).reason
    assert retry("sent", 1, NOW).reason == "It arrived."


def test_times_need_a_zone_and_limits_a_sign():
    with pytest.raises(WrongUsage, match="needs its zone"):
        asked(now=NOW.replace(tzinfo=None))
    with pytest.raises(BadInput, match="cannot be below 0"):
        Limits(per_day=-1)
    with pytest.raises(WrongUsage, match="0 times"):
        retry("failed", 0, NOW)


def test_openings_are_kinds_of_documents():
    assert set(OPENING) < set(KINDS)
