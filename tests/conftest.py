import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

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
