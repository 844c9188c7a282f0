"""Hand weekly tier channels and lift tests on to marketing-mix models, as files they read."""

import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pcsv

from asterism.desk.lift import read_columns, read_panel
from asterism.errors import WrongUsage
from asterism.measurement.lift.calibration import experiments, measurements, read_tests
from asterism.measurement.lift.weeks import for_meridian, for_pymc, partial_warning, reach_warning, weeks_of
from asterism.store.save import save_bytes


def export_files(
    channels: str | None, figures: str | None, tests: str | None, folder: Path, revenue: bool
) -> dict[str, Any]:
    """The files written and what had to be said, by name.

    Raises
    ------
    WrongUsage
        Neither channels nor tests are named.
    BadInput
        A table lacks columns or holds figures that are none.
    """
    if not channels and not tests:
        raise WrongUsage("There is nothing to hand on.", "Name a table of channels, --tests, or both.")
    tables: dict[str, pa.Table] = {}
    warnings: tuple[str, ...] = ()
    if channels:
        weeks = weeks_of(read_columns(channels))
        panel = read_panel(figures) if figures else None
        tables |= {"meridian_channels.csv": for_meridian(weeks, panel), "pymc_channels.csv": for_pymc(weeks, panel)}
        warnings = (reach_warning(weeks), partial_warning(weeks, panel) if panel else "")
    if tests:
        found = read_tests(read_columns(tests))
        measured, said = measurements(found)
        tables |= {"meridian_experiments.csv": experiments(found, revenue), "pymc_lift_tests.csv": measured}
        warnings = (*warnings, *said)
    written = [str(save_bytes(folder / name, _csv(table))) for name, table in tables.items()]
    return {"files": written, "warnings": [warning for warning in warnings if warning]}


def _csv(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pcsv.write_csv(table, out, pcsv.WriteOptions(quoting_style="needed"))
    return out.getvalue()
