"""Ids: what a record may be called, so that every system and shell can hold its file."""

import re
import unicodedata
from collections.abc import Container

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

    What is too long ends with a whole word, where the first word leaves room for it.
    It may be empty or one that `id_fault` refuses: a text such as “2013” or “Null” proposes nothing.
    """
    parted = unicodedata.normalize("NFKD", text.lower()).translate(_TRANSLITERATION)
    plain = "".join(sign for sign in parted if not unicodedata.combining(sign))
    joined = "-".join(re.findall(r"[a-z0-9]+", plain))
    return _cut(joined.lstrip("0123456789-"), MAX_ID)


def numbered(id_: str, suffix: str) -> str:
    """Return an id with a year or number at its end; a year that stands there already gives way."""
    stem = re.sub(r"-(19|20)[0-9]{2}$", "", id_)
    return f"{_cut(stem, MAX_ID - len(suffix) - 1)}-{suffix}"


def free_id(wanted: str, taken: Container[str]) -> str:
    """Return an id, or where it is taken the first of those numbered from 2 on that is not."""
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{_cut(wanted, MAX_ID - len(str(number)) - 1)}-{number}"
    return found


def _cut(id_: str, length: int) -> str:
    """Return an id cut to a length, between words where there is more than one."""
    if len(id_) <= length:
        return id_
    return id_[: length + 1].rpartition("-")[0] or id_[:length]
