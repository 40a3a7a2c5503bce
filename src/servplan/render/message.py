"""What a code is told by: a sentence and its remedy, as texts that are yet to be translated."""

from typing import NamedTuple


class Message(NamedTuple):
    """What is wrong, what to do about it, and what to do where a similar name is known."""

    text: str
    hint: str = ""
    closest: str = ""
