"""Any text and any list is spliced exactly, or refused."""

import re
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from servplan.diagnostics import UsageError
from servplan.files.marks import comments
from servplan.files.oracle import Value
from servplan.files.splice import (
    SpliceError,
    append_entry,
    append_item,
    remove_item,
    remove_key,
    replace_scalars,
    set_key,
)
from tests.splices import ENTRY, ORDER, PATH, any_text, data_of, touched

TITLES = [
    "title: T",
    'title: "T: 1"  # why',
    "title:   'T'",
    "title: lång\n  text som\n  fortsätter",
    "'title': T",
]


MIDDLES = [
    "",
    'description: "two\n\n  lines"  # quoted\n',
    "description:     aligned\nvalid_from:      2013-01-01\n",
    "description: |2\n    indented\n",
    "description:\n",
    "supports:\n  # first\n  - a\n\n  - 'b'\n  # last\n\n",
    "supports: ['a', \"b\",  # more\n           c, å]\n",
    "supports: [\n  a,  # why\n  b  # last\n]\n",
    "supports:\n  -\n    a\n  -   b\n",
    "retired:\n  date: 2013-01-01  # then\n  reason: Ersatt\n",
    "'supports': [a]\n",
    "\n# a comment\n\n",
    "description: |\n  A\n  # no comment\n\n  b\n",
    "description: >-\n  folded\n  text\n\n",
    "description: |+\n  kept\n\n",
    "description: |  # said here\n  text\n",
    "description: >-\n    wide\xa0\n# after\n",
    "supports: [a, b]  # both\n",
    "supports:\n  - a\n  - b  # why b\n# after\n",
    "supports:\n- a\n- b\n",
    "supports: # these\n  - a\n",
    "supports: [\n  a,\n  b,\n]\n",
    "supports: a\n",
    "supports:\n",
    "supports: # none yet\n# nor here\n",
    "decided: {body: KS, date: 2013-01-01}\n",
    "decided:\n  - body: KS\n    date: 2013-01-01\n",
]


NOTES = [
    "",
    "note:   aligned\n",
    "note: ~\n",
    "note: |\n  text\n",
    "note: 'a  # b' # c\n",
    "note:\n  below\n",
]


LOGS = [
    "",
    "log:\n",
    "log: []\n",
    "log: []  # nothing yet\n",
    "log: null # nothing\n",
    "log: # soon\n# below\n",
    "log: [{date: 2013-01-01, note: a}]\n",
    "log: [\n  {date: 2013-01-01, note: a},\n]\n",
    "log: [\n  {date: 2013-01-01, note: a}  # why\n]\n",
    "log:\n  - {date: 2013-01-01, note: å}  # said\n",
    "log:\n- {date: 2013-01-01, note: a}\n\n# the end\n",
    "log:\n  # first\n  - date: 2013-01-01\n    note: |\n      text\n      # no comment\n\n",
    "log:\n    - date: 2013-01-01\n      note: >-\n        text\n# the end\n",
    "log:\n- date: 2013-01-01\n  note: a\n  evidence:\n    - b\n    # inside\n",
    "log:\n  - date: 2013-01-01\n    note:\n",
    "log:\n  - date: 2013-01-01\n    note: |+\n      kept\n\n",
]


TAILS = ["", "# tail\n", "\n\n", "source: bild 1\n", "\n# about the source\nsource: bild 1 # x\n"]


@st.composite
def files(draw: st.DrawFn) -> str:
    parts = [draw(st.sampled_from(part)) for part in (MIDDLES, NOTES, LOGS, TAILS)]
    text = draw(st.sampled_from(TITLES)) + "\n" + "".join(parts)
    if draw(st.booleans()):
        text = text.rstrip("\n")
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


def of_key(text: str, key: str) -> list[str]:
    """Return the lines from a top-level key to the next one."""
    lines, held = [], False
    for line in text.splitlines(True):
        if re.match("[a-z'\"]", line):
            held = line.strip("'\"").startswith(key)
        if held:
            lines.append(line)
    return lines


def tried(edit: Callable[[], str]) -> str | None:
    try:
        return edit()
    except (SpliceError, UsageError):
        return None


