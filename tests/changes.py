"""A plan to change: its files before and after, and its commits."""

import os
import subprocess
from pathlib import Path

PLAN = {
    "owners/landsbygd.yaml": "title: Landsbygd\ntype: unit\n",
    "owners/vagar.yaml": "title: Vägar\ntype: unit\n",
    "goals/service.yaml": "title: Service\nlevel: overall\nowners: [landsbygd]\n",
    "programmes/tio.yaml": "title: Tio punkter\npoints: 1\n",
    "boxes/lista.yaml": "title: Lista\nprogramme: tio\nsupports: service\n",
    "activities/resa.yaml": "title: Resa\nsupports: [service]  # målet\nowners: [landsbygd]\ndue: 2014-12-31\n",
    "activities/rapport.yaml": "title: Rapport\nsupports: service\n",
}
IDENTITY = {
    "GIT_AUTHOR_NAME": "Enheten",
    "GIT_AUTHOR_EMAIL": "enheten@example.org",
    "GIT_COMMITTER_NAME": "Enheten",
    "GIT_COMMITTER_EMAIL": "enheten@example.org",
}
RESA = "data/activities/resa.yaml"


def data(root: Path) -> dict[str, str]:
    """The text of every file of a plan, by path."""
    files = (path for path in (root / "data").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes().decode() for path in files}


def git(root: Path, *arguments: str) -> str:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    done = subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, env=kept | IDENTITY)
    return done.stdout.decode()


def committed(plan: Path) -> Path:
    """Make a plan a repository of one commit, and return its folder."""
    git(plan, "init", "--quiet")
    git(plan, "add", "data")
    git(plan, "commit", "--quiet", "-m", "Planen")
    return plan


def head(root: Path) -> str:
    return git(root, "rev-parse", "HEAD")
