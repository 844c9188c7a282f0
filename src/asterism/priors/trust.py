"""What is usual of authenticity and connection: the benchmarks that signals of trust are read against."""

from typing import Final

from asterism.priors.curves import Benchmark
from asterism.priors.entries import OURS, curve, number

AUTHENTICITY: Final = (
    number("fake.vendor_sd", (0.1, 0.05, 0.2), OURS + ": how far a vendor's share of credible followers is off, as a"
            " standard deviation; definitions differ, and one calls its figure the least", unit="share"),
    number("fake.engagement_log_sd", (0.75, 0.5, 1.1), OURS + ", after the spread of engagement rates: how far real"
            " followers' own rates scatter among peers", unit="log-sd"),
    number("fake.step_bought", (0.5, 0.2, 0.8), OURS + ": part of sudden growth that nobody explained which was bought",
            unit="share"),
    number("fake.mass_followers", (0.15, 0.05, 0.35), OURS + ": usual share of followers who follow more than 1,500"
            " accounts", unit="share"),
)  # fmt: skip
"""What the share of real followers stands on besides the clusters `fake.*` of the defaults."""

CONNECTION: Final = (
    number("connection.replies", (0.12, 0.02, 0.4), OURS + ": part of the comments under a creator's posts that are"
            " the creator's own", unit="share"),
    number("connection.answered", (0.2, 0.04, 0.6), OURS + ": threads that the creator answers", unit="share"),
    number("connection.returning", (0.06, 0.01, 0.3), OURS + ": chance that who comments on one post comments on"
            " another", unit="share"),
    number("connection.questions", (0.08, 0.02, 0.25), OURS + ": comments that ask something", unit="share"),
    number("connection.discussed", (0.2, 0.05, 0.6), OURS + ": threads that anybody answers", unit="share"),
    number("connection.worded", (0.8, 0.5, 0.95), OURS + ": comments that are more than emoji", unit="share"),
    number("connection.length", (20.0, 8.0, 50.0), OURS + ": usual length of a comment in words", unit="characters"),
    curve("connection.comments_per_like", "4 1 16, 2.7 0.7 11, 1.2 0.3 5, 0.9 0.2 3.6, 0.65 0.16 2.6",
           "Kim et al., WWW 2020 (medians by size of a public sample); ranges ours", "2019"),
    number("connection.saves_per_like", (0.03, 0.005, 0.18), OURS, unit="share"),
    number("connection.shares_per_like", (0.02, 0.003, 0.13), OURS, unit="share"),
    number("connection.post_log_sd", (0.7, 0.4, 1.2), OURS + ": scatter of comments, saves and shares per like from"
            " post to post", unit="log-sd"),
)  # fmt: skip
"""What is usual of the bond between people and a creator."""

CONTENT: Final = (
    number("content.posts_per_week", (3.0, 0.5, 14.0), OURS, unit="posts per week"),
    number("content.active_weeks", (0.8, 0.4, 0.95), OURS + ": weeks with a post, of all weeks", unit="share"),
    number("content.said", (0.75, 0.4, 0.95), OURS + ": captions that say something", unit="share"),
    number("content.caption_length", (80.0, 12.0, 500.0), OURS + ": of a caption before its first hashtag",
            unit="characters"),
    number("content.distinct", (0.95, 0.7, 0.99), OURS + ": captions that are not another's copy", unit="share"),
    number("content.mixed", (0.35, 0.1, 0.7), OURS + ": chance that two posts are of different formats", unit="share"),
    number("sponsorship.paid", (0.15, 0.03, 0.5), OURS + ": posts that are paid for", unit="share"),
    number("sponsorship.repeated", (0.25, 0.05, 0.8), OURS + ": chance that two paid posts are for one brand",
            unit="share"),
    number("sponsorship.trend", (1.0, 0.4, 2.5), OURS + ": odds of a paid post lately against earlier", unit="factor"),
)  # fmt: skip
"""What is usual of a creator's posting, and of its work for brands."""

TRUST: Final[tuple[Benchmark, ...]] = (*AUTHENTICITY, *CONNECTION, *CONTENT)