def is_one_edit(before: str, after: str, key: str) -> None:
    """Hold an edit to its promise: one region, nothing taken out but of the key itself, no comment lost."""
    removed, added = touched(before, after)
    if "\r\n" in before:
        assert after.count("\n") == after.count("\r\n")
    if added or not before.endswith("".join(removed)):
        assert after.endswith("\n") == before.endswith("\n")
    own, newline = of_key(before, key), "\r\n" if "\r\n" in before else "\n"
    for line in removed:
        got_its_end = not line.endswith("\n") and line + newline in added
        assert line in own or got_its_end or not line.strip(), line
    assert comments(after) == comments(before)


@settings(max_examples=250, deadline=None)
@given(files(), st.sampled_from(["title", "description", "supports", "note", "source"]), any_text)
def test_any_text_is_set_exactly_or_refused(text: str, key: str, value: str) -> None:
    before = data_of(text)
    after = tried(lambda: set_key(PATH, text, key, value, ORDER))
    if after is not None:
        assert data_of(after) == before | {key: value}
        is_one_edit(text, after, key)
        assert len(touched(text, after)[1]) <= (1 if text.endswith("\n") else 2)


@settings(max_examples=200, deadline=None)
@given(files(), st.sampled_from(["supports", "tags"]), st.lists(any_text, min_size=1, max_size=3))
def test_any_list_is_set_exactly_or_refused(text: str, key: str, value: list[Value]) -> None:
    before = data_of(text)
    after = tried(lambda: set_key(PATH, text, key, value, ORDER))
    if after is not None:
        assert data_of(after) == before | {key: value}
        is_one_edit(text, after, key)


@settings(max_examples=300, deadline=None)
@given(files(), any_text)
def test_any_entry_is_appended_exactly_or_refused(text: str, note: str) -> None:
    before = data_of(text)
    entry = ENTRY | {"note": note}
    after = tried(lambda: append_entry(PATH, text, entry))
    if after is not None:
        log = before.get("log") or []
        assert isinstance(log, list)
        assert data_of(after) == before | {"log": [*log, entry]}
        is_one_edit(text, after, "log")


@settings(max_examples=150, deadline=None)
@given(files(), any_text)
def test_any_item_is_appended_exactly_or_refused(text: str, item: str) -> None:
    before = data_of(text)
    old = before.get("supports")
    kept: list[Value] = old if isinstance(old, list) else [] if old is None else [old]
    after = tried(lambda: append_item(PATH, text, "supports", item))
    if after is not None:
        assert data_of(after) == before | {"supports": [*kept, item]}
        is_one_edit(text, after, "supports")


@settings(max_examples=150, deadline=None)
@given(files(), st.sampled_from(["description", "supports", "note", "log", "decided"]))
def test_a_key_is_removed_exactly_or_refused(text: str, key: str) -> None:
    before = data_of(text)
    after = tried(lambda: remove_key(PATH, text, key))
    if after is not None:
        assert data_of(after) == {name: value for name, value in before.items() if name != key}
        is_one_edit(text, after, key)


@settings(max_examples=150, deadline=None)
@given(files(), st.sampled_from(["a", "b", "c", "å"]))
def test_an_item_is_removed_exactly_or_refused(text: str, item: str) -> None:
    before = data_of(text)
    old = before.get("supports")
    after = tried(lambda: remove_item(PATH, text, "supports", item))
    if after is not None:
        kept = (
            [each for each in old if each != item] if isinstance(old, list) else None if old == item else old
        )
        emptied = {key: value for key, value in before.items() if key != "supports"}
        held = "supports" in before and kept not in ([], None)
        same = before if old is None else emptied
        assert data_of(after) == (before | {"supports": kept} if held else same)
        is_one_edit(text, after, "supports")


@settings(max_examples=100, deadline=None)
@given(files(), st.sampled_from(["ny", "no", "1e3", "a-b"]))
def test_a_name_is_replaced_exactly_wherever_it_stands(text: str, new: str) -> None:
    before = data_of(text)
    old = before.get("supports")
    names = old if isinstance(old, list) else []
    places: list[tuple[str | int, ...]] = [("supports", at) for at, name in enumerate(names) if name == "a"]
    after = replace_scalars(PATH, text, places, new) if places else text
    assert data_of(after) == before | (
        {"supports": [new if name == "a" else name for name in names]} if places else {}
    )
    assert len(touched(text, after)[1]) == len(places)
    assert comments(after) == comments(text)
