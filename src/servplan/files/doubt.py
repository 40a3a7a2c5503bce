"""The signs by which the fast reader may read a text otherwise than the oracle does.

Each stands for a difference that the property test of the two readers has found: a number that YAML 1.2 does
not know, a block text without lines, a flow collection whose lines do not end where items do. A false alarm
costs a millisecond; a difference would let the speed decide what a file means.
"""

import re

_SURE_DEPTH = 18

_INDICATOR = re.compile(rb"""(?:^|[\s\[\]{},"'])(?:[&*]\S|!)""", re.MULTILINE)
_MARKER = re.compile(rb"^(?:---|\.\.\.|%)", re.MULTILINE)
_NUMBER = re.compile(rb"_[0-9]|0b[01]|[-+]0[ox]")
_ESCAPE = re.compile(rb"\\(?:[0abefrvNLPU]|x[0189]|x7[fF]|u00[0189]|u007[fF]|u202[89]|u[dDfF])")
_BARE_SIGN = re.compile(rb"(?:[\[{,]\s*|: +)[?:]|:[\]},]")

_SIGNS: tuple[tuple[tuple[bytes, ...], re.Pattern[bytes]], ...] = (
    ((b"&", b"*", b"!"), _INDICATOR),
    ((b"---", b"...", b"%"), _MARKER),
    ((b"_", b"0b", b"0o", b"0x"), _NUMBER),
    ((b"\\",), _ESCAPE),
    ((b"?", b" :", b"[:", b"{:", b",:", b":]", b":}", b":,"), _BARE_SIGN),
)
"""Each pattern, after bytes of which it needs one: looking for those is ten times quicker."""

_LONG_NUMBER = re.compile(rb"[0-9a-fA-F]{1000}")
_BLOCK = re.compile(rb"[|>]")
_BLOCK_START = re.compile(rb"[|>][-+1-9]{0,2} *(?:#.*)?\n( *)[^ \n]")
_MARGIN = re.compile(rb"(?: |- )*")
_COMPACT = re.compile(rb"(?:[-?:] +){%d}" % _SURE_DEPTH)
_BREAK = re.compile(rb"[\[{][^\[\]{}\n]*\n|[\]}][^\[\]{}\n]*,[^\[\]{}\n]*\n|#.*[\[\]{}]")
_COMMENT = re.compile(rb"(?:^|[ \t])#.*")


def is_doubtful(raw: bytes) -> bool:
    """Tell whether the fast reader cannot be trusted with these bytes."""
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n")
    for needed, pattern in _SIGNS:
        for sign in needed:
            if sign in raw:
                if pattern.search(raw):
                    return True
                break
    return _is_deep(raw) or _has_odd_block(raw) or _breaks_flow_oddly(raw)


def _is_deep(raw: bytes) -> bool:
    """Tell whether a text may nest deep, or holds a number longer than Python writes."""
    if b" " * _SURE_DEPTH in raw or (len(raw) > 1000 and _LONG_NUMBER.search(raw)):
        return True
    return raw.count(b"- ") + raw.count(b"? ") + raw.count(b": ") > _SURE_DEPTH and bool(_COMPACT.search(raw))


def _has_odd_block(raw: bytes) -> bool:
    """Tell whether a `|` or `>` begins anything but a block text that ends in a line feed."""
    if b"|" not in raw and b">" not in raw:
        return False
    return not raw.endswith(b"\n") or any(_is_odd_block(raw, sign.start()) for sign in _BLOCK.finditer(raw))


def _is_odd_block(raw: bytes, at: int) -> bool:
    before = raw[raw.rfind(b"\n", 0, at) + 1 : at]
    value = before.rstrip()
    if not value.endswith((b":", b"-", b"?")):
        return not value or value.endswith((b"[", b"{", b","))
    margin, first = _MARGIN.match(before), _BLOCK_START.match(raw, at)
    return margin is None or first is None or first.end(1) - first.start(1) <= margin.end()


def _breaks_flow_oddly(raw: bytes) -> bool:
    """Tell whether a line breaks inside brackets, but not after a comma or beside a bracket."""
    if not _BREAK.search(raw):
        return False
    depth, before = 0, b","
    for line in _COMMENT.sub(b"", raw).split(b"\n"):
        text = line.strip()
        if depth > 0 and text and not before.endswith((b",", b"[", b"{")) and text[:1] not in b"]}":
            return True
        depth += text.count(b"[") + text.count(b"{") - text.count(b"]") - text.count(b"}")
        before = text or before
    return depth != 0
