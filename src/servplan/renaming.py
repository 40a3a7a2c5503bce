"""Which record goes on with which, where ids came and went."""

from collections.abc import Iterable, Mapping

from servplan.files.similarity import most_alike
from servplan.identity import id_of
from servplan.model.record import Record


def renamed_ids(
    before: Mapping[str, bytes], after: Mapping[str, bytes], records: Iterable[Record]
) -> dict[str, str]:
    """Return each new id with the old one whose record it continues.

    `before` and `after` have the files that a change touched, `records` those of `after` that can be read.
    What `formerly` tells comes first; the rest is told by how alike the files are, as git does.
    """
    there, here = set(map(id_of, before)), set(map(id_of, after))
    gone, new = there - here, here - there
    told = {item.id: old for item in records if item.id in new for old in item.formerly if old in gone}
    gone -= set(told.values())
    left = {path: raw for path, raw in before.items() if id_of(path) in gone}
    come = {path: raw for path, raw in after.items() if id_of(path) in new - told.keys()}
    return told | {id_of(path): id_of(source) for path, source in most_alike(left, come).items()}
