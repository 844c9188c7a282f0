from pathlib import Path

import pytest

from asterism.errors import WrongUsage
from asterism.store.settings import read_settings


@pytest.mark.parametrize(
    ("environment", "home"),
    [
        pytest.param({}, Path.home() / ".asterism", id="nothing said"),
        pytest.param({"ASTERISM_HOME": ""}, Path.home() / ".asterism", id="said empty"),
        pytest.param({"ASTERISM_HOME": "/srv/stars"}, Path("/srv/stars"), id="absolute"),
        pytest.param({"ASTERISM_HOME": "stars"}, Path.cwd() / "stars", id="relative to where we stand"),
        pytest.param({"ASTERISM_HOME": "~/stars"}, Path.home() / "stars", id="in the user's home"),
    ],
)
def test_the_data_directory_has_a_default_and_is_absolute(environment, home):
    assert read_settings(environment).home == home
    assert read_settings(environment).catalogue == home / "catalogue"


def test_reading_the_settings_makes_no_folder(tmp_path):
    read_settings({"ASTERISM_HOME": str(tmp_path / "home")})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", ["0", "-1", "two", "1.5"])
def test_threads_must_be_a_whole_number_above_zero(words):
    with pytest.raises(WrongUsage, match=r"ASTERISM_THREADS is .*Set it to"):
        read_settings({"ASTERISM_THREADS": words})


def test_threads_default_to_what_the_machine_has():
    assert read_settings({}).threads >= 1
    assert read_settings({"ASTERISM_THREADS": "3"}).threads == 3
