"""The programs that a user would pick instead, each with the equal plan in its own format."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from journal import write_journal
from records import Plan
from vdir import write_vdir


@dataclass(frozen=True)
class Peer:
    """A program to compare with; `prepare` writes its files and gives the arguments to run."""

    name: str
    program: str
    case: str
    prepare: Callable[[Plan, Path], tuple[str, ...]]


def find_program(program: str) -> str | None:
    """Find a program beside this Python or else on the PATH."""
    beside = Path(sys.executable).parent
    return shutil.which(program, path=f"{beside}{os.pathsep}{os.environ.get('PATH', '')}")


def _prepare_hledger(plan: Plan, folder: Path) -> tuple[str, ...]:
    journal = folder / "plan.journal"
    write_journal(plan, journal)
    return "-f", str(journal), "balance"


def _prepare_todoman(plan: Plan, folder: Path) -> tuple[str, ...]:
    return "--config", str(write_vdir(plan, folder)), "list"


HLEDGER = Peer("hledger", "hledger", "hledger balance", _prepare_hledger)
TODOMAN = Peer("todoman", "todo", "todo list", _prepare_todoman)
PEERS = (HLEDGER, TODOMAN)
