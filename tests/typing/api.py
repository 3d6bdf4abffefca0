"""Code as a user would write it: checked by mypy, never run."""

from datetime import date, datetime
from typing import assert_type

import rulecal as rc

cal = rc.calendar("640500")
assert_type(cal, rc.WorkingCalendar)
assert_type(cal.shift(date(2022, 6, 27), 15), date)
assert_type(cal.day(date(2022, 7, 11)).working, bool | None)
assert_type(cal.span(date(2022, 6, 27), 15), rc.Span)

rules = rc.catalogue()
rule = rules["zhongwei-2022/farm-facility-filing"]
assert_type(rule, rc.Rule)
own = rc.within(15, rc.Unit.WORKING_DAY, roll="unclear", region="640500")
assert_type(own, rc.Rule)

deadline = rule.deadline(date(2022, 6, 27))
assert_type(deadline.due, date)
assert_type(deadline.due_at, datetime | None)
assert_type(deadline.readings, tuple[rc.Reading, ...])
assert_type(deadline.status(as_of=date(2022, 7, 21)).state, rc.State)
assert_type(deadline.explain("en"), str)
assert_type(rc.due_date(rule, date(2022, 6, 27)), date)
assert_type(rc.is_overdue(rule, date(2022, 6, 27), as_of=date(2022, 7, 21)), bool)
assert_type(rc.times_a_year(2).shortfall(2022, as_of=date(2022, 7, 21)), rc.Shortfall)

parsed = rc.parse_limit("5日内", days_as=rc.Unit.WORKING_DAY)
assert_type(parsed, rc.Parsed)
assert_type(parsed.rule, rc.Rule)
assert_type(rc.parse_limits("5日内"), tuple[rc.Parsed, ...])

report = rc.Ledger.read("ledger.csv").check(as_of=date(2022, 7, 21))
assert_type(report, rc.Report)
assert_type(report.to_records(), list[dict[str, object]])

rule.deadline("2022-06-27")  # type: ignore[arg-type]
own.deadline(date(2022, 6, 27), outside_force="maybe")  # type: ignore[arg-type]
deadline.explain("fr")  # type: ignore[arg-type]
deadline.due = date(2022, 1, 1)  # type: ignore[misc]
