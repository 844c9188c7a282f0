import os
import resource
import stat
import subprocess
import sys
import textwrap

import pytest

from asterism.errors import OutsideFailure, exit_code
from asterism.store.save import save_bytes, save_text


def test_the_content_stands_there_and_nothing_else(tmp_path):
    path = save_bytes(tmp_path / "new" / "report.html", b"<p>412</p>")
    assert path.read_bytes() == b"<p>412</p>"
    assert [p.name for p in path.parent.iterdir()] == ["report.html"]


def test_text_is_written_as_utf_8(tmp_path):
    assert save_text(tmp_path / "a.txt", "é – ≥").read_bytes() == "é – ≥".encode()


def test_a_saved_file_can_be_read_by_others_as_any_new_file_can(tmp_path):
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    saved = save_bytes(tmp_path / "saved", b"x")
    assert stat.S_IMODE(saved.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_permissions_of_a_replaced_file_stay(tmp_path):
    target = tmp_path / "report.html"
    target.write_bytes(b"old")
    target.chmod(0o640)
    save_bytes(target, b"new")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert target.read_bytes() == b"new"


def test_a_file_in_the_folders_place_is_one_clear_line(tmp_path):
    (tmp_path / "folder").write_bytes(b"I am a file")
    with pytest.raises(OutsideFailure, match=r"cannot be written.*name another folder") as caught:
        save_bytes(tmp_path / "folder" / "report.html", b"x")
    assert "\n" not in str(caught.value)
    assert exit_code(caught.value) == 4


def test_a_folder_in_the_files_place_leaves_no_litter(tmp_path):
    (tmp_path / "report.html").mkdir()
    with pytest.raises(OutsideFailure, match="cannot be written"):
        save_bytes(tmp_path / "report.html", b"x")
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_a_full_disk_leaves_the_old_file_whole(tmp_path):
    target = tmp_path / "report.html"
    target.write_bytes(b"old")
    code = f"""
        import resource, signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, {resource.RLIM_INFINITY}))
        from asterism.errors import OutsideFailure
        from asterism.store.save import save_bytes
        try:
            save_bytes({str(target)!r}, b"x" * 100_000)
        except OutsideFailure as error:
            print(error)
    """
    said = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)
    assert "cannot be written" in said.stdout
    assert "Free some space" in said.stdout
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["report.html"]  # noqa: PTH208
