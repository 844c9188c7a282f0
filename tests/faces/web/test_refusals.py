"""Refusals that come before any view: a host that is not ours, an address that is not there."""

import pytest
from django.test import Client


@pytest.mark.parametrize("referer", ["", "https://evil.example/x"])
@pytest.mark.parametrize("path", ["/", "/static/none.css", "/api/v1/tokens"])
def test_a_host_that_is_not_ours_is_refused_plainly(path, referer, db):
    answer = Client().get(path, headers={"Host": "evil.example", "Referer": referer})
    assert answer.status_code in (400, 404)
    assert b"evil.example" not in answer.content
