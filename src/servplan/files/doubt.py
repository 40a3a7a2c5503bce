"""The signs by which the fast reader may read a text otherwise than the oracle does.

Each stands for a difference that the property test of the two readers has found: a number that YAML 1.2 does
not know, a block text without lines, a flow collection whose lines do not end where items do. A false alarm
costs a millisecond; a difference would let the speed decide what a file means. Every file is looked at, so
what is rare is first looked for by plain bytes, which is ten times quicker than by a pattern.
"""

import re

SURE_DEPTH = 18
"""So deep both readers nest alike, and neither dies of it."""

_INDICATOR = re.compile(rb"""(?:^|[\s\[\]{},"'])(?:[&*]\S|!)""", re.MULTILINE)
_MARKER = re.compile(rb"^(?:---|\.\.\.|%)", re.MULTILINE)
_ESCAPE = re.compile(rb"\\(?:[0abefrvNLPU]|x[0189]|x7[fF]|u00[0189]|u007[fF]|u202[89]|u[dDfF])")
_BARE_SIGN = re.compile(rb"(?:[\[{,]\s*|:\s+)[?:]|[?:]\?")
_UNDERSCORE = re.compile(rb"[0-9.]_|_[0-9]")
_PREFIXED = re.compile(rb"0b[01]|[-+]0[ox]")
_LONG_NUMBER = re.compile(rb"[0-9a-fA-F]{1000}")

_ENDS = bytes.maketrans(b"},", b"]]")
_LEADS = bytes.maketrans(b"[{?:", b",,??")
_DASHES = bytes.maketrans(b"?:", b"--")
_ALL_BUT_BRACKETS = bytes(set(range(256)) - set(b"[]{}#\n"))

_BLOCK = re.compile(rb"[|>]")
_BLOCK_START = re.compile(rb"[|>][-+1-9]{0,2} *(?:#.*)?\n( *)[^ \n]")
_MARGIN = re.compile(rb"(?: |- )*")
_COMMENT = re.compile(rb"(?:^|[ \t])#.*", re.MULTILINE)


def is_doubtful(raw: bytes) -> bool:
    """Tell whether the fast reader cannot be trusted with these bytes."""
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n")
    return (
        _has_odd_sign(raw)
        or _has_odd_number(raw)
        or _has_odd_block(raw)
        or _has_odd_flow(raw)
        or b" " * SURE_DEPTH in raw
        or b"-" * SURE_DEPTH in raw.translate(_DASHES, b" \t")
    )


def _has_odd_sign(raw: bytes) -> bool:
    """Tell whether a text uses what plans may not use, or what the readers disagree about."""
    if (b"&" in raw or b"*" in raw or b"!" in raw) and _INDICATOR.search(raw):
        return True
    if (b"---" in raw or b"..." in raw or b"%" in raw) and _MARKER.search(raw):
        return True
    if b"\\" in raw and _ESCAPE.search(raw):
        return True
    if b":]" in raw.translate(_ENDS):
        return True
    leads = raw.translate(_LEADS, b" \n")
    return (b",?" in leads or b"??" in leads) and _BARE_SIGN.search(raw) is not None


def _has_odd_number(raw: bytes) -> bool:
    """Tell whether a number may be none in YAML 1.2, or longer than Python writes."""
    if b"_" in raw and _UNDERSCORE.search(raw):
        return True
    if (b"0b" in raw or b"0o" in raw or b"0x" in raw) and _PREFIXED.search(raw):
        return True
    return len(raw) > 1000 and _LONG_NUMBER.search(raw) is not None


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
    if margin is None or first is None:
        return True
    holder = margin.end() - (2 if margin.end() == len(before) else 0)  # an item's text is its list's child
    return first.end(1) - first.start(1) <= holder


def _has_odd_flow(raw: bytes) -> bool:
    """Tell whether brackets nest deep, or a line breaks in them but not after a comma or beside a bracket."""
    brackets = raw.translate(None, _ALL_BUT_BRACKETS)
    for pair in (b"[]", b"{}", b"[]"):
        brackets = brackets.replace(pair, b"")
    if not brackets.translate(None, b"#\n"):
        return False
    depth, before = 0, b","
    for line in _COMMENT.sub(b"", raw).split(b"\n"):
        text = line.strip()
        if depth > 0 and text and not before.endswith((b",", b"[", b"{")) and text[:1] not in b"]}":
            return True
        opened = text.count(b"[") + text.count(b"{")
        if depth + opened > SURE_DEPTH:
            return True
        depth += opened - text.count(b"]") - text.count(b"}")
        before = text or before
    return depth != 0
