"""An independent checker of certificates: it knows dates and JSON, no calendar and no rule of rulecal's."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any


def verify(paper: dict[str, Any]) -> list[str]:
    """What is wrong with a certificate; an empty list accepts it."""
    try:
        return list(_faults(paper))
    except (KeyError, TypeError, ValueError, IndexError) as err:
        return [f"not a certificate: {type(err).__name__}: {err}"]


def _faults(paper: dict[str, Any]) -> Iterator[str]:
    days, roll, unit, amount = paper["days"], paper["roll"], paper["unit"], paper["amount"]
    if paper["certificate"] != 1:
        yield f"certificate {paper['certificate']!r} is of another version"
    at = date.fromisoformat(paper["trigger"][:10])
    back = timedelta(days=1 if amount >= 0 else -1)
    if unit in {"working_day", "calendar_day"}:
        at -= back if paper["counts_trigger"] else timedelta(0)
        for entry in days:
            at += back
            if entry["date"] != at.isoformat():
                yield f"{entry['date']} stands where {at} belongs"
            weekend = at.weekday() >= 5
            if unit == "working_day" and entry["counted"] == weekend and not (entry["why"] and entry["source"]):
                yield f"{at} is {'counted' if weekend else 'passed over'} without a notice"
        counted = sum(entry["counted"] for entry in days)
        if counted != abs(amount) or not days[-1]["counted"]:
            yield f"{counted} days are counted up to {at}, {abs(amount)} are needed, the last of them counted"
        if unit == "calendar_day" and counted != len(days):
            yield "calendar days are counted, every one"
    for move in paper["moves"]:
        first, last = (datetime.fromisoformat(move[key]) for key in ("first", "last"))
        if move["kind"] == "named":
            at = first.date()
        elif move["kind"] == "months":
            month = first.year * 12 + first.month - 1 + move["amount"]
            year, month = month // 12, month % 12 + 1
            at = date(year, month, min(first.day, monthrange(year, month)[1]))
        elif move["kind"] == "rolled":  # to the next full hour
            at = (first + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
        elif move["kind"] == "hours":
            at = first + timedelta(hours=move["amount"])
        elif move["kind"] == "day_before":
            at -= timedelta(days=1)
        if move["kind"] != "start" and move["kind"] != "start_counted" and str(at)[:10] != str(last)[:10]:
            yield f"{move['kind']} does not lead from {first} to {last}"
    for i, entry in enumerate(roll):
        at += timedelta(days=min(i, 1))
        if entry["date"] != at.isoformat() or entry["counted"] != (i == len(roll) - 1):
            yield f"the end cannot roll over {entry['date']} like this"
    if paper["due"] != at.isoformat():
        yield f"the days lead to {at}, the certificate says {paper['due']}"
