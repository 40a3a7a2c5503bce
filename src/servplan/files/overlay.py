"""A tree with some texts put over it: a plan as it would be, or will be, after a change."""

from collections.abc import Mapping

from servplan.files.tree import Entry, Tree


class OverlayTree:
    """A tree with some texts put over it; a path with None is as good as deleted."""

    def __init__(self, under: Tree, over: Mapping[str, str | None]) -> None:
        self._under = under
        self._over = over

    def files(self, folder: str) -> list[Entry]:
        """Return every file below `folder`, sorted by path, those of the overlay included."""
        kept = {entry.path: entry for entry in self._under.files(folder) if entry.path not in self._over}
        for path, text in self._over.items():
            if text is not None and path.startswith(f"{folder}/"):
                kept[path] = Entry(path)
        return sorted(kept.values())

    def read(self, path: str) -> bytes:
        """Return a file's bytes; raises `OSError` where it is not there."""
        if path not in self._over:
            return self._under.read(path)
        text = self._over[path]
        if text is None:
            raise FileNotFoundError(path)
        return text.encode()

    def exists(self, path: str) -> bool:
        """Tell whether a file or folder stands at `path`."""
        if path in self._over:
            return self._over[path] is not None
        return self._under.exists(path)
