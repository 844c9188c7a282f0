from collections import Counter

import pytest

from asterism.creators.columns import tokens
from asterism.creators.text import TextTable
from asterism.errors import BadInput, MissingColumns
from asterism.measurement.sheets.kinds import CLICKS, CODES, DEALS, KINDS, ORDERS, SURVEY
from asterism.measurement.sheets.reading import read_sheet, unknown_sources

NEEDED = {
    "deals": {"creator_id": "ann"},
    "orders": {"key": "1", "at": "2026-05-01", "amount": "5"},
    "codes": {"word": "A"},
    "clicks": {"at": "2026-05-01"},
    "survey": {"tier": "micro"},
}
"""A row that each kind takes."""


def sheet(kind, mapping=None, **columns):
    return read_sheet(TextTable.of("f.csv", columns), kind, mapping)


@pytest.mark.parametrize(
    ("kind", "header", "field"),
    [
        (DEALS, "Influencer", "creator_id"),
        (DEALS, "Fee (EUR)", "fee"),
        (DEALS, "Honorar", "fee"),
        (DEALS, "Product cost", "product"),
        (DEALS, "Whitelisting", "boost"),
        (DEALS, "Promo code", "code"),
        (ORDERS, "Order number", "key"),
        (ORDERS, "Created at", "at"),
        (ORDERS, "Subtotal", "amount"),
        (ORDERS, "Discount Code", "codes"),
        (ORDERS, "Refunded Amount", "refunded"),
        (CODES, "Coupon", "word"),
        (CODES, "Creator", "partner"),
        (CLICKS, "Timestamp", "at"),
        (SURVEY, "How did you hear of us?", "channel"),
        (DEALS, "Netzwerk", "platform"),
        (DEALS, "Follower", "followers"),
        (DEALS, "Rabattcode", "code"),
        (DEALS, "Vergütung", "fee"),
        (DEALS, "Réseau", "platform"),
        (DEALS, "Code de réduction", "code"),
        (DEALS, "Droits d’utilisation", "usage_rights"),
        (DEALS, "Seguidores", "followers"),
        (DEALS, "Código de descuento", "code"),
        (ORDERS, "Datum", "at"),
        (ORDERS, "Bestelldatum", "at"),
        (ORDERS, "Bestell-Nr", "key"),
        (ORDERS, "Bestell-Nr.", "key"),
        (ORDERS, "Rabattcode", "codes"),
        (ORDERS, "N° de commande", "key"),
        (ORDERS, "Montant HT (EUR)", "amount"),
        (ORDERS, "Fecha del pedido", "at"),
        (CODES, "Gültig bis", "ends"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_columns_are_known_by_the_names_people_give_them(kind, header, field):
    usual = dict(NEEDED.get(kind.name, {}))
    cells = {header: usual.pop(field, "5"), **usual}
    assert sheet(kind, **{name: [cell] for name, cell in cells.items()}).columns[field] == header


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_no_word_means_two_fields_of_one_kind(kind):
    words = [
        "".join(tokens(word))
        for column in kind.columns
        for word in {column.name, *column.words.split(",")}
        if word.strip()
    ]
    assert sorted(word for word, n in Counter(words).items() if n > 1) == []


def test_the_name_nearest_to_the_field_wins_and_the_other_is_listed():
    found = sheet(ORDERS, key=["1"], at=["2026-05-01"], Total=["12"], Subtotal=["10"])
    assert (found.rows[0]["amount"], found.unmapped) == (10, ("Total",))


def test_a_row_whose_money_cannot_be_read_goes_whole_and_is_listed():
    found = sheet(DEALS, creator=["ann", "bob"], fee=["abc", "5"], reach=["1", "2"])
    assert [row["creator_id"] for row in found.rows] == ["bob"]
    (reject,) = found.rejects
    assert (reject.row, reject.column, reject.value, reject.reason) == (2, "fee", "abc", "not a number")


def test_a_count_that_cannot_be_read_goes_alone_and_is_listed():
    found = sheet(DEALS, creator=["ann"], fee=["5"], reach=["many"])
    assert (found.rows[0]["fee"], found.rows[0]["reach"]) == (5, None)
    assert (found.rejects[0].column, found.rejects[0].value) == ("reach", "many")


@pytest.mark.parametrize(
    ("columns", "currency"),
    [
        ({"fee": ["€500"]}, "EUR"),
        ({"Fee USD": ["500"]}, "USD"),
        ({"fee": ["500"], "currency": ["gbp"]}, "GBP"),
        ({"fee": ["500 EUR"], "currency": ["EUR"]}, "EUR"),
        ({"fee": ["500"]}, None),
    ],
    ids=["a symbol", "the header", "a column", "twice the same", "nowhere"],
)
def test_the_currency_is_where_people_write_it(columns, currency):
    assert sheet(DEALS, creator=["ann"], **columns).rows[0]["currency"] == currency


def test_two_currencies_in_one_row_are_refused():
    found = sheet(DEALS, creator=["ann"], fee=["500 EUR"], product=["20 USD"])
    assert found.rows == ()
    assert found.rejects[0].reason == "amounts of one row in several currencies"


@pytest.mark.parametrize("origin", ["measured", "guessed"])
def test_a_word_that_is_none_of_the_choices_is_listed(origin):
    found = sheet(DEALS, creator=["ann"], origin=[origin])
    assert found.rows[0]["origin"] == (origin if origin == "measured" else None)
    assert len(found.rejects) == (origin != "measured")


def test_a_row_without_what_it_needs_is_refused():
    found = sheet(ORDERS, Order=["1", ""], at=["2026-05-01", "2026-05-01"], amount=["5", "6"])
    assert (len(found.rows), found.rejects[0].column, found.rejects[0].reason) == (1, "Order", "row has no key")


def test_a_table_of_another_kind_is_refused_with_its_columns():
    with pytest.raises(MissingColumns, match=r"no table of orders: no column for amount \(columns: order, at\)"):
        sheet(ORDERS, order=["1"], at=["2026-05-01"])


def test_a_mapping_goes_before_the_names_and_leaves_columns_out():
    found = sheet(DEALS, {"Gesamt": "fee", "fee": ""}, creator=["ann"], Gesamt=["7"], fee=["9"])
    assert (found.rows[0]["fee"], found.unmapped) == (7, ("fee",))


@pytest.mark.parametrize(
    ("mapping", "word"),
    [
        ({"Gesammt": "fee"}, r"column `Gesammt` that no file has\. Did you mean `Gesamt`"),
        ({"Gesamt": "fees"}, "Did you mean `fee`"),
    ],
    ids=["a column", "a field"],
)
def test_a_mapping_of_what_is_not_there_is_refused(mapping, word):
    with pytest.raises(BadInput, match=word):
        unknown_sources(mapping, ["Gesamt"], ["fee", "reach"])
