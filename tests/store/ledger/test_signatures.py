"""How a receiver knows that a call is ours and new, by our function and by the one the how-to shows."""

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from asterism.campaigns.news import NEWS
from asterism.store.ledger.signatures import OLDEST, body_of, signature, verify

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "howto" / "receive-webhooks.md").read_text(encoding="utf-8")
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
BODY = body_of({"id": "call-1", "event": "test", "data": {"says": "ü"}})
SIGNED = signature("whsec_a", BODY, NOW)


def shown():
    """The function of the how-to, as somebody would copy it."""
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    made = {}
    exec(code, made)  # noqa: S102 — the page's own lines
    return made["is_genuine"]


@pytest.mark.parametrize("late", [0, OLDEST, -OLDEST])
def test_a_call_of_ours_is_genuine_for_five_minutes(late):
    now = NOW + timedelta(seconds=late)
    assert verify("whsec_a", SIGNED, BODY, now)


@pytest.mark.parametrize(
    ("secret", "header", "body", "now"),
    [
        ("whsec_b", SIGNED, BODY, NOW),
        ("whsec_a", SIGNED, BODY + b" ", NOW),
        ("whsec_a", SIGNED.replace("t=17", "t=18"), BODY, NOW),
        ("whsec_a", SIGNED.replace("v1=", "v0="), BODY, NOW),
        ("whsec_a", SIGNED, BODY, NOW + timedelta(seconds=OLDEST + 1)),
        ("whsec_a", SIGNED, BODY, NOW - timedelta(seconds=OLDEST + 1)),
        ("whsec_a", "", BODY, NOW),
        ("whsec_a", "t=x,v1=y", BODY, NOW),
        ("whsec_a", f"t={'9' * 40},v1=y", BODY, NOW),
    ],
    ids=["secret", "body", "time", "no signature", "old", "early", "empty", "no time", "long time"],
)
def test_anything_else_is_not(secret, header, body, now):
    assert not verify(secret, header, body, now)


def test_the_how_tos_function_says_the_same():
    genuine = shown()
    fresh = signature("whsec_a", BODY, datetime.now(UTC))
    assert genuine("whsec_a", fresh, BODY)
    assert not genuine("whsec_b", fresh, BODY)
    assert not genuine("whsec_a", fresh, BODY + b" ")
    assert not genuine("whsec_a", signature("whsec_a", BODY, datetime.fromtimestamp(time.time() - 301, UTC)), BODY)


def test_the_how_to_lists_every_event():
    listed = dict(re.findall(r"^\| `([\w.]+)` \| (.+) \|$", PAGE, re.MULTILINE))
    assert listed == {name: news.says for name, news in NEWS.items()}


def test_the_same_payload_is_the_same_bytes():
    assert body_of({"b": 1, "a": {"d": 1, "c": 2}}) == body_of({"a": {"c": 2, "d": 1}, "b": 1})
