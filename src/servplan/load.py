"""From a tree of files to a plan and the findings of its reading; never raises for bad data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from servplan.diagnostics import Diagnostic, Keys, Span
from servplan.files.document import Document, locate, read_document, read_exactly
from servplan.files.tree import Entry, Tree
from servplan.model.faults import schema_faults
from servplan.model.formats import FORMAT, version_of
from servplan.model.header import Header, Period
from servplan.model.ids import id_fault
from servplan.model.kinds import BY_FOLDER
from servplan.model.plan import Plan
from servplan.model.record import Record

M = TypeVar("M", bound=BaseModel)

DATA = "data"
HEADER_PATH = f"{DATA}/plan.yaml"
"""Where a plan's header stands, from the plan's folder."""


def _unknown_header() -> Header:
    """Stand in for a header that cannot be read, so that the records still can."""
    return Header(servplan=FORMAT, title="?", period=Period(start=date.min, end=date.max))


@dataclass(frozen=True)
class Loaded:
    """A plan with what was found while reading it, and the texts that findings point into."""

    plan: Plan
    tree: Tree
    diagnostics: tuple[Diagnostic, ...] = ()
    texts: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def unreadable(self) -> list[str]:
        """The paths of the files that could not be read, in order."""
        return sorted({finding.path for finding in self.diagnostics if finding.severity == "error"})

    def placed(self, finding: Diagnostic) -> Diagnostic:
        """Return the finding with its line and column looked up."""
        if finding.span is not None:
            return finding
        text = self.texts.get(finding.path, "")
        return finding._replace(span=locate(text, finding.keys, finding.on_key))


def load_plan(tree: Tree) -> Loaded:
    """Read the plan that stands in a tree: every file, every finding, in one run."""
    reading = _Reading(tree)
    header = reading.read_header()
    if header is not None:
        reading.read_records(tree.files(DATA))
    plan = Plan(header or _unknown_header(), dict(sorted(reading.records.items())), reading.unreadable)
    return Loaded(plan, tree, tuple(reading.findings), reading.texts)


class _Reading:
    """One run through a tree, with what it has found so far."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.records: dict[str, Record] = {}
        self.unreadable: dict[str, str] = {}
        self.findings: list[Diagnostic] = []
        self.texts: dict[str, str] = {}

    def read_header(self) -> Header | None:
        """Return the header; a stand-in if it is faulty, None if its format is not ours to read."""
        document = self._read(HEADER_PATH)
        if document is None or document.data is None:
            return _unknown_header()
        version = version_of(document.data)
        if version is not None and version != FORMAT:
            code = "newer-format" if version > FORMAT else "unknown-format"
            params = {"found": str(version), "known": str(FORMAT)}
            self.findings.append(Diagnostic(code, HEADER_PATH, ("servplan",), params=params))
            return None
        return self._validated(Header, document, {}) or _unknown_header()

    def read_records(self, entries: Iterable[Entry]) -> None:
        """Read every record file among the tree's entries."""
        for entry in entries:
            path = entry.path
            if path == HEADER_PATH or not path.endswith((".yaml", ".yml", ".YAML", ".YML")):
                continue
            kind = BY_FOLDER.get(path.split("/", 2)[1])
            if kind is None or path.count("/") < 2:
                self._found("unknown-folder", path, folders=", ".join(BY_FOLDER))
            elif not path.endswith(".yaml"):
                self._found("wrong-extension", path)
            else:
                self._read_record(entry, kind)

    def _read_record(self, entry: Entry, kind: type[Record]) -> None:
        path = entry.path
        record_id = path[path.rindex("/") + 1 : -len(".yaml")]
        if fault := id_fault(record_id):
            self._found("bad-id", path, id=record_id, fault=fault)
        if (holder := self.records.get(record_id)) or record_id in self.unreadable:
            other = holder.path if holder else self.unreadable[record_id]
            self._found("taken-id", path, id=record_id, other=other)
            return
        if entry.fault:
            self._found(entry.fault, path)
            record = None
        else:
            document = self._read(path)
            record = document and self._validated(kind, document, {"id": record_id, "path": path})
        if record is None:
            self.unreadable[record_id] = path
        else:
            self.records[record_id] = record

    def _read(self, path: str) -> Document | None:
        try:
            raw = self.tree.read(path)
        except OSError as error:
            self._found("cannot-read", path, reason=error.strerror or type(error).__name__)
            return None
        document = read_document(path, raw)
        self.texts[path] = document.text
        if document.fault:
            self.findings.append(document.fault)
        return document

    def _validated(self, model: type[M], document: Document, given: dict[str, str]) -> M | None:
        """Return the model of a document, or None after noting everything that is against it."""
        if document.data is None:
            return None
        data = document.data
        if taken := given.keys() & data.keys():
            data = {key: value for key, value in data.items() if key not in taken}
            self.findings.extend(_reserved(document.path, key) for key in sorted(taken))
        try:
            record = model.model_validate(data | given)
        except ValidationError as error:
            self.findings.extend(_faults(model, document, error))
            return None
        return None if taken else record

    def _found(self, code: str, path: str, **params: str) -> None:
        self.findings.append(Diagnostic(code, path, params=params, span=Span(1, 1)))


def _reserved(path: str, key: str) -> Diagnostic:
    return Diagnostic("unknown-key", path, (key,), True, {"key": key, "known": "", "closest": ""})


def _faults(model: type[BaseModel], document: Document, error: ValidationError) -> Iterator[Diagnostic]:
    def written(keys: Keys) -> str:
        span = locate(document.text, keys)
        line = document.text.splitlines()[span.line - 1]
        return line[span.column - 1 : span.column - 1 + span.length]

    if any(detail["type"] == "invalid_key" for detail in error.errors(include_url=False)):
        exact = read_exactly(document.path, document.text)
        yield exact.fault or Diagnostic("key-not-text", document.path)
        return
    for code, keys, on_key, params in schema_faults(model, error, written):
        yield Diagnostic(code, document.path, keys, on_key, params)
