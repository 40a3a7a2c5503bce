"""A record that somebody asks for and that the plan has no more: git may know it."""

from contextlib import suppress

from servplan.cli.session import Session
from servplan.diagnostics import ServplanError, UsageError
from servplan.files.git_log import was_there
from servplan.files.layout import DATA
from servplan.model.ids import id_fault
from servplan.model.kinds import BY_FOLDER


def with_past(session: Session, error: ServplanError) -> ServplanError:
    """Return an error; of an id that only the past knows one that says where to look."""
    if error.code == "unknown-id" and _was_there(session, error.params["asked"]):
        return UsageError("gone-id", asked=error.params["asked"])
    return error


def _was_there(session: Session, id_: str) -> bool:
    """Tell whether a commit has a record's file of that name, in a folder where records lie still."""
    if id_fault(id_):
        return False
    folders = {file.path.rpartition("/")[0] for file in session.record_files.values()}
    folders |= {f"{DATA}/{folder}" for folder in BY_FOLDER}
    paths = [f"{folder}/{id_}.yaml" for folder in sorted(folders)]
    with suppress(ServplanError):  # without git there is no past to ask
        return was_there(session.root, session.commit.id if session.commit else "HEAD", paths)
    return False
