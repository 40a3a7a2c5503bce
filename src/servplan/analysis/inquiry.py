"""What can be answered about a record that awaits a report, and the entry that an answer makes.

Answers are data, and a conversation is a generator of questions: whoever asks them, in whatever language and
on whatever terminal, only passes texts on.
"""

from collections.abc import Callable, Generator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from servplan.diagnostics import ServplanError, UsageError
from servplan.files.guard import CONTROL
from servplan.model.activity import Activity
from servplan.model.programme import Box
from servplan.model.record import Record
from servplan.state import UNREPORTED, State

if TYPE_CHECKING:
    from servplan.files.oracle import Data, Value

Read = Callable[[str], "Value"]
"""Reads a typed text as a field's value; raises a `UsageError` for what is none."""


class Asked(NamedTuple):
    """A field of the entry that is asked for, and whether the answer makes no sense without it."""

    field: str
    needed: bool = False


class Answer(NamedTuple):
    """A way to answer: what it says of itself, and what is asked for besides."""

    code: str
    says: Mapping[str, "Value"]
    asks: tuple[Asked, ...]

    @property
    def is_report(self) -> bool:
        """Whether the entry says how it stands; a moved due date alone does not."""
        return self.code != "new_due"


class Question(NamedTuple):
    """A field that is asked for; `fault` tells what was wrong with the text that was given before."""

    answer: Answer
    asked: Asked
    fault: ServplanError | None = None


_NOTE, _EVIDENCE, _COUNT = Asked("note"), Asked("evidence"), Asked("count", needed=True)
_REASON, _DUE, _ACTION = Asked("reason", needed=True), Asked("due", needed=True), Asked("action", needed=True)

GOING_ON = Answer("going_on", {"status": "in_progress"}, (_NOTE,))
BACK_ON_TRACK = Answer("back_on_track", {"status": "in_progress", "outlook": "on_track"}, (_NOTE,))
DONE = Answer("done", {"status": "done"}, (_NOTE, _EVIDENCE))
AT_RISK = Answer("at_risk", {"outlook": "at_risk"}, (_ACTION,))
ON_HOLD = Answer("on_hold", {"status": "on_hold"}, (_REASON,))
NOT_STARTED = Answer("not_started", {"status": "not_started"}, (_NOTE,))
COUNT = Answer("count", {}, (_COUNT, _NOTE))
TICKED = Answer("ticked", {"ticked": True}, (_NOTE, _EVIDENCE))
NOT_YET = Answer("not_yet", {"outlook": "on_track"}, (_NOTE,))
NEW_DUE = Answer("new_due", {}, (_DUE, _REASON))
CANCEL = Answer("cancel", {"status": "cancelled"}, (_REASON,))


def answers_to(record: Record, state: State) -> tuple[Answer, ...]:
    """Return the answers that make sense of a record that stands so, the most usual first."""
    counted = (COUNT,) if getattr(record, "target_count", None) else ()
    if isinstance(record, Box):
        return TICKED, *counted, NOT_YET, AT_RISK, NEW_DUE
    assert isinstance(record, Activity)  # noqa: S101 (nothing else awaits a report)
    going_on = BACK_ON_TRACK if state.outlook in ("at_risk", "off_track") else GOING_ON
    not_begun = (NOT_STARTED,) if state.status in (UNREPORTED, "not_started") else ()
    return going_on, DONE, *counted, AT_RISK, ON_HOLD, *not_begun, NEW_DUE


def conversation(answer: Answer, read: Mapping[str, Read]) -> Generator[Question, str, "Data | None"]:
    """Ask for what an answer needs, one field after another, and return what the entry says.

    `read` holds the readers of fields that are no plain texts. An empty text leaves out what is not needed;
    where it is needed, the answer is taken back, and None returned. What cannot be read is asked for again.
    """
    said: Data = dict(answer.says)
    for asked in answer.asks:
        value = yield from _field(answer, asked, read.get(asked.field, _as_text))
        if value is None and asked.needed:
            return None
        if value is not None:
            said[asked.field] = value
    return said


def _field(answer: Answer, asked: Asked, read: Read) -> Generator[Question, str, "Value"]:
    fault = None
    while True:
        line = yield Question(answer, asked, fault)
        try:
            text = written(line)
            return read(text) if text else None
        except UsageError as error:
            fault = error


def written(line: str) -> str:
    """Return what was typed on a line, without the spaces around it.

    Raises:
        UsageError: `unwritable-sign`, if no file may hold it.
    """
    text = line.strip()
    if CONTROL.search(text) or "\N{REPLACEMENT CHARACTER}" in text:
        raise UsageError("unwritable-sign")
    return text


def _as_text(text: str) -> "Value":
    return text


def whole_number(text: str) -> int:
    """Read a count.

    Raises:
        UsageError: `bad-count`, if the text is no whole number.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise UsageError("bad-count", given=text)
    return int(text)
