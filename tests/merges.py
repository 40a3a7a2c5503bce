"""Random pairs of edits of one record, and what has to become of them: the oracle of the merge driver.

A record is kept as a model (fields, lists, entries, comments) that is written in many styles. Each side edits
the model by small edits that know what they touch; what a merge must say follows from the edits, not from
texts. `python -m tests.merges 2000` merges so many pairs and prints the figures.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, NamedTuple

from servplan.files.document import read_document
from servplan.files.marks import comments
from servplan.files.splice import flow
from servplan.merge.three_way import Merged, Record, merge

Touch = tuple[str, ...]
"""What an edit touches: edits that touch different things are disjoint."""

PATH = "data/activities/besoka-boden.yaml"
RECORD = Record("besoka-boden", "activities")
IDS = ("bredband", "centrum", "lup", "service", "skola", "vatten", "vagar")
WORDS = (
    "Möte: klart",
    "a # b",
    "100 %",
    "no",
    "- streck",
    "Åtgärd",
    "”citat”",
    "it's",
    "1.10",
    "{x}",
    "C:\\d",
)
SCALARS = ("title", "due", "order", "note", "internal_note", "start")
LISTS = ("supports", "owners", "tags")
SAID = ("status", "due")
"""What entries set from their day on."""
BUSY = "2013-12-01"
"""A day on which both sides add several entries."""


@dataclass
class Entry:
    """A log's entry in the model: its data, whether it stands on one line, and its comments."""

    data: dict[str, Any]
    in_brackets: bool = True
    leads: list[str] = field(default_factory=list)
    note: str = ""


@dataclass
class Model:
    """A record: fields in order, with their styles and comments; entries by a number of their own."""

    fields: dict[str, Any] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    style: dict[str, str] = field(default_factory=dict)
    leads: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    foot: list[str] = field(default_factory=list)

    @property
    def data(self) -> dict[str, Any]:
        """What the record says."""
        data = {name: _meant(self, name, value) for name, value in self.fields.items()}
        return data | ({"log": [entry.data for entry in self.entries.values()]} if self.entries else {})

    @property
    def comments(self) -> Counter[str]:
        """The comments in it."""
        leads = [text for texts in self.leads.values() for text in texts]
        entries = [text for entry in self.entries.values() for text in (*entry.leads, entry.note)]
        return Counter(filter(None, (*leads, *self.notes.values(), *entries, *self.foot)))


class Change(NamedTuple):
    """One small edit: what it touches, how it is done, and how to see in a merged record that it was.

    `name` is the field that a conflict about it has to name.
    """

    name: str
    touches: tuple[Touch, ...]
    apply: Callable[[Model], object]
    is_in: Callable[[dict[str, Any]], bool]
    comments: tuple[str, ...] = ()


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
            or any(_is_doubtful(base, side) for side in sides)
            or _contested(self.wanted, sides)
        )

    @property
    def wanted(self) -> Model:
        """The base with both sides' edits."""
        model = deepcopy(self.models[0])
        for change in (*self.changes[0], *self.changes[1]):
            change.apply(model)
        return model


def _overlap(one: Touch, other: Touch) -> bool:
    return one[: len(other)] == other[: len(one)]


def _log(model: Model) -> list[dict[str, Any]]:
    return [entry.data for entry in model.entries.values()]


def _unlike(one: dict[str, Any], other: dict[str, Any]) -> set[tuple[str, str]]:
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
        _unlike(one, other)
        and not any(side.get(key) == one and side.get(later) == other for side in held[1:])
        for (key, one), (later, other) in combinations(held[0].items(), 2)
    )


def _is_doubtful(base: Model, side: Model) -> bool:
    """Whether an entry of a side might be another one of the base than it is, or a new one."""
    gone = {key: entry.data for key, entry in base.entries.items() if entry.data not in _log(side)}
    came = {key: entry.data for key, entry in side.entries.items() if entry.data not in _log(base)}
    own = {key: _shared(gone[key], came[key]) for key in gone.keys() & came.keys()}
    return not all(_is_kin(gone[key], came[key]) for key in own) or any(
        (_is_kin(old, new) or _is_dated_anew(old, new))
        and _shared(old, new) >= max(own.get(key, 0), own.get(other, 0))
        for key, old in gone.items()
        for other, new in came.items()
        if key != other
    )


