"""Small edits of a record, made at random: each knows what it touches, and how to see that it was made."""

import random
from collections.abc import Callable
from copy import deepcopy
from typing import Any, NamedTuple

from tests.merge_models import (
    LISTS,
    WORDS,
    Entry,
    Model,
    random_day,
    random_entry,
    random_style,
    random_value,
)

Touch = tuple[str, ...]
"""What an edit touches: edits that touch different things are disjoint."""
SCALARS = ("title", "due", "order", "note", "internal_note", "start")
BUSY = "2013-12-01"
"""A day on which both sides add several entries."""


class Change(NamedTuple):
    """One small edit: what it touches, how it is done, and how to see in a merged record that it was.

    `name` is the field that a conflict about it has to name.
    """

    name: str
    touches: tuple[Touch, ...]
    apply: Callable[[Model], object]
    is_in: Callable[[dict[str, Any]], bool]
    comments: tuple[str, ...] = ()


Edit = Callable[[random.Random, Model, str], "Change | None"]


def _set_field(rng: random.Random, model: Model, mark: str) -> Change | None:
    name = rng.choice(SCALARS)
    value = (
        f"{random_value(rng, name)} {mark}"
        if name in ("title", "note", "internal_note")
        else random_value(rng, name)
    )
    style, at = random_style(rng, name), rng.randint(1, len(model.fields))

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
    entry = Entry(random_entry(rng, rng.choice((7, 8, 12))), rng.random() < 0.6)
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
    value = random_day(rng) if name == "date" else f"Skäl {mark}"
    return Change(
        "retired",
        (("field", "retired"),),
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
