"""Which items of two versions of a list are one: by their names, by what they share, or by their place."""

from collections.abc import Mapping

from servplan.analysis.ledger import kinship

_NAMES = ("id", "service", "period")
"""Keys by which items of a list are told apart: levels and sources, a place's services, measured values."""
_PUBLISHED = "published"
"""When a value was published: a later one of its period revises it, and stands beside it."""


def likeness(one: object, other: object, same_place: bool) -> int:
    """Return how surely two different items are one that was edited; 0 if they are two."""
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return int(same_place and type(one) is type(other))
    names = [key for key in _NAMES if key in one and key in other]
    if names:
        return 1 + len(one) if all(one[key] == other[key] for key in names) else 0
    return kinship(one, other, same_place)


def is_named_alike(one: object, other: object) -> bool:
    """Tell whether two items that were added each by itself bear one name."""
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return False
    published = {item[_PUBLISHED] for item in (one, other) if _PUBLISHED in item}
    return len(published) < 2 and any(key in one and one[key] == other.get(key) for key in _NAMES)
