"""Places of stars and their names, judged by every order of a few and by plain geometry."""

from itertools import combinations, pairwise, permutations

import numpy as np
import pytest

from asterism.reports.sky import (
    ASCENT,
    Label,
    _crosses,
    constellation,
    distances,
    framed,
    labels,
    seriation,
)

FRAME = (32.0, 32.0, 600.0, 400.0)


def random_share(n, seed):
    rng = np.random.default_rng(seed)
    half = rng.uniform(0, 0.4, (n, n))
    share = (half + half.T) / 2
    np.fill_diagonal(share, 1.0)
    return share.tolist()


def along(path, share):
    return sum(share[a][b] for a, b in pairwise(path))


@pytest.mark.parametrize("seed", range(12))
def test_neighbours_share_nearly_as_much_as_in_the_best_of_all_orders(seed):
    share = random_share(7, seed)
    best = max(along(path, share) for path in permutations(range(7)))
    assert along(seriation(share), share) >= 0.975 * best


def test_circles_of_creators_stand_together():
    circle = np.random.default_rng(3).permutation(np.repeat(np.arange(4), 10))
    share = np.where(circle[:, None] == circle, 0.3, 0.02)
    found = circle[seriation(share.tolist())]
    assert (np.diff(found) != 0).sum() == 3


def test_an_order_holds_everybody_once_and_the_first_in_the_first_half():
    for n in (0, 1, 2, 5, 9):
        order = seriation(random_share(n, n))
        assert sorted(order) == list(range(n))
        assert not n or order.index(0) <= n // 2


def test_who_shares_more_is_wanted_nearer():
    apart = distances([[1.0, 0.25], [0.25, 1.0]])
    assert apart.tolist() == [[0.0, 0.5], [0.5, 0.0]]


@pytest.mark.parametrize("seed", range(5))
def test_stars_lie_where_their_distances_say(seed):
    """Six points of the plane are found again from their distances, up to turning."""
    points = np.random.default_rng(seed).uniform(0, 0.6, (6, 2))
    true = np.linalg.norm(points[:, None] - points[None], axis=2)
    share = (1 - true) ** 2
    found = constellation(share.tolist())
    assert np.linalg.norm(found[:, None] - found[None], axis=2) == pytest.approx(true, abs=0.12)


def test_creators_of_one_circle_stand_nearer_than_strangers():
    circle = np.arange(20) % 4
    share = np.where(circle[:, None] == circle, 0.5, 0.01)
    np.fill_diagonal(share, 1.0)
    places = constellation(share.tolist())
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    same = (circle[:, None] == circle) & ~np.eye(20, dtype=bool)
    assert apart[same].max() < apart[circle[:, None] != circle].min()


def test_a_sky_lies_flat_with_the_first_star_left_and_above():
    places = constellation(random_share(15, 4))
    assert np.ptp(places[:, 0]) >= np.ptp(places[:, 1]) * 0.9
    assert (places[0] <= 0).all()
    assert (places == constellation(random_share(15, 4))).all()


@pytest.mark.parametrize("n", [1, 2, 3, 12, 40])
def test_no_star_touches_another_or_leaves_the_frame(n):
    share = random_share(n, n)
    radius = [3.0 + 9.0 * (i % 4 == 0) for i in range(n)]
    at = framed(constellation(share), FRAME, radius, 0.9)
    for a, b in combinations(range(n), 2):
        assert np.linalg.norm(at[a] - at[b]) > radius[a] + radius[b]
    assert (at >= np.array(FRAME[:2])).all()
    assert (at <= np.array(FRAME[2:])).all()


def test_stars_in_one_place_part():
    share = np.ones((5, 5)).tolist()
    at = framed(constellation(share), FRAME, [6.0] * 5, 0.5)
    assert min(np.linalg.norm(a - b) for a, b in combinations(at, 2)) > 12


@pytest.mark.parametrize("n", [1, 2, 12, 40])
def test_names_cover_neither_stars_nor_each_other(n):
    radius = [4.0 + i % 5 for i in range(n)]
    at = framed(constellation(random_share(n, n)), FRAME, radius, 0.9)
    found = labels(at, radius, ["@somebody_long"] * n, (0.0, 0.0, 632.0, 432.0))
    stars = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(at, radius, strict=True)]
    boxes = [label.box for label in found if label is not None]
    assert len(boxes) == n
    for one, other in [*combinations(boxes, 2), *((box, star) for box in boxes for star in stars)]:
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    for left, top, right, bottom in boxes:
        assert left >= 0
        assert top >= 0
        assert right <= 632
        assert bottom <= 432


def test_where_there_is_no_room_for_a_name_the_number_stands_alone():
    (label,) = labels(np.array([[20.0, 20.0]]), [4.0], ["@somebody"], (0.0, 0.0, 44.0, 60.0))
    assert label.text == "1"
    assert labels(np.array([[5.0, 5.0]]), [4.0], ["@somebody"], (0.0, 0.0, 10.0, 10.0)) == [None]


def test_a_name_gives_way_to_the_line_between_two_stars():
    found = labels(np.array([[100.0, 50.0], [300.0, 50.0]]), [5.0, 5.0], ["@a", "@b"], (0.0, 0.0, 400.0, 100.0))
    assert [label.anchor for label in found] == ["end", "start"]


@pytest.mark.parametrize(
    ("anchor", "left", "right"), [("start", 100, 116.8), ("middle", 91.6, 108.4), ("end", 83.2, 100)]
)
def test_the_room_a_name_takes(anchor, left, right):
    box = Label("@a", 100, 50, anchor).box
    assert box == pytest.approx((left, 50 - ASCENT, right, 54))


@pytest.mark.parametrize("seed", range(40))
def test_a_line_crosses_a_box_where_one_of_its_points_lies_inside(seed):
    rng = np.random.default_rng(seed)
    a, b, low = rng.uniform(0, 10, 2), rng.uniform(0, 10, 2), rng.uniform(0, 8, 2)
    if seed % 5 == 0:
        b[0] = a[0]
    box = (*low, *(low + rng.uniform(0.5, 4, 2)))
    points = a + np.linspace(0, 1, 20_001)[:, None] * (b - a)
    inside = ((points > box[:2]) & (points < box[2:])).all(axis=1).any()
    assert _crosses(a, b, box) == inside
