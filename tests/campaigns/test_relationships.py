"""Relationship strength against a plain mean of its parts, and what missing evidence does and does not do."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asterism.campaigns.relationships import VERSION, WEIGHTS, History, Tally, relationship, relationships
from asterism.errors import BadInput

TODAY = date(2026, 12, 1)
FULL = History(4, Tally(7, 8), (6.0, 24.0, 30.0), Tally(2, 2), Tally(3, 5), 2, date(2026, 11, 1))
FIELDS = {
    "collaborations done": ("collaborations", None, 0, 20),
    "on time": ("on_time", None, Tally(0, 9), Tally(9, 9)),
    "reply speed": ("reply_hours", (), (200.0,) * 9, (1.0,) * 9),
    "rebookings": ("rebooked", None, Tally(0, 4), Tally(4, 4)),
    "honest reviews": ("honest", None, Tally(0, 4), Tally(4, 4)),
    "mutual content": ("mutual", None, 0, 12),
    "last contact": ("last_contact", None, date(2024, 1, 1), TODAY),
}


def naive_scores(h, today):
    """The scores, written once more."""
    scores = {}
    if h.collaborations is not None:
        scores["collaborations done"] = h.collaborations / (h.collaborations + 2)
    for name, tally in (("on time", h.on_time), ("rebookings", h.rebooked), ("honest reviews", h.honest)):
        if tally is not None and tally.of:
            scores[name] = (tally.hits + 1) / (tally.of + 2)
    if h.reply_hours:
        scores["reply speed"] = 24 / (24 + median(h.reply_hours))
    if h.mutual is not None:
        scores["mutual content"] = h.mutual / (h.mutual + 3)
    if h.last_contact:
        scores["last contact"] = 2 ** (-max(0, (today - h.last_contact).days) / 90)
    return scores


def naive_strength(h, today):
    scores = naive_scores(h, today)
    return sum(w * scores.get(name, 0.5) for name, w in WEIGHTS.items()) / sum(WEIGHTS.values())


counts = st.one_of(st.none(), st.integers(0, 50))
tallies = st.one_of(st.none(), st.integers(0, 20).flatmap(lambda n: st.builds(Tally, st.integers(0, n), st.just(n))))
histories = st.builds(
    History, counts, tallies, st.lists(st.floats(0, 1000), max_size=6).map(tuple), tallies, tallies, counts,
    st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2027, 1, 1))),
)  # fmt: skip
few = settings(max_examples=100, deadline=None, derandomize=True)


@few
@given(many=st.lists(histories, min_size=1, max_size=5))
def test_the_strength_is_the_weighted_mean_of_its_parts(many):
    for history, told in zip(many, relationships(many, TODAY), strict=True):
        scores = naive_scores(history, TODAY)
        assert told.strength.mean == pytest.approx(naive_strength(history, TODAY))
        assert 0 <= told.strength.low <= told.strength.mean <= told.strength.high <= 1
        assert told.known == pytest.approx(sum(WEIGHTS[name] for name in scores))
        assert {p.name: p.score for p in told.parts if p.score is not None} == pytest.approx(scores)
        assert [p.name for p in told.parts] == list(WEIGHTS)
        assert told.strength.to_dict() == pytest.approx(relationship(history, TODAY).strength.to_dict())


@pytest.mark.parametrize("name", FIELDS)
def test_each_part_counts_and_what_is_missing_widens_without_counting_against_anybody(name):
    field, missing, bad, good = FIELDS[name]
    base = replace(FULL, **{field: good})
    best, worst, unknown = (relationship(replace(base, **{field: x}), TODAY) for x in (good, bad, missing))
    assert worst.strength.mean < unknown.strength.mean < best.strength.mean
    width = {id(x): x.strength.high - x.strength.low for x in (best, worst, unknown)}
    assert width[id(unknown)] > max(width[id(best)], width[id(worst)])
    assert unknown.known == pytest.approx(1 - WEIGHTS[name])
    part = next(p for p in unknown.parts if p.name == name)
    assert (part.score, part.measured) == (None, None)
    assert part.evidence


def test_of_somebody_unknown_nothing_is_said():
    told = relationship(History(), TODAY)
    assert told.strength.mean == pytest.approx(0.5)
    assert told.known == 0
    assert told.strength.high - told.strength.low > 0.2
    assert all(p.score is None for p in told.parts)


def test_more_of_the_same_is_surer():
    few_, many = (relationship(History(on_time=Tally(n, n)), TODAY) for n in (1, 30))
    assert many.strength.mean > few_.strength.mean
    assert many.strength.high - many.strength.low < few_.strength.high - few_.strength.low
    one, nine = (relationship(History(reply_hours=(24.0,) * n), TODAY) for n in (1, 9))
    assert nine.strength.high - nine.strength.low < one.strength.high - one.strength.low


def test_the_parts_weights_and_version_are_listed():
    told = relationship(FULL, datetime(2026, 12, 1, 12, tzinfo=UTC))
    assert told.version == VERSION == "relationship-1"
    assert sum(WEIGHTS.values()) == pytest.approx(1)
    assert all(f"{p.weight:.2g} × {p.name}" in told.formula for p in told.parts)
    assert [(p.measured, p.unit, p.evidence) for p in told.parts] == [
        (4.0, "count", "4 collaborations"),
        (0.875, "share", "7 of 8 deliverables due"),
        (24.0, "hours", "3 answers"),
        (1.0, "share", "2 of 2 renewals offered"),
        (0.6, "share", "3 of 5 posts read for it"),
        (2.0, "per year", "2 pieces of content"),
        (30.0, "days ago", "last on 2026-11-01"),
    ]


def test_contact_fades_by_half_in_ninety_days_and_never_counts_above_today():
    def score(day):
        return relationship(History(last_contact=day), TODAY).parts[-1].score

    assert score(TODAY - timedelta(days=90)) == pytest.approx(0.5)
    assert score(TODAY + timedelta(days=9)) == score(TODAY) == 1


def test_one_answer_is_one_answer():
    assert relationship(History(reply_hours=(3.0,)), TODAY).parts[2].evidence == "1 answer"


@pytest.mark.parametrize(("hits", "of"), [(-1, 2), (3, 2), (0, -1)])
def test_a_tally_counts_between_none_and_all(hits, of):
    with pytest.raises(BadInput, match="is no count"):
        Tally(hits, of)


@pytest.mark.parametrize(
    "wrong", [{"collaborations": -1}, {"mutual": -1}, {"reply_hours": (-0.1,)}, {"reply_hours": (float("nan"),)}]
)
def test_a_history_counts_upwards(wrong):
    with pytest.raises(BadInput, match="counts from 0 upwards"):
        History(**wrong)


def test_nobody_asked_for_nothing_answered():
    assert relationships([], TODAY) == ()
