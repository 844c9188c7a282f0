"""A crowd of accounts whose owners are known: strangers with common handles, namesakes, families, fans, and variants.

Half of the first names and nearly all family names are invented from syllables, so that no list of ours knows them.
"""

import random
from dataclasses import dataclass

import pyarrow as pa

from asterism.creators.common_words import COMMON
from asterism.creators.tables import CREATORS, LINKS

PLATFORMS = ("instagram", "tiktok", "youtube")
HANDLED = ("travel", "food", "fitness", "anna", "maria", "alex", "foodie", "fashion", "beauty", "yoga", "dailyvlogs",
           "travelgram", "foodlover", "fitnessgirl", "cristiano", "sophie", "mom.life", "thehappyhome")  # fmt: skip
"""Handles that a different stranger holds on each platform."""
NICHES = ("food", "travel", "fashion", "beauty", "fitness", "art", "gaming", "family")
COUNTRIES = ("US", "US", "US", "GB", "DE", "FR", "ES", "BR", "IN", "IT")


@dataclass(frozen=True, slots=True)
class Crowd:
    """Accounts, what tables of links say of them, and the owner of each by `platform:creator_id`."""

    creators: pa.Table
    links: pa.Table
    owner: dict[str, int]


def crowd(n_accounts: int, seed: int) -> Crowd:
    """A crowd of about so many accounts of three platforms."""
    draw = random.Random(seed)
    makes = _Names(draw)
    rows: list[dict[str, object]] = []
    owners: list[int] = []
    taken: set[tuple[str, str]] = set()

    def add(owner: int, row: dict[str, object]) -> None:
        handle = str(row["handle"])
        while (row["platform"], handle.lower()) in taken:
            handle += str(draw.randrange(10))
        taken.add((str(row["platform"]), handle.lower()))
        rows.append(row | {"handle": handle, "creator_id": handle.lower()})
        owners.append(owner)

    owner = 0
    for handle in HANDLED:
        for platform in PLATFORMS:
            owner += 1
            add(owner, _around(draw) | {"platform": platform, "handle": handle, "name": handle.title()})
    while len(rows) < n_accounts:
        owner += 1
        first, last, brand = makes.first(), makes.last(), makes.brand()
        around, style = _around(draw), draw.random()
        there = draw.sample(PLATFORMS, draw.choices((1, 2, 3), (70, 20, 10))[0])
        base = draw.choice((f"{first}{last}", f"{first}.{last}", f"{first}_{last}", brand, f"{first}{around['niche']}"))
        name = draw.choice((f"{first} {last}", f"{first} {last}", first, brand)).title()
        for platform in there:
            handle = base if draw.random() < 0.65 else _variant(draw, base, first, last)
            shown = name if draw.random() < 0.8 else draw.choice((name.upper(), f"{name} \N{HERB}", first, brand))
            here = around | ({"country": draw.choice(COUNTRIES)} if draw.random() < 0.1 else {})
            add(owner, here | {"platform": platform, "handle": handle, "name": shown})
        _point(draw, rows[-len(there) :], style)
        if draw.random() < 0.02 and len(there) > 1:
            owner += 1
            fan = {"platform": there[0], "handle": f"{base}.fans", "name": f"{name} Fans",
                   "bio": f"we love {there[1]}.com/@{rows[-1]['handle']}"}  # fmt: skip
            add(owner, _around(draw) | fan)
    links = [
        {"creator_id": one["creator_id"], "platform": one["platform"], "other_platform": other["platform"],
         "other_handle": other["handle"], "source": "phyllo"}
        for one, other, a, b in zip(rows, rows[1:], owners, owners[1:], strict=False)
        if a == b and one["platform"] != other["platform"] and draw.random() < 0.05
    ]  # fmt: skip
    owner_of = {f"{row['platform']}:{row['creator_id']}": who for row, who in zip(rows, owners, strict=True)}
    draw.shuffle(rows)
    return Crowd(
        pa.Table.from_pylist(rows, schema=CREATORS.arrow), pa.Table.from_pylist(links, schema=LINKS.arrow), owner_of
    )


def _around(draw: random.Random) -> dict[str, object]:
    return {"country": draw.choice(COUNTRIES), "niche": draw.choice(NICHES), "followers": draw.randrange(1_000, 99_999)}


def _variant(draw: random.Random, base: str, first: str, last: str) -> str:
    return draw.choice(
        (f"{base}{draw.randrange(100)}", f"{base}_", f"real{base}", f"{base}official", f"its{first}", f"{last}{first}",
         f"{first}{draw.randrange(1990, 2012)}", base.replace(".", "_"))
    )  # fmt: skip


def _point(draw: random.Random, own: list[dict[str, object]], style: float) -> None:
    """Links between the accounts of one person: mutual, one way, a shared hub, in words, or none."""
    if len(own) < 2:
        return
    one, other = own[0], own[1]
    if style < 0.08:
        one["links"], other["links"] = _address(other), _address(one)
    elif style < 0.2:
        one["links"] = _address(other)
    elif style < 0.3:
        one["bio"] = f"more on {other['platform']}: @{other['handle']}"
    elif style < 0.38:
        for row in own:
            row["links"] = f"https://linktr.ee/{one['handle']}"


def _address(row: dict[str, object]) -> str:
    at = "" if row["platform"] == "instagram" else "@"
    return f"https://www.{row['platform']}.com/{at}{row['handle']}"


class _Names:
    """First names and family names, a few of them common, and brands, as they are drawn."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        known = sorted(word for word in COMMON if 3 < len(word) < 8)
        self._first = [*draw.sample(known, 200), *(self._made(2) for _ in range(400))]
        self._last = [*draw.sample(known, 100), *(self._made(draw.choice((2, 3))) for _ in range(3_000))]
        draw.shuffle(self._first)
        draw.shuffle(self._last)

    def first(self) -> str:
        """A first name; the k-th is borne in proportion to 1 / (k + 10)."""
        return self._draw.choices(self._first, [1 / (k + 10) for k in range(len(self._first))])[0]

    def last(self) -> str:
        """A family name, likewise."""
        return self._draw.choices(self._last, [1 / (k + 20) for k in range(len(self._last))])[0]

    def brand(self) -> str:
        """A name of one's own, or one made of two words of the trade that strangers think of too."""
        if self._draw.random() < 0.4:
            return f"{self._draw.choice(NICHES)}{self._draw.choice(('lover', 'diary', 'queen', 'guy', 'world', 'lab'))}"
        return self._made(3)

    def _made(self, syllables: int) -> str:
        part = ("ba", "ber", "chi", "da", "del", "fo", "gar", "hin", "jo", "ka", "kov", "la", "lin", "ma", "mor", "na",
                "ni", "pol", "qui", "ra", "ros", "sa", "sch", "ta", "tin", "vi", "wen", "ya", "zar", "ze")  # fmt: skip
        return "".join(self._draw.choice(part) for _ in range(syllables))
