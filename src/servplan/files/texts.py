"""The texts that findings point into, and the places that they mean in them."""

from servplan.diagnostics import Diagnostic
from servplan.files.places import Places
from servplan.files.tree import Tree


class Texts:
    """A tree's texts, each read once, and only when asked for."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._texts: dict[str, str] = {}
        self._places: dict[str, Places] = {}

    def text(self, path: str) -> str:
        """Return a file's text for showing; what is not UTF-8 is replaced, an unreadable one is empty."""
        if path not in self._texts:
            try:
                self._texts[path] = self.tree.read(path).decode(errors="replace")
            except OSError:
                self._texts[path] = ""
        return self._texts[path]

    def placed(self, finding: Diagnostic) -> Diagnostic:
        """Return the finding with its line and column looked up."""
        if finding.span is not None:
            return finding
        return finding._replace(span=self._places_in(finding.path).find(finding.keys, finding.on_key))

    def _places_in(self, path: str) -> Places:
        """Return a file's places; only the last file's are kept, since findings come file by file."""
        if path not in self._places:
            self._places = {path: Places(self.text(path))}
        return self._places[path]
