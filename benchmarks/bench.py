"""Time servplan's commands beside its peers' on equal plans: whole processes, in turn, medians.

python benchmarks/bench.py [--servplan COMMAND] [--sizes 100,1000,10000] [--json FILE]
"""

import argparse
import json
import shlex
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from generate import describe_plan, record_count, write_plan
from peers import HLEDGER, PEERS, TODOMAN, find_program
from records import Plan
from targets import TARGETS, ratio, verdict
from timing import Case, CommandFailedError, Timing, time_in_turn

_MOST_REPORT_RUNS = 3
_ROW = "{:<25} {:>7} {:>10} {:>10} {:>10} {:>10}"
_HEADINGS = ("case", "size", "median ms", "min ms", "x hledger", "x todoman")


def _servplan_cases(servplan: Sequence[str], plan: Path, runs: int) -> list[Case]:
    base = (*servplan, "--plan", str(plan))
    report = plan.with_name("report")
    return [
        Case("servplan status", (*base, "status"), runs),
        Case("servplan check", (*base, "check"), runs, good_exits=(0, 1)),
        Case("servplan list activities", (*base, "list", "activities"), runs),
        Case(
            "servplan report",
            (*base, "report", "--allow-errors", "-o", str(report)),
            min(runs, _MOST_REPORT_RUNS),
            output=report,
        ),
    ]


def _peer_cases(plan: Plan, folder: Path, runs: int) -> list[Case]:
    cases = []
    for peer in PEERS:
        if program := find_program(peer.program):
            own = folder / peer.name
            own.mkdir()
            cases.append(Case(peer.case, (program, *peer.prepare(plan, own)), runs))
    return cases


def _time_size(arguments: argparse.Namespace, size: int) -> list[Timing]:
    print(f"{size} records …", file=sys.stderr)
    plan = describe_plan(size, arguments.seed)
    with tempfile.TemporaryDirectory(prefix="servplan-bench-") as scratch:
        folder = Path(scratch)
        write_plan(plan, folder / "plan")
        own = _servplan_cases(arguments.servplan, folder / "plan", arguments.runs)
        return time_in_turn([*own, *_peer_cases(plan, folder, arguments.runs)], size)


def _row(timing: Timing, timings: Sequence[Timing]) -> str:
    ratios = (ratio(timings, timing.case.name, timing.size, peer) for peer in (HLEDGER, TODOMAN))
    shown = ("-" if each is None else f"{each:.2f}" for each in ratios)
    times = (f"{timing.median:.0f}", f"{timing.fastest:.0f}")
    return _ROW.format(timing.case.name, timing.size, *times, *shown)


def _table(timings: Sequence[Timing]) -> list[str]:
    rows = [_row(timing, timings) for timing in timings]
    return [_ROW.format(*_HEADINGS), *rows]


def _target_lines(timings: Sequence[Timing]) -> list[str]:
    return [f"{target}: {verdict(target, timings)}" for target in TARGETS]


def _figures(timings: Sequence[Timing]) -> dict[str, object]:
    """Tell programs what the table and the targets say."""
    return {
        "timings": [
            {
                "case": timing.case.name,
                "size": timing.size,
                "runs_ms": timing.runs,
                "median_ms": timing.median,
                "min_ms": timing.fastest,
                "ratios": {peer.name: ratio(timings, timing.case.name, timing.size, peer) for peer in PEERS},
            }
            for timing in timings
        ],
        "targets": [{"target": str(target), "verdict": verdict(target, timings)} for target in TARGETS],
    }


def _sizes(text: str) -> list[int]:
    return [record_count(size) for size in text.split(",")]


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time servplan beside its peers.")
    parser.add_argument(
        "--servplan",
        type=shlex.split,
        metavar="COMMAND",
        help='for example "python -m servplan"; default: the script beside this Python',
    )
    parser.add_argument("--sizes", type=_sizes, default="100,1000,10000", metavar="N,N,…")
    parser.add_argument("--runs", type=_positive, default=7)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    arguments = parser.parse_args()
    arguments.servplan = arguments.servplan or _installed_servplan()
    if not arguments.servplan:
        parser.error("no servplan beside this Python: install it or give --servplan")
    return arguments


def _installed_servplan() -> list[str]:
    script = shutil.which("servplan", path=str(Path(sys.executable).parent))
    return [script] if script else []


def main() -> int:
    """Time all sizes; print the table and the targets."""
    arguments = _arguments()
    for peer in PEERS:
        if not find_program(peer.program):
            print(f"{peer.name}: not installed, skipped")
    try:
        timings = [each for size in arguments.sizes for each in _time_size(arguments, size)]
    except CommandFailedError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join([*_table(timings), "", *_target_lines(timings)]))
    if arguments.json:
        arguments.json.write_text(json.dumps(_figures(timings), indent=2), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
