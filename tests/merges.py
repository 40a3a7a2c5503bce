"""What has to become of random pairs of edits: the oracle of the merge driver.

What a merge must say follows from the edits (`merge_cases.py`), not from texts. `python -m tests.merges 2000`
merges so many pairs and prints the figures.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from servplan.files.document import read_document
from servplan.files.marks import comments
from servplan.merge.three_way import Merged, merge
from servplan.merge.validity import FileName
from tests.merge_cases import SAID, Case, case, is_doubtful, log_of, unlike
from tests.merge_models import LISTS, Model, entry_lines

PATH = "data/activities/besoka-boden.yaml"
RECORD = FileName("besoka-boden", "activities")


def merged(case: Case) -> Merged:
    """Merge a case as git would have it merged."""
    return merge(PATH, RECORD, case.texts)


def resolved(content: bytes, side: int) -> str:
    """Return a merged text with one side of every conflict: 0 for ours, 1 for theirs."""
    kept: list[str] = []
    within: int | None = None
    for line in content.decode().replace("\r\n", "\n").split("\n"):
        if line.startswith("<<<<<<< "):
            within = 0
        elif line == "=======" and within == 0:
            within = 1
        elif line.startswith(">>>>>>> ") and within == 1:
            within = None
        elif within in (None, side):
            kept.append(line)
    return "\n".join(kept).removesuffix("\n") + "\n"


def faults(case: Case, result: Merged) -> list[str]:
    """Return what a merge did wrong: a change that is lost and not named, or a conflict of nothing."""
    texts = [resolved(result.content, side) for side in (0, 1)]
    read = [read_document(PATH, text.encode()) for text in texts]
    if None in [item.data for item in read]:
        return [f"a side cannot be read: {[item.fault for item in read]}"]
    data: list[dict[str, Any]] = [item.data or {} for item in read]
    named = {conflict.keys[0] for conflict in result.conflicts if conflict.keys}
    found = [] if case.is_disjoint else list(_lost(case, data, named, result))
    found += _hidden(case, data, result)
    found += _unsaid(case, data, result)
    if case.is_disjoint:
        wanted = case.wanted
        if result.conflicts:
            found.append(f"a conflict of disjoint edits: {result.conflicts}")
        elif _as_sets(data[0]) != _as_sets(wanted.data):
            found.append(f"not what both sides said: {data[0]}")
        elif Counter(comments(texts[0])) != wanted.comments:
            found.append(f"not both sides' comments: {comments(texts[0])}")
    return found


def _lost(case: Case, data: list[dict[str, Any]], named: set[str], result: Merged) -> Iterator[str]:
    everything = result.content.decode()
    for side, changes in enumerate(case.changes):
        for change in changes:
            if not change.is_in(case.models[1 + side].data) or change.is_in(case.models[0].data):
                continue  # the same side took it back, or it took something of its own back
            if not change.is_in(data[side]):
                yield f"lost: {change.name} of side {side}"
            elif not change.is_in(data[1 - side]) and change.name not in named:
                yield f"not named: {change.name} of side {side}"
            for comment in change.comments:
                if comment in case.models[1 + side].comments and comment not in everything:
                    yield f"lost: {comment}"


def _hidden(case: Case, data: list[dict[str, Any]], result: Merged) -> Iterator[str]:
    """Yield the new entries that contradict nothing, and yet are to be chosen, or are lost with a choice."""
    base, *sides = case.models
    if any(is_doubtful(base, side) for side in sides):
        return
    outside = Counter(line.strip() for line in _outside(result.content))
    known = [entry for model in case.models for entry in log_of(model)] + list(_mixed(case))
    for side, model in enumerate(sides):
        for key in model.entries.keys() - base.entries.keys():
            entry = model.entries[key]
            if not any(unlike(entry.data, other) for other in known):
                if not all(entry.data in chosen.get("log", []) for chosen in data):
                    yield f"lost with a choice: {entry.data} of side {side}"
                if not all(outside[line.strip()] for line in entry_lines(entry)):
                    yield f"between marks: {entry.data} of side {side}"


def _mixed(case: Case) -> Iterator[dict[str, Any]]:
    """Yield the entries of the base as both sides' edits make them, with either side of a field."""
    base, *sides = (model.entries for model in case.models)
    for key in base.keys() & sides[0].keys() & sides[1].keys():
        for one, other in (sides, reversed(sides)):
            changed = {
                name: value for name, value in one[key].data.items() if base[key].data.get(name) != value
            }
            yield other[key].data | changed


def _outside(content: bytes) -> Iterator[str]:
    """Yield the lines that stand outside all marks."""
    is_outside = True
    for line in content.decode().replace("\r\n", "\n").split("\n"):
        if line.startswith("<<<<<<< "):
            is_outside = False
        elif line.startswith(">>>>>>> "):
            is_outside = True
        elif is_outside:
            yield line


def _unsaid(case: Case, data: list[dict[str, Any]], result: Merged) -> Iterator[str]:
    """Yield the fields in conflict of which a chosen side's log does not say what that side said at last."""
    base = case.models[0]
    moved = {day for model in case.models[1:] for day in _redated(base, model)}
    for conflict in result.conflicts:
        if conflict.day in moved or conflict.keys not in {("log", name) for name in SAID}:
            continue
        for side, model in enumerate(case.models[1:]):
            said = _last(data[side].get("log", []), conflict.day, conflict.keys[1])
            if said != (wanted := _last(log_of(model), conflict.day, conflict.keys[1])):
                yield f"side {side} said {wanted} of {conflict.day} {conflict.keys[1]}, not {said}"


def _redated(base: Model, side: Model) -> Iterator[str]:
    """Yield the days of entries that a side moved to another day."""
    for key in base.entries.keys() & side.entries.keys():
        days = {model.entries[key].data["date"] for model in (base, side)}
        yield from days if len(days) > 1 else ()


def _last(log: list[dict[str, Any]], day: str, name: str) -> Any:
    said = [entry for entry in log if entry["date"] == day and name in entry and "voided" not in entry]
    return said[-1][name] if said else None


def _as_sets(data: dict[str, Any]) -> dict[str, Any]:
    """Return a record's data without the order of its lists' items; one item may stand without a list."""
    listed = {
        name: [value] if name in LISTS and isinstance(value, str) else value for name, value in data.items()
    }
    return {
        name: sorted(json.dumps(item, sort_keys=True) for item in value) if isinstance(value, list) else value
        for name, value in listed.items()
        if value != []
    }


def main() -> None:
    """Merge as many pairs as asked for, and print the figures."""
    figures: Counter[str] = Counter()
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    for seed in range(first, first + (int(sys.argv[1]) if len(sys.argv) > 1 else 2000)):
        tried = case(seed)
        result = merged(tried)
        wrong = faults(tried, result)
        figures["pairs"] += 1
        figures["disjoint"] += tried.is_disjoint
        figures["in conflict" if result.conflicts else "clean"] += 1
        figures["drops"] += bool(wrong)
        sys.stdout.write("".join(f"{seed}: {fault}\n" for fault in wrong))
    sys.stdout.write(f"{dict(figures)}\n")


if __name__ == "__main__":
    main()
