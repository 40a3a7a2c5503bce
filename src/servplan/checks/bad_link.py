"""A link is an address, or a path that exists in the plan.

Evidence that cannot be followed is no evidence. Addresses begin with http:// or https://; whether they
answer is not asked, so that the check gives the same answer without a network. Paths are from the plan's
folder and stay in it.

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkter-2013]
    owners: [landsbygd]
    log:
      - {date: 2013-03-04, status: done, evidence: https://example.org/anteckningar}

FAIL data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkter-2013]
    owners: [landsbygd]
    log:
      - {date: 2013-03-04, status: done, evidence: underlag/saknas.pdf}
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from pydantic import BaseModel

from servplan.checks.examined import Examined
from servplan.diagnostics import Diagnostic, Severity
from servplan.files.layout import HEADER_PATH
from servplan.files.tree import Tree
from servplan.model.walk import links

CODE = "bad-link"
SEVERITY = Severity.ERROR

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def find(plan: Examined) -> Iterator[Diagnostic]:
    """Yield links that lead nowhere."""
    for path, holder in _holders(plan):
        for keys, link in links(holder):
            if fault := link_fault(plan.loaded.tree, link):
                yield Diagnostic(CODE, path, keys, params={"link": link, "fault": fault})


def _holders(plan: Examined) -> Iterator[tuple[str, BaseModel]]:
    yield HEADER_PATH, plan.plan.header
    for record in plan.plan.records.values():
        yield record.path, record


def link_fault(tree: Tree, link: str) -> str | None:
    """Return why a link leads nowhere (`scheme`, `outside`, `missing`); None if it leads somewhere."""
    if _SCHEME.match(link):
        return None if _is_address(link) else "scheme"
    if link.startswith(("/", "\\")) or ".." in link.replace("\\", "/").split("/"):
        return "outside"
    return None if tree.exists(link.partition("#")[0]) else "missing"


def _is_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", link)
