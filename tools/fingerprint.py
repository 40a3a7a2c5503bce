"""Makes the fingerprint of the slides that the shipped plan is transcribed from.

`python -m tools.fingerprint SLIDES.txt` writes `tests/slides.json`: for every slide its words in order, each
as a short hash. The slides are not ours to publish; their fingerprint is enough for a test to tell whether a
title stands in the slide that it cites, and whether every word of every slide is accounted for.
"""

import hashlib
import json
import re
import sys
from pathlib import Path

FINGERPRINT = Path(__file__).parent.parent / "tests" / "slides.json"
_SLIDE = re.compile(r"(?:\A|\n\n)(\d+) ")
_WORD = re.compile(r"\w+")


def hashed_words(text: str) -> list[str]:
    """Return a text's words in order, each as eight signs of its hash; case and punctuation do not count."""
    return [hashlib.sha256(word.encode()).hexdigest()[:8] for word in _WORD.findall(text.casefold())]


def slides_of(text: str) -> dict[str, list[str]]:
    """Return each numbered slide's hashed words; a slide begins with its number after an empty line."""
    parts = _SLIDE.split(text)[1:]
    return {number: hashed_words(body) for number, body in zip(parts[::2], parts[1::2], strict=True)}


def main() -> None:
    """Write the fingerprint of the file that is named."""
    slides = slides_of(Path(sys.argv[1]).read_text("utf-8"))
    FINGERPRINT.write_text(json.dumps(slides, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
