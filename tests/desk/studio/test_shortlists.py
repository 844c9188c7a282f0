"""Shortlists at the desk: made by hand or of a plan, put in order, remarked on, counted once, taken along."""

import io
import zipfile

import pytest
from pydantic import ValidationError

from asterism.desk.studio import listing, shortlists
from asterism.desk.studio.exporting import export_shortlist
from asterism.desk.studio.kept import REACHING
from asterism.desk.studio.listing import count_together, shortlist_page
from asterism.desk.studio.shortlists import Adding, Moving, NewShortlist, Remark, Renaming, add_creators, make_shortlist
from asterism.errors import BadInput, Conflict, NotAllowed, NotFound
from asterism.store.ledger.models import Answer, Creator, Event, Job, Listed, PlanDraft, Shortlist
from asterism.store.ledger.scope import add, rows, save
from tests.finding import with_index
from tests.studio import campaign, creator, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
ALL = ["instagram:c-ana", "tiktok:c-ben", "instagram:c-cyd"]


@pytest.fixture
def studio():
    made = place()
    with_index(made.owner)
    return made


@pytest.fixture
def seat(studio):
    return studio.seat("analyst")


@pytest.fixture
def first(seat):
    return make_shortlist(seat, NewShortlist(name="First", creator=ALL))


def called(seat, row):
    return [entry.called for entry in shortlist_page(seat, row.pk).entries]


def test_creators_of_the_catalogue_are_put_with_the_figures_of_the_day(seat, first):
    page = shortlist_page(seat, first.pk)
    assert called(seat, first) == ["@ana", "@ben", "@cyd.travels"]
    ana = page.entries[0]
    assert (ana.engagement.low, ana.real.mean, ana.fee.high, ana.fee_source) == (0.027, 0.86, 623.0, "quote")
    with_index(seat, [])  # what the catalogue says later changes nothing here
    assert shortlist_page(seat, first.pk).entries[0].fee.high == 623.0
    assert rows(seat, Creator).count() == 3


def test_a_creator_stands_once_and_new_ones_come_last(seat, first):
    put = add_creators(seat, Adding(shortlist=first.pk, creator=["youtube:c-dee", *ALL]))
    assert (put.added, put.standing) == (1, 3)
    assert called(seat, first) == ["@ana", "@ben", "@cyd.travels", "Dee"]


def test_creators_of_the_own_records_can_be_put_too(seat):
    creator(seat, "zoe", platform="x")
    made = make_shortlist(seat, NewShortlist(name="Own", creator=["x:c-zoe"]))
    assert shortlist_page(seat, made.pk).entries[0].engagement is None


@pytest.mark.parametrize(
    ("wish", "error", "says"),
    [
        ({"creator": ["instagram:c-ana"]}, BadInput, "No shortlist was chosen"),
        ({"creator": ["instagram:nobody"], "name": "New"}, NotFound, "no creator `nobody` on instagram"),
        ({"creator": ["instagram:c-ana"], "shortlist": 10**9}, NotFound, "no such shortlist"),
    ],
    ids=["nowhere", "nobody", "unknown list"],
)
def test_what_cannot_be_added_is_said_and_nothing_is_half_done(seat, wish, error, says):
    with pytest.raises(error, match=says):
        add_creators(seat, Adding(**wish))
    assert not rows(seat, Shortlist).exists()
    assert not rows(seat, Creator).exists()


@pytest.mark.parametrize("named", ["ana", "instagram:", "../x:y", "Instagram:c-ana"])
def test_an_account_that_is_none_is_refused(named):
    with pytest.raises(ValidationError):
        Adding(creator=[named], name="x")


def test_a_list_too_long_to_read_is_refused(seat, first, monkeypatch):
    monkeypatch.setattr(shortlists, "MOST", 3)
    with pytest.raises(Conflict, match="3 creators at most"):
        add_creators(seat, Adding(shortlist=first.pk, creator=["youtube:c-dee"]))
    assert len(called(seat, first)) == 3


def test_an_erased_creator_is_not_put(seat):
    creator(seat, "zoe", erased_at=seat.now)
    with pytest.raises(BadInput, match="were erased"):
        make_shortlist(seat, NewShortlist(name="x", creator=["instagram:c-zoe"]))
    assert not rows(seat, Shortlist).exists()


