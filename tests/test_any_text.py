"""Every command that takes a text takes any text: it stands in the plan letter by letter, or is refused in words."""

import sys
from pathlib import Path

import pytest

from servplan.cli.app import run
from servplan.files.tree import WorkTree
from servplan.load import load_plan
from tests import plans

PLAN = {
    "goals/malet.yaml": "title: Målet\nlevel: overall\n",
    "programmes/tio.yaml": "title: Tio punkter\npoints: 1\n",
    "boxes/lista.yaml": "title: Lista\nprogramme: tio\n",
    "activities/mote.yaml": "title: Möte\nlog:\n  - {date: 2014-01-02, note: Bokat}\n",
    "activities/resa.yaml": "title: Resa\r\nsupports: [malet]  # målet\r\nnote: 'Gammal'  # ny?\r\n",
}
FIT = [
    "- x",
    "{a: b}",
    "[a, b]",
    "# rubrik",
    "a # b",
    "a: b",
    ": ",
    "%",
    "@",
    "`",
    "*",
    "&a",
    "!tag",
    "|",
    "> text",
    "? fråga",
    "'",
    '"',
    "\\",
    "\\n",
    " inledande",
    "avslutande ",
    "a\nb",
    "a\n\nb\n",
    "a\tb",
    "null",
    "~",
    "yes",
    "no",
    "true",
    "1e3",
    "0x1F",
    "012",
    "1.10",
    "1:30",
    "2013-03-04",
    "---",
    "...",
    "<<",
    "=",
    "--dry-run".removeprefix("--"),
    "💡 Åäö ”citat” – ☃",
    "\xa0hårt",
    "{0} {name} %s",
    "[bold]fet[/bold]",
    "ord " * 1250 + "slut",
]
UNFIT = ["a\u2028b", "a\u2029b", "a\x85b", "a\x1b[31mb", "a\x07b", "\ufeffa", "a\udce5b", "a\rb"]
COMMANDS = {
    "log": (["log", "resa", "-m", "TEXT"], ("resa", "log", -1, "note")),
    "done": (["done", "resa", "-m", "TEXT"], ("resa", "log", -1, "note")),
    "cancel": (["cancel", "resa", "--reason", "TEXT"], ("resa", "log", -1, "reason")),
    "assess": (["assess", "malet", "--as", "expected", "-m", "TEXT"], ("malet", "log", -1, "note")),
    "tick": (["tick", "lista", "-m", "TEXT"], ("lista", "log", -1, "note")),
    "void": (["void", "mote", "--reason", "TEXT"], ("mote", "log", 0, "voided", "reason")),
    "set": (["set", "resa", "note", "--", "TEXT"], ("resa", "note")),
    "set --add": (["set", "resa", "tags", "--add", "--", "TEXT", "b"], ("resa", "tags", 0)),
    "retire": (["retire", "resa", "--reason", "TEXT"], ("resa", "retired", "reason")),
    "decide": (["decide", "resa", "--body", "TEXT"], ("resa", "decided", 0, "body")),
    "add": (["add", "activity", "--id", "ny-sak", "--supports", "malet", "--", "TEXT"], ("ny-sak", "title")),
}


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SERVPLAN_TODAY", "2014-01-20")
    return plans.write(tmp_path / "plan", PLAN)


def given(plan: Path, command: str, text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    arguments = [text if word == "TEXT" else word for word in COMMANDS[command][0]]
    monkeypatch.setattr(sys, "argv", ["servplan", "--plan", str(plan), *arguments])
    return run()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_text_is_taken_letter_by_letter(
    plan: Path, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for text in FIT:
        plans.write(plan, PLAN)
        (plan / "data/activities/ny-sak.yaml").unlink(missing_ok=True)
        assert given(plan, command, text, monkeypatch) == 0, (text, capsys.readouterr().err)
        id_, *way = COMMANDS[command][1]
        said: object = load_plan(WorkTree(plan)).plan.records[str(id_)]
        for step in way:
            said = (
                said[step] if isinstance(said, tuple) and isinstance(step, int) else getattr(said, str(step))
            )
        assert said == text
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_a_text_with_a_character_that_no_file_may_hold_is_refused_by_its_name(
    plan: Path, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in (plan / "data").rglob("*.yaml")}
    for text in UNFIT:
        assert given(plan, command, text, monkeypatch) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("Texten innehåller tecknet U+")
        assert {path: path.read_bytes() for path in (plan / "data").rglob("*.yaml")} == before
