"""The only module that runs git: commands by list, without the caller's `GIT_*`, paths after `--`."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from servplan.diagnostics import ServplanError

_SAFE = ("--no-optional-locks", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false")


def run(root: Path, *arguments: str) -> str:
    """Run git in a plan's folder and return what it prints.

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
            check=False,
            env=environment | {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"},
        )
    except FileNotFoundError:
        raise ServplanError("no-git") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip() or done.stdout.decode(errors="replace").strip()
        raise ServplanError("git-failed", command=arguments[0], said=said)
    return done.stdout.decode(errors="replace")


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
