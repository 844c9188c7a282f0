"""Every state, every step, every party: each machine against a table written by hand beside it."""

from itertools import product

import pytest

from asterism.campaigns.deliverables import AGREEMENT, DELIVERABLE, DRAFT, PAYMENT, REVIEW
from asterism.campaigns.lifecycle import COLLABORATION
from asterism.campaigns.steps import BACK, PARTIES, Machine, Step, allowed, take
from asterism.errors import BadInput, IllegalStep

LETTERS = {"t": "team", "c": "creator", "l": "client", "s": "system"}
TABLES = {
    "collaboration": """
        shortlisted  invite>invited:t cancel>cancelled:t
        invited      negotiate>negotiating:tc agree>agreed:tc decline>declined:tc pause>paused:t cancel>cancelled:t
        negotiating  agree>agreed:tc decline>declined:tc pause>paused:t cancel>cancelled:t
        agreed       brief>briefed:t pause>paused:t cancel>cancelled:t
        briefed      hand_in>draft:tc pause>paused:t cancel>cancelled:t
        draft        hand_in>draft:tc ask_changes>briefed:t approve>approved:t pause>paused:t cancel>cancelled:t
        approved     reopen>briefed:t schedule>scheduled:tc go_live>live:tcs pause>paused:t cancel>cancelled:t
        scheduled    reopen>briefed:t go_live>live:tcs pause>paused:t cancel>cancelled:t
        live         measure>measured:ts cancel>cancelled:t
        measured     pay>paid:ts
        paid         thank>thanked:t
        thanked
        declined     invite>invited:t
        paused       resume>(back):t cancel>cancelled:t
        cancelled
    """,
    "deliverable": """
        planned        hand_in>handed_in:tc miss>missed:ts cancel>cancelled:t
        handed_in      hand_in>handed_in:tc ask_changes>changes_asked:t approve>approved:t cancel>cancelled:t
        changes_asked  hand_in>handed_in:tc miss>missed:ts cancel>cancelled:t
        approved       reopen>changes_asked:t schedule>scheduled:tc go_live>live:tcs miss>missed:ts cancel>cancelled:t
        scheduled      reopen>changes_asked:t go_live>live:tcs miss>missed:ts cancel>cancelled:t
        live           measure>measured:ts
        measured
        missed         hand_in>handed_in:tc cancel>cancelled:t
        cancelled
    """,
    "draft": """
        waiting        ask_changes>changes_asked:t approve>approved:t supersede>superseded:s withdraw>withdrawn:tc
        changes_asked  supersede>superseded:s
        approved       ask_changes>changes_asked:t
        superseded
        withdrawn
    """,
    "review": """
        asked    pass>passed:tl ask_changes>changes:tl waive>waived:t void>void:s
        passed   ask_changes>changes:tl void>void:s
        changes  pass>passed:tl void>void:s
        waived   void>void:s
        void
    """,
    "agreement": """
        drafted     offer>offered:t withdraw>withdrawn:ts supersede>superseded:ts
        offered     accept>accepted:c record>accepted:t decline>declined:tc withdraw>withdrawn:ts
                    supersede>superseded:ts
        accepted    supersede>superseded:ts
        declined
        withdrawn
        superseded
    """,
    "payment": """
        proposed   approve>approved:t reject>rejected:t
        approved   reject>rejected:t send>sent:ts
        sent       confirm>confirmed:tcs come_back>proposed:ts
        confirmed
        rejected
    """,
}
MACHINES = {m.name: m for m in (COLLABORATION, DELIVERABLE, DRAFT, REVIEW, AGREEMENT, PAYMENT)}
RESTING = {
    "collaboration": {"thanked", "declined", "cancelled"},
    "deliverable": {"measured", "missed", "cancelled"},
    "draft": {"changes_asked", "approved", "superseded", "withdrawn"},
    "review": {"passed", "changes", "waived", "void"},
    "agreement": {"accepted", "declined", "withdrawn", "superseded"},
    "payment": {"confirmed", "rejected"},
}


def read(text):
    """(state, step) → (target, parties), and the states in the order in which they are written."""
    rows, states, state = {}, [], ""
    for word in text.split():
        if ">" not in word:
            state = word
            states.append(word)
            continue
        step, _, rest = word.partition(">")
        target, _, letters = rest.partition(":")
        rows[state, step] = target, {LETTERS[letter] for letter in letters}
    return rows, states


EXPECTED = {name: read(text) for name, text in TABLES.items()}
CASES = [
    pytest.param(name, state, step.name, id=f"{name}-{state}-{step.name}")
    for name, machine in MACHINES.items()
    for state, step in product(machine.states, machine.steps)
]


@pytest.mark.parametrize("name", MACHINES)
def test_the_table_by_hand_and_the_machine_have_the_same_states_and_steps(name):
    rows, states = EXPECTED[name]
    assert sorted(states) == sorted(MACHINES[name].states)
    assert {step for _, step in rows} == {step.name for step in MACHINES[name].steps}
    assert MACHINES[name].start == states[0]
    assert MACHINES[name].ends == RESTING[name]


