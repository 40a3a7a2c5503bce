"""The only module that runs git: commands by list, without the caller's `GIT_*`, paths after `--`."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from servplan.diagnostics import ServplanError, UsageError
from servplan.files.tree import Entry

_SAFE = (
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c",
    "core.quotePath=false",
    "-c",
    "core.fsmonitor=false",
)


def run(root: Path, *arguments: str) -> str:
    """Run git in a plan's folder and return what it prints; see `run_bytes`."""
    return run_bytes(root, *arguments).decode(errors="replace")


def run_bytes(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Run git in a plan's folder, give it something to read, and return what it prints.

    Raises:
        ServplanError: `no-git`, if git is not there; `git-failed`, with what it said.
    """
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"):
        if name in os.environ:
            environment[name] = os.environ[name]
    try:
        done = subprocess.run(  # noqa: S603 (a list, no shell)
            ["git", *_SAFE, "-C", str(root), *arguments],  # noqa: S607
            capture_output=True,
            input=given,
            check=False,
            env=environment | {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"},
        )
    except FileNotFoundError:
        raise ServplanError("no-git") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip() or done.stdout.decode(errors="replace").strip()
        raise ServplanError("git-failed", command=arguments[0], said=said)
    return done.stdout


class Commit(NamedTuple):
    """A commit: its object id and the day it was made."""

    id: str
    day: date


def find_commit(root: Path, revision: str) -> Commit:
    """Return the commit that a revision names; only object ids go further, so that no option slips in.

    Raises:
        UsageError: `unknown-revision`, if it names none.
    """
    try:
        asked = f"{revision}^{{commit}}"
        found = run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", asked).strip()
    except ServplanError as error:
        if error.code != "git-failed":
            raise
        raise UsageError("unknown-revision", given=revision) from None
    made = run(root, "show", "--no-patch", "--format=%cI", found).strip()
    return Commit(found, datetime.fromisoformat(made).date())


def merge_base(root: Path, one: str, other: str) -> str:
    """Return the object id of the commit that two revisions have in common.

    Raises:
        UsageError: `unknown-revision`, if one names no commit or they have none in common.
    """
    ids = [find_commit(root, revision).id for revision in (one, other)]
    try:
        return run(root, "merge-base", *ids).strip()
    except ServplanError:
        raise UsageError("unknown-revision", given=f"{one}...{other}") from None


class GitTree:
    """A plan's files as a commit has them: listed once, read once, whatever the work tree holds."""

    def __init__(self, root: Path, commit: Commit) -> None:
        self._root = root
        self._commit = commit

    @cached_property
    def _objects(self) -> dict[str, tuple[str, str]]:
        """Each path from the plan's folder with its mode and object id."""
        listed = run_bytes(self._root, "ls-tree", "-r", "-z", self._commit.id, "--", "data", "templates")
        rows = (row.partition(b"\t") for row in listed.split(b"\0") if row)
        return {
            path.decode(errors="surrogateescape"): (head.split()[0].decode(), head.split()[2].decode())
            for head, _tab, path in rows
        }

    @cached_property
    def _contents(self) -> dict[str, bytes]:
        """Each object's bytes, from one `cat-file --batch`."""
        ids = sorted({object_id for mode, object_id in self._objects.values() if mode.startswith("100")})
        batch = run_bytes(self._root, "cat-file", "--batch", given="\n".join([*ids, ""]).encode())
        return dict(_objects_in(batch))

    def files(self, folder: str) -> list[Entry]:
        """Return every file below `folder`, sorted by path."""
        found = (
            Entry(path, None if mode.startswith("100") else "not-a-file")
            for path, (mode, _id) in self._objects.items()
            if path.startswith(f"{folder}/") and not path.rpartition("/")[2].startswith(".")
        )
        return sorted(found)

    def read(self, path: str) -> bytes:
        """Return a file's bytes; raises `FileNotFoundError` where the commit has none."""
        try:
            return self._contents[self._objects[path][1]]
        except KeyError:
            raise FileNotFoundError(path) from None

    def exists(self, path: str) -> bool:
        """Tell whether the commit has a file or folder at `path`, anywhere in the plan's folder."""
        return bool(run_bytes(self._root, "ls-tree", "-z", self._commit.id, "--", path))


def _objects_in(batch: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield each object of a `cat-file --batch` answer: a line `id type size`, then its bytes."""
    at = 0
    while at < len(batch):
        line_end = batch.index(b"\n", at)
        object_id, _sort, size = batch[at:line_end].decode().split()
        start = line_end + 1
        yield object_id, batch[start : start + int(size)]
        at = start + int(size) + 1


def refuse_changed(root: Path, paths: Sequence[str]) -> None:
    """Make sure that files are as they were last committed.

    Raises:
        ServplanError: `uncommitted`, with the files that differ from HEAD.
    """
    changed = run(root, "status", "--porcelain", "--untracked-files=all", "--", *paths)
    if changed.strip():
        raise ServplanError("uncommitted", files=changed.rstrip("\n"))


def commit(root: Path, paths: Sequence[str], message: str) -> None:
    """Commit just these files.

    Raises:
        ServplanError: `git-failed`; the files are as before then.
    """
    try:
        run(root, "add", "--", *paths)
        run(root, "commit", "--quiet", "-m", message, "--only", "--", *paths)
    except ServplanError:
        run(root, "reset", "--quiet", "--", *paths)
        tracked = run(root, "ls-files", "--", *paths).splitlines()
        if tracked:
            run(root, "checkout", "--quiet", "HEAD", "--", *tracked)
        for path in set(paths) - set(tracked):
            (root / path).unlink(missing_ok=True)
        raise
