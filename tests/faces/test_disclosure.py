import json
from pathlib import Path

import pytest

from asterism.faces.main import main
from tests.faces.asking import Run, refused


@pytest.fixture
def draft(folder: Path) -> Path:
    (folder / "good.txt").write_text("#ad Tea at four @teahouse\n", encoding="utf-8")
    (folder / "bad.txt").write_text("Thanks @teahouse [bold]for[/bold] the tea", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("line", "code", "verdict"),
    [("good.txt", 0, "pass"), ("bad.txt", 1, "fail"), ("good.txt --format reel", 1, "unclear"),
     ("good.txt --format reel --on-screen", 0, "pass"),
     ("good.txt --format reel --not-on-screen --not-spoken", 1, "fail"),
     ("good.txt --jurisdiction germany", 1, "unclear"), ("good.txt --jurisdiction EU --platform-label", 1, "unclear"),
     ("good.txt --jurisdiction EU --platform-label --language en", 0, "pass"),
     ("good.txt --format live --spoken --whole-duration", 0, "pass")],
)  # fmt: skip
def test_the_exit_code_follows_the_verdict(draft: Path, asterism: Run, line: str, code: int, verdict: str) -> None:
    got, out, err = asterism(f"disclosure {line} --json")
    assert (got, json.loads(out)["verdict"], err) == (code, verdict, "")


def test_a_person_reads_the_verdict_first_then_rules_changes_and_sources(draft: Path, asterism: Run) -> None:
    code, out, err = asterism("disclosure bad.txt --jurisdiction UK --platform tiktok")
    assert (code, err) == (1, "")
    assert out.startswith("Fails under the rules of the United Kingdom: «Thanks")
    order = [
        out.index(part) for part in ("uk-cap-words", "(tiktok-label)", "What to change", "Sources", "not legal advice")
    ]
    assert order == sorted(order)
    assert "Begin with «Ad», «Advert» or «Advertisement»" in out


def test_a_text_may_be_given_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["disclosure", "AD | boots for the hills", "--jurisdiction", "uk"]) == 0
    assert "Passes under the rules of the United Kingdom" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "code", "word"),
    [("disclosure good.txt --jurisdiction XX", 2, "no rules for `XX`"),
     ("disclosure nowhere.txt", 3, "no file nowhere.txt"),
     ("disclosure good.txt --platform myspace", 2, "no platform we know"), ("disclosure", 2, "TEXT|FILE|-")],
    ids=["country", "file", "platform", "nothing"],
)  # fmt: skip
def test_what_cannot_be_judged_is_refused_in_one_line(
    draft: Path, asterism: Run, line: str, code: int, word: str
) -> None:
    refused(asterism(line), code, word)
