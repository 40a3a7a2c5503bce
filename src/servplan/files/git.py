"""The only module that runs git: commands by list, without the caller's `GIT_*`, paths after `--`."""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, NamedTuple, cast

from servplan.diagnostics import ServplanError, UsageError
from servplan.files.tree import Entry

_SAFE = (
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c",
    "core.quotePath=false",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "log.showRoot=true",
    "-c",
    "log.follow=false",
    "-c",
    "log.diffMerges=separate",
    "-c",
    "log.showSignature=false",
)
_KEPT = (
    "GIT_AUTHOR_NAME",
    "GIT_AUTHOR_EMAIL",
    "GIT_COMMITTER_NAME",
    "GIT_COMMITTER_EMAIL",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_SSH_VARIANT",
    "GIT_ASKPASS",
    "GIT_SSL_CAINFO",
)
"""The caller's variables that git sees: who commits, and how a remote is reached; not where to look."""
_ALONE = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    # Users may have allowed folders that others own; git asks for that nowhere but in their settings.
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "safe.directory",
    "GIT_CONFIG_VALUE_0": "*",
}
"""Git without the user's and the machine's settings: no hooks, filters or line ends but the plan's own."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?=T)")
MOST_CONFLICTS = 127
"""`git merge-file` ends with the number of conflicts, this one for more; above it, with an error."""


def run(root: Path, *arguments: str) -> str:
    """Run git in a plan's folder and return what it prints; see `run_bytes`."""
    return run_bytes(root, *arguments).decode(errors="replace")


def run_bytes(root: Path, *arguments: str, given: bytes = b"", alone: bool = False) -> bytes:
    """Run git in a plan's folder, give it something to read, and return what it prints.

    `alone` leaves out what the user and the machine have set, so that it does the same everywhere.

    Raises:
        ServplanError: `no-git`, if git is not there; else what `failure` makes of it.
    """
    return _printed(arguments[0], _done(root, arguments, given, told=_ALONE if alone else None))


def ask(root: Path, *arguments: str) -> str | None:
    """Run a git command that ends with 1 where it has no answer; return what it prints, None for no answer.

    Raises:
        ServplanError: `no-git`, if git is not there; `git-failed`, if it ends in any other way.
    """
    done = _done(root, arguments)
    return None if done.returncode == 1 else _printed(arguments[0], done).decode(errors="replace")


def _printed(command: str, done: "subprocess.CompletedProcess[bytes]") -> bytes:
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip() or done.stdout.decode(errors="replace").strip()
        raise failure(command, said)
    return done.stdout


def failure(command: str, said: str) -> ServplanError:
    """Return why a git command failed: `no-identity`, or `git-failed` with what it said."""
    if "tell me who you are" in said:
        return ServplanError("no-identity")
    return ServplanError("git-failed", command=command, said=said)


class Answer(NamedTuple):
    """How a git command ended, and what it said on its two streams."""

    code: int
    out: str
    err: str


