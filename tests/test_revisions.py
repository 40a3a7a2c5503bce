"""A pair of states is read as far as its comparison needs, and no further."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servplan.analysis.diff import PlanDiff, compare
from servplan.diagnostics import ServplanError
from servplan.files.git_commit import find_commit
from servplan.files.git_tree import GitTree
from servplan.files.similarity import most_alike, similarity
from servplan.files.tree import MemoryTree
from servplan.load import load_plan, load_record
from servplan.renaming import renamed_ids
from servplan.revisions import read_pair
from tests.plans import HEADER, texts, write

GOALS = ("topp", "ett", "tva")
OWNERS = ("enheten", "byn")


def of(names: tuple[str, ...]) -> st.SearchStrategy[str]:
    lists = st.lists(st.sampled_from(names), max_size=2, unique=True)
    return lists.map(lambda found: f"[{', '.join(found)}]")


RETIRED = st.sampled_from(["", "", "", "retired: {date: 2013-02-01, reason: r}\n"])
GOAL = st.builds(
    "title: {}\nlevel: target\nsupports: {}\n{}{}".format,
    st.sampled_from(["Mål", "Annat"]),
    of(GOALS),
    RETIRED,
    st.sampled_from(["", "due: 2013-12-31\n", "due: 2013-05-31\nowners: [byn]\n"]),
)
ACTIVITY = st.builds(
    "title: {}\nsupports: {}\nowners: {}\n{}{}{}".format,
    st.sampled_from(["Resa", "Möte"]),
    of((*GOALS, "punkt", "a0", "gammal")),
    of(OWNERS),
    st.sampled_from(["", "due: 2013-06-30\n", "due: 2013-12-31\n"]),
    RETIRED,
    st.sampled_from(
        ["", "log: [{date: 2013-02-01, status: done}]\n", "log: [{date: 2013-01-01, owners: [byn]}]\n"]
    ),
)
FILES = st.fixed_dictionaries(
    {"programmes/tio.yaml": st.just("title: Tio\n")}
    | {f"owners/{owner}.yaml": st.just(f"title: {owner}\ntype: unit\n") for owner in OWNERS},
    optional={f"goals/{goal}.yaml": GOAL for goal in GOALS}
    | {f"activities/a{number}.yaml": ACTIVITY for number in range(4)}
    | {"boxes/punkt.yaml": st.just("title: Punkt\nprogramme: tio\nsupports: [ett]\n")}
    | {"goals/ny.yaml": st.just("title: Ny\nlevel: target\nformerly: [gammal]\n")},
)


def told(found: PlanDiff) -> object:
    return found.changes, found.unreadable


@settings(max_examples=150, deadline=None)
@given(FILES, FILES)
def test_a_pair_read_in_part_compares_as_one_read_whole(one: dict[str, str], other: dict[str, str]) -> None:
    before, after = MemoryTree(texts(one)), MemoryTree(texts(other | mostly(one)))
    pair = read_pair(before, after)
    whole = compare(load_plan(before).plan, load_plan(after).plan, pair.renamed)
    assert told(compare(pair.before, pair.after, pair.renamed)) == told(whole)


def mostly(files: Mapping[str, str]) -> dict[str, str]:
    """Return half of the files, which the other side then shares."""
    return dict(list(files.items())[::2])


def test_what_both_sides_have_is_not_read() -> None:
    same = {f"goals/m{number}.yaml": f"title: M{number}\nlevel: target\n" for number in range(5)}
    before, after = (
        MemoryTree(texts(same | {"activities/a.yaml": f"title: {title}\nsupports: [m3]\n"})) for title in "AB"
    )
    pair = read_pair(before, after)
    assert sorted(pair.after.records) == ["a", "m3"]


def test_a_record_that_was_renamed_by_hand_is_one_change() -> None:
    text = "title: En lång och tydlig titel\nlevel: target\n"
    before = MemoryTree(
        texts({"goals/gammalt.yaml": text, "goals/annat.yaml": "title: Kort\nlevel: target\n"})
    )
    after = MemoryTree(texts({"goals/nytt.yaml": f"{text}order: 2\n"}))
    pair = read_pair(before, after)
    changed, removed = compare(pair.before, pair.after, pair.renamed).changes[::-1]
    assert (changed.change, changed.id, changed.renamed_from) == ("changed", "nytt", "gammalt")
    assert (removed.change, removed.id) == ("removed", "annat")


LONG = b"title: En resa till Boden\nsupports: [ett]\n"
FORMERLY = LONG + b"formerly: [resa]\n"


@pytest.mark.parametrize(
    ("before", "after", "renamed"),
    [
        ({"resa": LONG}, {"boden": LONG}, {"boden": "resa"}),
        ({"resa": b"title: Kort\n"}, {"boden": FORMERLY}, {"boden": "resa"}),
        ({"resa": b"title: Kort\n", "fard": LONG}, {"boden": FORMERLY}, {"boden": "resa"}),
        ({"resa": LONG}, {"boden": FORMERLY, "afard": LONG}, {"boden": "resa"}),
        ({"resa": LONG, "boden": LONG}, {"boden": FORMERLY}, {}),
        ({"resa": LONG}, {"resa": b"title: Kort\n", "boden": FORMERLY}, {}),
    ],
    ids=["alike", "told", "told claims no other", "told before alike", "was there before", "is there still"],
)
def test_a_new_id_continues_the_lost_one_that_it_tells_or_else_is_like(
    before: dict[str, bytes], after: dict[str, bytes], renamed: dict[str, str]
) -> None:
    old, new = ({f"data/activities/{id_}.yaml": raw for id_, raw in side.items()} for side in (before, after))
    records = [record for path, raw in new.items() if (record := load_record(path, raw))]
    assert renamed_ids(old, new, records) == renamed


def test_a_record_that_cannot_be_read_on_one_side_is_named() -> None:
    before, after = (
        MemoryTree(texts({"goals/a.yaml": f"title: {title}\nlevel: x\n"})) for title in ("A", "[")
    )
    pair = read_pair(before, after)
    found = compare(pair.before, pair.after, pair.renamed)
    assert (found.changes, found.unreadable) == ((), ("a",))


def test_a_side_of_a_newer_format_is_refused() -> None:
    newer = MemoryTree(texts({}) | {"data/plan.yaml": HEADER.replace("servplan: 1", "servplan: 9")})
    with pytest.raises(ServplanError) as caught:
        read_pair(MemoryTree(texts({})), newer)
    assert caught.value.code == "newer-format"


def test_each_side_has_its_own_header() -> None:
    other = MemoryTree(texts({}) | {"data/plan.yaml": HEADER.replace("Testplan", "Ny plan")})
    pair = read_pair(MemoryTree(texts({})), other)
    assert (pair.before.header.title, pair.after.header.title) == ("Testplan", "Ny plan")


def test_texts_are_as_alike_as_git_says(tmp_path: Path) -> None:
    lines = [f"nyckel{number}: ett värde som är {number}\n" for number in range(10)]
    one, other = "".join(lines), "".join([*lines[:7], "annat: 1\n", "mer: 2\n"])
    names = {"a": one, "b": other}
    for folder, name in (("old", "a"), ("new", "b")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(names[name], "utf-8")
    command = ["git", "diff", "--no-index", "--raw", "-M", "old", "new"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False).stdout
    score = int(said.split()[4].removeprefix("R"))
    assert abs(100 * similarity(one.encode(), other.encode()) - score) <= 1


def test_a_source_continues_in_the_text_that_is_most_like_it() -> None:
    old = b"title: Resa\nsupports: [mal]\nowners: [enheten]\n"
    targets = {
        "data/goals/b.yaml": old,
        "data/activities/c.yaml": old + b"order: 1\n",
        "data/activities/d.yaml": old,
    }
    assert most_alike({"data/activities/a.yaml": old}, targets) == {
        "data/activities/d.yaml": "data/activities/a.yaml"
    }


def test_a_commit_read_in_part_does_not_fetch_the_rest(tmp_path: Path) -> None:
    plan = write(tmp_path / "plan", {"goals/a.yaml": "title: A\nlevel: overall\n"})
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=E", "-c", "user.email=e@example.org", "commit", "-qm", "1"],
    ):
        subprocess.run(["git", *command], cwd=plan, check=True, capture_output=True)
    tree = GitTree(plan, find_commit(plan, "HEAD"))
    tree.fetch(["data/plan.yaml"])
    assert tree.read("data/plan.yaml").decode() == HEADER
    assert load_plan(tree).plan.records["a"].title == "A"