@pytest.mark.parametrize(
    ("who", "to", "order"),
    [
        (1, "up", "bac"), (0, "down", "bac"), (0, "up", "abc"), (2, "down", "abc"), (2, 1, "cab"), (0, 3, "bca"),
        (0, 99, "bca"), (1, 0, "bac"),
    ],
)  # fmt: skip
def test_a_creator_moves_and_the_others_close_up(seat, first, who, to, order):
    entry = shortlist_page(seat, first.pk).entries[who].row
    shortlists.move_entry(seat, entry.pk, Moving(to=to))
    assert "".join(name[1] for name in called(seat, first)) == order
    assert sorted(rows(seat, Listed).values_list("position", flat=True)) == [0, 1, 2]


def test_a_creator_is_remarked_on_and_taken_off_with_the_answers(seat, first):
    entry = shortlist_page(seat, first.pk).entries[0].row
    assert shortlists.set_remark(seat, entry.pk, Remark(remark=" The face of spring ")).remark == "The face of spring"
    shortlists.remove_entry(seat, entry.pk)
    assert called(seat, first) == ["@ben", "@cyd.travels"]
    assert rows(seat, Creator).filter(handle="ana").exists()
    assert not rows(seat, Answer).exists()


def test_a_list_is_renamed_given_a_campaign_and_taken_away(seat, first):
    of = campaign(seat)
    row = shortlists.rename(seat, first.pk, Renaming(name=" Spring ", campaign=of.pk))
    assert (row.name, row.campaign) == ("Spring", of)
    shortlists.drop_shortlist(seat, first.pk)
    assert not rows(seat, Shortlist).exists()
    last = rows(seat, Event).first()
    assert (last.action, last.facts) == ("shortlist.dropped", {"entries": 3})


def test_the_campaign_of_another_workspace_cannot_be_named(seat, first):
    theirs = campaign(place("Borealis").owner)
    with pytest.raises(NotFound, match="no such campaign"):
        shortlists.rename(seat, first.pk, Renaming(name="x", campaign=theirs.pk))
    with pytest.raises(NotFound, match="no such campaign"):
        make_shortlist(seat, NewShortlist(name="x", campaign=theirs.pk))


def pick(creator_id, **fields):
    price = {"mean": 700.0, "low": 600.0, "high": 900.0, "source": "quote"}
    who = {
        "creator_id": creator_id,
        "platform": "instagram",
        "handle": f"@{creator_id}",
        "tier": "micro",
        "niche": None,
    }
    return {**who, "followers": 9_000, "package": "2 reels", "price": price, "reasons": ["Adds most."], **fields}


def test_a_plans_picks_become_a_list_in_their_order_with_price_and_reasons(seat):
    of = campaign(seat)
    picks = [pick("c-new"), pick("c-ana"), pick("c-new", package="1 story")]
    add(seat, PlanDraft, campaign=of, number=2, plan={"currency": "EUR", "picks": picks})
    made = shortlists.shortlist_of_plan(seat, of.pk, 2)
    page = shortlist_page(seat, made.pk)
    assert (made.campaign, [entry.called for entry in page.entries]) == (of, ["@c-new", "@c-ana"])
    new, ana = page.entries
    assert (new.fee.mean, new.currency, new.row.shown["package"], new.engagement) == (700.0, "EUR", "2 reels", None)
    assert (ana.fee.mean, ana.engagement.mean) == (700.0, 0.031)
    assert ana.row.shown["reasons"] == ["Adds most."]


def test_a_plan_that_is_not_there_or_picks_nobody_makes_no_list(seat):
    of = campaign(seat)
    with pytest.raises(NotFound, match="no such plan"):
        shortlists.shortlist_of_plan(seat, of.pk, 1)
    add(seat, PlanDraft, campaign=of, number=1, plan={"picks": []})
    with pytest.raises(BadInput, match="picks nobody"):
        shortlists.shortlist_of_plan(seat, of.pk, 1)


