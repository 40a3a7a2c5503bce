"""What becomes of a plan when a write is killed, the disk is full, a folder is read-only, or others write too."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from servplan.checks.registry import errors_of
from servplan.diagnostics import ServplanError
from servplan.files import store
from servplan.files.journal import FOLDER, NAME, Edit, begin, pending
from servplan.files.overlay import OverlayTree
from servplan.files.store import locked, write_edits
from servplan.files.tree import WorkTree
from servplan.load import load_plan
from tests import dying, plans
from tests.conftest import Outcome, Run

PLAN = {
    "goals/a.yaml": "title: A\nlevel: overall\n",
    "goals/b.yaml": "title: B\nlevel: target\nsupports: [a]\n",
    "goals/c.yaml": "title: C\nlevel: target\nsupports: a\n",
    "activities/d.yaml": "title: D\nsupports: [a]\n",
}
A, D = "data/goals/a.yaml", "data/activities/d.yaml"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs fork, signals, limits and /proc")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return plans.write(tmp_path / "plan", PLAN)


def data(root: Path) -> dict[str, str]:
    """Return every file of a plan's data, hidden ones included."""
    files = (path for path in (root / "data").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes().decode() for path in files}


def seen(root: Path) -> dict[str, str]:
    """Return the plan as a read command sees it: through the journal, without what is hidden."""
    tree = OverlayTree(WorkTree(root), pending(root))
    return {entry.path: tree.read(entry.path).decode() for entry in tree.files("data")}


def own(root: Path) -> list[str]:
    """Return what servplan keeps beside the plan."""
    return sorted(path.name for path in (root / FOLDER).iterdir())


# Killed at any moment

COMMANDS = {
    "one file": ["done", "d", "-m", "Klart"],
    "many files": ["rename", "a", "ny"],
    "a new record in a new folder": ["add", "owner", "Enhet", "--set", "type=unit"],
    "after one that was killed": ["start", "d"],
}


def begun(root: Path) -> dict[str, str]:
    """Leave a plan as a killed rename would, half of its files written; return the plan that it began."""
    after = {
        path: text.replace("[a]", "[ny]").replace(": a\n", ": ny\n") for path, text in data(root).items()
    }
    after["data/goals/ny.yaml"] = after.pop(A)
    paths = sorted({*after, *data(root)})
    edits = [Edit(path, data(root).get(path), after.get(path)) for path in paths]
    (root / FOLDER).mkdir()
    begin(root, [edit for edit in edits if edit.before != edit.after])
    (root / "data/goals/b.yaml").write_text(after["data/goals/b.yaml"], encoding="utf-8")
    (root / "data/goals/.c.yaml.4711.tmp").write_text("tit", encoding="utf-8")
    return after


class Ends(NamedTuple):
    """How runs ended that were stopped one operation later each time, and all operations of one that was not."""

    roots: list[Path]
    codes: list[int]
    said: list[str]
    operations: list[str]


