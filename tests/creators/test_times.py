"""Columns of dates: order of day and month, units since 1970, zones."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from asterism.creators.times import times

MAY = datetime(2025, 5, 21, 9, 44, 45, tzinfo=UTC)
COLUMNS = [
    (["2025-05-21 09:44:45"], [MAY], "UTC where no zone"),
    (["2025-05-21T11:44:45+02:00", "2025-05-21T09:44:45Z"], [MAY, MAY], ""),
    (["1747820685"], [MAY], "seconds since 1970"),
    (["1747820685000"], [MAY], "milliseconds since 1970"),
    (
        ["21/05/2025", "03/04/2025"],
        [MAY.replace(hour=0, minute=0, second=0), datetime(2025, 4, 3, tzinfo=UTC)],
        "day/month",
    ),
    (
        ["05/21/2025", "03/04/2025"],
        [MAY.replace(hour=0, minute=0, second=0), datetime(2025, 3, 4, tzinfo=UTC)],
        "month/day",
    ),
    (["01/02/2025"], [datetime(2025, 2, 1, tzinfo=UTC)], "assumed"),
    (
        ["2025-05-21", None, "May 3, 2025"],
        [datetime(2025, 5, 21, tzinfo=UTC), None, datetime(2025, 5, 3, tzinfo=UTC)],
        "UTC",
    ),
]


@pytest.mark.parametrize(("cells", "expected", "how"), COLUMNS, ids=[str(c[0][0]) + str(len(c[0])) for c in COLUMNS])
def test_a_column_of_dates_is_read_by_its_evidence_and_says_how(
    cells: list[str | None], expected: list[datetime | None], how: str
) -> None:
    read, said = times(pa.array(cells, pa.string()))
    assert read.values.to_pylist() == expected
    assert how in said
    assert read.reasons == {}


def test_a_day_that_does_not_exist_is_refused() -> None:
    read, _ = times(pa.array(["2025-02-30", "2025-02-28", "2025-13-01T00:00:00Z"]))
    assert [value is None for value in read.values.to_pylist()] == [True, False, True]
    assert read.reasons == {0: "not a date", 2: "not a date"}
