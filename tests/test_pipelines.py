"""The pipelines that `init` ships: by their schemas, by what they must not do, and by running their steps."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from ruamel.yaml import YAML

from tests.clones import git, head, identify
from tests.conftest import ROOT, Outcome, Run
from tests.forges import COMMENT, FILES, GITLAB, PLAN, WORKFLOWS, bash, parsed, steps

ACTIVITY = "data/activities/exempel-kartlagg.yaml"
LOOK = "Look for what was changed without trace"
HAND_OVER = "Hand both over to the workflow that comments"


# What the files say


@pytest.mark.parametrize(
    ("path", "schema"),
    [*((path, "vendor.github-workflows") for path in WORKFLOWS), (GITLAB, "vendor.gitlab-ci")],
)
def test_a_pipeline_is_what_its_forge_reads(path: str, schema: str, tmp_path: Path) -> None:
    file = tmp_path / "pipeline.yml"
    file.write_text(FILES[path], "utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (checked.returncode, checked.stdout) == (0, "ok -- validation done\n")


@pytest.mark.parametrize("path", WORKFLOWS)
def test_no_expression_stands_in_a_shells_text(path: str) -> None:
    scripts = [step["run"] for job in parsed(path)["jobs"].values() for step in job["steps"] if "run" in step]
    assert scripts
    assert [script for script in scripts if "${{" in script] == []


@pytest.mark.parametrize("path", WORKFLOWS)
def test_every_action_has_an_exact_tag(path: str) -> None:
    used = re.findall(r"uses: (\S+)", FILES[path])
    assert [name for name in used if not re.fullmatch(r"actions/[a-z-]+@v\d+\.\d+\.\d+", name)] == []


def test_what_somebody_proposes_is_run_without_rights() -> None:
    plan = parsed(PLAN)
    assert "pull_request_target" not in plan["on"]
    assert plan["permissions"] == {"contents": "read"}
    check = plan["jobs"]["check"]
    assert "permissions" not in check
    assert [
        step["with"] for step in check["steps"] if step.get("uses", "").startswith("actions/checkout")
    ] == [{"fetch-depth": 0, "persist-credentials": False}]
    scripts = " ".join(step.get("run", "") for step in check["steps"])
    assert ("servplan report" in scripts, "servplan site" in scripts, "secrets." in FILES[PLAN]) == (
        False,
        False,
        False,
    )


def test_what_may_write_checks_nothing_out() -> None:
    comment = parsed(COMMENT)
    assert (list(comment["on"]), comment["permissions"]) == (["workflow_run"], {})
    job = comment["jobs"]["comment"]
    assert job["permissions"] == {"actions": "read", "pull-requests": "write"}
    assert [step for step in job["steps"] if "uses" in step] == []
    assert parsed(PLAN)["name"] in comment["on"]["workflow_run"]["workflows"]


def test_gitlab_has_all_commits_and_shows_the_change_and_the_findings() -> None:
    jobs = parsed(GITLAB)
    assert jobs["variables"]["GIT_DEPTH"] == "0"
    assert jobs["check"]["artifacts"]["reports"]["codequality"] == "gl-code-quality-report.json"
    assert jobs["plan-diff"]["artifacts"]["expose_as"] == "Plan diff"
    assert jobs["plan-diff"]["artifacts"]["paths"] == ["plan-diff.md"]


@pytest.mark.parametrize("job", ["check", "report"])
def test_without_servplan_no_further_step_hides_why(job: str) -> None:
    named = list(steps(PLAN, job).values())
    install = next(number for number, step in enumerate(named) if step.get("id") == "install")
    anyway = [step["if"] for step in named[install:] if "!cancelled()" in step.get("if", "")]
    assert anyway
    assert [text for text in anyway if "steps.install.outcome == 'success'" not in text] == []


def test_servplan_is_what_the_forges_own_variable_says() -> None:
    assert parsed(PLAN)["env"] == {"SERVPLAN": "${{ vars.SERVPLAN }}"}
    assert "SERVPLAN" not in parsed(GITLAB)["variables"]
    (gitlab_step,) = parsed(GITLAB)["default"]["before_script"]
    for job in ("check", "report"):
        assert steps(PLAN, job)["Install servplan"]["run"] == gitlab_step


# What their steps do


class Proposal(NamedTuple):
    """A plan of which a branch changes something."""

    plan: Path
    base: str
    head: str


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    plan = tmp_path_factory.mktemp("pipelines") / "plan"
    for path, text in FILES.items():
        (plan / path).parent.mkdir(parents=True, exist_ok=True)
        (plan / path).write_text(text, "utf-8")
    git(plan, "init", "--quiet", "--initial-branch=main")
    identify(plan)
    git(plan, "add", "-A")
    git(plan, "commit", "--quiet", "-m", "Ny plan")
    return plan


@pytest.fixture
def proposal(made: Path, tmp_path: Path) -> Proposal:
    plan = shutil.copytree(made, tmp_path / "plan")
    base = head(plan)
    record = plan / ACTIVITY
    text = record.read_text("utf-8").replace("title: ", "title: '$(touch hacked) ${{ x }} `y` <b>' #")
    record.write_text(text + "log:\n  - {date: 2013-03-01, status: in_progress}\n", "utf-8")
    (plan / "templates").mkdir()
    (plan / "templates/report.md.j2").write_text("{{ 1 / 0 }}", "utf-8")
    git(plan, "add", "-A")
    git(plan, "commit", "--quiet", "-m", "Ett förslag")
    return Proposal(plan, base, head(plan))


def sides(proposal: Proposal) -> Mapping[str, str]:
    return {"BASE": proposal.base, "HEAD": proposal.head}


def gitlab(job: str, proposal: Proposal) -> Outcome:
    """Run a GitLab job's lines in one shell, as its runner does."""
    script = "set -o pipefail\n" + "\n".join(parsed(GITLAB)[job]["script"])
    shas = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": proposal.base, "CI_COMMIT_SHA": proposal.head}
    return bash(script, proposal.plan, **shas)


