"""In which folder of its repository a plan lay by each commit, followed from where it lies now.

A folder's name does not tell whose plan was in it: another one may have lain there before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from pathlib import Path
from typing import NamedTuple

from servplan.files.git import attempt, run, run_bytes, top_of
from servplan.files.layout import HEADER_PATH
from servplan.files.plan_folder import path_from, plan_files, printed

_Parents = Mapping[str, Sequence[str]]
"""Each commit with its parents, the newest first."""
_Former = Mapping[tuple[str, str | None], str | None]
"""Where a plan lay before the commit by which it came to a folder; None for one that just began there."""
_Headers = Mapping[tuple[str, str | None], str]
"""The object id of the header that a commit has in a folder; without those that have none."""


class Folders(NamedTuple):
    """The folders that a plan has lain in, the present one first, and the one that it lay in by each commit.

    That is None where another plan lay in the plan's folder. A plan that never moved has no `by_commit`.
    """

    known: tuple[str, ...]
    by_commit: Mapping[str, str | None]

    def at(self, commit: str) -> str | None:
        """Return where the plan lay by a commit: one of those asked about, or of those before them."""
        return self.by_commit.get(commit, self.known[0])


def plan_folders(root: Path, tips: Iterable[str]) -> Folders:
    """Return where a plan lies, and where it lay by some commits (as git takes them) and all before them."""
    here, _end, head = printed(root, "rev-parse", "--show-prefix", "--revs-only", "HEAD").partition("\n")
    last = _committed_folder(root, here) if head else here
    revisions = [*tips, *head.split()]
    known = list(dict.fromkeys([here, last]))
    former: dict[tuple[str, str | None], str | None] = {}
    for folder in known:  # which grows by those that are found
        for commit, pairs in _moves(root, revisions, path_from(here, folder)):
            gone_on = {old: None for old in pairs.values() if old not in pairs}
            former.update({(commit, new): old for new, old in {**pairs, **gone_on}.items() if new != old})
            beside = (one for pair in pairs.items() if folder in pair for one in pair)
            known += dict.fromkeys(one for one in beside if one not in known)
    if not former and last == here:
        return Folders((here,), {})
    return Folders(tuple(known), _by_commit(root, revisions, (head.strip(), last), known, former))


def _committed_folder(root: Path, here: str) -> str:
    """Return the folder that the last commit has a plan in, which the work tree may have moved since.

    It is the only one that went from the work tree, or of several the only one with the same header.
    """
    file = root / HEADER_PATH
    header = file.read_bytes().decode(errors="replace") if file.is_file() else None
    committed = _committed_header(root, here)
    if header == committed:
        return here
    listed = printed(root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", "HEAD").split("\0")
    top = top_of(root) or root
    went = [folder for folder in _with_headers(listed) if not (top / folder / HEADER_PATH).exists()]
    same = [folder for folder in went if _committed_header(root, folder) == header]
    found = same or (went if committed is None else [])
    return found[0] if len(found) == 1 else here


def _committed_header(root: Path, folder: str) -> str | None:
    answer = attempt(root, "cat-file", "blob", f"HEAD:{folder}{HEADER_PATH}")
    return None if answer.code else answer.out


def _with_headers(paths: Iterable[str]) -> list[str]:
    """Return the folders that have a plan's header among some paths."""
    return [path.removesuffix(HEADER_PATH) for path in paths if f"/{path}".endswith(f"/{HEADER_PATH}")]


