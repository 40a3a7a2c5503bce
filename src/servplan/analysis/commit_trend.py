"""What is counted of a plan at commits or tags of its main line, from the repository to the rows."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from servplan.analysis.trend import Only, Row, commit_rows, thinned
from servplan.files.git_commit import read_tags
from servplan.files.git_log import LoggedCommit, read_log
from servplan.identity import is_plan_file
from servplan.model.header import Rhythm
from servplan.timeline import read_plans


class CommitTrend(NamedTuple):
    """The rows of commits, and what they leave out.

    `step` is of which periods they are the last ones, or `commit`; `asked` how many commits there were to
    show. `newer` names those in a format that is not known here, `aside` the tags that are not on the main
    line.
    """

    rows: list[Row]
    step: str
    asked: int
    newer: tuple[str, ...]
    aside: tuple[str, ...]


class Asked(NamedTuple):
    """Which commits of a span of days are asked for: those that changed the plan, or those that bear `tags`.

    Of `every` period there is only the last one. Each is shown as of its own day, or all `as_of` another.
    """

    tags: bool
    every: Rhythm | None
    span: tuple[date, date]
    as_of: date | None
    only: Only


def trend_of_commits(root: Path, tip: str, asked: Asked) -> CommitTrend:
    """Return the figures of the plan at commits of the main line up to a tip.

    Raises:
        ServplanError: `shallow-history`, if the clone does not hold them all.
    """
    commits = read_log(root, [tip], mainline=True)
    tagged, aside = _tagged(read_tags(root), commits) if asked.tags else ({}, ())
    names = tagged if asked.tags else _changing(commits)
    first, last = asked.span
    wanted = [commit for commit in commits if commit.id in names and first <= commit.day <= last]
    shown, step = thinned(wanted, asked.every)
    plans = list(read_plans(root, commits, {commit.id for commit in shown}))
    newer = tuple(names[commit.id] for commit, plan in plans if plan is None)
    return CommitTrend(commit_rows(plans, names, asked.as_of, asked.only), step, len(wanted), newer, aside)


def _changing(commits: Iterable[LoggedCommit]) -> dict[str, str]:
    """Return the commits that changed the plan, with what they are called."""
    return {
        commit.id: f"{commit.day} {commit.id[:7]}"
        for commit in commits
        if any(is_plan_file(file.path) for file in commit.touched)
    }


def _tagged(
    tags: Mapping[str, str], commits: Iterable[LoggedCommit]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the commits that bear tags, with their names, and the tags of other commits."""
    line = {commit.id for commit in commits}
    names: dict[str, list[str]] = {}
    for tag, commit in tags.items():
        names.setdefault(commit, []).append(tag)
    found = {commit: ", ".join(tags) for commit, tags in names.items() if commit in line}
    return found, tuple(tag for tag, commit in tags.items() if commit not in line)
