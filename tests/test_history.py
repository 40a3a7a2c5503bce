"""One record's story, by the ledger and by commits, in real repositories."""

import json
import os
import re
import subprocess
from pathlib import Path
from textwrap import dedent

import pytest

from tests.conftest import Outcome, Run
from tests.plans import write

BASE = {
    "owners/enheten.yaml": "title: Enheten\ntype: unit\n",
    "goals/ett.yaml": "title: Ett\nlevel: target\n",
    "activities/resa.yaml": """\
        title: Resan till Boden
        supports: [ett]
        owners: [enheten]
        due: 2013-06-30
        source: bild 24
        log:
          - {date: 2013-01-15, status: not_started, by: enheten}
        """,
}
FILE = "data/activities/resa.yaml"


class Repository:
    """A plan whose commits are made on days that a test names."""

    def __init__(self, top: Path, files: dict[str, str], folder: str = "") -> None:
        top.mkdir()
        self.plan = write(top / folder, files)
        self.git("init", "-q", "-b", "main")

    def git(self, *command: str, day: str = "2013-01-01") -> None:
        identity = ["-c", "user.name=Enheten", "-c", "user.email=enheten@example.org"]
        moment = f"{day}T12:00:00+01:00"
        clock = {"PATH": os.environ["PATH"], "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
        subprocess.run(
            ["git", *identity, *command], cwd=self.plan, check=True, capture_output=True, env=clock
        )

    def commit(self, day: str, message: str) -> None:
        self.git("add", "-A", ".")
        self.git("commit", "-q", "-m", message, day=day)

    def put(self, path: str, text: str | None) -> None:
        file = self.plan / path
        if text is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")

    def text(self, path: str = FILE) -> str:
        return (self.plan / path).read_text("utf-8")

    def change(self, old: str, new: str, path: str = FILE) -> None:
        self.put(path, self.text(path).replace(old, new))

    def add_entry(self, entry: str, path: str = FILE) -> None:
        self.put(path, self.text(path) + f"  - {{{entry}}}\n")

    def move(self, old: str, new: str) -> None:
        text = self.text(old)
        self.put(old, None)
        self.put(new, text)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "plan", BASE)
    made.commit("2013-01-15", "Planen")
    return made


def story(told: Outcome) -> list[tuple[str | None, str, str | None]]:
    """Each event's day, what it was, and its commit's subject."""
    events = json.loads(told.out)["events"]
    return [(event["date"], event["what"], event.get("subject")) for event in events]


def asked(servplan: Run, repository: Repository, *words: str) -> list[tuple[str | None, str, str | None]]:
    return story(servplan("history", *words, "--format", "json", plan=repository.plan))


ADDED = [("2013-01-15", "added", "Planen"), ("2013-01-15", "entry", "Planen")]


def test_what_happened_stands_with_the_commit_that_wrote_it(servplan: Run, repository: Repository) -> None:
    repository.add_entry("date: 2013-03-04, status: in_progress, by: enheten, recorded: 2013-03-11")
    repository.commit("2013-03-11", "Igång")
    repository.add_entry("date: 2013-04-02, due: 2013-09-30, reason: Tjäle")
    repository.change("title: Resan till Boden", "title: Studieresan till Boden")
    repository.commit("2013-04-03", "Flyttad och omdöpt")
    repository.add_entry("date: 2013-05-02, due: 2013-10-31, reason: Mer tjäle")
    told = servplan("history", "resa", plan=repository.plan)
    assert (told.code, re.sub(r"\(\w{7}\)", "(ID)", told.out), told.err) == (
        0,
        dedent("""\
            Studieresan till Boden  Aktivitet resa · läget 2014-01-20

            Hände       Incheckat     Vad
                        2013-01-15    + Tillagd: Resan till Boden
                                      Enheten: ”Planen” (ID)
            2013-01-15  2013-01-15    Status: Ej påbörjad · av Enheten
            2013-03-04  2013-03-11    Status: Pågår · av Enheten · nedskriven 2013-03-11
                                      Enheten: ”Igång” (ID)
            2013-04-02  2013-04-03    Slutdatum: 2013-09-30 · Skäl: Tjäle · framflyttat för första gången
                        2013-04-03    Titel: Resan till Boden → Studieresan till Boden
                                      Enheten: ”Flyttad och omdöpt” (ID)
            2013-05-02  ej incheckat  Slutdatum: 2013-10-31 · Skäl: Mer tjäle · framflyttat för andra gången
        """),
        "",
    )


