"""A YAML text cut into the pieces that people add, change and remove: pairs and items, with their comments.

What the pieces write together is the text, byte for byte: `sheet` makes sure of it. A piece is a value; it
can be written where another text has its like, at another margin too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from servplan.diagnostics import ServplanError
from servplan.files.candidates import flow
from servplan.files.marks import Form, Outline, Sort, outline

if TYPE_CHECKING:
    from servplan.files.oracle import Data, Value

_LEAD = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n|---[ \t]*(?:#[^\n]*)?\n)*")
_REMARK = re.compile(r"#[^\n]*")
_SPACES = re.compile(r" *")
_BLOCK_SIGN = re.compile(r"[|>][-+0-9]*")
_GAP = re.compile(r"(?:[\s,]|(?<!\S)#[^\n]*)*")


class UnevenError(ServplanError):
    """A text that cannot be cut into pieces: it is written in a form that plans hardly have."""

    def __init__(self) -> None:
        super().__init__("cannot-splice", path="", wanted="")


@dataclass(frozen=True)
class Node:
    """A value as it is written.

    `text` is what stands on its key's line, `body` a block text's lines; a list or group has `parts`, and in
    brackets the `edges` around them. A compact one begins on the line of the dash that it belongs to.
    """

    data: "Value"
    sort: Sort
    form: Form
    text: str = ""
    body: str = ""
    parts: tuple["Part", ...] = ()
    edges: tuple[str, str] = ("", "")
    is_compact: bool = False

    @cached_property
    def remarks(self) -> tuple[str, ...]:
        """The comments in it, in order."""
        inside = (text for part in self.parts for text in (*_remarks(part.lead), *part.remarks))
        return (*_remarks(self.edges[0]), *inside, *_remarks(self.edges[1]))


@dataclass(frozen=True)
class Part:
    """A pair of a group (by its `name`) or an item of a list.

    `lead` are the blank lines and comments before it (in brackets: what parts it from the one before),
    `head` its key or dash, `note` the rest of its first line: a comment most often.
    """

    name: str
    lead: str
    head: str
    node: Node
    note: str
    column: int

    @cached_property
    def remarks(self) -> tuple[str, ...]:
        """The comments in it and beside it; those that lead to it are not counted."""
        return (*_remarks(self.head if "\n" in self.head else ""), *_remarks(self.note), *self.node.remarks)


@dataclass(frozen=True)
class Sheet:
    """A whole text: its top-level pairs or items, and what stands after the last of them."""

    node: Node
    foot: str

    @property
    def lead(self) -> str:
        """What stands before the first pair or item; all of a text that has none."""
        return self.node.parts[0].lead if self.node.parts else self.foot

    def below(self, head: str) -> "Sheet":
        """Return it without the beginning of what leads to it."""
        if not self.node.parts:
            return Sheet(self.node, self.foot.removeprefix(head))
        first, *others = self.node.parts
        parts = (replace(first, lead=first.lead.removeprefix(head)), *others)
        return Sheet(replace(self.node, parts=parts), self.foot)


EMPTY = Sheet(Node({}, "group", "lines"), "")
"""A file that is not there."""


def _remarks(text: str) -> list[str]:
    return [found.rstrip() for found in _REMARK.findall(text)]


def sheet(text: str, data: "Data | list[Value]") -> Sheet:
    """Cut a text that ends in a line feed, and means `data`, into its pieces; a list may have comments alone.

    Raises:
        UnevenError: if it is written in brackets as a whole, or in another form that has no such pieces.
    """
    if isinstance(data, list) and text.strip() and _LEAD.fullmatch(text):
        return Sheet(Node([], "list", "lines"), text)
    found = outline(text)
    if found is None or found.form != "lines":
        raise UnevenError
    node = Node(data, found.sort, "lines", parts=tuple(_block_parts(text, found, data, 0)))
    lead_and_pairs = block(node)
    if not text.startswith(lead_and_pairs):
        raise UnevenError
    return Sheet(node, text[len(lead_and_pairs) :])


def block(node: Node) -> str:
    """Return the lines of a list or group that stands in lines of its own."""
    return "".join(part.lead + lines(part) for part in node.parts)


def lines(part: Part) -> str:
    """Return a part's own lines, without what leads to it."""
    begin, node = " " * part.column + part.head, part.node
    if node.form == "lines" and node.is_compact:
        return begin + block(node)[len(begin) :]
    return f"{begin}{node.text}{part.note}\n{node.body or (block(node) if node.form == 'lines' else '')}"


def moved(part: Part, column: int) -> Part:
    """Return a part as it stands at another margin."""
    by = column - part.column
    if not by:
        return part
    node = _moved_node(part.node, by)
    return Part(part.name, _shifted(part.lead, by), _shifted_rest(part.head, by), node, part.note, column)


def _moved_node(node: Node, by: int) -> Node:
    parts = tuple(moved(part, part.column + by) for part in node.parts)
    return replace(node, text=_shifted_rest(node.text, by), body=_shifted(node.body, by), parts=parts)


def _shifted(text: str, by: int) -> str:
    """Return lines moved to the right, or to the left as far as there is room; empty ones stay empty."""
    if by < 0:
        return re.sub(rf"^ {{1,{-by}}}", "", text, flags=re.MULTILINE)
    return re.sub(r"^(?=[^\n])", " " * by, text, flags=re.MULTILINE)


