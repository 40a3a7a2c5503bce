"""A plan's own templates: what they may change, and what they reach."""

import os
import re
from pathlib import Path

import pytest

from servplan.diagnostics import ServplanError
from tests.conftest import Run
from tests.plans import write
from tests.reports import FILES, nasty, page


def test_a_plans_own_template_wins() -> None:
    own = {"templates/report.md.j2": "Hej {{ page.organisation|md }}\n"}
    assert page(FILES | own, "md") == "Hej Testkommun\n"
    assert page(FILES | own, "html").startswith("<!DOCTYPE html>")


def test_a_plans_own_style_wins() -> None:
    assert "body { color: teal }" in page(FILES | {"templates/report.css": "body { color: teal }"})


def test_a_plans_own_html_template_escapes_too() -> None:
    own = {"templates/report.html.j2": "{{ page.title }}"}
    assert page(nasty("<b>") | own) == "&lt;b&gt;"


def test_a_template_may_be_indented_by_tabs() -> None:
    own = {"templates/report.md.j2": "{% if page.title %}\n\t{{ page.organisation }}\n{% endif %}"}
    assert page(FILES | own, "md") == "\tTestkommun\n"


FAILING = {
    "syntax": "a\n{% if %}\n",
    "undefined": "a\n{{ page.okand }}\n",
    "type": "a\n{{ page.title + 1 }}\n",
    "zero": "a\n{{ 1 // 0 }}\n",
    "lookup": "a\n{{ 'x'.encode('okand') }}\n",
    "format": "a\n{{ '{x}'.format() }}\n",
    "endless": "{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}\n",
    "missing": "a\n{% include 'saknas.j2' %}\n",
    "outside": "a\n{% include '../data/plan.yaml' %}\n",
    "filter": "a\n{{ page.title|okant }}\n",
    "huge": "a\n{{ range(10 ** 9)|list }}\n",
}


@pytest.mark.parametrize("fault", FAILING)
def test_a_template_that_fails_is_a_clear_error(servplan: Run, tmp_path: Path, fault: str) -> None:
    plan = write(tmp_path / "plan", FILES)
    (plan / "templates").mkdir()
    (plan / "templates" / "report.md.j2").write_text(FAILING[fault], encoding="utf-8")
    done = servplan("report", "--format", "md", "-o", str(tmp_path / "ut"), plan=plan)
    assert (done.code, done.out) == (3, "")
    first, remedy = done.err.splitlines()
    assert re.match(r"Mallen \S+ ", first)
    assert remedy.startswith("→ Rätta planens egen mall")
    assert not (tmp_path / "ut").exists()


def test_a_failing_template_is_told_with_its_line() -> None:
    with pytest.raises(ServplanError) as error:
        page(FILES | {"templates/report.md.j2": FAILING["undefined"]}, "md")
    assert (error.value.code, error.value.params["name"], error.value.params["line"]) == (
        "bad-template",
        "report.md.j2",
        "2",
    )


@pytest.mark.parametrize(
    "expression",
    [
        "page.__class__.__mro__",
        "''.__class__.__base__.__subclasses__()",
        "page|attr('__class__')",
        "page.title.__init__.__globals__",
        "self.__init__.__globals__",
        "cycler.__init__.__globals__",
        "'{0.__class__.__init__.__globals__}'.format(page)",
        "page.sections.__class__",
        "[].append(1)",
    ],
)
def test_a_template_reaches_nothing_but_its_page(expression: str) -> None:
    with pytest.raises(ServplanError) as error:
        page(FILES | {"templates/report.md.j2": f"{{{{ {expression} }}}}"}, "md")
    assert error.value.code == "bad-template"


@pytest.mark.skipif(os.name == "nt", reason="Windows lets not everybody make links")
def test_a_template_that_is_a_link_out_of_the_plan_is_not_read(servplan: Run, tmp_path: Path) -> None:
    plan = write(tmp_path / "plan", FILES)
    (tmp_path / "utanfor.txt").write_text("UTANFÖR PLANEN", encoding="utf-8")
    (plan / "templates").mkdir()
    (plan / "templates" / "report.md.j2").symlink_to(tmp_path / "utanfor.txt")
    done = servplan("report", "--format", "md", "-o", "-", plan=plan)
    assert "UTANFÖR" not in done.out
    assert "Traceback" not in done.err


def test_a_folder_in_a_templates_place_is_said_in_words(servplan: Run, tmp_path: Path) -> None:
    plan = write(tmp_path / "plan", FILES)
    (plan / "templates" / "report.md.j2").mkdir(parents=True)
    done = servplan("report", "--format", "md", "-o", "-", plan=plan)
    assert "Traceback" not in done.err
    assert done.code in (0, 3)
