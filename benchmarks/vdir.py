"""A plan as todoman keeps it: a folder with one task per file, and todoman's configuration."""

import re
from datetime import date
from pathlib import Path

from records import Plan, Record

_LINE_BYTES = 74
_STATUSES = {
    "in_progress": "IN-PROCESS",
    "on_hold": "IN-PROCESS",
    "done": "COMPLETED",
    "ticked": "COMPLETED",
    "cancelled": "CANCELLED",
}


def write_vdir(plan: Plan, folder: Path) -> Path:
    """Write the plan as one task per record; return the configuration file's path."""
    tasks = folder / "lists" / "plan"
    tasks.mkdir(parents=True)
    for record in plan.records:
        (tasks / f"{record.id}.ics").write_bytes(_calendar(record))
    config = folder / "config.py"
    config.write_text(_config(folder), encoding="utf-8")
    return config


def _config(folder: Path) -> str:
    settings = {
        "path": (folder / "lists" / "*").as_posix(),
        "cache_path": (folder / "cache.sqlite3").as_posix(),
        "date_format": "%Y-%m-%d",
        "time_format": "%H:%M",
        "default_list": "plan",
    }
    return "".join(f"{key} = {value!r}\n" for key, value in settings.items())


def _calendar(record: Record) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//servplan//benchmark//SV"]
    lines += ["BEGIN:VTODO", *_task_lines(record), "END:VTODO", "END:VCALENDAR"]
    return b"".join(_folded(line) for line in lines)


def _task_lines(record: Record) -> list[str]:
    lines = [
        f"UID:{record.id}",
        "DTSTAMP:20130101T000000Z",
        "CREATED:20130101T000000Z",
        f"SUMMARY:{_escaped(str(record.title))}",
        f"STATUS:{_STATUSES.get(record.state, 'NEEDS-ACTION')}",
    ]
    if record.current_due:
        lines.append(f"DUE;VALUE=DATE:{_basic(record.current_due)}")
    return lines + _report_lines(record)


def _report_lines(record: Record) -> list[str]:
    """Tell what the log has said: the progress, the day of completion, the notes."""
    if not record.log:
        return []
    done = _STATUSES.get(record.state) == "COMPLETED"
    lines = [f"PERCENT-COMPLETE:{100 if done else record.progress}"]
    if done:
        lines.append(f"COMPLETED:{_basic(record.replayed[-1].date)}T120000Z")
    notes = [f"{entry.date} {entry.note or entry.reason or ''}" for entry in record.replayed]
    return [*lines, f"DESCRIPTION:{_escaped(chr(10).join(notes))}"]


def _basic(day: date) -> str:
    return day.strftime("%Y%m%d")


def _escaped(text: str) -> str:
    return re.sub(r"([\\,;])", r"\\\1", text).replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Cut the line into pieces that the format allows, but no letter in two."""
    pieces, size = [""], 0
    for letter in line:
        size += len(letter.encode())
        if size > _LINE_BYTES:
            pieces.append("")
            size = len(letter.encode())
        pieces[-1] += letter
    return "\r\n ".join(pieces).encode() + b"\r\n"
