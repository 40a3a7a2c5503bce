"""From a tree of files to a plan and the findings of its reading; never raises for bad data."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from servplan.diagnostics import Diagnostic, Keys, ServplanError, Span
from servplan.files.document import Document, read_exactly
from servplan.files.layout import ANSWERS_PATH, DATA, HEADER_PATH
from servplan.files.places import Places
from servplan.files.reading import read_documents, read_list, read_one
from servplan.files.texts import Texts
from servplan.files.tree import Entry, MemoryTree, Tree
from servplan.model.answer import Answer
from servplan.model.faults import schema_faults, unknown_key
from servplan.model.formats import FORMAT, is_known, upgraded, version_of
from servplan.model.header import Header, Period
from servplan.model.ids import id_fault
from servplan.model.kinds import BY_FOLDER
from servplan.model.plan import Plan
from servplan.model.record import Record

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from servplan.files.oracle import Data, Value

M = TypeVar("M", bound=BaseModel)


class RecordFile(NamedTuple):
    """A record known by its file: its id, path and kind."""

    id: str
    path: str
    kind: type[Record]


def record_files(tree: Tree) -> dict[str, RecordFile]:
    """Return every record file by id, from the names alone."""
    kind_in = cache(_kind_in)
    found: dict[str, RecordFile] = {}
    for path, fault, _reason in tree.files(DATA):
        folder, _slash, name = path.rpartition("/")
        kind = kind_in(folder)
        if kind and not fault and name.endswith(".yaml"):
            id_ = name.removesuffix(".yaml")
            found.setdefault(id_, RecordFile(id_, path, kind))
    return found


def _kind_in(folder: str) -> type[Record] | None:
    """Return the kind whose records lie in a folder, at whatever depth."""
    below = folder.removeprefix(DATA).lstrip("/")
    return BY_FOLDER.get(below.partition("/")[0])


def stand_in_header() -> Header:
    """Stand in for a header that cannot be read, so that the records still can."""
    return Header(servplan=FORMAT, title="?", period=Period(start=date.min, end=date.max))


class Answers(NamedTuple):
    """The rows of `data/audit.yaml` by their places in it, and what is wrong with those that are left out."""

    rows: Mapping[int, Answer]
    findings: Sequence[Diagnostic]


class Loaded(Texts):
    """A plan with what was found while reading it, and the texts that findings point into."""

    def __init__(self, plan: Plan, tree: Tree, diagnostics: Sequence[Diagnostic], files: int) -> None:
        super().__init__(tree)
        self.plan = plan
        self.diagnostics = tuple(diagnostics)
        self.files = files

    @property
    def has_header(self) -> bool:
        """Whether the plan's own header was read, and not a stand-in for it."""
        return not any(item.path == HEADER_PATH for item in self.diagnostics)

    @property
    def unreadable(self) -> list[str]:
        """The paths of the files whose records are not known, in order; the header's too."""
        header = () if self.has_header else (HEADER_PATH,)
        return sorted({*self.plan.unreadable.values(), *header})

    @cached_property
    def answers(self) -> Answers:
        """What the plan answers to the audit; read when asked for, since few commands need it."""
        return load_answers(self.tree)


def load_plan(tree: Tree) -> Loaded:
    """Read the plan that stands in a tree: every file, every finding, in one run."""
    entries = tree.files(DATA)
    fault = next((entry.fault for entry in entries if entry.path == HEADER_PATH), None)
    return _loaded(tree, entries, fault, {})


def load_records(tree: Tree, paths: Collection[str], names: Mapping[str, str]) -> Loaded:
    """Read a plan's header and the records at some paths, without a look at the others.

    Those are known by their names: `names` maps ids to paths, and counts as what could not be read.
    """
    unread = {id_: path for id_, path in names.items() if path not in paths}
    return _loaded(tree, [Entry(path) for path in sorted(paths)], None, unread)


