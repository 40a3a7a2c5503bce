"""A YAML text as data.

Two readers, one meaning. The oracle (`files/oracle.py`, ruamel with the YAML 1.2 core schema) is what a text
means; `yaml_rs` reads the texts that the guard cleared, some hundred times faster. Where a text does not
parse, the oracle reads it. It is imported then and not before: most runs never need it.
"""

from typing import TYPE_CHECKING, NamedTuple

from servplan.diagnostics import Diagnostic
from servplan.files.guard import screen

if TYPE_CHECKING:
    from servplan.files.oracle import Data, Value

try:
    import yaml_rs
except ImportError:  # the extra `fast` is not installed: the oracle reads everything
    yaml_rs = None  # type: ignore[assignment]


class Document(NamedTuple):
    """One file's text and what it says; `data` is None where a fault stands against it.

    `text` is None where it was not kept: what needs it reads the file again.
    """

    path: str
    text: str | None
    data: "Data | None"
    fault: Diagnostic | None = None


def read_document(path: str, raw: bytes) -> Document:
    """Read a file's bytes as one YAML mapping with text keys; never raises for bad data."""
    screened = screen(path, raw)
    if isinstance(screened, Diagnostic):
        return Document(path, raw.decode(errors="replace"), None, screened)
    text, clear = screened
    if clear and yaml_rs is not None:
        try:
            quick = yaml_rs.loads(text, parse_datetime=False)
        except (ValueError, TypeError):
            pass  # the oracle tells what is wrong, and where
        else:
            if isinstance(quick, dict):
                return Document(path, text, quick)
    return read_exactly(path, text)


def read_exactly(path: str, text: str) -> Document:
    """Read a screened text by the oracle: slow, and exact about what is wrong and where."""
    from servplan.files import oracle  # noqa: PLC0415 (25 ms that most runs need not spend)

    data, fault = oracle.read(path, text)
    return Document(path, text, data, fault)


def read_rows(path: str, raw: bytes) -> "tuple[list[Value] | None, Diagnostic | None]":
    """Read a file's bytes as one YAML list, exactly: its items, or what is wrong with it."""
    from servplan.files import oracle  # noqa: PLC0415 (25 ms that most runs need not spend)

    screened = screen(path, raw)
    if isinstance(screened, Diagnostic):
        return None, screened
    return oracle.read_rows(path, screened.text)