def attempt(
    root: Path, *arguments: str, may_ask: bool | None = None, told: Mapping[str, str] | None = None
) -> Answer:
    """Run a git command whose failing says something, and return how it went.

    For a command that speaks with a remote, `may_ask` tells whether git and ssh may ask for a password on the
    terminal; if not, they are kept from it. `told` are variables for what git runs.

    Raises:
        ServplanError: `no-git`, if git is not there.
    """
    done = _done(root, arguments, may_ask=may_ask, told=told)
    return Answer(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


def _done(
    root: Path,
    arguments: Sequence[str],
    given: bytes = b"",
    may_ask: bool | None = None,
    told: Mapping[str, str] | None = None,
) -> "subprocess.CompletedProcess[bytes]":
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {name: os.environ[name] for name in _KEPT if name in os.environ} | {**(told or {})}
    asking = {"GIT_TERMINAL_PROMPT": "1" if may_ask else "0"}
    try:
        process = subprocess.Popen(  # noqa: S603 (a list, no shell)
            ["git", *_SAFE, "-C", str(root), *arguments],  # noqa: S607
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment | {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1"} | asking,
            start_new_session=may_ask is False,  # without a terminal, ssh cannot ask either
        )
    except FileNotFoundError:
        raise ServplanError("no-git") from None
    answer, complaint = _converse(process, given)
    return subprocess.CompletedProcess(process.args, process.returncode, answer, complaint)


def _converse(process: "subprocess.Popen[bytes]", given: bytes) -> tuple[bytes, bytes]:
    """Give a process what it is to read and return what it writes.

    `Popen.communicate` would do, but it polls for every few hundred bytes: slow for a plan's many texts.
    """
    stdin, stdout, stderr = cast("tuple[IO[bytes], ...]", (process.stdin, process.stdout, process.stderr))
    with process, ThreadPoolExecutor(2) as others:
        complaint = others.submit(stderr.read)
        others.submit(_feed, stdin, given)
        answer = stdout.read()
    return answer, complaint.result()


def _feed(stream: IO[bytes], given: bytes) -> None:
    with suppress(BrokenPipeError), stream:  # who ends early says why on stderr
        stream.write(given)


def top_of(folder: Path) -> Path | None:
    """Return the top of the repository that a folder lies in, or would lie in; None where there is none.

    Raises:
        ServplanError: `git-failed`, if git refuses the repository, as it does one of another user's.
    """
    there = next(place for place in (folder, *folder.parents) if place.is_dir())
    answer = attempt(there, "rev-parse", "--show-toplevel")
    if "not a git repository" in answer.err:
        return None
    if answer.code:
        raise ServplanError("git-failed", command="rev-parse", said=answer.err.strip())
    return Path(answer.out.rstrip("\n"))


class Commit(NamedTuple):
    """A commit: its object id and the day it was made."""

    id: str
    day: date


def find_commit(root: Path, revision: str) -> Commit:
    """Return the commit that a revision names; only object ids go further, so that no option slips in.

    Raises:
        UsageError: `unknown-revision`, if it names none.
        ServplanError: `no-repository`, `no-commit`; `shallow-history`, if the clone lacks a part of history.
    """
    try:
        asked = f"{revision}^{{commit}}"
        found = run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", asked).strip()
    except ServplanError as error:
        if error.code != "git-failed":
            raise
        raise _not_found(root, revision) from None
    made = run(root, "show", "--no-patch", "--format=%cI", found).strip()
    return Commit(found, commit_day(made))


def commit_day(moment: str) -> date:
    """Return a commit's day from git's strict form; the calendar's first or last for what it has not."""
    if found := _DAY.match(moment):
        with suppress(ValueError):
            return date.fromisoformat(found[0])
    return date.max if moment[:5].isdecimal() else date.min


def _not_found(root: Path, revision: str) -> ServplanError:
    """Return why a revision names no commit: no repository, one cut short, or a mistake."""
    if top_of(root) is None:
        return ServplanError("no-repository", folder=str(root))
    if run(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        return ServplanError("shallow-history", given=revision)
    return (
        ServplanError("no-commit") if revision == "HEAD" else UsageError("unknown-revision", given=revision)
    )


def merge_base(root: Path, ids: Iterable[str]) -> str | None:
    """Return the object id of the last commit that some have in common; None if they have none.

    Raises:
        ServplanError: `git-failed`, if the repository lacks one of them.
    """
    base = ask(root, "merge-base", "--octopus", *ids)
    return base and base.strip()


class Objects:
    """A repository's file contents by object id, each read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._contents: dict[str, bytes] = {}

    def fetch(self, ids: Iterable[str]) -> None:
        """Read those that are not known yet, all by one `cat-file --batch`."""
        wanted = sorted({id_ for id_ in ids if id_ not in self._contents})
        if wanted:
            batch = run_bytes(
                self._root, "cat-file", "--batch", "--buffer", given="\n".join([*wanted, ""]).encode()
            )
            self._contents.update(_objects_in(batch))

    def __contains__(self, object_id: str) -> bool:
        """Tell whether an object has been fetched."""
        return object_id in self._contents

    def __getitem__(self, object_id: str) -> bytes:
        """Return the bytes of an object that was fetched."""
        return self._contents[object_id]


class GitTree:
    """A plan's files as a commit has them: listed once, read once, whatever the work tree holds."""

    def __init__(self, root: Path, commit: Commit, objects: Objects | None = None) -> None:
        self._root = root
        self._commit = commit
        self._contents = objects or Objects(root)

    @cached_property
    def objects(self) -> dict[str, str]:
        """Each ordinary file's object id by its path from the plan's folder."""
        return {path: object_id for path, (mode, object_id) in self._listed.items() if mode[:3] == "100"}

    @cached_property
    def _listed(self) -> dict[str, tuple[str, str]]:
        """Each path from the plan's folder with its mode and object id."""
        listed = run_bytes(self._root, "ls-tree", "-r", "-z", self._commit.id, "--", "data", "templates")
        rows = listed.decode(errors="surrogateescape").split("\0")
        parted = (row.partition("\t") for row in rows if row)
        return {path: (head[:6], head.rpartition(" ")[2]) for head, _tab, path in parted}

    def files(self, folder: str) -> list[Entry]:
        """Return every file below `folder`, sorted by path."""
        found = (
            Entry(path, None if mode.startswith("100") else "not-a-file")
            for path, (mode, _id) in self._listed.items()
            if path.startswith(f"{folder}/") and not path.rpartition("/")[2].startswith(".")
        )
        return sorted(found)

    def fetch(self, paths: Iterable[str]) -> None:
        """Read some files at once, before they are asked for one by one."""
        self._contents.fetch(self.objects[path] for path in paths if path in self.objects)

    def holding(self, texts: Iterable[str]) -> list[str]:
        """Return the files under `data/` that hold one of some texts; git looks, and nothing is read here."""
        asked = ("grep", "-l", "-z", "-F", "-f", "-", self._commit.id, "--", "data")
        answer = _done(self._root, asked, "\n".join([*texts, ""]).encode())
        if answer.returncode > 1:  # 1: none holds any
            raise ServplanError("git-failed", command="grep", said=answer.stderr.decode(errors="replace"))
        names = answer.stdout.decode(errors="surrogateescape").split("\0")[:-1]
        return [name.partition(":")[2] for name in names]

    def read(self, path: str) -> bytes:
        """Return a file's bytes; one that was not fetched brings all the others with it.

        Raises:
            FileNotFoundError: the commit has no such file.
        """
        if path not in self.objects:
            raise FileNotFoundError(path)
        if self.objects[path] not in self._contents:
            self._contents.fetch(self.objects.values())
        return self._contents[self.objects[path]]

    def exists(self, path: str) -> bool:
        """Tell whether the commit has a file or folder at `path`, anywhere in the plan's folder."""
        return bool(run_bytes(self._root, "ls-tree", "-z", self._commit.id, "--", path))


def _objects_in(batch: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield each object of a `cat-file --batch` answer: a line `id type size`, then its bytes."""
    at = 0
    while at < len(batch):
        line_end = batch.index(b"\n", at)
        object_id, _sort, size = batch[at:line_end].decode().split()
        start = line_end + 1
        yield object_id, batch[start : start + int(size)]
        at = start + int(size) + 1


def refuse_changed(root: Path, paths: Sequence[str]) -> None:
    """Make sure that files are as they were last committed.

    Raises:
        ServplanError: `no-repository`; `uncommitted`, with the files that differ from HEAD.
    """
    try:
        changed = run(root, "status", "--porcelain", "--untracked-files=all", "--", *paths)
    except ServplanError as error:
        if "not a git repository" in error.params.get("said", ""):
            raise ServplanError("no-repository", folder=str(root)) from None
        raise
    if changed.strip():
        raise ServplanError("uncommitted", files=changed.rstrip("\n"))


def require_identity(root: Path) -> None:
    """Make sure that git knows who commits.

    Raises:
        ServplanError: `no-identity`.
    """
    for role in ("AUTHOR", "COMMITTER"):
        run(root, "var", f"GIT_{role}_IDENT")


def commit(root: Path, paths: Sequence[str], message: str) -> None:
    """Commit just these files or what lies in these folders; what else is staged stays so.

    Raises:
        ServplanError: `no-identity`, `git-failed`; none of the files is staged then, and their texts are left
            as they are.
    """
    try:
        run(root, "add", "--", *paths)
        run(root, "commit", "--quiet", f"--message={message}", "--only", "--", *paths)
    except (ServplanError, KeyboardInterrupt):
        run(root, "reset", "--quiet", "--", *paths)
        raise


def merge_lines(
    base: bytes, ours: bytes, theirs: bytes, marker_length: int, label: str
) -> tuple[bytes, bool]:
    """Merge three versions of a text line by line, and tell whether that left no conflict.

    `label` stands beside each conflict's first mark.

    Raises:
        ServplanError: `no-git`, or `git-failed`: a file that is no text, for instance.
    """
    with TemporaryDirectory() as folder:
        names = ("ours", "base", "theirs")
        for name, content in zip(names, (ours, base, theirs), strict=True):
            (Path(folder) / name).write_bytes(content)
        labels = ("-L", label, "-L", "base", "-L", "theirs")
        arguments = ("merge-file", "-p", "-q", f"--marker-size={marker_length}", *labels, *names)
        done = _done(Path(folder), arguments)
    if done.returncode > MOST_CONFLICTS:
        raise ServplanError(
            "git-failed", command=arguments[0], said=done.stderr.decode(errors="replace").strip()
        )
    return done.stdout, not done.returncode
