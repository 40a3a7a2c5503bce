"""The story carried out: each month's events as edits of the plan's texts, proven as any edit is."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from servplan.demo.story import Add, Change, Delete, Event, Month, Move, Rename, Report, Rewrite, Tag
from servplan.edit import entry_edits, field_edits, new_record_edit
from servplan.files.journal import Edit
from servplan.files.tree import MemoryTree, Tree
from servplan.load import record_files
from servplan.model.kinds import BY_NAME
from servplan.rename import rename_edits


class Commit(NamedTuple):
    """One month as git has it: `changes` are the files' texts after it, None for one that is gone."""

    day: date
    author: str
    message: str
    changes: Mapping[str, str | None]
    tag: Tag | None


def commits(start: Mapping[str, str], months: Sequence[Month]) -> Iterator[Commit]:
    """Yield each month's commit; the first one holds the texts that the plan begins with, too.

    Raises:
        ServplanError: if an event cannot be carried out.
    """
    before: dict[str, str] = {}
    after = dict(start)
    for month in months:
        for event in month.events:
            _apply(after, edits_of(MemoryTree(after), event))
        changes = {path: after.get(path) for path in sorted(before.keys() | after.keys())}
        changed = {path: text for path, text in changes.items() if text != before.get(path)}
        yield Commit(month.written, month.by, month.says, changed, month.tag)
        before = dict(after)


def _apply(texts: dict[str, str], edits: Sequence[Edit]) -> None:
    for edit in edits:
        if edit.after is None:
            del texts[edit.path]
        else:
            texts[edit.path] = edit.after


def edits_of(tree: Tree, event: Event) -> Sequence[Edit]:
    """Return the edits that an event makes.

    Raises:
        ServplanError: if it cannot be carried out.
    """
    match event:
        case Report():
            known = record_files(tree)
            return entry_edits(tree, [known[id_] for id_ in event.report], event.entry)
        case Add():
            return [new_record_edit(tree, BY_NAME[event.add], event.id, event.record)]
        case Change():
            file = record_files(tree)[event.change]
            return field_edits(tree, [file], event.field, event.values, event.how)
        case Rename():
            return rename_edits(tree, record_files(tree)[event.rename], event.to)
        case _:
            return _by_hand(tree, event)


def _by_hand(tree: Tree, event: Rewrite | Move | Delete) -> Sequence[Edit]:
    match event:
        case Rewrite():
            text = tree.read(event.rewrite).decode()
            assert text.count(event.find) == 1, event  # noqa: S101 (else the story tells of what it does not do)
            return [Edit(event.rewrite, text, text.replace(event.find, event.put))]
        case Move():
            text = tree.read(event.move).decode()
            return [Edit(event.move, text, None), Edit(event.to, None, text)]
        case Delete():
            return [Edit(event.delete, tree.read(event.delete).decode(), None)]
