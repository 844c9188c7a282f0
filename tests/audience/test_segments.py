import numpy as np
import pyarrow as pa
import pytest

from asterism.audience.activity import LINKS, gamma_classes, intensities, mean_chance
from asterism.audience.cells import merge
from asterism.audience.niches import NicheBeliefs, NicheInput
from asterism.audience.profiles import dimensions
from asterism.audience.reach import reach
from asterism.audience.samples import Samples
from asterism.audience.segments import Segmented, SegmentInput, build, from_niches, from_profiles, worth
from asterism.audience.worlds import exactly
from asterism.errors import BadInput, MissingColumns
from asterism.quantities import Share

SIZES = {"ann": 5_000.0, "bob": 3_000.0, "cy": 800.0}
ROWS = [
    ("ann", "country", "US", 0.8), ("ann", "country", "GB", 0.2), ("ann", "gender", "female", 0.9),
    ("ann", "gender", "male", 0.1), ("bob", "country", "US", 0.1), ("bob", "country", "GB", 0.9),
    ("bob", "gender", "female", 0.4), ("bob", "gender", "male", 0.6),
]  # fmt: skip
PROFILES = dict(zip(("creator_id", "dimension", "bucket", "share"), map(list, zip(*ROWS, strict=True)), strict=True))


def _audiences(segmented, variant=None, part=None):
    """People per creator, person by person, all variants or one."""
    found = segmented.incidence
    total = np.zeros(found.n_creators)
    for p in range(found.n_people):
        if variant is None or found.variant[p] == variant:
            times = found.weight[p] * (1 if variant is None else found.n_variants) * (1 if part is None else part[p])
            links = slice(found.start[p], found.start[p + 1])
            total[found.link[links]] += times * found.chance[links]
    return total


def _niches(n=400, niches=10, countries=0, seed=0):
    rng = np.random.default_rng(seed)
    words = [f"niche{i}" for i in rng.integers(0, niches, n)] if niches else ()
    places = [f"land{i}" for i in rng.integers(0, countries, n)] if countries else ()
    return NicheInput(tuple(f"c{i}" for i in range(n)), np.exp(rng.normal(9, 1.5, n)), words, places)


