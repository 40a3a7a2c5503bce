import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tools.reference import PAGES

from servplan.checks.registry import CHECKS
from servplan.cli.app import COMMANDS
from servplan.model.header import Header
from servplan.model.kinds import KINDS
from servplan.model.record import Entry, Record
from servplan.render.finding_messages import FINDINGS
from tests.conftest import ROOT, Run

STORIES = (ROOT / "docs" / "handbok.md", ROOT / "docs" / "tour.md")
"""Their commands build on each other; tests/test_handbook.py and tests/test_tour.py run them."""

PAGES_OF_PROSE = (
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *(page for page in sorted((ROOT / "docs").glob("*.md")) if page not in STORIES),
)
MARKDOWN = (
    *sorted(ROOT.glob("*.md")),
    *sorted(ROOT.glob("docs/*.md")),
    *sorted(ROOT.glob("benchmarks/*.md")),
)
READERS_DAY = "2026-01-15"
"""The day of whoever reads the pages: after the shipped plan's period, as today is."""

_CONSOLE = re.compile(r"^( *)```console\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)
_PLACE = re.compile(r"(?<![\w.])/(?:home|root|tmp|work|Users)/")


class Shown(NamedTuple):
    """A command that a page shows, and the output that it shows for it."""

    page: str
    line: int
    command: str
    output: str


def shown(page: Path) -> Iterator[Shown]:
    text = page.read_text("utf-8")
    for block in _CONSOLE.finditer(text):
        lines = [line.removeprefix(block[1]) for line in block[2].splitlines()]
        starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
        assert starts[:1] == [0], f"{page.name}: a console block begins with a command"
        above = text.count("\n", 0, block.start()) + 2
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            output = "".join(f"{line}\n" for line in lines[start + 1 : end])
            yield Shown(page.name, above + start, lines[start][2:], output)


SHOWN = [item for page in PAGES_OF_PROSE for item in shown(page)]


def place(item: Shown) -> str:
    return f"{item.page}:{item.line}"


def pattern(output: str) -> str:
    """A pattern for the output as a page shows it: a line `…` stands for any lines."""
    lines = (r"(?:.*\n)*?" if line == "…" else re.escape(line) + r"\n" for line in output.splitlines())
    return "".join(lines)


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_what_the_code_gives(name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == PAGES[name](), "run make docs"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_a_kinds_section_lists_its_own_keys_and_those_of_its_entries(kind: type[Record]) -> None:
    _before, _, rest = PAGES["records.md"]().partition(f"Folder `data/{kind.folder}/`")
    listed = re.findall(r"^\| `(\w+)` \|", rest.partition("\n## ")[0], re.MULTILINE)
    own = [name for name in kind.model_fields if name not in Record.model_fields and name != "log"]
    of_entries = [name for name in kind.entry.model_fields if name not in Entry.model_fields]
    assert listed == own + of_entries


def test_no_key_is_left_without_its_meaning() -> None:
    assert "| None" not in PAGES["records.md"]()
    assert [name for name, field in Header.model_fields.items() if not field.description] == []


def test_the_checks_page_names_every_rule_and_every_other_finding() -> None:
    page = PAGES["checks.md"]()
    rules = [rule.CODE for rule in CHECKS]
    assert re.findall(r"^### (.+)$", page, re.MULTILINE) == rules
    assert [code for code in FINDINGS if code not in rules and f"| `{code}` |" not in page] == []


@pytest.mark.parametrize("item", [item for item in SHOWN if item.command.startswith("servplan ")], ids=place)
def test_a_command_of_servplan_prints_what_a_page_shows(item: Shown, servplan: Run, tmp_path: Path) -> None:
    # A copy, so that a page may show a command that writes.
    plan = Path(shutil.copytree(ROOT / "data", tmp_path / "plan" / "data")).parent
    done = servplan(*shlex.split(item.command)[1:], plan=plan, SERVPLAN_TODAY=READERS_DAY)
    assert done.code in (0, 1)
    if not re.fullmatch(pattern(item.output), done.out + done.err):
        assert done.out + done.err == item.output


def test_what_is_shown_is_run_or_known_not_to_be() -> None:
    programs = {item.command.split()[0] for item in SHOWN}
    assert programs <= {"servplan", "make", "git", "pipx"}


def test_every_make_target_that_a_page_names_exists() -> None:
    targets = set(_TARGET.findall((ROOT / "Makefile").read_text("utf-8")))
    blocks = [item.command for item in SHOWN]
    named = {
        target
        for text in (
            *blocks,
            *(span[0] for page in MARKDOWN for span in _CODE.finditer(page.read_text("utf-8"))),
        )
        for target in re.findall(r"(?<![\w./-])make ([a-z]+)", text)
    }
    assert {"report", "test", "docs"} <= named
    assert named - targets == set()


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = _HEADING.findall(page.read_text("utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", MARKDOWN, ids=lambda page: page.name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    links = _LINK.findall(_CODE.sub("", page.read_text("utf-8")))
    broken = []
    for link in (link for link in links if not re.match(r"https?://|mailto:", link)):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    found = []
    for name in listed.stdout.decode().split("\0")[:-1]:
        path = ROOT / name
        if path == Path(__file__) or not path.is_file():
            continue
        text = path.read_bytes().decode("utf-8", errors="replace")
        found += [
            f"{name}:{number}" for number, line in enumerate(text.splitlines(), 1) if _PLACE.search(line)
        ]
    assert found == []


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    named = {name for name in COMMANDS if f"`{name}`" in text or f"servplan {name}" in text}
    assert set(COMMANDS) - named == set()
