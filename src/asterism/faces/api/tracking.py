"""`/campaigns/{campaign}/tracking`: links, promo codes and clicks; `/links`, `/codes`: one of them."""

import base64
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

from django.conf import settings
from ninja import Path, Query, Router, Schema
from pydantic import Field

from asterism.desk.studio import click_log, code_files, codes, links, qr_codes
from asterism.desk.studio.tracking import tracking_of
from asterism.errors import BadInput
from asterism.faces.api.orders import RejectedOut
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import At, Key, Page, asks, paged
from asterism.store.ledger.links import address_of

tracking = Router(tags=["Tracking"])
all_links = Router(tags=["Tracking"])
all_codes = Router(tags=["Tracking"])


class ShortLinkOut(Schema):
    """A short link: `address` is given away and leads to `target`; without `collaboration` it is the campaign's own."""

    id: int
    campaign: int
    collaboration: int | None
    code: str
    address: str
    target: str
    utm: dict[str, str]
    label: str
    made_at: datetime
    ended_at: datetime | None

    @staticmethod
    def resolve_campaign(row: Any) -> int:
        """The campaign's number."""
        return row.campaign_id

    @staticmethod
    def resolve_collaboration(row: Any) -> int | None:
        """The collaboration's number."""
        return row.collaboration_id

    @staticmethod
    def resolve_address(row: Any) -> str:
        """The address that people open."""
        return address_of(row.code)


class PromoCodeOut(Schema):
    """A promo code: it counts from `starts_at` until `ends_at`, which is not included, for `limit` orders."""

    id: int
    campaign: int
    collaboration: int | None
    word: str
    sitewide: bool
    discount: str
    starts_at: datetime | None
    ends_at: datetime | None
    limit: int | None
    made_at: datetime
    revoked_at: datetime | None

    @staticmethod
    def resolve_campaign(row: Any) -> int:
        """The campaign's number."""
        return row.campaign_id

    @staticmethod
    def resolve_collaboration(row: Any) -> int | None:
        """The collaboration's number."""
        return row.collaboration_id


class FilteredOut(Schema):
    """How many clicks a rule left out, and what it says of them."""

    rule: str
    says: str
    count: int


class TrackedOut(Schema):
    """One creator: clicks that count and that do not, orders that carry one of the codes so far."""

    collaboration: int
    clicks: int
    filtered: int
    orders: int


class TrackingOut(Schema):
    """How a campaign is tracked; a page of its creators. `rules` is the version of the rules that filter clicks."""

    sentence: str
    links: int
    codes: int
    clicks: int
    rules: str
    filtered: list[FilteredOut]
    creators: list[TrackedOut]
    page: int
    pages: int


class ClickOut(Schema):
    """A click: its key, which travelled on as the parameter `ac`, and the rule that left it out, if one did."""

    key: str
    at: datetime
    link: int
    collaboration: int | None
    referrer: str
    browser: str
    filtered: str

    @staticmethod
    def resolve_link(row: Any) -> int:
        """The link's number."""
        return row.link_id

    @staticmethod
    def resolve_collaboration(row: Any) -> int | None:
        """The collaboration's number."""
        return row.link.collaboration_id

    @staticmethod
    def resolve_browser(row: Any) -> str:
        """What kind of browser it was."""
        return row.agent


class BroughtCodesOut(Schema):
    """What became of a table of codes."""

    rows: int
    taken: int
    repeated: int
    rejected: int
    rejects: list[RejectedOut]


class TrackingFileOut(Schema):
    """A file: its name, and its bytes in base64."""

    name: str
    content: str