@pytest.mark.parametrize(
    "deed",
    [
        lambda seat, _: make_shortlist(seat, NewShortlist(name="x")),
        lambda seat, row: add_creators(seat, Adding(shortlist=row.pk, creator=["instagram:c-ana"])),
        lambda seat, row: shortlists.rename(seat, row.pk, Renaming(name="x")),
        lambda seat, row: shortlists.drop_shortlist(seat, row.pk),
        lambda seat, row: shortlists.set_remark(seat, row.entries.first().pk, Remark()),
        lambda seat, row: shortlists.move_entry(seat, row.entries.first().pk, Moving(to="up")),
        lambda seat, row: shortlists.remove_entry(seat, row.entries.first().pk),
        lambda seat, _: shortlists.shortlist_of_plan(seat, 1, 1),
        lambda seat, row: count_together(seat, row.pk),
    ],
    ids=["make", "add", "rename", "drop", "remark", "move", "remove", "of plan", "together"],
)
def test_a_viewer_changes_nothing(studio, first, deed):
    with pytest.raises(NotAllowed):
        deed(studio.seat("viewer"), first)


def test_another_workspaces_list_is_not_found(first):
    with pytest.raises(NotFound, match="no such shortlist"):
        shortlist_page(place("Borealis").owner, first.pk)


def test_people_are_counted_once_when_somebody_asks_and_anew_when_the_list_changes(seat, first):
    assert shortlist_page(seat, first.pk).together.people is None
    assert shortlist_page(seat, first.pk).together.sum == 446_000
    job = count_together(seat, first.pk)
    assert count_together(seat, first.pk) == job
    assert shortlist_page(seat, first.pk).together.job.goes_on
    save(seat, job, state="done", result={"people": 400_000.0, "low": 390_000.0, "high": 410_000.0})
    assert shortlist_page(seat, first.pk).together.people.mean == 400_000
    entry = shortlist_page(seat, first.pk).entries[2].row
    shortlists.remove_entry(seat, entry.pk)
    assert shortlist_page(seat, first.pk).together.people is None
    assert rows(seat, Job).filter(kind=REACHING).count() == 1


def test_one_creator_alone_is_not_counted(seat):
    made = make_shortlist(seat, NewShortlist(name="x", creator=["instagram:c-ana"]))
    assert shortlist_page(seat, made.pk).together is None
    with pytest.raises(BadInput, match="Fewer than two"):
        count_together(seat, made.pk)


@pytest.fixture
def hostile(seat):
    creator(seat, "=HYPERLINK(1)", creator_id="c-x", name="+1", platform="x")
    made = make_shortlist(seat, NewShortlist(name="../=List", creator=["instagram:c-ana", "x:c-x"]))
    shortlists.set_remark(seat, made.entries.last().pk, Remark(remark="@SUM(A1)"))
    return made


def test_a_list_as_csv_holds_ranges_and_runs_nothing(seat, hostile):
    name, content = export_shortlist(seat, hostile.pk, "csv")
    lines = content.decode().splitlines()
    assert name == "list.csv"
    assert len(lines) == 3
    assert '"followers (potential)","engagement","engagement, low"' in lines[0]
    assert "0.031,0.027,0.036" in lines[1]
    assert all(f'"\'{text}"' in lines[2] for text in ("=HYPERLINK(1)", "+1", "@SUM(A1)"))


def test_a_list_as_a_workbook_holds_numbers_and_runs_nothing(seat, hostile):
    name, content = export_shortlist(seat, hostile.pk, "xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
    assert name == "list.xlsx"
    assert "<v>0.027</v>" in sheet
    assert "<v>512</v>" in sheet
    assert "<f>" not in sheet
    assert ">'=HYPERLINK(1)<" in texts.replace("&#39;", "'")


def test_lists_are_counted_in_two_questions_however_many(seat, django_assert_max_num_queries):
    for n in range(5):
        make_shortlist(seat, NewShortlist(name=f"List {n}", creator=ALL[:2]))
    with django_assert_max_num_queries(2):
        found = listing.shortlists_of(seat)
    assert (found.lists[0].name, found.lists[0].creators, found.lists[0].open_links) == ("List 4", 2, 0)
