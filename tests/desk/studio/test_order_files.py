"""Tables of orders, rates and figures: each row is taken, known, or told where and why it is not."""

import io
from datetime import timedelta

import pytest
import xlsxwriter

from asterism.desk.studio import brought_tables
from asterism.desk.studio.figure_files import bring_figures, figures_page, read_from_catalogue
from asterism.desk.studio.order_files import bring_file
from asterism.desk.studio.orders import OrderFilter, orders_csv, orders_page
from asterism.desk.studio.posts import Told, supply
from asterism.desk.studio.rates import NewRate, NewRates, bring_rates, rates_page, set_rates
from asterism.errors import BadInput, MissingColumns, NotAllowed, TooLarge
from asterism.store.catalogue import Catalogue
from asterism.store.ledger.models import (
    Arrival,
    Click,
    Deliverable,
    Figures,
    Link,
    LivePost,
    Order,
    Rate,
    Refund,
    Shop,
    Upload,
)
from asterism.store.ledger.places import catalogue_of, uploads_of
from asterism.store.ledger.scope import add
from tests.studio import NOW, campaign, collaboration, place

pytestmark = pytest.mark.django_db
LARGEST = 1 << 20


@pytest.fixture
def here(home):
    return place()


def table(text, name="orders.csv"):
    """A file as it comes."""
    return name, [text.encode() if isinstance(text, str) else text], LARGEST


ORDERS = """order,date,amount,currency,code,email
1001,2026-11-02 10:00,60.00,EUR,ana15,mia@example.test
1002,2026-11-03 10:00,40.00,EUR,,
"""


def test_a_table_of_orders_is_taken_and_the_same_again_changes_nothing(here):
    first = bring_file(here.seat("analyst"), None, table(ORDERS))
    assert (first.rows, first.taken, first.rejected) == (2, 2, 0)
    assert dict(first.columns) == {
        "order": "the order", "date": "when it was made", "amount": "the amount for goods", "currency": "currency",
        "code": "promo codes", "email": "the customer, as a keyed hash",
    }  # fmt: skip
    again = bring_file(here.seat("analyst"), Shop.objects.get().pk, table(ORDERS))
    assert (again.taken, again.repeated) == (0, 2)
    assert [row.cents for row in Order.objects.order_by("key")] == [6000, 4000]
    assert "mia" not in str(list(Arrival.objects.values_list("said", flat=True)))
    assert not list(uploads_of(here.owner.workspace).iterdir())
    assert not Upload.objects.exists()


REJECTED = {
    "no amount": ("1003,2026-11-02,,EUR", "amount", "", "The cell is empty"),
    "words for an amount": ("1003,2026-11-02,much,EUR", "amount", "much", "not a number"),
    "below zero": ("1003,2026-11-02,-5.00,EUR", "amount", "-5.00", "`amount` is below 0. Give 0 or more."),
    "no day": ("1003,soon,5.00,EUR", "date", "soon", "not a date"),
    "a day that is none": ("1003,2026-02-30,5.00,EUR", "date", "2026-02-30", "not a date"),
    "no currency": ("1003,2026-11-02,5.00,E1E", "currency", "E1E", "no code of a currency"),
    "no key": (",2026-11-02,5.00,EUR", "order", "", "The cell is empty"),
    "too many cells": ("1003,2026-11-02,5.00,EUR,x,y,z,a", "", None, ""),
}


@pytest.mark.parametrize(("row", "column", "value", "why"), list(REJECTED.values()), ids=list(REJECTED))
def test_a_row_that_cannot_be_used_is_told_with_its_place(here, row, column, value, why):
    told = bring_file(here.owner, None, table(f"order,date,amount,currency\n1001,2026-11-01,1.00,EUR\n{row}\n"))
    assert (told.taken, told.rejected) == (1, 1)
    (one,) = told.rejects
    assert one.row == 3
    assert why in one.reason
    if value is not None:
        assert (one.column, one.value) == (column, value)


def test_of_an_order_twice_in_a_file_the_later_row_is_refused(here):
    told = bring_file(
        here.owner, None,
        table("order,date,amount,currency\n7,2026-11-01,29.13,EUR\n8,2026-11-01,x,EUR\n7,2026-11-02,20.00,EUR\n"
              "8,2026-11-01,5.00,EUR\n"),
    )  # fmt: skip
    assert (told.taken, told.rejected) == (2, 2)
    assert [(one.row, one.column, one.value) for one in told.rejects] == [(3, "amount", "x"), (4, "order", "7")]
    assert "stands above" in told.rejects[1].reason
    assert dict(Order.objects.values_list("key", "cents")) == {"7": 2913, "8": 500}


