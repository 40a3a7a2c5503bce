"""From the words that people type to codes: English or Swedish, singular or plural, å = a."""

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


def standing_of(kind: str, typed: str) -> str:
    """Return the code of a standing that records of a kind can have.

    Raises:
        UsageError: `unknown-standing`, with the words of the kind.
    """
    group = standing_group(kind)
    known = _words_in((group, "standing") if group else ())
    code = known.get(_folded(typed))
    if code is None:
        raise UsageError(
            "unknown-standing", given=typed, known=", ".join(dict.fromkeys(known.values())) or "–"
        )
    return code


def code_of(group: str, typed: str) -> str:
    """Return the code that a typed word means.

    Raises:
        UsageError: `unknown-kind` or `unknown-standing`, with the words that there are.
    """
    known = _words_of(group)
    code = known.get(_folded(typed))
    if code is None:
        codes = dict.fromkeys(known.values())
        raise UsageError(f"unknown-{group}", given=typed, known=", ".join(codes))
    return code


def _words_of(group: str) -> dict[str, str]:
    return _words_in(GROUPS[group])


def _words_in(groups: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        words = Words(language)
        for labels in groups:
            for code in LABELS[labels]:
                if code == "upcoming":  # a matter of `due`, and nothing that a record is
                    continue
                found.setdefault(_folded(code), code)
                found.setdefault(_folded(words.label(labels, code)), code)
    return found


def _folded(text: str) -> str:
    return fold(text).replace("_", " ").replace("-", " ").strip()
