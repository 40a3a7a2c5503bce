"""Random pairs of edits of one record, and which of them are disjoint: cases for the merge driver."""

import random
from copy import deepcopy
from itertools import combinations
from typing import Any, NamedTuple

from tests.merge_edits import EDITS, Change, Touch
from tests.merge_models import Model, random_model, reflow, text_of

SAID = ("status", "due")
"""What entries set from their day on."""


class Case(NamedTuple):
    """A base with two sides' edits of it, as texts."""

    models: tuple[Model, Model, Model]
    changes: tuple[list[Change], list[Change]]
    texts: tuple[bytes, bytes, bytes]

    @property
    def is_disjoint(self) -> bool:
        """Whether no side touches what the other touches, nor a part or the whole of it.

        Nor may their entries contradict each other, or have become ones that nobody could tell from others.
        """
        base, *sides = self.models
        ours, theirs = ([touch for change in side for touch in change.touches] for side in self.changes)
        return not (
            any(_overlap(one, other) for one in ours for other in theirs)
            or any(is_doubtful(base, side) for side in sides)
            or _has_worn_out(base, self.wanted)
            or _contested(self.wanted, sides)
        )

    @property
    def wanted(self) -> Model:
        """The base with both sides' edits."""
        model = deepcopy(self.models[0])
        for change in (*self.changes[0], *self.changes[1]):
            change.apply(model)
        return model


def case(seed: int) -> Case:
    """Return the case of a number: the same one each time."""
    rng = random.Random(seed)
    base = random_model(rng)
    sides = []
    changes: tuple[list[Change], list[Change]] = ([], [])
    for number, made in enumerate(changes):
        model = deepcopy(base)
        for step in range(rng.choice((1, 2, 3, 5, 8))):
            change = rng.choice(EDITS)(rng, model, f"{number}.{step}")
            if change:
                change.apply(model)
                made.append(change)
        reflow(rng, model)
        sides.append(model)
    crlf = rng.random() < 0.1
    models = (base, sides[0], sides[1])
    texts = [text_of(model, crlf, rng.random() < 0.9).encode() for model in models]
    return Case(models, changes, (texts[0], texts[1], texts[2]))


def _overlap(one: Touch, other: Touch) -> bool:
    return one[: len(other)] == other[: len(one)]


def log_of(model: Model) -> list[dict[str, Any]]:
    return [entry.data for entry in model.entries.values()]


def unlike(one: dict[str, Any], other: dict[str, Any]) -> set[tuple[str, str]]:
    """The days and fields in which two entries contradict each other."""
    if "voided" in one or "voided" in other or one["date"] != other["date"]:
        return set()
    return {
        (one["date"], name) for name in SAID if name in one and name in other and one[name] != other[name]
    }


def _contested(merged: Model, sides: list[Model]) -> bool:
    """Whether entries contradict each other that do not do so on a side already."""
    held = [{key: entry.data for key, entry in model.entries.items()} for model in (merged, *sides)]
    return any(
        unlike(one, other) and not any(side.get(key) == one and side.get(later) == other for side in held[1:])
        for (key, one), (later, other) in combinations(held[0].items(), 2)
    )


def is_doubtful(base: Model, side: Model) -> bool:
    """Whether an entry of a side might be another one of the base than it is, or a new one."""
    gone = {key: entry.data for key, entry in base.entries.items() if entry.data not in log_of(side)}
    came = {key: entry.data for key, entry in side.entries.items() if entry.data not in log_of(base)}
    own = {key: _shared(gone[key], came[key]) for key in gone.keys() & came.keys()}
    return not all(_is_kin(gone[key], came[key]) for key in own) or any(
        (_is_kin(old, new) or _is_dated_anew(old, new))
        and _shared(old, new) >= max(own.get(key, 0), own.get(other, 0))
        for key, old in gone.items()
        for other, new in came.items()
        if key != other
    )


# When an entry is another one rewritten is judged by rules of the cases' own, beside those of
# analysis/ledger.py: by its own rule, a merge that takes too much for kin would excuse itself.
def _is_kin(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one["date"] == other["date"] or 2 * _shared(one, other) >= max(len(one), len(other))


def _is_dated_anew(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one | {"date": other["date"]} == {name: other.get(name) for name in one}


def _has_worn_out(base: Model, wanted: Model) -> bool:
    """Whether nothing is left of what an entry said: both sides may have taken it away for another one."""
    kept = base.entries.keys() & wanted.entries.keys()
    return not all(_shared(base.entries[key].data, wanted.entries[key].data) for key in kept)


def _shared(one: dict[str, Any], other: dict[str, Any]) -> int:
    return sum(1 for name, value in one.items() if other.get(name) == value)
