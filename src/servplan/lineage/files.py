"""The files of a plan's records by the ids that they bear: of several the first one counts."""

from servplan.blobs import File
from servplan.identity import id_of

FilesById = dict[str, tuple[File, ...]]
"""The files that bear each id, by their paths; ids that none bears are not there."""


def put_file(files: FilesById, path: str, object_id: str | None) -> None:
    """Note what stands at a record's path, None for nothing."""
    id_ = id_of(path)
    others = [file for file in files.get(id_, ()) if file.path != path]
    if object_id or others:
        files[id_] = tuple(sorted([*others, *([File(path, object_id)] if object_id else [])]))
    else:
        files.pop(id_, None)


def first_file(files: FilesById, id_: str) -> File | None:
    """Return the file that bears an id; the first of several."""
    return next(iter(files.get(id_, ())), None)
