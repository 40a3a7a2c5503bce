import os
from pathlib import Path

import pytest

from servplan.diagnostics import ServplanError
from servplan.files.tree import Entry, MemoryTree, WorkTree, find_plan, write_atomic


def make(root: Path, *paths: str) -> Path:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(path.encode())
    return root


def test_files_are_found_at_any_depth_in_the_order_of_their_paths(tmp_path: Path) -> None:
    make(tmp_path, "data/b.yaml", "data/a/z/x.yaml", "data/a/y.txt", "docs/a.md")
    assert WorkTree(tmp_path).files("data") == [
        Entry("data/a/y.txt"),
        Entry("data/a/z/x.yaml"),
        Entry("data/b.yaml"),
    ]


def test_both_trees_list_the_same(tmp_path: Path) -> None:
    paths = ("data/b.yaml", "data/a/z/x.yaml", "data/a-b.yaml", "database/c.yaml")
    tree = MemoryTree({path: path for path in paths})
    assert WorkTree(make(tmp_path, *paths)).files("data") == tree.files("data")


def test_hidden_files_and_editors_copies_are_left_out(tmp_path: Path) -> None:
    make(tmp_path, "data/.a.yaml.swp", "data/.git/b.yaml", "data/c.yaml~", "data/d.yaml")
    assert WorkTree(tmp_path).files("data") == [Entry("data/d.yaml")]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert WorkTree(tmp_path).files("data") == []
    assert MemoryTree({"a": ""}).files("data") == []


def test_a_folder_named_as_a_record_is_named_and_read_below(tmp_path: Path) -> None:
    make(tmp_path, "data/x.yaml/y.yaml")
    assert WorkTree(tmp_path).files("data") == [
        Entry("data/x.yaml", "not-a-file"),
        Entry("data/x.yaml/y.yaml"),
    ]


def test_a_pipe_is_no_file_and_reading_it_does_not_wait(tmp_path: Path) -> None:
    make(tmp_path, "data/a.yaml")
    os.mkfifo(tmp_path / "data/x.yaml")
    tree = WorkTree(tmp_path)
    assert tree.files("data") == [Entry("data/a.yaml"), Entry("data/x.yaml", "not-a-file")]
    with pytest.raises(OSError, match="not an ordinary file"):
        tree.read("data/x.yaml")


@pytest.mark.parametrize("target", ["../outside.yaml", "../outside", "/etc/hostname"])
def test_a_link_out_of_the_plan_is_named_and_not_read(tmp_path: Path, target: str) -> None:
    plan = make(tmp_path, "outside.yaml", "outside/y.yaml", "plan/data/a.yaml") / "plan"
    (plan / "data/x.yaml").symlink_to(tmp_path / "plan" / target)
    tree = WorkTree(plan)
    assert tree.files("data")[1:] == [Entry("data/x.yaml", "link-outside")]
    with pytest.raises(OSError):  # noqa: PT011 (each system has its own words)
        tree.read("data/x.yaml")
    assert not tree.exists("data/x.yaml")


def test_a_link_inside_the_plan_is_a_file(tmp_path: Path) -> None:
    make(tmp_path, "data/a.yaml")
    (tmp_path / "data/x.yaml").symlink_to("a.yaml")
    tree = WorkTree(tmp_path)
    assert tree.files("data") == [Entry("data/a.yaml"), Entry("data/x.yaml")]
    assert tree.read("data/x.yaml") == b"data/a.yaml"


@pytest.mark.parametrize("target", ["x.yaml", "nowhere.yaml", "folder"])
def test_a_link_to_itself_to_nothing_or_to_a_folder_is_no_file(tmp_path: Path, target: str) -> None:
    make(tmp_path, "data/folder/y.yaml")
    (tmp_path / "data/x.yaml").symlink_to(target)
    assert Entry("data/x.yaml", "not-a-file") in WorkTree(tmp_path).files("data")


def test_a_linked_folder_is_named_since_its_records_are_not_read(tmp_path: Path) -> None:
    make(tmp_path, "outside/y.yaml", "plan/data/a.yaml")
    (tmp_path / "plan/data/goals").symlink_to(tmp_path / "outside")
    assert WorkTree(tmp_path / "plan").files("data")[1:] == [Entry("data/goals", "link-outside")]


def test_data_itself_may_not_lead_out_of_the_plan(tmp_path: Path) -> None:
    make(tmp_path, "outside/plan.yaml", "plan/README.md")
    (tmp_path / "plan/data").symlink_to(tmp_path / "outside")
    assert WorkTree(tmp_path / "plan").files("data") == [Entry("data", "link-outside")]


