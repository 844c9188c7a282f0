"""Answers to «how did you hear of us?»: kept once, each refused row said, and how they are taken."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from asterism.desk.studio.survey_page import survey_page
from asterism.desk.studio.surveys import (
    SaidAnswer,
    SaidAnswers,
    add_answer,
    bring_answer_file,
    bring_answers,
    remove_answer,
)
from asterism.desk.studio.workspace import Options, options_of
from asterism.errors import BadInput, NotAllowed, NotFound
from asterism.store.ledger import models as m
from asterism.store.ledger.scope import rows
from tests.lifted import brought
from tests.measured import bought, measured, results_of, with_margin
from tests.studio import campaign, collaboration, creator, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def here():
    return place()


@pytest.fixture
def seat(here):
    return here.owner


@pytest.fixture
def of(seat):
    return measured(seat)


def said(n=1, first=0, **fields):
    return [SaidAnswer(key=f"a{first + at}", **fields) for at in range(n)]


def sent(seat, of, *groups):
    return bring_answers(seat, of.pk, SaidAnswers(answers=[one for group in groups for one in group]))


def asked(seat, of, naming=30, others=10):
    """Answers of 40 buyers, and as many orders again that nobody is credited with."""
    for n in range(45):
        bought(seat, f"dark-{n}")
    return sent(seat, of, said(naming, creator="@Ana"), said(others, naming, channel="search"))


def test_an_answer_stands_once(seat, of):
    first = sent(seat, of, said(3, channel="Search"), said(2, channel="friends"))
    assert (first.taken, first.repeated, first.rejected) == (3, 2, 0)
    again = sent(seat, of, said(4, channel="friends"))
    assert (again.taken, again.repeated) == (1, 3)
    assert set(rows(seat, m.Survey).values_list("key", "channel")) == {
        ("a0", "search"), ("a1", "search"), ("a2", "search"), ("a3", "friends")
    }  # fmt: skip


def test_a_creator_is_known_by_handle_id_and_code(seat, of):
    sent(seat, of, said(creator=" @ANA"), said(1, 1, creator="c-ana"), said(1, 2, code="ana"), said(1, 3, tier="Micro"))
    found = rows(seat, m.Survey).values_list("channel", "collaboration__creator__handle", "tier")
    assert list(found) == [("creator", "ana", "micro")] * 3 + [("creator", None, "micro")]


def test_the_order_tells_answers_apart_where_no_key_does(seat, of):
    assert sent(seat, of, [SaidAnswer(order="7", channel="x"), SaidAnswer(order="7", channel="y")]).repeated == 1
    assert rows(seat, m.Survey).get().order_key == "7"


@pytest.mark.parametrize(
    ("fields", "field", "match"),
    [
        ({"creator": "nobody"}, "creator", "No creator of this campaign is called so"),
        ({"code": "NOPE"}, "code", "No creator of this campaign has this code"),
        ({"tier": "mega"}, "tier", "it has macro, micro"),
        ({}, "channel", "says nothing"),
        ({"channel": "search", "at": "2036-01-01T00:00Z"}, "at", "lies ahead"),
    ],
    ids=["an unknown creator", "an unknown code", "a tier of nobody", "nothing", "the future"],
)
def test_an_answer_that_cannot_be_counted_is_refused(seat, of, fields, field, match):
    with pytest.raises(BadInput, match=match) as error:
        add_answer(seat, of.pk, SaidAnswer(**fields))
    assert error.value.field == field
    told = sent(seat, of, [SaidAnswer(key="k", **fields)], said(channel="search"))
    assert (told.taken, told.rejected, told.rejects[0].row, told.rejects[0].column) == (1, 1, 1, field)


def test_one_name_on_two_platforms_is_told_by_code(seat, of):
    collaboration(seat, of, creator(seat, "ana", creator_id="c-ana-2", platform="tiktok"))
    with pytest.raises(BadInput, match="2 collaborations are with this creator"):
        add_answer(seat, of.pk, SaidAnswer(creator="ana"))
    assert add_answer(seat, of.pk, SaidAnswer(code="ANA")).taken == 1


def test_a_file_is_answered_row_by_row(seat, of):
    table = (
        b"Response ID,Date,How did you hear of us?,Handle,Promo code,Order\n"
        b"r1,2026-11-20,Instagram ad,,,\nr2,2026-11-20,,@ana,,17\nr3,2026-11-20,,@nobody,,\n"
        b"r1,2026-11-21,search,,,\n,2026-11-21,search,,,\nr4,yesterday-ish,search,,,\nr5,2026-11-21,,,MAX,\n"
    )
    told = bring_answer_file(seat, of.pk, brought(table, "answers.csv"))
    assert (told.taken, told.repeated, told.rejected) == (3, 1, 3)
    assert [(one.row, one.column, one.value) for one in told.rejects] == [
        (4, "Handle", "@nobody"), (6, "Response ID", ""), (7, "Date", "yesterday-ish")
    ]  # fmt: skip
    assert bring_answer_file(seat, of.pk, brought(table, "answers.csv")).taken == 0


def test_a_file_without_keys_is_refused(seat, of):
    with pytest.raises(BadInput, match="no column for: key or order"):
        bring_answer_file(seat, of.pk, brought(b"channel\nsearch\n", "answers.csv"))


def test_a_key_that_stands_at_another_campaign_is_refused(seat, of):
    other = campaign(seat, "Autumn")
    sent(seat, other, said(channel="search"))
    told = sent(seat, of, said(channel="search"))
    assert (told.taken, told.rejected) == (0, 1)
    assert "another campaign" in told.rejects[0].reason


def test_the_page_says_what_tracking_misses(seat, of):
    assert survey_page(seat, of.pk).sentence == "Nobody was asked yet how they heard of you."
    asked(seat, of)
    page = survey_page(seat, of.pk)
    assert page.sentence.startswith("Creators brought 1.49 (1.36–1.62) orders")
    assert page.doubt.startswith("Survey answers are taken as true")
    assert [row[0].text for row in page.channels.rows] == ["creator", "search"]
    assert [(row[0].text, row[1].text) for row in page.creators.rows] == [("@ana", "30")]
    assert [row[0].text for row in page.tiers.rows] == ["macro", "micro", "all together"]
    assert page.tiers.rows[0][3].notes[0].startswith("Cannot tell yet: 0 of 40 answers name macro creators; about")
    assert page.chart is not None
    assert len(page.newest) == 10


def test_a_stated_recall_changes_page_and_return_and_is_said(seat, of):
    asked(seat, of, naming=14, others=26)

    def adjusted():
        return next(g for g in results_of(seat, of.pk).returned.by("tier") if g.name == "micro").roi.survey_adjusted

    before, page = adjusted(), survey_page(seat, of.pk)
    assert page.doubt in results_of(seat, of.pk).returned.warnings
    with_margin(seat, survey_recall="0.6-0.9")
    m.Event.objects.create(workspace=seat.workspace, made_at=seat.now, via="page", action="workspace.changed")
    after = adjusted()
    assert after.mean > before.mean
    assert after.high - after.low > before.high - before.low
    assert "60% to 90% say so" in survey_page(seat, of.pk).doubt


@pytest.mark.parametrize(
    ("fields", "match"),
    [({"survey_recall": "often"}, "no share and no range"), ({"survey_recall": "0.1", "survey_error": "0.2"}, "above")],
    ids=["words", "an error above the recall"],
)
def test_a_recall_that_cannot_be_is_refused_in_the_settings(seat, fields, match):
    with pytest.raises(ValidationError, match=match):
        Options(**{**options_of(seat.workspace).model_dump(), **fields})


def test_an_answer_is_taken_back(seat, of):
    sent(seat, of, said(2, channel="search"))
    assert remove_answer(seat, rows(seat, m.Survey).first().pk) == of.pk
    assert survey_page(seat, of.pk).answers == 1


def test_roles_and_workspaces_are_kept_apart(here, seat, of):
    sent(seat, of, said(channel="search"))
    for deed in (lambda s: add_answer(s, of.pk, SaidAnswer(channel="x")), lambda s: sent(s, of, said(channel="x"))):
        with pytest.raises(NotAllowed):
            deed(here.seat("viewer"))
        with pytest.raises(NotFound):
            deed(place(f"Borealis{id(deed)}").owner)
    with pytest.raises(NotFound):
        remove_answer(place("Ceres").owner, rows(seat, m.Survey).get().pk)


def test_an_answer_may_be_of_a_moment_ago_in_the_workspaces_zone(seat, of):
    add_answer(seat, of.pk, SaidAnswer(channel="search", at=(seat.now - timedelta(minutes=1)).replace(tzinfo=None)))
    assert rows(seat, m.Survey).get().at == seat.now - timedelta(minutes=1)


def test_more_answers_than_orders_of_the_campaigns_time_tell_nothing(seat, of):
    sent(seat, of, said(14, creator="ana"), said(50, 14, channel="search"))
    page = survey_page(seat, of.pk)
    assert page.sentence.startswith("Cannot tell yet: 64 answers but only ")
    assert page.sentence.endswith("): bring the orders, or check the days.")
    assert " orders in the campaign's time (from " in page.sentence
    assert [(one.told, one.value, one.says) for one in page.multipliers] == [(False, None, page.sentence)] * 3
    assert page.chart is None
    assert page.sentence in results_of(seat, of.pk).returned.warnings


def test_an_erased_creator_is_not_named(seat, of):
    who = creator(seat, "cleo")
    collaboration(seat, of, who)
    sent(seat, of, said(creator="cleo"))
    m.Creator.objects.filter(pk=who.pk).update(handle="", name="", erased_at=seat.now)
    assert survey_page(seat, of.pk).creators.rows[0][0].text == "an erased creator"
