"""A text cut into pieces is the text; a piece can stand elsewhere."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servplan.files.document import read_document
from servplan.files.pieces import Part, Sheet, UnevenError, as_inline, as_line, block, lines, moved, sheet
from tests.conftest import ROOT
from tests.merge_cases import case
from tests.merge_models import text_of

TEXT = """\
---
# överst
title: Resan  # vid
note: |  # här
  Ett

  två
log: # loggen
  # först
  - date: 2013-03-01 # dagen
    # inuti
    note: >-
      Ett
      två
  -
  - {date: 2013-03-02, evidence: [a,  b]}
  - - i lista
    - i lista
# före
supports:
- a
- b
due:
# slut
"""


def cut(text: str) -> Sheet:
    data = read_document("x", text.encode()).data
    assert data is not None
    return sheet(text, data)


def whole(text: str) -> str:
    made = cut(text)
    return block(made.node) + made.foot


def part(text: str, name: str) -> Part:
    return next(part for part in cut(text).node.parts if part.name == name)


def test_pieces_are_the_text() -> None:
    assert whole(TEXT) == TEXT


@pytest.mark.parametrize("path", sorted(ROOT.glob("data/**/*.yaml"))[::7], ids=lambda path: path.stem)
def test_pieces_of_a_shipped_record_are_its_text(path: Path) -> None:
    assert whole(path.read_text("utf-8")) == path.read_text("utf-8")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1 << 32))
def test_pieces_of_any_record_are_its_text(seed: int) -> None:
    text = text_of(case(seed).models[0])
    assert whole(text) == text


def test_a_piece_knows_its_comments_and_not_those_before_it() -> None:
    assert part(TEXT, "title").remarks == ("# vid",)
    assert part(TEXT, "log").remarks == ("# loggen", "# först", "# dagen", "# inuti")
    assert (part(TEXT, "supports").lead, part(TEXT, "supports").remarks) == ("# före\n", ())


@pytest.mark.parametrize("column", [0, 1, 5])
def test_an_item_says_the_same_at_another_margin(column: int) -> None:
    log = part(TEXT, "log").node
    text = "log:\n" + "".join(item.lead + lines(item) for item in (moved(item, column) for item in log.parts))
    assert read_document("x", text.encode()).data == {"log": log.data}


def test_an_item_may_change_between_brackets_and_lines() -> None:
    first, _none, second, _list = part(TEXT, "log").node.parts
    assert lines(as_inline(first)) == "{date: 2013-03-01, note: Ett två}\n"
    assert lines(as_line(second.node.parts[1], 4)) == "    evidence: [a,  b]\n"


@pytest.mark.parametrize("text", ["{title: A}\n", "? title\n: A\n", "[a]\n"])
def test_a_form_without_pieces_is_refused(text: str) -> None:
    with pytest.raises(UnevenError):
        sheet(text, {"title": "A"})
