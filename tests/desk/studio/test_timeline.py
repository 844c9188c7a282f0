"""The audit trail as people read it: every action that is written down has words, and nothing in it is trusted."""

import re
from pathlib import Path

import pytest

from asterism.desk.studio.collaborations import DONE
from asterism.desk.studio.timeline import WORDS, sentence_of, timeline
from asterism.store.ledger.models import Event, User
from tests.studio import NOW

SOURCE = Path(__file__).resolve().parents[3] / "src" / "asterism"
RECORDED = re.compile(r"""\brecord\(\s*\w+,\s*"([a-z_]+\.[a-z_]+)\"""")


def event(action, via="page", by=None, **facts):
    return Event(action=action, via=via, by=by, facts=facts, made_at=NOW)


def test_every_action_that_is_written_down_has_words():
    actions = {name for path in SOURCE.rglob("*.py") for name in RECORDED.findall(path.read_text(encoding="utf-8"))}
    assert len(actions) > 40
    assert sorted({*actions, *(f"collaboration.{done}" for done in DONE.values())} - set(WORDS)) == []


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (event("agreement.accepted", "portal", number=2), "The creator accepted version 2 of the terms."),
        (event("shortlist.answered", "link"), "The client answered a shortlist."),
        (
            event("collaboration.paused", by=User(name="Petra"), source="live"),
            "Petra paused the collaboration, which was live.",
        ),
        (event("agreement.offered", "api"), "Somebody offered version unknown of the terms."),
        (event("cake.was_baked", "job"), "The studio: cake was baked."),
        (
            event("agreement.offered", "page", number="{by.password} {0}"),
            "Somebody offered version {by.password} {0} of the terms.",
        ),
    ],
    ids=["a creator", "a client", "a member and a fact", "a fact that is missing", "no words", "a fact with braces"],
)
def test_an_event_is_a_sentence(made, says):
    assert sentence_of(made) == says


def test_a_reason_is_shown_while_its_note_stands():
    paused = event("collaboration.paused", source="agreed", note=4)
    assert [moment.note for moment in (*timeline([paused], {4: "Storm"}), *timeline([paused], {}))] == ["Storm", ""]
