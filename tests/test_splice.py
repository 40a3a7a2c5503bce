import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servplan.diagnostics import UsageError
from servplan.files.marks import comments
from servplan.files.oracle import Data
from servplan.files.splice import (
    SpliceError,
    append_entry,
    append_item,
    append_row,
    field_value,
    remove_item,
    remove_key,
    replace_scalars,
    set_in_item,
    set_key,
)
from tests.splices import AWKWARD, ENTRY, LINE, ORDER, PATH, data_of, touched

# Awkward texts and awkward files


@pytest.mark.parametrize("value", [text for text in AWKWARD if text])
def test_every_awkward_text_can_be_said(value: str) -> None:
    after = set_key(PATH, "title: T\nnote: old # why\n", "note", value, ORDER)
    assert data_of(after) == {"title": "T", "note": value}
    assert after.endswith(" # why\n")
    assert data_of(append_entry(PATH, after, ENTRY | {"note": value}))["log"] == [ENTRY | {"note": value}]


@pytest.mark.parametrize("value", ["\x1b[31m", "\0", "a\u2028b", "\x85", "\ufeff", "\udce5", "a\rb"])
def test_a_character_that_no_file_may_hold_is_refused_by_name(value: str) -> None:
    for edit in (set_key, append_item):
        with pytest.raises(UsageError) as caught:
            edit(PATH, "title: T\n", "note", value, ORDER)
        assert caught.value.code == "unfit-text"
        assert caught.value.params["character"] in [f"U+{ord(sign):04X}" for sign in value]


# Forms of a log


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: T\n", f"title: T\nlog:\n  - {LINE}\n"),
        ("title: T", f"title: T\nlog:\n  - {LINE}"),
        ("title: T\n# end\n", f"title: T\n# end\nlog:\n  - {LINE}\n"),
        ("title: T\r\n", f"title: T\r\nlog:\r\n  - {LINE}\r\n"),
        ("title: T\nlog:\n", f"title: T\nlog:\n  - {LINE}\n"),
        ("title: T\nlog:", f"title: T\nlog:\n  - {LINE}"),
        ("title: T\nlog: ~\nnote: n\n", f"title: T\nlog:\n  - {LINE}\nnote: n\n"),
        ("title: T\nlog: # soon\n# x\n", f"title: T\nlog: # soon\n  - {LINE}\n# x\n"),
        ("title: T\nlog: null # soon\n", f"title: T\nlog: # soon\n  - {LINE}\n"),
        ("title: T\nlog: []\n", f"title: T\nlog: [{LINE}]\n"),
        ("title: T\nlog: [ ] # x\n", f"title: T\nlog: [{LINE}] # x\n"),
        ("title: T\nlog: [{date: 2013-01-01}]\n", f"title: T\nlog: [{{date: 2013-01-01}}, {LINE}]\n"),
        ("title: T\nlog:\n  - a: 1\n# x\n", f"title: T\nlog:\n  - a: 1\n  - {LINE}\n# x\n"),
        ("title: T\nlog:\n- a: 1 # y\n\nnote: n\n", f"title: T\nlog:\n- a: 1 # y\n- {LINE}\n\nnote: n\n"),
        ("log:\n- a: |\n    x\n    # y\n\nnote: n\n", f"log:\n- a: |\n    x\n    # y\n- {LINE}\n\nnote: n\n"),
        ("log:\n- a: >-\n    x\n# y\n", f"log:\n- a: >-\n    x\n- {LINE}\n# y\n"),
        ("log:\n- a: 1", f"log:\n- a: 1\n- {LINE}"),
        ("log:\n- a: |+\n    x\n\n", f"log:\n- a: |+\n    x\n\n- {LINE}\n"),
        ("title: T\n...\n", f"title: T\nlog:\n  - {LINE}\n...\n"),
        ("log: [\n  {a: 1}\n]\n", f"log: [\n  {{a: 1}},\n  {LINE}\n]\n"),
        ("log:\n  -\n    a: 1\n", f"log:\n  -\n    a: 1\n  - {LINE}\n"),
        ("log:\r\n- a: 1\r\n\r\n", f"log:\r\n- a: 1\r\n- {LINE}\r\n\r\n"),
    ],
)
def test_an_entry_stands_last_in_a_log_of_any_form(before: str, after: str) -> None:
    assert append_entry(PATH, before, ENTRY) == after


