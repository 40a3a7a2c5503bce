"""One run of the program: the plan it reads, its dates and language, and where its output goes."""

import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from servplan.analysis.find import pick
from servplan.analysis.graph import Graph
from servplan.cli.days import parse_day
from servplan.diagnostics import ServplanError
from servplan.files.journal import moment, pending
from servplan.files.layout import HEADER_PATH
from servplan.files.overlay import OverlayTree
from servplan.files.tree import Tree, WorkTree, find_plan
from servplan.load import Loaded, RecordFile, load_header, load_plan, record_files
from servplan.model.header import Header
from servplan.model.plan import Plan
from servplan.model.record import Record
from servplan.render.blocks import Block, rows_of, safe
from servplan.render.messages import error_text, message
from servplan.render.plain import write_plain
from servplan.render.views.closing import closing_blocks
from servplan.render.words import LANGUAGES, Words, words_of
from servplan.state import Standing, closing_day

if TYPE_CHECKING:
    from servplan.files.git_commit import Commit

MOST_ART_ROWS = 200
"""Longer output is written plainly: a terminal's art costs a third of a millisecond a row."""

MOST_READINGS = 5
"""How often a plan is read again that others change all the time."""


class Session:
    """What the global options say, and what follows from them."""

    def __init__(self) -> None:
        self._folder: str | None = None
        self.commit: Commit | None = None
        self._moment = 0
        self._language: str | None = None
        self.choose(None, os.environ.get("SERVPLAN_LANG"))

    def at(self, revision: str | None) -> "Session":
        """Speak of the plan as a commit has it, from here on; of the work tree where none is named.

        Raises:
            UsageError: `unknown-revision`, if it names no commit.
            ServplanError: `no-plan-then`, if the commit has no plan here.
        """
        if revision is not None:
            from servplan.files.git_commit import find_commit  # noqa: PLC0415 (only for --rev)
            from servplan.files.git_tree import GitTree  # noqa: PLC0415 (only for --rev)

            commit = find_commit(self.root, revision)
            tree = GitTree(self.root, commit)
            if not tree.exists(HEADER_PATH):
                raise ServplanError("no-plan-then", given=revision, path=HEADER_PATH)
            self.commit, self.tree = commit, tree
        return self

    @property
    def language(self) -> str | None:
        """The language that was asked for; None where the plan's own counts."""
        return self._language

    def choose(self, folder: str | None, language: str | None) -> None:
        """Take the global options; a language that is not known here is none."""
        self._folder = folder
        self._language = language if language in LANGUAGES else None

    @cached_property
    def root(self) -> Path:
        """The plan's folder.

        Raises:
            ServplanError: `no-plan`, if there is none.
        """
        if self._folder is None:
            return find_plan(Path.cwd())
        return find_plan(Path(self._folder).absolute())

    @cached_property
    def tree(self) -> Tree:
        """The plan's files; a change of several files that was begun is seen whole."""
        self._moment = moment(self.root)
        work, begun = WorkTree(self.root), pending(self.root)
        return OverlayTree(work, begun) if begun else work

    @cached_property
    def header(self) -> Header:
        """The plan's header, read by itself: language and time zone need no records."""
        return load_header(self.tree)

    @cached_property
    def record_files(self) -> dict[str, RecordFile]:
        """The plan's record files by id, from their names alone."""
        return record_files(self.tree)

    @cached_property
    def loaded(self) -> Loaded:
        """The plan as it was read, with what was found in reading it.

        It is read again where a change of several files begins or ends meanwhile, so that it is seen whole.
        """
        loaded = load_plan(self.tree)
        for _ in range(MOST_READINGS):
            if self.commit or moment(self.root) == self._moment:
                break
            del self.tree
            loaded = load_plan(self.tree)
        return loaded

    @property
    def plan(self) -> Plan:
        """The plan; the files that could not be read are named on stderr, once.

        Raises:
            ServplanError: `newer-format`, if what its records say is not known to this servplan.
        """
        for finding in self.loaded.diagnostics:
            if finding.code == "newer-format":
                raise ServplanError(finding.code, **finding.params)
        self._name_unreadable()
        return self.loaded.plan

    @cached_property
    def words(self) -> Words:
        """The words of the output: `--lang`, `$SERVPLAN_LANG`, or the plan's own language."""
        return words_of(self.header, self._language or self.header.language)

    @property
    def words_anywhere(self) -> Words:
        """The words of the output where there may be no plan: what was asked for, else English, then."""
        try:
            return self.words
        except ServplanError:
            return Words(self._language or "en")

    @cached_property
    def _unreadable_named(self) -> bool:
        for path in self.loaded.unreadable:
            first = next(item for item in self.loaded.diagnostics if item.path == path)
            self.say(f"{path}: {message(first, self.words)}")
        if self.loaded.unreadable:
            self.say(self.words("These files are left out of what follows; see: servplan check"))
        return True

    def _name_unreadable(self) -> None:
        _ = self._unreadable_named

    @cached_property
    def today(self) -> date:
        """Today in the plan's time zone, or what `$SERVPLAN_TODAY` says; with a revision, its commit's day.

        Raises:
            UsageError: `bad-date`, if the variable holds no date.
        """
        if self.commit:
            return self.commit.day
        return today_in(self.header.timezone)

    def as_of(self, asked: str | None) -> date:
        """Return the date that a read command speaks of.

        Left out, it is today; once the plan's period is past, the later of its end and the newest entry that
        is not in the future: a closed plan does not go on ageing.
        """
        return parse_day(asked, self.today) if asked else closing_day(self.loaded.plan, self.today)

    def closing(self, asked: str | None, shown: date) -> list[Block]:
        """Return the remark that a plan which ended is not shown as of today, unless a day was asked for."""
        return [] if asked else closing_blocks(self.header.period.end, shown, self.today, self.words)

    def graph(self, asked: str | None) -> Graph:
        """Return the plan's records and supports as of a date."""
        return Graph(Standing(self.plan, self.as_of(asked)))

    def pick_id(self, asked: str | None, kind: type[Record]) -> str | None:
        """Return the id of the record of a kind that is meant; None where none is asked for.

        Raises:
            UsageError: `unknown-id` or `ambiguous-id`.
        """
        return pick(self.plan, asked, kind).id if asked else None

    def show(self, blocks: Sequence[Block]) -> None:
        """Print blocks: with colours on a terminal, plainly elsewhere and where they are many."""
        if sys.stdout.isatty() and sum(map(rows_of, blocks)) <= MOST_ART_ROWS:
            from rich.console import Console  # noqa: PLC0415 (60 ms, for terminals only)

            from servplan.render.terminal import write_terminal  # noqa: PLC0415

            write_terminal(blocks, Console(highlight=False))
        else:
            self.write(write_plain(blocks))

    def tell(self, blocks: Sequence[Block]) -> None:
        """Show blocks on stderr, to a person at a terminal: what is not a result."""
        from rich.console import Console  # noqa: PLC0415 (60 ms, for terminals only)

        from servplan.render.terminal import write_terminal  # noqa: PLC0415

        write_terminal(blocks, Console(stderr=True, highlight=False))

    def write(self, text: str) -> None:
        """Write a result to stdout as it is; where its reader has left, end the run without a word.

        Raises:
            ServplanError: `output-failed`, if it cannot be written.
        """
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            _silence_stdout()
            raise typer.Exit(0) from None
        except OSError as error:
            _silence_stdout()
            reason = error.strerror or type(error).__name__
            raise ServplanError("output-failed", reason=reason) from None

    def say(self, text: str) -> None:
        """Write to stderr what is not a result."""
        sys.stderr.write(safe(text) + "\n")

    def fail(self, error: ServplanError) -> int:
        """Say what went wrong and what to do, and return the exit code."""
        words = self.words_anywhere
        from servplan.render.findings import finding_lines  # noqa: PLC0415 (only when something fails)

        for finding in error.findings:
            for line in finding_lines(finding, error.texts.get(finding.path, ""), words):
                self.say(line)
        text, remedy = error_text(error, words)
        for line in filter(None, (*text.split("\n"), remedy and f"→ {remedy}")):
            self.say(line)
        return error.exit_code


def _silence_stdout() -> None:
    """Let what is left in the buffer go nowhere, so that the interpreter's own end says nothing of it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def session_of(ctx: typer.Context) -> Session:
    """Return the run that a command belongs to."""
    session = ctx.obj
    assert isinstance(session, Session)  # noqa: S101 (set by the program's callback)
    return session


def today_in(timezone: str) -> date:
    """Return what day it is in a time zone, or what `$SERVPLAN_TODAY` says.

    Raises:
        UsageError: `bad-date`, if the variable holds no date.
    """
    told = os.environ.get("SERVPLAN_TODAY")
    if told:
        return parse_day(told)
    try:
        zone = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = ZoneInfo("UTC")
    return datetime.now(zone).date()
