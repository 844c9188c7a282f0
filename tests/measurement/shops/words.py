"""What shops say, as their own systems write it, for tests: bodies with one thing changed at a time."""

from datetime import UTC, datetime

from asterism.measurement.shops.said import Reader

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
READER = Reader(
    "USD", UTC, NOW, lambda who: f"customer {who.strip().lower()}", lambda ip, agent: f"visitor {ip} {agent}"
)


def shopify(**changed):
    """An order of Shopify: 60.00 for the goods after a discount, 6.00 of tax and 5.00 of shipping on top."""
    order = {
        "id": 5001, "name": "#1001", "created_at": "2026-12-01T10:00:00+01:00", "currency": "EUR", "test": False,
        "updated_at": "2026-12-01T10:00:05+01:00", "cancelled_at": None, "financial_status": "paid",
        "subtotal_price": "60.00", "current_subtotal_price": "60.00", "total_price": "71.00", "total_tax": "6.00",
        "current_total_tax": "6.00", "taxes_included": False, "discount_codes": [{"code": "Ana15", "amount": "9.00"}],
        "landing_site": "/products/serum?utm_source=ana&ac=k3Xw9Zq", "referring_site": "https://www.instagram.com/ana",
        "customer": {"id": 77, "email": "Mia@Example.test", "orders_count": 1, "first_name": "Mia"},
        "billing_address": {"name": "Mia Weiss", "address1": "Hof 1"}, "browser_ip": "192.0.2.7",
        "client_details": {"browser_ip": "192.0.2.7", "user_agent": "Firefox"}, "refunds": [],
        "shipping_lines": [{"price": "5.00", "tax_lines": [{"price": "1.00"}]}],
        "note_attributes": [{"name": "gift", "value": "yes"}],
    }  # fmt: skip
    return {**order, **changed}


def shopify_refund(**changed):
    """A refund of one item of that order, 20.00 and 2.00 of tax."""
    refund = {
        "id": 801, "order_id": 5001, "created_at": "2026-12-02T10:00:00+01:00", "order_adjustments": [],
        "refund_line_items": [{"quantity": 1, "subtotal": "20.00", "total_tax": "2.00", "line_item": {"id": 1}}],
        "transactions": [{"kind": "refund", "status": "success", "amount": "22.00"}],
    }  # fmt: skip
    return {**refund, **changed}


def woocommerce(**changed):
    """An order of WooCommerce: 60.00 for the goods, 6.00 of tax and 4.00 of shipping within a total of 70.00."""
    order = {
        "id": 727, "status": "processing", "currency": "EUR", "date_created": "2026-12-01T11:00:00",
        "date_created_gmt": "2026-12-01T10:00:00", "date_modified_gmt": "2026-12-01T10:05:00", "total": "70.00",
        "total_tax": "6.00", "shipping_total": "4.00", "customer_id": 26, "customer_ip_address": "192.0.2.7",
        "customer_user_agent": "Firefox", "coupon_lines": [{"code": "ana15", "discount": "9.00"}], "refunds": [],
        "billing": {"first_name": "Mia", "email": "Mia@Example.test", "address_1": "Hof 1"},
        "meta_data": [
            {"key": "_wc_order_attribution_session_entry", "value": "https://shop.test/serum/?ac=k3Xw9Zq&utm_source=a"},
            {"key": "_wc_order_attribution_referrer", "value": "https://www.instagram.com/ana"},
            {"key": "_card_brand", "value": "visa"},
        ],
    }  # fmt: skip
    return {**order, **changed}


def own(**changed):
    """An order in our own words."""
    order = {
        "id": "1001", "at": "2026-12-01T09:00:00+00:00", "amount": "60.00", "currency": "EUR", "codes": ["ana15"],
        "landing": "https://shop.test/?ac=k3Xw9Zq", "referrer": "https://www.instagram.com/ana",
        "email": "Mia@Example.test", "ip": "192.0.2.7", "agent": "Firefox",
    }  # fmt: skip
    return {**order, **changed}
