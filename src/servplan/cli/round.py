"""A round through what awaits a report: one record after another, every answer written at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from servplan.analysis.graph import Graph
from servplan.analysis.inquiry import Answer, Read, answers_to, whole_number
from servplan.analysis.reporting import Awaited, Reporting, report_in
from servplan.checks.bad_link import link_fault
from servplan.cli import keyboard
from servplan.cli.asking import answered, choose
from servplan.cli.changing import change_text, entry_of, tell_if_passed, written_text
from servplan.cli.days import last_day
from servplan.cli.session import Session
from servplan.diagnostics import ServplanError, UsageError
from servplan.edit import entry_edits
from servplan.files.journal import Edit
from servplan.files.store import locked, write_edits
from servplan.files.tree import WorkTree
from servplan.load import RecordFile, load_records
from servplan.model.record import Record
from servplan.render.views.inquiry import MOVES, card_blocks, menu_blocks
from servplan.state import replay

if TYPE_CHECKING:
    from servplan.files.oracle import Data, Value


class _Reply(NamedTuple):
    """What was answered: the way to answer, and what the entry says."""

    answer: Answer
    said: "Data"


class _Step(NamedTuple):
    """What was done at a place of the round: the edit that was made, if any, and whether it is a report."""

    position: int
    edit: Edit | None = None
    is_report: bool = False


class Round:
    """A round through the records of a period that await a report, from the first to the last."""

    def __init__(
        self, session: Session, view: Reporting, graph: Graph, by: str | None, dry_run: bool
    ) -> None:
        self._session = session
        self.words = session.words
        self._view = view
        self._missing = view.missing
        self._graph = graph
        self._by = by
        self._dry_run = dry_run
        self._steps: list[_Step] = []
        self._settled: set[int] = set()
        self._read: dict[str, Read] = {"count": whole_number, "due": self._day, "evidence": self._evidence}

    @property
    def _tree(self) -> WorkTree:
        """The plan's files as they are now: others may write between two answers."""
        return WorkTree(self._session.root)

    def run(self) -> bool:
        """Ask until the last record is passed or the person leaves; tell whether that was by Ctrl-C."""
        position: int | None = 0
        try:
            while position is not None and position < len(self._missing):
                position = self._next(position)
        except EOFError:
            self._session.say("")
        except KeyboardInterrupt:
            self._session.say("\n" + self.words("Interrupted."))
            return True
        return False

    def written(self) -> list[Edit]:
        """Return what was written, one edit a file, from its text before the round to the one after."""
        if self._dry_run:
            return []
        whole: dict[str, Edit] = {}
        for edit in (step.edit for step in self._steps if step.edit):
            whole[edit.path] = edit._replace(before=whole.get(edit.path, edit).before)
        return list(whole.values())

    def tell_outcome(self) -> None:
        """Show what was written, then what was skipped and what still awaits a report."""
        words, written = self.words, self.written()
        self._session.say("")
        if written:
            self._session.say(words.number("{n} record written:", "{n} records written:", len(written)))
        else:
            self._session.say(words("Nothing was written."))
        for edit in written:
            self._session.write(written_text(edit))
        skipped = [self._missing[step.position].record.id for step in self._steps if step.edit is None]
        if skipped:
            self._session.say(words("Skipped: {ids}", ids=", ".join(skipped)))
        self._session.say(self._what_remains())

    def _what_remains(self) -> str:
        reported = self._settled | {step.position for step in self._steps if step.is_report}
        left = len(self._missing) - (0 if self._dry_run else len(reported))
        if not left:
            return self.words("Everything has been reported for {period}.", period=self._view.period.name)
        return self.words(
            "{left} of {total} still await a report; the same command goes on with them.",
            left=left,
            total=self._view.total,
        )

    def _next(self, position: int) -> int | None:
        """Ask about one record, and return the place to go on at; None to leave."""
        item = self._missing[position]
        record = self._now(item)
        if record is None:
            text = self.words("{path} cannot be read any more; it is passed over.", path=item.record.path)
            self._session.say(text)
            return position + 1
        if self._is_reported(record):
            self._settled.add(position)
            text = self.words("{id} awaits no report any more; others have seen to it.", id=item.record.id)
            self._session.say(text)
            return position + 1
        reply = self._reply(record, position)
        if isinstance(reply, _Reply):
            return self._enter(position, item, reply)
        if reply == "back":
            return self._back(position)
        if reply == "leave":
            return None
        self._steps.append(_Step(position))
        return position + 1

    def _now(self, item: Awaited) -> Record | None:
        """Return a record as its file has it now; None if it is not there, or cannot be read."""
        path = item.record.path
        return load_records(self._tree, [path], {}).plan.records.get(item.record.id)

    def _is_reported(self, record: Record) -> bool:
        last = min(self._view.grace_end, self._view.as_of)
        return report_in(record, self._view.period.own_start, last) is not None

    def _reply(self, record: Record, position: int) -> _Reply | str:
        """Return what is answered about a record, or the move that is made instead."""
        state = replay(record, self._session.today)
        answers = answers_to(record, state)
        total = self._view.total
        place = total - len(self._missing) + position + 1, total
        self._session.say("")
        self._session.tell(card_blocks(record, state, place, self._graph, self.words))
        codes = [*(answer.code for answer in answers), *MOVES]
        self._session.tell(menu_blocks(codes, self.words))
        while True:
            code = choose(self._session, codes)
            if code in MOVES:
                return code
            answer = next(answer for answer in answers if answer.code == code)
            said = answered(self._session, answer, self._read)
            if said is not None:
                return _Reply(answer, said)

    def _enter(self, position: int, item: Awaited, reply: _Reply) -> int:
        """Write an answer; what stands against it is said, and the record asked about again."""
        with keyboard.uninterrupted():
            try:
                edits = self._edits(item, reply.said)
            except ServplanError as error:
                self._session.fail(error)
                return position
            self._steps += [_Step(position, edit, reply.answer.is_report) for edit in edits]
        self._tell_edits(edits)
        tell_if_passed(self._session, reply.said.get("due"), self._session.today)
        if not reply.answer.is_report:
            return position
        if not edits:
            self._settled.add(position)
        return position + 1

    def _edits(self, item: Awaited, said: "Data") -> list[Edit]:
        """Return the edit that an entry makes, written unless this is a dry run; none if it is so already."""
        entry = entry_of(self._session, str(self._graph.standing.as_of), self._reporter(item), **said)
        file = RecordFile(item.record.id, item.record.path, type(item.record))
        if self._dry_run:
            return entry_edits(self._tree, [file], entry, repeats=True)
        with locked(self._session.root) as tree:
            edits = entry_edits(tree, [file], entry, repeats=True)
            write_edits(self._session.root, edits)
        return edits

    def _tell_edits(self, edits: Sequence[Edit]) -> None:
        if not edits:
            self._session.say(self.words("It is so already; nothing was written."))
        for edit in edits:
            if self._dry_run:
                self._session.write(change_text(edit))
            else:
                self._session.say(self.words("Written: {path}", path=edit.path))

    def _reporter(self, item: Awaited) -> str | None:
        """Return who reports: whom `--by` names, else the accountable owner."""
        plan = self._graph.standing.plan
        is_known = item.owner in plan.records or item.owner in plan.unreadable
        return self._by or (item.owner if is_known else None)

    def _back(self, position: int) -> int:
        """Take back what was done last, and return to its place."""
        if not self._steps:
            self._session.say(self.words("This is the first record of the round."))
            return position
        with keyboard.uninterrupted():
            try:
                self._take_back(self._steps[-1].edit)
            except ServplanError as error:
                self._session.fail(error)
                return position
            return self._steps.pop().position

    def _take_back(self, edit: Edit | None) -> None:
        """Put a file back as it was before an answer.

        Raises:
            ServplanError: `file-changed`, if it is not as the answer left it.
        """
        if edit is None or self._dry_run:
            return
        with locked(self._session.root):
            write_edits(self._session.root, [Edit(edit.path, edit.after, edit.before)])
        self._session.say(self.words("Taken back: {path}", path=edit.path))

    def _day(self, text: str) -> "Value":
        return last_day(text, self._session.today).isoformat()

    def _evidence(self, text: str) -> "Value":
        if link_fault(self._tree, text):
            raise UsageError("bad-evidence", given=text)
        return [text]
