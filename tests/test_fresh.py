"""A folder that is filled for the first time: all of its files, or none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from servplan.diagnostics import ServplanError
from servplan.files.fresh import filled

TEXTS = {"data/plan.yaml": "title: P\n", "README.md": "P\n"}


def fill_in(folder: Path, more: Callable[[], None]) -> None:
    with filled(folder, TEXTS):
        more()


def test_where_the_block_fails_all_that_came_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/config").write_text("[core]\n")
    outside = tmp_path.with_name("outside")
    outside.mkdir()
    (outside / "kept").touch()

    def fill() -> None:
        (tmp_path / "objects").mkdir()
        (tmp_path / "objects/aa").touch(0o444)
        (tmp_path / "objects/link").symlink_to(outside, target_is_directory=True)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill_in(tmp_path, fill)
    assert sorted(tmp_path.rglob("*")) == [tmp_path / ".git", tmp_path / ".git/config"]
    assert (outside / "kept").exists()


def test_the_folders_that_were_made_for_it_go_too(tmp_path: Path) -> None:
    def fail() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill_in(tmp_path / "a/b", fail)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_taken_away_is_said(tmp_path: Path) -> None:
    def fill() -> None:
        (tmp_path / "a/others.txt").touch()
        raise ServplanError("no-git")

    with pytest.raises(ServplanError) as caught:
        fill_in(tmp_path / "a/b", fill)
    assert (caught.value.code, caught.value.params["folder"]) == ("left-behind", str(tmp_path / "a/b"))
    assert list((tmp_path / "a").iterdir()) == [tmp_path / "a/others.txt"]