def _is_kin(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one["date"] == other["date"] or 2 * _shared(one, other) >= max(len(one), len(other))


def _is_dated_anew(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one | {"date": other["date"]} == {name: other.get(name) for name in one}


def _shared(one: dict[str, Any], other: dict[str, Any]) -> int:
    return sum(1 for name, value in one.items() if other.get(name) == value)


def _meant(model: Model, name: str, value: Any) -> Any:
    if name != "description":
        return value
    style = model.style[name]
    return " ".join(value) if style == ">-" else "\n".join(value) + ("\n" if style == "|" else "")


def case(seed: int) -> Case:
    """Return the case of a number: the same one each time."""
    rng = random.Random(seed)
    base = _base(rng)
    sides = []
    changes: tuple[list[Change], list[Change]] = ([], [])
    for number, made in enumerate(changes):
        model = deepcopy(base)
        for step in range(rng.choice((1, 2, 3, 5, 8))):
            change = rng.choice(EDITS)(rng, model, f"{number}.{step}")
            if change:
                change.apply(model)
                made.append(change)
        _reflow(rng, model)
        sides.append(model)
    crlf = rng.random() < 0.1
    models = (base, sides[0], sides[1])
    texts = [text_of(model, crlf, rng.random() < 0.9).encode() for model in models]
    return Case(models, changes, (texts[0], texts[1], texts[2]))


def _base(rng: random.Random) -> Model:
    model = Model()
    names = [
        name for name in ("due", "order", "note", *LISTS, "description", "retired") if rng.random() < 0.7
    ]
    rng.shuffle(names)
    for name in ("title", *names):
        model.fields[name] = _value(rng, name)
        model.style[name] = _style(rng, name)
        if rng.random() < 0.2:
            model.leads[name] = [f"# om {name}", *(["# mer"] if rng.random() < 0.3 else [])]
        if rng.random() < 0.2 and name not in LISTS:
            model.notes[name] = f"# vid {name}"
    for number in range(rng.choice((0, 1, 2, 3, 5))):
        entry = _base_entry(rng, number)
        if all(entry.data != known.data for known in model.entries.values()):
            model.entries[f"base{number}"] = entry
    model.style["log"] = rng.choice(("", "  "))
    if rng.random() < 0.2:
        model.foot.append("# slut")
    return model


def _base_entry(rng: random.Random, number: int) -> Entry:
    entry = Entry(_entry(rng, rng.randint(1, 6)), rng.random() < 0.6)
    if rng.random() < 0.2:
        entry.leads.append(f"# före {number}")
    if rng.random() < 0.2:
        entry.note = f"# efter {number}"
    return entry


def _value(rng: random.Random, name: str) -> Any:
    if name in LISTS:
        return rng.sample(IDS, rng.randint(1, 3))
    if name == "description":
        return [rng.choice(WORDS) + f" rad {number}" for number in range(rng.randint(1, 4))]
    if name == "retired":
        return {"date": _day(rng), "reason": rng.choice(WORDS)}
    if name == "order":
        return rng.randint(1, 99)
    return _day(rng) if name in ("due", "start") else rng.choice(WORDS) + f" {rng.randint(1, 999)}"


def _day(rng: random.Random) -> str:
    return f"2013-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def _entry(rng: random.Random, month: int) -> dict[str, Any]:
    entry: dict[str, Any] = {"date": f"2013-{month:02}-{rng.randint(1, 3):02}"}
    for name, values in (
        ("status", ("in_progress", "on_hold", "done")),
        ("due", ("2014-01-01", "2014-02-01")),
        ("count", (1, 2)),
        ("note", WORDS),
        ("evidence", (["underlag/a.pdf"], ["underlag/a.pdf", "underlag/b.pdf"])),
    ):
        if rng.random() < 0.4:
            entry[name] = rng.choice(values)
    return entry


def _style(rng: random.Random, name: str) -> str:
    if name in LISTS:
        return rng.choice(("flow", "flow", "block", "deep", "single", "many lines"))
    if name == "retired":
        return rng.choice(("flow", "block"))
    return rng.choice(("|", ">-", "|-")) if name == "description" else rng.choice(("", "'", '"'))


def _reflow(rng: random.Random, model: Model) -> None:
    """Write something otherwise, without saying anything else."""
    if rng.random() < 0.3 and (names := [name for name in model.fields if name != "description"]):
        name = rng.choice(names)
        model.style[name] = _style(rng, name)
    if rng.random() < 0.2 and model.entries:
        entry = rng.choice(list(model.entries.values()))
        entry.in_brackets = not entry.in_brackets
    if rng.random() < 0.1:
        model.style["log"] = rng.choice(("", "  "))


def text_of(model: Model, crlf: bool = False, ends: bool = True) -> str:
    """Write a model."""
    lines: list[str] = []
    for name, value in model.fields.items():
        lines += model.leads.get(name, [])
        lines += _field_lines(name, value, model.style[name], model.notes.get(name, ""))
    if model.entries:
        lines.append("log:")
        margin = model.style["log"]
        for entry in model.entries.values():
            lines += [margin + text for text in _entry_lines(entry)]
    lines += model.foot
    text = "\n".join(lines) + ("\n" if ends else "")
    return text.replace("\n", "\r\n") if crlf else text


def _field_lines(name: str, value: Any, style: str, note: str) -> list[str]:
    end = f"  {note}" if note else ""
    if name == "description":
        return [f"{name}: {style}{end}", *(f"  {line}" for line in value)]
    if name in LISTS and value and style in ("block", "deep"):
        margin = "  " if style == "deep" else ""
        return [f"{name}:{end}", *(f"{margin}- {item}" for item in value)]
    if name in LISTS and style == "single" and len(value) == 1:
        return [f"{name}: {value[0]}{end}"]
    if name in LISTS and style == "many lines" and len(value) > 1:
        return [f"{name}: [{value[0]},", *(f"    {item}," for item in value[1:-1]), f"    {value[-1]}]{end}"]
    if name == "retired" and style == "block":
        return [f"{name}:{end}", *(f"  {key}: {flow(item)}" for key, item in value.items())]
    return [f"{name}: {_quoted(value, style)}{end}"]


def _quoted(value: Any, style: str) -> str:
    if isinstance(value, str) and style == "'":
        return "'" + value.replace("'", "''") + "'"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) and style == '"' else flow(value)


def _entry_lines(entry: Entry) -> list[str]:
    end = f"  {entry.note}" if entry.note else ""
    if entry.in_brackets:
        return [*entry.leads, f"- {flow(entry.data)}{end}"]
    pairs = [f"{key}: {flow(value)}" for key, value in entry.data.items()]
    return [*entry.leads, f"- {pairs[0]}{end}", *(f"  {pair}" for pair in pairs[1:])]


Edit = Callable[[random.Random, Model, str], "Change | None"]


def _set_field(rng: random.Random, model: Model, mark: str) -> Change | None:
    name = rng.choice(SCALARS)
    value = f"{_value(rng, name)} {mark}" if name in ("title", "note", "internal_note") else _value(rng, name)
    style, at = _style(rng, name), rng.randint(1, len(model.fields))

    def apply(target: Model) -> None:
        if name not in target.fields:
            pairs = list(target.fields.items())
            pairs.insert(at, (name, value))
            target.fields = dict(pairs)
            target.style[name] = style
        target.fields[name] = value

    return Change(name, (("field", name),), apply, lambda data: data.get(name) == value)


def _remove_field(rng: random.Random, model: Model, _mark: str) -> Change | None:
    names = [name for name in model.fields if name != "title"]
    if not names:
        return None
    name = rng.choice(names)

    def apply(target: Model) -> None:
        for kept in (target.fields, target.style, target.leads, target.notes):
            kept.pop(name, None)  # type: ignore[attr-defined]

    touches = (("field", name), ("lead", name), ("beside", name))
    return Change(name, touches, apply, lambda data: name not in data)


def _add_item(rng: random.Random, model: Model, mark: str) -> Change | None:
    name = rng.choice(LISTS)
    if name not in model.fields:
        return None
    item, at = f"ny-{mark.replace('.', '-')}", rng.randint(0, len(model.fields[name]))
    return Change(
        name,
        (("field", name, item), *((("first", name),) if name == "owners" and not at else ())),
        lambda target: target.fields[name].insert(at, item),
        lambda data: item in data.get(name, []),
    )


def _remove_item(rng: random.Random, model: Model, _mark: str) -> Change | None:
    name = rng.choice(LISTS)
    if len(model.fields.get(name, ())) < 2:
        return None
    item = rng.choice(model.fields[name])
    first = item == model.fields[name][0]  # who is accountable
    return Change(
        name,
        (("field", name, item), *((("first", name),) if name == "owners" and first else ())),
        lambda target: target.fields[name].remove(item),
        lambda data: item not in data.get(name, []),
    )


def _append_entry(rng: random.Random, _model: Model, mark: str) -> Change | None:
    return _appending({mark: _new_entry(rng, mark)})


def _append_day(rng: random.Random, _model: Model, mark: str) -> Change | None:
    entries = {
        f"{mark}.{number}": _new_entry(rng, f"{mark}.{number}") for number in range(rng.choice((2, 3)))
    }
    for entry in entries.values():
        entry.data["date"] = BUSY
    return _appending(entries)


def _new_entry(rng: random.Random, mark: str) -> Entry:
    entry = Entry(_entry(rng, rng.choice((7, 8, 12))), rng.random() < 0.6)
    if rng.random() < 0.2:
        entry.leads.append(f"# ny notering {mark}")
    return entry


def _appending(entries: dict[str, Entry]) -> Change:
    return Change(
        "log",
        (),
        lambda target: target.entries.update(deepcopy(entries)),
        lambda data: all(
            any(entry.data.items() <= found.items() for found in data.get("log", []))
            for entry in entries.values()
        ),
        tuple(lead for entry in entries.values() for lead in entry.leads),
    )


def _void_entry(rng: random.Random, model: Model, mark: str) -> Change | None:
    return _on_entry(rng, model, {"voided": {"date": "2013-12-24", "reason": f"Fel {mark}"}}, whole=True)


def _edit_entry(rng: random.Random, model: Model, mark: str) -> Change | None:
    name = rng.choice(("note", "by", "reason"))
    return _on_entry(rng, model, {name: f"{rng.choice(WORDS)} {mark}"}, whole=False)


def _correct_entry(rng: random.Random, model: Model, _mark: str) -> Change | None:
    """Correct what an entry says, or its day."""
    said = rng.choice(
        (
            {"date": f"2013-{rng.choice(('09', '10', BUSY[5:7]))}-0{rng.randint(1, 2)}"},
            {"date": f"2013-{rng.choice(('09', '10'))}-0{rng.randint(1, 2)}"},
            {"status": rng.choice(("in_progress", "on_hold", "done"))},
            {"due": rng.choice(("2014-01-01", "2014-02-01"))},
        )
    )
    return _on_entry(rng, model, said, whole=False)


def _on_entry(rng: random.Random, model: Model, said: dict[str, Any], whole: bool) -> Change | None:
    keys = [key for key, entry in model.entries.items() if key.startswith("base")]
    if not keys:
        return None
    key, (name, value) = rng.choice(keys), next(iter(said.items()))
    return Change(
        "log",
        (("entry", key) if whole else ("entry", key, name),),
        lambda target: target.entries[key].data.update(said),
        lambda data: any(entry.get(name) == value for entry in data.get("log", [])),
    )


def _remove_entry(rng: random.Random, model: Model, _mark: str) -> Change | None:
    keys = [key for key in model.entries if key.startswith("base")]
    if len(keys) < 2:
        return None
    key = rng.choice(keys)
    gone = deepcopy(model.entries[key].data)
    return Change(
        "log",
        (("entry", key),),
        lambda target: target.entries.pop(key),
        lambda data: gone not in data.get("log", []),
    )


def _edit_block(rng: random.Random, model: Model, mark: str) -> Change | None:
    if "description" not in model.fields:
        return None
    at, text = rng.randint(0, len(model.fields["description"])), f"ny rad {mark}"
    return Change(
        "description",
        (("field", "description"),),
        lambda target: target.fields["description"].insert(at, text),
        lambda data: text in data.get("description", ""),
    )


def _edit_group(rng: random.Random, model: Model, mark: str) -> Change | None:
    if "retired" not in model.fields:
        return None
    name = rng.choice(("date", "reason"))
    value = _day(rng) if name == "date" else f"Skäl {mark}"
    return Change(
        "retired",
        (("field", "retired", name),),
        lambda target: target.fields["retired"].update({name: value}),
        lambda data: data.get("retired", {}).get(name) == value,
    )


def _comment_before(rng: random.Random, model: Model, mark: str) -> Change | None:
    name, text = rng.choice(list(model.fields)), f"# ny kommentar {mark}"
    return Change(
        name,
        (("lead", name),),
        lambda target: target.leads.setdefault(name, []).append(text),
        lambda _data: True,
        (text,),
    )


def _comment_beside(rng: random.Random, model: Model, mark: str) -> Change | None:
    names = [name for name in model.fields if name not in (*LISTS, "retired")]
    name, text = rng.choice(names), f"# bredvid {mark}"
    return Change(
        name,
        (("beside", name),),
        lambda target: target.notes.update({name: text}),
        lambda _data: True,
        (text,),
    )


def _comment_last(_rng: random.Random, _model: Model, mark: str) -> Change | None:
    text = f"# sist {mark}"
    return Change("", (), lambda target: target.foot.append(text), lambda _data: True, (text,))


EDITS: tuple[Edit, ...] = (
    _set_field,
    _set_field,
    _remove_field,
    _add_item,
    _add_item,
    _remove_item,
    _append_entry,
    _append_entry,
    _append_day,
    _append_day,
    _void_entry,
    _edit_entry,
    _correct_entry,
    _correct_entry,
    _remove_entry,
    _edit_block,
    _edit_group,
    _comment_before,
    _comment_beside,
    _comment_last,
)


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
    if any(_is_doubtful(base, side) for side in sides):
        return
    outside = Counter(line.strip() for line in _outside(result.content))
    known = [entry for model in case.models for entry in _log(model)] + list(_mixed(case))
    for side, model in enumerate(sides):
        for key in model.entries.keys() - base.entries.keys():
            entry = model.entries[key]
            if not any(_unlike(entry.data, other) for other in known):
                if not all(entry.data in chosen.get("log", []) for chosen in data):
                    yield f"lost with a choice: {entry.data} of side {side}"
                if not all(outside[line.strip()] for line in _entry_lines(entry)):
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
            if said != (wanted := _last(_log(model), conflict.day, conflict.keys[1])):
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