def _moves(root: Path, revisions: Sequence[str], way: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the commits that changed the header at a folder and others, and where each plan lay before."""
    shape = ("--full-history", "--full-diff", "--no-renames", "--name-status", "-z", "--format=%x01%H")
    parts = printed(root, "log", *shape, *revisions, "--", way + HEADER_PATH).split("\0")
    changed: dict[str, dict[str, str]] = {}
    for how, path in pairwise(part.lstrip("\n") for part in parts):
        if how.startswith("\x01"):
            commit = changed.setdefault(how[1:], {})
        elif len(how) == 1:
            commit.update(dict.fromkeys(_with_headers([path]), how))
    for id_, headers in changed.items():
        if len(headers) > 1:
            yield id_, _matched(root, id_, headers)


def _matched(root: Path, commit: str, headers: Mapping[str, str]) -> dict[str, str]:
    """Return the folders that plans lie in after a commit, each with the one before, if it had one.

    `headers` tells whether the header in a folder was added (`A`), deleted (`D`) or changed. Those that have
    most files in common are the same plan; of some that have as many, one that stays or keeps its folder's
    name. The only plan that went is the one that came, though they have nothing in common.
    """
    here, there = ([folder for folder in headers if headers[folder] != how] for how in "DA")
    now = {folder: plan_files(root, commit, folder).items() for folder in here}
    before = {folder: plan_files(root, f"{commit}^", folder).items() for folder in there}
    alike = {(new, old): len(now[new] & before[old]) for new, old in product(now, before)}
    found: dict[str, str] = {}
    for new, old in sorted(alike, key=lambda pair: (-alike[pair], _distance(*pair), pair)):
        if new not in found and old not in found.values() and (alike[new, old] or new == old):
            found[new] = old
    went = before.keys() - found.values()
    return found | dict.fromkeys(now.keys() - found.keys(), *went) if len(went) == 1 else found


def _distance(new: str, old: str) -> int:
    """Return how far apart the names of two folders are."""
    return 0 if new == old else 1 if Path(new).name == Path(old).name else 2


def _by_commit(
    root: Path, revisions: Sequence[str], last: tuple[str, str], known: Sequence[str], former: _Former
) -> dict[str, str | None]:
    """Return where a plan lay by each commit, from where it lay by the last one.

    Back to the beginning it is followed along one line; all others have left this one somewhere, and go on.
    """
    rows = run(root, "rev-list", "--topo-order", "--parents", *revisions).splitlines()
    parents = {commit: before for commit, *before in map(str.split, rows)}
    headers = _headers(root, parents, known)
    lay = dict(_back(parents, headers, former, *last))
    after: dict[tuple[str, str | None], str | None]
    after = {(commit, old): new for (commit, new), old in former.items() if old is not None}
    for commit in reversed(parents):
        if commit not in lay:
            came = [after.get((commit, lay[parent]), lay[parent]) for parent in parents[commit]] or known
            lay[commit] = next((folder for folder in came if (commit, folder) in headers), came[0])
    return lay


def _back(
    parents: _Parents, headers: _Headers, former: _Former, commit: str, folder: str | None
) -> Iterator[tuple[str, str | None]]:
    """Yield where the plan lay by a commit and those on a line before it: of parents, by one that has it."""
    while commit in parents:
        yield commit, folder
        folder = former.get((commit, folder), folder)
        own = headers.get((commit, folder))
        there = ((headers.get((parent, folder)), parent) for parent in parents[commit])
        ranked = sorted(there, key=lambda item: (item[0] != own, item[0] is None))
        commit = ranked[0][1] if ranked else ""


def _headers(root: Path, parents: _Parents, folders: Sequence[str]) -> dict[tuple[str, str | None], str]:
    """Return the headers around merges and by commits without parents: where the line alone tells nothing."""
    joins = ((commit, *before) for commit, before in parents.items() if len(before) != 1)
    asked = list(product(dict.fromkeys(commit for around in joins for commit in around), folders))
    given = "".join(f"{commit}:{folder}{HEADER_PATH}\n" for commit, folder in asked)
    told = run_bytes(
        root, "cat-file", "--batch-check", given=given.encode(errors="surrogateescape")
    ).splitlines()
    found = zip(asked, told, strict=True)
    return {asked: row.partition(b" ")[0].decode() for asked, row in found if not row.endswith(b" missing")}
