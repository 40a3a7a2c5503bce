"""The demo's repository: made at one go, with the same commit ids on every machine."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from servplan.demo.history import Commit, commits
from servplan.demo.story import months, start
from servplan.files import git
from servplan.files.fresh import filled, refuse_in_use
from servplan.files.merge_setup import MERGED_FILES, install_merge_driver
from servplan.model.ids import as_id

BRANCH = "main"
_ZONE = ZoneInfo("Europe/Stockholm")
_HOUR = time(9, 30)

BESIDE = {
    ".gitattributes": f"* text=auto eol=lf\n{MERGED_FILES}\n",
    ".gitignore": "/reports/\n",
}
"""The files that git itself reads, for how the plan's files are kept and merged."""


def make(folder: Path) -> int:
    """Make the demo in a new or an empty folder, and return how many commits it has.

    Raises:
        ServplanError: `folder-in-use`, `cannot-write`, `no-git`, `git-failed`; the folder is as before then;
            `left-behind`, if it cannot be.
    """
    refuse_in_use(folder)
    with filled(folder, {}):
        return _fill(folder)


def _fill(folder: Path) -> int:
    how = ("--quiet", "--template=", "--object-format=sha1", f"--initial-branch={BRANCH}")
    git.run_bytes(folder, "init", *how, alone=True)
    made = list(commits(start() | BESIDE, months()))
    git.run_bytes(folder, "fast-import", "--quiet", "--done", given=stream(made), alone=True)
    git.run_bytes(folder, "reset", "--quiet", "--hard", alone=True)
    install_merge_driver(folder)
    return len(made)


def stream(made: Iterable[Commit]) -> bytes:
    """Return commits as `git fast-import` reads them: nothing in it depends on the machine or the day."""
    return b"".join(part for commit in made for part in _told(commit)) + b"done\n"


def _told(commit: Commit) -> Iterator[bytes]:
    moment = datetime.combine(commit.day, _HOUR, _ZONE)
    address = f"{as_id(commit.author)}@example.org"
    who = f"{commit.author} <{address}> {moment.timestamp():.0f} {moment:%z}"
    yield f"commit refs/heads/{BRANCH}\nauthor {who}\ncommitter {who}\n".encode()
    yield _data(f"{commit.message}\n")
    for path, text in commit.changes.items():
        yield f"D {path}\n".encode() if text is None else f"M 100644 inline {path}\n".encode() + _data(text)
    if commit.tag:
        yield f"tag {commit.tag.name}\nfrom refs/heads/{BRANCH}\ntagger {who}\n".encode()
        yield _data(f"{commit.tag.says}\n")


def _data(text: str) -> bytes:
    content = text.encode()
    return f"data {len(content)}\n".encode() + content + b"\n"
