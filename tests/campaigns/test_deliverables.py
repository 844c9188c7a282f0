"""The lives of deliverables, agreements and payments: what must come before what; two pairs of eyes on money."""

from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asterism.campaigns.deliverables import (
    AGREEMENT,
    DELIVERABLE,
    PAYMENT,
    STAGES,
    check_four_eyes,
    four_eyes,
    stage_of,
    verdict,
)
from asterism.campaigns.lifecycle import COLLABORATION
from asterism.campaigns.steps import allowed, take
from asterism.errors import BadInput, NotAllowed


def reached_without(machine, avoided):
    """Every state that steps lead to when one is never entered."""
    found, edge = {machine.start}, [machine.start]
    while edge:
        state = edge.pop()
        for step in allowed(machine, state):
            if step.target not in found | {avoided}:
                found.add(step.target)
                edge.append(step.target)
    return found


@pytest.mark.parametrize(
    ("machine", "state", "before"),
    [
        (DELIVERABLE, "approved", "handed_in"),
        (DELIVERABLE, "scheduled", "approved"),
        (DELIVERABLE, "live", "approved"),
        (DELIVERABLE, "measured", "live"),
        (AGREEMENT, "accepted", "offered"),
        (PAYMENT, "sent", "approved"),
        (PAYMENT, "confirmed", "sent"),
    ],
    ids=lambda x: getattr(x, "name", x),
)
def test_no_way_leads_around(machine, state, before):
    assert state in reached_without(machine, None)
    assert state not in reached_without(machine, before)


def test_a_draft_goes_back_and_forth_until_it_is_approved():
    state = "planned"
    for step in [
        "hand_in",
        "ask_changes",
        "hand_in",
        "ask_changes",
        "hand_in",
        "approve",
        "reopen",
        "hand_in",
        "approve",
        "go_live",
        "measure",
    ]:
        state = take(DELIVERABLE, state, step, "team")
    assert state == "measured"


def test_a_payment_that_came_back_is_looked_at_anew():
    assert take(PAYMENT, "sent", "come_back", "team") == "proposed"
    assert "sent" not in {step.target for step in allowed(PAYMENT, "proposed")}


@pytest.mark.parametrize(
    ("maker", "checker"), [("ana", "ana"), ("Ana", "ana"), ("ana", " ana "), (7, 7), (7, "7"), ("straße", "STRASSE")]
)
def test_nobody_approves_what_they_proposed(maker, checker):
    assert not four_eyes(maker, checker)
    with pytest.raises(NotAllowed, match="may not approve it"):
        check_four_eyes(maker, checker)


@pytest.mark.parametrize(("maker", "checker"), [("", "ana"), ("ana", " "), ("", "")])
def test_both_must_be_named(maker, checker):
    assert not four_eyes(maker, checker)
    with pytest.raises(BadInput, match="somebody who proposed it"):
        check_four_eyes(maker, checker)


@pytest.mark.parametrize(("maker", "checker"), [("ana", "ben"), (1, 2), (1, 12), ("ana", "anna")])
def test_two_people_may(maker, checker):
    check_four_eyes(maker, checker)
    assert four_eyes(maker, checker)
    assert not four_eyes(maker, None)
    assert not four_eyes(None, checker)
    assert not four_eyes(None, None)


names = st.one_of(st.text(max_size=4), st.integers(0, 3), st.sampled_from(["a", "A", " a"]))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(maker=names, checker=names)
def test_asking_and_insisting_agree(maker, checker):
    assert four_eyes(maker, checker) == four_eyes(checker, maker)
    if four_eyes(maker, checker):
        check_four_eyes(maker, checker)
    else:
        with pytest.raises((NotAllowed, BadInput), match="payment"):
            check_four_eyes(maker, checker)


ORDER = ("planned", "handed_in", "approved", "scheduled", "live", "measured")


@pytest.mark.parametrize(("slow", "fast"), [(a, b) for i, a in enumerate(ORDER) for b in ORDER[i:]])
def test_the_slowest_deliverable_sets_the_stage(slow, fast):
    told = {"planned": "briefed", "handed_in": "draft"}.get(slow, slow)
    for states in permutations((slow, fast, "missed", "cancelled")):
        assert stage_of(states) == told


def test_changes_asked_are_a_step_back_and_nothing_left_is_no_stage():
    assert stage_of(["approved", "changes_asked"]) == "briefed"
    assert stage_of(["missed", "cancelled"]) is None
    assert stage_of([]) is None
    assert set(STAGES) == set(DELIVERABLE.states) - {"missed", "cancelled"}
    assert set(STAGES.values()) <= set(COLLABORATION.states)


def test_judges_together_by_every_pair():
    states = ("asked", "passed", "changes", "waived", "void")
    for one, two in product(states, states):
        pair = {one, two} - {"void"}
        want = "changes" if "changes" in pair else "pending" if "asked" in pair or not pair else "passed"
        assert verdict([one, two]) == want
