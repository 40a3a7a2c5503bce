"""Figures over time: by the ledger, and by what the plan said at commits, each file read once."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servplan.analysis.graph import Graph
from servplan.analysis.status import Tally, build_status
from servplan.analysis.trend import Only, Row, commit_rows, ledger_rows, thinned
from servplan.files.git_commit import Commit, find_commit
from servplan.files.git_log import LoggedCommit, read_log
from servplan.files.git_tree import GitTree
from servplan.load import load_plan
from servplan.render.blocks import stacked_bar
from servplan.render.plain import write_plain
from servplan.render.trend_csv import trend_csv
from servplan.render.views.trend import trend_blocks
from servplan.render.words import Words
from servplan.state import Standing
from servplan.timeline import read_plans
from tests.conftest import Run
from tests.plans import HEADER, load, write
from tests.test_history import Repository

PLAN = {
    "owners/enheten.yaml": "title: Enheten\ntype: unit\n",
    "goals/ett.yaml": "title: Ett\nlevel: target\nlog: [{date: 2013-02-28, assessment: expected}]\n",
    "goals/tva.yaml": "title: Två\nlevel: target\n",
    "programmes/tio.yaml": "title: Tio\n",
    "boxes/punkt.yaml": "title: Punkt\nprogramme: tio\nlog: [{date: 2013-03-05, ticked: true}]\n",
    "activities/a.yaml": """\
        title: A
        supports: [ett]
        owners: [enheten]
        due: 2013-02-15
        log:
          - {date: 2013-02-10, status: in_progress, due: 2013-03-15, reason: Tjäle}
          - {date: 2013-03-20, status: done}
        """,
    "activities/b.yaml": "title: B\nsupports: [tva]\ndue: 2013-02-20\n",
    "activities/c.yaml": "title: C\nsupports: [ett]\nlog: [{date: 2013-03-01, status: cancelled, reason: R}]\n",
    "activities/del.yaml": "title: Del\nsupports: [b]\nvalid_from: 2013-03-01\n",
}


def test_the_ledger_is_replayed_for_each_period(servplan: Run, tmp_path: Path) -> None:
    plan = write(tmp_path, PLAN)
    told = servplan("trend", "--as-of", "2013-03-25", plan=plan)
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines()[:8] == [
        "Utveckling enligt noteringarna  läget 2013-03-25",
        "",
        "Period   Status      Klara     Ej    För-  Frist  Flyt-  Punk-  Mål",
        "                            rapp.  senade    ute   tade    ter",
        "2013-01  ???             –      3       0      0      0    0/1  0/2",
        "2013-02  ◐??     0/3   0 %      2       0      1      1    0/1  1/2",
        "2013-03  ●?✕     1/2  50 %      1       0      0      1    1/1  1/2",
        "",
    ]
    assert told.out.splitlines()[8].endswith(" · ✕ Avbruten. Varje tecken är en aktivitet.")
    assert "Frist ute: slutdatum passerat utan rapport" in told.out


def test_signs_are_shares_where_there_are_too_many_activities(servplan: Run, tmp_path: Path) -> None:
    many = {f"activities/a{number:02}.yaml": "title: A\n" for number in range(30)}
    plan = write(tmp_path, many | {"activities/b.yaml": PLAN["activities/b.yaml"].replace("[tva]", "[]")})
    told = servplan("trend", "--as-of", "2013-01-31", plan=plan).out.splitlines()
    assert told[4] == "2013-01  ??????????????      –     31       0      0      0    0/0  0/0"
    assert told[6].endswith("De 14 tecknen visar andelar; varje status som förekommer har minst ett.")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_line_of_the_table_fits_into_80_columns(language: str) -> None:
    rows = ledger_rows(load(PLAN).plan, (None, date(2013, 3, 31)), "month", Only())
    many = [
        row._replace(
            figures=row.figures._replace(
                activities=Tally(120, {"done": 119, "unreported": 1}, 9, 9, 9), retired=12
            )
        )
        for row in rows
    ]
    told = write_plain(trend_blocks(many, "ledger", Words(language))).splitlines()[2:7]
    assert max(map(len, told)) <= 80


def test_programs_get_the_same_figures(servplan: Run, tmp_path: Path) -> None:
    plan = write(tmp_path, PLAN)
    told = json.loads(servplan("trend", "--as-of", "2013-03-25", "--format", "json", plan=plan).out)
    january, _february, march = told["rows"]
    assert (told["by"], told["every"], january["done_share"]) == ("ledger", "month", None)
    assert march == {
        "name": "2013-03",
        "as_of": "2013-03-25",
        "activities": 3,
        "by_status": {"done": 1, "unreported": 1, "cancelled": 1},
        "overdue": 0,
        "due_unreported": 0,
        "without_owner": 2,
        "counted": 2,
        "done": 1,
        "done_share": 0.5,
        "unreported": 1,
        "postponed": 1,
        "boxes": {"total": 1, "ticked": 1},
        "goals": {"total": 2, "assessed": 1, "by_assessment": {"expected": 1, "none": 1}},
        "retired": 0,
        "unreadable": [],
    }


def test_a_spreadsheet_gets_a_line_for_each_period(servplan: Run, tmp_path: Path) -> None:
    plan = write(tmp_path, PLAN)
    told = servplan("trend", "--as-of", "2013-03-25", "--format", "csv", plan=plan)
    assert (told.code, told.err) == (0, "")
    assert told.out == (
        "name,commit,as_of,activities,done,in_progress,on_hold,not_started,unreported,cancelled,overdue,"
        "due_unreported,without_owner,counted,done_share,postponed,boxes,ticked,goals,assessed,retired,unreadable\n"
        "2013-01,,2013-01-31,3,0,0,0,0,3,0,0,0,2,3,,0,1,0,2,0,0,\n"
        "2013-02,,2013-02-28,3,0,1,0,0,2,0,0,1,2,3,0.0,1,1,0,2,1,0,\n"
        "2013-03,,2013-03-25,3,1,0,0,0,1,1,0,0,2,2,0.5,1,1,1,2,1,0,\n"
    )


def test_a_spreadsheet_gets_the_heads_where_there_is_nothing_else() -> None:
    assert trend_csv([]).startswith("name,commit,as_of,")
    assert trend_csv([]).count("\n") == 1


@pytest.mark.parametrize(
    ("name", "cell"), [("=1+1", "'=1+1"), ("@x", "'@x"), ("-x", "'-x"), ('a,"b', '"a,""b"'), ("2013", "2013")]
)
def test_a_name_is_text_to_a_spreadsheet(name: str, cell: str) -> None:
    (row,) = ledger_rows(load(PLAN).plan, (None, date(2013, 1, 31)), "month", Only())
    (line,) = trend_csv([row._replace(name=name)]).splitlines()[1:]
    assert line.startswith(f"{cell},,2013-01-31,")


def test_a_plan_that_nobody_has_reported_on_says_so(servplan: Run, tmp_path: Path) -> None:
    plan = write(tmp_path, {"activities/a.yaml": "title: A\n"})
    told = servplan("trend", "--as-of", "2013-01-31", plan=plan).out.splitlines()
    assert told[4] == "2013-01  ?           –      1       0      0      0    0/0  0/0"
    assert told[-3:] == ["En enda rad visar ingen utveckling än.", "", "Ingen har rapporterat något ännu."]
    before = servplan("trend", "--until", "2012-12-31", plan=plan)
    assert before.out == "Utveckling enligt noteringarna\n\nInget att visa.\n"


def test_periods_begin_where_the_plan_does_or_later() -> None:
    plan = load(PLAN).plan

    def names(since: date | None, until: date, every: str) -> list[str]:
        return [row.name for row in ledger_rows(plan, (since, until), every, Only())]  # type: ignore[arg-type]

    assert names(date(2000, 1, 1), date(2013, 5, 1), "tertial") == ["2013-T1", "2013-T2"]
    assert names(date(2013, 4, 30), date(2013, 5, 1), "month") == ["2013-04", "2013-05"]
    assert names(None, date(2015, 1, 1), "year") == ["2013", "2014", "2015"]
    assert names(date(2014, 1, 1), date(2013, 1, 1), "year") == []
    plan = load(PLAN | {"activities/forr.yaml": "title: Förr\nvalid_from: 2011-05-01\n"}).plan
    assert names(None, date(2013, 1, 1), "year") == ["2013"]
    assert names(date(2000, 1, 1), date(2013, 1, 1), "year") == ["2011", "2012", "2013"]


def test_a_header_that_cannot_be_read_leaves_the_last_period() -> None:
    plan = load({"plan.yaml": "title: Utan period\n", "activities/a.yaml": "title: A\n"}).plan
    (row,) = ledger_rows(plan, (None, date(2013, 3, 1)), "month", Only())
    assert (row.name, row.figures.activities.total) == ("2013-03", 1)


def test_records_that_cannot_be_read_are_counted_beside(servplan: Run, tmp_path: Path) -> None:
    plan = write(tmp_path, {"activities/a.yaml": "title: A\n", "activities/b.yaml": "titel: B\n"})
    told = servplan("trend", "--as-of", "2013-01-31", plan=plan)
    assert "activities/b.yaml" in told.err
    assert (
        told.out.splitlines()[4] == "2013-01  ?           –      1       0      0      0    0/0  0/0       1"
    )


def test_what_is_counted_can_be_narrowed(servplan: Run, tmp_path: Path) -> None:
    plan = write(tmp_path, PLAN)

    def totals(*words: str) -> list[tuple[int, int, int]]:
        rows = json.loads(
            servplan("trend", "--until", "2013-03-25", "--format", "json", *words, plan=plan).out
        )
        return [(row["activities"], row["boxes"]["total"], row["goals"]["total"]) for row in rows["rows"]]

    assert totals("--goal", "tva") == [(1, 0, 1), (1, 0, 1), (1, 0, 1)]
    assert totals("--owner", "enheten") == [(1, 0, 0), (1, 0, 0), (1, 0, 0)]
    assert servplan("trend", "--goal", "tre", plan=plan).code == 2


def named(commits: list[LoggedCommit]) -> dict[str, str]:
    return {commit.id: commit.subject for commit in commits}


ENTRIES = st.lists(
    st.tuples(
        st.integers(0, 90),
        st.sampled_from(["status: in_progress", "status: done", "due: 2013-03-01", "note: n"]),
    ),
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ENTRIES, st.integers(0, 90)), min_size=1, max_size=4))
def test_what_is_kept_from_day_to_day_is_what_status_counts(
    drawn: list[tuple[list[tuple[int, str]], int]],
) -> None:
    first = date(2013, 1, 1)
    files = {
        f"activities/a{number}.yaml": f"title: A\nsupports: [{'a0' if number == 1 else 'ett'}]\n"
        f"due: {first + timedelta(due)}\nlog:\n"
        + "".join(f"  - {{date: {first + timedelta(day)}, {said}}}\n" for day, said in entries)
        for number, (entries, due) in enumerate(drawn)
    }
    plan = load({"goals/ett.yaml": "title: Ett\nlevel: target\n"} | files).plan
    commits = [LoggedCommit(str(day), (), first + timedelta(day), "", "", ()) for day in range(0, 100, 7)]
    for row in commit_rows([(commit, plan) for commit in commits], named(commits), None, Only()):
        whole = build_status(Graph(Standing(plan, row.as_of)))
        assert row.figures.activities == whole.activities
        assert row.figures.goals == whole.goals_by_assessment


def grown(repository: Repository, rng: Random, steps: int) -> None:
    """Let a plan change at random: records come, change, move, are renamed, go, break; a branch is merged."""
    data = repository.plan / "data"
    for step in range(steps):
        day = f"2013-{1 + step // 4:02}-{1 + step % 4 * 7:02}"
        for _change in range(rng.randrange(1, 4)):
            files = sorted(
                path for path in data.rglob("*.yaml") if path.name != "plan.yaml" and not path.is_symlink()
            )
            rng.choice(CHANGES)(data, rng.choice(files), rng.randrange(1, 9))
        if step == 5:
            repository.git("checkout", "-q", "-b", "sida")
        if step == 8:
            repository.git("checkout", "-q", "main")
            repository.git("merge", "-q", "--no-ff", "-m", "Sammanfogat", "sida", day=day)
        repository.git("add", "-A")
        repository.git("commit", "-q", "--allow-empty", "-m", f"Steg {step}", day=day)


def _create(data: Path, file: Path, number: int) -> None:
    new = data / f"activities/ny-{number}-{file.stem}.yaml"
    new.write_text(f"title: Ny\nsupports: [ett]\ndue: 2013-0{number}-01\n", "utf-8")


def _report(_data: Path, file: Path, number: int) -> None:
    text = file.read_text("utf-8")
    if file.parts[-2] == "activities" and text.startswith("title"):
        status = ["done", "in_progress"][number % 2]
        entry = f"log: [{{date: 2013-0{number}-10, status: {status}}}]\n"
        file.write_text(text.split("log:")[0] + entry, "utf-8")


def _move(data: Path, file: Path, number: int) -> None:
    if "activities" in file.parts:
        (data / "activities/mapp").mkdir(exist_ok=True)
        file.rename(data / "activities/mapp" / (file.name if number % 2 else f"bytt-{file.name}"))


def _copy(data: Path, file: Path, number: int) -> None:
    if "activities" in file.parts:
        (data / "activities/kopia").mkdir(exist_ok=True)
        (data / "activities/kopia" / file.name).write_bytes(file.read_bytes() + b"order: %d\n" % number)


def _remove(_data: Path, file: Path, _number: int) -> None:
    file.unlink()


def _break(_data: Path, file: Path, number: int) -> None:
    file.write_text(f"{number}: [\n", "utf-8")


def _extend(data: Path, _file: Path, number: int) -> None:
    (data / "plan.yaml").write_text(HEADER.replace("2013-01-01", f"2013-01-0{number}"), "utf-8")


def _link(data: Path, file: Path, _number: int) -> None:
    if file.parent.name == "goals":
        file.unlink()
        file.symlink_to(data / "plan.yaml")


CHANGES: tuple[Callable[[Path, Path, int], None], ...] = (
    _create, _create, _report, _report, _report, _move, _copy, _remove, _break, _extend, _link,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_commits_read_file_by_file_tell_what_each_read_whole_does(tmp_path: Path, seed: int) -> None:
    repository = Repository(tmp_path / "plan", PLAN)
    repository.commit("2013-01-01", "Planen")
    grown(repository, Random(seed), 20)
    root = repository.plan
    commits = read_log(root, [find_commit(root, "HEAD").id], mainline=True)
    wanted = [commit for number, commit in enumerate(commits) if number % 3 != 1]
    rows = commit_rows(
        read_plans(root, commits, {item.id for item in wanted}), named(commits), None, Only(goal=("ett",))
    )
    whole = [(item, load_plan(GitTree(root, Commit(item.id, item.day))).plan) for item in wanted]
    for row, each in zip(rows, whole, strict=True):
        (expected,) = commit_rows([each], named(commits), None, Only(goal=("ett",)))
        assert known(row) == known(expected)


def known(row: Row) -> object:
    """A row without what is known of links, which history tells as files that are not there."""
    return row._replace(unreadable=tuple(id_ for id_ in row.unreadable if id_ not in ("ett", "tva")))


def test_a_commit_whose_format_is_not_known_is_left_out_and_named(servplan: Run, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "plan", PLAN)
    repository.commit("2013-01-01", "Planen")
    repository.change("servplan: 1", "servplan: 9", "data/plan.yaml")
    repository.commit("2013-01-02", "Framtiden")
    repository.change("servplan: 9", "servplan: 1", "data/plan.yaml")
    repository.commit("2013-01-03", "Tillbaka")
    told = servplan("trend", "--by", "commit", "--format", "json", plan=repository.plan)
    names = [row["name"][:10] for row in json.loads(told.out)["rows"]]
    assert (told.code, names) == (0, ["2013-01-01", "2013-01-03"])
    id_ = find_commit(repository.plan, "HEAD~1").id[:7]
    assert told.err == f"Utelämnat, eftersom formatet är nyare: 2013-01-02 {id_}\n"


def test_what_was_retired_is_a_column_where_there_is_any(servplan: Run, tmp_path: Path) -> None:
    retired = "title: D\nretired: {date: 2013-02-10, reason: R}\n"
    plan = write(tmp_path, PLAN | {"activities/d.yaml": retired, "activities/e.yaml": "title: [\n"})
    told = servplan("trend", "--as-of", "2013-02-28", plan=plan).out.splitlines()
    assert told[2:6] == [
        "Period   Status      Klara     Ej    För-  Frist  Flyt-  Punk-  Mål   Ut-  Olästa",
        "                            rapp.  senade    ute   tade    ter       gått",
        "2013-01  ????            –      4       0      0      0    0/1  0/2     0       1",
        "2013-02  ◐??     0/3   0 %      2       0      1      1    0/1  1/2     1       1",
    ]
    assert told[-1].endswith(" · Poster som har utgått · Olästa: filer som inte kan läsas")


def test_commits_and_tags_tell_what_the_plan_said(servplan: Run, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "plan", {"activities/a.yaml": "title: A\n"})
    repository.commit("2013-01-10", "Planen")
    repository.git("tag", "v1")
    repository.put("LÄSMIG", "Inte planen")
    repository.commit("2013-01-20", "Annat")
    repository.put("data/activities/b.yaml", "title: B\nlog: [{date: 2013-02-01, status: done}]\n")
    repository.commit("2013-02-10", "B")
    repository.git("-c", "tag.gpgSign=false", "tag", "-a", "v2", "-m", "Andra")
    repository.git("checkout", "-q", "-b", "sida")
    repository.put("data/activities/c.yaml", "x: [\n")
    repository.commit("2013-02-11", "C")
    repository.git("tag", "vid-sidan")
    repository.git("checkout", "-q", "main")
    ids = [commit.id for commit in read_log(repository.plan, [find_commit(repository.plan, "HEAD").id])]
    told = servplan("trend", "--by", "commit", plan=repository.plan)
    assert (told.out.splitlines()[0], told.err) == (
        "Utveckling per incheckning  varje rad visar läget den dagen",
        "",
    )
    assert told.out.splitlines()[4:6] == [
        f"2013-01-10 {ids[0][:7]}  ?               –      1       0      0      0    0/0  0/0",
        f"2013-02-10 {ids[2][:7]}  ●?      1/2  50 %      1       0      0      0    0/0  0/0",
    ]
    told = servplan("trend", "--by", "tag", "--as-of", "2013-03-01", plan=repository.plan)
    assert told.out.splitlines()[0] == "Utveckling per tagg  läget 2013-03-01"
    assert [line.split()[:2] for line in told.out.splitlines()[4:6]] == [
        ["2013-01-10", "v1"],
        ["2013-02-10", "v2"],
    ]
    told = servplan("trend", "--by", "tag", "--since", "2013-02-01", "--format", "json", plan=repository.plan)
    assert told.err == "Inte på huvudlinjen: vid-sidan\n"
    (row,) = json.loads(told.out)["rows"]
    assert (row["name"], row["commit"], row["date"]) == ("v2", ids[2], "2013-02-10")
    aside = servplan("trend", "--by", "commit", "--rev", "sida", plan=repository.plan)
    assert aside.err == "Utelämnade där de inte går att läsa: c\n"
    assert aside.out.splitlines()[6].endswith(
        "  ●?      1/2  50 %      1       0      0      0    0/0  0/0       1"
    )


def test_a_goal_is_followed_under_its_former_ids(servplan: Run, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "plan", PLAN)
    repository.commit("2013-01-10", "Planen")
    servplan("rename", "ett", "forsta", plan=repository.plan)
    repository.commit("2013-01-11", "Nytt id")
    told = servplan("trend", "--by", "commit", "--goal", "forsta", "--format", "json", plan=repository.plan)
    assert [row["activities"] for row in json.loads(told.out)["rows"]] == [2, 2]


def test_a_closed_plan_is_asked_about_its_end() -> None:
    plan = load(PLAN).plan
    late = LoggedCommit("a" * 40, (), date(2026, 1, 1), "", "", ())
    (row,) = commit_rows([(late, plan)], named([late]), None, Only())
    assert row.as_of == plan.header.period.end
    (row,) = commit_rows([(late, plan)], named([late]), date(2013, 1, 1), Only())
    assert row.as_of == date(2013, 1, 1)


def made(days: list[date]) -> list[LoggedCommit]:
    return [LoggedCommit(str(number), (), day, "", "", ()) for number, day in enumerate(days)]


def test_many_commits_are_thinned_no_more_than_is_needed() -> None:
    few = made([date(2013, 1, 1)] * 48)
    assert thinned(few, None) == (few, "commit")
    many = made([date(2013, 1, 1) + timedelta(days=number // 2) for number in range(60)])
    assert thinned(many, None) == (many[1::2], "day")
    daily = made([date(2013, 1, 1) + timedelta(days=number) for number in range(60)])
    assert thinned(daily, None) == ([daily[30], daily[58], daily[59]], "month")
    assert thinned(daily, "year") == ([daily[59]], "year")


def test_what_is_left_out_is_said(servplan: Run, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "plan", {"activities/a.yaml": "title: A\n"})
    for number in range(3):
        repository.put("data/activities/a.yaml", f"title: A{number}\n")
        repository.commit(f"2013-01-0{number + 1}", "Igen")
    told = servplan("trend", "--by", "commit", "--every", "month", plan=repository.plan)
    assert told.err == "1 av 3 visas: den sista för varje månad.\n"
    assert told.out.splitlines()[4].startswith("2013-01-03 ")


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=6), st.integers(6, 40))
def test_a_bar_is_as_wide_as_it_is_told_and_hides_nothing(numbers: list[int], width: int) -> None:
    bar = stacked_bar(list(zip("abcdef", numbers, strict=False)), width)
    assert len(bar) == width
    assert {sign for sign, number in zip("abcdef", numbers, strict=False) if number} == set(bar) - {"·"}


def test_a_bars_parts_are_as_large_as_what_they_stand_for() -> None:
    assert stacked_bar([("a", 1), ("b", 1), ("c", 2)], 8) == "aabbcccc"
    assert stacked_bar([("a", 0), ("b", 999), ("c", 1)], 10) == "bbbbbbbbbc"
    assert stacked_bar([("a", 0)], 4) == "····"