def test_a_shops_own_export_is_read_as_it_is(here):
    export = (
        "Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Created at,"
        "Lineitem name,Cancelled at,Refunded Amount\n"
        "#1001,a@b.test,paid,2026-11-02 10:00:00 +0100,EUR,60.00,5.00,6.00,71.00,ANA15,2026-11-02 10:00:00 +0100,"
        "Serum,,20.00\n"
        "#1001,a@b.test,,,,,,,,,2026-11-02 10:00:00 +0100,Cream,,\n"
        "#1002,a@b.test,paid,2026-11-03 10:00:00 +0100,EUR,10.00,5.00,1.00,16.00,,2026-11-03 10:00:00 +0100,"
        "Serum,2026-11-04 10:00:00 +0100,0.00\n"
    )
    told = bring_file(here.owner, None, table(export))
    assert (told.rows, told.taken, told.items, told.rejected) == (3, 2, 1, 0)
    first, second = Order.objects.order_by("key")
    assert (first.cents, first.codes, first.at.isoformat()) == (6000, ["ANA15"], "2026-11-02T09:00:00+00:00")
    assert Refund.objects.get().cents == 2000
    assert second.cancelled_at is not None


def test_marks_days_and_zones_are_read_by_the_evidence_of_the_column(here):
    shop = add(here.owner, Shop, name="Laden", kind="file", key="k", currency="EUR", timezone="Europe/Berlin")
    told = bring_file(
        here.owner, shop.pk, table("Order ID;Date;Net\n1;21.11.2026 10:00;1.234,50\n2;05.11.2026;€ 7,10\n")
    )
    assert told.rejects == ()
    rows = Order.objects.order_by("key")
    assert [(row.cents, row.currency, row.at.isoformat()) for row in rows] == [
        (123450, "EUR", "2026-11-21T09:00:00+00:00"), (710, "EUR", "2026-11-04T23:00:00+00:00"),
    ]  # fmt: skip


def test_a_workbook_is_a_table_too(here):
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    sheet = book.add_worksheet()
    for at, row in enumerate([["order", "date", "amount", "currency"], ["1001", "2026-11-02", 60.5, "EUR"]]):
        sheet.write_row(at, 0, row)
    book.close()
    assert bring_file(here.owner, None, table(held.getvalue(), "orders.xlsx")).taken == 1
    assert Order.objects.get().cents == 6050


def test_a_table_without_amounts_names_what_is_missing_and_what_there_is(here):
    with pytest.raises(MissingColumns, match=r"orders.csv has no column for: amount\. .* It has: order, date"):
        bring_file(here.owner, None, table("order,date\n1,2026-11-02\n"))


@pytest.mark.parametrize(("text", "says"), [("", "empty"), ("<html><body>x</body></html>", "orders.csv"),
                                            (b"MZ\x90\x00\x03", "orders.csv")])  # fmt: skip
def test_what_is_no_table_is_refused_by_its_own_name(here, text, says):
    with pytest.raises(BadInput, match=says) as told:
        bring_file(here.owner, None, table(text))
    assert str(uploads_of(here.owner.workspace)) not in str(told.value)
    assert not list(uploads_of(here.owner.workspace).iterdir())


def test_a_table_with_too_many_rows_is_refused(here, monkeypatch):
    monkeypatch.setattr(brought_tables, "ROWS", 1)
    with pytest.raises(TooLarge, match="2 rows"):
        bring_file(here.owner, None, table(ORDERS))


def test_a_viewer_brings_nothing(here):
    with pytest.raises(NotAllowed, match="import"):
        bring_file(here.seat("viewer"), None, table(ORDERS))


def test_orders_are_filtered_and_taken_away_without_formulas_and_hashes(here):
    bring_file(here.owner, None, table(ORDERS.replace("1002", "=1+1")))
    shown = orders_page(here.owner, OrderFilter(q="10"))
    assert [one.row.key for one in shown.orders] == ["1001"]
    assert orders_page(here.owner, OrderFilter(since="2026-11-03", until="2026-11-03")).found == 1
    assert orders_page(here.owner, OrderFilter(state="refunded")).found == 0
    content = orders_csv(here.owner, OrderFilter()).decode()
    assert "'=1+1" in content
    assert Order.objects.get(key="1001").customer not in content
    assert orders_csv(here.owner, OrderFilter(q="none")).startswith(b"shop,order,at")


