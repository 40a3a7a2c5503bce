"""How alike two texts are, by git's measure: what share of the larger one's bytes both have, line by line.

Half is enough for a rename, as in `git diff -M` (git-diff's manual, “--find-renames”).
"""

from collections import Counter
from collections.abc import Mapping

ENOUGH = 0.5
MOST_PAIRS = 100_000
"""With more pairs than this only equal texts are paired: each comparison takes some microseconds."""


def similarity(one: bytes, other: bytes) -> float:
    """Return how alike two texts are, from 0 to 1."""
    shared = Counter(one.splitlines(True)) & Counter(other.splitlines(True))
    larger = max(len(one), len(other))
    return sum(len(line) * times for line, times in shared.items()) / larger if larger else 1.0


def most_alike(sources: Mapping[str, bytes], targets: Mapping[str, bytes]) -> dict[str, str]:
    """Return for each target the source of the same kind's folder that it continues; each source once."""
    pairs = [
        (-score, target, source)
        for target, new in targets.items()
        for source, old in sources.items()
        if _kind(source) == _kind(target)
        and (score := _score(old, new, len(sources) * len(targets))) >= ENOUGH
    ]
    found: dict[str, str] = {}
    for _distance, target, source in sorted(pairs):
        if target not in found and source not in found.values():
            found[target] = source
    return found


def _score(old: bytes, new: bytes, pairs: int) -> float:
    return similarity(old, new) if pairs <= MOST_PAIRS else float(old == new)


def _kind(path: str) -> str:
    return path.split("/", 2)[1]