ROW = {"record": "resa", "rule": "due-moved"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "- record: resa\n  rule: due-moved\n"),
        ("# Svar\n", "# Svar\n- record: resa\n  rule: due-moved\n"),
        ("- a: b\n# sist\n", "- a: b\n- record: resa\n  rule: due-moved\n# sist\n"),
        ("  - {a: b}", "  - {a: b}\n  - record: resa\n    rule: due-moved"),
        ("- a: b\r\n", "- a: b\r\n- record: resa\r\n  rule: due-moved\r\n"),
        ("[]  # inga\n", "- record: resa\n  rule: due-moved  # inga\n"),
        ("[]\n", "- record: resa\n  rule: due-moved\n"),
        ("[{a: b}]\n", "[{a: b}, {record: resa, rule: due-moved}]\n"),
        ("a: b\n", None),
    ],
)
def test_a_row_stands_last_in_a_file_of_rows_of_any_form(before: str, after: str | None) -> None:
    if after is None:
        with pytest.raises(SpliceError):
            append_row(PATH, before, ROW)
    else:
        assert append_row(PATH, before, ROW) == after


def test_a_long_entry_is_written_key_by_key() -> None:
    entry = ENTRY | {"note": "Ett ord " * 12 + "till"}
    after = append_entry(PATH, "title: T\n", entry)
    assert after == f"title: T\nlog:\n  - date: 2013-10-04\n    status: done\n    note: {entry['note']}\n"


@pytest.mark.parametrize(
    "text",
    [
        "{title: T}\n",
        "title: T\nlog: text\n",
        "title: T\nlog: {date: 2013-01-01}\n",
        "title: [\n",
        "",
        "\ufefftitle: T\n",
    ],
)
def test_a_form_that_cannot_be_appended_to_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(SpliceError) as caught:
        append_entry(PATH, text, ENTRY)
    assert caught.value.code == "cannot-splice"
    assert caught.value.params["path"] == PATH


# One field


@pytest.mark.parametrize(
    ("before", "line", "after"),
    [
        ("title: T\nnote: old\n", "note", "title: T\nnote: new\n"),
        ("title: T\nnote:   'old'  # why\n", "note", "title: T\nnote:   new  # why\n"),
        ("title: T\nnote:\ntags: x\n", "note", "title: T\nnote: new\ntags: x\n"),
        ("title: T\nnote: # why\ntags: x\n", "note", "title: T\nnote: new # why\ntags: x\n"),
        ("title: T\nnote:", "note", "title: T\nnote: new"),
        ("title: T\nnote:\n  - a\n  - b\n# c\n", "note", "title: T\nnote: new\n# c\n"),
        ("note: |\n  a\n  # b\n\ntitle: T\n", "note", "note: new\n\ntitle: T\n"),
        ("note: old\r\ntitle: T\r\n", "note", "note: new\r\ntitle: T\r\n"),
        ('"note": old\n', "note", '"note": new\n'),
        ("title: T\nlog: []\n", "note", "title: T\nnote: new\nlog: []\n"),
        ("title: T", "note", "title: T\nnote: new"),
    ],
)
def test_setting_a_field_changes_its_line_and_no_other(before: str, line: str, after: str) -> None:
    assert set_key(PATH, before, line, "new", ORDER) == after


