"""The error corpus: `errors/<code>/<sample>/` holds a plan with faults and, line by line, what is said of it.

A sample's `plan/` is laid over a healthy one. What git cannot hold well is built here, by name. The expected
lines are `path:line:column: code: message`, in the order of the places; `none/` holds what is no fault.
"""

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from servplan.checks.registry import run_checks
from servplan.diagnostics import Diagnostic, Span
from servplan.files.tree import Entry, MemoryTree, WorkTree
from servplan.load import Loaded, load_plan
from servplan.model.ids import id_fault
from servplan.render.findings import Findings, findings_text
from servplan.render.messages import hint, message
from servplan.render.words import Words
from tests.conftest import Run
from tests.plans import HEADER, write

CORPUS = Path(__file__).parent / "errors"
SAMPLES = sorted(str(path.parent.relative_to(CORPUS)) for path in CORPUS.glob("*/*/expected.txt"))
SECONDS = 2
"""How long any sample may take, whatever its files hold."""

HEALTHY = {
    "owners/landsbygd.yaml": "title: Landsbygd\ntype: unit\n",
    "goals/levande-bygd.yaml": "title: Levande bygd\nlevel: overall\n",
    "activities/frisk.yaml": "title: Frisk\nsupports: [levande-bygd]\nowners: [landsbygd]\n",
}
UNREAD = ("newer-format/two", "unknown-format/zero")
"""Where nothing is read, because the plan's format is not known."""

ACTIVITY = "title: Besöka Boden\nsupports: [levande-bygd]\nowners: [landsbygd]\n"
RECORD = "data/activities/besoka-boden.yaml"
Build = Callable[[Path], object]


def raw(content: bytes, path: str = RECORD) -> Build:
    def build(plan: Path) -> None:
        (plan / path).parent.mkdir(parents=True, exist_ok=True)
        (plan / path).write_bytes(content)

    return build


def fifo(plan: Path) -> None:
    os.mkfifo(plan / RECORD)


def link(target: str, path: str = RECORD) -> Build:
    def build(plan: Path) -> None:
        (plan.parent / "outside").mkdir()
        (plan.parent / "outside/hemligt.yaml").write_text("title: Hemligt\n", encoding="utf-8")
        (plan / path).symlink_to((plan / path).parent / target)

    return build


KEYS = "".join(f"key{number}: värde {number}\n" for number in range(230_000))

