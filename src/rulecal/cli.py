"""The command line: a thin layer that reads words, calls the library and prints what it says.

Exit codes: 0 fine, 1 something is overdue (`check`), 2 bad input, with every fault and its place.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console

from rulecal.calendars import calendar as calendar_of
from rulecal.civil import BEIJING, parse_day, parse_instant
from rulecal.deadlines.catalogue import catalogue
from rulecal.deadlines.rule import Rule
from rulecal.errors import RulecalError, UnreadableDateError
from rulecal.law.limit import Unit, Window
from rulecal.ledger import Ledger
from rulecal.tables import calendar_table, report_parts, rules_table
from rulecal.text import Language

OVERDUE: Final = 1
BAD_INPUT: Final = 2
_WIDE: Final = 150
"""Columns of text where the output is no terminal."""


class _Moment(click.ParamType[date]):
    """A day, or where the rule is in hours a moment, strictly read."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return parse_instant(value) if ":" in value else parse_day(value)
        except UnreadableDateError as err:
            self.fail(f"{err.message}; {err.hint}", param, ctx)


_LANG = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the output."
)
_REGION = click.option("--region", help="Division code of GB/T 2260, e.g. 640500 (中卫).")


def _console(*, error: bool = False) -> Console:
    console = Console(stderr=error, highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console = Console(stderr=error, highlight=False, width=_WIDE)
    return console


class _App(click.Group):
    """A group of commands in which every error of the library is bad input, said in full."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RulecalError as err:
            click.echo(f"rulecal: {err}", err=True)
            ctx.exit(BAD_INPUT)


@click.group(cls=_App, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rulecal")
def app() -> None:
    """Statutory time limits: when is it due, why, and what is overdue. 法定期限：何时届满、依据何在、何者逾期。"""


@app.command()
@click.argument("rule")
@click.option("--from", "trigger", type=_Moment(), help="The trigger day (for hours: '2022-09-30 17:20').")
@_REGION
@_LANG
@click.option("--outside-force", is_flag=True, help="Compute also where the rule is not in force, and say so.")
@click.option("--json", "as_json", is_flag=True, help="The deadline with its proof as JSON.")
def due(
    rule: str, trigger: date | None, region: str | None, lang: Language, outside_force: bool, as_json: bool
) -> None:
    """Print when RULE is due, and why. 计算届满日并说明理由。"""
    found = catalogue()[rule].deadline(
        _moment(catalogue()[rule], trigger), region=region, outside_force="flag" if outside_force else "raise"
    )
    click.echo(_json(found.to_dict()) if as_json else found.explain(lang))


def _moment(rule: Rule, trigger: date | None) -> date | None:
    """A day given for a rule in hours stays a day, so that the rule says what it needs; a moment for one in days too."""
    hours = isinstance(rule.limit, Window) and rule.limit.period.unit is Unit.HOUR
    return trigger.date() if isinstance(trigger, datetime) and not hours else trigger


@app.command()
@click.argument("ledger", type=click.Path(path_type=Path))
@click.option("--as-of", type=_Moment(), help="The day asked about; today in Beijing by default.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the report too: .csv or .json.")
@click.option("--rules", type=click.Path(path_type=Path), help="Further rules: a TOML file, or a folder of them.")
@click.option("--encoding", default="utf-8-sig", show_default=True, help="Encoding of the ledger.")
@_LANG
def check(
    ledger: Path, as_of: date | None, out: Path | None, rules: Path | None, encoding: str, lang: Language
) -> None:
    """Check the items of LEDGER and flag what is overdue. 检查台账，标出逾期事项。"""
    held = catalogue() if rules is None else catalogue() | catalogue(rules)
    report = Ledger.read(ledger, encoding=encoding).check(as_of=as_of or _today(), rules=held)
    console = _console()
    for part in report_parts(report, lang):
        console.print(part)
    if report.faults:
        problems = _console(error=True)
        problems.print(f"{len(report.faults)} 处错误 fault(s):", style="bold red")
        for fault in report.faults:
            problems.print(f"  {fault.message}; {fault.hint}", markup=False)
    if out is not None:
        report.write(out)
        console.print(f"→ {out}", markup=False)
    sys.exit(BAD_INPUT if report.faults else OVERDUE if report.overdue else 0)


def _today() -> date:
    return datetime.now(BEIJING).date()


@app.command()
@click.argument("words", nargs=-1)
@_LANG
@click.option("--json", "as_json", is_flag=True, help="One record a rule, as JSON.")
def rules(words: tuple[str, ...], lang: Language, as_json: bool) -> None:
    """List the rules in which all WORDS occur. 查找规则。"""
    found = catalogue().find(" ".join(words))
    if as_json:
        click.echo(_json(found.to_records()))
        return
    _console().print(rules_table(found.values(), lang))


@app.command()
@click.argument("year", type=int)
@_REGION
@_LANG
@click.option("--json", "as_json", is_flag=True, help="One record a day, as JSON.")
def calendar(year: int, region: str | None, lang: Language, as_json: bool) -> None:
    """Print the days of YEAR that differ from the ordinary week, and why. 查看年度放假与调休。"""
    held = calendar_of(region)
    days = list(held.days(date(year, 1, 1), date(year, 12, 31)))
    if as_json:
        records = [
            {
                "date": d.date.isoformat(),
                "kind": d.kind.value,
                "working": d.working,
                "name": d.name,
                "source": str(d.source),
            }
            for d in days
        ]
        click.echo(_json(records))
        return
    _console().print(calendar_table(year, days, held.provenance, lang))


@app.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--encoding", default="utf-8-sig", show_default=True, help="Encoding of a ledger.")
def validate(file: Path, encoding: str) -> None:
    """Look for faults in a file of rules (.toml) or a ledger (.csv). 校验规则文件或台账。"""
    if file.suffix.lower() == ".toml" or file.is_dir():
        click.echo(f"{file}: {len(catalogue(file))} rules, no faults")
        return
    ledger = Ledger.read(file, encoding=encoding)
    faults = ledger.check(as_of=_today()).faults
    for fault in faults:
        click.echo(f"{fault.message}; {fault.hint}", err=True)
    if faults:
        sys.exit(BAD_INPUT)
    click.echo(f"{file}: {len(ledger.items)} items, no faults")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
