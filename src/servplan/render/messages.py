"""A finding's or an error's words, with its parameters put in."""

from collections.abc import Mapping

from servplan.diagnostics import Diagnostic, ServplanError
from servplan.files.layout import ANSWERS_PATH
from servplan.render.error_messages import ERRORS
from servplan.render.finding_messages import FINDINGS
from servplan.render.message import Message
from servplan.render.unmerged import unmerged_words
from servplan.render.words import N_, Words

_COMMANDS: Mapping[str, str] = {
    "activity": 'servplan done {id}, servplan log {id} -m "…"',
    "box": "servplan tick {id}",
    "goal": "servplan assess {id} --as …",
    "owner": "servplan due --owner {id}",
    "programme": "servplan programme {id}",
}
"""By kind: what is done with a record, where another command was tried; all others take a note."""
_NOTE = 'servplan log {id} -m "…"'

_TYPES: Mapping[str, str] = {
    "text": N_('a text; put it in quotes: "{written}"'),
    "whole-number": N_("a whole number without quotes"),
    "number": N_("a number without quotes"),
    "true-false": N_("true or false"),
    "list": N_("a list"),
    "mapping": N_("a group of “key: value” lines"),
    "day": N_("a day written as YYYY-MM-DD"),
}

_NAMES: Mapping[str, str] = {
    "text": N_("a text"),
    "whole-number": N_("a whole number"),
    "number": N_("a number"),
    "true-false": N_("true or false"),
    "list": N_("a list"),
    "mapping": N_("a group of keys"),
    "day": N_("a day"),
    "form": N_("wrong signs"),
    "length": N_("too long or too short"),
    "yaml-word": N_("a word that YAML reads as a value"),
    "device-name": N_("a device's name on Windows"),
    "a quotation mark is not closed": N_("a quotation mark is not closed"),
    "a backslash in double quotes; single quotes keep it as it is": N_(
        "a backslash in double quotes; single quotes keep it as it is"
    ),
    "a colon followed by a space in a text without quotes": N_(
        "a colon followed by a space in a text without quotes"
    ),
    "a bracket is not closed, or a comma is missing": N_("a bracket is not closed, or a comma is missing"),
    "a tab, where only spaces may indent": N_("a tab, where only spaces may indent"),
    "a text that begins with this sign needs quotes": N_("a text that begins with this sign needs quotes"),
    "a line is indented otherwise than those it belongs to": N_(
        "a line is indented otherwise than those it belongs to"
    ),
    "a line without a colon after its key": N_("a line without a colon after its key"),
    "git's marks of a merge conflict": N_("git's marks of a merge conflict"),
    "anchor": N_("an anchor"),
    "alias": N_("an alias"),
    "tag": N_("a tag"),
    "directive": N_("a directive"),
    "document": N_("a second document"),
    "scheme": N_("not http or https"),
    "outside": N_("outside the plan"),
    "missing": N_("no such file"),
    "rule": N_("unknown rule"),
    "record": N_("unknown record"),
    "kind": N_("unknown kind"),
    "period": N_("ends before it begins"),
    "timezone": N_("unknown time zone"),
    "level": N_("level listed twice"),
}
_HINTS: Mapping[str, str] = {
    "git's marks of a merge conflict": N_(
        "Keep what holds and delete the lines with marks; git status tells how to go on, or to give up."
    ),
}
"""What to do about a problem that has a remedy of its own."""
_FORMS: Mapping[str, str] = {
    ANSWERS_PATH: "- {record: ID, rule: due-moved, reason: …, by: …}",
}
"""By path: the form of a file's rows, told where one is not of it."""
_MISFORMED = frozenset({"missing-key", "unknown-key", "wrong-type"})
_KINDS = frozenset({"kind", "kinds"})
"""Parameters of errors whose values are kinds of records."""
_CODED = ("expected", "fault", "feature", "problem")
"""Parameters whose values are codes with words of their own."""


def message(finding: Diagnostic, words: Words) -> str:
    """Return what is wrong, in one sentence."""
    return words(FINDINGS[finding.code].text, **_worded(finding, words, _NAMES))


def hint(finding: Diagnostic, words: Words) -> str:
    """Return what to do about it."""
    if special := _HINTS.get(finding.params.get("problem", "")):
        return words(special)
    told = _hint(FINDINGS[finding.code], _worded(finding, words, _TYPES), words)
    if finding.path in _FORMS and finding.code in _MISFORMED:
        return " ".join((told, words("A row has the form “{form}”.", form=_FORMS[finding.path])))
    return told


def error_text(error: ServplanError, words: Words) -> tuple[str, str]:
    """Return an error's sentence and its remedy."""
    found = ERRORS[error.code]
    params = {**_with_kinds(error.params, words), **_field_meant(error.params, words)}
    params |= unmerged_words(error.params, words)
    return words(found.text, **params), _hint(found, params, words)


def _with_kinds(params: Mapping[str, str], words: Words) -> dict[str, str]:
    """Return parameters with kinds in words, and what is done with a record of the kind that is told."""
    told = dict(params)
    for name in _KINDS.intersection(params):
        told[name] = ", ".join(words.label("kind", kind) for kind in params[name].split())
    if "kind" in params and "id" in params:
        told["fitting"] = _COMMANDS.get(params["kind"], _NOTE).format(id=params["id"])
    return told


def _field_meant(params: Mapping[str, str], words: Words) -> dict[str, str]:
    """Return which of the `keys` that there are somebody may have meant, and what views call it."""
    if "keys" not in params:
        return {}
    from servplan.render.vocabulary import field_meant  # noqa: PLC0415 (only for a mistake)

    closest = field_meant(params["given"], params["keys"].split(", "), words)
    return {"closest": closest, "label": words.label("field", closest)}


def _hint(found: Message, params: dict[str, str], words: Words) -> str:
    similar = params.get("closest") or params.get("instead")
    text = found.closest if found.closest and similar else found.hint
    if params.get("known") == "" and "{known}" in text:
        return ""
    return words(text, **params)


def _worded(finding: Diagnostic, words: Words, types: Mapping[str, str]) -> dict[str, str]:
    params = dict(finding.params)
    for name in _CODED:
        code = params.get(name, "")
        if code in types:
            params[name] = words(types[code]).replace("{written}", params.get("written", "…"))
        elif code in _NAMES:
            params[name] = words(_NAMES[code])
    return params
