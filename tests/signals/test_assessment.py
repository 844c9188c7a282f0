"""What is believed of creators, where one piece of evidence must not be counted twice."""

from typing import Any

import numpy as np
import pytest

from asterism.brief import Brief
from asterism.signals.assessment import Assessment, assess
from tests.signals.authenticity.making import PRIORS, Row, creator, day, statistics, tables

NOBODY: list[Row] = [
    {"creator_id": "a", "person": str(k), "followers": 3, "following": 5_000, "posts": 0} for k in range(100)
]
"""Followers who look like nobody."""
WATCHED: list[Row] = [
    {"post_id": str(k), "creator_id": "a", "platform": "tiktok", "format": "video", "posted_at": day(k), "views": 9_000}
    for k in range(20)
]


def assessed(**given: Any) -> Assessment:
    made = tables(**given)
    return assess(made, Brief(goal="awareness", budget="1000 USD"), PRIORS, statistics(made))


def seen(found: Assessment) -> np.ndarray[Any, Any]:
    """People whom a post reaches, and who act on it."""
    answers = found.answers
    return np.array(
        [(rate * found.size.audience[0])[found.considered][0] for rate in (answers.reach, answers.engagement)]
    )


@pytest.mark.parametrize(
    ("who", "posts", "share"),
    [
        ({"platform": "tiktok"}, WATCHED, 1.0),
        ({"platform": "tiktok", "avg_views": 9_000.0}, [], 1.0),
        ({"platform": "tiktok"}, [], 0.4),
        ({"platform": "instagram"}, [], 0.4),
        ({"platform": "instagram", "avg_views": 9_000.0}, [], 0.4),
    ],
    ids=["views seen", "views stated", "no views", "followers first", "followers first, views stated"],
)
def test_followers_who_are_nobody_are_taken_off_once_and_never_off_views(
    who: Row, posts: list[Row], share: float
) -> None:
    """A view was somebody's; usual rates per follower hold a usual part of followers who are nobody."""
    given = {"creators": [creator(**who)], **({"posts": posts} if posts else {})}
    before, after = assessed(**given), assessed(**given, accounts=NOBODY)
    assert after.trust.real[0] < 0.5 * before.trust.real[0]
    assert seen(after) / seen(before) == pytest.approx([share, share], abs=0.01)
