"""The people behind some creators: the samples that a plan would be made on, cut down to them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from asterism.audience.ladder import climb
from asterism.audience.samples import Samples
from asterism.brief import Brief
from asterism.creators.tables import Tables
from asterism.desk.loading import signals_of, with_rates
from asterism.priors import Priors


def people_behind(asked: Sequence[str], tables: Tables, brief: Brief, priors: Priors) -> Samples:
    """The samples that a plan of the brief would be made on, with the columns of some creators alone."""
    brief = with_rates(brief, tables.fx)
    signals = signals_of(tables, brief, priors)
    ids, platforms = (signals.creators[name].to_pylist() for name in ("creator_id", "platform"))
    names = [f"{who}@{where}" for who, where in zip(ids, platforms, strict=True)]
    wanted = set(asked)
    if not wanted & set(names):
        return _nobody()
    samples = climb(tables, signals, brief, priors).samples
    columns = [i for i, name in enumerate(names) if name in wanted and samples.sizes[i] > 0]
    return _cut(replace(samples, creators=tuple(names)), np.array(columns, dtype=np.int32))


def _nobody() -> Samples:
    none, rung, variant = np.zeros(0), np.zeros(0, np.int8), np.zeros(0, np.int16)
    return Samples((), none, np.zeros(1, np.int64), np.zeros(0, np.int32), none, rung, none, variant, worth=none)


def _cut(samples: Samples, columns: np.ndarray[Any, np.dtype[np.int32]]) -> Samples:
    """The samples with some columns, and the people whom they can reach."""
    fewer = samples.only(columns)
    place = np.zeros(samples.n_creators, dtype=np.int32)
    place[columns] = np.arange(columns.size, dtype=np.int32)
    return replace(
        fewer,
        creators=tuple(samples.creators[i] for i in columns),
        link=place[fewer.link],
        rung=samples.rung[columns],
        sizes=samples.sizes[columns],
    )