def stopped(plan: Path, folder: Path, command: list[str], how: str, first: int = 1) -> Ends:
    """Stop a command at every operation from the `first` on, on copies in `folder`; see `dying.py`."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, dying.__file__, str(plan), str(folder), how, str(first), *command],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={
            "PATH": "/usr/bin:/bin",
            "SERVPLAN_TODAY": "2014-01-20",
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
    )
    assert (done.returncode, done.stderr) == (0, "")
    ends = json.loads(done.stdout)
    roots = [folder / str(first + number) for number in range(len(ends["codes"]))]
    return Ends(roots, ends["codes"], ends["said"], ends["operations"])


def healed(root: Path, possible: Sequence[dict[str, str]]) -> dict[str, str]:
    """Hold what a stopped run left to be whole: as it is read, and the same once the next write has healed it."""
    reading = seen(root)
    assert reading in possible
    with locked(root):
        assert data(root) == reading
    assert own(root) == [".gitignore", "lock"]
    return reading


@LINUX
@pytest.mark.parametrize("what", COMMANDS)
def test_a_command_killed_at_any_operation_has_happened_or_not_and_the_next_one_heals(
    plan: Path, tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.0)  # a stale lock would be found
    between = begun(plan) if what == "after one that was killed" else data(plan)
    ends = stopped(plan, tmp_path / "runs", COMMANDS[what], "killed")
    after = data(ends.roots[-1])
    assert after != between
    assert ends.codes == [-signal.SIGKILL] * len(ends.operations) + [0]
    happened = [healed(root, (between, after)) == after for root in ends.roots]
    assert happened == sorted(happened), "once a change has happened it stays so"
    assert happened.count(False) >= 12
    assert happened.count(True) >= 2


@LINUX
@pytest.mark.parametrize("how", ["refused", "forsaken"])
@pytest.mark.parametrize("what", COMMANDS)
def test_a_command_of_which_any_operation_is_refused_has_done_nothing_if_it_says_so(
    plan: Path, tmp_path: Path, what: str, how: str
) -> None:
    between = begun(plan) if what == "after one that was killed" else data(plan)
    ends = stopped(plan, tmp_path / "runs", COMMANDS[what], how)
    after = data(ends.roots[-1])
    for root, code, said in zip(ends.roots, ends.codes, ends.said, strict=True):
        left = healed(root, (between, after))
        assert code in (0, 2, 3), said
        assert "Traceback" not in said
        if code == 0:
            assert left == after, root
        elif UNFINISHED not in said:
            assert left == between, said
        elif what != "after one that was killed":
            assert left == after, said


UNFINISHED = "En ändring som påbörjats kunde inte slutföras: "


@LINUX
def test_the_journal_is_on_the_disk_before_the_first_file_changes_and_goes_after_the_last(
    plan: Path, tmp_path: Path
) -> None:
    steps = [
        re.sub(r"\.[0-9]+\.tmp", ".tmp", line)
        for line in stopped(plan, tmp_path / "runs", ["rename", "a", "ny"], "killed", dying.MOST).operations
        if line.startswith(("fsync", "os.rename", "os.remove"))
    ]
    assert steps[steps.index("fsync data/goals/.b.yaml.tmp") :] == [
        "fsync data/goals/.b.yaml.tmp",
        "fsync data/goals/.c.yaml.tmp",
        "fsync data/activities/.d.yaml.tmp",
        "fsync data/goals/.ny.yaml.tmp",
        "fsync .servplan/.journal.json.tmp",
        "os.rename .servplan/.journal.json.tmp",
        "fsync .servplan",
        "os.rename data/goals/.b.yaml.tmp",
        "os.rename data/goals/.c.yaml.tmp",
        "os.rename data/activities/.d.yaml.tmp",
        "os.remove data/goals/a.yaml",
        "os.rename data/goals/.ny.yaml.tmp",
        "fsync data/goals",
        "fsync data/activities",
        "os.remove .servplan/journal.json",
        "fsync .servplan",
    ]


def test_a_killed_command_is_healed_by_the_next_one_as_a_person_gives_it(plan: Path, servplan: Run) -> None:
    after = begun(plan)
    assert json.loads(servplan("show", "c", "--format", "json", plan=plan).out)["supports"] == ["ny"]
    assert servplan("done", "d", plan=plan).code == 0
    entry = "log:\n  - {date: 2014-01-20, status: done}\n"
    assert data(plan) == after | {D: after[D] + entry}
    assert own(plan) == [".gitignore", "lock"]


# A full disk

LIMITED = """\
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
from servplan.__main__ import main
main()
"""


def limited(root: Path, size: int, *arguments: str) -> Outcome:
    """Run servplan where no file may grow above a size: writing fails as on a full disk."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(size), "--plan", str(root), *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={"PATH": "/usr/bin:/bin", "SERVPLAN_TODAY": "2014-01-20"},
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