def test_a_story_is_told_as_markdown_too(servplan: Run, repository: Repository) -> None:
    repository.change("Resan till Boden", "Resan | <b>till</b> Boden")
    repository.commit("2013-02-01", "*Omdöpt*")
    told = servplan("history", "resa", "--format", "md", plan=repository.plan)
    assert (told.code, re.sub(r"\(\w{7}\)", "(ID)", told.out), told.err) == (
        0,
        dedent("""\
            ## Resan \\| \\<b\\>till\\</b\\> Boden

            Aktivitet resa · läget 2014-01-20

            | Hände | Incheckat | Vad |
            |---|---|---|
            |  | 2013-01-15 | \\+ Tillagd: Resan till Boden |
            |  |  | Enheten: ”Planen” (ID) |
            | 2013-01-15 | 2013-01-15 | Status: Ej påbörjad · av Enheten |
            |  | 2013-02-01 | Titel: Resan till Boden → Resan \\| \\<b\\>till\\</b\\> Boden |
            |  |  | Enheten: ”\\*Omdöpt\\*” (ID) |
        """),
        "",
    )


def test_a_commit_of_form_alone_is_told_when_it_is_asked_for(servplan: Run, repository: Repository) -> None:
    repository.put(FILE, "# Om resan\n" + repository.text().replace("[ett]", "ett"))
    repository.commit("2013-02-01", "Putsat")
    assert asked(servplan, repository, "resa") == ADDED
    assert asked(servplan, repository, "resa", "--all") == [*ADDED, ("2013-02-01", "form", "Putsat")]


def test_a_record_is_followed_through_its_names_and_folders(servplan: Run, repository: Repository) -> None:
    servplan("rename", "resa", "besoka-boden", plan=repository.plan)
    repository.commit("2013-02-01", "Nytt id")
    repository.move("data/activities/besoka-boden.yaml", "data/activities/2013/besoka-boden.yaml")
    repository.commit("2013-02-02", "Egen mapp")
    repository.move("data/activities/2013/besoka-boden.yaml", "data/activities/2013/boden.yaml")
    repository.change("formerly: [resa]\n", "", "data/activities/2013/boden.yaml")
    repository.commit("2013-02-03", "För hand")
    told = servplan("history", "boden", "--format", "json", plan=repository.plan)
    assert story(told) == [
        *ADDED,
        ("2013-02-01", "changed", "Nytt id"),
        ("2013-02-02", "changed", "Egen mapp"),
        ("2013-02-03", "changed", "För hand"),
    ]
    named, moved, by_hand = json.loads(told.out)["events"][2:]
    assert (named["renamed_from"], by_hand["renamed_from"]) == ("resa", "besoka-boden")
    assert moved["moved"] == {"old": "data/activities", "new": "data/activities/2013"}
    for former in ("resa", "besoka-boden"):
        assert asked(servplan, repository, former) == story(told)


def test_references_that_follow_a_rename_are_no_part_of_the_story(
    servplan: Run, repository: Repository
) -> None:
    repository.add_entry("date: 2013-02-01, status: in_progress, by: enheten")
    repository.commit("2013-02-01", "Igång")
    servplan("rename", "enheten", "byn", plan=repository.plan)
    servplan("rename", "ett", "forsta", plan=repository.plan)
    repository.commit("2013-02-02", "Nya namn")
    assert asked(servplan, repository, "resa") == [*ADDED, ("2013-02-01", "entry", "Igång")]


