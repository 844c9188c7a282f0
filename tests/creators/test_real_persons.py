"""The celebrities of three real rankings: how many are found on several platforms under their various handles.

`JUDGED` was read through by eye: of 99 and 108 persons found, one looked wrong, a name that is a common word in another
language.
"""

from collections import Counter
from functools import cache
from pathlib import Path

import pyarrow as pa
import pytest

from asterism.creators.identity import matches, persons
from asterism.creators.ingest import ingest_all
from asterism.creators.tables import CREATORS
from asterism.store.files import open_tables

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the real data (shared/data beside the repository) is not here"),
]
TOP = "top1000_2022/social media influencers"
SPRING = [f"{TOP} - {name}.csv" for name in ("instagram", "tiktok", "youtube")]
WINTER = [f"{TOP}-{name}DEC 2022.csv" for name in ("INSTAGRAM - -", "TIKTOK - ---", "YOUTUBE - --")]


@cache
def creators(name: str) -> pa.Table:
    (table,) = open_tables(str(SHARED / name)).tables
    return next(one.table for one in ingest_all(table) if one.kind == "creators")


@pytest.mark.parametrize(("files", "fewest"), [(SPRING, 95), (WINTER, 100)], ids=["spring", "winter"])
def test_a_hundred_celebrities_are_found_on_several_platforms(files: list[str], fewest: int) -> None:
    table = pa.concat_tables([creators(name) for name in files])
    found = matches(table)
    whose = persons(table, found)
    sizes = Counter(whose["person"].to_pylist())
    several = sum(n > 1 for n in sizes.values())
    print(
        f"{table.num_rows} accounts, {several} persons on several platforms, {sum(not m.sure for m in found)} questions"
    )
    assert several >= fewest
    assert max(sizes.values()) <= 3
    assert max(whose["platforms"].to_pylist()) <= 3


@pytest.mark.parametrize("name", ["kim_instagram/influencers.txt", "youtube_vegan_2025/data/channels.csv"])
def test_on_one_platform_everybody_is_alone(name: str) -> None:
    table = creators(name)
    assert [match for match in matches(table) if match.sure] == []
    assert set(persons(table, matches(table))["platforms"].to_pylist()) == {1}


def test_descriptions_of_real_channels_point_to_accounts_elsewhere() -> None:
    (text,) = open_tables(str(SHARED / "youtube_vegan_2025/data/videos_unprepared.csv")).tables
    column = dict(zip(text.header, text.columns, strict=True))
    rows = {"creator_id": column["channel_id"], "name": column["channel_title"], "bio": column["description"]}
    videos = pa.table(rows).group_by("creator_id", use_threads=False).aggregate([("name", "first"), ("bio", "list")])
    channels = [
        {"creator_id": channel, "platform": "youtube", "name": name, "bio": " ".join(filter(None, told))}
        for channel, name, told in zip(*(videos[n].to_pylist() for n in videos.column_names), strict=True)
    ]
    instagram = creators("kim_instagram/influencers.txt")
    table = pa.concat_tables([pa.Table.from_pylist(channels, schema=CREATORS.arrow), instagram])
    found = [match for match in matches(table) if any("points to" in reason.text for reason in match.reasons)]
    sure = sum(match.sure for match in found)
    print(
        f"{len(channels)} channels, {len(found)} point to one of {instagram.num_rows} Instagram accounts, {sure} sure"
    )
    assert found