@LINUX
@pytest.mark.parametrize("what", ["one file", "many files"])
def test_where_a_file_cannot_be_written_whole_nothing_is_and_the_next_command_is_free(
    plan: Path, what: str, servplan: Run
) -> None:
    before, command = data(plan), COMMANDS[what]
    for size in (0, 5):  # not even .gitignore; no record
        failed = limited(plan, size, *command)
        assert (failed.code, failed.out) == (3, "")
        assert "kan inte skrivas: File too large." in failed.err
        assert data(plan) == before
        assert set(own(plan)) <= {".gitignore", "lock"}
    assert servplan(*command, plan=plan).code == 0


@LINUX
def test_a_full_disk_stops_a_journal_and_its_change_leaves_no_trace(plan: Path, servplan: Run) -> None:
    before = data(plan)
    failed = limited(plan, 200, "rename", "a", "ny")
    said = f"{plan / NAME} kan inte skrivas: File too large.\n"
    remedy = "→ Se efter vem som får skriva där och om disken har plats; inget lämnades halvskrivet.\n"
    assert failed == (3, "", said + remedy)
    assert data(plan) == before
    assert own(plan) == [".gitignore", "lock"]
    assert servplan("rename", "a", "ny", plan=plan).code == 0


@LINUX
def test_a_full_disk_keeps_a_begun_change_for_later(plan: Path, servplan: Run) -> None:
    after = begun(plan)
    failed = limited(plan, 5, "done", "d")
    assert (failed.code, failed.out) == (3, "")
    assert failed.err.startswith("En ändring som påbörjats kunde inte slutföras: ")
    assert seen(plan) == after
    assert servplan("show", "ny", plan=plan).code == 0
    assert servplan("start", "d", plan=plan).code == 0
    assert data(plan).keys() == after.keys()
    assert own(plan) == [".gitignore", "lock"]


ON_A_SMALL_DISK = """\
import os, pathlib, shutil, subprocess, sys
source, disk, *command = sys.argv[1:]
disk = pathlib.Path(disk)
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", disk], check=True)
root = shutil.copytree(source, disk / "plan")

def state():
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}

filler = (disk / "filler").open("wb", buffering=0)
try:
    while filler.write(b"x" * 4096):
        pass
except OSError:
    pass
before = state()
pages = os.fstat(filler.fileno()).st_size // 4096
for free in range(40):
    os.ftruncate(filler.fileno(), (pages - free) * 4096)
    done = subprocess.run([sys.executable, "-m", "servplan", "--plan", root, *command], capture_output=True)
    kept = {path: text for path, text in state().items() if "/.servplan/" not in path}
    if not done.returncode:
        print(free, "free pages")
        break
    assert (done.returncode, done.stdout) == (3, b""), done
    assert b"No space left on device" in done.stderr, done
    assert kept == before, free
    assert not [path for path in state() if path.endswith((".tmp", "journal.json"))], free
"""


