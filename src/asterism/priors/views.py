"""How views grow with the age of a post, and what else a forecast of the next post stands on."""

from typing import Final

from asterism.priors.curves import Benchmark
from asterism.priors.entries import OURS, number

_HALF_LIVES: Final = "Graffius, half-life of posts by platform, as published"

VIEWS: Final[tuple[Benchmark, ...]] = (
    number("growth.half_days.instagram", (0.8, 0.3, 2.0), _HALF_LIVES, "2022–2024", "C", unit="days"),
    number("growth.half_days.youtube", (8.8, 3.0, 30.0), _HALF_LIVES, "2022–2024", "C", unit="days"),
    number("growth.half_days.tiktok", (0.7, 0.2, 2.0), OURS + ": a fit on videos that were all a success, aged 1 to 120"
            " days, puts half before the first day; ranges ours", "2025", unit="days"),
    number("growth.half_days.linkedin", (1.0, 0.4, 2.5), _HALF_LIVES, "2022–2024", "C", unit="days"),
    number("growth.half_days.pinterest", (110.0, 40.0, 300.0), _HALF_LIVES, "2022–2024", "C", unit="days"),
    number("growth.half_days.other", (0.5, 0.1, 2.5), OURS + ": like a feed whose posts are seen on their day",
            unit="days"),
    number("growth.shape", (0.6, 0.4, 1.0), OURS + ": how steeply a post grows; 1 is exponential", unit="shape"),
    number("saturation_log_sd", (0.1, 0.03, 0.3), OURS + ": how much sooner or later several posts of one creator"
            " saturate its audience than independent ones would, per doubling of posts", unit="log-sd"),
    number("trend.walk", (0.15, 0.03, 0.6), OURS + ": variance by which a creator's log level wanders in a year",
            unit="variance per year"),
    number("trend.platform_log_sd", (0.3, 0.1, 0.9), OURS + ": how far a platform's log level may move in a year",
            unit="log-sd"),
    number("trend.creator_log_sd", (0.2, 0.05, 0.6), OURS + ": how far a creator's yearly drift may lie from the"
            " platform's", unit="log-sd"),
    number("sponsored_effect.log_sd", (0.25, 0.1, 0.6), OURS + ": how far a creator's own ratio of sponsored to other"
            " posts lies from the usual", unit="log-sd"),
    number("unique_views.instagram", (0.8, 0.65, 0.95), "Stellar, help pages: impressions are 1.25 times reach", "2026",
            "B", unit="share"),
)  # fmt: skip
