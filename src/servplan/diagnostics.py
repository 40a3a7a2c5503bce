"""What servplan has to say about a plan's texts, and how an operation fails.

Bad data is a value: a `Diagnostic` carries a code and its parameters, never a sentence, and is never
raised. `render` finds the words. An operation that cannot go on raises a `ServplanError`.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

Keys = tuple[str | int, ...]
"""The way from a file's top to a place in it: `("log", 2, "due")`."""

NOTHING: Mapping[str, str] = MappingProxyType({})


class Severity(StrEnum):
    """How much a finding weighs: errors end `check` with 1, `off` silences a rule."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


class Span(NamedTuple):
    """A place in a text: line and column count from 1, in characters."""

    line: int
    column: int
    length: int = 1


class Diagnostic(NamedTuple):
    """One finding: which rule, in which file, at which place, with the words' parameters."""

    code: str
    path: str
    keys: Keys = ()
    on_key: bool = False
    params: Mapping[str, str] = NOTHING
    severity: Severity = Severity.ERROR
    span: Span | None = None


class ServplanError(Exception):
    """An operation that cannot go on: a code and its parameters, worded by `render`.

    `exit_code` is what the process ends with: 2 wrong usage, 3 not done and nothing written. `findings` are
    what stands against it, with the texts that they point into.
    """

    exit_code = 3
    findings: Sequence[Diagnostic] = ()
    texts: Mapping[str, str] = NOTHING

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Mapping[str, str] = params


class UsageError(ServplanError):
    """What was asked for does not make sense: an unknown id, a wrong date, a missing reason."""

    exit_code = 2
