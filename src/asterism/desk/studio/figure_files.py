"""Figures of posts over time, from a table or from the catalogue: each row finds its post, or is told why not."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from asterism.desk.studio.brought_tables import SHOWN, Brought, Line, Rejected, Sheet, read_sheet, whole
from asterism.desk.studio.posts import MEASURES, Told
from asterism.errors import BadInput
from asterism.measurement.shops.generic import checked
from asterism.store.ledger.figures import add_figures
from asterism.store.ledger.models import Campaign, Figures, LivePost
from asterism.store.ledger.scope import find, rows, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

SOURCE: Final = "import"
"""Who told figures that came from a file or the catalogue; a creator's own stay marked as theirs."""
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "url": ("url", "post url", "link", "permalink", "post link", "address"),
    "post_id": ("post id", "id", "media id", "video id", "shortcode", "post"),
    "as_of": ("as of", "date", "day", "at", "seen at", "read at"),
    "reach": ("reach", "accounts reached", "reached"),
    "impressions": ("impressions", "imprs"),
    "views": ("views", "plays", "video views"),
    "likes": ("likes", "like count"),
    "comments": ("comments", "comment count"),
    "shares": ("shares", "share count", "reposts"),
    "saves": ("saves", "saved", "bookmarks"),
    "clicks": ("clicks", "link clicks"),
}
"""Field → the names under which platforms and tools export it."""
NEEDED: Final = ("url|post_id", "as_of", "|".join(MEASURES))


@dataclass(frozen=True, slots=True)
class BroughtFigures:
    """What became of rows of figures: written, known before, rejected, and over how many posts."""

    taken: int
    repeated: int
    rejected: int
    posts: int
    rejects: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """`orders_figures.html.j2`: a campaign's posts, each with its newest figures, and what became of a file."""

    sentence: str
    campaign: Campaign
    posts: tuple[tuple[LivePost, Figures | None], ...]
    heads: list[str]
    measures: tuple[str, ...] = MEASURES
    brought: BroughtFigures | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """A row that was read: its line, its post, the time and the figures."""

    line: Line
    post: LivePost
    as_of: datetime
    values: Mapping[str, int]


def figures_page(seat: Seat, campaign: int, brought: BroughtFigures | None = None) -> FiguresPage:
    """The posts of a campaign with their newest figures."""
    seat.insist("see")
    row = find(seat, Campaign, campaign)
    posts = list(_posts(seat).filter(deliverable__collaboration__campaign=row).order_by("-posted_at", "-id")[:500])
    newest = {one.post_id: one for one in rows(seat, Figures).filter(post__in=posts).order_by("as_of", "id")}
    pairs = tuple((post, newest.get(post.pk)) for post in posts)
    return FiguresPage(_sentence(pairs), row, pairs, [f"#{name.capitalize()}" for name in MEASURES], brought=brought)


def _sentence(pairs: Sequence[tuple[LivePost, Figures | None]]) -> str:
    if not pairs:
        return "No post of this campaign is out yet: figures need a post to belong to."
    with_figures = sum(figures is not None for _, figures in pairs)
    return f"{with_figures:,} of {len(pairs):,} posts have figures."


def bring_figures(seat: Seat, campaign: int, brought: Brought) -> BroughtFigures:
    """What became of a table of figures for a campaign's posts; rows that are known change nothing.

    Raises
    ------
    BadInput
        It is no such table; or its posts belong to another campaign, which the error names: then nothing is written.
    """
    seat.insist("import")
    row = find(seat, Campaign, campaign)
    sheet = read_sheet(seat, brought, COLUMNS, NEEDED)
    known = _Known(_posts(seat))
    rejects, read = list(sheet.spoiled), []
    elsewhere: Counter[str] = Counter()
    for line in sheet.lines:
        try:
            one = _read(seat, sheet, line, known)
            of = one.post.deliverable.collaboration.campaign
            if of.pk != row.pk:
                elsewhere[of.name] += 1
                raise BadInput(f"This post belongs to the campaign `{of.name}`.", "Bring it there.", "url")
            read.append(one)
        except BadInput as error:
            rejects.append(sheet.rejected(line, error))
    if elsewhere and not read:
        raise _another(brought[0], row.name, elsewhere)
    return _written(seat, row, read, rejects)


