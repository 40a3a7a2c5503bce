"""Random records for merges, kept as models (fields, lists, entries, comments) that are written in many styles."""

import json
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from servplan.files.splice import flow

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
LISTS = ("supports", "owners", "tags")


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


def _meant(model: Model, name: str, value: Any) -> Any:
    if name != "description":
        return value
    style = model.style[name]
    return " ".join(value) if style == ">-" else "\n".join(value) + ("\n" if style == "|" else "")


def random_model(rng: random.Random) -> Model:
    """Make a record; its entries are called `base0`, `base1` …"""
    model = Model()
    names = [
        name for name in ("due", "order", "note", *LISTS, "description", "retired") if rng.random() < 0.7
    ]
    rng.shuffle(names)
    for name in ("title", *names):
        model.fields[name] = random_value(rng, name)
        model.style[name] = random_style(rng, name)
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
    entry = Entry(random_entry(rng, rng.randint(1, 6)), rng.random() < 0.6)
    if rng.random() < 0.2:
        entry.leads.append(f"# före {number}")
    if rng.random() < 0.2:
        entry.note = f"# efter {number}"
    return entry


def random_value(rng: random.Random, name: str) -> Any:
    if name in LISTS:
        return rng.sample(IDS, rng.randint(1, 3))
    if name == "description":
        return [rng.choice(WORDS) + f" rad {number}" for number in range(rng.randint(1, 4))]
    if name == "retired":
        return {"date": random_day(rng), "reason": rng.choice(WORDS)}
    if name == "order":
        return rng.randint(1, 99)
    return random_day(rng) if name in ("due", "start") else rng.choice(WORDS) + f" {rng.randint(1, 999)}"


def random_day(rng: random.Random) -> str:
    return f"2013-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def random_entry(rng: random.Random, month: int) -> dict[str, Any]:
    """Make an entry's data, of one of the first days of a month."""
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


def random_style(rng: random.Random, name: str) -> str:
    if name in LISTS:
        return rng.choice(("flow", "flow", "block", "deep", "single", "many lines"))
    if name == "retired":
        return rng.choice(("flow", "block"))
    return rng.choice(("|", ">-", "|-")) if name == "description" else rng.choice(("", "'", '"'))


def reflow(rng: random.Random, model: Model) -> None:
    """Write something otherwise, without saying anything else."""
    if rng.random() < 0.3 and (names := [name for name in model.fields if name != "description"]):
        name = rng.choice(names)
        model.style[name] = random_style(rng, name)
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
            lines += [margin + text for text in entry_lines(entry)]
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


def entry_lines(entry: Entry) -> list[str]:
    end = f"  {entry.note}" if entry.note else ""
    if entry.in_brackets:
        return [*entry.leads, f"- {flow(entry.data)}{end}"]
    pairs = [f"{key}: {flow(value)}" for key, value in entry.data.items()]
    return [*entry.leads, f"- {pairs[0]}{end}", *(f"  {pair}" for pair in pairs[1:])]
