import numpy as np
import pytest

from asterism.creators.tables import POSTS, Tables
from asterism.signals.text.corpus import read_corpus
from asterism.signals.text.positioning import MENTION_SD, USUAL_BRANDS, USUAL_LEVEL, positioning_part, shown_brands
from tests.signals.given import creators, rows
from tests.signals.text.said import corpus_of, lineup_of

SAID = {
    "lux": ["New bag @louisvuitton #gucci", "@gucci again, @gucci twice"],
    "mass": ["@hm and @zara and @unheard.of #h&m", "#zara haul"],
    "none": ["@my.friend #sunset"],
    "mute": [],
}


def test_the_level_is_what_the_shown_brands_speak_of() -> None:
    shown = shown_brands(corpus_of(SAID))
    assert shown.n.tolist() == [3, 3, 0, 0]
    levels = [3 * 1.0, 0.0]
    expected = [(total + USUAL_BRANDS * USUAL_LEVEL) / (3 + USUAL_BRANDS) for total in levels]
    assert shown.level.tolist() == pytest.approx([*expected, np.nan, np.nan], nan_ok=True)
    assert shown.sd.tolist()[:2] == pytest.approx([MENTION_SD / np.sqrt(3 + USUAL_BRANDS)] * 2)
    assert shown.brands.tolist() == [("Gucci", "Louis Vuitton"), ("Zara", "H&M"), (), ()]
    assert shown.unknown.tolist() == [0, 1, 1, 0]
    assert (shown.low[:2] >= 0).all()
    assert (shown.low[:2] < shown.level[:2]).all()
    assert (shown.high[:2] <= 1).all()


def test_who_paid_is_shown_too() -> None:
    posts = rows(POSTS, {"post_id": "1", "creator_id": "ann", "caption": "hello", "sponsor": "Nike, Nobody"},
                 {"post_id": "2", "creator_id": "ann", "caption": "again"})  # fmt: skip
    tables = Tables(creators({"creator_id": "ann"}), posts=posts)
    shown = shown_brands(read_corpus(lineup_of(tables), tables))
    assert (shown.brands[0], shown.unknown[0]) == (("Nike",), 1)


def test_the_score_is_near_one_where_the_prices_meet() -> None:
    shown = shown_brands(corpus_of(SAID))
    for wanted, level in (("mass", 0.0), ("premium", 0.5), ("luxury", 1.0)):
        part = positioning_part(shown, wanted)
        assert part.score[:2].tolist() == pytest.approx((1 - np.abs(shown.level[:2] - level)).tolist())
        assert part.known.tolist() == [True, True, False, False]
    assert positioning_part(shown, "luxury").score[0] > positioning_part(shown, "mass").score[0]
    assert positioning_part(shown, "mass").evidence.tolist() == [
        "Gucci, Louis Vuitton, 3 times", "Zara, H&M, 3 times; 1 name not on our list",
        "no known brand shown; 1 name not on our list", "no known brand shown",
    ]  # fmt: skip


def test_nobody_shows_anything_where_nothing_was_posted() -> None:
    shown = shown_brands(corpus_of({"mute": []}))
    assert np.isnan(shown.level).all()
    assert shown.brands.tolist() == [()]
