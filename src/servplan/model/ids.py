"""Ids: what a record may be called, so that every system and shell can hold its file."""

import re

from servplan.model.fields import ID_PATTERN

_ID = re.compile(ID_PATTERN)
_YAML_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)
_TRANSLITERATION = str.maketrans("åäöéüøæ", "aaoeuoa")
MAX_ID = 50


def id_fault(text: str) -> str | None:
    """Return why `text` cannot be an id (`form`, `length`, `yaml-word`, `device-name`), or None."""
    if text in _YAML_WORDS:
        return "yaml-word"
    if text in _DEVICES:
        return "device-name"
    if not _ID.fullmatch(text):
        return "form"
    return None if 2 <= len(text) <= MAX_ID else "length"


def as_id(text: str) -> str:
    """Return the id that a text proposes: lower case, å ä ö transliterated, words joined by `-`."""
    words = re.findall(r"[a-z0-9]+", text.lower().translate(_TRANSLITERATION))
    joined = "-".join(words)
    return joined.lstrip("0123456789-")[:MAX_ID].rstrip("-")
