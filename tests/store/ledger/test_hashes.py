"""Keyed hashes of customers and visitors."""

import pytest

from asterism.store.ledger.hashes import customer_hash, visitor_hash

AGENT = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


def test_a_customer_is_known_again_whatever_the_case_and_blanks():
    assert customer_hash(1, " Ana@Creator.test ") == customer_hash(1, "ana@creator.test")


def test_without_an_address_there_is_no_hash():
    assert (customer_hash(1, "  "), visitor_hash(1, "", AGENT), visitor_hash(1, "unknown", AGENT)) == ("", "", "")


@pytest.mark.parametrize(
    ("other", "same"),
    [("192.0.2.200", True), ("::ffff:192.0.2.200", True), ("192.0.3.10", False)],
    ids=["same network", "the same written as IPv6", "another network"],
)
def test_a_visitor_is_known_by_network_and_browser(other, same):
    assert (visitor_hash(1, "192.0.2.10", AGENT) == visitor_hash(1, other, AGENT)) is same


def test_ipv6_counts_by_its_first_48_bits():
    first = visitor_hash(1, "2001:db8:1:2::9", AGENT)
    assert first == visitor_hash(1, "2001:db8:1:ffff::1", AGENT)
    assert first != visitor_hash(1, "2001:db8:2:2::9", AGENT)


def test_another_browser_is_another_visitor():
    assert visitor_hash(1, "192.0.2.10", AGENT) != visitor_hash(1, "192.0.2.10", "Safari")


def test_a_hash_says_nothing_in_another_workspace_and_customers_are_no_visitors():
    hashes = {
        customer_hash(1, "192.0.2.0/24\nx"),
        customer_hash(2, "192.0.2.0/24\nx"),
        visitor_hash(1, "192.0.2.1", "x"),
    }
    assert len(hashes) == 3


def test_without_the_servers_secret_no_hash_can_be_made(settings):
    before = customer_hash(1, "ana@creator.test")
    settings.SECRET_KEY = "another secret of the server, long enough"
    assert customer_hash(1, "ana@creator.test") != before


def test_a_hash_fits_its_column():
    assert len(customer_hash(1, "ana@creator.test")) == len(visitor_hash(1, "192.0.2.1", AGENT)) == 32
