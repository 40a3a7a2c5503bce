"""The story of the plan's own description: what commits did to `data/plan.yaml`."""

from collections.abc import Iterator
from typing import NamedTuple

from servplan.analysis.audit.headers import header_steps
from servplan.analysis.diff import HEADER, Change, header_change
from servplan.analysis.history import COMMIT, WORK_TREE, Event
from servplan.analysis.ledger import NO_ENTRIES
from servplan.analysis.origins import Step
from servplan.commits import Story
from servplan.files.git_log import LoggedCommit


class PlanItself(NamedTuple):
    """What a story is about that is no record's: the plan as `data/plan.yaml` describes it."""

    title: str
    kind: str = HEADER
    id: str = HEADER


def build_header_story(story: Story) -> tuple[Event, ...]:
    """Return what commits, the oldest first, did to the plan's header, its coming too."""
    return (*_coming(story), *_changes(story))


def _coming(story: Story) -> Iterator[Event]:
    """Yield the first commit that has a header, where all of history is told."""
    first = next((commit for commit in story.commits.values() if commit.id in story.headers), None)
    if first and not any(parent in story.headers for parent in first.parents):
        title = story.headers[first.id].title
        yield _event(first, Change("added", HEADER, HEADER, title, None, None, (), NO_ENTRIES, ()))


def _changes(story: Story) -> Iterator[Event]:
    for step in header_steps(story):
        if step.after and (change := header_change(step.before, step.after)):
            yield _event(step.commit, change)


def _event(commit: LoggedCommit, change: Change) -> Event:
    """Return what a commit did; one without an id is the work tree's."""
    if not commit.id:
        return Event(None, WORK_TREE, change.change, Step(None, change, None), change=change)
    return Event(commit.day, COMMIT, change.change, Step(commit, change, None), change=change)