@pytest.mark.parametrize(
    "text",
    [
        "title: T\nnote:\n  - a  # why a\n  - b\n",
        "title: T\nnote:\n  # first\n  - a\n  # then\n  - b\n",
        "title: T\nnote: [\n  a,  # why a\n  b]\n",
    ],
)
def test_a_comment_inside_a_value_does_not_vanish_with_it(text: str) -> None:
    with pytest.raises(SpliceError) as caught:
        set_key(PATH, text, "note", "new", ORDER)
    assert caught.value.params == {"path": PATH, "line": "2", "wanted": "note: new"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: T\nnote: # these\n  - a\n", "title: T\nnote: new # these\n"),
        ("title: T\nnote: |  # why so\n  a\n", "title: T\nnote: new  # why so\n"),
        ("title: T\nnote:\n  # first\n  - a\ntags: x\n", "title: T\nnote:\n  # first\n  new\ntags: x\n"),
    ],
)
def test_a_comment_beside_a_value_stays_with_the_new_one(before: str, after: str) -> None:
    assert set_key(PATH, before, "note", "new", ORDER) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: T\nnote: n  # why\ntags: x\n", "title: T\n# why\ntags: x\n"),
        ("title: T\nnote: # these\n  - a # b\n  # c\n  - d\n", "title: T\n# these\n# b\n# c\n"),
        ("title: T\nnote: n # why", "title: T\n# why"),
    ],
)
def test_what_is_removed_leaves_its_comments(before: str, after: str) -> None:
    assert remove_key(PATH, before, "note") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("t: 1\ns:\n  - a\n  - b\n  - c\n", "t: 1\ns:\n  - a\n  - c\n"),
        ("t: 1\ns:\n- a\n\n- b\n# end\n", "t: 1\ns:\n- a\n\n# end\n"),
        ("t: 1\ns:\n  - a\n  - 'b'  # why\n  - c\n", "t: 1\ns:\n  - a\n  # why\n  - c\n"),
        ("t: 1\ns:\n  -\n    b\n  - c\n", "t: 1\ns:\n  - c\n"),
        ("t: 1\ns: ['a', b, \"c\"]  # all\n", "t: 1\ns: ['a', \"c\"]  # all\n"),
        ("t: 1\ns: [b, a]\n", "t: 1\ns: [a]\n"),
        ("t: 1\ns: [a, b]\n", "t: 1\ns: [a]\n"),
        ("t: 1\ns: [\n  a,\n  b,\n  c\n]\n", "t: 1\ns: [\n  a,\n  c\n]\n"),
        ("t: 1\ns: [\n  a,\n  b\n]\n", "t: 1\ns: [\n  a,\n]\n"),
        ("t: 1\ns: [b, a, b]\n", "t: 1\ns: [a]\n"),
        ("t: 1\ns: [b]\n", "t: 1\n"),
        ("t: 1\ns: b\n", "t: 1\n"),
        ("t: 1\ns: [a]\n", "t: 1\ns: [a]\n"),
        ("t: 1\r\ns:\r\n- b\r\n- a", "t: 1\r\ns:\r\n- a"),
    ],
)
def test_a_removed_item_takes_its_line_and_no_other(before: str, after: str) -> None:
    assert remove_item(PATH, before, "s", "b") == after


def test_a_comment_like_line_of_a_text_is_no_comment() -> None:
    assert comments("a: |\n  x # y\n  # z\nb: 'c # d'  # e\n# f\n") == ["# e", "# f"]


def test_a_comment_on_the_line_that_opens_a_block_text_is_one() -> None:
    assert comments("a: | # x\n  y\n") == ["# x"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: T\nnote: n\ntags: x\n", "title: T\ntags: x\n"),
        ("title: T\nnote:\n  - a\n  - b\n\n# tags\ntags: x\n", "title: T\n\n# tags\ntags: x\n"),
        ("title: T\nnote:\ntags: x\n", "title: T\ntags: x\n"),
        ("title: T\nnote: n", "title: T\n"),
        ("title: T\ntags: x\n", "title: T\ntags: x\n"),
    ],
)
def test_a_removed_key_takes_its_lines_and_no_other(before: str, after: str) -> None:
    assert remove_key(PATH, before, "note") == after


def test_the_only_key_is_not_removed() -> None:
    with pytest.raises(SpliceError):
        remove_key(PATH, "note: n\n", "note")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("t: 1\ns: [a]\n", "t: 1\ns: [a, new]\n"),
        ("t: 1\ns:\n  - a\n", "t: 1\ns:\n  - a\n  - new\n"),
        ("t: 1\ns: a  # c\n", "t: 1\ns: [a, new]  # c\n"),
        ("t: 1\ns: [\n  a,\n]\n", "t: 1\ns: [\n  a,\n  new,\n]\n"),
        (
            "t: 1\ns: [\n  a,  # x\n  b  # y\n  # z\n]\n",
            "t: 1\ns: [\n  a,  # x\n  b,  # y\n  new\n  # z\n]\n",
        ),
        ("t: 1\ns: [a,\n    b]\n", "t: 1\ns: [a,\n    b, new]\n"),
        ("t: 1\ns: [  ]\n", "t: 1\ns: [new]\n"),
        ("t: 1\n", "t: 1\ns: [new]\n"),
    ],
)
def test_an_item_is_added_in_the_lists_own_form(before: str, after: str) -> None:
    assert append_item(PATH, before, "s", "new") == after


