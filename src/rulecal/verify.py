"""An independent checker of certificates: it knows dates and JSON, no calendar and no rule of rulecal's."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any


def verify(paper: dict[str, Any]) -> list[str]:
    """What is wrong with a certificate; an empty list accepts it."""
    try:
        faults, end, off = [], paper["before"][0]["trigger"] if paper["before"] else paper["trigger"], 0
        if paper["certificate"] != 1 or not isinstance(paper["rule"], str):
            faults.append(f"certificate {paper['certificate']!r} is of another version, or names no rule")
        for part in (*paper["before"], paper):  # each window begins where the one before it ends
            if part["trigger"] != end or (part["lengthens"] and part["amount"] != off):
                faults.append(f"{part['trigger']}, {part['amount']} is not where and what the part before leads to")
            faults += _faults(part)
            end, off = part["due"], sum(bool(entry["why"]) for entry in part["days"])
    except (KeyError, TypeError, ValueError, IndexError, OverflowError, AttributeError) as err:
        return [f"not a certificate: {type(err).__name__}: {err}"]
    return faults


def _faults(paper: dict[str, Any]) -> Iterator[str]:
    days, unit, amount = paper["days"], paper["unit"], paper["amount"]
    moves = [move for move in paper["moves"] if not move["kind"].startswith("start")]
    step = timedelta(days=1 if amount >= 0 else -1)
    at = datetime.fromisoformat(paper["trigger"]) - step * paper["counts_trigger"]
    if unit in {"working_day", "calendar_day"}:
        for entry in days:
            at += step
            odd = entry["counted"] == (unit == "working_day" and at.weekday() > 4)
            noted = entry["why"] and entry["source"] and (unit == "working_day" or entry["excluded"])
            if (odd and not noted) or entry["date"] != str(at.date()):
                yield f"{entry['date']} is {('passed over', 'counted')[entry['counted']]} without notice or out of turn"
        if (counted := sum(entry["counted"] for entry in days)) != abs(amount) or not days[-1]["counted"] or moves:
            yield f"{counted} days are counted up to {at.date()}, {abs(amount)} are needed, the last of them counted"
    elif [m["amount"] for m in moves if m["kind"] == f"{unit}s"] != [amount][: unit not in {"date", "table"}] or days:
        yield f"{amount} {unit}s are not what the moves count"
    for move in moves:
        first, last = (datetime.fromisoformat(move[key]) for key in ("first", "last"))
        named = {"named": unit == "date" and first.year == at.year, "published": unit == "table" and move.get("source")}
        if first != at and not named.get(move["kind"]):
            yield f"{move['kind']} begins on {first}, not on {at}"
        months = first.year * 12 + first.month - 1 + move.get("amount", 0) * (move["kind"] == "months")
        day = min(first.day, monthrange(months // 12, months % 12 + 1)[1])
        hour = (first + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
        at = hour if move["kind"] == "rolled" else first.replace(year=months // 12, month=months % 12 + 1, day=day)
        later = {"moved": move.get("amount", 0), "day_before": -1}.get(move["kind"], 0)
        at += timedelta(days=later, hours=move.get("amount", 0) * (move["kind"] == "hours"))
        if at != last:
            yield f"{move['kind']} does not lead from {first} to {last}"
    for i, entry in enumerate(paper["roll"]):
        at += timedelta(days=i > 0)
        if entry["date"] != str(at.date()) or entry["counted"] != (i == len(paper["roll"]) - 1):
            yield f"the end cannot roll over {entry['date']} like this"
    if paper["due"] != (at if "T" in paper["due"] else at.date()).isoformat():
        yield f"the days lead to {at}, the certificate says {paper['due']}"
