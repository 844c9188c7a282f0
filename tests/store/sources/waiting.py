"""A clock that only moves when somebody sleeps, and remembers how long."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from asterism.store.sources.http import Patience

START = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@dataclass
class Clock:
    at: datetime = START
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)

    def patience(self, timeout: float = 5.0, chance: float = 1.0) -> Patience:
        return Patience(self.now, self.sleep, lambda: chance, timeout=timeout)