class CodeTableIn(Schema):
    """A table of codes: its name, and its bytes in base64; CSV, TSV, XLSX or JSON."""

    name: str = Field(default="codes.csv", max_length=120)
    content: str = Field(max_length=900_000)

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the table, decoded when they are asked for: first comes whether there is such a campaign."""
        try:
            yield base64.b64decode(self.content, validate=True)
        except ValueError:
            raise BadInput("`content` is no base64.", "Send the bytes of the file in base64.", "content") from None


class ClicksAt(At):
    """Which clicks: all, counted, filtered, or the name of a rule; of one link where it is named."""

    show: str = "all"
    link: Key | None = None


def _file(made: tuple[str, bytes]) -> dict[str, str]:
    return {"name": made[0], "content": base64.b64encode(made[1]).decode()}


@tracking.get("", **asks("see", TrackingOut))
def read_tracking(request: Any, campaign: Path[Key], page: int = Query(1, ge=1, le=100_000)) -> Any:
    """How a campaign is tracked: figures by creator, and what was left out."""
    found = tracking_of(seat_of(request), campaign, page)
    creators = [
        {"collaboration": line.key, "clicks": line.counted, "filtered": line.filtered, "orders": line.uses}
        for line in found.lines
    ]
    told = {name: getattr(found, name) for name in ("sentence", "links", "codes", "rules", "filtered")}
    return {**told, "clicks": found.counted, "creators": creators, "page": found.number, "pages": found.of}


@tracking.get("/links", **asks("see", Page[ShortLinkOut]))
def list_short_links(request: Any, campaign: Path[Key], at: Query[At]) -> Any:
    """The links of a campaign, the newest first."""
    return paged(request, at, links.links_of(seat_of(request), campaign))


@tracking.post("/links", **asks("run", list[ShortLinkOut], 201))
def make_short_links(request: Any, campaign: Path[Key], wish: links.LinkWish) -> Any:
    """Links for who has none yet, for everyone, for the campaign itself, or for one collaboration."""
    return links.make_links(seat_of(request), campaign, wish)


@tracking.get("/links/as/csv", **asks("see", TrackingFileOut))
def export_short_links(request: Any, campaign: Path[Key]) -> Any:
    """Every link as a table."""
    return _file(qr_codes.link_sheet(seat_of(request), campaign))


@tracking.get("/codes", **asks("see", Page[PromoCodeOut]))
def list_promo_codes(request: Any, campaign: Path[Key], at: Query[At]) -> Any:
    """The promo codes of a campaign, the newest first."""
    return paged(request, at, codes.codes_of(seat_of(request), campaign))


@tracking.post("/codes", **asks("run", PromoCodeOut, 201))
def make_promo_code(request: Any, campaign: Path[Key], wish: codes.CodeWish) -> Any:
    """One code: a collaboration's, or for everybody."""
    return codes.make_code(seat_of(request), campaign, wish)


@tracking.post("/codes/pattern", **asks("run", list[PromoCodeOut], 201))
def make_promo_codes(request: Any, campaign: Path[Key], wish: codes.CodesWish) -> Any:
    """Codes by a pattern, for who has none yet or for everyone."""
    return codes.make_codes(seat_of(request), campaign, wish)


@tracking.post("/codes/table", **asks("run", BroughtCodesOut))
def bring_promo_codes(request: Any, campaign: Path[Key], wish: CodeTableIn) -> Any:
    """Codes from a table, each row answered; a code that stands already changes nothing."""
    brought = (wish.name, wish.chunks(), settings.HOSTING.largest_upload)
    return code_files.bring_codes(seat_of(request), campaign, brought)


@tracking.get("/codes/as/csv", **asks("see", TrackingFileOut))
def export_promo_codes(request: Any, campaign: Path[Key]) -> Any:
    """Every code as a table, as it may be brought again."""
    return _file(code_files.code_sheet(seat_of(request), campaign))


@tracking.get("/clicks", **asks("see", Page[ClickOut]))
def list_clicks(request: Any, campaign: Path[Key], at: Query[ClicksAt]) -> Any:
    """The clicks of a campaign, the newest first; what was left out stands among them with its rule."""
    wish = click_log.ClickFilter(show=at.show[:24], link=at.link)
    return paged(request, at, click_log.clicks_of(seat_of(request), campaign, wish))


@tracking.get("/clicks/as/{kind}", **asks("see", TrackingFileOut))
def export_clicks(request: Any, campaign: Path[Key], kind: Literal["csv", "json"]) -> Any:
    """The log of clicks as a file, the newest 200,000."""
    return _file(click_log.click_file(seat_of(request), campaign, kind))


@all_links.get("/{link}", **asks("see", ShortLinkOut))
def read_short_link(request: Any, link: Key) -> Any:
    """One link."""
    return links.link_of(seat_of(request), link)


@all_links.post("/{link}/end", **asks("run", ShortLinkOut))
def end_short_link(request: Any, link: Key) -> Any:
    """End a link: it still leads to its target, and later clicks are not counted."""
    return links.end_link(seat_of(request), link)


@all_links.get("/{link}/qr/{kind}", **asks("see", TrackingFileOut))
def draw_short_link(request: Any, link: Key, kind: Literal["svg", "png"]) -> Any:
    """A link as a QR code."""
    return _file(qr_codes.qr_of(seat_of(request), link, kind))


@all_codes.get("/{code}", **asks("see", PromoCodeOut))
def read_promo_code(request: Any, code: Key) -> Any:
    """One code."""
    return codes.code_of(seat_of(request), code)


@all_codes.post("/{code}/revoke", **asks("run", PromoCodeOut))
def revoke_promo_code(request: Any, code: Key) -> Any:
    """End a code at once; its word stays taken."""
    return codes.revoke_code(seat_of(request), code)