def mounting() -> list[str] | None:
    """Return how to run a program that may mount a disk of its own; None where the machine does not let us."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return None
    way = [unshare, "--user", "--map-root-user", "--mount"]
    tried = subprocess.run([*way, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False)
    return None if tried.returncode else way


@pytest.mark.skipif(mounting() is None, reason="needs the right to mount a small disk (unshare)")
@pytest.mark.parametrize("what", ["one file", "many files"])
def test_on_a_really_full_disk_a_command_does_nothing_until_there_is_room(
    plan: Path, tmp_path: Path, what: str
) -> None:
    (tmp_path / "disk").mkdir()
    done = subprocess.run(
        [
            *(mounting() or ()),
            sys.executable,
            "-c",
            ON_A_SMALL_DISK,
            plan,
            tmp_path / "disk",
            *COMMANDS[what],
        ],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "SERVPLAN_TODAY": "2014-01-20"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout.split()[0]) >= (1 if what == "one file" else 5)


# A folder that may not be written


def binding() -> list[str] | None:
    """Return how to run a program that rights bind, as they bind everyone but root; None where we cannot."""
    if os.name != "posix" or os.geteuid():
        return []
    setpriv = shutil.which("setpriv")
    return [setpriv, "--bounding-set", "-dac_override,-dac_read_search"] if setpriv else None


def bound(root: Path, *arguments: str) -> Outcome:
    done = subprocess.run(
        [*(binding() or ()), sys.executable, "-m", "servplan", "--plan", str(root), *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={"PATH": "/usr/bin:/bin", "SERVPLAN_TODAY": "2014-01-20"},
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


@LINUX
@pytest.mark.skipif(binding() is None, reason="root is bound by no rights here (needs setpriv)")
@pytest.mark.parametrize(
    ("path", "mode", "said"),
    [
        (".", 0o555, FOLDER),
        (FOLDER, 0o555, FOLDER),
        (FOLDER, 0o000, NAME),
        ("data/activities", 0o555, D),
        (D, 0o444, D),
    ],
)
@pytest.mark.parametrize("what", ["one file", "many files"])
def test_what_may_not_be_written_is_named_and_every_file_stays_as_it_is(
    plan: Path, what: str, path: str, mode: int, said: str
) -> None:
    if path == FOLDER:
        (plan / FOLDER).mkdir()
    before, rights = data(plan), (plan / path).stat().st_mode
    (plan / path).chmod(mode)
    done = bound(plan, *COMMANDS[what])
    (plan / path).chmod(rights)
    assert (done.code, done.out) == (3, "")
    assert "Permission denied" in done.err
    assert said in done.err
    assert data(plan) == before
    assert bound(plan, *COMMANDS[what]).code == 0
    assert own(plan) == [".gitignore", "lock"]


# Other hands

MEANWHILE = """\
import sys
from servplan.__main__ import main
left = [sys.argv.pop(1)]

def hook(event, arguments):
    if event == "open" and str(arguments[0]).endswith(".tmp") and "data" in str(arguments[0]) and left:
        with open(left.pop(), "a") as file:
            file.write("# meanwhile\\n")

sys.addaudithook(hook)
main()
"""


@pytest.mark.parametrize(
    ("path", "command"),
    [
        (D, ["done", "d"]),
        (D, ["log", "d", "-m", "Nytt"]),
        (A, ["assess", "a", "--as", "expected"]),
        ("data/boxes/e.yaml", ["tick", "e"]),
        (D, ["set", "d", "note", "Nytt"]),
        (D, ["decide", "d", "--body", "KS"]),
        (D, ["retire", "b", "d", "--reason", "Ersatt"]),
        (D, ["rename", "a", "ny"]),
        ("data/goals/ny.yaml", ["rename", "a", "ny"]),
        ("data/owners/enhet.yaml", ["add", "owner", "Enhet", "--set", "type=unit"]),
    ],
)
def test_a_file_that_changes_between_proof_and_write_is_said_and_nothing_is_written(
    plan: Path, path: str, command: list[str]
) -> None:
    plans.write(plan, {"programmes/p.yaml": "title: P\n", "boxes/e.yaml": "title: E\nprogramme: p\n"})
    before = data(plan)
    done = subprocess.run(
        [sys.executable, "-c", MEANWHILE, str(plan / path), "--plan", str(plan), *command],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={"PATH": "/usr/bin:/bin", "SERVPLAN_TODAY": "2014-01-20"},
    )
    said = f"{path} ändrades medan ändringen gjordes; inget skrevs.\n→ Försök igen.\n"
    assert (done.returncode, done.stdout, done.stderr) == (3, "", said)
    after = data(plan)
    assert after.pop(path) == before.pop(path, "") + "# meanwhile\n"
    assert after == before
    assert own(plan) == [".gitignore", "lock"]


def at_once(plan: Path, commands: list[list[str]]) -> None:
    """Run commands at the same time; all have to succeed, without a word on stderr."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "servplan", "--plan", str(plan), *command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for command in commands
    ]
    ends = [(process.communicate()[1].decode(), process.returncode) for process in running]
    assert ends == [("", 0)] * len(commands)


