"""Where things stand in a YAML text, as offsets: what a splice is made from."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from servplan.diagnostics import Keys
from servplan.files.oracle import child_of, compose

_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\r\n]*", re.MULTILINE)
_BLANK = " \t\r\n"


class PairMarks(NamedTuple):
    """Where a top-level key and its value stand in a text, and the value's form.

    The value ends where its own text does: before the blank lines and comments that follow it. One that is
    not there begins and ends right after the colon.
    """

    key_start: int
    key_end: int
    value_start: int
    value_end: int
    value_column: int
    is_flow: bool
    is_empty: bool
    last_is_flow: bool


Sort = Literal["text", "list", "group"]
"""A value is one text (or number), a list of items, or a group of pairs."""
Form = Literal["inline", "lines", "block"]
"""It stands on its key's line, in lines of its own, or as a block text (`|`, `>`)."""


class Outline(NamedTuple):
    """A value in a text: what sort it is, in which form, where it stands, and what it is made of.

    It ends where its own text does: before the blank lines and comments that follow it. One that is not
    there begins and ends at the same place. `keys` are where a group's keys stand.
    """

    sort: Sort
    form: Form
    start: int
    end: int
    column: int
    keys: tuple[tuple[int, int], ...] = ()
    children: tuple["Outline", ...] = ()


def outline(text: str) -> Outline | None:
    """Return the outline of a text that can be read; None of an empty one."""
    root = compose(text)
    return _outline(text, root) if root else None


def _outline(text: str, node: Node) -> Outline:
    start, column = node.start_mark.index, node.start_mark.column
    if isinstance(node, ScalarNode):
        form: Form = "block" if node.style in ("|", ">") else "inline"
        return Outline("text", form, start, start if _is_absent(node) else _end(text, node), column)
    is_flow = bool(getattr(node, "flow_style", False))
    form = "inline" if is_flow else "lines"
    end = node.end_mark.index if is_flow else _end(text, _last_leaf(node))
    if isinstance(node, SequenceNode):
        items = tuple(_outline(text, item) for item in node.value)
        return Outline("list", form, start, end, column, (), items)
    keys = tuple((key.start_mark.index, key.end_mark.index) for key, _value in node.value)
    values = tuple(_outline(text, value) for _key, value in node.value)
    return Outline("group", form, start, end, column, keys, values)


def pair_marks(text: str, key: str) -> PairMarks | None:
    """Return where a top-level key stands with its value, or None where the text has no such key."""
    root = compose(text)
    for key_node, value_node in root.value if isinstance(root, MappingNode) else ():
        if key_node.value == key:
            return _pair_marks(text, key_node, value_node)
    return None


def last_end(text: str) -> int:
    """Return where a text's last value ends, before the blank lines and comments that follow it."""
    root = compose(text)
    return _end(text, _last_leaf(root)) if root else 0


def item_marks(text: str, key: str) -> list[tuple[int, int]]:
    """Return where the items of a top-level list stand; each ends where its own text does."""
    found = child_of(compose(text), key)
    items = found[1].value if found and isinstance(found[1], SequenceNode) else []
    return [(item.start_mark.index, _end(text, _last_leaf(item))) for item in items]


def item_outline(text: str, key: str, at: int) -> Outline | None:
    """Return the outline of an item of a top-level list; None where there is no such key.

    A single item may stand without a list.
    """
    found = child_of(compose(text), key)
    if found is None:
        return None
    value = found[1]
    return _outline(text, value.value[at] if isinstance(value, SequenceNode) else value)


def scalar_marks(text: str, keys: Keys) -> tuple[int, int] | None:
    """Return where the scalar at a place stands; None where there is none.

    Where a single item stands without a list, the way to its number leads to the item itself.
    """
    node = compose(text)
    for key in keys:
        child = child_of(node, key)
        if child is None:
            break
        node = child[1]
    return (node.start_mark.index, node.end_mark.index) if isinstance(node, ScalarNode) else None


def _pair_marks(text: str, key: Node, value: Node) -> PairMarks:
    items = value.value if isinstance(value, SequenceNode) else []
    colon = text.find(":", key.end_mark.index) + 1
    return PairMarks(
        key_start=key.start_mark.index,
        key_end=key.end_mark.index,
        value_start=colon if _is_absent(value) else value.start_mark.index,
        value_end=colon if _is_absent(value) else _end(text, _last_leaf(value)),
        value_column=value.start_mark.column,
        is_flow=bool(getattr(value, "flow_style", False)),
        is_empty=isinstance(value, ScalarNode) and not value.style and value.value in ("", "~", "null"),
        last_is_flow=bool(items) and bool(getattr(items[-1], "flow_style", False)),
    )


def _is_absent(node: Node) -> bool:
    return bool(node.start_mark.index == node.end_mark.index)


def _end(text: str, leaf: Node) -> int:
    """Return where a value's last node ends; the mark of one that is not there stands after comments."""
    if _keeps_blank_lines(text, leaf):
        return len(text[: leaf.end_mark.index].removesuffix("\n").removesuffix("\r"))
    kept = text[: leaf.end_mark.index].rstrip(_BLANK)
    while _is_absent(leaf) and (line := kept[kept.rfind("\n") + 1 :]).lstrip().startswith("#"):
        kept = kept[: -len(line)].rstrip(_BLANK)
    return len(kept)


def _keeps_blank_lines(text: str, leaf: Node) -> bool:
    """Tell whether blank lines after a block text are its own (`|+`)."""
    if not isinstance(leaf, ScalarNode) or leaf.style not in ("|", ">"):
        return False
    return "+" in text[leaf.start_mark.index :].split("\n", 1)[0].split("#", maxsplit=1)[0]


def comments(text: str) -> list[str]:
    """Return a text's comments, in order: what stands after `#`, outside its words."""
    return [text[start:end] for start, end in comment_marks(text)]


def comment_marks(text: str) -> list[tuple[int, int]]:
    """Return where a text's comments stand, in order."""
    found, at = [], 0
    for start, end in (*_words(text, compose(text)), (len(text), len(text))):
        found += [match.span() for match in _COMMENT.finditer(text, at, start)]
        at = end
    return found


def _words(text: str, node: Node | None) -> Iterator[tuple[int, int]]:
    """Yield where each scalar stands; a block text from its second line on: the first may hold a comment."""
    if isinstance(node, ScalarNode):
        first = text.find("\n", node.start_mark.index) if node.style in ("|", ">") else 0
        yield max(first, node.start_mark.index), node.end_mark.index
    elif isinstance(node, MappingNode):
        for pair in node.value:
            for part in pair:
                yield from _words(text, part)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _words(text, item)


def _last_leaf(node: Node) -> Node:
    """Return the last node of a block value: a block list's own end mark includes comments after it."""
    while isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node
