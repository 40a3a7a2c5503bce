"""Records that git takes for gone, or for another one, when two clones meet: merged, or kept apart."""

import pytest

from tests.clones import Shared, commit, git, head
from tests.conftest import Run
from tests.meetings import merged_by_servplan, push, renamed_short
from tests.plans import write


def test_two_records_that_were_given_one_id_are_not_melted_into_one_and_the_remedy_works(
    shared: Shared, run: Run
) -> None:
    merged_by_servplan(shared)
    for clone, old in ((shared.other, "kartan"), (shared.one, "resan")):
        assert run(clone, "rename", old, "turen", "--commit").code == 0
    git(shared.other, "push", "--quiet", "origin", "main")
    before = head(shared.one)
    done = run(shared.one, "sync")
    assert (done.code, head(shared.one), git(shared.one, "status", "--porcelain")) == (3, before, "")
    assert done.err.splitlines()[2:] == [
        "Du och någon annan har gett två poster samma id. Inget slogs ihop; allt är som förut:",
        "  data/activities/turen.yaml",
        "→ Ge din ett annat: servplan rename turen NYTT --commit",
        "Stryk sedan turen, som är de andras, ur formerly i filen: git commit -am TEXT; och: servplan sync",
    ]
    assert run(shared.one, "rename", "turen", "farden", "--commit").code == 0
    mine = shared.one / "data/activities/farden.yaml"
    mine.write_text(mine.read_text("utf-8").replace("[resan, turen]", "[resan]"), "utf-8")
    commit(shared.one)
    assert run(shared.one, "sync").code == 0
    theirs = shared.one / "data/activities/turen.yaml"
    assert [path.read_text("utf-8").splitlines()[0] for path in (mine, theirs)] == [
        "title: Resan",
        "title: Kartan",
    ]
    assert run(shared.one, "audit").code == 0


def test_an_id_that_one_side_renamed_to_and_the_other_added_is_not_melted_either(
    shared: Shared, run: Run
) -> None:
    merged_by_servplan(shared)
    write(shared.other, {"activities/turen.yaml": "title: Turen\nsupports: malet\nowners: enheten\n"})
    push(shared.other)
    assert run(shared.one, "rename", "resan", "turen", "--commit").code == 0
    done = run(shared.one, "sync")
    assert (done.code, git(shared.one, "status", "--porcelain")) == (3, "")
    assert "Du och någon annan har gett två poster samma id." in done.err


@pytest.mark.parametrize("by", ["other", "one"])
def test_a_short_record_that_one_side_renamed_is_merged_with_the_edit_of_the_other(
    shared: Shared, run: Run, by: str
) -> None:
    _who, other = renamed_short(shared, run, by)
    assert run(other, "set", "norra", "description", "Bygden", "--commit").code == 0
    git(shared.other, "push", "--quiet", "origin", "main")
    done = run(shared.one, "sync")
    assert (done.code, "norra" in done.err) == (0, False)
    assert [path.name for path in (shared.one / "data/areas").iterdir()] == ["norra-bygden.yaml"]
    text = (shared.one / "data/areas/norra-bygden.yaml").read_text("utf-8")
    assert sorted(text.splitlines()) == ["description: Bygden", "formerly: [norra]", "title: Norra"]
    assert git(shared.one, "status", "--porcelain") == ""
    assert git(shared.one, "log", "-1", "--format=%s") == "Merge origin/main"
    assert run(shared.one, "audit").code == 0


@pytest.mark.parametrize("by", ["other", "one"])
def test_what_both_sides_changed_in_a_renamed_short_record_waits_under_its_new_name(
    shared: Shared, run: Run, by: str
) -> None:
    renamed_short(shared, run, by)
    for clone in (shared.other, shared.one):
        path = next((clone / "data/areas").iterdir())
        path.write_text(path.read_text("utf-8").replace("Norra", clone.name.title()), "utf-8")
        commit(clone)
    git(shared.other, "push", "--quiet", "origin", "main")
    before = head(shared.one)
    done = run(shared.one, "sync")
    assert done.code == 1
    assert done.err.splitlines()[3:6] == [
        "Bådas texter står mellan märken i:",
        "  data/areas/norra-bygden.yaml",
        "  norra-bygden: Titel skiljer sig: ”One” hos dig (ours), ”Other” i den delade planen (theirs).",
    ]
    assert "UU data/areas/norra-bygden.yaml" in git(shared.one, "status", "--porcelain").splitlines()
    git(shared.one, "merge", "--abort")
    assert (head(shared.one), git(shared.one, "status", "--porcelain")) == (before, "")
