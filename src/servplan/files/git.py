"""The only module that runs git: commands by list, without the caller's `GIT_*`, paths after `--`."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple, cast

from servplan.diagnostics import ServplanError

_SAFE = (
    "--no-optional-locks",
    "--literal-pathspecs",
    "--no-replace-objects",
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
    "-c",
    "diff.relative=false",
    "-c",
    "grep.fullName=false",
    "-c",
    "color.ui=false",
    "-c",
    "color.grep=false",
    "-c",
    "i18n.logOutputEncoding=UTF-8",
    "-c",
    "merge.conflictStyle=merge",
    "-c",
    "rerere.enabled=false",
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


def run(root: Path, *arguments: str) -> str:
    """Run git in a plan's folder and return what it prints; see `run_bytes`."""
    return run_bytes(root, *arguments).decode(errors="replace")


def run_bytes(root: Path, *arguments: str, given: bytes = b"", alone: bool = False) -> bytes:
    """Run git in a plan's folder, give it something to read, and return what it prints.

    `alone` leaves out what the user and the machine have set, so that it does the same everywhere.

    Raises:
        ServplanError: `no-git`, if git is not there; else what `failure` makes of it.
    """
    return _printed(arguments[0], complete(root, arguments, given, told=_ALONE if alone else None))


def ask(root: Path, *arguments: str) -> str | None:
    """Run a git command that ends with 1 where it has no answer; return what it prints, None for no answer.

    Raises:
        ServplanError: `no-git`, if git is not there; `git-failed`, if it ends in any other way.
    """
    done = complete(root, arguments)
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


def listed_paths(listed: str) -> list[str]:
    """Return the paths that git lists with `-z`, each once, in order."""
    return sorted(set(filter(None, listed.split("\0"))))


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
    done = complete(root, arguments, may_ask=may_ask, told=told)
    return Answer(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


def complete(
    root: Path,
    arguments: Sequence[str],
    given: bytes = b"",
    may_ask: bool | None = None,
    told: Mapping[str, str] | None = None,
) -> "subprocess.CompletedProcess[bytes]":
    """Run a git command to its end and return how it went, for callers to whom its exit code says something.

    Raises:
        ServplanError: `no-git`, if git is not there.
    """
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= _dates(arguments[0])
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


def _dates(command: str) -> dict[str, str]:
    """Return when a command commits, if `$SERVPLAN_TODAY` says what day it is for entries: at noon."""
    day = os.environ.get("SERVPLAN_TODAY", "").strip()
    if not day or command not in ("commit", "merge"):
        return {}
    return dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{day}T12:00:00")


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
