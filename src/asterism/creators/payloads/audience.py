"""What vendors tell of a creator's followers: their shares by place, language, age, gender and interest."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from asterism.creators.ingest import Ingested
from asterism.creators.payloads import reading
from asterism.creators.payloads.reading import Reader, absent, at, listed
from asterism.creators.payloads.tabulate import From, Item, Layout, Said, items_of, tabulated, together
from asterism.creators.tables import Reject

SPECIAL: Final = "ethnic origin is a special category of personal data (GDPR, article 9): never kept"
_ROUNDED: Final = 1e-4
"""How far rounded shares may add up to more than the whole."""
CONTACT: Final = "contact data is not kept with creators"
ESTIMATED: Final = "a vendor's estimate, neither asked nor paid: rates hold quotes and paid fees only"


@dataclass(frozen=True, slots=True)
class Dimension:
    """One list of an audience: its name, our dimension, the key of its bucket and how that is read."""

    name: str
    dimension: str
    key: str
    read: Callable[[Any], str]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """How a vendor writes an audience: its lists, where it stands, the key and the unit of a share.

    `cross` is the list of cells of age and gender, `cells` takes one apart into (age, gender, share).
    """

    place: str
    lists: tuple[Dimension, ...]
    share: str
    unit: Reader
    cross: str
    cells: Callable[[Any], Sequence[tuple[Any, Any, Any]]]


def audience(source: str, how: Audience, value: Any, creator: str) -> Ingested:
    """The buckets of an audience; cells of age and gender become the two margins."""
    parts = [_listed(source, how, value, one, creator) for one in how.lists]
    parts += [_margins(source, how, value, creator)] if listed(value, how.cross) else []
    return together([part for part in parts if part.rows] or parts[:1])


def _layout(how: Audience, place: str, bucket: From, note: str) -> Layout:
    unit = "per cent" if how.unit is reading.percent else "fraction of 1"
    share = From(how.share, "share", how.unit, f"{unit}, as documented" + (f"; {note}" if note else ""))
    why = {"latitude": "where the city lies", "longitude": "where the city lies", "name": "the name of the code"}
    return Layout("audiences", (bucket, share), place, why, origins={"dimension": place})


def _listed(source: str, how: Audience, value: Any, one: Dimension, creator: str) -> Ingested:
    place = f"{how.place}{one.name}[]."
    layout = _layout(how, place, From(one.key, "bucket", one.read), one.note)
    return tabulated(source, layout, items_of(listed(value, one.name), _known(creator, one.dimension)))


def _known(creator: str, dimension: str) -> dict[str, str]:
    return {"creator_id": creator, "dimension": dimension}


def _margins(source: str, how: Audience, value: Any, creator: str) -> Ingested:
    """The shares by age and by gender: sums over the other."""
    place = f"{how.place}{how.cross}[]."
    sums: dict[tuple[str, str], float] = {}
    rejects = []
    for row, cell in enumerate(listed(value, how.cross), start=1):
        for age, gender, raw in how.cells(cell):
            try:
                share = how.unit(raw)
                buckets = (("age", reading.age(age)), ("gender", reading.gender(gender)))
            except ValueError as refusal:
                rejects.append(Reject(source, row, place.rstrip("."), str(cell)[:80], str(refusal)))
                continue
            for key in buckets:
                sums[key] = sums.get(key, 0.0) + share
    rows = [
        Item(
            row,
            {"bucket": bucket, "share": min(share, 1.0) if share < 1 + _ROUNDED else share},
            _known(creator, dimension),
        )
        for row, ((dimension, bucket), share) in enumerate(sums.items(), start=1)
    ]
    how_known = "sum over the other of age and gender"
    fields = (From("bucket", "bucket", reading.text, how_known), From("share", "share", reading.figure, how_known))
    layout = Layout("audiences", fields, place, origins={"dimension": place})
    return tabulated(source, layout, rows, Said(tuple(rejects)))


def rate_explained(rate: float | None, likes: Any, comments: Any, followers: Any, views: Any) -> list[str]:
    """Why an engagement rate above 100% can be right, in one sentence; nothing for a usual rate."""
    if rate is None or rate <= 1:
        return []
    known = [None if absent(raw) else _figure(raw) for raw in (likes, comments, followers, views)]
    liked, commented, following, watched = known
    said = f"engagement_rate of {rate:.0%} is kept as it stands"
    if liked is None or following is None or liked <= following:
        return [f"{said}, though the vendor's usual likes and followers do not explain it: doubt it."]
    said += f": average likes ({liked:,.0f}) exceed followers ({following:,.0f}), as people watch whom they do not "
    if not watched:
        return [f"{said}follow; no views are told to take it of."]
    return [
        f"{said}follow; of views ({watched:,.0f}) likes and comments are {(liked + (commented or 0)) / watched:.2%}."
    ]


def credibility_explained(vendor: str, credible: float | None, kinds: Mapping[str, float]) -> list[str]:
    """Whose reckoning a share of credible followers is, and what the vendor says the followers are."""
    if credible is None:
        return []
    said = f"credible {credible:.3g} is {vendor}'s own reckoning, kept as theirs"
    if not kinds:
        return [f"{said}; it does not say how it comes about."]
    parts = ", ".join(f"{share:.1%} {_KINDS.get(kind, kind)}" for kind, share in kinds.items())
    return [f"{said}; of the followers it calls {parts}."]


_KINDS: Final = {
    "mass_followers": "mass followers (they follow more than 1,500 accounts)",
    "influencers": "influencers (more than 5,000 followers)",
}


def _figure(raw: Any) -> float | None:
    try:
        return reading.figure(raw)
    except ValueError:
        return None


def kinds_of(value: Any, name: str, key: str, how: Audience) -> dict[str, float]:
    """The shares of kinds of followers, by the vendor's names; those that cannot be read are left out."""
    out = {}
    for one in listed(value, name):
        share = _figure(at(one, how.share))
        if share is not None and not absent(at(one, key)):
            out[str(at(one, key))] = how.unit(share)
    return out
