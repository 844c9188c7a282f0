"""Links to give away: as QR codes, one by one or on a sheet, and as a table."""

import io
from dataclasses import dataclass
from typing import Final, Literal

import pyarrow as pa

from asterism.desk.studio.links import link_of, links_of
from asterism.measurement.addresses import UTM, slug
from asterism.reports.sheets import table_csv
from asterism.store.ledger.links import address_of
from asterism.store.ledger.models import Campaign, Link, PromoCode
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat

PRINTED: Final = 300
"""QR codes on a sheet at most."""


@dataclass(frozen=True, slots=True)
class QrCard:
    """A link on the sheet: its key, whose it is, and its address."""

    key: int
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class QrPage:
    """`tracking_qr.html.j2`: the open links of a campaign, the first `PRINTED` of `total`."""

    campaign: Campaign
    cards: tuple[QrCard, ...]
    total: int


def qr_of(seat: Seat, key: int, kind: Literal["svg", "png"]) -> tuple[str, bytes]:
    """The name and the bytes of a picture of a link as a QR code, large enough to be printed."""
    import segno

    link = link_of(seat, key)
    buffer = io.BytesIO()
    segno.make(address_of(link.code), error="m", micro=False).save(
        buffer, kind=kind, scale=10, border=4, dark="#000000", light="#ffffff"
    )
    return f"link-{link.code}.{kind}", buffer.getvalue()


def qr_page(seat: Seat, key: int) -> QrPage:
    """Every open link of a campaign, to be printed."""
    seat.insist("see")
    campaign = find(seat, Campaign, key)
    open_links = links_of(seat, key).filter(ended_at=None)
    shown = sorted((QrCard(link.pk, name_of(link), address_of(link.code)) for link in open_links), key=_by_name)
    return QrPage(campaign, tuple(shown[:PRINTED]), len(shown))


def _by_name(card: QrCard) -> tuple[str, int]:
    return card.name.casefold(), card.key


def name_of(link: Link) -> str:
    """Whose link it is."""
    creator = link.collaboration.creator if link.collaboration else None
    return str(creator.name or creator.handle or creator.creator_id) if creator else "The campaign itself"


def link_sheet(seat: Seat, key: int) -> tuple[str, bytes]:
    """The name and the bytes of a table of every link of a campaign with its creator, promo codes and target."""
    seat.insist("see")
    campaign = find(seat, Campaign, key)
    words: dict[int | None, list[str]] = {}
    for work, word in (
        rows(seat, PromoCode).filter(campaign=campaign, revoked_at=None).values_list("collaboration", "word")
    ):
        words.setdefault(work, []).append(word)
    lines = [_line(link, words) for link in links_of(seat, key)]
    columns = list(lines[0]) if lines else ["link"]
    table = pa.table({name: pa.array([line[name] for line in lines], pa.string()) for name in columns})
    return f"{slug(campaign.name) or 'campaign'}-links.csv", table_csv(table)


def _line(link: Link, words: dict[int | None, list[str]]) -> dict[str, str | None]:
    creator = link.collaboration.creator if link.collaboration else None
    return {
        "creator": name_of(link),
        "handle": creator.handle if creator else None,
        "platform": creator.platform if creator else None,
        "link": address_of(link.code),
        "promo codes": " ".join(sorted(words.get(link.collaboration_id, ()))) or None,
        "target": link.target,
        **{name: link.utm.get(name) for name in UTM},
        "label": link.label or None,
        "made": link.made_at.isoformat(),
        "ended": link.ended_at.isoformat() if link.ended_at else None,
    }