BUILT: dict[str, Build] = {
    "bad-id/device-name": raw(ACTIVITY.encode(), "data/activities/aux.yaml"),
    "bad-id/swedish-letters": raw(ACTIVITY.encode(), "data/activities/besöka-boden.yaml"),
    "bad-id/line-feed": raw(ACTIVITY.encode(), "data/activities/besoka\n\x1b[31mboden.yaml"),
    "bad-id/not-utf8": raw(ACTIVITY.encode(), os.fsdecode(b"data/activities/bes\xf6ka.yaml")),
    "bad-link/link-out-of-the-plan": lambda plan: (
        link("../../outside/hemligt.yaml", "data/underlag.pdf")(plan),
        raw(f"{ACTIVITY}log: [{{date: 2013-03-04, evidence: data/underlag.pdf}}]\n".encode())(plan),
    ),
    "cannot-read/no-header": lambda plan: (plan / "data/plan.yaml").unlink(),
    "cannot-read/no-permission": lambda plan: (
        raw(ACTIVITY.encode())(plan),
        (plan / RECORD).chmod(0),
    ),
    "cannot-read/folder-without-permission": lambda plan: (
        raw(ACTIVITY.encode(), "data/activities/2013/besoka-boden.yaml")(plan),
        (plan / "data/activities/2013").chmod(0),
    ),
    "control-character/byte-order-mark": raw(b"\xef\xbb\xbf" + ACTIVITY.encode()),
    "control-character/carriage-returns-alone": raw(ACTIVITY.replace("\n", "\r").encode()),
    "control-character/escape-sequence": raw(f"{ACTIVITY}note: \x1b[31mRött\n".encode()),
    "control-character/null": raw(f"{ACTIVITY}note: Bo\0den\n".encode()),
    "link-outside/file": link("../../../outside/hemligt.yaml"),
    "link-outside/folder": link("../../outside", "data/programmes"),
    "link-outside/header": lambda plan: (
        shutil.move(plan / "data/plan.yaml", plan.parent / "plan.yaml"),
        (plan / "data/plan.yaml").symlink_to("../../plan.yaml"),
    ),
    "none/windows-line-ends": raw(ACTIVITY.replace("\n", "\r\n").encode()),
    "none/link-inside-the-plan": lambda plan: (
        raw(ACTIVITY.encode(), "underlag/boden.txt")(plan),
        (plan / RECORD).symlink_to("../../underlag/boden.txt"),
    ),
    "not-a-file/folder-named-as-record": lambda plan: (plan / RECORD).mkdir(),
    "not-a-file/link-to-itself": link("besoka-boden.yaml"),
    "not-a-file/link-to-nothing": link("nowhere.yaml"),
    "not-a-file/pipe": fifo,
    "not-utf8/latin-1": raw(ACTIVITY.encode("latin-1")),
    "not-utf8/utf-16": raw(ACTIVITY.encode("utf-16")),
    "not-utf8/utf-16-without-mark": raw(ACTIVITY.encode("utf-16-le")),
    "too-deep/brackets": raw(f"{ACTIVITY}tags: {'[' * 30_000}{']' * 30_000}\n".encode()),
    "too-deep/dashes": raw(f"{ACTIVITY}tags:\n  {'- ' * 30_000}x\n".encode()),
    "too-deep/question-marks": raw(f"{ACTIVITY}{'? ' * 30_000}x\n".encode()),
    "too-large/keys": raw(KEYS.encode()),
    "wrong-extension/upper-case": raw(ACTIVITY.encode(), "data/activities/besoka-boden.YAML"),
    "yaml-syntax/many-keys": raw(f'{KEYS[:200_000]}\nnote: "\n'.encode()),
}
ONLY_FOR_OTHERS = {name for name in BUILT if name.endswith("permission")}


def build_plan(folder: Path, sample: str) -> Path:
    """Make a healthy plan, and lay a sample over it."""
    plan = write(folder / "plan", HEALTHY)
    if (CORPUS / sample / "plan").is_dir():
        shutil.copytree(CORPUS / sample / "plan", plan, dirs_exist_ok=True)
    if sample in BUILT:
        BUILT[sample](plan)
    return plan


def findings_of(loaded: Loaded) -> list[Diagnostic]:
    placed = map(loaded.placed, run_checks(loaded))
    return sorted(placed, key=lambda finding: (finding.path, finding.span or Span(1, 1), finding.code))


