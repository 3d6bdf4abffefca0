"""The example ledger: every item's due date and state as counted by hand from the notices' own day tables."""

import csv
from datetime import date
from pathlib import Path

import rulecal as rc

HERE = Path(__file__).parent
EXPECTED = list(csv.DictReader((HERE / "zhongwei-2022-expected.csv").read_text(encoding="utf-8").splitlines()))
LEDGER = HERE.parents[1] / "docs" / "examples" / "zhongwei-2022.csv"


def test_every_item_is_as_it_was_counted_by_hand():
    report = rc.Ledger.read(LEDGER).check(as_of=date(2022, 7, 21))
    found = {r.item.id: (str(r.due or ""), r.status.state.value, str(r.status.days_over)) for r in report.results}

    assert report.faults == ()
    assert found == {row["id"]: (row["due"], row["state"], row["days_over"]) for row in EXPECTED}


def test_the_ledger_covers_what_the_notice_dates():
    used = {item.rule for item in rc.Ledger.read(LEDGER).items}
    dated = {rule.id for rule in rc.catalogue().of("zhongwei-2022").values() if rule.is_computable}

    assert dated <= used
    assert len(EXPECTED) >= 40
