"""Small plans for tests: built in memory from texts, or on disk where a process has to read them."""

from pathlib import Path
from textwrap import dedent

from servplan.files.tree import MemoryTree
from servplan.load import Loaded, load_plan

HEADER = """\
servplan: 1
title: Testplan
organisation: Testkommun
period: {start: 2013-01-01, end: 2015-12-31}
levels:
  - {id: overall, title: Övergripande mål}
  - {id: target, title: Mål 2015}
  - {id: sub-goal, title: Delmål 2013}
sources: [{id: bild, title: Bilder}]
"""


def texts(files: dict[str, str]) -> dict[str, str]:
    """Return a plan's files: paths without `data/`, dedented, with a header unless one is given."""
    given = {f"data/{path}": dedent(text) for path, text in files.items()}
    return {"data/plan.yaml": HEADER} | given


def load(files: dict[str, str]) -> Loaded:
    """Load a plan from texts."""
    return load_plan(MemoryTree(texts(files)))


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write a plan's texts below a folder, and return the folder."""
    for path, text in texts(files).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
    return folder
