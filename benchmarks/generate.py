"""Write a believable plan of any size: the same bytes for the same number and seed.

    python benchmarks/generate.py DIR --records 1000 --seed 1

DIR gets `data/plan.yaml` and exactly as many records, one per file. 70 % of them have a finding.
"""

import argparse
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from random import Random

from activities import draw_activity
from flaws import FLAWED_SHARE, give_old_ids, spoil_activities, spoil_boxes, surroundings
from frame import draw_frame
from records import Plan, Record
from wording import Names
from yaml_text import record_text

SMALLEST = 50
_PLAN_YAML = Path(__file__).with_name("plan.yaml")
_FOLDERS = {
    "owner": "owners",
    "goal": "goals",
    "activity": "activities",
    "programme": "programmes",
    "box": "boxes",
    "area": "areas",
}


def describe_plan(records: int, seed: int) -> Plan:
    """Describe a plan of so many records neutrally; all programs' files are written from it."""
    rng, names = Random(seed), Names()
    frame = draw_frame(rng, names, records)
    frame = replace(frame, sub_goals=give_old_ids(frame.sub_goals, names))
    kept = (frame.owners, frame.retired_owners, frame.upper_goals, frame.sub_goals)
    rest = (frame.programmes, frame.areas)
    framed = [record for group in (*kept, *rest) for record in group]
    idle = [replace(goal, flaws=("goal-without-activity",)) for goal in frame.idle]
    around = surroundings(rng, names, frame)
    boxes = spoil_boxes(frame.boxes, records, around)
    others = [*framed, *idle, *boxes]
    goals = islice(cycle(frame.sub_goals), records - len(others))
    activities = [draw_activity(rng, names, goal, rng.choice(frame.owners)) for goal in goals]
    flawed = round(records * FLAWED_SHARE) - Plan(tuple(others)).flawed
    return Plan((*others, *spoil_activities(activities, flawed, records, around)))


def write_plan(plan: Plan, folder: Path) -> None:
    """Write the plan as servplan reads it."""
    data = folder / "data"
    data.mkdir(parents=True)
    (data / "plan.yaml").write_bytes(_PLAN_YAML.read_bytes())
    for parent in {record_path(data, record).parent for record in plan.records}:
        parent.mkdir(parents=True, exist_ok=True)
    for record in plan.records:
        record_path(data, record).write_bytes(record_text(record).encode())


def record_path(data: Path, record: Record) -> Path:
    """Return where a record's file stands below `data/`."""
    return data / _FOLDERS[record.kind] / record.folder / f"{record.id}.yaml"


def record_count(text: str) -> int:
    """Read a number of records that is large enough for every kind to occur."""
    records = int(text)
    if records < SMALLEST:
        raise argparse.ArgumentTypeError(f"a plan needs at least {SMALLEST} records")
    return records


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Write a believable plan.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="gets data/; must not have one")
    parser.add_argument("--records", type=record_count, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if (arguments.folder / "data").exists():
        parser.error(f"{arguments.folder / 'data'} exists already")
    return arguments


def main() -> None:
    """Write the plan that the command line asks for and say what is in it."""
    arguments = _arguments()
    plan = describe_plan(arguments.records, arguments.seed)
    write_plan(plan, arguments.folder)
    print(f"{len(plan.records)} records, {plan.entries} entries, {plan.flawed} with a finding")


if __name__ == "__main__":
    main()
