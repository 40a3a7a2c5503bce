"""How merged parts stand: below their key, behind a dash, in brackets, or as nothing at all."""

from collections.abc import Iterable, Sequence

from servplan.files.pieces import Node, UnevenError
from servplan.merge.choice import REMARK, Choice, Segment, chosen, conflicts_in, taken
from servplan.merge.versions import SIDES

_NOTHING = {"list": "[]", "group": "{}"}


def spaced(head: str) -> str:
    """Return a key or dash with the space that its value needs."""
    return f"{head} " if head.endswith((":", "-")) else head


def behind(head: str, below: Segment) -> Segment:
    """Return lines of which the first stands behind a dash.

    Raises:
        UnevenError: if there is no room for the dash.
    """
    if isinstance(below, Choice):
        return Choice(_put_before(head, below.ours), _put_before(head, below.theirs), below.conflicts)
    return _put_before(head, below)


def _put_before(head: str, below: str) -> str:
    if below[: len(head)].strip(" "):
        raise UnevenError
    return head + below[len(head) :]


def emptied(head: str, sort: str, end: Segment, below: Sequence[Segment]) -> Segment:
    """Return a list or group of which a side leaves nothing, as a whole; `end` ends its first line."""
    texts = []
    for side in SIDES:
        inside, rest = taken(below, side), taken([end], side)
        texts.append(f"{head}{rest}{inside}" if inside else f"{spaced(head)}{_NOTHING[sort]}{rest}")
    return chosen(texts[0], texts[1], conflicts_in([end, *below]))


def bracketed(node: Node, items: Sequence[tuple[str, Segment]]) -> Segment:
    """Return items in brackets, each with what parts it from the one before, as those of a node are."""
    ours, theirs = (
        _in_brackets(node, [(gap, text) for gap, item in items if (text := taken([item], side))])
        for side in SIDES
    )
    return chosen(ours, theirs, conflicts_in(item for _gap, item in items))


def _in_brackets(node: Node, items: Iterable[tuple[str, str]]) -> str:
    usual = next((part.lead for part in node.parts[1:] if REMARK not in part.lead), ", ")
    parted = (
        (gap or usual if number else "") + text.removesuffix("\n") for number, (gap, text) in enumerate(items)
    )
    return node.edges[0] + "".join(parted) + node.edges[1]
