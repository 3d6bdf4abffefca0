"""Shared by all tests: the two calendars, and hypothesis that is the same on every machine."""

import pytest
from hypothesis import settings

import rulecal as rc

settings.register_profile("house", deadline=None, derandomize=False, print_blob=True)
settings.load_profile("house")


@pytest.fixture(scope="session")
def national() -> rc.WorkingCalendar:
    return rc.calendar()


@pytest.fixture(scope="session")
def ningxia() -> rc.WorkingCalendar:
    return rc.calendar("640500")
