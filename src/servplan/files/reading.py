"""Reads many files as documents: above a few thousand by two processes, so that large plans open at once.

The second process reads a share and hands back plain data. Whatever is out of the ordinary it leaves to the
first, and if it dies, the first reads everything: two processes change the time that a plan takes to open,
and nothing else.
"""

import marshal
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from servplan.diagnostics import Diagnostic, Span
from servplan.files.document import Document, read_document, read_rows
from servplan.files.tree import Tree

if TYPE_CHECKING:
    from servplan.files.oracle import Data, Value

WORTH_A_PROCESS = 2000
"""From how many files on a second process saves more than it costs (measured)."""

SHARE = 0.55
"""What part the second process reads: the first one also makes records of what it has read."""


def read_documents(tree: Tree, paths: Sequence[str]) -> Iterator[tuple[int, Document]]:
    """Yield every path's document with its number, as soon as it is there; never raises for bad files."""
    first = _lent(tree, paths)
    for number in range(first.count, len(paths)):
        yield number, read_one(tree, paths[number])
    for number, data in enumerate(first.results()):
        path = paths[number]
        yield number, Document(path, None, data) if data is not None else read_one(tree, path)


def read_one(tree: Tree, path: str) -> Document:
    """Read one file as a document; what stands against it is the document's fault."""
    try:
        raw = tree.read(path)
    except OSError as error:
        return Document(path, "", None, _cannot_read(path, error))
    return read_document(path, raw)


def read_list(tree: Tree, path: str) -> "tuple[list[Value] | None, Diagnostic | None]":
    """Read one file as a list: its items, none where there is no such file, or what is wrong with it."""
    try:
        raw = tree.read(path)
    except FileNotFoundError:
        return [], None
    except OSError as error:
        return None, _cannot_read(path, error)
    return read_rows(path, raw)


def _cannot_read(path: str, error: OSError) -> Diagnostic:
    params = {"reason": error.strerror or type(error).__name__}
    return Diagnostic("cannot-read", path, params=params, span=Span(1, 1))


class _Share:
    """The first `count` files, being read by another process; results come in order, None for the rest."""

    def __init__(self, count: int = 0, pipe: int = -1, process: int = 0) -> None:
        self.count = count
        self._pipe = pipe
        self._process = process

    def results(self) -> "list[Data | None]":
        """Wait for the other process and return its data; all None if it died."""
        if not self.count:
            return []
        with open(self._pipe, "rb") as pipe:  # noqa: PTH123 (a descriptor)
            packed = pipe.read()
        os.waitpid(self._process, 0)
        try:
            found: list[Data | None] = marshal.loads(packed)  # noqa: S302 (our own child's)
        except (EOFError, ValueError, TypeError):
            return [None] * self.count
        return found


def _lent(tree: Tree, paths: Sequence[str]) -> _Share:
    """Start a process for a share of the files, where that is worth it and the system can."""
    if len(paths) < WORTH_A_PROCESS or not hasattr(os, "fork") or (os.cpu_count() or 1) < 2:
        return _Share()
    count = int(len(paths) * SHARE)
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return _Share(count, reading, process)
    try:
        os.close(reading)
        found = [_ordinary(read_one(tree, path)) for path in paths[:count]]
        with open(writing, "wb") as pipe:  # noqa: PTH123 (a descriptor)
            pipe.write(marshal.dumps(found))
    finally:
        os._exit(0)


def _ordinary(document: Document) -> "Data | None":
    return None if document.fault else document.data
