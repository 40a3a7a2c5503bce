"""Time `diff` and `trend` on a plan with 36 monthly commits, beside reading every revision whole.

python benchmarks/review.py [--servplan COMMAND] [--sizes 1000,10000] [--runs 5]
"""

import argparse
import shlex
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from generate import describe_plan, record_count
from repository import write_repository
from timing import Case, CommandFailedError, Timing, time_in_turn

_WHOLE = Path(__file__).with_name("whole.py")
_TASKS = (("diff", ("diff", "HEAD~1..HEAD")), ("trend", ("trend", "--by", "commit")))
_BOUNDS = {("diff", 10_000): 0.3, ("trend", 1_000): 0.15}
"""How much of the time of reading whole a command may take at a size."""

_ROW = "{:<7} {:>7} {:>12} {:>12} {:>7}  {}"


def _cases(servplan: Sequence[str], plan: Path, runs: int) -> list[Case]:
    own = [Case(task, (*servplan, "--plan", str(plan), *words), runs) for task, words in _TASKS]
    whole = [
        Case(f"{task} whole", (sys.executable, str(_WHOLE), task, str(plan)), min(runs, 3))
        for task, _words in _TASKS
    ]
    return [*own, *whole]


def _time_size(arguments: argparse.Namespace, size: int) -> dict[str, Timing]:
    print(f"{size} records …", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="servplan-review-") as scratch:
        folder = Path(scratch) / "plan"
        write_repository(describe_plan(size, arguments.seed), folder)
        timings = time_in_turn(_cases(arguments.servplan, folder, arguments.runs), size)
    return {timing.case.name: timing for timing in timings}


def _row(task: str, size: int, timings: dict[str, Timing]) -> str:
    own, whole = timings[task].median, timings[f"{task} whole"].median
    bound = _BOUNDS.get((task, size))
    verdict = "" if bound is None else f"<= {bound}: {'met' if own / whole <= bound else 'not met'}"
    return _ROW.format(task, size, f"{own:.0f}", f"{whole:.0f}", f"{own / whole:.2f}", verdict).rstrip()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time diff and trend beside reading everything.")
    parser.add_argument("--servplan", type=shlex.split, metavar="COMMAND", help="default: beside this Python")
    parser.add_argument("--sizes", type=_sizes, default="1000,10000", metavar="N,N,…")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    script = shutil.which("servplan", path=str(Path(sys.executable).parent))
    arguments.servplan = arguments.servplan or ([script] if script else [])
    if not arguments.servplan:
        parser.error("no servplan beside this Python: install it or give --servplan")
    return arguments


def _sizes(text: str) -> list[int]:
    return [record_count(size) for size in text.split(",")]


def main() -> int:
    """Time all sizes and print the table; a bound that is not met is no failure."""
    arguments = _arguments()
    try:
        timed = {size: _time_size(arguments, size) for size in arguments.sizes}
    except CommandFailedError as error:
        print(error, file=sys.stderr)
        return 1
    print(_ROW.format("command", "size", "median ms", "whole ms", "ratio", "").rstrip())
    for size, timings in timed.items():
        print("\n".join(_row(task, size, timings) for task, _words in _TASKS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
