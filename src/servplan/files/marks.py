"""Where things stand in a YAML text, as offsets: what a splice is made from."""

from typing import NamedTuple

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from servplan.diagnostics import Keys
from servplan.files.oracle import child_of, compose


class PairMarks(NamedTuple):
    """Where a top-level key and its value stand in a text, and the value's form."""

    key_start: int
    key_end: int
    value_start: int
    value_end: int
    value_column: int
    is_flow: bool
    is_empty: bool
    last_is_flow: bool


def pair_marks(text: str, key: str) -> PairMarks | None:
    """Return where a top-level key stands with its value, or None where the text has no such key."""
    root = compose(text)
    for key_node, value_node in root.value if isinstance(root, MappingNode) else ():
        if key_node.value == key:
            return _pair_marks(key_node, value_node)
    return None


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


def _pair_marks(key: Node, value: Node) -> PairMarks:
    items = value.value if isinstance(value, SequenceNode) else []
    return PairMarks(
        key_start=key.start_mark.index,
        key_end=key.end_mark.index,
        value_start=value.start_mark.index,
        value_end=_last_leaf(value).end_mark.index,
        value_column=value.start_mark.column,
        is_flow=bool(getattr(value, "flow_style", False)),
        is_empty=isinstance(value, ScalarNode) and not value.style and value.value in ("", "~", "null"),
        last_is_flow=bool(items) and bool(getattr(items[-1], "flow_style", False)),
    )


def _last_leaf(node: Node) -> Node:
    """Return the last node of a block value: a block list's own end mark includes comments after it."""
    while isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node
