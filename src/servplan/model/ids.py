"""Ids: what a record may be called, so that every system and shell can hold its file."""

import re
import unicodedata

from servplan.model.fields import ID_PATTERN

_ID = re.compile(ID_PATTERN)
_YAML_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)
_TRANSLITERATION = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ł": "l"})
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
    """Return the id that a text proposes: lower case, without accents, words joined by `-`.

    It may be empty or one that `id_fault` refuses: a text such as “2013” or “Null” proposes nothing.
    """
    parted = unicodedata.normalize("NFKD", text.lower()).translate(_TRANSLITERATION)
    plain = "".join(sign for sign in parted if not unicodedata.combining(sign))
    joined = "-".join(re.findall(r"[a-z0-9]+", plain))
    return joined.lstrip("0123456789-")[:MAX_ID].rstrip("-")
