"""A plan's files as a commit has them."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from servplan.diagnostics import ServplanError
from servplan.files.git import complete, run_bytes
from servplan.files.git_commit import Commit
from servplan.files.layout import DATA, TEMPLATES
from servplan.files.plan_folder import list_files, path_from
from servplan.files.plan_moves import plan_folders
from servplan.files.tree import Entry


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
    def _lying(self) -> tuple[str, str | None]:
        """The folders that the plan lies in now, and by the commit."""
        folders = plan_folders(self._root, [self._commit.id])
        return folders.known[0], folders.at(self._commit.id)

    @cached_property
    def _listed(self) -> dict[str, tuple[str, str]]:
        """Each path from the plan's folder with its mode and object id."""
        _here, folder = self._lying
        places = (DATA, TEMPLATES)
        return {} if folder is None else list_files(self._root, self._commit.id, folder, places)

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
        here, folder = self._lying
        if folder is None:
            return []
        shape = ("-l", "-z", "-F", "--full-name", "-f", "-")
        asked = ("grep", *shape, self._commit.id, "--", path_from(here, folder) + DATA)
        answer = complete(self._root, asked, "\n".join([*texts, ""]).encode())
        if answer.returncode > 1:  # 1: none holds any
            raise ServplanError("git-failed", command="grep", said=answer.stderr.decode(errors="replace"))
        names = answer.stdout.decode(errors="surrogateescape").split("\0")[:-1]
        return [name.partition(":")[2].removeprefix(folder) for name in names]

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
        _here, folder = self._lying
        if folder is None:
            return False
        asked = ("ls-tree", "-z", "--full-tree", self._commit.id, "--", folder + path)
        return path in self._listed or bool(run_bytes(self._root, *asked))


def _objects_in(batch: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield each object of a `cat-file --batch` answer: a line `id type size`, then its bytes."""
    at = 0
    while at < len(batch):
        line_end = batch.index(b"\n", at)
        object_id, _sort, size = batch[at:line_end].decode().split()
        start = line_end + 1
        yield object_id, batch[start : start + int(size)]
        at = start + int(size) + 1
