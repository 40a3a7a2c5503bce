"""The plan's header through commits: its own steps, and what records are judged by that stands in it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from servplan.analysis.audit.step import Step
from servplan.analysis.diff import dump
from servplan.analysis.ledger import NO_ENTRIES
from servplan.commits import Story
from servplan.files.git_log import LoggedCommit
from servplan.model.header import FollowUp, Header
from servplan.model.record import Entry


def header_steps(story: Story) -> Iterator[Step]:
    """Yield what commits did to the plan's header; of merges what is as neither side has it."""
    for commit in story.commits.values():
        after = story.headers.get(commit.id)
        sides = [_header(story, parent) for parent in commit.parents]
        if after and sides and sides[0] and after not in sides:
            now = dump(after)
            before = _found_of(now, [dump(side) for side in sides if side])
            starts, rhythm = (_start(sides[0]), _start(after)), partial(rhythm_on, story, commit.id)
            yield Step(Header, Entry, before, now, NO_ENTRIES, commit, rhythm, starts, ())


def _found_of(now: Any, sides: Sequence[Any]) -> Any:
    """Return what a commit found of the header: what is as on one of its sides, and the first side's rest."""
    if now in sides:
        return now
    if not all(isinstance(data, Mapping) for data in (now, *sides)):
        return sides[0]
    keys = {**sides[0], **now}
    found = {key: _found_of(now.get(key), [side.get(key) for side in sides]) for key in keys}
    return {key: value for key, value in found.items() if value is not None}


def starts_around(story: Story, commit: LoggedCommit) -> tuple[str, str]:
    """Return the plan's first day before and after a commit; what it made it, if there was none."""
    after = _header(story, commit.id)
    found = _header(story, commit.parents[0]) or after if commit.parents else None
    return _start(found), _start(after)


def _header(story: Story, commit: str | None) -> Header | None:
    """Return the plan's header by a commit: the last one that could be read."""
    while commit is not None and commit not in story.headers:
        commit = _first_parent(story, commit)
    return story.headers[commit] if commit is not None else None


def _first_parent(story: Story, commit: str) -> str | None:
    known = story.commits.get(commit)
    return known.parents[0] if known and known.parents else None


def _start(header: Header | None) -> str:
    return str(header.period.start) if header else ""


def rhythm_on(story: Story, commit: str, day: date) -> FollowUp:
    """Return how often the plan was reported on a day, as that day's plan said; in what a commit came after.

    So a grace that is prolonged afterwards makes nothing late in time. Before the first plan its own counts.
    """
    rhythm = FollowUp()
    at: str | None = commit
    while at is not None:
        rhythm = story.headers[at].rhythm if at in story.headers else rhythm
        in_force = at in story.headers and (at not in story.commits or story.commits[at].day <= day)
        at = None if in_force else _first_parent(story, at)
    return rhythm
