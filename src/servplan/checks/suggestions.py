"""Did-you-mean for ids, quick enough for thousands of records."""

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches

_AT_MOST = 2
"""How many ids are compared letter by letter; more would cost more than a hint is worth."""

_COMMON = 800
"""A part that so many ids share tells nothing of which is meant."""


class Suggestions:
    """Finds the id that is most like a misspelt one, among those that share a word or a beginning."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._by_part: dict[str, list[str]] = {}
        for id_ in ids:
            for part in _parts(id_):
                self._by_part.setdefault(part, []).append(id_)

    def closest(self, id_: str) -> str:
        """Return the most similar id, or an empty text where none is similar."""
        shared: Counter[str] = Counter()
        for part in _parts(id_):
            alike = self._by_part.get(part, ())
            if len(alike) <= _COMMON:
                shared.update(alike)
        nearest = [name for name, _parts_shared in shared.most_common(_AT_MOST)]
        close = get_close_matches(id_, nearest, 1, 0.7)
        return close[0] if close else ""


def _parts(id_: str) -> set[str]:
    return {*id_.split("-"), "^" + id_[:4], "$" + id_[-4:]}
