"""Questions at a terminal that a key answers, and what an answer needs besides: alike in every dialogue."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from servplan.analysis.inquiry import Answer, Question, Read, conversation
from servplan.cli import keyboard
from servplan.cli.session import Session
from servplan.diagnostics import NOTHING
from servplan.render.views.inquiry import (
    choice_text,
    explained_blocks,
    keys_of,
    question_lines,
)

if TYPE_CHECKING:
    from servplan.files.oracle import Data


def choose(session: Session, codes: Sequence[str], meanings: Mapping[str, str] = NOTHING) -> str:
    """Return the code whose key is pressed; any other key is asked for again, and `?` explains them all.

    `meanings` tells what keys mean here, where that is not what they usually do.

    Raises:
        EOFError: if nothing more will be typed.
    """
    words = session.words
    keys = keys_of(codes, words)
    while True:
        code = keys.get(keyboard.read_key(choice_text(words)))
        if code is None:
            session.say(words("Press one of: {keys}", keys=" ".join(keys)))
        elif code == "explain":
            session.tell(explained_blocks(codes, words, meanings))
        else:
            return code


def answered(session: Session, answer: Answer, read: Mapping[str, Read] | None = None) -> "Data | None":
    """Return what an answer's entry says, after asking for what it needs; None if it is taken back.

    Raises:
        EOFError: if nothing more will be typed.
    """
    talk = conversation(answer, read or {})
    try:
        question = next(talk)
        while True:
            question = talk.send(_typed(session, question))
    except StopIteration as end:
        said: Data | None = end.value
        return said


def _typed(session: Session, question: Question) -> str:
    *faults, text = question_lines(question, session.words)
    for fault in faults:
        session.say(fault)
    return keyboard.read_line(text)