def test_the_plan_itself_has_a_story_too(servplan: Run, repository: Repository) -> None:
    header = "data/plan.yaml"
    repository.change("title: Testplan", "title: Vår plan", header)
    repository.commit("2013-02-01", "Nytt namn")
    repository.change("title: Vår plan", "title:   Vår plan", header)
    repository.commit("2013-02-02", "Form")
    repository.put(header, repository.text(header) + "rhythm: {grace_days: 5}\n")
    told = servplan("history", "plan", "--format", "json", plan=repository.plan)
    assert story(told) == [
        ("2013-01-15", "added", "Planen"),
        ("2013-02-01", "changed", "Nytt namn"),
        (None, "changed", None),
    ]
    assert json.loads(told.out)["events"][1]["fields"] == [
        {"field": "title", "old": "Testplan", "new": "Vår plan"}
    ]
    shown = servplan("history", "plan", plan=repository.plan).out
    assert shown.startswith("Vår plan  Plan data/plan.yaml · läget ")
    assert shown.rstrip().endswith("Rapporteringsrytm: Dagars frist: 10 → 5")
    repository.put("data/activities/plan.yaml", "title: En plan\n")
    assert servplan("history", "plan", plan=repository.plan).out.startswith("En plan  Aktivitet plan · ")


def test_a_record_that_is_gone_is_found_by_its_id(servplan: Run, repository: Repository) -> None:
    text = repository.text()
    repository.put(FILE, None)
    assert asked(servplan, repository, "resa") == [*ADDED, (None, "removed", None)]
    repository.commit("2013-02-01", "Bort")
    gone = [*ADDED, ("2013-02-01", "removed", "Bort")]
    assert asked(servplan, repository, "resa") == gone
    repository.put(FILE, text)
    repository.commit("2013-02-02", "Tillbaka")
    assert asked(servplan, repository, "resa") == [*gone, ("2013-02-02", "restored", "Tillbaka")]
    assert servplan("history", "aldrig", plan=repository.plan).code == 2


def test_an_id_that_is_borne_anew_does_not_inherit(servplan: Run, repository: Repository) -> None:
    repository.move(FILE, "data/activities/boden.yaml")
    repository.commit("2013-02-01", "Omdöpt")
    repository.put(FILE, "title: En helt annan resa\nsupports: [ett]\n")
    repository.commit("2013-02-02", "Ny resa")
    assert asked(servplan, repository, "resa") == [("2013-02-02", "added", "Ny resa")]
    assert asked(servplan, repository, "boden") == [*ADDED, ("2013-02-01", "changed", "Omdöpt")]


def test_a_version_that_cannot_be_read_is_named(servplan: Run, repository: Repository) -> None:
    text = repository.text()
    repository.put(FILE, text + "titel: [\n")
    repository.commit("2013-02-01", "Fel")
    broken = ("2013-02-01", "unreadable", "Fel")
    assert asked(servplan, repository, "resa") == [*ADDED, broken]
    repository.put(FILE, text)
    repository.commit("2013-02-02", "Rätt")
    assert asked(servplan, repository, "resa") == [*ADDED, broken, ("2013-02-02", "readable", "Rätt")]
    repository.put(FILE, text + "titel: [\n")
    assert asked(servplan, repository, "resa")[-1] == (None, "unreadable", None)


def test_a_record_that_never_could_be_read_is_said_to_be_so(servplan: Run, repository: Repository) -> None:
    repository.put("data/activities/fel.yaml", "titel: [\n")
    repository.commit("2013-02-01", "Fel")
    repository.put("data/activities/fel.yaml", None)
    told = servplan("history", "fel", plan=repository.plan)
    assert (told.code, told.err.splitlines()[0]) == (2, "Posten ”fel” kan inte läsas.")


def test_what_was_changed_by_then_is_told_when_it_can_be_read_again(
    servplan: Run, repository: Repository
) -> None:
    repository.put(FILE, repository.text() + "titel: [\n")
    repository.commit("2013-02-01", "Fel")
    repository.change("titel: [\n", "")
    repository.change("Resan", "Färden")
    repository.commit("2013-02-02", "Rätt")
    event = json.loads(servplan("history", "resa", "--format", "json", plan=repository.plan).out)["events"][
        -1
    ]
    (field,) = event["fields"]
    assert (field["old"], field["new"]) == ("Resan till Boden", "Färden till Boden")


