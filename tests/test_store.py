import json
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from servplan.diagnostics import ServplanError
from servplan.files import store
from servplan.files.journal import FOLDER, NAME, Edit, begin
from servplan.files.store import locked, write_edits
from tests import plans
from tests.conftest import Run

A, B, NEW = "data/goals/a.yaml", "data/goals/b.yaml", "data/goals/ny.yaml"
PLAN = {
    "goals/a.yaml": "title: A\nlevel: overall\n",
    "goals/b.yaml": "title: B\nlevel: target\nsupports: [a]\n",
    "goals/c.yaml": "title: C\nlevel: target\nsupports: a\n",
    "activities/d.yaml": "title: D\nsupports: [a]\n",
}


HOLDER = """\
import sys
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return plans.write(tmp_path / "plan", PLAN)


def data(root: Path) -> dict[str, str]:
    """Return every file of a plan's data, drafts included."""
    files = (path for path in (root / "data").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes().decode() for path in files}


def change(root: Path, path: str, after: str | None) -> Edit:
    file = root / path
    return Edit(path, file.read_bytes().decode() if file.exists() else None, after)


def written(root: Path, *edits: Edit) -> None:
    with locked(root):
        write_edits(root, edits)


def refused(root: Path, *edits: Edit) -> str:
    with pytest.raises(ServplanError) as caught:
        written(root, *edits)
    assert caught.value.exit_code == 3
    return caught.value.code


def test_files_are_changed_made_and_taken_away_in_one_write(plan: Path) -> None:
    before = data(plan)
    written(plan, change(plan, A, "title: Å\r\n"), change(plan, B, None), change(plan, NEW, "title: N"))
    after = before | {A: "title: Å\r\n", NEW: "title: N"}
    del after[B]
    assert data(plan) == after
    assert not (plan / NAME).exists()


@pytest.mark.parametrize("meanwhile", ["title: Annan\n", None])
def test_a_file_that_changed_meanwhile_is_refused_and_nothing_written(
    plan: Path, meanwhile: str | None
) -> None:
    edits = [change(plan, A, "title: A2\n"), change(plan, B, "title: B2\n")]
    if meanwhile is None:
        (plan / B).unlink()
    else:
        (plan / B).write_text(meanwhile, encoding="utf-8")
    before = data(plan)
    assert refused(plan, *edits) == "file-changed"
    assert data(plan) == before
    assert not (plan / NAME).exists()


def test_a_file_that_came_meanwhile_is_not_written_over(plan: Path) -> None:
    edit = change(plan, NEW, "title: N\n")
    (plan / NEW).write_text("title: Annans\n", encoding="utf-8")
    assert refused(plan, edit) == "file-changed"
    assert data(plan)[NEW] == "title: Annans\n"


def test_a_file_that_is_no_utf_8_any_more_is_refused(plan: Path) -> None:
    edit = change(plan, A, "title: A2\n")
    (plan / A).write_bytes(b"title: \xe5\n")
    assert refused(plan, edit) == "file-changed"
    assert (plan / A).read_bytes() == b"title: \xe5\n"


def test_a_lock_held_by_another_process_is_waited_for_and_then_refused(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.2)
    (plan / FOLDER).mkdir()
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            HOLDER,
            str(plan / FOLDER / "lock"),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    before = data(plan)
    edit = change(plan, A, "title: A2\n")
    assert refused(plan, edit) == "locked"
    assert data(plan) == before
    holder.kill()  # its lock dies with it
    holder.communicate()
    written(plan, edit)
    assert data(plan)[A] == "title: A2\n"


def test_the_lock_is_free_after_an_error(plan: Path) -> None:
    with pytest.raises(ServplanError), locked(plan):
        raise ServplanError("file-changed", path=A)
    with FileLock(plan / FOLDER / "lock", timeout=0):
        pass


def test_drafts_of_killed_runs_are_swept_away_and_nothing_else(plan: Path) -> None:
    (plan / FOLDER).mkdir()
    drafts = ["data/goals/.a.yaml.123.tmp", "data/goals/2013/.x.yaml.1.tmp", f"{FOLDER}/.journal.json.77.tmp"]
    kept = [
        "data/.draft.tmp",
        "data/goals/.a.yaml.12x.tmp",
        "data/goals/a.yaml.12.tmp",
        "data/.a.yaml.12.tmp~",
    ]
    kept += [".a.yaml.12.tmp", "reports/.a.yaml.12.tmp", f"{FOLDER}/notes"]
    for path in (*drafts, *kept):
        (plan / path).parent.mkdir(exist_ok=True)
        (plan / path).write_text("x", encoding="utf-8")
    written(plan)
    assert [path for path in drafts if (plan / path).exists()] == []
    assert [path for path in kept if not (plan / path).exists()] == []


