"""What a collaboration's steps need, and what no sequence of steps can reach."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from asterism.campaigns.lifecycle import (
    COLLABORATION,
    NEEDS,
    Facts,
    Override,
    Paid,
    Place,
    advance,
    ready,
    renewed,
    unmet,
)
from asterism.campaigns.steps import PARTIES, allowed
from asterism.errors import IllegalStep
from asterism.quantities import Money

FEE = Money(Decimal(300), "EUR")
PAID = Paid("approved", "ana", "ben", FEE)
ALL = Facts(agreement="accepted", fee=FEE, disclosure="pass", client_asked=True, client_passed=True, day_set=True,
            post_links=1, figures=1, payments=(PAID,), reason="because")  # fmt: skip
WAYS = {
    "the whole way": "invite negotiate agree brief hand_in approve schedule go_live measure pay thank",
    "terms as invited, posted without a set day": "invite agree brief hand_in approve go_live measure pay thank",
    "two rounds of changes": "invite agree brief hand_in ask_changes hand_in ask_changes hand_in approve go_live",
    "changes after all": "invite agree brief hand_in approve schedule reopen hand_in approve schedule go_live",
    "a no that becomes a yes": "invite decline invite negotiate decline invite agree",
    "a draft replaced before it was looked at": "invite agree brief hand_in hand_in approve",
    "a pause at every point": "invite pause resume agree pause resume brief pause resume hand_in pause resume approve",
}
ENDS = {"the whole way": "thanked", "terms as invited, posted without a set day": "thanked",
        "two rounds of changes": "live", "changes after all": "live", "a no that becomes a yes": "agreed",
        "a draft replaced before it was looked at": "approved", "a pause at every point": "approved"}  # fmt: skip


def walked(steps, place=None, facts=ALL):
    place = place or Place()
    for step in steps.split():
        place = advance(place, step, "team", facts)
    return place


@pytest.mark.parametrize("way", WAYS)
def test_the_ways_that_campaigns_go(way):
    assert walked(WAYS[way]) == Place(ENDS[way])


@pytest.mark.parametrize("state", ["invited", "negotiating", "agreed", "briefed", "draft", "approved", "scheduled"])
def test_a_pause_remembers_the_state_and_going_on_forgets_the_pause(state):
    paused = advance(Place(state), "pause", "team", ALL)
    assert paused == Place("paused", state)
    assert advance(paused, "resume", "team", Facts()) == Place(state)
    assert advance(paused, "cancel", "team", ALL) == Place("cancelled")


@pytest.mark.parametrize(("state", "left"), [("paused", None), ("live", "draft")])
def test_only_what_is_paused_has_a_state_before(state, left):
    with pytest.raises(IllegalStep, match="and nothing else, has a state"):
        Place(state, left)


LACKING = [
    ("invite", "shortlisted", {"opted_out": True}, "does not want to be written to"),
    ("invite", "declined", {"client_refused": True}, "client said no"),
    ("agree", "invited", {"agreement": None}, "No agreement is accepted"),
    ("agree", "negotiating", {"agreement": "offered"}, "No agreement is accepted"),
    ("approve", "draft", {"disclosure": None}, "does not pass the disclosure check"),
    ("approve", "draft", {"disclosure": "fail"}, "does not pass the disclosure check"),
    ("approve", "draft", {"disclosure": "unclear"}, "does not pass the disclosure check"),
    ("approve", "draft", {"disclosure": "fail", "override": Override("owner", "  ")}, "does not pass the disclosure"),
    ("approve", "draft", {"disclosure": "fail", "override": Override("viewer", "why")}, "does not pass the disclosure"),
    ("approve", "draft", {"disclosure": "fail", "override": Override("nobody", "why")}, "does not pass the disclosure"),
    ("approve", "draft", {"client_passed": False}, "client has not passed"),
    ("schedule", "approved", {"day_set": False}, "has no day"),
    ("go_live", "approved", {"post_links": 0}, "No link to a post"),
    ("go_live", "scheduled", {"post_links": 0}, "No link to a post"),
    ("measure", "live", {"figures": 0, "reason": " "}, "No post has figures"),
    ("pay", "measured", {"payments": ()}, "by a second person"),
    ("pay", "measured", {"payments": (), "fee": None}, "by a second person"),
    ("pay", "measured", {"payments": (replace(PAID, state="proposed"),)}, "by a second person"),
    ("pay", "measured", {"payments": (replace(PAID, state="rejected"),)}, "by a second person"),
    ("pay", "measured", {"payments": (replace(PAID, checker="ana"),)}, "by a second person"),
    ("pay", "measured", {"payments": (replace(PAID, checker=None),)}, "by a second person"),
    ("pay", "measured", {"payments": (PAID, replace(PAID, state="proposed"))}, "proposed and not decided"),
    ("pay", "measured", {"payments": (replace(PAID, amount=Money(Decimal("299.99"), "EUR")),)}, "agreed fee"),
    ("pay", "measured", {"payments": (replace(PAID, amount=Money(Decimal(300), "USD")),)}, "agreed fee"),
    ("pay", "measured", {"payments": (replace(PAID, amount=None),)}, "agreed fee"),
    ("decline", "invited", {"reason": ""}, "no without a reason"),
    ("pause", "draft", {"reason": ""}, "pause without a reason"),
    ("cancel", "live", {"reason": "\n"}, "without a reason"),
]


@pytest.mark.parametrize(("step", "state", "lack", "match"), LACKING)
def test_a_step_that_lacks_something_says_what_and_offers_the_others(step, state, lack, match):
    facts = replace(ALL, **lack)
    with pytest.raises(IllegalStep, match=match) as told:
        advance(Place(state), step, "team", facts)
    assert told.value.fix
    assert step not in told.value.allowed
    assert told.value.allowed == ready(Place(state), "team", facts)
    assert advance(Place(state), step, "team", ALL).state != state


MET = [
    ("approve", "draft", {"disclosure": "fail", "override": Override("owner", "the label is burned into the video")}),
    ("approve", "draft", {"client_asked": False, "client_passed": False}),
    ("measure", "live", {"figures": 0, "reason": "the story is gone"}),
    ("measure", "live", {"figures": 1, "reason": ""}),
    ("pay", "measured", {"fee_due": False, "payments": ()}),
    ("pay", "measured", {"payments": (replace(PAID, state="sent"),)}),
    ("pay", "measured", {"payments": (replace(PAID, state="confirmed"),)}),
    ("pay", "measured", {"payments": (PAID, replace(PAID, state="rejected", checker="ana"))}),
    ("pay", "measured", {"payments": tuple(replace(PAID, amount=Money(Decimal(150), "EUR")) for _ in range(2))}),
    ("pay", "measured", {"fee": None, "payments": (replace(PAID, amount=None),)}),
]


@pytest.mark.parametrize(("step", "state", "facts"), MET)
def test_a_step_that_has_all_it_needs_is_taken(step, state, facts):
    assert advance(Place(state), step, "team", replace(ALL, **facts)).state != state


def test_every_need_is_of_a_step_and_is_tried():
    assert {need.step for need in NEEDS} <= {step.name for step in COLLABORATION.steps}
    assert all(need.what and need.fix for need in NEEDS)
    tried = {need.what for step, _, lack, _ in LACKING for need in unmet(step, replace(ALL, **lack))}
    assert tried == {need.what for need in NEEDS}


def test_the_state_speaks_before_the_needs():
    with pytest.raises(IllegalStep, match="does not follow «shortlisted»"):
        advance(Place(), "pay", "team", Facts())
    with pytest.raises(IllegalStep, match="is not for the creator"):
        advance(Place("draft"), "approve", "creator", Facts())


def test_only_what_was_thanked_for_is_renewed_as_a_new_collaboration():
    assert renewed(Place("thanked")) == Place("shortlisted")
    for state in set(COLLABORATION.states) - {"thanked", "paused"}:
        with pytest.raises(IllegalStep, match="is not renewed"):
            renewed(Place(state))


AFTER = {
    "invited": "shortlisted", "agreed": "invited", "briefed": "agreed", "draft": "briefed", "approved": "draft",
    "scheduled": "approved", "live": "approved", "measured": "live", "paid": "measured", "thanked": "paid",
}  # fmt: skip
"""Each state, and one that must have come before."""


class Lives(RuleBasedStateMachine):
    """Any steps by anybody with any facts, tried in any order."""

    def __init__(self):
        super().__init__()
        self.place, self.past, self.taken = Place(), ["shortlisted"], []

    @rule(
        step=st.sampled_from([s.name for s in COLLABORATION.steps]),
        party=st.sampled_from(PARTIES),
        lack=st.sampled_from([{}, {}, {}, *(lack for _, _, lack, _ in LACKING)]),
    )
    def try_a_step(self, step, party, lack):
        self.attempt(step, party, replace(ALL, **lack))

    @precondition(lambda self: allowed(COLLABORATION, self.place.state))
    @rule(pick=st.integers(0, 9), lack=st.sampled_from([{}, *(lack for _, _, lack, _ in LACKING)]))
    def try_an_open_step(self, pick, lack):
        usual = [s for s in allowed(COLLABORATION, self.place.state) if s.name not in ("cancel", "decline")]
        steps = usual or allowed(COLLABORATION, self.place.state)
        step = steps[pick % len(steps)]
        self.attempt(step.name, sorted(step.by)[0], replace(ALL, **lack))

    def attempt(self, step, party, facts):
        before = self.place
        try:
            self.place = advance(before, step, party, facts)
        except IllegalStep:
            assert self.place == before
            assert step not in ready(before, party, facts)
            return
        assert step in ready(before, party, facts)
        self.past.append(self.place.state)
        self.taken.append((step, facts))

    @invariant()
    def nothing_comes_before_what_it_rests_on(self):
        for state, needed in AFTER.items():
            if state in self.past:
                assert needed in self.past[: self.past.index(state)]

    @invariant()
    def what_was_taken_was_due(self):
        for step, facts in self.taken:
            if step == "agree":
                assert facts.agreement == "accepted"
            if step == "approve":
                assert facts.disclosure == "pass"
            if step == "go_live":
                assert facts.post_links
            if step == "pay":
                assert any(p.maker != p.checker and p.checker for p in facts.payments)

    @invariant()
    def what_is_owed_is_not_cancelled(self):
        assert not ("measured" in self.past and "cancelled" in self.past)

    @invariant()
    def a_pause_changes_nothing(self):
        for i, state in enumerate(self.past[1:-1], 1):
            if state == "paused":
                assert self.past[i + 1] in (self.past[i - 1], "cancelled")

    @invariant()
    def the_last_word_is_the_last(self):
        assert not {"thanked", "cancelled"} & set(self.past[:-1])


TestLives = Lives.TestCase
TestLives.settings = settings(max_examples=150, stateful_step_count=40, deadline=None, derandomize=True)


def reached_without(avoided):
    """Every place that some steps lead to when one state is never entered."""
    found, edge = {Place()}, [Place()]
    while edge:
        place = edge.pop()
        for step in allowed(COLLABORATION, place.state):
            nxt = advance(place, step.name, sorted(step.by)[0], ALL)
            if nxt not in found and avoided not in (nxt.state, nxt.left):
                found.add(nxt)
                edge.append(nxt)
    return {place.state for place in found}


NECESSARY = [(later, before) for later in ("paid", "thanked") for before in
             ("invited", "agreed", "briefed", "draft", "approved", "live", "measured")] + [
    ("live", "agreed"), ("live", "draft"), ("live", "approved"), ("scheduled", "approved"), ("thanked", "paid"),
    ("draft", "agreed"), ("declined", "invited"),
]  # fmt: skip
OPTIONAL = [("thanked", "negotiating"), ("thanked", "scheduled"), ("thanked", "paused"), ("thanked", "declined")]


@pytest.mark.parametrize(("state", "before"), NECESSARY)
def test_no_way_at_all_leads_around(state, before):
    assert state not in reached_without(before)


@pytest.mark.parametrize(("state", "before"), OPTIONAL)
def test_some_way_leads_around(state, before):
    assert state in reached_without(before)


def test_every_state_can_be_reached():
    assert reached_without("nothing") == set(COLLABORATION.states)


NOTHING_KNOWN = {
    "agree": ["No agreement is accepted."],
    "approve": ["The draft does not pass the disclosure check."],
    "schedule": ["The post has no day."],
    "go_live": ["No link to a post is recorded."],
    "measure": ["No post has figures."],
    "pay": ["No payment is approved by a second person."],
    "decline": ["A no without a reason teaches nothing."],
    "pause": ["A pause without a reason is forgotten."],
    "cancel": ["A collaboration is not cancelled without a reason."],
}


@pytest.mark.parametrize("step", [step.name for step in COLLABORATION.steps])
def test_what_is_not_said_is_not_so(step):
    assert [need.what for need in unmet(step, Facts())] == NOTHING_KNOWN.get(step, [])