def lines(findings: list[Diagnostic]) -> list[str]:
    """One line a finding; what no line of text can hold is escaped."""
    english = Words("en")
    return [
        "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in line)
        for item in findings
        if (span := item.span)
        for line in [f"{item.path}:{span.line}:{span.column}: {item.code}: {message(item, english)}"]
    ]


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_gives_the_expected_findings(sample: str, tmp_path: Path) -> None:
    if sample in ONLY_FOR_OTHERS and os.geteuid() == 0:
        pytest.skip("root may read everything")
    plan = build_plan(tmp_path, sample)
    began = time.perf_counter()
    loaded = load_plan(WorkTree(plan))
    found = findings_of(loaded)
    shown = list(findings_text(Findings(found, loaded.placed, loaded.text), Words("en"), show_all=True))
    took = time.perf_counter() - began
    if sample in ONLY_FOR_OTHERS:
        for path in (plan / "data/activities").iterdir():
            path.chmod(0o700)
    expected = (CORPUS / sample / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert lines(found) == expected
    assert ("frisk" in loaded.plan.records) == (sample not in UNREAD)
    assert all(hint(finding, Words("en")) for finding in found)
    assert "Hemligt" not in "".join(shown)
    assert took < SECONDS


def test_every_sample_has_a_plan_and_is_filed_under_a_code_that_it_shows() -> None:
    for sample in SAMPLES:
        code = sample.split("/")[0]
        expected = (CORPUS / sample / "expected.txt").read_text(encoding="utf-8")
        assert (CORPUS / sample / "plan").is_dir() or sample in BUILT
        assert f": {code}: " in expected or code == "several" or (code == "none" and expected == "")
    assert set(BUILT) <= set(SAMPLES)
    assert len(SAMPLES) >= 100


class Locked(MemoryTree):
    """A tree in which one file may not be read."""

    def read(self, path: str) -> bytes:
        if path == RECORD:
            raise PermissionError(13, "Permission denied")
        return super().read(path)


def test_a_file_that_may_not_be_read_is_a_finding_and_the_others_are_read() -> None:
    files = {f"data/{path}": text for path, text in HEALTHY.items()} | {
        "data/plan.yaml": HEADER,
        RECORD: ACTIVITY,
    }
    loaded = load_plan(Locked(files))
    assert lines(findings_of(loaded)) == [
        f"{RECORD}:1:1: cannot-read: The file cannot be read: Permission denied."
    ]
    assert set(loaded.plan.records) == {"landsbygd", "levande-bygd", "frisk"}
    assert loaded.plan.unreadable == {"besoka-boden": RECORD}


class Closed(MemoryTree):
    """A tree in which one folder may not be listed."""

    def files(self, folder: str) -> list[Entry]:
        kept = [entry for entry in super().files(folder) if "/goals/" not in entry.path]
        return sorted([*kept, Entry("data/goals", "cannot-read", "Permission denied")])


def test_a_folder_that_may_not_be_listed_is_a_finding() -> None:
    loaded = load_plan(
        Closed({"data/plan.yaml": HEADER, "data/owners/landsbygd.yaml": "title: L\ntype: unit\n"})
    )
    assert lines(findings_of(loaded)) == [
        "data/goals:1:1: cannot-read: The file cannot be read: Permission denied."
    ]
    assert set(loaded.plan.records) == {"landsbygd"}


APART = ("cannot-read/no-header", "link-outside/header", *UNREAD)
"""Samples that leave no plan to lay others into."""


def merge(plan: Path, folder: Path) -> set[str]:
    """Lay all samples but those about the header into one plan, and return the codes they are to show."""
    codes = set()
    for number, sample in enumerate(SAMPLES):
        brings_header = any(
            (CORPUS / sample / "plan/data" / name).exists() for name in ("plan.yaml", "audit.yaml")
        )
        if brings_header or sample in APART or (sample in ONLY_FOR_OTHERS and os.geteuid() == 0):
            continue
        move_records(build_plan(folder / sample, sample), plan, number)
        expected = (CORPUS / sample / "expected.txt").read_text(encoding="utf-8")
        codes |= {line.split(": ")[1] for line in expected.splitlines()}
    return codes


def move_records(source: Path, plan: Path, number: int) -> None:
    """Move a sample's records into another plan, under ids that are its own there."""
    healthy = {"data/plan.yaml", *(f"data/{path}" for path in HEALTHY)}
    own = [entry for entry in WorkTree(source).files("data") if entry.path not in healthy]
    stems = {Path(path).stem for path, _fault, _reason in own if id_fault(Path(path).stem) is None}
    for path, fault, _reason in own:
        old, stem = source / path, Path(path).stem
        name = old.name.replace(stem, f"{stem}-{number}") if stem in stems else old.name
        new = plan / Path(path).parent / str(number) / name
        new.parent.mkdir(parents=True, exist_ok=True)
        if not fault:
            content = old.read_bytes()
            for each in sorted(stems):
                content = content.replace(each.encode(), f"{each}-{number}".encode())
            old.write_bytes(content)
        old.rename(new)


def test_a_plan_of_all_faults_is_checked_in_one_run_without_a_traceback(
    servplan: Run, tmp_path: Path
) -> None:
    plan = write(tmp_path / "plan", HEALTHY)
    codes = merge(plan, tmp_path)
    text = servplan("--lang", "en", "check", "--all", plan=plan)
    assert (text.code, text.err) == (1, "")
    found = servplan("--lang", "en", "check", "--format", "json", plan=plan)
    assert (found.code, found.err) == (1, "")
    told = json.loads(found.out)
    assert {finding["code"] for finding in told["findings"]} >= codes
    assert told["errors"] == sum(finding["severity"] == "error" for finding in told["findings"])
    assert "Traceback" not in text.out
    assert text.out.splitlines()[-1].split(", ")[1] == f"{told['errors']} errors"
