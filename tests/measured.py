"""A campaign of the studio with orders, as tests of results need one: links, codes, orders, costs and figures."""

from datetime import timedelta

from asterism.store.ledger import models as m
from asterism.store.ledger.scope import add
from asterism.store.ledger.workspaces import change_workspace
from tests.studio import campaign, collaboration, creator


def shop(seat):
    """The workspace's shop."""
    found = m.Shop.objects.filter(workspace=seat.workspace).first()
    return found or add(seat, m.Shop, name="Shop", kind="generic", key=f"s{seat.workspace.pk}", secret="secret")


def order(seat, key, cents=2_000, **fields):
    """An order of the day before, not yet in the ledger."""
    at = seat.now - timedelta(days=1)
    given = {"at": at, "currency": "USD", "changed_at": at, "made_at": seat.now, **fields}
    return m.Order(workspace=seat.workspace, shop=shop(seat), key=str(key), cents=cents, **given)


def bought(seat, key, cents=2_000, **fields):
    """An order of the day before."""
    made = order(seat, key, cents, **fields)
    made.save(force_insert=True)
    return made


def with_margin(seat, margin="50%", **options):
    """The workspace with a margin that orders leave."""
    from asterism.desk.studio.workspace import options_of

    change_workspace(seat, {**options_of(seat.workspace).model_dump(), "margin": margin, **options})
    seat.workspace.refresh_from_db()


def worked(seat, of, handle, tier="micro", orders=0, **fields):
    """A paid collaboration with a promo code, and so many orders that carry it."""
    who = creator(seat, handle, tier=tier)
    given = {"state": "paid", "fee_cents": 10_000, **fields}
    work = collaboration(seat, of, who, **given)
    add(seat, m.PromoCode, campaign=of, collaboration=work, word=handle.upper())
    m.Order.objects.bulk_create([order(seat, f"{handle}-{n}", codes=[handle.upper()]) for n in range(orders)])
    return work


def measured(seat, **fields):
    """A campaign in which micro gains and macro loses: 30 orders of 20.00 USD for 100, 15 for 900."""
    with_margin(seat)
    day = seat.today - timedelta(days=40)
    of = campaign(seat, start=day, end=day + timedelta(days=30), **fields)
    worked(seat, of, "ana", orders=30)
    worked(seat, of, "max", "macro", orders=15, fee_cents=90_000)
    add(seat, m.Cost, campaign=of, kind="hours", currency="USD", cents=5_000, on=day)
    return of


def told(seat, work, source="member", days=2, **values):
    """Figures of a post of a collaboration."""
    of = work.deliverables.first()
    post = of.posts.first() or add(seat, m.LivePost, deliverable=of, url="https://social.test/1", posted_at=seat.now)
    return add(seat, m.Figures, post=post, source=source, as_of=seat.now - timedelta(days=days), values=values)


def results_of(seat, key, media_value=False):
    """The results of a campaign, worked out now."""
    from asterism.desk.studio.results import reckoned, with_media_value

    found = reckoned(seat, m.Campaign.objects.select_related("brand").get(workspace=seat.workspace, pk=key))
    return with_media_value(found.results, found) if media_value else found.results
