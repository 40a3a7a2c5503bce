"""What indicators say of their goals: the latest value known at a date, held against the aim."""

from datetime import date
from typing import NamedTuple

from servplan.model.indicator import Indicator, Value
from servplan.state import Standing


class IndicatorRow(NamedTuple):
    """One indicator at a date; `met` is None where value or aim is not known."""

    id: str
    title: str
    unit: str | None
    series: str | None
    baseline: Value | None
    latest: Value | None
    aim: str | None
    met: bool | None


def build_indicators(standing: Standing) -> tuple[IndicatorRow, ...]:
    """Return every indicator that exists at the date, in the order of ids."""
    found = (item for item in standing.records.values() if isinstance(item, Indicator))
    return tuple(indicator_row(item, standing.as_of) for item in found)


def indicators_by_goal(standing: Standing) -> dict[str, list[Indicator]]:
    """Return the indicators that measure each goal; old ids of goals are followed."""
    found: dict[str, list[Indicator]] = {}
    for record in standing.records.values():
        if isinstance(record, Indicator):
            for goal in dict.fromkeys(map(standing.plan.resolve, record.measures)):
                if goal:
                    found.setdefault(goal, []).append(record)
    return found


def indicator_row(indicator: Indicator, as_of: date) -> IndicatorRow:
    """Return an indicator at a date: only what was published by then counts."""
    latest = latest_value(indicator, as_of)
    series = indicator.series
    return IndicatorRow(
        indicator.id,
        indicator.title,
        indicator.unit,
        f"{series.source} {series.id}" if series else None,
        indicator.baseline,
        latest,
        indicator.target.what if indicator.target else None,
        is_met(indicator, latest),
    )


def latest_value(indicator: Indicator, as_of: date) -> Value | None:
    """Return the value of the last period that was published by a date, as last revised; None without any."""
    known = [value for value in indicator.values if value.published is None or value.published <= as_of]
    return max(known, key=lambda value: (value.period, value.published or date.min), default=None)


def is_met(indicator: Indicator, latest: Value | None) -> bool | None:
    """Tell whether a value reaches the aim; None where the aim has no number or there is no value."""
    aim = indicator.target.value if indicator.target else None
    if latest is None or aim is None or indicator.direction is None:
        return None
    return latest.value >= aim if indicator.direction == "up" else latest.value <= aim
