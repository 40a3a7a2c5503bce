"""The program's way in: `servplan …` and `python -m servplan …`."""

import gc
import os
import sys


def main() -> None:
    """Run servplan.

    The garbage collector stays off: a run is short, and what it reads lives until its end (reading ten
    thousand records is several times faster so). Pydantic's plug-ins are not looked for: they are none of a
    plan's, and the search costs more than reading a small plan.
    """
    gc.disable()
    sys.setrecursionlimit(20_000)  # a chain of goals may be as long as somebody makes it
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from servplan.cli.app import run  # noqa: PLC0415 (after the settings that its imports look at)

    sys.exit(run())


if __name__ == "__main__":
    main()
