"""The base of a merge where histories cross: git merges the bases that there are into one that nobody wrote.

What these say differently stands in it between git's marks. It is nobody's to choose then: to both sides of
the merge such a field or entry is as good as new.
"""

import re

_BEGIN = re.compile(rb"<{7,}(?= |\r?\n)")


def without_choices(base: bytes) -> bytes:
    """Return a base without the lines between git's marks."""
    kept, end = [], None
    for line in base.splitlines(keepends=True):
        if end is not None:
            end = None if line.startswith(end) else end
        elif begin := _BEGIN.match(line):
            end = b">" * len(begin[0])
        else:
            kept.append(line)
    return b"".join(kept)
