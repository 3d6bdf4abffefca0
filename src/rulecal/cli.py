"""The command line: a thin layer that reads words, calls the library and prints what it says.

Exit codes: 0 fine, 1 something is overdue (`check`), 2 bad input, with every fault and its place.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NoReturn

import click
from click.core import ParameterSource
from rich.console import Console, RenderableType
from rich.progress import Progress

from rulecal.calendars import Day
from rulecal.calendars import calendar as calendar_of
from rulecal.calendars.notices import changes
from rulecal.civil import BEIJING, parse_day, parse_instant, to_day
from rulecal.deadlines.bound import bound
from rulecal.deadlines.catalogue import Catalogue, beside, catalogue, record
from rulecal.deadlines.lint import Remark, lint
from rulecal.deadlines.rule import OutsideForce
from rulecal.errors import CalendarCoverageError, FaultGroup, InvalidCaseError, RulecalError
from rulecal.law.schema import schema_text
from rulecal.ledger import Ledger
from rulecal.ledger.bulk import check_parquet
from rulecal.ledger.bulk_report import check_bulk_ending
from rulecal.ledger.report import calendars_of, check_ending
from rulecal.present.refusals import said
from rulecal.tables import (
    binding_table,
    bulk_parts,
    calendar_table,
    changes_table,
    moved_table,
    report_parts,
    rules_table,
)
from rulecal.text import Language, Text
from rulecal.verify import verify as check_certificate

OVERDUE: Final = 1
BAD_INPUT: Final = 2
_SHOWN: Final = 20
"""Faults that are shown of a ledger in Parquet."""
_WIDE: Final = 160
"""Columns of text where the output is no terminal."""


class _Moment(click.ParamType[date]):
    """A day, or where the rule is in hours a moment, strictly read."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ARG002
        return parse_instant(value) if ":" in value else parse_day(value)


_LANGUAGE: Final = "rulecal.lang"


def _language(ctx: click.Context) -> Language:
    """The language asked for; Chinese where it was not read before the error."""
    lang: Language = ctx.meta.get(_LANGUAGE, "zh")
    return lang


def _keep(ctx: click.Context, _: click.Parameter, lang: Language) -> Language:
    """The language asked for, also for an error that ends the command."""
    ctx.meta[_LANGUAGE] = lang
    return lang


_LANG = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    is_eager=True,
    callback=_keep,
    help="Language of the output.",
)
_RULES = click.option(
    "--rules", "own", type=click.Path(path_type=Path), help="Further rules: a TOML file, or a folder of them."
)
_NOTICES = click.option(
    "--notice", "notices", type=click.Path(path_type=Path), multiple=True, help="A notice file to add (.json, .toml)."
)
_KNOWN_ON = click.option("--known-on", type=_Moment(), help="Use only the notices known on this day.")
_REGION = click.option("--region", help="Division code of GB/T 2260, e.g. 640500 (中卫).")


def _show(*parts: RenderableType) -> None:
    """Print to a terminal in its width, elsewhere wide and without trailing blanks."""
    console = Console(highlight=False)
    if console.is_terminal:
        console.print(*parts, sep="\n")
        return
    plain = Console(highlight=False, width=_WIDE, file=io.StringIO())
    plain.print(*parts, sep="\n")
    click.echo("\n".join(line.rstrip() for line in plain.file.getvalue().splitlines()))  # type: ignore[attr-defined]


