"""Runs a servplan command again and again, stopped one file operation later each time, until nothing stops it.

    python tests/dying.py PLAN FOLDER HOW FIRST ARGUMENTS…

Every run is the whole program, in a process and on a copy of the plan of its own: FOLDER/1, FOLDER/2 … The
n-th one is stopped right before its n-th operation on the plan's files: opening, bringing to the disk, renaming,
deleting, making, listing; the first one before operation FIRST. HOW is `killed` (by SIGKILL), `refused` (the
system refuses that one operation) or `forsaken` (it refuses that one and all that change anything after it).

Printed is, as JSON, how every run ended (below 0: by a signal), what it said on stderr, and what the last one,
which nothing stopped, did.
"""

import errno
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import redirect_stdout, suppress
from io import StringIO
from pathlib import Path

from servplan.__main__ import main

MOST = 400
_CHANGING = ("os.rename", "os.remove", "os.mkdir", "os.chmod")
_LOOKING = ("os.listdir", "os.scandir")


def stop_at(root: Path, last: int, how: str) -> list[str]:
    """Stop this process at an operation on a plan's files; return what it has done so far, as it grows."""
    done: list[str] = []

    def step(operation: str, changes: bool) -> None:
        done.append(operation)
        if how == "killed" and len(done) == last:
            os.kill(os.getpid(), signal.SIGKILL)
        if len(done) == last or (how == "forsaken" and changes and len(done) > last):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        path = Path(str(arguments[0])) if arguments else Path()
        if event == "fcntl.flock" and how == "killed":
            step(event, False)
        elif event in ("open", *_CHANGING, *_LOOKING) and path.is_relative_to(root):
            writes = event in _CHANGING or path.suffix == ".tmp"
            step(f"{event} {path.relative_to(root).as_posix()}", writes)

    def fsync(file: int, sync: Callable[[int], None] = os.fsync) -> None:
        path = Path(f"/proc/self/fd/{file}").resolve().relative_to(root.resolve())
        step(f"fsync {path.as_posix()}", True)
        sync(file)

    os.fsync = fsync  # it has no audit event
    sys.addaudithook(hook)
    return done


def run(root: Path, last: int, how: str, arguments: list[str]) -> int:
    """Run the program until it is stopped or ends; return its exit code, or the signal below 0."""
    child = os.fork()
    if child:
        ended = os.waitpid(child, 0)[1]
        return -os.WTERMSIG(ended) if os.WIFSIGNALED(ended) else os.WEXITSTATUS(ended)
    sys.argv = ["servplan", "--plan", str(root), *arguments]
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(os.open(f"{root}.err", os.O_WRONLY | os.O_CREAT), 2)
    done = stop_at(root, last, how)
    try:
        main()
    except SystemExit as leaving:
        sys.stderr.flush()
        if len(done) < last:
            (root.parent / "operations").write_text("\n".join(done), encoding="utf-8")
        os._exit(int(str(leaving.code)))
    raise AssertionError("the program ends by SystemExit, or by what it did not foresee")


def import_all(plan: Path, arguments: list[str]) -> None:
    """Try the command here first, so that not every run has to import what it needs."""
    sys.argv = ["servplan", "--plan", str(plan), *arguments, "--dry-run"]
    with suppress(SystemExit), redirect_stdout(StringIO()):
        main()


def until_nothing_stops_it(
    plan: Path, folder: Path, how: str, first: int, arguments: list[str]
) -> dict[str, list[object]]:
    """Run the program, each time on a copy of the plan and to a later operation."""
    import_all(plan, arguments)
    codes: list[object] = []
    said: list[object] = []
    while not (folder / "operations").exists() and len(codes) < MOST:
        number = first + len(codes)
        root = Path(shutil.copytree(plan, folder / str(number)))
        codes.append(run(root, number, how, arguments))
        said.append(Path(f"{root}.err").read_text("utf-8"))
    operations: list[object] = [*(folder / "operations").read_text("utf-8").splitlines()]
    return {"codes": codes, "said": said, "operations": operations}


if __name__ == "__main__":
    plan, folder, how, first, *arguments = sys.argv[1:]
    ends = until_nothing_stops_it(Path(plan), Path(folder), how, int(first), arguments)
    sys.stdout.write(json.dumps(ends))
