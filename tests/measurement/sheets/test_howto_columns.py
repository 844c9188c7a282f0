"""The how-to names every column and every metric."""

from pathlib import Path

import pytest

from asterism.measurement.metrics import DICTIONARY
from asterism.measurement.sheets.kinds import KINDS, OUTCOMES

HOWTO = (Path(__file__).resolve().parents[3] / "docs" / "howto" / "measure-a-campaign.md").read_text(encoding="utf-8")
COLUMNS = sorted({column.name for kind in KINDS.values() if kind is not OUTCOMES for column in kind.columns})


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_is_named(name):
    assert f"`{name}`" in HOWTO


@pytest.mark.parametrize("metric", DICTIONARY, ids=lambda metric: metric.name)
def test_every_metric_stands_there_with_its_definition(metric):
    assert f"| `{metric.name}` | {metric.definition}" in HOWTO
    assert f"| {metric.per} |" in HOWTO