class _App(click.Group):
    """A group of commands in which every error of the library is bad input, said in full."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except FaultGroup as group:
            _say_faults([each for each in group.exceptions if isinstance(each, RulecalError)], _language(ctx))
            ctx.exit(BAD_INPUT)
        except RulecalError as err:
            click.echo(f"rulecal: {said(err, _language(ctx))}", err=True)
            ctx.exit(BAD_INPUT)


@click.group(cls=_App, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rulecal")
def app() -> None:
    """Statutory time limits: when is it due, why, and what is overdue. 法定期限：何时届满、依据何在、何者逾期。"""


@app.command()
@click.argument("rule")
@click.option("--from", "trigger", type=_Moment(), help="The trigger day (for hours: '2022-09-30 17:20').")
@_REGION
@_NOTICES
@_KNOWN_ON
@_RULES
@_LANG
@click.option("--trigger-kind", help="The kind of the trigger, e.g. received; checked, or deemed by law.")
@click.option("--outside-force", is_flag=True, help="Compute also where the rule is not in force, and say so.")
@click.option("--certificate", is_flag=True, help="The ledger of days, for `rulecal verify`.")
@click.option("--json", "as_json", is_flag=True, help="The deadline with its proof as JSON.")
def due(
    rule: str,
    trigger: date | None,
    region: str | None,
    notices: tuple[Path, ...],
    known_on: date | None,
    own: Path | None,
    lang: Language,
    trigger_kind: str | None,
    outside_force: bool,
    certificate: bool,
    as_json: bool,
) -> None:
    """Print when RULE is due, and why. 计算届满日并说明理由。

    Of a rule from which no date follows it prints what it is; of a reference also the rules that bind, each in the
    version of that day, and when it would be due. Such a rule has no certificate.
    """
    force: OutsideForce = "flag" if outside_force else "raise"
    rules = _rules(own)
    asked = rules[rule]
    held = calendar_of(region or asked.region, known_on=known_on, notices=notices) if known_on or notices else None
    if not (asked.is_computable or certificate):
        binding = [bound(each, trigger, held) for each in rules.behind(rule, region=region).values()]
        if as_json:
            click.echo(_json({"rule": record(asked), "binding": [each.to_dict() for each in binding]}))
            return
        click.echo(asked.explain(lang))
        if trigger is not None and not any(to_day(trigger) in norm.force for norm in asked.norms):
            click.echo(f"  - {_NOT_THEN[lang]}")
        if binding:
            _show(binding_table(binding, lang))
        return
    found = asked.deadline(trigger, region=region, calendar=held, trigger_kind=trigger_kind, outside_force=force)
    if certificate:
        click.echo(_json(found.certificate()))
        return
    click.echo(_json(found.to_dict()) if as_json else found.explain(lang))


_NOT_THEN: Final = Text("起算日不在其施行期内", "it was not in force on that day")


@app.command()
@click.argument("file", type=click.Path(path_type=Path))
def verify(file: Path) -> None:
    """Check a certificate day by day, with nothing but the certificate. 核验计算凭证。"""
    try:
        paper = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as err:
        raise InvalidCaseError(
            f"{file} is no certificate: {err}", hint="name the JSON of `rulecal due --certificate`"
        ) from None
    faults = check_certificate(paper)
    for fault in faults:
        click.echo(f"{file}: {fault}", err=True)
    if faults:
        sys.exit(BAD_INPUT)
    click.echo(f"{file}: {paper['rule']}: {paper['trigger']} → {paper['due']} ✓")


@app.command()
@click.argument("ledger", type=click.Path(path_type=Path))
@click.option("--as-of", type=_Moment(), help="The day (for hours the moment) asked about; by default now, in Beijing.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the report too: .csv or .json (.parquet).")
@_RULES
@_NOTICES
@_KNOWN_ON
@click.option("--region", help="The acting office's region, for rows that name none: a code, a name or ISO 3166-2.")
@click.option("--events", type=click.Path(path_type=Path), help="A CSV file of what happened to the items.")
@click.option("--against", type=_Moment(), help="With --known-on: list what the notices since then move.")
@click.option("--encoding", default="utf-8-sig", show_default=True, help="Encoding of the CSV files.")
@_LANG
def check(
    ledger: Path,
    as_of: date | None,
    out: Path | None,
    own: Path | None,
    notices: tuple[Path, ...],
    known_on: date | None,
    region: str | None,
    events: Path | None,
    against: date | None,
    encoding: str,
    lang: Language,
) -> None:
    """Check the items of LEDGER and flag what is overdue. 检查台账，标出逾期事项。"""
    if ledger.suffix.lower() == ".parquet":
        if notices or known_on or against:
            raise click.UsageError("--notice, --known-on and --against are for a CSV ledger")
        if events is None and _is_given("encoding"):
            raise click.UsageError("--encoding is for a CSV ledger, or with --events for a CSV file of events")
        _check_parquet(ledger, as_of or _now(), out, own, region, events, encoding, lang)
    if out is not None:
        check_ending(out)
    items = Ledger.read(ledger, encoding=encoding)
    report = items.check(
        as_of=as_of or _now(),
        rules=_rules(own),
        region=region,
        known_on=known_on,
        notices=notices,
        events=events,
        encoding=encoding,
    )
    _show(*report_parts(report, lang))
    if against is not None:
        old, new = (calendars_of(day, notices) for day in (known_on, against))
        _show(moved_table(report.moved(old, new), lang))
    _say_faults(report.faults, lang)
    if out is not None:
        report.write(out)
        click.echo(f"→ {out}")
    sys.exit(BAD_INPUT if report.faults else OVERDUE if report.overdue else 0)


@app.command()
@click.argument("number", metavar="YEAR", type=int)
@click.option("--done", type=click.Path(path_type=Path), help="A CSV file of what was done in it: rule, date, lead.")
@click.option("--of", "instrument", default="", help="Only the duties of an instrument: a part of its title or number.")
@click.option("--as-of", type=_Moment(), help="The day (for hours the moment) asked about; by default now, in Beijing.")
@_RULES
@click.option("--encoding", default="utf-8-sig", show_default=True, help="Encoding of the file.")
@_LANG
def year(
    number: int, done: Path | None, instrument: str, as_of: date | None, own: Path | None, encoding: str, lang: Language
) -> None:
    """List the recurring duties of a YEAR and how they stand. 列出年度固定日期、次数任务及完成情况。"""
    held = _rules(own).of(instrument)
    items = Ledger.of_year(number, rules=held, done=done, encoding=encoding)
    report = items.check(as_of=as_of or _now(), rules=held)
    if not (items.items or report.faults):
        click.echo(Text("该年没有这样的固定日期、次数或任务", "no such duty in that year")[lang], err=True)
        return
    _show(*report_parts(report, lang))
    _say_faults(report.faults, lang)
    sys.exit(BAD_INPUT if report.faults else OVERDUE if report.overdue else 0)


def _is_given(option: str) -> bool:
    return click.get_current_context().get_parameter_source(option) is not ParameterSource.DEFAULT


def _check_parquet(
    path: Path,
    as_of: date,
    out: Path | None,
    own: Path | None,
    region: str | None,
    events: Path | None,
    encoding: str,
    lang: Language,
) -> NoReturn:
    """The same for many items, with a bar on a terminal while it runs."""
    if out is not None:
        check_bulk_ending(out)
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(path.name)
        report = check_parquet(
            path,
            as_of=as_of,
            rules=_rules(own),
            region=region,
            events=events,
            encoding=encoding,
            progress=lambda n, rows: bar.update(task, completed=n, total=rows),
        )
    _show(*bulk_parts(report, lang))
    faults = report.first_faults(_SHOWN)
    _say_faults(faults[:_SHOWN], lang, max(report.faults, len(faults)))
    if out is not None:
        report.write(out)
        click.echo(f"→ {out}")
    sys.exit(BAD_INPUT if report.faults else OVERDUE if report.overdue else 0)


def _fault_line(fault: RulecalError, lang: Language) -> str:
    """A fault of a ledger or of a file of rules: where, what is there, what is needed."""
    facts, expected = fault.facts, fault.facts.get("expected")
    if lang == "en" or not isinstance(expected, Text):
        return f"{fault.message}; {fault.hint}"
    if isinstance(at := facts.get("at"), Text):  # a file that is no text, or from there on no TOML
        cause = facts.get("cause")
        why = f"：{cause.zh}" if isinstance(cause, Text) else ""
        return f"{facts['file']} {at.zh}{why}；需要：{expected.zh}"
    if "row" in facts:
        given = f"「{facts['value']}」" if facts["value"] else "空"
        return f"{facts['file']} 第{facts['row']}行 {facts['column']}列：{given}；需要：{expected.zh}"
    parts = (facts["file"], f"[{facts['table']}]" if facts["table"] else "", facts["key"])
    place = " ".join(str(part) for part in parts if part)
    return f"{place}：{facts['given'] or '缺'}；需要：{expected.zh}"


def _say_faults(faults: Sequence[RulecalError], lang: Language, count: int | None = None) -> None:
    """One line a fault: where, what is there, what is needed; of many only the first are given."""
    n = len(faults) if count is None else count
    if n:
        click.secho(f"{n} 处错误：" if lang == "zh" else f"{n} fault(s):", fg="red", err=True)
    for fault in faults:
        click.echo(f"  {_fault_line(fault, lang)}", err=True)
    if n > len(faults):
        click.echo("  …", err=True)


def _rules(own: Path | None) -> Catalogue:
    return catalogue() if own is None else catalogue() | beside(own, catalogue())


def _now() -> datetime:
    """The present moment, which an item in hours needs; to all others it is today."""
    return datetime.now(BEIJING)


@app.command()
@click.argument("words", nargs=-1)
@_RULES
@_LANG
@click.option("--json", "as_json", is_flag=True, help="One record a rule, as JSON.")
def rules(words: tuple[str, ...], own: Path | None, lang: Language, as_json: bool) -> None:
    """List the rules in which all WORDS occur. 查找规则。"""
    found = _rules(own).find(" ".join(words))
    if as_json:
        click.echo(_json(found.to_records()))
        return
    if not found:
        click.echo(Text("没有符合的规则", "no rule has all of these words")[lang], err=True)
        return
    _show(rules_table(found.values(), lang))


@app.command()
@click.argument("what", metavar="YEAR|import")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@_REGION
@_NOTICES
@_KNOWN_ON
@_LANG
@click.option("--json", "as_json", is_flag=True, help="One record a day, as JSON.")
def calendar(
    what: str,
    file: Path | None,
    region: str | None,
    notices: tuple[Path, ...],
    known_on: date | None,
    lang: Language,
    as_json: bool,
) -> None:
    """Print the days of a YEAR that differ from the ordinary week; or check a notice FILE. 查看年度放假与调休。

    `rulecal calendar import 2027.json` checks a notice file and says, day by day, what it changes.
    """
    held = calendar_of(region, known_on=known_on, notices=notices)
    if what == "import":
        if file is None:
            raise click.UsageError("name the file: rulecal calendar import 2027.json")
        more = calendar_of(region, known_on=known_on, notices=(*notices, file))
        _show(changes_table(changes(held, more, held.coverage.first, held.coverage.last), lang))
        return
    if not (what.isdecimal() and held.coverage.first.year <= int(what) <= held.coverage.last.year):
        raise CalendarCoverageError(
            f"no calendar is held for {what}",
            hint=f"a year from {held.coverage.first.year} to {held.coverage.last.year}",
            day=what,
            first=held.coverage.first,
            last=held.coverage.last,
        )
    days = list(held.days(date(int(what), 1, 1), date(int(what), 12, 31)))
    if as_json:
        click.echo(_json([_day_record(day) for day in days]))
        return
    _show(calendar_table(int(what), days, held.provenance, lang))


def _day_record(day: Day) -> dict[str, object]:
    source = str(day.source) if day.source else None
    return {
        "date": day.date.isoformat(),
        "kind": day.kind.value,
        "working": day.working,
        "settled": day.settled,
        "name": day.name,
        "source": source,
    }


@app.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--encoding", default="utf-8-sig", show_default=True, help="Encoding of a ledger.")
@click.option("--as-of", type=_Moment(), help="The day from which to look ahead; today in Beijing by default.")
@_RULES
@_LANG
def validate(file: Path, encoding: str, as_of: date | None, own: Path | None, lang: Language) -> None:
    """Look for faults in a file of rules (.toml) or a ledger (.csv). 校验规则文件或台账。

    Of rules it also says what they leave unsaid, and the first day in five years on which that matters.
    """
    if file.suffix.lower() == ".toml" or file.is_dir() or not (file.suffix or file.is_file()):
        _validate_rules(file, as_of or _now(), own, lang)
        return
    ledger = Ledger.read(file, encoding=encoding)
    faults = ledger.check(as_of=as_of or _now(), rules=_rules(own)).faults
    _say_faults(faults, lang)
    if faults:
        sys.exit(BAD_INPUT)
    n = len(ledger.items)
    click.echo(Text(f"{file}：{n} 项，没有错误", f"{file}: {n} item{'s' * (n != 1)}, no faults")[lang])


def _validate_rules(file: Path, as_of: date, own: Path | None, lang: Language) -> None:
    held = _rules(own)
    mine = beside(file, held)
    n = len(mine)
    click.echo(Text(f"{file}：{n} 条规则，没有错误", f"{file}: {n} rule{'s' * (n != 1)}, no faults")[lang])
    _say_remarks(lint(mine, as_of=as_of, held=held), lang)


def _shown(day: date | None) -> str:
    return f"{day:%Y-%m-%d %H:%M}" if isinstance(day, datetime) else str(day)


def _say_remarks(remarks: Sequence[Remark], lang: Language) -> None:
    """One line a remark: the rule, what is unsaid, and when that first matters."""
    for remark in remarks:
        when = ""
        if remark.first is not None:
            one, other = map(_shown, (remark.one, remark.other))
            zh = f"；最早影响 {remark.first}：{one} 或 {other}"
            when = Text(zh, f"; first matters on {remark.first}: {one} or {other}")[lang]
        click.echo(f"  {remark.rule} {remark.what}: {remark.says[lang]}{when}")


@app.command("schema")
def print_schema() -> None:
    """Print the JSON Schema of a file of rules, for editors. 输出规则文件的 JSON Schema。"""
    click.echo(schema_text(), nl=False)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
