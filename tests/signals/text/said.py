"""Creators who said something, for tests."""

from collections.abc import Mapping, Sequence
from typing import Any

from asterism.creators.schema import Schema
from asterism.creators.tables import CREATORS, POSTS, Tables
from asterism.signals.lineup import Lineup, line_up
from asterism.signals.text.corpus import Corpus, read_corpus
from tests.signals.given import brief, post, rows


def _rows(schema: Schema, given: Sequence[dict[str, Any]]) -> Any:
    return rows(schema, *given) if given else schema.empty()


def said(captions: Mapping[str, Sequence[str | None]], bios: Mapping[str, str] | None = None, **stated: Any) -> Tables:
    """Tables in which each creator published these captions, the first one first."""
    who = [{"creator_id": c, "platform": "instagram", "bio": (bios or {}).get(c), **stated} for c in captions]
    posts = [
        post(c, i + 1, platform="instagram", caption=t) for c, texts in captions.items() for i, t in enumerate(texts)
    ]
    return Tables(_rows(CREATORS, who), posts=_rows(POSTS, posts))


def lineup_of(tables: Tables, **fields: Any) -> Lineup:
    return line_up(tables, brief(**fields))


def corpus_of(
    captions: Mapping[str, Sequence[str | None]], bios: Mapping[str, str] | None = None, **stated: Any
) -> Corpus:
    tables = said(captions, bios, **stated)
    return read_corpus(lineup_of(tables), tables)