CASES = {
    "profiles": lambda: from_profiles(SIZES, PROFILES, universe=20_000),
    "profiles, unknown universe": lambda: from_profiles(SIZES, PROFILES),
    "niche and country": lambda: from_niches(_niches(countries=5)),
    "niche only": lambda: from_niches(_niches()),
    "nothing": lambda: from_niches(_niches(niches=0)),
    "crowded universe": lambda: from_profiles(SIZES, PROFILES, universe=5_050),
    "one creator": lambda: from_niches(NicheInput(("a",), np.array([10.0]))),
    "everybody follows": lambda: from_niches(NicheInput(("a", "b"), np.array([10.0, 4.0])), universe=10),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_every_variant_meets_every_size_exactly(case):
    segmented = case()
    for variant in range(segmented.incidence.n_variants):
        assert _audiences(segmented, variant) == pytest.approx(segmented.incidence.sizes, rel=1e-9)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_chances_and_weights_are_sound(case):
    found = case().incidence
    assert found.weight.min() > 0
    assert found.chance.min() > 0
    assert found.chance.max() <= 1 + 1e-12
    for p in range(found.n_people):
        assert (np.diff(found.link[found.start[p] : found.start[p + 1]]) > 0).all()
    if found.universe is not None:
        assert found.weight.sum() == pytest.approx(found.universe, rel=1e-6)


@pytest.mark.parametrize("known", [_niches(), _niches(countries=5), _niches(niches=0)], ids=["niche", "both", "none"])
def test_reach_lies_strictly_between_the_largest_audience_and_the_sum(known):
    samples = Samples.of(from_niches(known).incidence)
    chosen = list(known.ids[:30])
    found = reach(samples, chosen)
    sizes = known.sizes[:30]
    assert sizes.max() < found.people < sizes.sum()
    assert found.low < found.people < found.high <= sizes.sum() * (1 + 1e-9)


def test_creators_of_one_niche_share_more_than_creators_of_two():
    known = NicheInput(("a", "b", "c"), np.full(3, 1_000.0), ("food", "food", "cars"))
    samples = Samples.of(from_niches(known, universe=50_000).incidence)
    assert reach(samples, ["a", "b"]).people < reach(samples, ["a", "c"]).people


def test_more_believed_duplication_means_less_reach_variant_by_variant():
    segmented = from_niches(_niches(), universe=2e7)
    found = segmented.incidence
    people = []
    for variant in range(3):
        miss = [np.prod(1 - found.chance[found.start[p] : found.start[p + 1]]) for p in range(found.n_people)]
        here = found.variant == variant
        people.append((found.weight * (1 - np.array(miss)))[here].sum())
    assert people[0] > people[1] > people[2]


def test_rungs_tell_counted_creators_from_the_others():
    assert from_profiles(SIZES, PROFILES).incidence.rung.tolist() == [3, 3, 4]


def test_the_target_is_answered_from_the_profile():
    segmented = from_profiles(SIZES, PROFILES, universe=20_000)
    part, known = worth(segmented, {"country": ("us",), "gender": ("female",), "age": ("18-24",)})
    assert known == ("country", "gender")
    assert _audiences(segmented, part=part)[:2] == pytest.approx([5_000 * 0.8 * 0.9, 3_000 * 0.1 * 0.4], rel=1e-6)


def test_a_merged_bucket_counts_with_its_part():
    shares = [0.96, 0.02, 0.01, 0.01], [0.02, 0.96, 0.01, 0.01]
    rows = [(c, "city", f"city{b}", s[b]) for c, s in zip("ab", shares, strict=True) for b in range(4)]
    table = dict(zip(("creator_id", "dimension", "bucket", "share"), map(list, zip(*rows, strict=True)), strict=True))
    dims = dimensions(table, ("a", "b"))
    (merged,) = merge(dims, np.array([100.0, 100.0]), {}, limit=3)
    assert merged.dimension.buckets == ("city0", "city1", "other")
    assert merged.part["city2"].tolist() == pytest.approx([0, 0, 0.5])
    (kept,) = merge(dims, np.array([100.0, 100.0]), {"city": ("City3",)}, limit=2)
    assert "city3" in kept.dimension.buckets


def test_a_creators_home_is_where_the_belief_puts_the_audience():
    known = NicheInput(("a", "b", "c"), np.full(3, 1_000.0), countries=("FR", "DE", "DE"))
    segmented = from_niches(known, NicheBeliefs(home=Share(0.8)), universe=100_000)
    part, _ = worth(segmented, {"country": ("FR",)})
    assert _audiences(segmented, part=part)[0] == pytest.approx(800, rel=1e-6)
    assert _audiences(segmented, part=part)[1] < 500


def test_a_creator_without_a_country_has_everybodys():
    known = NicheInput(("a", "b", "c"), np.full(3, 1_000.0), countries=("FR", "DE", None))
    segmented = from_niches(known, universe=100_000)
    part, _ = worth(segmented, {"country": ("FR",)})
    assert 150 < _audiences(segmented, part=part)[2] < 600


def test_uncounted_creators_take_after_counted_ones_of_their_niche():
    ids = tuple(f"c{i}" for i in range(12))
    rows = [(c, "gender", g, s) for c in ids[:10] for g, s in (("female", 0.9), ("male", 0.1))]
    rows += [("c11", "gender", "female", 0.1), ("c11", "gender", "male", 0.9)]
    table = dict(zip(("creator_id", "dimension", "bucket", "share"), map(list, zip(*rows, strict=True)), strict=True))
    known = NicheInput(ids, np.full(12, 1_000.0), ("beauty",) * 11 + ("cars",))
    segmented = build(SegmentInput(known, table, universe=100_000))
    part, _ = worth(segmented, {"gender": ("female",)})
    assert _audiences(segmented, part=part)[10] == pytest.approx(875, abs=30)
    assert segmented.incidence.rung.tolist() == [3] * 10 + [4, 3]


def test_many_creators_keep_to_few_people_and_links():
    known = _niches(3_000, niches=24, countries=15)
    segmented = from_niches(known)
    assert isinstance(segmented, Segmented)
    assert segmented.incidence.n_people <= 3_000
    assert segmented.incidence.link.size <= 25_000_000
    assert segmented.cells.code.shape == (segmented.incidence.n_people, 2)


def test_any_table_of_profiles_will_do():
    arrow = from_profiles(SIZES, pa.table(PROFILES), universe=20_000)
    plain = from_profiles(SIZES, PROFILES, universe=20_000)
    assert (arrow.incidence.chance == plain.incidence.chance).all()


def test_shares_that_leave_people_unnamed_leave_them_to_other():
    rows = {"creator_id": ["a"], "dimension": ["country"], "bucket": ["US"], "share": [0.6]}
    (country,) = dimensions(rows, ("a", "b"))
    assert country.buckets == ("US", "other")
    assert country.share[0].tolist() == pytest.approx([0.6, 0.4])
    assert country.known.tolist() == [True, False]


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link.name)
@pytest.mark.parametrize("dispersion", [0.2, 1.0, 3.0])
def test_intensities_give_back_the_mean_chance(link, dispersion):
    classes = gamma_classes(dispersion)
    wanted = np.array([0.0, 1e-7, 1e-3, 0.05, 0.4, 0.9])
    assert mean_chance(intensities(wanted, classes, link), classes, link) == pytest.approx(wanted, rel=1e-5)


@pytest.mark.parametrize("wanted", [0.0, 0.2, 0.35, 0.8, 1.0])
def test_chances_moved_to_another_mean_stay_chances(wanted):
    chance, weight = np.array([0.1, 0.4, 0.9]), np.array([0.5, 0.3, 0.2])
    moved = exactly(chance, weight @ chance, np.array(wanted))
    assert weight @ moved == pytest.approx(wanted)
    assert 0 <= moved.min() <= moved.max() <= 1


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: from_niches(NicheInput((), np.zeros(0))), BadInput, "need creators"),
        (lambda: from_niches(NicheInput(("a", "a"), np.ones(2))), BadInput, "each named once"),
        (lambda: from_niches(NicheInput(("a",), np.array([np.nan]))), BadInput, "0 people or more"),
        (lambda: from_niches(NicheInput(("a",), np.ones(1), ("x", "y"))), BadInput, "one word per creator"),
        (lambda: from_profiles(SIZES, PROFILES, universe=100), BadInput, "below the largest audience"),
        (lambda: from_profiles(SIZES, {"creator_id": ["a"]}), MissingColumns, "lack dimension, bucket, share"),
        (lambda: from_profiles(SIZES, 3), BadInput, "must be a table"),
        (lambda: from_profiles(SIZES, PROFILES | {"share": [-0.1] * 8}), BadInput, "below 0"),
        (lambda: NicheBeliefs(duplication=(0.5, 1.0, 2.0)), BadInput, "less than random"),
        (lambda: NicheBeliefs(dispersion=(1.0, 0.5, 2.0)), BadInput, "must rise"),
    ],
    ids=["none", "twice", "nan", "words", "universe", "columns", "no table", "negative", "low k", "falling"],
)
def test_what_cannot_be_used_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
