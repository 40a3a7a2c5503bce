"""Records that one side renamed and the other changed, where git saw one deleted: merged after all.

git knows a renamed file by its text, most of which has to be as before: in a short one, `formerly` is too
much of it. It tells, though, which file that was.
"""

from pathlib import Path, PurePosixPath

from servplan.files.git import run, run_bytes, top_of
from servplan.files.mistaken import Parted, parted_records
from servplan.files.tree import write_atomic
from servplan.merge.three_way import Merged, merge
from servplan.merge.validity import FileName


def rejoin(root: Path) -> list[tuple[str, Merged]]:
    """Merge what one side renamed and git left as deleted in the merge under way; return each new path.

    The files are written and staged as git does it: those with a conflict as unmerged.
    """
    return [(parted.new, _merged(root, parted)) for parted in parted_records(root)]


def _merged(root: Path, parted: Parted) -> Merged:
    base, ours, theirs = (run_bytes(root, "cat-file", "blob", place) for place in parted.places)
    path = PurePosixPath(parted.new)
    merged = merge(parted.new, FileName(path.stem, path.parts[1]), (base, ours, theirs))
    ids = run(root, "rev-parse", *parted.places).split()
    run(root, "rm", "--quiet", "--", parted.old)
    write_atomic(root / parted.new, merged.content)
    if merged.conflicts:
        _stage_unmerged(root, parted.new, ids)
    else:
        run(root, "add", "--", parted.new)
    return merged


def _stage_unmerged(root: Path, path: str, ids: list[str]) -> None:
    """Put three versions of a file in the place of the one that git has staged."""
    in_repository = run(root, "rev-parse", "--show-prefix").rstrip("\n") + path
    rows = [f"0 {'0' * len(ids[0])}\t{in_repository}"]
    rows += [f"100644 {id_} {stage}\t{in_repository}" for stage, id_ in enumerate(ids, start=1)]
    given = "".join(f"{row}\0" for row in rows).encode()
    run_bytes(top_of(root) or root, "update-index", "-z", "--index-info", given=given)
