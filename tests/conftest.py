import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.clones import TODAY, Shared, copied, share

ROOT = Path(__file__).parent.parent
"""The repository, whose `data/` is the shipped plan."""


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def servplan(tmp_path: Path) -> Run:
    """Run the installed program in a process of its own, far from any plan, on a pinned day."""

    def run(*arguments: str, plan: Path = ROOT, **environment: str) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "servplan", "--plan", str(plan), *arguments],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            env={
                "PATH": "/usr/bin:/bin",
                "SERVPLAN_TODAY": "2014-01-20",
                "COLUMNS": "80",
                "NO_COLOR": "1",
                "TZ": "UTC",
                **environment,
            },
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def shared_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shared")
    share(folder)
    return folder


@pytest.fixture
def shared(shared_once: Path, tmp_path: Path) -> Shared:
    """A plan that two clones share through a bare repository."""
    return copied(shared_once, tmp_path / "shared")


@pytest.fixture
def run(servplan: Run) -> Run:
    """Run a command in one of the clones, on a day in the grace of February's report."""

    def in_clone(clone: Path, *arguments: str, **environment: str) -> Outcome:
        return servplan(*arguments, plan=clone, **({"SERVPLAN_TODAY": TODAY} | environment))

    return in_clone