def test_only_a_click_of_ours_is_one_and_a_day_to_come_is_said(here):
    seat = here.owner
    of = campaign(seat)
    link = add(seat, Link, campaign=of, collaboration=collaboration(seat, of), code="k", target="https://shop.test")
    add(seat, Click, link=link, key="ours-1", at=seat.now)
    ahead = (seat.now + timedelta(days=2)).isoformat()
    bring_file(
        seat, None,
        table(f"order,date,amount,currency,click\n1,2026-11-02,5.00,EUR,strange-1\n2,2026-11-02,5.00,EUR,ours-1\n"
              f"3,2026-11-02,5.00,EUR,\n4,{ahead},5.00,EUR,\n"),
    )  # fmt: skip
    page = orders_page(seat, OrderFilter())
    assert {one.row.key: (one.click, one.ahead) for one in page.orders} == {
        "1": (False, False), "2": (True, False), "3": (False, False), "4": (False, True)
    }  # fmt: skip
    assert (page.counted.with_click, page.counted.ahead) == (1, 1)
    assert "1 a click of ours." in page.sentence
    assert "1 order lies in the future: check the dates." in page.sentence
    elsewhere = place("Borealis").owner
    bring_file(elsewhere, None, table("order,date,amount,currency,click\n1,2026-11-02,5.00,EUR,ours-1\n"))
    assert orders_page(elsewhere, OrderFilter()).counted.with_click == 0


def test_the_sentence_says_what_orders_came_to(here):
    assert orders_page(here.owner, OrderFilter()).sentence == "No order has come yet."
    bring_file(here.owner, None, table(ORDERS + "1003,2026-11-03,5.00,USD,,\n1004,2026-11-03,5.00,XQQ,,\n"))
    sentence = orders_page(here.owner, OrderFilter()).sentence
    assert sentence.startswith(
        "3 orders came to 100.00 EUR and 5.00 USD after refunds. 1 carried a code, 0 a click of ours."
    )
    assert "Of what shops said, 1 waits: see why below." in sentence


def test_of_two_rates_of_one_day_the_last_holds_and_what_stands_stays_its_makers(here):
    first, second = NewRate(currency="EUR", on="2026-11-01", usd="1.1"), NewRate(currency="EUR", on="2026-11-01", usd=2)
    made = set_rates(here.owner, NewRates(rates=[first, second]))
    assert [(one.pk, one.usd) for one in made] == [(Rate.objects.get().pk, 2)]
    set_rates(here.seat("analyst"), NewRates(rates=[second]))
    assert Rate.objects.get().by == here.owner.user
    set_rates(here.seat("analyst"), NewRates(rates=[first]))
    assert (Rate.objects.get().by, Rate.objects.get().pk) == (here.seat("analyst").user, made[0].pk)


def test_a_long_table_of_rates_is_written_with_few_questions(here, django_assert_max_num_queries):
    days = "".join(f"EUR,{2001 + n // 300}-{n % 12 + 1:02}-{n % 25 + 1:02},1.{n:04}\n" for n in range(900))
    with django_assert_max_num_queries(30):
        assert bring_rates(here.owner, table(f"currency,date,usd\n{days}")).taken == 900


def test_refunds_of_many_orders_are_asked_for_in_parts(here, monkeypatch):
    monkeypatch.setattr("asterism.store.ledger.orders.ASKED", 1)
    bring_file(
        here.owner, None, table("order,date,amount,currency,refunded\n1,2026-11-02,9,EUR,1\n2,2026-11-03,9,EUR,2\n")
    )
    shown = orders_page(here.owner, OrderFilter()).orders
    assert {one.row.key: (one.refunded, one.kept) for one in shown} == {"1": (100, 800), "2": (200, 700)}


def test_rates_are_written_down_replaced_and_brought(here):
    set_rates(here.owner, NewRates(rates=[NewRate(currency="eur", on="2026-11-01", usd="1.1")]))
    told = bring_rates(
        here.owner, table("currency,date,usd\nEUR,2026-11-01,1.12\nGBP,2026-11-01,0\nJPY,1.11.2026,0.0065\n")
    )
    assert (told.taken, told.rejected) == (2, 1)
    assert (told.rejects[0].row, told.rejects[0].column, told.rejects[0].value) == (3, "usd", "0")
    assert [(row.currency, str(row.usd.normalize())) for row in Rate.objects.order_by("currency")] == [
        ("EUR", "1.12"), ("JPY", "0.0065"),
    ]  # fmt: skip
    bring_file(here.owner, None, table(ORDERS.replace("40.00,EUR", "40.00,SEK")))
    assert rates_page(here.owner).missing == ("SEK",)


