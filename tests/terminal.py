"""A person at a terminal, for tests: a program is run on a pseudo-terminal, and typed to when it asks."""

import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from types import TracebackType

PROMPT = " > "
PATIENCE = 30.0
_WITH_TERMINAL = """
import fcntl, runpy, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
runpy.run_module("servplan", run_name="__main__", alter_sys=True)
"""
"""Runs servplan after making the terminal its own, so that Ctrl-C reaches it."""

_COLOURS = re.compile("\x1b\\[[0-9;]*m")


class Terminal:
    """servplan on a terminal of 80 columns; `said` is what it shows, `shown` is that with its colours."""

    def __init__(self, *arguments: str, plan: Path, **environment: str) -> None:
        self._shown, self._answered, self._is_closed = b"", 0, False
        self._screen, program_side = os.openpty()
        fcntl.ioctl(program_side, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 80, 0, 0))
        self._process = subprocess.Popen(
            [sys.executable, "-c", _WITH_TERMINAL, "--plan", str(plan), *arguments],
            cwd=plan.parent,
            stdin=program_side,
            stdout=program_side,
            stderr=program_side,
            start_new_session=True,
            env={
                "PATH": "/usr/bin:/bin",
                "SERVPLAN_TODAY": "2013-10-07",
                "LANG": "C.UTF-8",
                "TZ": "UTC",
                "TERM": "xterm-256color",
                **environment,
            },
        )
        os.close(program_side)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        if not self._is_closed:
            os.close(self._screen)

    @property
    def said(self) -> str:
        return _COLOURS.sub("", self.shown)

    @property
    def shown(self) -> str:
        return self._shown.decode(errors="replace").replace("\r\n", "\n")

    def press(self, *keys: str) -> None:
        """Press keys, each as soon as one is waited for."""
        for key in keys:
            self._wait_for_prompt()
            deadline = time.monotonic() + PATIENCE
            while termios.tcgetattr(self._screen)[3] & termios.ICANON:
                assert time.monotonic() < deadline, f"no key is waited for: {self.said}"
                time.sleep(0.002)
            self._send(key)

    def enter(self, *lines: str) -> None:
        """Type lines, each as soon as one is asked for."""
        for line in lines:
            self._wait_for_prompt()
            self._send(f"{line}\n")

    def interrupt(self, sign: str) -> None:
        """Type a control character where a line is asked for."""
        self._wait_for_prompt()
        self._send(sign)

    def kill(self) -> None:
        """End the program at once, at a question."""
        self._wait_for_prompt()
        self._process.kill()

    def close(self) -> None:
        """Close the terminal's window at a question, and wait for the program's end."""
        self._wait_for_prompt()
        self._is_closed = True
        os.close(self._screen)
        self._process.wait(PATIENCE)

    def code(self) -> int:
        """Wait for the program's end, and return its exit code."""
        while self._read():
            pass
        return self._process.wait(PATIENCE)

    def _send(self, text: str) -> None:
        self._answered = len(self.said)
        os.write(self._screen, text.encode())

    def _wait_for_prompt(self) -> None:
        while not self.said[self._answered :].endswith(PROMPT):
            assert self._read(), f"the program ended: {self.said}"

    def _read(self) -> bool:
        ready, _, _ = select.select([self._screen], [], [], PATIENCE)
        assert ready, f"nothing more came: {self.said}"
        try:
            read = os.read(self._screen, 65536)
        except OSError:
            return False
        self._shown += read
        return bool(read)
