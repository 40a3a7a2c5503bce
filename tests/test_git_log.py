"""History as git tells it: each commit once, with what it itself did to the plan's files."""

import subprocess
from pathlib import Path

import pytest

from servplan.diagnostics import ServplanError
from servplan.files.git_commit import commit_day, find_commit
from servplan.files.git_log import LoggedCommit, read_log
from servplan.files.merge_commit import MergedFile, read_merge
from tests.history import Made, make_history, run_git
from tests.plans import write


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Enheten", "-c", "user.email=enheten@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def put(plan: Path, name: str, text: str | None, message: str) -> None:
    file = plan / "data/goals" / name
    if text is None:
        file.unlink()
    else:
        file.write_text(text, "utf-8")
    git(plan, "add", "-A")
    git(plan, "commit", "-q", "-m", message)


@pytest.fixture(params=["", "planer/norr"], ids=["at the top", "in a folder"])
def plan(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A plan with a side branch that was merged, and a merge that settled a conflict."""
    top = tmp_path / "repo"
    top.mkdir()
    git(top, "init", "-q", "-b", "main")
    (top / "annat.txt").write_text("utanför\n")
    plan = write(top / request.param, {"goals/å.yaml": "title: Å\nlevel: overall\n"})
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "Planen")
    git(plan, "checkout", "-q", "-b", "sida")
    put(plan, "b.yaml", "title: B\n", "B till")
    put(plan, "å.yaml", "title: Å från sidan\n", "Å ändrad")
    git(plan, "checkout", "-q", "main")
    put(plan, "å.yaml", "title: Å från huvudet\n", "Å också ändrad")
    subprocess.run(["git", "merge", "sida"], cwd=plan, capture_output=True, check=False)
    put(plan, "å.yaml", "title: Å förhandlad\n", "Sammanfogat")
    put(plan, "b.yaml", None, "B bort")
    return plan


def story(commits: list[LoggedCommit]) -> list[tuple[str, list[tuple[str, int, bool]]]]:
    return [
        (item.subject, [(file.path, len(file.old), file.new is not None) for file in item.touched])
        for item in commits
    ]


def test_every_commit_tells_what_it_did_itself(plan: Path) -> None:
    told = story(read_log(plan, [find_commit(plan, "HEAD").id]))
    assert [subject for subject, _files in told][-2:] == ["Sammanfogat", "B bort"]
    assert dict(told) == {
        "Planen": [("data/goals/å.yaml", 1, True), ("data/plan.yaml", 1, True)],
        "B till": [("data/goals/b.yaml", 1, True)],
        "Å ändrad": [("data/goals/å.yaml", 1, True)],
        "Å också ändrad": [("data/goals/å.yaml", 1, True)],
        "Sammanfogat": [("data/goals/å.yaml", 2, True)],
        "B bort": [("data/goals/b.yaml", 1, False)],
    }


def test_along_the_main_line_a_merge_tells_all_that_it_brought(plan: Path) -> None:
    told = story(read_log(plan, [find_commit(plan, "HEAD").id], mainline=True))
    assert [subject for subject, _files in told] == ["Planen", "Å också ändrad", "Sammanfogat", "B bort"]
    assert told[2][1] == [("data/goals/b.yaml", 1, True), ("data/goals/å.yaml", 1, True)]


def test_a_range_leaves_out_what_was_there_before(plan: Path) -> None:
    last, before = find_commit(plan, "HEAD").id, find_commit(plan, "HEAD~1").id
    (commit,) = read_log(plan, [last, f"^{before}"])
    assert (commit.subject, commit.author, commit.parents) == ("B bort", "Enheten", (before,))


def test_history_that_a_clone_does_not_hold_is_refused(plan: Path, tmp_path: Path) -> None:
    top = subprocess.run(
        ["git", "rev-parse", "--show-toplevel"], cwd=plan, capture_output=True, encoding="utf-8", check=True
    ).stdout.strip()
    clone = tmp_path / "grund"
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{top}", str(clone))
    inside = clone / plan.relative_to(top)
    with pytest.raises(ServplanError) as caught:
        read_log(inside, [find_commit(inside, "HEAD").id])
    assert (caught.value.code, caught.value.exit_code) == ("shallow-history", 3)
    with pytest.raises(ServplanError, match="shallow-history"):
        find_commit(inside, "HEAD~3")
    last, before = find_commit(inside, "HEAD").id, find_commit(inside, "HEAD~1").id
    assert [commit.subject for commit in read_log(inside, [last, f"^{before}"])] == ["B bort"]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2013-05-31T12:00:00+99:59", "2013-05-31"),
        ("10000-01-01T00:00:00+00:00", "9999-12-31"),
        ("%cI", "0001-01-01"),
    ],
)
def test_a_commit_of_an_impossible_moment_has_a_day(moment: str, day: str) -> None:
    assert commit_day(moment).isoformat() == day


def test_a_merge_of_unrelated_histories_has_all_files_of_both(plan: Path) -> None:
    git(plan, "checkout", "-q", "--orphan", "ny")
    put(plan, "ny.yaml", "title: Ny\n", "En annan början")
    put(plan, "å.yaml", "title: Å på nytt\n", "Å på nytt")
    git(plan, "merge", "-q", "--allow-unrelated-histories", "-s", "ours", "-m", "Hopfört", "main")
    merge = read_log(plan, [find_commit(plan, "HEAD").id])[-1]
    found = {file.path: file for file in read_merge(plan, merge)}
    assert sorted(found) == ["data/goals/ny.yaml", "data/goals/å.yaml", "data/plan.yaml"]
    (one, other), merged = found["data/goals/å.yaml"].parents, found["data/goals/å.yaml"].merged
    assert one == merged != other
    new = found["data/goals/ny.yaml"].merged
    assert found["data/goals/ny.yaml"] == MergedFile("data/goals/ny.yaml", None, (new, None), new)


def test_a_merge_whose_parents_cannot_be_asked_for_fails(plan: Path) -> None:
    merge = next(item for item in read_log(plan, [find_commit(plan, "HEAD").id]) if len(item.parents) > 1)
    with pytest.raises(ServplanError) as caught:
        read_merge(plan, merge._replace(parents=(merge.parents[0], "0" * 39 + "1")))
    assert caught.value.code == "git-failed"


def test_a_name_or_a_message_that_is_no_utf8_can_be_read(tmp_path: Path) -> None:
    plan = make_history(tmp_path / "plan", [Made("2013-01-01", "Planen", {"goals/a.yaml": "title: A\n"})])
    raw = "commit refs/heads/main\ncommitter Förvaltningen <f@example.org> 1357000000 +0000\ndata 7\nÄndrat\n"
    run_git(plan, "fast-import", "--quiet", given=raw.encode("latin-1") + b"from refs/heads/main^0\n")
    commit = read_log(plan, [find_commit(plan, "main").id])[-1]
    assert (commit.author, commit.subject) == ("F\ufffdrvaltningen", "\ufffdndrat")