@pytest.fixture
def post(here):
    """A live post of the campaign Spring launch."""
    work = collaboration(here.owner, state="went_live")
    made = Deliverable.objects.get(collaboration=work)
    return add(here.owner, LivePost, deliverable=made, url="https://www.instagram.com/p/Cx1/", posted_at=NOW)


FIGURES = (
    "url,as of,reach,likes\nhttps://instagram.com/p/Cx1?igsh=1,2026-11-24,900,80\nhttps://x.test/1,2026-11-24,1,1\n"
)


def test_figures_find_their_post_are_written_once_and_stay_beside_the_creators_own(here, post):
    of = post.deliverable.collaboration.campaign_id
    add(here.owner, Figures, post=post, source="creator", as_of=NOW, values={"likes": 70})
    told = bring_figures(here.owner, of, table(FIGURES))
    assert (told.taken, told.rejected, told.posts) == (1, 1, 1)
    assert (told.rejects[0].row, told.rejects[0].column) == (3, "url")
    assert "No post of this workspace has it" in told.rejects[0].reason
    assert bring_figures(here.owner, of, table(FIGURES)).repeated == 1
    rows = Figures.objects.order_by("as_of").values_list("source", "values")
    assert list(rows) == [("import", {"reach": 900, "likes": 80}), ("creator", {"likes": 70})]


def test_a_file_of_another_campaign_names_it_and_writes_nothing(here, post):
    other = campaign(here.owner, "Autumn")
    with pytest.raises(BadInput, match=r"belong to `Spring launch`, and none to `Autumn`: nothing was written"):
        bring_figures(here.owner, other.pk, table(FIGURES))
    assert not Figures.objects.exists()


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [("Cx1,2027-01-01,5,1", "as of", "lies ahead"), ("Cx1,,5,1", "as of", "empty"),
     ("Cx1,2026-11-01,x,1", "reach", "not"),
     ("Cx1,2026-11-01,-5,1", "reach", "cannot be"), ("Cx9,2026-11-01,5,1", "post id", "No post"),
     ("Cx1,2026-11-01,9,5", "", "reach counts people once")],
)  # fmt: skip
def test_a_row_of_figures_that_cannot_be_used_is_told_with_its_place(here, post, row, column, why):
    told = bring_figures(here.owner, post.deliverable.collaboration.campaign_id,
                         table(f"post id,as of,reach,impressions\n{row}\n"))  # fmt: skip
    assert (told.taken, told.rejected) == (0, 1)
    assert (told.rejects[0].column, told.rejects[0].row) == (column, 2)
    assert why in told.rejects[0].reason


def test_figures_of_the_catalogue_are_taken_over_once(here, post):
    import pyarrow as pa

    from asterism.creators.tables import POSTS

    of, kept = post.deliverable.collaboration.campaign_id, Catalogue(catalogue_of(here.owner.workspace))
    cells = {"post_id": ["Cx1", "other"], "creator_id": ["c", "c"], "platform": ["instagram"] * 2,
             "seen_at": [NOW, NOW], "likes": [80, 1], "views": [1000, 1]}  # fmt: skip
    columns = [pa.array(cells.get(field.name, [None, None]), field.type) for field in POSTS.arrow]
    kept.upsert("posts", pa.table(columns, schema=POSTS.arrow))
    kept.upsert("creators", _creators())
    assert read_from_catalogue(here.owner, of).taken == 1
    assert read_from_catalogue(here.owner, of).repeated == 1
    assert figures_page(here.owner, of).posts[0][1].values == {"views": 1000, "likes": 80}


def _creators():
    import pyarrow as pa

    from asterism.creators.tables import CREATORS

    cells = {"creator_id": ["c"], "platform": ["instagram"], "source": ["file"]}
    return pa.table([pa.array(cells.get(f.name, [None]), f.type) for f in CREATORS.arrow], schema=CREATORS.arrow)


def test_without_a_catalogue_nothing_is_taken_over(here, post):
    assert read_from_catalogue(here.owner, post.deliverable.collaboration.campaign_id).taken == 0


def test_figures_of_a_member_stay_theirs(here, post):
    supply(here.owner, post.pk, Told(likes=5))
    bring_figures(here.owner, post.deliverable.collaboration.campaign_id, table(FIGURES))
    assert set(Figures.objects.values_list("source", flat=True)) == {"member", "import"}
