"""An HTML page as elements, for tests; one that is not well made is found fault with."""

from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Element:
    def __init__(self, tag: str, attributes: dict[str, str], parent: "Element | None") -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.inside: list[Element | str] = []

    def all(self, *tags: str) -> "list[Element]":
        """Every element below, or those of some tags, in the page's order."""
        found: list[Element] = []
        for item in self.inside:
            if isinstance(item, Element):
                found += [item] if not tags or item.tag in tags else []
                found += item.all(*tags)
        return found

    def text(self, spoken: bool = False) -> str:
        """The text inside; `spoken` leaves out what assistive technology does."""
        return "".join(
            item if isinstance(item, str) else item.text(spoken)
            for item in self.inside
            if isinstance(item, str) or not (spoken and item.attributes.get("aria-hidden") == "true")
        )


class Reader(HTMLParser):
    """Builds a page's elements, and finds fault with any that is not closed where it should be."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.current = Element("", {}, None)
        self.feed(html)
        self.close()
        assert self.current is self.root, f"<{self.current.tag}> is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        assert len(set(names)) == len(names), f"<{tag}> has an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attrs}, self.current)
        self.current.inside.append(element)
        if tag not in VOID:
            self.current = element

    def handle_endtag(self, tag: str) -> None:
        assert self.current.tag == tag, f"</{tag}> closes <{self.current.tag}>"
        assert self.current.parent is not None
        self.current = self.current.parent

    def handle_data(self, data: str) -> None:
        self.current.inside.append(data)


def read(html: str) -> Element:
    return Reader(html).root
