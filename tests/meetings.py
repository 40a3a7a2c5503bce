"""What two clones do that meet in a merge."""

from pathlib import Path

from servplan.files.merge_setup import MERGED_FILES
from tests.clones import (
    RECORD,
    Shared,
    commit,
    git,
    log_entry,
    others_push,
)
from tests.conftest import Outcome, Run
from tests.plans import write


def conflict(shared: Shared, run: Run) -> Outcome:
    others_push(shared, "resan", "Deras")
    log_entry(shared.one, "resan", "Mitt")
    commit(shared.one)
    return run(shared.one, "sync")


def merged_by_servplan(shared: Shared) -> None:
    """Let git merge the plan's files by servplan in both clones; `sync` configures the rest."""
    (shared.other / ".gitattributes").write_text(f"{MERGED_FILES}\n", "utf-8")
    commit(shared.other)
    git(shared.other, "push", "--quiet", "origin", "main")
    git(shared.one, "pull", "--quiet")


def postponed(clone: Path, day: str) -> None:
    path = clone / RECORD
    path.write_text(path.read_text("utf-8").replace("2013-06-30", day), "utf-8")
    commit(clone)


def push(clone: Path) -> None:
    commit(clone)
    git(clone, "push", "--quiet", "origin", "main")


SHORT = {"areas/norra.yaml": "title: Norra\n"}


def renamed_short(shared: Shared, run: Run, by: str) -> tuple[Path, Path]:
    """Have one side rename a record of one line, so that git takes it for deleted; return who did and not."""
    merged_by_servplan(shared)
    write(shared.other, SHORT)
    push(shared.other)
    git(shared.one, "pull", "--quiet", "--no-rebase", "origin", "main")
    who, other = (shared.other, shared.one) if by == "other" else (shared.one, shared.other)
    assert run(who, "rename", "norra", "norra-bygden", "--commit").code == 0
    return who, other