def test_a_version_in_an_unknown_format_cannot_be_read(servplan: Run, repository: Repository) -> None:
    repository.change("servplan: 1", "servplan: 9", "data/plan.yaml")
    repository.change("Resan", "Färden")
    repository.commit("2013-02-01", "Framtiden")
    repository.change("servplan: 9", "servplan: 1", "data/plan.yaml")
    repository.change("Färden", "Resan")
    repository.commit("2013-02-02", "Nutiden")
    assert asked(servplan, repository, "resa")[2:] == [
        ("2013-02-01", "unreadable", "Framtiden"),
        ("2013-02-02", "readable", "Nutiden"),
    ]


def test_a_branch_tells_its_own_and_a_merge_only_what_no_parent_has(
    servplan: Run, repository: Repository
) -> None:
    repository.git("checkout", "-q", "-b", "sida")
    repository.add_entry("date: 2013-02-01, note: Från sidan")
    repository.commit("2013-02-01", "Sidan")
    repository.git("checkout", "-q", "main")
    repository.change("[enheten]", "[]")
    repository.commit("2013-02-02", "Huvudet")
    repository.git("merge", "-q", "--no-ff", "-m", "Sammanfogat", "sida", day="2013-02-03")
    plain = [*ADDED, ("2013-02-01", "entry", "Sidan"), ("2013-02-02", "changed", "Huvudet")]
    assert asked(servplan, repository, "resa") == plain
    repository.change("Resan", "Färden")
    repository.git("commit", "-q", "-a", "--amend", "--no-edit", day="2013-02-03")
    told = servplan("history", "resa", "--format", "json", plan=repository.plan)
    assert story(told) == [*plain, ("2013-02-03", "changed", "Sammanfogat")]
    last = json.loads(told.out)["events"][-1]
    assert [field["field"] for field in last["fields"]] == ["title"]
    assert last["entries"]["added"] == []


def test_a_merge_that_turned_the_order_of_a_day_is_told_where_its_sides_had_one(
    servplan: Run, repository: Repository
) -> None:
    done, held = "date: 2013-02-01, status: done", "date: 2013-02-01, status: on_hold"
    repository.add_entry(held)
    repository.commit("2013-02-01", "Vilande")
    repository.git("checkout", "-q", "-b", "sida")
    repository.add_entry(done)
    repository.commit("2013-02-02", "Klar")
    repository.git("checkout", "-q", "main")
    repository.change("Resan", "Färden")
    repository.commit("2013-02-03", "Huvudet")
    repository.git("merge", "-q", "--no-ff", "-m", "Sammanfogat", "sida", day="2013-02-04")
    assert asked(servplan, repository, "resa")[-1] == ("2013-02-03", "changed", "Huvudet")
    turned = f"  - {{{held}}}\n  - {{{done}}}\n", f"  - {{{done}}}\n  - {{{held}}}\n"
    repository.change(*turned)
    repository.git("commit", "-q", "-a", "--amend", "--no-edit", day="2013-02-04")
    told = servplan("history", "resa", "--format", "json", plan=repository.plan)
    assert story(told)[-1] == ("2013-02-04", "changed", "Sammanfogat")
    (order,) = json.loads(told.out)["events"][-1]["entries"]["reordered"]
    assert (order["first"]["status"], order["last"]["status"]) == ("done", "on_hold")


def test_a_side_that_kept_the_old_id_is_told_too(servplan: Run, repository: Repository) -> None:
    repository.git("checkout", "-q", "-b", "sida")
    repository.change("title: Resan", "title: Färden")
    repository.commit("2013-02-01", "Sidan")
    repository.git("checkout", "-q", "main")
    servplan("rename", "resa", "boden", plan=repository.plan)
    repository.commit("2013-02-02", "Nytt id")
    repository.git("merge", "-q", "--no-ff", "-m", "Sammanfogat", "sida", day="2013-02-03")
    assert asked(servplan, repository, "boden")[2:] == [
        ("2013-02-01", "changed", "Sidan"),
        ("2013-02-02", "changed", "Nytt id"),
    ]