def _loaded(tree: Tree, entries: Sequence[Entry], fault: str | None, unread: Mapping[str, str]) -> Loaded:
    reading = _Reading(tree)
    header = reading.read_header(fault)
    if header is not None:
        reading.read_records(entries)
    records = dict(sorted(reading.records.items()))
    plan = Plan(header or stand_in_header(), records, {**unread, **reading.unreadable})
    return Loaded(plan, tree, reading.findings, reading.files)


def load_header(tree: Tree) -> Header:
    """Read a plan's header alone; a stand-in where it cannot be read."""
    return _Reading(tree).read_header(None) or stand_in_header()


def load_answers(tree: Tree) -> Answers:
    """Read the answers to the audit; none where there is no such file."""
    items, fault = read_list(tree, ANSWERS_PATH)
    if fault:
        return Answers({}, (fault,))
    reading, rows = _Reading(tree), {}
    for index, item in enumerate(items or ()):
        try:
            rows[index] = _modelled(Answer, item) if isinstance(item, dict) else Answer.model_validate(item)
        except ValidationError as error:
            reading.findings.extend(reading.faults(Answer, ANSWERS_PATH, error, (index,)))
    return Answers(rows, tuple(reading.findings))


def header_in(raw: bytes) -> tuple[Header | None, int | None]:
    """Read a header by itself, and its records' format; None for what cannot be read, or is not known."""
    reading = _Reading(MemoryTree({HEADER_PATH: raw}))
    header = reading.read_header(None)
    if header is None:
        return None, None
    return None if header == stand_in_header() else header, reading.version


def header_of(tree: Tree) -> tuple[Header, int]:
    """Read a plan's header, or a stand-in for one that cannot be read, and its records' format.

    Raises:
        ServplanError: `newer-format`, if what its records say is not known to this servplan.
    """
    reading = _Reading(tree)
    header = reading.read_header(None)
    for finding in reading.findings:
        if finding.code == "newer-format":
            raise ServplanError(finding.code, **finding.params)
    return header or stand_in_header(), reading.version


def load_record(path: str, raw: bytes, version: int = FORMAT) -> Record | None:
    """Read one record by itself, written in a format's version; None where the file holds none to read."""
    return next(iter(records_in({path: raw}, version).values()), None)


def records_in(files: Mapping[str, bytes], version: int = FORMAT) -> Mapping[str, Record]:
    """Read some records by themselves, by id, written in a format's version; left out what cannot be read."""
    reading = _Reading(MemoryTree(files))
    reading.version = version
    reading.read_records(map(Entry, files))
    return reading.records


