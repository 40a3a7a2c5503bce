"""The files that wait for a person in words: how each stands there, and what to do about it."""

from collections.abc import Mapping

from servplan.render.words import N_, Words

_GROUPS = {
    "marked": N_("Both sides' texts stand between marks in:"),
    "whole": N_("No marks; see that what both sides changed is there:"),
    "gone_here": N_("Deleted by you, changed by the others, whose text stands there:"),
    "gone_there": N_("Changed by you, whose text stands there, deleted by the others:"),
    "alone": N_("On one side only, perhaps in a folder that the other moved:"),
    "name_before": N_("Renamed by each side in its own way; the name before:"),
    "name_here": N_("Your name:"),
    "name_there": N_("The others' name:"),
}
_OF_GIT = {
    "gone_here": N_("Deleted by the one side (git's ours), changed by the other, whose text stands there:"),
    "gone_there": N_("Changed by the one side (git's ours), whose text stands there, deleted by the other:"),
    "name_here": N_("The one side's name (git's ours):"),
    "name_there": N_("The other side's name:"),
}
"""Whose the sides are is not known outside a merge: in a rebase git's ours is what others did."""
_MARKED = N_(
    "Keep what is to count and delete the marks. In a log two different entries may both stay;\n"
    "void the one that is not to count then: servplan void ID DAY --reason …\n"
    "Of one entry that both sides changed keep one text, with what the other adds."
)
_ONE_SIDED = N_("Keep what one side alone has: git add {one_sided}\nor let it go: git rm {one_sided}")
_CHECK = N_("Then:\n  servplan check")


def unmerged_words(params: Mapping[str, str], words: Words) -> dict[str, str]:
    """Return which files wait and how they stand there (`waiting`), and what to do with them (`remedy`)."""
    if "marked" not in params:
        return {}
    labels = _GROUPS | _OF_GIT if "operation" in params else _GROUPS
    waiting = [
        line
        for group, label in labels.items()
        if params[group]
        for line in (words(label), *(f"  {path}" for path in params[group].split("\n")))
    ]
    remedy = [
        words(_MARKED) if params["marked"] else "",
        words(_ONE_SIDED, one_sided=params["one_sided"]) if params["one_sided"] else "",
        words(_CHECK),
        f"  git add {params['arguments']}" if params["arguments"] else "",
    ]
    return {"waiting": "\n".join(waiting), "remedy": "\n".join(filter(None, remedy))}
