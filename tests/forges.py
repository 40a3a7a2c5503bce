"""The pipelines that a new plan has, and the steps in them."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from servplan.model.header import FollowUp
from servplan.scaffold.new_plan import FORGES, NewPlan, plan_files
from tests.conftest import Outcome

FILES = plan_files(NewPlan(None, None, 2013, "sv", FollowUp()), FORGES)
WORKFLOWS = sorted(path for path in FILES if path.startswith(".github/workflows/"))
PLAN, COMMENT = ".github/workflows/plan.yml", ".github/workflows/plan-comment.yml"
GITLAB = ".gitlab-ci.yml"


def parsed(path: str) -> Any:
    return YAML(typ="safe").load(FILES[path])


def steps(path: str, job: str) -> dict[str, Any]:
    return {step.get("name", step.get("uses")): step for step in parsed(path)["jobs"][job]["steps"]}


def bash(script: str, folder: Path, **environment: str) -> Outcome:
    """Run a step as a runner does: one file for bash, which stops at the first failure."""
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-c", script],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}/usr/bin:/bin",
            "SERVPLAN_TODAY": "2013-04-11",
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
            "GITHUB_ENV": str(folder / "github.env"),
            **environment,
        },
    )
    return Outcome(done.returncode, done.stdout, done.stderr)