def test_a_plan_may_itself_be_reached_by_a_link(tmp_path: Path) -> None:
    make(tmp_path, "real/data/a.yaml")
    (tmp_path / "plan").symlink_to("real")
    assert WorkTree(tmp_path / "plan").files("data") == [Entry("data/a.yaml")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_listed_is_named(tmp_path: Path) -> None:
    make(tmp_path, "data/a.yaml", "data/goals/b.yaml")
    (tmp_path / "data/goals").chmod(0)
    found = WorkTree(tmp_path).files("data")
    (tmp_path / "data/goals").chmod(0o700)
    assert found == [Entry("data/a.yaml"), Entry("data/goals", "cannot-read", "Permission denied")]


def test_a_files_bytes_are_read_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.yaml").write_bytes(b"\xff\r\n\0\x1a" * 100_000)
    assert WorkTree(tmp_path).read("data/a.yaml") == b"\xff\r\n\0\x1a" * 100_000


@pytest.mark.parametrize("path", ["data/nothing.yaml", "data"])
def test_what_is_no_file_cannot_be_read(tmp_path: Path, path: str) -> None:
    make(tmp_path, "data/a.yaml")
    for tree in (WorkTree(tmp_path), MemoryTree({"data/a.yaml": ""})):
        with pytest.raises(OSError):  # noqa: PT011 (each system has its own words)
            tree.read(path)


@pytest.mark.parametrize("path", ["data/a.yaml", "data", "docs/b/c.pdf", "docs/b"])
def test_files_and_folders_in_the_plan_exist(tmp_path: Path, path: str) -> None:
    make(tmp_path, "data/a.yaml", "docs/b/c.pdf")
    assert WorkTree(tmp_path).exists(path)
    assert MemoryTree({"data/a.yaml": "", "docs/b/c.pdf": ""}).exists(path)


@pytest.mark.parametrize("path", ["data/b.yaml", "doc", "data/a", "x" * 5000, "a\0b", "data/a.yaml/x"])
def test_what_is_not_there_does_not_exist(tmp_path: Path, path: str) -> None:
    make(tmp_path, "data/a.yaml", "docs/b/c.pdf")
    assert not WorkTree(tmp_path).exists(path)
    assert not MemoryTree({"data/a.yaml": "", "docs/b/c.pdf": ""}).exists(path)


@pytest.mark.parametrize("path", ["..", "../outside.pdf", "/etc/hostname"])
def test_what_lies_outside_does_not_exist(tmp_path: Path, path: str) -> None:
    make(tmp_path, "outside.pdf", "plan/data/a.yaml")
    assert not WorkTree(tmp_path / "plan").exists(path)


def test_the_nearest_plan_upwards_is_found(tmp_path: Path) -> None:
    make(tmp_path, "data/plan.yaml", "sub/data/plan.yaml", "sub/deep/er/x", "other/x")
    assert find_plan(tmp_path / "sub/deep/er") == tmp_path / "sub"
    assert find_plan(tmp_path / "sub") == tmp_path / "sub"
    assert find_plan(tmp_path / "other") == tmp_path


def test_where_no_plan_is_the_error_says_where_it_was_looked_for(tmp_path: Path) -> None:
    make(tmp_path, "data/other.yaml")
    with pytest.raises(ServplanError) as caught:
        find_plan(tmp_path / "data")
    assert (caught.value.code, caught.value.params) == ("no-plan", {"folder": str(tmp_path / "data")})


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    write_atomic(tmp_path / "a/b/c.txt", b"new")
    assert (tmp_path / "a/b/c.txt").read_bytes() == b"new"


def test_a_written_file_replaces_the_old_one_and_leaves_nothing_else(tmp_path: Path) -> None:
    make(tmp_path, "c.txt")
    write_atomic(tmp_path / "c.txt", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("c.txt", b"new")]


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    make(tmp_path, "c.txt/kept")
    with pytest.raises(ServplanError) as caught:
        write_atomic(tmp_path / "c.txt", b"new")
    assert caught.value.code == "cannot-write"
    assert caught.value.params["path"] == str(tmp_path / "c.txt")
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")) == ["c.txt", "c.txt/kept"]


def test_a_write_below_a_file_is_an_error_and_leaves_the_file(tmp_path: Path) -> None:
    make(tmp_path, "a")
    with pytest.raises(ServplanError) as caught:
        write_atomic(tmp_path / "a/b.txt", b"new")
    assert caught.value.code == "cannot-write"
    assert (tmp_path / "a").read_bytes() == b"a"
