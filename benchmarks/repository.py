"""Write a git repository whose 36 monthly commits tell how a plan came about, entry by entry.

    python benchmarks/repository.py DIR --records 1000 --seed 1

The last commit holds what `generate.py` writes for the same number and seed.
"""

import argparse
import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from generate import describe_plan, record_count, record_path, write_plan
from records import Plan, Record
from yaml_text import record_text

MONTHS = 36
_FIRST_YEAR = 2013


def write_repository(plan: Plan, folder: Path) -> None:
    """Write the plan month by month, each as a commit; every month brings the same share of the entries."""
    months = list(_months(plan))
    write_plan(Plan(tuple(months[0])), folder)
    _git(folder, "init", "--quiet")
    _commit(folder, 0)
    for number, changed in enumerate(months[1:], 1):
        for record in changed:
            record_path(folder / "data", record).write_bytes(record_text(record).encode())
        _commit(folder, number)


def _months(plan: Plan) -> Iterator[Sequence[Record]]:
    """Yield the records as the plan began, then for each month those that got an entry."""
    days = sorted(
        (entry.date, record.id, at) for record in plan.records for at, entry in enumerate(record.log)
    )
    yield [replace(record, log=()) for record in plan.records]
    by_id = {record.id: record for record in plan.records}
    written: dict[str, set[int]] = {}
    for month in range(1, MONTHS):
        news = days[len(days) * (month - 1) // (MONTHS - 1) : len(days) * month // (MONTHS - 1)]
        for _day, id_, at in news:
            written.setdefault(id_, set()).add(at)
        yield [
            _with_entries(by_id[id_], written[id_]) for id_ in dict.fromkeys(id_ for _day, id_, _at in news)
        ]


def _with_entries(record: Record, written: set[int]) -> Record:
    return replace(record, log=tuple(entry for at, entry in enumerate(record.log) if at in written))


def _commit(folder: Path, month: int) -> None:
    day = date(_FIRST_YEAR + month // 12, month % 12 + 1, 28)
    _git(folder, "add", "-A", day=day)
    _git(folder, "commit", "--quiet", "-m", f"{day:%Y-%m}", day=day)


def _git(folder: Path, *arguments: str, day: date | None = None) -> None:
    identity = ("-c", "user.name=Enheten", "-c", "user.email=enheten@example.org", "-c", "gc.auto=0")
    moment = f"{day or date(_FIRST_YEAR, 1, 1)}T12:00:00+0100"
    clock = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, env=os.environ | clock)


def main() -> None:
    """Write the repository that the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a plan with its history.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="gets data/ and .git/; must not have them")
    parser.add_argument("--records", type=record_count, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    write_repository(describe_plan(arguments.records, arguments.seed), arguments.folder)


if __name__ == "__main__":
    main()
