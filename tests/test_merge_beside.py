"""The plan's files beside the records merged: the answers to the audit, row by row, and the header."""

from typing import get_origin

import pytest

from servplan.merge.arrangement import BY_KEY
from servplan.merge.three_way import Merged, merge
from servplan.merge.validity import FileName, stays_valid
from servplan.model.header import Header
from servplan.model.kinds import KINDS
from tests.merge_sides import BASE, named, text
from tests.merges import resolved


@pytest.mark.parametrize("order", [1, -1])
def test_a_file_that_one_side_emptied_stands_whole_between_marks(order: int) -> None:
    row = "- {record: resan, rule: due-moved, reason: Ja, by: C}\n"
    sides = ["", row + row.replace("resan", "boden").removesuffix("\n")][::order]
    result = merged_rows(*sides, base=row)
    assert result.conflicts
    assert [resolved(result.content, side).strip() for side in (0, 1)] == sides


ROWS = """\
# Svar till revisionen
- record: besoka-boden
  rule: due-moved
  reason: Felskrivet
  by: chefen
- {record: malet, rule: goal-reworded, reason: Nytt beslut, by: nämnden}
"""


def merged_rows(ours: str, theirs: str, base: str = ROWS) -> Merged:
    return merge("data/audit.yaml", FileName("audit", ""), (base.encode(), ours.encode(), theirs.encode()))


def row(rule: str) -> str:
    return f"- {{record: malet, rule: {rule}, reason: Bestämt, by: chefen}}\n"


def test_rows_of_answers_that_both_sides_add_all_stand_and_equal_ones_once() -> None:
    ours, theirs = ROWS + row("a") + row("b"), ROWS + row("b") + row("c")
    assert text(merged_rows(ours, theirs)) == ROWS + row("a") + row("b") + row("c")


def test_two_files_of_answers_without_a_base_are_put_together() -> None:
    assert text(merged_rows(row("a"), row("b"), "")) == row("a") + row("b")


def test_a_row_that_one_side_takes_away_goes_and_what_the_other_adds_stays() -> None:
    ours, theirs = ROWS[: ROWS.index("- {record: malet")], ROWS + row("a")
    assert text(merged_rows(ours, theirs)) == ours + row("a")


HEAD = "# Svar till revisionen\n\n"


@pytest.mark.parametrize("base", [HEAD, HEAD + "# Ännu inga\n", "\n", ""])
def test_the_first_rows_of_both_sides_stand_below_what_was_there_before(base: str) -> None:
    ours, theirs = base + row("a"), base + "# Om b\n" + row("b")
    assert text(merged_rows(ours, theirs, base)) == ours + "# Om b\n" + row("b")


def test_where_one_side_leaves_comments_alone_its_rows_go_and_what_the_other_adds_stays() -> None:
    before, left = HEAD + row("a"), HEAD + "# Inga kvar\n"
    for sides in ((left, before + row("b")), (before + row("b"), left)):
        assert text(merged_rows(*sides, base=before)) == HEAD + row("b") + "# Inga kvar\n"
    changed = before.replace("Bestämt", "Ändrat")
    assert [resolved(merged_rows(HEAD, changed, before).content, side) for side in (0, 1)] == [HEAD, changed]


def test_a_row_that_each_side_changes_in_its_own_way_is_a_conflict() -> None:
    ours, theirs = (
        ROWS.replace("  by: chefen\n", f"  by: chefen\n  commit: {commit}\n") for commit in ("a1", "b2")
    )
    result = merged_rows(ours, theirs)
    assert named(result) == [("commit",)]
    assert [resolved(result.content, side) for side in (0, 1)] == [ours, theirs]


HEADER = """\
servplan: 1
title: Planen
period: {start: 2013-01-01, end: 2015-12-31}
levels:
  - {id: overall, title: Mål}
  - {id: sub-goal, title: Delmål}
terms: {BMB: Nämnden}
"""


def merged_header(ours: str, theirs: str) -> Merged:
    return merge("data/plan.yaml", FileName("plan", ""), (HEADER.encode(), ours.encode(), theirs.encode()))


def test_halves_of_a_period_are_never_put_together() -> None:
    ours = HEADER.replace("2013-01-01", "2014-07-01")
    theirs = HEADER.replace("2015-12-31", "2014-06-30")
    result = merged_header(ours, theirs)
    assert named(result) == [("period",)]
    assert [resolved(result.content, side) for side in (0, 1)] == [ours, theirs]


def test_terms_are_merged_one_by_one() -> None:
    ours = HEADER.replace("{BMB: Nämnden}", "{BMB: Nämnden, LUP: Planen}")
    theirs = HEADER.replace("{BMB: Nämnden}", "{BMB: Byggnämnden}")
    assert text(merged_header(ours, theirs)) == ours.replace("Nämnden", "Byggnämnden")


def test_only_groups_of_free_keys_are_merged_key_by_key() -> None:
    free = {name for name, found in Header.model_fields.items() if get_origin(found.annotation) is dict}
    assert free == BY_KEY
    for kind in KINDS:
        found = {name for name, found in kind.model_fields.items() if get_origin(found.annotation) is dict}
        assert not found


SOURCE = "sources: [{id: bild, title: Bild, link: underlag/bild.pdf}]\n"


@pytest.mark.parametrize(
    ("record", "valid", "invalid"),
    [
        (FileName("plan", ""), HEADER, HEADER.replace("2015-12-31", "2012-12-31")),
        (FileName("plan", ""), HEADER + SOURCE, HEADER.replace("2015-12-31", "2012-12-31") + SOURCE),
        (FileName("audit", ""), ROWS, ROWS.replace("  by: chefen\n", "")),
        (FileName("besoka-boden", "activities"), BASE, BASE.replace("2013-12-31", "snart")),
    ],
)
def test_a_merged_file_stays_valid_unless_a_side_is_not(record: FileName, valid: str, invalid: str) -> None:
    good, bad = valid.encode(), invalid.encode()
    assert stays_valid(record, (good, good), good)
    assert not stays_valid(record, (good, good), bad)
    assert stays_valid(record, (good, bad), bad)