class _Reading:
    """One run through a tree, with what it has found so far."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.records: dict[str, Record] = {}
        self.unreadable: dict[str, str] = {}
        self.findings: list[Diagnostic] = []
        self.files = 0
        self.version = FORMAT

    def read_header(self, fault: str | None) -> Header | None:
        """Return the header; a stand-in if it is faulty, None if its format is not ours to read."""
        if fault:
            self._found(fault, HEADER_PATH)
            return stand_in_header()
        document = read_one(self.tree, HEADER_PATH)
        self.files += 1
        version = version_of(document.data) if document.data is not None else None
        if version is not None and not is_known(version):
            code = "newer-format" if version > FORMAT else "unknown-format"
            params = {"found": str(version), "known": str(FORMAT)}
            self.findings.append(Diagnostic(code, HEADER_PATH, ("servplan",), params=params))
            return None
        self.version = FORMAT if version is None else version
        return self._validated(Header, document, {}) or stand_in_header()

    def read_records(self, entries: Iterable[Entry]) -> None:
        """Read every record file among the tree's entries."""
        files = list(self._record_files(entries))
        self.files += len(files)
        for number, document in read_documents(self.tree, [file.path for file in files]):
            id_, path, kind = files[number]
            record = self._validated(kind, document, {"id": id_, "path": path})
            if record is None:
                self.unreadable[id_] = path
            else:
                self.records[id_] = record

    def _record_files(self, entries: Iterable[Entry]) -> Iterator[RecordFile]:
        """Yield the files that hold records, after noting what is wrong with their names."""
        seen: dict[str, str] = {}
        for path, fault, reason in entries:
            named_as_record = path.endswith(".yaml") or path.lower().endswith((".yaml", ".yml"))
            if fault and not named_as_record:
                self._found(fault, path, reason=reason)
            if path in (HEADER_PATH, ANSWERS_PATH) or not named_as_record:
                continue
            file = self._named(path)
            if file is None:
                continue
            if file.id in seen:
                self._found("taken-id", path, id=file.id, other=seen[file.id])
                continue
            seen[file.id] = path
            if fault:
                self._found(fault, path, reason=reason)
                self.unreadable[file.id] = path
            else:
                yield file

    def _named(self, path: str) -> RecordFile | None:
        """Return what a path's name says of its record; None if it is no place for one."""
        folder, _slash, name = path.rpartition("/")
        id_ = name.rpartition(".")[0]
        kind = _kind_in(folder)
        if kind is None:
            self._found("unknown-folder", path, folders=", ".join(BY_FOLDER))
        elif not path.endswith(".yaml"):
            self._found("wrong-extension", path)
        else:
            if fault := id_fault(id_):
                self._found("bad-id", path, id=id_, fault=fault)
            return RecordFile(id_, path, kind)
        self.unreadable.setdefault(id_, path)
        return None

    def _validated(self, model: type[M], document: Document, given: dict[str, str]) -> M | None:
        """Return the model of a document, or None after noting everything that is against it."""
        if document.fault:
            self.findings.append(document.fault)
        if document.data is None:
            return None
        data = document.data
        if self.version != FORMAT:
            data = upgraded("plan" if model is Header else getattr(model, "kind", ""), data, self.version)
        if taken := given.keys() & data.keys():
            data = {key: value for key, value in data.items() if key not in taken}
            self.findings.extend(_reserved(model, document.path, key) for key in sorted(taken))
        try:
            record = _modelled(model, {**data, **given})
        except ValidationError as error:
            self.findings.extend(self.faults(model, document.path, error))
            return None
        return None if taken else record

    def faults(
        self, model: type[BaseModel], path: str, error: ValidationError, above: Keys = ()
    ) -> Iterator[Diagnostic]:
        """Yield what a model has against the data of a file, or of the part of it that stands at `above`."""
        text = self.tree.read(path).decode()
        places = Places(text)

        def written(keys: Keys) -> str:
            span = places.find((*above, *keys))
            line = text.split("\n")[span.line - 1]
            return line[span.column - 1 : span.column - 1 + span.length]

        if any(_is_of_key(detail) for detail in error.errors(include_url=False)):
            yield read_exactly(path, text).fault or Diagnostic("key-not-text", path)
            return
        for code, keys, on_key, params in schema_faults(model, error, written):
            yield Diagnostic(code, path, (*above, *keys), on_key, params)

    def _found(self, code: str, path: str, **params: str) -> None:
        self.findings.append(Diagnostic(code, path, params=params, span=Span(1, 1)))


def _is_of_key(detail: "ErrorDetails") -> bool:
    return detail["type"] == "invalid_key" or "[key]" in detail["loc"]


def _modelled(model: type[M], data: "Data") -> M:
    """Return the model of a file's data, in which a known key without a value is as good as absent."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        empty = {tuple(detail["loc"]) for detail in error.errors(include_url=False) if _is_empty_key(detail)}
        if not empty:
            raise
        return model.model_validate(_without(empty, data))


def _is_empty_key(detail: "ErrorDetails") -> bool:
    known = detail["type"] not in ("extra_forbidden", "missing")
    return known and detail["input"] is None and isinstance(detail["loc"][-1], str)


def _without(places: Collection[Keys], value: "Value", above: Keys = ()) -> "Value":
    if isinstance(value, dict):
        kept = {key: item for key, item in value.items() if (*above, key) not in places}
        return {key: _without(places, item, (*above, key)) for key, item in kept.items()}
    if isinstance(value, list):
        return [_without(places, item, (*above, index)) for index, item in enumerate(value)]
    return value


def _reserved(model: type[BaseModel], path: str, key: str) -> Diagnostic:
    return Diagnostic("unknown-key", path, (key,), True, unknown_key(model, (key,)))
