"""Random pairs of edits: nothing that a side changed is lost, and disjoint edits merge without a conflict."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from servplan.files.document import read_document
from tests.merge_cases import Case, case
from tests.merges import PATH, faults, merged

CASES = st.integers(0, 1 << 32).map(case)


@settings(max_examples=120, deadline=None)
@given(CASES)
@example(case(219))
@example(case(1247))
@example(case(20942))
@example(case(70324))
@example(case(488337))
def test_every_change_is_in_the_result_or_in_a_named_conflict_and_disjoint_edits_have_none(
    tried: Case,
) -> None:
    assert faults(tried, merged(tried)) == []


@settings(max_examples=25, deadline=None)
@given(CASES)
def test_what_only_one_side_changed_is_that_sides(tried: Case) -> None:
    base, ours, _theirs = tried.texts
    one_sided = merged(tried._replace(texts=(base, base, ours)))
    other = merged(tried._replace(texts=(base, ours, base)))
    assert (one_sided.conflicts, other.conflicts, other.content) == ((), (), ours)
    assert said(one_sided.content) == said(ours)


def said(content: bytes) -> object:
    """What a file says: a single item may stand without its list, and the form follows the other side."""
    return alone(read_document(PATH, content + b"\n").data)


def alone(value: object) -> object:
    if isinstance(value, dict):
        return {key: alone(item) for key, item in value.items()}
    if isinstance(value, list):
        items = [alone(item) for item in value]
        return items[0] if len(items) == 1 else items
    return value


@settings(max_examples=25, deadline=None)
@given(CASES)
def test_the_sides_may_change_places(tried: Case) -> None:
    base, ours, theirs = tried.texts
    turned = merged(tried._replace(texts=(base, theirs, ours)))
    assert bool(turned.conflicts) == bool(merged(tried).conflicts)


def test_among_the_cases_are_conflicts_and_disjoint_edits() -> None:
    tried = [case(seed) for seed in range(60)]
    assert 10 < sum(item.is_disjoint for item in tried) < 58
    assert any(merged(item).conflicts for item in tried)
