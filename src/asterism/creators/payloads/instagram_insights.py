"""Instagram Graph API: insights of a post and of an account, in the older and the newer form."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from asterism.creators.ingest import Ingested, Unmapped
from asterism.creators.payloads import reading
from asterism.creators.payloads.reading import absent, at, listed
from asterism.creators.payloads.tabulate import Around, From, Item, Layout, Said, nothing, tabulated
from asterism.creators.tables import Reject

ASK: Final = "ask for the field `username`, or import the account's media first; media found by hashtag never say it"
"""What to do where a post does not say whose it is."""
_METRICS: Final = {
    "views": "views", "plays": "views", "video_views": "views", "reach": "reach", "saved": "saves", "shares": "shares",
    "likes": "likes", "comments": "comments",
}  # fmt: skip
"""Metrics of a post that are fields of ours; «plays» and «video_views» are what views were called before 2025."""
_WHY: Final = {
    "impressions": "times shown, which Instagram stopped counting in April 2025; not the same as views, and no field",
    "engagement": "a sum of figures", "total_interactions": "a sum of figures",
    "profile_activity": "taps on the profile after the post; no field of ours",
    "profile_visits": "visits after the post; no field of ours", "follows": "follows after the post; no field of ours",
}  # fmt: skip
_PEOPLE: Final = {
    "follower_demographics": "", "audience_country": "country", "audience_city": "city", "audience_locale": "language",
    "audience_gender_age": "gender and age",
}  # fmt: skip
"""Metrics of an account that tell who follows it, and the dimension where the metric is of one alone."""
_READERS: Final[Mapping[str, Callable[[Any], str]]] = {
    "country": reading.country, "city": reading.text, "language": reading.language_or_word, "age": reading.age,
    "gender": reading.gender,
}  # fmt: skip
_LISTED: Final = "Shares are of the followers the answer lists, at most 45 places: of all followers they are lower."


def _metric(name: str) -> Callable[[Any], int | None]:
    """How the figure called `name` is read from a list of metrics."""

    def read(raw: Any) -> int | None:
        found = next((one for one in raw if at(one, "name") == name), None) if isinstance(raw, list) else None
        value = _value(found)
        return None if absent(value) else reading.count(value)

    return read


INSIGHTS: Final = tuple(
    From("insights.data", field, _metric(name), f"its metric `{name}`", f"insights.{name}")
    for name, field in _METRICS.items()
)
"""Fields of a post from the insights that stand inside it."""
_ALONE: Final = Layout(
    "posts",
    (
        From("post", "post_id", reading.text, "before the / in its id", "id"),
        *(From(name, field, reading.count, f"its metric `{name}`", name) for name, field in _METRICS.items()),
    ),
    place="data[].",
    elsewhere=("post",),
    origins={"creator_id": "posts known already"},
)
_AUDIENCE: Final = Layout(
    "audiences",
    (From("", "bucket", lambda cell: _READERS[cell["dimension"]](cell["bucket"]), "", "bucket"),
     From("share", "share", reading.figure, "people in the bucket over those the answer lists")),
    place="data[].",
    elsewhere=("dimension",),
    origins={"creator_id": "data[].id", "dimension": "data[].total_value.breakdowns[].dimension_keys"},
)  # fmt: skip


def is_insights(document: Any) -> bool:
    """Whether an answer is a list of metrics, each with a period and a value."""
    values = listed(document, "data")
    return bool(values) and all(
        isinstance(at(one, "name"), str) and not absent(at(one, "period")) and "insights/" in str(at(one, "id"))
        for one in values
    )


def owned(post: Any, around: Around) -> dict[str, Any]:
    """What is known of a post from elsewhere: its platform, and whose it is."""
    owner = around.owners.get(str(post))
    return {"platform": "instagram"} if owner is None else {"platform": "instagram", "creator_id": owner}


def insights(source: str, document: Mapping[str, Any], around: Around) -> tuple[Ingested, ...]:
    """The figures of a post, or who follows an account; an account's figures per day are said and left."""
    metrics = listed(document, "data")
    people = [one for one in metrics if at(one, "name") in _PEOPLE]
    if people:
        return (_followers(source, people),)
    if any(at(one, "period") != "lifetime" for one in metrics):
        names = ", ".join(str(at(one, "name")) for one in metrics)
        return (
            nothing(
                source,
                "audiences",
                len(metrics),
                f"Figures of an account per day ({names}) are no post's and no usual figure: no row is used; "
                "`follower_demographics` and the insights of media are read.",
            ),
        )
    return (_post(source, metrics, around),)


