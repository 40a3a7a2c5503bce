"""What a clone shares with others: fetching from a remote, pushing to it, and where a review is opened.

Whatever git says of a remote passes through `without_secrets`: addresses may hold a password.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from servplan.diagnostics import ServplanError, UsageError
from servplan.files.git import Answer, attempt, run

_SECRET = re.compile(r"(?<=://)[^/\s]+@")
_OFFERED = re.compile(r"^remote:\s+(https?://\S+)", re.MULTILINE)
_WEB_ADDRESS = re.compile(r"(?P<scheme>https?)://(?P<host>[^/\s]+)/(?P<path>\S+)")
_SSH_ADDRESS = re.compile(r"(?:ssh://)?(?:[^@/\s]+@)?(?P<host>[^:/\s]+)(?::\d+/|[:/])(?P<path>[^:\s]+)")

_OF_A_PUSH = ("push-declined", "push-behind")
"""What the server says of the pushed branch in a row of its own: a hook may print anything beside it."""
_SIGNS: Mapping[str, tuple[str, ...]] = {
    "push-declined": ("[remote rejected]", "hook declined", "protected branch"),
    "push-behind": ("[rejected]", "fetch first", "non-fast-forward"),
    "remote-lacks-branch": ("couldn't find remote ref",),
    "remote-refused": (
        "permission denied",
        "access denied",
        "authentication failed",
        "could not read username",
        "could not read password",
        "host key verification failed",
        "returned error: 401",
        "returned error: 403",
    ),
    "remote-missing": ("does not appear to be a git repository", "not found", "no such file or directory"),
    "remote-unreachable": (
        "could not resolve",
        "timed out",
        "connection refused",
        "connection reset",
        "connection closed",
        "network is unreachable",
        "no route to host",
        "failed to connect",
        "couldn't connect",
    ),
}
"""Codes of `ServplanError`, and what git's words hold then; the surest first."""


def without_secrets(text: str) -> str:
    """Return a text in which no address tells a user or a password."""
    return _SECRET.sub("", text)


def require_remote(root: Path, remote: str) -> None:
    """Make sure that the clone knows a remote.

    Raises:
        ServplanError: `no-remote`, with those that it knows; `no-remotes`, if it knows none.
    """
    known = run(root, "remote").split()
    if remote not in known:
        code = "no-remote" if known else "no-remotes"
        raise ServplanError(code, given=remote, known=", ".join(known))


def fetch(root: Path, remote: str, branch: str, may_ask: bool) -> str:
    """Fetch a branch of a remote and return its commit's object id.

    Raises:
        UsageError: `bad-branch`, if no branch can be called so.
        ServplanError: `remote-lacks-branch` and the other reasons for which a remote does not answer.
    """
    if attempt(root, "check-ref-format", f"refs/heads/{branch}").code:
        raise UsageError("bad-branch", given=branch)
    kept = f"refs/remotes/{remote}/{branch}"
    answer = attempt(root, "fetch", "--quiet", remote, f"+refs/heads/{branch}:{kept}", may_ask=may_ask)
    if answer.code:
        raise _failed(answer, remote, branch)
    return run(root, "rev-parse", "--verify", "--end-of-options", kept).strip()


def push(root: Path, remote: str, branch: str, may_ask: bool) -> str:
    """Push what is checked out to a remote's branch, follow it from now on, and return what the server said.

    Raises:
        ServplanError: `push-behind`, if the branch has commits that this clone has not; `push-declined`, if
            the server's rules say no; and the other reasons for which a remote does not answer.
    """
    wanted = f"HEAD:refs/heads/{branch}"
    answer = attempt(root, "push", "--porcelain", "--set-upstream", remote, wanted, may_ask=may_ask)
    if answer.code:
        raise _failed(answer, remote, branch)
    return without_secrets(answer.err)


def _failed(answer: Answer, remote: str, branch: str) -> ServplanError:
    """Return what git's failing means, with its own words."""
    said = without_secrets(f"{answer.err}{answer.out}".strip())
    ruled = "\n".join(row for row in answer.out.splitlines() if row.startswith("!"))
    codes = (
        code
        for code, signs in _SIGNS.items()
        for sign in signs
        if sign in (ruled if code in _OF_A_PUSH else said).lower()
    )
    code = next(codes, "remote-failed")
    return ServplanError(code, remote=remote, branch=branch, said=_indented(said))


def _indented(said: str) -> str:
    return "\n".join(f"  {line.expandtabs(1)}" for line in said.splitlines() if line.strip())


def review_address(root: Path, remote: str, branch: str, said: str) -> str | None:
    """Return where a merge request is opened: what the server offered, else made of the remote's address.

    None where the remote is neither GitHub nor GitLab, by its host's name.
    """
    offered = _OFFERED.search(said)
    if offered:
        return offered[1]
    page = _page(run(root, "remote", "get-url", "--push", remote).strip())
    if page is None:
        return None
    if page.forge == "github":
        return f"{page.address}/compare/{quote(branch)}?expand=1"
    new = "-/merge_requests/new?merge_request%5Bsource_branch%5D="
    return f"{page.address}/{new}{quote(branch, safe='')}"


def forge_of(root: Path, remote: str) -> str | None:
    """Return the forge that a remote is on, `github` or `gitlab`, by its host's name; None for any other."""
    answer = attempt(root, "remote", "get-url", "--push", remote)
    page = None if answer.code else _page(answer.out.strip())
    return page and page.forge


class _Page(NamedTuple):
    """Where a forge shows a repository."""

    forge: str
    address: str


def _page(address: str) -> _Page | None:
    """Return what a remote's address tells of its page; None where its host is no forge by its name."""
    plain = without_secrets(address)
    found = _WEB_ADDRESS.fullmatch(plain) or _SSH_ADDRESS.fullmatch(address)
    if not found:
        return None
    host, path = found["host"], found["path"].strip("/").removesuffix(".git")
    forge = next((name for name in ("github", "gitlab") if name in host), None)
    scheme = found.groupdict().get("scheme", "https")
    return _Page(forge, f"{scheme}://{host}/{path}") if forge else None
