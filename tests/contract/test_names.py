"""The names that others import (the contract), and the promises that hold for all of them."""

import dataclasses
import enum
import inspect
import pickle
import subprocess
import sys
from datetime import date

import pytest

import rulecal as rc

NAMES = {
    "due_date is_overdue calendar catalogue within at_least count_back before by by_end_of on_date times_a_year",
    "Unit Ledger Deadline RulecalError CalendarCoverageError UnsettledDayError UnknownRuleError UnknownRegionError",
    "RuleNotInForceError NoDeadlineError InvalidPeriodError InvalidCaseError CatalogueError LedgerError FaultGroup",
}
VALUES = [v for v in (getattr(rc, name) for name in rc.__all__) if inspect.isclass(v) and dataclasses.is_dataclass(v)]


def test_the_names_are_there():
    assert set(" ".join(NAMES).split()) <= set(rc.__all__)
    assert sorted(rc.__all__) == rc.__all__ == dir(rc)
    assert all(hasattr(rc, name) for name in rc.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = rc.nothing


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.__name__)
def test_public_values_are_frozen_slotted_documented(value):
    assert value.__dataclass_params__.frozen
    assert "__slots__" in vars(value)
    assert inspect.getdoc(value)
    assert value.__hash__ is not None


@pytest.mark.parametrize("name", rc.__all__)
def test_every_public_name_says_what_it_is(name):
    thing = getattr(rc, name)
    assert inspect.getdoc(thing)
    members = [] if not inspect.isclass(thing) or issubclass(thing, enum.Enum) else vars(thing).items()
    undocumented = [
        key
        for key, member in members
        if not key.startswith("_")
        and (callable(member) or isinstance(member, property | classmethod))
        and not inspect.getdoc(member)
    ]
    assert undocumented == []


def test_values_survive_a_pickle():
    deadline = rc.catalogue()["zhongwei-2022/normative-document-comment"].deadline(date(2022, 9, 28))
    quota = rc.times_a_year(2).shortfall(2022, as_of=date(2022, 5, 5))
    day = rc.calendar("640500").day(date(2022, 7, 11))
    for value in (
        deadline,
        deadline.rule,
        deadline.readings,
        deadline.steps,
        deadline.calendar,
        quota,
        day,
        rc.State.MET,
    ):
        assert pickle.loads(pickle.dumps(value)) == value
    ledger = rc.Ledger.read("docs/examples/zhongwei-2022.csv")
    assert pickle.loads(pickle.dumps(ledger)) == ledger


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()


def test_importing_the_library_loads_nothing_optional():
    code = "import sys, rulecal; from datetime import date; print(*sys.modules)"
    optional = {
        "numpy",
        "pandas",
        "polars",
        "click",
        "rich",
        "hypothesis",
        "narwhals",
        "pytest",
        "tomllib",
        "csv",
        "json",
    }
    assert optional.isdisjoint(run(code))


def test_a_date_needs_nothing_optional():
    code = (
        "import sys, rulecal as rc; from datetime import date;"
        "rc.due_date('zhongwei-2022/farm-facility-filing', date(2022, 6, 27)); print(*sys.modules)"
    )
    assert {"numpy", "pandas", "click", "rich", "hypothesis"}.isdisjoint(run(code))


def test_threads_that_come_first_agree():
    code = (
        "import sys, threading; sys.setswitchinterval(1e-6); import rulecal as rc; from datetime import date\n"
        "found = []\n"
        "def ask(): found.append(rc.due_date('zhongwei-2022/farm-facility-filing', date(2022, 6, 27)))\n"
        "threads = [threading.Thread(target=ask) for _ in range(8)]\n"
        "[t.start() for t in threads]; [t.join() for t in threads]; print(len(found), *sorted(set(found)))"
    )
    assert run(code) == ["8", "2022-07-20"]
