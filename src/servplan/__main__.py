"""The program's way in: `servplan …` and `python -m servplan …`."""

import gc
import os
import sys

GITS_WORDS = 6
"""`merge-driver %O %A %B %L %P`: what git's configuration says after the program's name."""


def main() -> None:
    """Run servplan.

    The garbage collector stays off: a run is short, and what it reads lives until its end (reading ten
    thousand records is several times faster so). Pydantic's plug-ins are not looked for: they are none of a
    plan's, and the search costs more than reading a small plan.
    """
    gc.disable()
    sys.setrecursionlimit(20_000)  # a chain of goals may be as long as somebody makes it
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    sys.exit(_run())


def _run() -> int:
    """Run the program; what git runs for each file of a merge, without what the other commands need."""
    words = sys.argv[1:]
    if len(words) == GITS_WORDS and words[0] == "merge-driver" and words[4].isdecimal():
        from servplan.cli.driver import run_for_git  # noqa: PLC0415 (it takes a third of the time)

        return run_for_git(*words[1:])
    from servplan.cli.app import run  # noqa: PLC0415 (after the settings that its imports look at)

    return run()


if __name__ == "__main__":
    main()