@pytest.mark.parametrize(("name", "state", "step"), CASES)
def test_a_step_is_open_exactly_where_and_to_whom_the_table_says(name, state, step):
    machine, (target, parties) = MACHINES[name], EXPECTED[name][0].get((state, step), ("", set()))
    left = "briefed" if target == "(back)" else None
    for party in PARTIES:
        if party in parties:
            assert take(machine, state, step, party, left) == (left or target)
            continue
        why = f"is not for the {party}" if parties else f"does not follow «{state.replace('_', ' ')}»"
        with pytest.raises(IllegalStep, match=why) as told:
            take(machine, state, step, party, left)
        assert told.value.allowed == tuple(s.name for s in allowed(machine, state, party))
        assert all(name in told.value.fix for name in told.value.allowed)


@pytest.mark.parametrize("name", MACHINES)
def test_what_is_offered_is_what_can_be_taken(name):
    rows, states = EXPECTED[name]
    for state in states:
        assert {s.name for s in allowed(MACHINES[name], state)} == {step for at, step in rows if at == state}
        for party in PARTIES:
            offered = {s.name for s in allowed(MACHINES[name], state, party)}
            assert offered == {step for (at, step), (_, by) in rows.items() if at == state and party in by}


@pytest.mark.parametrize("name", MACHINES)
def test_every_state_is_reached_and_only_ends_are_dead_ends(name):
    rows, states = EXPECTED[name]
    reached, before = {states[0]}, set()
    while reached != before:
        before = set(reached)
        reached |= {target for (at, _), (target, _) in rows.items() if at in before and target != "(back)"}
    assert reached == set(states)
    dead = {state for state in states if not any(at == state for at, _ in rows)}
    assert dead <= MACHINES[name].ends


@pytest.mark.parametrize("name", MACHINES)
def test_every_state_leads_to_an_end(name):
    rows, states = EXPECTED[name]
    ending, before = set(RESTING[name]), set()
    while ending != before:
        before = set(ending)
        ending |= {at for (at, _), (target, _) in rows.items() if target in before}
    assert ending == set(states)


def test_what_is_paused_goes_on_where_it_was():
    for state in ("invited", "negotiating", "agreed", "briefed", "draft", "approved", "scheduled"):
        assert take(COLLABORATION, "paused", "resume", "team", state) == state


@pytest.mark.parametrize("left", [None, "paid", "live", "shortlisted", "paused", "nowhere"])
def test_nothing_resumes_in_a_state_that_cannot_be_paused(left):
    with pytest.raises(IllegalStep, match=f"goes on is not known: {left or 'no state'} was left"):
        take(COLLABORATION, "paused", "resume", "team", left)


@pytest.mark.parametrize(
    ("state", "step", "match"),
    [
        ("invited", "promote", "knows no step `promote`"),
        ("elsewhere", "invite", "is never elsewhere"),
        ("", "invite", "is never"),
    ],
)
def test_unknown_names_are_told(state, step, match):
    with pytest.raises(IllegalStep, match=match):
        take(COLLABORATION, state, step, "team")


def test_an_unknown_party_may_do_nothing():
    assert allowed(COLLABORATION, "invited", "stranger") == ()
    with pytest.raises(IllegalStep, match="is not for the stranger") as told:
        take(COLLABORATION, "invited", "agree", "stranger")
    assert told.value.allowed == ()
    assert told.value.fix == "Nothing is open to you now."


TEAM = frozenset({"team"})


def test_a_machine_says_what_is_wrong_with_its_table():
    go = Step("go", "Go", ("a",), "b", TEAM)
    assert Machine("thing", ("a", "b"), (go,)).step("go") is go
    with pytest.raises(BadInput, match="states it does not have: b, z"):
        Machine("thing", ("a",), (go,), frozenset({"z"}))
    with pytest.raises(BadInput, match="states it does not have: a"):
        Machine("thing", ("b",), (go,))
    with pytest.raises(BadInput, match="two states of one name"):
        Machine("thing", ("a", "b", "a"), (go,))
    with pytest.raises(BadInput, match="two steps or"):
        Machine("thing", ("a", "b"), (go, go))
    assert Machine("thing", ("a",), (Step("back", "Back", ("a",), BACK, frozenset(PARTIES)),)).start == "a"


@pytest.mark.parametrize(
    ("sources", "by", "action", "match"),
    [
        ((), TEAM, "run", "lacks a state"),
        (("a",), frozenset(), "run", "lacks a state or a party"),
        (("a",), frozenset({"team", "robot"}), "run", "lacks a state or a party"),
        (("a",), TEAM, "fly", "which no role allows"),
    ],
)
def test_a_step_says_what_is_wrong_with_it(sources, by, action, match):
    with pytest.raises(BadInput, match=match):
        Step("go", "Go", sources, "a", by, action)


ACTIONS = {
    "collaboration": {"write": {"invite", "thank"}, "agree": {"negotiate", "agree"}, "pay": {"pay"},
                      "review": {"ask_changes", "approve", "reopen"}},
    "deliverable": {"review": {"ask_changes", "approve", "reopen"}},
    "draft": {"review": {"ask_changes", "approve"}},
    "review": {"review": {"pass", "ask_changes", "waive"}},
    "agreement": {"agree": {"offer", "record", "decline", "withdraw", "supersede"}},
    "payment": {"approve_payment": {"approve", "reject"}, "pay": {"send", "confirm", "come_back"}},
}  # fmt: skip


@pytest.mark.parametrize("name", MACHINES)
def test_every_step_of_the_team_asks_for_the_role_its_matter_needs(name):
    asked = {step: action for action, steps in ACTIONS[name].items() for step in steps}
    assert {s.name: s.action for s in MACHINES[name].steps if s.action != "run"} == asked