def _shifted_rest(text: str, by: int) -> str:
    first, line_feed, rest = text.partition("\n")
    return first + line_feed + _shifted(rest, by)


def as_line(part: Part, column: int) -> Part:
    """Return a part from brackets as one that stands on a line of its own."""
    head = f"{flow(part.name)}: " if part.name else "- "
    return Part(part.name, "", head, part.node, part.note, column)


def as_inline(part: Part) -> Part:
    """Return a part from lines of its own as one that can stand in brackets; its comments do not go along."""
    head = f"{flow(part.name)}: " if part.name else ""
    return Part(part.name, "", head, inline(part.node), "", 0)


def inline(node: Node) -> Node:
    """Return a value as it can stand on one line."""
    if node.form == "inline":
        return node
    text = f"x: {flow(node.data)}\n"
    found = outline(text)
    if found is None:
        raise UnevenError
    return _node(text, found.children[0], node.data, 0)


def as_list(node: Node) -> Node:
    """Return a single value as the list that it may stand for."""
    if node.sort == "list":
        return node
    single = inline(node)
    part = Part("", "", "", single, "", 0)
    return Node([node.data], "list", "inline", f"[{single.text}]", parts=(part,), edges=("[", "]"))


def _block_parts(text: str, found: Outline, data: "Value", at: int) -> Iterator[Part]:
    """Yield the pairs or items that stand in lines of their own, from the line that begins at `at` on.

    Those of a compact value begin behind a dash: `at` is where.
    """
    names = list(data) if isinstance(data, dict) else [""] * len(found.children)
    for number, (name, child) in enumerate(zip(names, found.children, strict=True)):
        lead = _match(_LEAD, text, at)
        begin = at + len(lead)
        begin += len(_match(_SPACES, text, begin))
        if begin != (found.keys[number][0] if found.keys else begin + (text[begin] != "-")):
            raise UnevenError
        mark = text.index(":", found.keys[number][1]) + 1 if found.keys else begin + 1
        value = data[name] if isinstance(data, dict) else data[number]  # type: ignore[index]
        at = text.index("\n", max(mark, 0 if _is_absent(child) else child.end)) + 1
        head, node, note = _first_line(text, (begin, mark), child, value)
        yield Part(name, lead, head, node, note, found.column)


def _first_line(text: str, at: tuple[int, int], child: Outline, value: "Value") -> tuple[str, Node, str]:
    """Return a part's head, its value, and what follows on its first line; `at` is where its key stands."""
    begin, mark = at
    line_end = text.index("\n", mark)
    if _is_absent(child):
        return text[begin:mark], Node(value, "text", "inline"), text[mark:line_end]
    if child.form == "lines" and child.start > line_end:
        return text[begin:mark], _node(text, child, value, line_end + 1), text[mark:line_end]
    node = _node(text, child, value, child.start)
    end = child.start + len(node.text) if child.form == "block" else child.end
    note = "" if node.is_compact else text[end : text.index("\n", end)]
    return text[begin : child.start], node, note


def _is_absent(child: Outline) -> bool:
    return child.start == child.end


def _match(pattern: re.Pattern[str], text: str, at: int) -> str:
    found = pattern.match(text, at)
    return found[0] if found else ""


def _node(text: str, found: Outline, data: "Value", at: int) -> Node:
    """Return a value as it is written; `at` is where its lines begin, if it has lines of its own."""
    if found.form == "lines":
        parts = tuple(_block_parts(text, found, data, at))
        return Node(data, found.sort, "lines", parts=parts, is_compact=text[at - 1] != "\n")
    whole = text[found.start : found.end]
    if found.form == "block":
        body = text[text.index("\n", found.start) + 1 : text.index("\n", found.end) + 1]
        return Node(data, "text", "block", _match(_BLOCK_SIGN, whole, 0), body)
    if found.sort == "text":
        return Node(data, "text", "inline", whole)
    return _brackets(text, found, data)


def _brackets(text: str, found: Outline, data: "Value") -> Node:
    """Return a list or group in brackets; one of an unusual form is taken as one text."""
    whole = text[found.start : found.end]
    begins = [key[0] for key in found.keys] or [child.start for child in found.children]
    ends = [found.start + 1, *(child.end for child in found.children)]
    gaps = [text[end:begin] for end, begin in zip(ends, begins, strict=False)]
    close = text[ends[-1] : found.end - 1]
    absent = any(child.start == child.end for child in found.children)
    if absent or not all(_GAP.fullmatch(gap) for gap in (*gaps, close)):
        return Node(data, "text", "inline", whole)
    parts = []
    for number, child in enumerate(found.children):
        held = list(data.items())[number] if isinstance(data, dict) else ("", data[number])  # type: ignore[index]
        head = text[begins[number] : child.start]
        lead = gaps[number] if number else ""
        parts.append(Part(held[0], lead, head, _node(text, child, held[1], 0), "", 0))
    edges = (whole[0] + (gaps[0] if gaps else ""), close + whole[-1])
    return Node(data, found.sort, "inline", whole, parts=tuple(parts), edges=edges)
