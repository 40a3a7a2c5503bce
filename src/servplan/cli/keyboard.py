"""What a person types at a terminal: a key, or a line. Questions are put on stderr, beside the results."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import typer

from servplan.render.blocks import safe


def is_ready() -> bool:
    """Tell whether a person can be asked: questions reach a terminal, and answers come from one.

    What is typed in another encoding than the terminal's is read as signs of replacement.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr] # a text stream, since it is a terminal
    return True


def read_key(question: str) -> str:
    """Return the key that is pressed, in lower case; on a plain terminal a line is typed instead.

    What was typed ahead is dropped: no key answers a question that had not been seen.

    Raises:
        EOFError: if nothing more will be typed (Ctrl-D, a closed terminal).
        KeyboardInterrupt: at Ctrl-C.
    """
    if _is_plain():
        return read_line(question).strip().lower()
    _put(question)
    try:
        key = typer.getchar().lower()
    except OSError:
        raise EOFError from None
    if not key:
        raise EOFError
    _put(f"{key}\n" if key.isprintable() else "\n")
    return key


def read_line(question: str) -> str:
    """Return the line that is typed, without its end; raises as `read_key` does."""
    _put(question)
    try:
        line = sys.stdin.readline()
    except OSError:
        raise EOFError from None
    if not line:
        raise EOFError
    return line.rstrip("\n")


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let what is done within be done whole: Ctrl-C counts when it is over."""
    pressed: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        del frame
        pressed.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


def _is_plain() -> bool:
    return os.environ.get("TERM") == "dumb" or bool(os.environ.get("NO_COLOR"))


def _put(text: str) -> None:
    sys.stderr.write(safe(text))
    sys.stderr.flush()