def test_a_file_keeps_its_rights(plan: Path) -> None:
    (plan / A).chmod(0o664)
    written(plan, change(plan, A, "title: A2\n"))
    assert (plan / A).stat().st_mode & 0o777 == 0o664


# What was begun


def test_a_change_that_was_begun_is_read_as_done_and_done_by_the_next_write(
    plan: Path, servplan: Run
) -> None:
    (plan / FOLDER).mkdir()
    begin(
        plan,
        [
            change(plan, A, "title: Ändrad\nlevel: overall\n"),
            change(plan, NEW, "title: Ny\nlevel: target\nsupports: a\n"),
        ],
    )
    before = data(plan)
    assert "Ändrad" in servplan("show", "a", plan=plan).out
    assert "Ny" in servplan("show", "ny", plan=plan).out
    assert data(plan) == before
    assert servplan("done", "d", plan=plan).code == 0
    assert data(plan)[A] == "title: Ändrad\nlevel: overall\n"
    assert NEW in data(plan)
    assert not (plan / NAME).exists()


def test_a_begun_change_that_meets_other_hands_is_kept_and_nothing_written(plan: Path) -> None:
    (plan / FOLDER).mkdir()
    begin(plan, [change(plan, A, "title: A2\n"), change(plan, B, "title: B2\n")])
    (plan / B).write_text("title: Annan\n", encoding="utf-8")
    before = data(plan)
    assert refused(plan) == "half-written"
    assert data(plan) == before
    assert (plan / NAME).exists()


@pytest.mark.parametrize(
    "path", ["../utanför.yaml", "data/../../utanför.yaml", "länk/utanför.yaml", "plan.txt"]
)
def test_a_journal_from_elsewhere_writes_nothing_outside_the_plans_data(plan: Path, path: str) -> None:
    (plan / FOLDER).mkdir()
    (plan / "länk").symlink_to(plan.parent, target_is_directory=True)
    (plan / NAME).write_text(json.dumps([{"path": path, "before": None, "after": "x"}]), encoding="utf-8")
    assert refused(plan) == "half-written"
    assert not (plan.parent / "utanför.yaml").exists()
    assert not (plan / "plan.txt").exists()


def test_an_absolute_path_in_a_journal_is_refused(plan: Path) -> None:
    (plan / FOLDER).mkdir()
    rows = [{"path": str(plan.parent / "x.yaml"), "before": None, "after": "x"}]
    (plan / NAME).write_text(json.dumps(rows), encoding="utf-8")
    assert refused(plan) == "half-written"
    assert not (plan.parent / "x.yaml").exists()


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", "{}x", '[{"path": 1}]', '[{"path": "data/x", "before": 1, "after": 2}]']
)
def test_what_is_no_journal_is_refused_in_words(plan: Path, servplan: Run, text: str) -> None:
    (plan / FOLDER).mkdir()
    (plan / NAME).write_text(text, encoding="utf-8")
    before = data(plan)
    done = servplan("done", "d", plan=plan)
    assert (done.code, done.out) == (3, "")
    assert NAME in done.err
    assert "Traceback" not in done.err
    assert data(plan) == before


def test_a_change_that_cannot_be_written_to_its_end_leaves_every_file_as_before(plan: Path) -> None:
    (plan / "data" / "stop").write_text("no folder", encoding="utf-8")
    before = data(plan)
    edits = [
        change(plan, A, "title: A2\n"),
        change(plan, B, None),
        Edit("data/stop/x.yaml", None, "title: X\n"),
    ]
    assert refused(plan, *edits) == "cannot-write"
    assert data(plan) == before
    assert not (plan / NAME).exists()


def test_a_folder_that_leads_out_of_the_plan_is_not_written_through(plan: Path, servplan: Run) -> None:
    outside = plan.parent / "utanför"
    outside.mkdir()
    (plan / "data/questions").symlink_to(outside, target_is_directory=True)
    told = servplan("add", "question", "En fråga ute", plan=plan)
    assert (told.code, told.out, list(outside.iterdir())) == (3, "", [])
    assert "skulle skrivas utanför planen" in told.err