def test_eight_processes_that_write_the_same_record_lose_no_entry(plan: Path) -> None:
    at_once(plan, [["log", "d", "-m", f"Nummer {number}"] for number in range(8)])
    loaded = load_plan(WorkTree(plan))
    assert loaded.unreadable == []
    assert {entry.note for entry in loaded.plan.records["d"].log} == {f"Nummer {n}" for n in range(8)}  # type: ignore[attr-defined]
    assert own(plan) == [".gitignore", "lock"]


def test_eight_processes_that_write_many_records_and_rename_lose_nothing(plan: Path) -> None:
    at_once(
        plan,
        [
            ["rename", "a", "ny"],
            ["log", "a", "-m", "Om målet"],
            ["rename", "d", "resa"],
            ["log", "d", "-m", "Ett"],
            ["done", "d", "-m", "Klart"],
            ["set", "c", "note", "Anmärkning"],
            ["log", "b", "c", "-m", "Båda"],
            ["add", "activity", "Ny sak", "--supports", "b", "--valid-from", "2013-01-01"],
        ],
    )
    loaded = load_plan(WorkTree(plan))
    notes = {id_: [entry.note for entry in record.log] for id_, record in loaded.plan.records.items()}  # type: ignore[attr-defined]
    assert {id_: sorted(told) for id_, told in notes.items()} == {
        "ny": ["Om målet"],
        "b": ["Båda"],
        "c": ["Båda"],
        "resa": ["Ett", "Klart"],
        "ny-sak": [],
    }
    assert [loaded.plan.records[id_].supports for id_ in ("b", "c", "resa")] == [("ny",)] * 3  # type: ignore[attr-defined]
    assert loaded.plan.records["c"].note == "Anmärkning"
    assert {item.code for item in errors_of(loaded)} <= {"bad-id"}
    assert own(plan) == [".gitignore", "lock"]


READ_MEANWHILE = """\
import subprocess, sys
from servplan.__main__ import main
plan = sys.argv[2]
left = [["rename", "a", "ny"], ["rename", "ny", "nyare"]]

def hook(event, arguments):
    if event == "open" and str(arguments[0]).endswith("goals/c.yaml") and left:
        subprocess.run([sys.executable, "-m", "servplan", "--plan", plan, *left.pop(0)], check=True, stdout=2)

sys.addaudithook(hook)
main()
"""


def test_a_plan_that_changes_while_it_is_read_is_seen_whole(plan: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ_MEANWHILE, "--plan", str(plan), "list", "goals", "--format", "json"],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={"PATH": "/usr/bin:/bin", "SERVPLAN_TODAY": "2014-01-20"},
    )
    rows = {row["id"]: row.get("supports", []) for row in json.loads(done.stdout)}
    assert rows == {"nyare": [], "b": ["nyare"], "c": ["nyare"]}


# A file that the system refuses in the midst of a change


def immutable(path: Path, on: bool) -> bool:
    chattr = shutil.which("chattr")
    done = chattr and subprocess.run([chattr, "+i" if on else "-i", path], capture_output=True, check=False)
    return bool(done) and done.returncode == 0


@pytest.fixture
def fixed(plan: Path) -> Iterator[Path]:
    """A plan of which one file can be neither replaced nor deleted, as one that is open is on Windows."""
    if not immutable(plan / A, True):
        immutable(plan / A, False)
        pytest.skip("needs the right to make a file immutable (chattr)")
    yield plan
    immutable(plan / A, False)


def test_where_a_later_file_is_refused_the_ones_before_are_put_back(fixed: Path) -> None:
    before = data(fixed)
    edits = [Edit(D, before[D], "title: D2\n"), Edit(A, before[A], None)]
    with pytest.raises(ServplanError) as caught, locked(fixed):
        write_edits(fixed, edits)
    assert (caught.value.code, caught.value.params["path"]) == ("cannot-write", str(fixed / A))
    assert data(fixed) == before
    assert own(fixed) == [".gitignore", "lock"]
