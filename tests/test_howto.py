"""The how-to pages name every field and every tier scheme, and their briefs can be read."""

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from asterism.brief import Brief, read_brief
from asterism.creators.tables import SCHEMAS
from asterism.creators.tiers import PRESETS
from asterism.planning.warn import NO_EFFECT

HOWTO = Path(__file__).resolve().parents[1] / "docs" / "howto"
BRIEF = (HOWTO / "write-a-brief.md").read_text(encoding="utf-8")
IMPORT = (HOWTO / "import-a-spreadsheet.md").read_text(encoding="utf-8")


def fields(part=Brief, before=""):
    """Every field of the brief by its dotted name, parts opened."""
    for name, field in part.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from fields(inner, f"{name}.")
        else:
            yield before + name


@pytest.mark.parametrize("name", list(fields()))
def test_every_field_of_the_brief_is_explained(name):
    part, _, last = name.rpartition(".")
    assert f"`{name}`" in BRIEF or (f"`{part}." in BRIEF and f"`{last}`" in BRIEF)


@pytest.mark.parametrize("name", list(NO_EFFECT))
def test_a_field_without_effect_is_said_to_have_none(name):
    _, without = BRIEF.split("without effect so far")
    assert f"`{name}`" in without


def test_the_brief_it_shows_can_be_read():
    (shown,) = re.findall(r"```toml\n(.*?)```", BRIEF, re.DOTALL)
    brief = read_brief(tomllib.loads(shown))
    assert brief.goal == "conversions"
    assert brief.limits.tier_share["macro"].max == 0.5


@pytest.mark.parametrize("name", list(PRESETS))
def test_every_tier_scheme_stands_there_with_its_bounds(name):
    scheme = PRESETS[name]
    short = [
        f"{bound:.0f}" if bound < 1e3 else f"{bound / 1e3:.0f}k" if bound < 1e6 else "1M" for bound in scheme.bounds
    ]
    bounds = ", ".join(f"{tier} {bound}" for tier, bound in zip(scheme.names, short, strict=True))
    assert f"| `{name}` | {bounds} |" in BRIEF


@pytest.mark.parametrize("kind", [kind for kind in SCHEMAS if kind != "fx"])
def test_every_kind_of_table_is_named(kind):
    assert kind in IMPORT
