"""A record that two sides edit, and how their merge is told."""

from servplan.merge.three_way import Merged, merge
from servplan.merge.validity import FileName

PATH = "data/activities/besoka-boden.yaml"


BASE = """\
# Studiebesöket
title: Besöka Boden
supports: [utredning, service]
owners: [landsbygd]
due: 2013-12-31  # löftet
note: |
  Första raden.
  Andra raden.
log:
  - {date: 2013-03-04, status: in_progress}
  # sedan
  - date: 2013-04-02
    note: >-
      Ett stycke
      till.
"""


END = "      till.\n"


def edited(*pairs: str, base: str = BASE) -> str:
    """Return the base with texts replaced: old, new, old, new …"""
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in base
        base = base.replace(old, new)
    return base


def merged(base: str, ours: str, theirs: str, folder: str = "activities") -> Merged:
    record = FileName("besoka-boden", folder)
    return merge(PATH, record, (base.encode(), ours.encode(), theirs.encode()))


def text(result: Merged) -> str:
    assert (result.conflicts, result.fault) == ((), None)
    return result.content.decode()


def named(result: Merged) -> list[tuple[str, ...]]:
    """The fields in conflict; of an entry with its day."""
    return [(*filter(None, (conflict.day,)), *conflict.keys) for conflict in result.conflicts]


def appended(*lines: str) -> str:
    return BASE + "".join(f"  - {line}\n" for line in lines)
