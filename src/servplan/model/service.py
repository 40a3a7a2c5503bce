"""Services: what people need near to them."""

from pydantic import Field

from servplan.model.fields import Many, Text
from servplan.model.record import Entry, Record


class Service(Record):
    """A kind of service, such as groceries or a library; the list is the plan's own."""

    kind = "service"
    folder = "services"

    synonyms: Many[Text] = Field((), description="Other words for it, to find it by.")
    provider: Text | None = Field(None, description="Who provides it as a rule.")
    log: tuple[Entry, ...] = Field((), description="What happened, entry by entry.")