def test_entries_that_were_rewritten_and_removed_are_told(servplan: Run, repository: Repository) -> None:
    repository.add_entry("date: 2013-02-01, note: Två besök")
    repository.add_entry("date: 2013-02-05, count: 1")
    repository.add_entry("date: 2013-02-05, count: 1")
    repository.commit("2013-02-05", "Besök")
    repository.change("note: Två besök", "note: Tre besök")
    repository.put(FILE, repository.text().removesuffix("  - {date: 2013-02-05, count: 1}\n"))
    repository.commit("2013-02-06", "Rättat")
    told = servplan("history", "resa", "--format", "json", plan=repository.plan)
    removed = {"date": "2013-02-05", "count": 1}
    assert story(told)[2:] == [
        ("2013-02-01", "entry", "Besök"),
        ("2013-02-05", "entry", "Besök"),
        ("2013-02-05", "changed", "Besök"),
        ("2013-02-06", "changed", "Rättat"),
    ]
    taken_back, mended = json.loads(told.out)["events"][-2:]
    assert taken_back["entries"]["added"] == [removed]
    assert mended["entries"]["removed"] == [removed]
    assert mended["entries"]["rewritten"][0]["new"]["note"] == "Tre besök"


def test_decisions_and_retirement_stand_on_their_own_days(servplan: Run, repository: Repository) -> None:
    repository.put(
        FILE, repository.text() + "decided:\n  - {body: Kommunstyrelsen, date: 2013-01-30, paragraph: § 45}\n"
    )
    repository.commit("2013-02-04", "Protokollet kom")
    repository.put(FILE, repository.text() + "retired: {date: 2013-03-01, reason: Blev en del av annat}\n")
    repository.commit("2013-03-05", "Utgått")
    assert asked(servplan, repository, "resa")[2:] == [
        ("2013-01-30", "decision", "Protokollet kom"),
        ("2013-03-01", "retirement", "Utgått"),
    ]
    out = servplan("history", "resa", plan=repository.plan).out
    assert "2013-01-30  2013-02-04  Beslutat: Kommunstyrelsen, § 45\n" in out
    assert "2013-03-01  2013-03-05  Utgått: Blev en del av annat\n" in out


def test_both_clocks_stop_where_they_are_asked_to(servplan: Run, repository: Repository) -> None:
    repository.add_entry("date: 2013-03-04, note: Sent")
    repository.commit("2013-02-01", "I förväg")
    assert asked(servplan, repository, "resa", "--rev", "HEAD~1") == ADDED
    assert asked(servplan, repository, "resa", "--as-of", "2013-02-28") == [
        *ADDED,
        ("2013-02-01", "changed", "I förväg"),
    ]
    assert asked(servplan, repository, "resa", "--as-of", "2013-01-31") == ADDED
    assert asked(servplan, repository, "resa", "--until", "2013-01-31") == ADDED
    assert asked(servplan, repository, "resa", "--since", "2013-01-16") == [
        ("2013-03-04", "entry", "I förväg")
    ]


def test_what_is_yet_to_come_is_told_by_the_commit_that_wrote_it(
    servplan: Run, repository: Repository
) -> None:
    repository.put(FILE, repository.text() + "retired: {date: 2014-12-31, reason: Slut}\n")
    repository.commit("2013-02-01", "Inför årsskiftet")
    repository.change("retired: {date: 2014-12-31, reason: Slut}\n", "")
    repository.commit("2013-02-02", "Ändå inte")
    told = servplan("history", "resa", plan=repository.plan).out
    assert "2013-02-01  Utgått: Datum: 2014-12-31; Skäl: Slut\n" in told
    assert "2013-02-02  Utgått: saknas (tidigare Datum: 2014-12-31; Skäl: Slut)\n" in told


def test_days_are_written_alike_in_all_lines(servplan: Run, repository: Repository) -> None:
    repository.change("due: 2013-06-30", "due: 2013-12-31")
    repository.commit("2013-02-01", "Senare")
    told = servplan("history", "resa", plan=repository.plan).out
    assert "Slutdatum: 2013-06-30 → 2013-12-31\n" in told


