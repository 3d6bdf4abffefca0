"""An independent checker of certificates: it knows dates and JSON, no calendar and no rule of rulecal's."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any


def verify(paper: dict[str, Any]) -> list[str]:
    """What is wrong with a certificate; an empty list accepts it."""
    try:
        return list(_faults(paper))
    except (KeyError, TypeError, ValueError, IndexError, OverflowError, AttributeError) as err:
        return [f"not a certificate: {type(err).__name__}: {err}"]


def _faults(paper: dict[str, Any]) -> Iterator[str]:
    days, roll, unit, amount = paper["days"], paper["roll"], paper["unit"], paper["amount"]
    moves = [move for move in paper["moves"] if not move["kind"].startswith("start")]
    if paper["certificate"] != 1 or not isinstance(paper["rule"], str):
        yield f"certificate {paper['certificate']!r} is of another version, or names no rule"
    at = datetime.fromisoformat(paper["trigger"])
    step = timedelta(days=1 if amount >= 0 else -1)
    if unit in {"working_day", "calendar_day"}:
        at -= step if paper["counts_trigger"] else timedelta(0)
        for entry in days:
            at += step
            if entry["date"] != str(at.date()):
                yield f"{entry['date']} stands where {at.date()} belongs"
            weekend = at.weekday() >= 5
            if unit == "working_day" and entry["counted"] == weekend and not (entry["why"] and entry["source"]):
                yield f"{at.date()} is {'counted' if weekend else 'passed over'} without a notice"
        counted = sum(entry["counted"] for entry in days)
        every = unit == "working_day" or counted == len(days)
        if counted != abs(amount) or not (days[-1]["counted"] and every) or moves:
            yield f"{counted} days are counted up to {at.date()}, {abs(amount)} are needed, the last of them counted"
    elif [m["amount"] for m in moves if m["kind"] == f"{unit}s"] != [amount][: unit != "date"] or days:
        yield f"{amount} {unit}s are not what the moves count"
    for move in moves:
        first, last = (datetime.fromisoformat(move[key]) for key in ("first", "last"))
        if first != at and not (move["kind"] == "named" and first.year == at.year and unit == "date"):
            yield f"{move['kind']} begins on {first}, not on {at}"
        at = first
        if move["kind"] == "months":
            month = first.year * 12 + first.month - 1 + move["amount"]
            day = min(first.day, monthrange(month // 12, month % 12 + 1)[1])
            at = first.replace(year=month // 12, month=month % 12 + 1, day=day)
        elif move["kind"] != "named":  # to the next full hour, so many hours, or the day before
            hour = (first + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
            at = {"rolled": hour, "day_before": first - timedelta(days=1)}.get(move["kind"], first)
            at += timedelta(hours=move.get("amount", 0) * (move["kind"] == "hours"))
        if at != last:
            yield f"{move['kind']} does not lead from {first} to {last}"
    for i, entry in enumerate(roll):
        at += timedelta(days=i > 0)
        if entry["date"] != str(at.date()) or entry["counted"] != (i == len(roll) - 1):
            yield f"the end cannot roll over {entry['date']} like this"
    if paper["due"] != (at if "T" in paper["due"] else at.date()).isoformat():
        yield f"the days lead to {at}, the certificate says {paper['due']}"
