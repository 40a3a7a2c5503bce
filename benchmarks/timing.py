"""Whole processes and the time they take on the clock."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

TODAY = "2014-03-01"
_UNSET = ("PYTHONDONTWRITEBYTECODE", "SERVPLAN_PLAN", "SERVPLAN_LANG")
_WORDS_OF_AN_ERROR = 2000


class CommandFailedError(Exception):
    """A command was not found, or ended in a way that is not one of its good ones."""


@dataclass(frozen=True)
class Case:
    """A command to time. `output` is the folder it writes, which is removed before each run."""

    name: str
    arguments: Sequence[str]
    runs: int
    good_exits: tuple[int, ...] = (0,)
    output: Path | None = None


@dataclass
class Timing:
    """The milliseconds that the runs of a case took."""

    case: Case
    size: int
    runs: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The middle run."""
        return median(self.runs)

    @property
    def fastest(self) -> float:
        """The fastest run."""
        return min(self.runs)


def time_in_turn(cases: Iterable[Case], size: int) -> list[Timing]:
    """Run every case once to warm up, then all in turn, so that none gets the quiet minutes."""
    timings = [Timing(case, size) for case in cases]
    for timing in timings:
        _run(timing.case)
    for turn in range(max(timing.case.runs for timing in timings)):
        for timing in timings:
            if turn < timing.case.runs:
                timing.runs.append(_run(timing.case))
    return timings


def _run(case: Case) -> float:
    """Take the milliseconds from start to end of the process; read and drop its output."""
    if case.output:
        shutil.rmtree(case.output, ignore_errors=True)
    environment = _environment()
    started = time.perf_counter()
    try:
        ended = subprocess.run(
            case.arguments,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            env=environment,
        )
    except OSError as error:
        raise CommandFailedError(f"{case.name}: {error}") from error
    taken = (time.perf_counter() - started) * 1000
    if ended.returncode not in case.good_exits:
        words = ended.stderr.decode(errors="replace")[-_WORDS_OF_AN_ERROR:]
        raise CommandFailedError(f"{case.name}: exit {ended.returncode}\n{words}")
    return taken


def _environment() -> dict[str, str]:
    """Fix the day in the caller's environment and let Python keep its bytecode.

    hledger reads Swedish letters only under a UTF-8 locale, which a bare Linux does not set.
    """
    kept = {key: value for key, value in os.environ.items() if key not in _UNSET}
    utf8 = {"LC_ALL": "C.UTF-8"} if sys.platform == "linux" else {}
    return {**kept, **utf8, "SERVPLAN_TODAY": TODAY}
