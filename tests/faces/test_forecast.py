import json
from pathlib import Path

import pytest

from tests.faces.asking import Run, refused

POSTS = "post_id,creator_id,platform,format,posted_at,likes,comments\n" + "".join(
    f"p{i},c{i % 3},instagram,post,2026-10-{i + 1:02d},{100 + i},3\n" for i in range(12)
)


@pytest.fixture
def posts(folder: Path) -> Path:
    (folder / "posts.csv").write_text(POSTS)
    return folder


def test_a_forecast_from_files_speaks_of_the_creators_named(posts: Path, asterism: Run) -> None:
    code, out, _ = asterism("forecast @Name1 --posts posts.csv --creators creators.csv --json")
    found = json.loads(out)
    assert code == 0
    assert [(row["creator_id"], row["n_posts"]) for row in found["forecasts"]] == [("c1", 4)]
    assert found["kept"] == 0
    code, out, _ = asterism("forecast c1 --posts posts.csv --creators creators.csv --sponsored")
    assert code == 0
    assert "The next posts of 1 creator" in out


@pytest.mark.parametrize(
    ("line", "code", "word"),
    [
        ("forecast nobody --posts posts.csv --creators creators.csv", 3, "no creator `nobody`"),
        ("forecast --posts posts.csv", 2, "Name both --posts and --creators"),
        ("scorecard --catalogue nowhere", 3, "holds no forecasts"),
    ],
    ids=["a stranger", "posts alone", "nothing kept"],
)
def test_what_cannot_be_answered_is_refused_in_one_line(
    posts: Path, asterism: Run, line: str, code: int, word: str
) -> None:
    refused(asterism(line), code, word)