def read_from_catalogue(seat: Seat, campaign: int) -> BroughtFigures:
    """Figures of a campaign's posts that the workspace's catalogue knows, as of when it read them."""
    from asterism.desk.stored import open_catalogue
    from asterism.store.ledger.places import catalogue_of, has_creators

    seat.insist("import")
    row = find(seat, Campaign, campaign)
    posts = _Known(_posts(seat).filter(deliverable__collaboration__campaign=row))
    found: list[Mapping[str, Any]] = []
    if posts.by_id and has_creators(seat.workspace):
        import pyarrow as pa
        import pyarrow.compute as pc

        table = open_catalogue(catalogue_of(seat.workspace)).read("posts")
        found = table.filter(pc.is_in(table["post_id"], pa.array(sorted(posts.by_id), pa.string()))).to_pylist()
    read = [one for one in (_of_catalogue(each, posts) for each in found) if one is not None]
    return _written(seat, row, read, [])


class _Known:
    """Posts by their addresses and by their platforms' ids."""

    def __init__(self, posts: Iterable[LivePost]) -> None:
        self.by_url: dict[str, LivePost] = {}
        self.by_id: defaultdict[str, list[LivePost]] = defaultdict(list)
        for post in posts:
            self.by_url[_bare(post.url)] = post
            for name in {post.post_id, _bare(post.url).rsplit("/", 1)[-1]} - {""}:
                self.by_id[name].append(post)

    def find(self, url: str, post_id: str) -> LivePost:
        """The post of an address, or else of an id.

        Raises
        ------
        BadInput
            There is none here, or more than one bears the id.
        """
        if url and _bare(url) in self.by_url:
            return self.by_url[_bare(url)]
        same = self.by_id.get(post_id.strip(), []) if post_id else []
        field = "url" if url else "post_id"
        if not same:
            raise BadInput("No post of this workspace has it.", "Record the post on its collaboration first.", field)
        if len(same) > 1:
            raise BadInput("Several posts bear this id.", "Give the address as well.", field)
        return same[0]


def _posts(seat: Seat) -> Any:
    return rows(seat, LivePost).select_related("deliverable__collaboration__campaign")


def _bare(url: str) -> str:
    """An address without what may differ between two copies of it."""
    try:
        parts = urlsplit(url.strip() if "//" in url else f"//{url.strip()}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return url
    watched = f"?{parts.query}" if "v=" in parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{watched}"


def _read(seat: Seat, sheet: Sheet, line: Line, known: _Known) -> _Read:
    cells = line.cells
    post = known.find(cells.get("url", ""), cells.get("post_id", ""))
    if "as_of" not in cells:
        raise BadInput("The cell is empty.", "Say when the figures were read.", "as_of")
    as_of = sheet.time(line, "as_of")
    as_of = as_of if as_of.tzinfo else as_of.replace(tzinfo=ZoneInfo(seat.workspace.timezone))
    if as_of > seat.now:
        raise BadInput("This time lies ahead.", "Say when the figures were read.", "as_of")
    told = checked(Told, {name: whole(cells[name], name) for name in MEASURES if name in cells})
    return _Read(line, post, as_of, told.values)


def _of_catalogue(each: Mapping[str, Any], posts: _Known) -> _Read | None:
    values = {name: int(each[name]) for name in MEASURES if each.get(name) is not None}
    same = posts.by_id.get(each["post_id"], [])
    if not values or each["seen_at"] is None or len(same) != 1:
        return None
    return _Read(Line(0, {}), same[0], each["seen_at"], values)


def _another(name: str, here: str, elsewhere: Counter[str]) -> BadInput:
    names = ", ".join(f"`{campaign}`" for campaign, _ in elsewhere.most_common(3))
    what = f"The posts of {name} belong to {names}, and none to `{here}`: nothing was written."
    return BadInput(what, "Bring the file there, or record the posts here first.", "file")


def _written(seat: Seat, campaign: Campaign, read: Sequence[_Read], rejects: list[Rejected]) -> BroughtFigures:
    """Write down what is new; of two rows on one post and time the first holds."""
    with together():
        taken = add_figures(seat, SOURCE, [(one.post, one.as_of, one.values) for one in read])
        posts = len({one.post.pk for one in read})
        record(seat, "figures.brought", campaign, taken=taken, rejected=len(rejects), posts=posts)
    shown = tuple(sorted(rejects, key=lambda one: one.row)[:SHOWN])
    return BroughtFigures(taken, len(read) - taken, len(rejects), posts, shown)
