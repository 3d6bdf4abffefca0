"""The laws of cases: any events, in any order, under rules of every shape, against an oracle that counts by the day."""

from rulecal.testing import check_case_laws


def test_cases_obey_the_laws():
    check_case_laws(examples=6)