def test_what_went_and_came_back_on_one_day_is_told_in_that_order(
    servplan: Run, repository: Repository
) -> None:
    text = repository.text()
    repository.put(FILE, None)
    repository.commit("2013-02-01", "Bort")
    repository.put(FILE, text)
    repository.commit("2013-02-01", "Tillbaka")
    assert asked(servplan, repository, "resa") == [
        *ADDED,
        ("2013-02-01", "removed", "Bort"),
        ("2013-02-01", "restored", "Tillbaka"),
    ]


def test_a_merge_that_keeps_what_a_side_removed_restores_it(servplan: Run, repository: Repository) -> None:
    repository.git("checkout", "-q", "-b", "sida")
    repository.put(FILE, None)
    repository.commit("2013-02-01", "Bort")
    repository.git("checkout", "-q", "main")
    repository.put("LÄSMIG", "Annat\n")
    repository.commit("2013-02-02", "Annat")
    repository.git("merge", "-q", "--no-ff", "--no-commit", "sida", day="2013-02-03")
    repository.git("checkout", "-q", "HEAD", "--", FILE)
    repository.commit("2013-02-03", "Behållen")
    assert asked(servplan, repository, "resa") == [
        *ADDED,
        ("2013-02-01", "removed", "Bort"),
        ("2013-02-03", "restored", "Behållen"),
    ]


def test_a_story_up_to_a_day_has_the_title_of_that_day(servplan: Run, repository: Repository) -> None:
    repository.change("Resan", "Färden")
    repository.commit("2013-02-01", "Omdöpt")
    for until, title in (("2013-01-31", "Resan till Boden"), ("2013-02-01", "Färden till Boden")):
        told = servplan("history", "resa", "--until", until, plan=repository.plan).out
        assert told.startswith(f"{title}  Aktivitet resa")


def test_a_note_of_several_lines_stays_in_its_column(servplan: Run, repository: Repository) -> None:
    repository.add_entry('date: 2013-02-01, note: "Ett\\n2013-02-02  Falskt"')
    told = servplan("history", "resa", plan=repository.plan).out
    assert told.splitlines()[-2:] == [
        "2013-02-01  ej incheckat  Ett",
        "                          2013-02-02  Falskt",
    ]


def test_what_is_not_committed_comes_last(servplan: Run, repository: Repository) -> None:
    repository.move(FILE, "data/activities/boden.yaml")
    repository.change("Resan", "Färden", "data/activities/boden.yaml")
    told = servplan("history", "boden", "--format", "json", plan=repository.plan)
    assert story(told) == [*ADDED, (None, "changed", None)]
    last = json.loads(told.out)["events"][-1]
    assert (last["source"], last["renamed_from"]) == ("worktree", "resa")
    assert asked(servplan, repository, "resa") == story(told)


def test_a_plan_in_a_folder_of_a_repository_has_its_story(servplan: Run, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "allt", BASE, "planer/norr")
    repository.commit("2013-01-15", "Planen")
    assert asked(servplan, repository, "resa") == ADDED


HOSTILE = {
    "color.grep": "always",
    "color.ui": "always",
    "diff.relative": "true",
    "grep.fullName": "true",
    "i18n.logOutputEncoding": "ISO-8859-1",
    "log.diffMerges": "off",
    "log.follow": "true",
    "log.showRoot": "false",
}


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (("history", "resa"), "2013-12-31"),
        (("audit",), "due-moved"),
        (("diff", "HEAD~1..HEAD"), "resa"),
        (("trend", "--by", "commit"), "2013-03-11"),
    ],
)
def test_the_users_own_settings_of_git_change_nothing(
    servplan: Run, tmp_path: Path, command: tuple[str, ...], shown: str
) -> None:
    repository = Repository(tmp_path / "allt", BASE, "planer/norr")
    repository.commit("2013-01-15", "Planen på väg")
    repository.change("2013-06-30", "2013-12-31")
    repository.change("title: Ett", "title: Två", "data/goals/ett.yaml")
    repository.commit("2013-03-11", "Ändrat")
    before = servplan(*command, plan=repository.plan)
    assert shown in before.out
    for name, value in HOSTILE.items():
        repository.git("config", name, value)
    assert servplan(*command, plan=repository.plan) == before
