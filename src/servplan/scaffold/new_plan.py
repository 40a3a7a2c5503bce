"""The files of a new plan, made from those in `shipped/`.

In these, `<<name>>` stands for what `_values` says: workflows are full of `$`, `{` and `%`, but have no use
for that. At a line's beginning it gives its margin to all lines of its text. In names `dot_` stands for a
dot, so that git does not take the files for its own here.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

from servplan.checks.registry import errors_of
from servplan.export.schema import AUDIT, PLAN, all_schemas
from servplan.files.candidates import flow
from servplan.files.layout import ANSWERS_PATH, HEADER_PATH
from servplan.files.tree import MemoryTree
from servplan.load import load_plan
from servplan.model.header import FollowUp
from servplan.model.kinds import KINDS
from servplan.proof import EditRefusedError
from servplan.render.markdown import markdown_text
from servplan.scaffold.schedule import crons, report_days

FORGES = ("github", "gitlab")
SCHEMAS = ".vscode/schemas"
_SHIPPED = files(__package__) / "shipped"
_NAME = re.compile(r"(^ *)?<<(\w+)>>", re.MULTILINE)
_DEFAULT_TITLE = {"sv": "Verksamhetsplan {year}", "en": "Plan {year}"}


class NewPlan(NamedTuple):
    """What is said of a plan that is to be made."""

    title: str | None
    organisation: str | None
    year: int
    language: str
    rhythm: FollowUp


def plan_files(new: NewPlan, forges: Collection[str]) -> dict[str, str]:
    """Return a new plan's files by path from its folder: with pipelines for these forges, if it has any.

    Raises:
        EditRefusedError: if the plan would have errors, such as an empty title.
    """
    groups = (new.language, "plan", *(("top", *forges) if forges else ()))
    values = _values(new)
    made = {
        path: _NAME.sub(lambda name: _indented(values[name[2]], name[1] or ""), text)
        for group in groups
        for path, text in _shipped(_SHIPPED / group)
    }
    _refuse_errors(made)
    return dict(sorted((made | _editor_files()).items()))


def _shipped(folder: Traversable, above: str = "") -> Iterator[tuple[str, str]]:
    for item in folder.iterdir():
        path = above + re.sub("^dot_", ".", item.name)
        if item.is_dir():
            yield from _shipped(item, f"{path}/")
        else:
            yield path, item.read_text("utf-8")


def _indented(text: str, margin: str) -> str:
    return margin + text.replace("\n", f"\n{margin}")


def _values(new: NewPlan) -> Mapping[str, str]:
    """Return what stands for each name: texts as YAML or Markdown takes them."""
    title = _DEFAULT_TITLE[new.language].format(year=new.year) if new.title is None else new.title
    lines = crons(report_days(new.rhythm, new.year))
    return {
        "title": flow(title),
        "heading": markdown_text(title),
        "organisation": "" if new.organisation is None else f"organisation: {flow(new.organisation)}\n",
        "year": str(new.year),
        "every": new.rhythm.every,
        "grace_days": str(new.rhythm.grace_days),
        "crons": "\n".join(f'- cron: "{line}"' for line in lines),
        "cron_list": "\n".join(f"#   {line}" for line in lines),
        "install": (_SHIPPED / "install.sh").read_text("utf-8").rstrip("\n"),
    }


def _refuse_errors(made: Mapping[str, str]) -> None:
    loaded = load_plan(MemoryTree(made))
    if found := [loaded.placed(item) for item in errors_of(loaded)]:
        raise EditRefusedError(found, {item.path: loaded.text(item.path) for item in found})


def _editor_files() -> dict[str, str]:
    """Return the schemas, and the settings that tie each to its folder."""
    places = {PLAN: HEADER_PATH, AUDIT: ANSWERS_PATH} | {
        kind.kind: f"data/{kind.folder}/**/*.yaml" for kind in KINDS
    }
    tied = {f"./{SCHEMAS}/{name}.json": place for name, place in places.items()}
    settings = {"yaml.schemas": tied, "yaml.schemaStore.enable": False}
    schemas = {f"{SCHEMAS}/{name}.json": _json(schema) for name, schema in all_schemas().items()}
    return {".vscode/settings.json": _json(settings), **schemas}


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
