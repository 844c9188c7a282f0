"""The log of clicks: nothing accepted is lost or kept twice, however many come at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from uuid import uuid4

import pytest
from django.db import connection

from asterism.measurement.visits import Visit
from asterism.store.ledger.clicks import JOURNAL, TOGETHER, Entry, Journal, keep
from asterism.store.ledger.links import add_link
from asterism.store.ledger.models import Click
from tests.store.ledger.postgres import databases, postgres_folder, real_ledger
from tests.studio import NOW, campaign, place

__all__ = ["databases", "postgres_folder", "real_ledger"]
PHONE = "Mozilla/5.0 (iPhone) Mobile Safari"


def entry(link, n=0, visitor="", agent=PHONE):
    return Entry(Visit(link.pk, NOW + timedelta(seconds=n), agent, visitor), link.code, link.workspace_id)


def link_of(name="Clicks"):
    seat = place(name).owner
    return add_link(seat, campaign(seat), "https://shop.test/")


def test_clicks_that_come_together_are_judged_against_each_other_in_their_order(db):
    link = link_of()
    batch = [entry(link, 0, "a"), entry(link, 1, "a"), entry(link, 1, "b"), entry(link, 5, "a"), entry(link, 5)]
    keep(batch)
    assert list(Click.objects.values_list("filtered", flat=True)) == ["", "twice", "", "", ""]
    assert list(Click.objects.values_list("key", flat=True)) == [one.key for one in batch]


def test_what_is_kept_is_read_back_as_it_came(db):
    link = link_of()
    one = Entry(Visit(link.pk, NOW, PHONE, "v" * 32, "instagram.com"), link.code, link.workspace_id)
    keep([one])
    click = Click.objects.get()
    assert (click.at, click.made_at, click.visitor, click.referrer) == (NOW, NOW, "v" * 32, "instagram.com")
    assert (click.agent, click.link_id, click.workspace_id) == ("safari, phone", link.pk, link.workspace_id)


def test_a_click_on_a_link_that_is_no_more_is_not_kept_and_spoils_no_other(db):
    link, gone = link_of(), link_of("Gone")
    stale = entry(gone)
    gone.delete()
    fresh = entry(link)
    keep([stale, fresh])
    assert (stale.key, Click.objects.get().key) == ("", fresh.key)


def test_another_link_under_the_number_of_one_that_is_gone_is_not_mistaken_for_it(db):
    link = link_of()
    wrong = Entry(Visit(link.pk, NOW, PHONE), "another", link.workspace_id)
    keep([wrong])
    assert wrong.key == ""
    assert not Click.objects.exists()


def test_a_failure_is_told_to_everybody_who_waits_and_the_next_are_served():
    calls = []

    def commit(batch):
        calls.append(len(batch))
        if len(calls) == 1:
            raise OSError("disk full")

    journal = Journal(commit)
    one = Entry(Visit(1, NOW), "a", 1)
    with pytest.raises(OSError, match="disk full"):
        journal.write(one)
    other = Entry(Visit(1, NOW), "a", 1)
    assert journal.write(other) == other.key
    assert calls == [1, 1]


def test_a_click_that_was_broken_off_is_not_said_to_be_kept():
    class Stop(BaseException):
        pass

    def commit(_batch):
        raise Stop

    one = Entry(Visit(1, NOW), "a", 1)
    with pytest.raises(Stop):
        Journal(commit).write(one)
    assert isinstance(one.error, RuntimeError)


def test_who_comes_while_one_is_written_goes_together_with_the_others():
    sizes, writing, go = [], Event(), Event()

    def commit(batch):
        sizes.append(len(batch))
        writing.set()
        go.wait(10)

    journal = Journal(commit)
    with ThreadPoolExecutor(9) as pool:
        first = pool.submit(journal.write, Entry(Visit(1, NOW), "a", 1))
        writing.wait(10)
        rest = [pool.submit(journal.write, Entry(Visit(1, NOW), "a", 1)) for _ in range(8)]
        while len(journal._waiting) < 8:
            pass
        go.set()
        keys = {one.result(10) for one in (first, *rest)}
    assert sizes == [1, 8]
    assert len(keys) == 9


def test_a_transaction_holds_no_more_than_some():
    sizes = []
    journal = Journal(lambda batch: sizes.append(len(batch)))
    journal._waiting.extend(Entry(Visit(1, NOW), "a", 1) for _ in range(TOGETHER))
    journal.write(Entry(Visit(1, NOW), "a", 1))
    assert sizes == [TOGETHER, 1]


def test_from_many_threads_each_click_is_kept_once(real_ledger):
    link = link_of(f"Threads {uuid4().hex[:12]}")
    start = Barrier(8)

    def clicks(of):
        start.wait(10)
        try:
            return [JOURNAL.write(entry(link, n * 60, f"{of}-{link.pk}")) for n in range(10)]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        keys = [key for some in pool.map(clicks, range(8)) for key in some]
    kept = list(Click.objects.filter(link=link).values_list("key", flat=True))
    assert sorted(kept) == sorted(keys)
    assert not Click.objects.filter(link=link).exclude(filtered="").exists()