def spoil(proposal: Proposal) -> None:
    record = proposal.plan / ACTIVITY
    record.write_text(record.read_text("utf-8").replace("exempel-delmal", "exempel-delmol"), "utf-8")


PIP = """\
#!/bin/sh
printf '%s\\n' "$@"
"""
REMEDY = (
    ": give it a git address with a tag or commit, such as servplan[fast] @ git+https://HOST/PATH.git@TAG,"
    " or a wheel's path, among the repository's variables (GitHub: Settings, Secrets and variables, Actions,"
    " Variables) or the project's (GitLab: Settings, CI/CD, Variables).\n"
)


def install(folder: Path, shell: str = "bash", **environment: str) -> Outcome:
    """Run the step that installs servplan, with a stand-in for Python that tells what it is given."""
    (folder / "python").write_text(PIP, "utf-8")
    (folder / "python").chmod(0o755)
    (script,) = parsed(GITLAB)["default"]["before_script"]
    path = f"{folder}{os.pathsep}/usr/bin:/bin"
    done = subprocess.run(
        [shell, "-e", "-c", script],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={"PATH": path, **environment},
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("shell", ["bash", "sh"])
@pytest.mark.parametrize(
    "pinned",
    [
        "servplan[fast] @ git+https://git.example/it/servplan.git@v0.1.0",
        "git+ssh://git@git.example/it/servplan.git@3f2a91c",
        "verktyg/servplan-0.1.0-py3-none-any.whl",
        "./verktyg/servplan-0.1.0-py3-none-any.whl[fast]",
        "servplan @ https://git.example/servplan-0.1.0-py3-none-any.whl#sha256=0f",
    ],
)
def test_what_is_pinned_is_installed(pinned: str, shell: str, tmp_path: Path) -> None:
    assert install(tmp_path, shell, SERVPLAN=pinned) == (0, f"-m\npip\ninstall\n--quiet\n{pinned}\n", "")


@pytest.mark.parametrize("shell", ["bash", "sh"])
@pytest.mark.parametrize(
    "loose",
    [
        "servplan",
        "servplan[fast]==0.1.0",
        "servplan @ git+https://git.example/it/servplan.git",
        "git+https://token@git.example/it/servplan.git",
        "git+ssh://git@git.example/it/servplan.git",
        "git+https://git.example/it/servplan.git@",
        "git+https://git.example/it/servplan.git@main",
        "git+https://git.example/it/servplan.git@main#egg=servplan",
        "git+https://git.example/it/servplan.git@main ",
        "https://git.example/@it/servplan.git",
        "-r https://git.example/it/@x",
        "./servplan",
    ],
)
def test_what_is_not_pinned_is_not_installed(loose: str, shell: str, tmp_path: Path) -> None:
    assert install(tmp_path, shell, SERVPLAN=loose) == (1, f"SERVPLAN is not pinned{REMEDY}", "")


def test_where_servplan_is_not_set_it_is_said_how(tmp_path: Path) -> None:
    unset = f"SERVPLAN is not set{REMEDY}"
    assert install(tmp_path) == install(tmp_path, SERVPLAN="") == (1, unset, "")
    assert install(tmp_path, GITHUB_ACTIONS="true") == (1, f"::error::{unset}", "")


def test_github_check_passes_or_annotates_and_fails(proposal: Proposal) -> None:
    script = steps(PLAN, "check")["Check the plan"]["run"]
    assert bash(script, proposal.plan) == (0, "", "")
    spoil(proposal)
    done = bash(script, proposal.plan)
    assert done.code == 1
    assert f"::error file={ACTIVITY},line=3,col=12,endColumn=26,title=unknown-reference::" in done.out


def test_github_shows_the_change_as_markdown_with_all_texts_escaped(proposal: Proposal) -> None:
    script = steps(PLAN, "check")["Show what changes in the plan"]["run"]
    assert bash(script, proposal.plan, **sides(proposal)).code == 0
    text = (proposal.plan / "diff.md").read_text("utf-8")
    assert text == (proposal.plan / "summary.md").read_text("utf-8")
    assert "**Förändrad**: Aktivitet `exempel-kartlagg`, $(touch hacked) ${{ x }} \\`y\\` \\<b\\>\n" in text
    assert not (proposal.plan / "hacked").exists()


def test_github_hands_the_change_over_as_text_for_the_comment(proposal: Proposal) -> None:
    made = steps(PLAN, "check")
    assert bash(made["Show what changes in the plan"]["run"], proposal.plan, **sides(proposal)).code == 0
    handed = made[HAND_OVER]["with"]["path"].split()[0]
    text = (proposal.plan / handed).read_text("utf-8")
    assert "~ Aktivitet exempel-kartlagg: $(touch hacked) ${{ x }} `y` <b>\n" in text
    assert not (proposal.plan / "hacked").exists()


def test_github_annotates_what_was_changed_without_trace_and_tells_it_beside_the_diff(
    proposal: Proposal,
) -> None:
    made = steps(PLAN, "check")
    done = bash(made[LOOK]["run"], proposal.plan, **sides(proposal))
    assert (done.code, done.err) == (1, "")
    assert done.out.startswith(f"::error file={ACTIVITY},line=")
    assert (done.out.count("\n"), "title=entry-late::" in done.out) == (1, True)
    assert "servplan audit" not in done.out
    summary = (proposal.plan / "summary.md").read_text("utf-8")
    assert summary == (proposal.plan / "audit.md").read_text("utf-8")
    assert summary.startswith("## Ändrat utan spår\n")
    assert "exempel-kartlagg: $(touch hacked) ${{ x }} \\`y\\` \\<b\\>" in summary
    handed = made[HAND_OVER]["with"]["path"].split()[1]
    assert (proposal.plan / handed).read_text("utf-8").startswith("Ändrat utan spår")
    assert not (proposal.plan / "hacked").exists()


def test_what_audit_finds_is_handed_over_although_it_fails() -> None:
    named = list(steps(PLAN, "check"))
    assert named.index(LOOK) < named.index(HAND_OVER)
    assert "!cancelled()" in steps(PLAN, "check")[HAND_OVER]["if"]


def test_github_says_nothing_of_a_change_that_left_its_trace(proposal: Proposal) -> None:
    script = steps(PLAN, "check")[LOOK]["run"]
    same = {"BASE": proposal.head, "HEAD": proposal.head}
    assert bash(script, proposal.plan, **same) == (0, "", "")


def test_gitlab_shows_what_was_changed_without_trace_beside_the_lines_and_the_diff(
    proposal: Proposal,
) -> None:
    done = gitlab("audit", proposal)
    assert (done.code, done.err) == (1, "")
    assert done.out.startswith("Ändrat utan spår")
    kept = parsed(GITLAB)["audit"]["artifacts"]
    assert (kept["when"], kept["expose_as"]) == ("always", "Plan audit")
    found = json.loads((proposal.plan / kept["reports"]["codequality"]).read_bytes())
    assert [(row["check_name"], row["location"]["path"]) for row in found] == [("entry-late", ACTIVITY)]
    (text,) = kept["paths"]
    assert (proposal.plan / text).read_text("utf-8").startswith("## Ändrat utan spår\n")
    assert kept["reports"] != parsed(GITLAB)["check"]["artifacts"]["reports"]


def knows_last_period(servplan: Run) -> bool:
    return "--period" in servplan("due", "--help").out


def test_github_names_who_has_not_reported(proposal: Proposal, servplan: Run) -> None:
    if not knows_last_period(servplan):
        pytest.skip("this servplan's due knows no period")
    script = steps(PLAN, "report")["Name who has not reported"]["run"]
    done = bash(script, proposal.plan)
    assert done.code == 0
    assert done.out
    assert (proposal.plan / "summary.md").read_text("utf-8") == f"```text\n{done.out}```\n"


def test_github_makes_the_reports_and_a_page_to_publish(proposal: Proposal) -> None:
    shutil.rmtree(proposal.plan / "templates")
    made = steps(PLAN, "report")
    assert bash(made["Make the report"]["run"], proposal.plan).out == (
        "reports/report-2013-03.md\nreports/report-2013-03.html\n"
    )
    assert bash(made["Make the public report"]["run"], proposal.plan).code == 0
    assert [path.name for path in (proposal.plan / "public").iterdir()] == ["index.html"]


def test_gitlab_check_leaves_a_code_quality_report_and_fails(proposal: Proposal) -> None:
    spoil(proposal)
    done = gitlab("check", proposal)
    assert (done.code, "fel[unknown-reference] × 1" in done.out) == (1, True)
    found = json.loads((proposal.plan / "gl-code-quality-report.json").read_bytes())
    assert [(row["check_name"], row["location"]) for row in found if row["severity"] == "major"] == [
        ("unknown-reference", {"path": ACTIVITY, "lines": {"begin": 3}})
    ]


def test_gitlab_check_of_a_plan_in_order_leaves_an_empty_report(proposal: Proposal) -> None:
    assert gitlab("check", proposal).code == 0
    assert json.loads((proposal.plan / "gl-code-quality-report.json").read_bytes()) == []


def test_gitlab_shows_the_change_in_an_artifact(proposal: Proposal) -> None:
    done = gitlab("plan-diff", proposal)
    assert (done.code, done.out) == (0, (proposal.plan / "plan-diff.md").read_text("utf-8"))
    assert "**Förändrad**: Aktivitet `exempel-kartlagg`" in done.out


def test_gitlab_names_who_has_not_reported(proposal: Proposal, servplan: Run) -> None:
    if not knows_last_period(servplan):
        pytest.skip("this servplan's due knows no period")
    assert gitlab("unreported", proposal).code == 0


def test_gitlab_makes_the_reports_and_a_page_to_publish(proposal: Proposal) -> None:
    shutil.rmtree(proposal.plan / "templates")
    assert gitlab("report", proposal).out.splitlines() == [
        "reports/report-2013-03.md",
        "reports/report-2013-03.html",
    ]
    assert gitlab("pages", proposal).code == 0
    assert [path.name for path in (proposal.plan / "public").iterdir()] == ["index.html"]


# The hook for pre-commit


def test_the_hook_that_plans_can_use_runs_what_is_installed(proposal: Proposal) -> None:
    (hook,) = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert (hook["id"], hook["language"], hook["pass_filenames"]) == ("servplan-check", "python", False)
    assert [bool(re.search(hook["files"], path)) for path in (ACTIVITY, f"norr/{ACTIVITY}", "README.md")] == [
        True,
        True,
        False,
    ]
    assert bash(hook["entry"], proposal.plan).code == 0
    spoil(proposal)
    assert bash(hook["entry"], proposal.plan).code == 1


def test_the_plans_own_hook_does_the_same(proposal: Proposal) -> None:
    (repository,) = parsed(".pre-commit-config.yaml")["repos"]
    (hook,) = repository["hooks"]
    assert (repository["repo"], hook["language"], hook["pass_filenames"]) == ("local", "system", False)
    assert bash(hook["entry"], proposal.plan).code == 0
