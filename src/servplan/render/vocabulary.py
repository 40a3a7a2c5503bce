"""From the words that people type to codes: English or Swedish, singular or plural, å = a."""

from collections.abc import Iterable
from difflib import get_close_matches

from servplan.analysis.find import fold
from servplan.analysis.standing import standing_group
from servplan.diagnostics import UsageError
from servplan.render.words import LABELS, LANGUAGES, Words

GROUPS = {
    "kind": ("kind", "kinds"),
    "outlook": ("outlook",),
    "assessment": ("assessment",),
}
"""What can be asked for, and the groups of labels that its words come from."""


ALIKE = 0.8
"""How much of a field's name has to be as it was typed; below that, other names are meant too easily."""

NOT_TYPED = ("upcoming", "plan", "answers")
"""Codes with words that nobody asks by: a matter of `due`, and the files that are no records."""


def standing_of(kind: str, typed: str) -> str:
    """Return the code of a standing that records of a kind can have.

    Raises:
        UsageError: `unknown-standing`, with the words of the kind.
    """
    group = standing_group(kind)
    return _meant(typed, (group, "standing") if group else (), "unknown-standing")


def code_of(group: str, typed: str) -> str:
    """Return the code that a typed word means.

    Raises:
        UsageError: `unknown-kind` or `unknown-standing`, with the words that there are.
    """
    return _meant(typed, GROUPS[group], f"unknown-{group}")


def words_for(group: str) -> str:
    """Return the codes that can be asked for, each with the Swedish word that will do as well."""
    return _listed(GROUPS[group], _words_in(GROUPS[group]).values())


def field_meant(typed: str, keys: Iterable[str], words: Words) -> str:
    """Return the key that somebody means, by itself or by what views call it; nothing if none is like it."""
    known: dict[str, str] = {}
    for key in keys:
        known[_folded(key)] = key
        for speaking in (words, *map(Words, LANGUAGES)):
            known.setdefault(_folded(speaking.label("field", key)), key)
    close = get_close_matches(_folded(typed), known, 1, ALIKE)
    return known[close[0]] if close else ""


def _meant(typed: str, groups: tuple[str, ...], fault: str) -> str:
    """Return the code of a word, or of one that only one code's words begin with."""
    known, asked = _words_in(groups), _folded(typed)
    begun = {code for word, code in known.items() if asked and word.startswith(asked)}
    code = known.get(asked) or (begun.pop() if len(begun) == 1 else None)
    if code is None:
        raise UsageError(fault, given=typed, known=_listed(groups, known.values()) or "–")
    return code


def _listed(groups: tuple[str, ...], codes: Iterable[str]) -> str:
    """Return codes, each with the Swedish word that will do as well."""
    words = Words("sv")
    labels = {code: words.label(group, code) for group in reversed(groups) for code in LABELS[group]}
    return ", ".join(f"{code} ({labels[code]})" for code in dict.fromkeys(codes))


def _words_in(groups: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        words = Words(language)
        for labels in groups:
            for code in LABELS[labels]:
                if code in NOT_TYPED:
                    continue
                found.setdefault(_folded(code), code)
                found.setdefault(_folded(words.label(labels, code)), code)
    return found


def _folded(text: str) -> str:
    return fold(text).replace("_", " ").replace("-", " ").strip()
