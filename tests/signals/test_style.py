import numpy as np
import pyarrow as pa
import pytest

from asterism.creators.tables import CREATORS, POSTS, Tables
from asterism.signals.style import style_named

BIOS = {"ann": "Everyday tutorials and tea.", "bob": "Cars.", "cleo": None, "dan": " ", "eve": "Anything but ordinary."}
CAPTIONS = [("bob", "A Tutorial on clutches"), ("bob", "My car"), ("bob", None), ("cleo", "tutorials everywhere"),
            ("cleo", "everyday life")]  # fmt: skip


def tables() -> Tables:
    creators = [{"creator_id": name, "bio": bio} for name, bio in BIOS.items()]
    posts = [{"post_id": str(i), "creator_id": name, "caption": text} for i, (name, text) in enumerate(CAPTIONS)]
    return Tables(pa.Table.from_pylist(creators, CREATORS.arrow), posts=pa.Table.from_pylist(posts, POSTS.arrow))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["everyday"], [1.0, 0.0, 0.5, np.nan, 0.0]),
        (["EVERYDAY ", "tutorial"], [1.0, 0.5, 0.5, np.nan, 0.0]),
        (["c++", "(tea"], [0.0, 0.0, 0.0, np.nan, 0.0]),
    ],
    ids=["one word", "any of two, whole words", "signs mean themselves"],
)
def test_a_style_is_named_in_the_bio_or_in_a_share_of_captions(words: list[str], found: list[float]):
    ids = pa.chunked_array([list(BIOS)])
    assert style_named(tables(), ids, words).tolist() == pytest.approx(found, nan_ok=True)


def test_creators_come_in_the_order_asked_and_strangers_have_no_texts():
    found = style_named(tables(), pa.chunked_array([["bob", "nobody", "ann"]]), ["everyday"])
    assert found.tolist() == pytest.approx([0.0, np.nan, 1.0], nan_ok=True)