@pytest.mark.parametrize(
    ("before", "after", "places"),
    [
        ("s: a\n", "s: new\n", [("s", 0)]),
        ("s: [a, b, a]\n", "s: [new, b, new]\n", [("s", 0), ("s", 2)]),
        ("s:\n  - 'a'  # c\n  - b\n", "s:\n  - new  # c\n  - b\n", [("s", 0)]),
        (
            "log:\n  - {by: a, owners: [a]}\n",
            "log:\n  - {by: new, owners: [new]}\n",
            [("log", 0, "by"), ("log", 0, "owners", 0)],
        ),
        ("r: {by: a}\n", "r: {by: new}\n", [("r", "by", 0)]),
    ],
)
def test_words_at_places_are_replaced_and_nothing_else(
    before: str, after: str, places: list[tuple[str | int, ...]]
) -> None:
    assert replace_scalars(PATH, before, places, "new") == after


def test_a_place_without_a_word_is_refused() -> None:
    with pytest.raises(SpliceError):
        replace_scalars(PATH, "s: [[a]]\n", [("s", 0)], "new")


def test_a_field_is_read_as_it_stands() -> None:
    assert field_value(PATH, "title: T\ndue: 2013-03-04\n", "due") == "2013-03-04"
    assert field_value(PATH, "title: T\n", "due") is None


# One more key in an entry


VOIDED: Data = {"date": "2013-11-01", "reason": "Fel: dag"}
WRITTEN = 'voided: {date: 2013-11-01, reason: "Fel: dag"}'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"log:\n  - {LINE}  # kommentar\n  - {LINE}\n", f"log:\n  - {LINE[:-1]}, {WRITTEN}}}  # kommentar\n  - {LINE}\n"),
        (f"log: [{LINE}, {LINE}]\n", f"log: [{LINE[:-1]}, {WRITTEN}}}, {LINE}]\n"),
        (f"log: {LINE}\ntitle: T\n", f"log: {LINE[:-1]}, {WRITTEN}}}\ntitle: T\n"),
        ("log:\n  date: 2013-10-04\n\ntitle: T\n", f"log:\n  date: 2013-10-04\n  {WRITTEN}\n\ntitle: T\n"),
        ("log:\n- date: 2013-10-04 # a\n  # b\n- note: x\n", f"log:\n- date: 2013-10-04 # a\n  {WRITTEN}\n  # b\n- note: x\n"),
        ("log:\r\n  - note: |\r\n      rad\r\n      rad\r\n", f"log:\r\n  - note: |\r\n      rad\r\n      rad\r\n    {WRITTEN}\r\n"),
        ("log:\n  - {\n      date: 2013-10-04,  # a\n    }\n", f"log:\n  - {{\n      date: 2013-10-04, {WRITTEN},  # a\n    }}\n"),
        ("log:\n  - note: sist", f"log:\n  - note: sist\n    {WRITTEN}"),
    ],
)  # fmt: skip
def test_a_key_is_added_to_an_entry_in_its_own_form(before: str, after: str) -> None:
    assert set_in_item(PATH, before, ("log", 0), "voided", VOIDED) == after


@pytest.mark.parametrize("text", ["title: T\n", "log: [{}]\n", "log:\n  - x\n", "log:\n  - {voided: , date: 2013-10-04}\n"])  # fmt: skip
def test_where_no_key_can_be_added_the_refusal_says_what_to_write(text: str) -> None:
    with pytest.raises(SpliceError) as caught:
        set_in_item(PATH, text, ("log", 0), "voided", VOIDED)
    assert caught.value.params["wanted"] == WRITTEN


@given(st.lists(st.sampled_from(AWKWARD), min_size=1, max_size=3), st.data())
@settings(max_examples=20, deadline=None)
def test_only_the_entrys_own_lines_change_when_a_key_is_added(notes: list[str], drawn: st.DataObject) -> None:
    text = "title: T\n"
    for note in notes:
        text = append_entry(PATH, text, {"date": "2013-10-04", "note": note})
    at = drawn.draw(st.integers(0, len(notes) - 1))
    after = set_in_item(PATH, text, ("log", at), "voided", VOIDED)
    wanted = data_of(text)
    wanted["log"][at]["voided"] = VOIDED  # type: ignore[index, call-overload]
    assert data_of(after) == wanted
    out, put = touched(text, after)
    assert (len(out), len(put)) in ((1, 1), (0, 1))
