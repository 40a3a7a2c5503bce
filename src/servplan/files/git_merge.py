"""Git's own merge of three texts, line by line."""

from pathlib import Path
from tempfile import TemporaryDirectory

from servplan.diagnostics import ServplanError
from servplan.files.git import complete

MOST_CONFLICTS = 127
"""`git merge-file` ends with the number of conflicts, this one for more; above it, with an error."""


class NotTextError(ServplanError):
    """A file that git takes for no text: it has no lines to merge."""


def merge_lines(
    base: bytes, ours: bytes, theirs: bytes, marker_length: int, label: str
) -> tuple[bytes, bool]:
    """Merge three versions of a text line by line, and tell whether that left no conflict.

    `label` stands beside each conflict's first mark.

    Raises:
        NotTextError: `git-failed`, if one of them is no text.
        ServplanError: `no-git`, `git-failed`.
    """
    with TemporaryDirectory() as folder:
        names = ("ours", "base", "theirs")
        for name, content in zip(names, (ours, base, theirs), strict=True):
            (Path(folder) / name).write_bytes(content)
        labels = ("-L", label, "-L", "base", "-L", "theirs")
        arguments = ("merge-file", "-p", f"--marker-size={marker_length}", *labels, *names)
        done = complete(Path(folder), arguments)
    if done.returncode > MOST_CONFLICTS:
        said = done.stderr.decode(errors="replace").strip()
        raised = NotTextError if "Cannot merge binary files" in said else ServplanError
        raise raised("git-failed", command=arguments[0], said=said)
    return done.stdout, not done.returncode