def _post(source: str, metrics: Sequence[Any], around: Around) -> Ingested:
    """The one row of a post's insights."""
    post = str(at(metrics[0], "id")).split("/", 1)[0]
    figures = {str(at(one, "name")): _value(one) for one in metrics}
    row = Item(1, {"post": post, **{k: v for k, v in figures.items() if k in _METRICS}}, owned(post, around))
    left = tuple(
        Unmapped(f"data[].{name}", _WHY.get(name, "no figure of a post of ours"))
        for name in figures
        if name not in _METRICS
    )
    if not any(name in _METRICS and not absent(value) for name, value in figures.items()):
        none = f"None of these metrics is a figure of ours: {', '.join(figures)}."
        rejects = (Reject(source, 1, "data[].name", ", ".join(figures), "no figure of a post of ours"),)
        return _with(tabulated(source, _ALONE, [], Said(rejects, (none,), 1)), left)
    said = [] if "creator_id" in row.known else [f"The answer does not say whose post it is: {ASK}."]
    return _with(tabulated(source, _ALONE, [row], Said((), tuple(said))), left)


def _with(found: Ingested, left: tuple[Unmapped, ...]) -> Ingested:
    return replace(found, unmapped=(*found.unmapped, *left))


def _value(metric: Any) -> Any:
    """The figure of a metric: its `total_value`, else the last of its `values`."""
    total = at(metric, "total_value.value")
    last = listed(metric, "values")[-1:]
    return total if total is not None else at(last[0], "value") if last else None


def _followers(source: str, metrics: Sequence[Any]) -> Ingested:
    """Shares of an account's followers by country, city, language, age and gender."""
    known = {"creator_id": str(at(metrics[0], "id")).split("/", 1)[0]}
    cells = [cell for metric in metrics for cell in _cells(metric)]
    sums: dict[tuple[str, str], float] = {}
    rejects = []
    for row, (dimension, bucket, raw) in enumerate(cells, start=1):
        try:
            sums[dimension, bucket] = sums.get((dimension, bucket), 0.0) + reading.figure(raw)
        except ValueError as refusal:
            rejects.append(Reject(source, row, f"data[].{dimension}", str(raw), str(refusal)))
    totals: dict[str, float] = {}
    for (dimension, _), people in sums.items():
        totals[dimension] = totals.get(dimension, 0.0) + people
    whole = max(totals.values(), default=0.0)
    rows = [
        Item(row, {"dimension": d, "bucket": bucket, "share": people / whole}, {**known, "dimension": d})
        for row, ((d, bucket), people) in enumerate(sums.items(), start=1)
        if whole > 0
    ]
    return tabulated(source, _AUDIENCE, rows, Said(tuple(rejects), (_LISTED,)))


def _cells(metric: Any) -> Iterator[tuple[str, str, Any]]:
    """Dimension, bucket and people of every cell of a metric; a cell of two dimensions counts in both."""
    for breakdown in listed(metric, "total_value.breakdowns"):
        for result in listed(breakdown, "results"):
            names = zip(listed(breakdown, "dimension_keys"), listed(result, "dimension_values"), strict=False)
            yield from ((str(d), str(bucket), at(result, "value")) for d, bucket in names if d in _READERS)
    dimension, older = _PEOPLE[str(at(metric, "name"))], _value(metric)
    keys = ("gender", "age") if dimension == "gender and age" else (dimension,)
    for bucket, people in older.items() if dimension and isinstance(older, Mapping) else ():
        parts = str(bucket).split(".", 1) if len(keys) > 1 else [str(bucket)]
        yield from ((d, part, people) for d, part in zip(keys, parts, strict=False))
