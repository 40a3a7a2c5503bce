"""A plan shared by two clones through a bare repository on disk."""

import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from tests.plans import write

BRANCH = "uppfoljning/2013-02-enheten"
TODAY = "2013-03-05"
RECORD = "data/activities/resan.yaml"
FILES = {
    "goals/malet.yaml": "title: Målet\nlevel: overall\n",
    "activities/resan.yaml": "title: Resan\nsupports: malet\nowners: enheten\ndue: 2013-06-30\n",
    "activities/kartan.yaml": "title: Kartan\nsupports: malet\nowners: grannen\ndue: 2013-06-30\n",
    "owners/enheten.yaml": "title: Enheten\ntype: unit\n",
    "owners/grannen.yaml": "title: Grannen\ntype: unit\n",
}


class Shared(NamedTuple):
    """The bare repository and two clones of it."""

    server: Path
    one: Path
    other: Path


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        encoding="utf-8",
        env={"PATH": "/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null"},
    )
    return done.stdout.strip()


def share(folder: Path) -> Shared:
    """Make a plan of one commit, and two clones of it that know who commits."""
    server, one, other = folder / "server.git", folder / "one", folder / "other"
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(server))
    git(folder, "clone", "--quiet", str(server), str(one))
    identify(one)
    git(one, "switch", "--quiet", "--orphan", "main")
    write(one, FILES)
    (one / ".gitignore").write_text("/.servplan/\n", "utf-8")
    git(one, "add", "-A")
    git(one, "commit", "--quiet", "-m", "Planen")
    git(one, "push", "--quiet", "-u", "origin", "main")
    git(folder, "clone", "--quiet", str(server), str(other))
    identify(other)
    return Shared(server, one, other)


def copied(made: Path, folder: Path) -> Shared:
    """Return a copy of what `share` made: a twentieth of its time."""
    shutil.copytree(made, folder)
    copy = Shared(folder / "server.git", folder / "one", folder / "other")
    for clone in (copy.one, copy.other):
        git(clone, "remote", "set-url", "origin", str(copy.server))
    return copy


def identify(clone: Path) -> None:
    git(clone, "config", "user.name", "Enheten")
    git(clone, "config", "user.email", "enheten@example.org")


def log_entry(clone: Path, id_: str, note: str) -> Path:
    """Report something in a record, as a person does with an editor."""
    path = clone / f"data/activities/{id_}.yaml"
    path.write_text(path.read_text("utf-8") + f"log:\n  - {{date: 2013-03-01, note: {note}}}\n", "utf-8")
    return path


def head(clone: Path, name: str = "HEAD") -> str:
    return git(clone, "rev-parse", name)


def commit(clone: Path, message: str = "Ändrat") -> None:
    git(clone, "add", "-A")
    git(clone, "commit", "--quiet", "-m", message)


def others_push(shared: Shared, id_: str = "kartan", note: str = "Annat") -> None:
    log_entry(shared.other, id_, note)
    commit(shared.other)
    git(shared.other, "push", "--quiet", "origin", "main")
