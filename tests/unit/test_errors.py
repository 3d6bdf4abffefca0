"""Errors say what was given and what to do; they can be pickled, and many come together."""

import pickle
from datetime import date

import pytest

import rulecal as rc
from rulecal import errors

BUILTINS = {
    "InvalidArgumentError": TypeError,
    "NotADateError": TypeError,
    "UnreadableDateError": ValueError,
    "UnreadableLimitError": ValueError,
    "CalendarCoverageError": LookupError,
    "UnsettledDayError": rc.CalendarCoverageError,
    "UnknownRegionError": ValueError,
    "UnknownRuleError": KeyError,
    "RuleNotInForceError": ValueError,
    "NoDeadlineError": ValueError,
    "InvalidPeriodError": ValueError,
    "InvalidCaseError": ValueError,
    "CatalogueError": ValueError,
    "LedgerError": ValueError,
    "MissingExtraError": ImportError,
}
CLASSES = [cls for cls in vars(errors).values() if isinstance(cls, type) and issubclass(cls, rc.RulecalError)]


def test_every_error_is_also_the_nearest_builtin_and_has_a_code_of_its_own():
    assert {cls.__name__ for cls in CLASSES} == {*BUILTINS, "RulecalError", "FaultGroup", "CaseFaults"}
    assert all(issubclass(getattr(errors, name), builtin) for name, builtin in BUILTINS.items())
    assert len({cls.code for cls in CLASSES}) == len(CLASSES)


@pytest.mark.parametrize("name", BUILTINS)
def test_an_error_survives_a_pickle(name):
    error = getattr(errors, name)("it is wrong", hint="mend it", day=date(2022, 1, 1))
    again = pickle.loads(pickle.dumps(error))

    assert (type(again), str(again), again.day) == (type(error), "it is wrong\nHint: mend it", date(2022, 1, 1))
    assert again.to_dict() == {"code": error.code, "message": "it is wrong", "hint": "mend it", "day": "2022-01-01"}


def test_a_fact_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nothing"):
        _ = rc.LedgerError("x").nothing
    assert str(rc.LedgerError("x")) == "x"


def test_a_group_keeps_its_type_is_caught_as_one_and_pickled():
    group = rc.FaultGroup("2 faults", [rc.LedgerError("row 3", row=3), rc.CatalogueError("rules.x")])

    with pytest.raises(rc.RulecalError) as caught:
        raise group
    assert caught.value is group
    try:
        raise group
    except* rc.LedgerError as some:
        assert type(some) is rc.FaultGroup
        assert some.exceptions[0].row == 3
    except* rc.CatalogueError as rest:
        assert type(rest) is rc.FaultGroup
    again = pickle.loads(pickle.dumps(group))
    assert str(again) == str(group) == "2 faults\n  - row 3\n  - rules.x"
    assert again.to_dict()["faults"][0] == {"code": "ledger", "message": "row 3", "hint": "", "row": 3}
