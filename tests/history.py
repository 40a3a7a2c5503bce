"""Histories for tests: commits made at once by `git fast-import`, merges of any content included."""

import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

from tests.plans import texts

Files = Mapping[str, str | None]
"""Paths without `data/` with their new texts; None where the file goes."""


class Made(NamedTuple):
    """A commit to make: its day, its subject, what it does, and by number its parents.

    Without a word of parents it is the last one; an empty list begins a history of its own.
    """

    day: str
    subject: str
    files: Files
    parents: Sequence[int] | None = None


def run_git(folder: Path, *arguments: str, given: bytes = b"") -> str:
    identity = ["-c", "user.name=Enheten", "-c", "user.email=enheten@example.org"]
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, input=given
    )
    return done.stdout.decode()


def make_history(top: Path, commits: Sequence[Made], inside: str = "") -> Path:
    """Make a repository with these commits, the last one checked out, and return the plan's folder in it."""
    top.mkdir(parents=True)
    run_git(top, "init", "-q", "-b", "main")
    stream = b"".join(_commit(number, made, inside) for number, made in enumerate(commits, 1))
    run_git(top, "fast-import", "--quiet", given=stream)
    run_git(top, "reset", "-q", "--hard")
    return top / inside


def _commit(number: int, made: Made, inside: str) -> bytes:
    seconds = int(datetime.combine(date.fromisoformat(made.day), datetime.min.time(), UTC).timestamp())
    parents = made.parents if made.parents is not None else [number - 1][: number > 1]
    lines = [
        *(["reset refs/heads/main"] if not parents else []),
        f"commit refs/heads/main\nmark :{number}\ncommitter Enheten <enheten@example.org> {seconds} +0000",
        _data(made.subject),
        *(f"{'merge' if index else 'from'} :{parent}" for index, parent in enumerate(parents)),
    ]
    whole = texts({path: text for path, text in made.files.items() if text is not None})
    if number > 1 and "plan.yaml" not in made.files:
        del whole["data/plan.yaml"]
    place = f"{inside}/" if inside else ""
    lines += [f"M 100644 inline {place}{path}\n{_data(dedent(text))}" for path, text in whole.items()]
    lines += [f"D {place}data/{path}" for path, text in made.files.items() if text is None]
    return "\n".join([*lines, ""]).encode()


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}"
