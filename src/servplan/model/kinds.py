"""The registry of kinds: a new kind is a module and a line here."""

from servplan.model.activity import Activity
from servplan.model.area import Area
from servplan.model.case import Case
from servplan.model.contact import Contact
from servplan.model.document import Document
from servplan.model.goal import Goal
from servplan.model.indicator import Indicator
from servplan.model.owner import Owner
from servplan.model.place import Place
from servplan.model.programme import Box, Programme
from servplan.model.question import Question
from servplan.model.record import Record
from servplan.model.service import Service

KINDS: tuple[type[Record], ...] = (
    Owner,
    Goal,
    Activity,
    Programme,
    Box,
    Area,
    Service,
    Place,
    Indicator,
    Question,
    Document,
    Contact,
    Case,
)

BY_NAME: dict[str, type[Record]] = {kind.kind: kind for kind in KINDS}
BY_FOLDER: dict[str, type[Record]] = {kind.folder: kind for kind in KINDS}
