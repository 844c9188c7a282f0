"""Real captions beside the repository: which labelled posts pass, which sentences disclose, which deny."""

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from asterism.campaigns.disclosure.judging import judge
from asterism.campaigns.disclosure.post import Facts, Post, Setting

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the real data (shared/data beside the repository) is not here"),
]
FORMATS = {"GraphImage": "post", "GraphSidecar": "carousel"}


@cache
def labelled() -> tuple[tuple[str, str], ...]:
    """Caption and format of each post with the official paid label."""
    posts = pq.read_table(
        SHARED / "kim_instagram" / "posts.parquet", columns=["caption", "typename", "sponsor_users"]
    ).to_pylist()
    return tuple((post["caption"] or "", FORMATS[post["typename"]]) for post in posts if post["sponsor_users"])


def verdicts(jurisdiction: str, label: bool) -> Counter[str]:
    return Counter(judge(text, Setting(jurisdiction, "instagram", kind, label)).verdict for text, kind in labelled())


def test_most_labelled_posts_would_fail_in_the_united_states_by_their_text_alone() -> None:
    n, alone, beside = len(labelled()), verdicts("US", False), verdicts("US", True)
    print(n, dict(alone), dict(beside))
    assert n == 121
    assert alone["fail"] / n == pytest.approx(0.85, abs=0.04)
    assert alone["pass"] == beside["pass"] == pytest.approx(14, abs=3)
    assert beside["fail"] == 0


@cache
def sentences() -> tuple[str, ...]:
    """Every fifth distinct sentence of the descriptions, without the header."""
    with (SHARED / "disclosure_youtube" / "clusters.csv").open(encoding="utf-8", newline="") as file:
        return tuple(dict.fromkeys(row[1] for row in list(csv.reader(file))[1:]))[::5]


def test_few_sentences_of_descriptions_disclose_and_as_many_deny() -> None:
    setting = Setting("US", "youtube", "post")
    passing = [text for text in sentences() if judge(text, setting).passes]
    denying = [text for text in sentences() if Post.of(text, setting, Facts()).read.denials]
    print(len(sentences()), len(passing), len(denying))
    assert 5 <= len(passing) <= 25
    assert 5 <= len(denying) <= 25
    assert not set(passing) & set(denying)
    assert all(any(word in text.lower() for word in ("not ", "own", "n't", "no ", "non", "by me", "myself", "isnt"))
               for text in denying)  # fmt: skip
