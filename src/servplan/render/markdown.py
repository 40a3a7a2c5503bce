"""Blocks as Markdown, for merge requests and pages: headings, tables and lists, every text as it stands."""

import re
from collections.abc import Iterable, Iterator, Sequence

from servplan.render.blocks import Block, Heading, Node, Para, Span, Table, safe

_SIGNS = re.compile(r"([\\`*_\[\]<>|~&])")
_START = re.compile(r"^(\d{0,9})(#{1,6}(?=\s|$)|[-+=](?=\s|$|-)|(?<=\d)[.)](?=\s|$))")


def markdown_text(text: str) -> str:
    """Return a text in which Markdown has nothing to read: one line, every sign as it stands."""
    line = re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
    escaped = _SIGNS.sub(r"\\\1", line)
    return _START.sub(lambda match: f"{match[1]}\\{match[2]}", escaped)


def write_markdown(blocks: Iterable[Block]) -> str:
    """Return the blocks as Markdown."""
    parts = ["\n".join(_lines(block)) for block in blocks]
    return "\n\n".join(part for part in parts if part) + "\n"


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * (block.level + 1)} {_told(block.text)}"
        if block.aside:
            yield from ("", _told(block.aside))
    elif isinstance(block, Para):
        yield _spans(block.spans)
    elif isinstance(block, Table):
        yield from _table_lines(block)
    else:
        for root in block.roots:
            yield from _node_lines(root, "")


def _told(text: str) -> str:
    return markdown_text(safe(text.replace("\t", " ")))


def _spans(spans: Sequence[Span]) -> str:
    """Return pieces as one text, in bold where all of it is meant to stand out."""
    text = _told("".join(span.text for span in spans))
    is_strong = text and all(span.style == "strong" for span in spans)
    return f"**{text}**" if is_strong else text


def _table_lines(table: Table) -> Iterator[str]:
    if table.title:
        yield from (f"**{_told(table.title)}**", "")
    yield _row(column.head for column in table.columns)
    yield f"|{'|'.join('---:' if column.right else '---' for column in table.columns)}|"
    for row in table.rows:
        yield _row(cell.text for cell in row)


def _row(texts: Iterable[str]) -> str:
    return f"| {' | '.join(map(_told, texts))} |"


def _node_lines(node: Node, indent: str) -> Iterator[str]:
    parts = (_spans(part) for part in (node.spans, node.aside) if part)
    yield f"{indent}- {' · '.join(parts)}"
    for child in node.children:
        yield from _node_lines(child, f"{indent}  ")
