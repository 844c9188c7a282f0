"""Who says what of a creator, and which other accounts are the same person's."""

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from asterism.creators.identity import Decision
from asterism.creators.tables import CREATORS, Tables
from asterism.desk.read import Loaded
from asterism.desk.selves import fields_of, platform_stated, selves_of

DAY = datetime(2026, 11, 1, tzinfo=UTC)


def loaded(*rows: dict[str, Any], decisions: tuple[Decision, ...] = ()) -> Loaded:
    table = pa.Table.from_pylist(list(rows), schema=CREATORS.arrow)
    return Loaded(Tables(table), {}, table, decisions)


def test_the_same_id_on_another_platform_is_another_account() -> None:
    rows = [{"creator_id": "ana", "handle": "ana", "platform": where} for where in ("instagram", "tiktok")]
    decided = Decision("merge", "instagram:ana", "tiktok:ana", "eva", DAY, "she told us")
    (other,) = selves_of(loaded(*rows, decisions=(decided,))).of("ana", "instagram")
    assert (other.creator_id, other.platform, other.why) == ("ana", "tiktok", "decided by eva: she told us")


def test_only_what_speaks_for_one_person_is_named_as_the_reason() -> None:
    bios = ("YouTube: @anabakes", "IG: @ana")
    there = loaded(
        {"creator_id": "ana", "handle": "ana", "name": "Ana Bakes", "platform": "instagram", "bio": bios[0]},
        {"creator_id": "UCx", "handle": "anabakes", "name": "Ana Bakes", "platform": "youtube", "bio": bios[1]},
    )
    (other,) = selves_of(there).of("ana", "instagram")
    assert other.why.startswith("each profile points to the other; both go by `anabakes`")
    assert "namesakes" not in other.why


def test_a_creator_whose_platform_was_assumed_keeps_its_sources() -> None:
    there = loaded(
        {"creator_id": "ana", "followers": 5, "source": "list.csv"},
        {"creator_id": "ben", "platform": "tiktok", "source": "list.csv"},
    )
    assert [platform_stated(there, *who) for who in (("ana", "instagram"), ("ben", "tiktok"))] == ["", "tiktok"]
    (field,) = fields_of(there, "ana", "")
    assert (field.name, field.value, field.source) == ("followers", "5", "list.csv")
