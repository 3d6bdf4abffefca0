"""The linter: what a rule leaves unsaid, and when it first matters."""

from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import rulecal as rc
from rulecal.cli import app

D, U = date, rc.Unit
HEAD = '[instrument]\nid = "x"\ntitle = "某县通知"\nlevel = "local"\nregion = "640521"\n'
AS_OF = D(2026, 9, 1)


def remarks(tmp_path, text, as_of=AS_OF, **how):
    (tmp_path / "x.toml").write_text(HEAD + "[rules.a]\n" + text, encoding="utf-8")
    return {each.what: each for each in rc.lint(rc.catalogue(tmp_path / "x.toml"), as_of=as_of, **how)}


TITLE = 'title = { zh = "甲", en = "a" }\nclause = "1"\n'


def test_a_rule_that_says_everything(tmp_path):
    text = TITLE + 'kind = "within"\namount = 15\nunit = "working_day"\ntrigger = ["received"]\n'
    assert remarks(tmp_path, text) == {}


def test_day_without_a_unit_clause_and_roll_left_out(tmp_path):
    found = remarks(tmp_path, TITLE + 'kind = "within"\namount = 15\nunit = "day"\ntrigger = ["received"]\n')
    unit, roll = found["unit"], found["roll"]
    assert (unit.first, unit.one, unit.other) == (
        D(2026, 9, 1),
        D(2026, 9, 16),
        D(2026, 9, 21),
    )  # worked Sunday
    assert (roll.first, roll.one, roll.other) == (D(2026, 9, 4), D(2026, 9, 20), D(2026, 9, 19))  # a worked Sunday


def test_a_publication_window_without_a_start(tmp_path):
    text = TITLE + 'kind = "at_least"\namount = 7\nunit = "working_day"\ntrigger = ["published"]\n'
    start = remarks(tmp_path, text)["start"]
    assert (start.first, start.one, start.other) == (D(2026, 9, 1), D(2026, 9, 10), D(2026, 9, 9))


def test_an_unclear_roll(tmp_path):
    text = TITLE + 'kind = "within"\namount = 3\nunit = "calendar_day"\nroll = "unclear"\ntrigger = ["received"]\n'
    roll = remarks(tmp_path, text)["roll"]
    assert (roll.first, roll.one, roll.other) == (D(2026, 9, 2), D(2026, 9, 5), D(2026, 9, 7))


@pytest.mark.parametrize(
    ("kind", "first", "one", "other"),
    [
        ("within", D(2026, 12, 29), D(2027, 2, 28), D(2027, 3, 1)),
        ("count_back", D(2027, 1, 31), D(2026, 11, 29), D(2026, 11, 30)),  # a clear day between
    ],
)
def test_a_month_without_the_day(tmp_path, kind, first, one, other):
    roll = 'roll = "no"\n' if kind == "within" else ""
    text = TITLE + f'kind = "{kind}"\namount = 2\nunit = "month"\ntrigger = ["received"]\n{roll}'
    found = remarks(tmp_path, text)["month_end"]
    assert (found.first, found.one, found.other) == (first, one, other)


def test_a_whole_number_of_years_that_always_has_its_day(tmp_path):
    text = TITLE + 'kind = "within"\namount = 4\nunit = "year"\nroll = "no"\ntrigger = ["received"]\n'
    assert remarks(tmp_path, text)["month_end"].first is None


@pytest.mark.parametrize(("as_of", "named"), [(D(2026, 2, 1), D(2026, 3, 1)), (D(2026, 9, 1), D(2027, 3, 1))])
def test_before_a_day(tmp_path, as_of, named):
    text = TITLE + 'kind = "by_date"\nmonth = 3\nday = 1\nword = "before"\n'
    found = remarks(tmp_path, text, as_of)["named_day"]
    assert (found.first, found.one, found.other) == (named, named - rc.civil.DAY, named)


def test_a_start_in_doubt(tmp_path):
    text = TITLE + 'kind = "at_least"\namount = 7\nunit = "working_day"\ntrigger = ["published"]\nstart = "unclear"\n'
    start = remarks(tmp_path, text)["start"]
    assert (start.first, start.one, start.other) == (D(2026, 9, 1), D(2026, 9, 10), D(2026, 9, 9))
    assert start.says.en.endswith("two readings")


def test_a_window_that_stays_open_does_not_roll_unless_said(tmp_path):
    text = TITLE + 'kind = "at_least"\namount = 30\nunit = "calendar_day"\ntrigger = ["filed"]\nstart = "next_day"\n'
    roll = remarks(tmp_path, text)["roll"]
    assert (roll.first, roll.one, roll.other) == (D(2026, 9, 1), D(2026, 10, 1), D(2026, 10, 8))
    assert "taken not to; write roll" in roll.says.en


def test_hours_and_when_they_begin(tmp_path):
    text = TITLE + 'kind = "within"\namount = 24\nunit = "hour"\ntrigger = ["received"]\n'
    clock = remarks(tmp_path, text)["clock"]
    assert (clock.first, f"{clock.one:%d %H:%M}", f"{clock.other:%d %H:%M}") == (AS_OF, "02 09:30", "02 10:00")
    result = CliRunner().invoke(app, ["validate", str(tmp_path / "x.toml"), "--as-of", "2026-09-01", "--lang", "en"])
    assert "first matters on 2026-09-01: 2026-09-02 09:30 or 2026-09-02 10:00" in result.output
    assert remarks(tmp_path, text + 'clock = "at_once"\n') == {}
    assert remarks(tmp_path, text.replace("within", "count_back")) == {}
    result = CliRunner().invoke(app, ["validate", str(tmp_path / "x.toml"), "--as-of", "2026-09-01", "--lang", "en"])
    assert result.output.endswith("1 rule, no faults\n")


def test_days_before_an_event(tmp_path):
    text = TITLE + 'kind = "count_back"\namount = 7\nunit = "working_day"\ntrigger = ["held"]\n'
    clear = remarks(tmp_path, text)["clear_days"]
    assert (clear.first, clear.one, clear.other) == (D(2026, 9, 1), D(2026, 8, 20), D(2026, 8, 21))


def test_a_day_whose_word_is_left_out(tmp_path):
    text = TITLE + 'kind = "by_date"\nmonth = 3\nday = 1\n'
    found = remarks(tmp_path, text)["named_day"]
    assert (found.first, found.one, found.other) == (D(2027, 3, 1), D(2027, 3, 1), D(2027, 2, 28))
    assert "write word" in found.says.en
    assert remarks(tmp_path, text + 'word = "by"\n') == {}
    assert remarks(tmp_path, TITLE + 'kind = "by_date"\nmonth = 3\n') == {}
    assert remarks(tmp_path, text + "year = 2025\n")["named_day"].first is None


@pytest.mark.parametrize(
    ("day", "word"), [("month = 6\nday = 30\n", ""), ("month = 2\nday = 28\n", ""), ("month = 6\nday = 30\n", "before")]
)
def test_a_months_last_day_is_in_time_by_any_word(tmp_path, day, word):
    said = f'word = "{word}"\n' if word else ""
    assert remarks(tmp_path, f'{TITLE}kind = "by_date"\n{day}{said}') == {}


def test_it_looks_only_where_the_rule_is_in_force(tmp_path):
    text = TITLE + 'kind = "within"\namount = 3\nunit = "day"\ntrigger = ["received"]\nroll = "no"\n'
    later = remarks(tmp_path, text + "force = { first = 2026-12-01 }\n")["unit"]
    assert (later.first, later.one, later.other) == (D(2026, 12, 2), D(2026, 12, 5), D(2026, 12, 7))
    assert remarks(tmp_path, text + "force = { last = 2025-12-31 }\n")["unit"].first is None


def test_versions_that_are_over_are_passed_over(tmp_path):
    rule = f'[rules.a]\n{TITLE}kind = "within"\namount = 3\nroll = "no"\ntrigger = ["received"]\n'
    for year, unit in ((2020, "day"), (2025, "working_day")):
        force = f"force = {{ first = {year}-01-01, last = {year + 4}-12-31 }}\n"
        (tmp_path / f"x@{year}.toml").write_text(f'{HEAD}{force}{rule}unit = "{unit}"\n', encoding="utf-8")
    assert rc.lint(rc.catalogue(tmp_path), as_of=AS_OF) == ()
    assert [each.what for each in rc.lint(rc.catalogue(tmp_path), as_of=D(2024, 1, 1))] == ["unit"]


def test_a_local_text_without_a_region(tmp_path):
    text = HEAD.replace('region = "640521"\n', "") + "[rules.a]\n" + TITLE
    (tmp_path / "y.toml").write_text(text + 'kind = "soft"\nterm = "及时"\n', encoding="utf-8")
    assert [each.what for each in rc.lint(rc.catalogue(tmp_path / "y.toml"), as_of=AS_OF)] == ["region"]


def test_beyond_the_days_held_it_is_silent():
    comment = rc.within(15, U.CALENDAR_DAY, roll="unclear", trigger="received")
    for as_of in (D(2030, 12, 25), D(2040, 1, 1), date.max):  # at the end of the days held, and beyond
        assert [each.first for each in rc.lint(comment, as_of=as_of)] == [None]
    (roll,) = rc.lint(comment, as_of=D(2003, 12, 1))  # the first days held; 17 January 2004 is a worked Saturday
    assert (roll.first, roll.one, roll.other) == (D(2004, 1, 7), D(2004, 1, 22), D(2004, 1, 29))


def test_what_a_reader_would_miss(tmp_path):
    text = 'title = { zh = "甲", en = "a" }\nkind = "within"\namount = 2\nunit = "working_day"\ncertainty = "memory"\n'
    assert set(remarks(tmp_path, text + 'refers_to = ["y/b"]\n')) == {"trigger", "clause", "certainty", "refers_to"}
    assert "refers_to" not in remarks(tmp_path, text + 'refers_to = ["y/b"]\n', held=["y/b"])
    named = remarks(tmp_path, text + 'refers_to = ["y/b", "y/c", "y/d"]\n', held="y/c")["refers_to"].says
    assert (named.zh, named.en) == ("所引规则不在目录中：y/b、y/d", "refers to what nobody holds: y/b、y/d")


def test_a_rule_alone_and_one_of_month_ends():
    tax = rc.catalogue()["tax-collection/monthly-filing"]
    assert rc.lint(rc.within(3, U.WORKING_DAY, trigger="received"), as_of=AS_OF) == ()
    (unit,) = rc.lint(tax, as_of=AS_OF)
    assert (unit.what, unit.first) == ("unit", D(2026, 12, 31))  # to December a published table speaks


@given(st.sampled_from(sorted(rc.catalogue())), st.dates(D(2024, 1, 1), D(2031, 6, 1)))
def test_it_never_fails_and_what_it_says_differs(rule_id, as_of):
    for remark in rc.lint(rc.catalogue()[rule_id], as_of=as_of, held=rc.catalogue()):
        assert remark.first is None or (remark.first >= as_of and remark.one != remark.other)
        assert remark.says.zh
        assert remark.says.en


def test_on_the_command_line(tmp_path):
    remarks(tmp_path, TITLE + 'kind = "within"\namount = 15\nunit = "day"\n')
    run = CliRunner().invoke
    for lang, said in (("zh", "最早影响 2026-09-01"), ("en", "first matters on 2026-09-01: 2026-09-16 or 2026-09-21")):
        result = run(app, ["validate", str(tmp_path / "x.toml"), "--as-of", "2026-09-01", "--lang", lang])
        assert (result.exit_code, said in result.output) == (0, True)


def test_a_trigger_like_one_that_is_known(tmp_path):
    text = f'{TITLE}kind = "within"\namount = 15\nunit = "working_day"\ntrigger = ["recieved", "weighed"]\n'
    assert remarks(tmp_path, text)["trigger"].says.en.endswith("starts from recieved; is it received?")


@pytest.mark.parametrize(
    ("written", "amount", "is_said"),
    [
        ("15个工作日", 500, True),
        ("十五个工作日", 15, False),
        ("15个工作日", 15, False),
        ("若干", 15, False),
        ("", 15, False),
    ],
)
def test_a_figure_that_is_not_what_is_written(tmp_path, written, amount, is_said):
    text = f'{TITLE}kind = "within"\namount = {amount}\nunit = "working_day"\nwritten = "{written}"\n'
    assert ("written" in remarks(tmp_path, text)) == is_said


def test_what_is_deemed_without_an_article(tmp_path):
    text = f'{TITLE}kind = "within"\namount = 15\nunit = "working_day"\ntrigger = ["accepted"]\n'
    deemed = 'deemed = [{{ kind = "received", amount = 5, unit = "working_day"{} }}]\n'
    assert "deemed" in remarks(tmp_path, text + deemed.format(""))
    assert "deemed" not in remarks(tmp_path, text + deemed.format(', clause = "3"'))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('kind = "quota"\nat_least = 2\n', "每年至少3次"),
        ('kind = "by_date"\nmonth = 3\nday = 1\n', "6月30日前"),
        ('kind = "by_date"\nmonth = 6\n', "12月底前"),
        ('kind = "within"\namount = 20\nunit = "calendar_day"\n', "20个工作日内"),
        ('kind = "within"\namount = 20\nunit = "month"\n', "20小时内"),
        ('kind = "within"\namount = 15\nunit = "month"\n', "15日"),
        ('kind = "within"\namount = 15\nunit = "month"\n', "十五天"),
        ('kind = "within"\namount = 15\nunit = "hour"\n', "15日"),
        ('kind = "within"\namount = 2\nunit = "month"\n', "2年"),
        ('kind = "within"\namount = 5\nunit = "working_day"\n', "5个自然日"),
        ('kind = "within"\namount = 5\nunit = "working_day"\n', "第3次会议"),
        ('kind = "by_date"\nmonth = 6\nday = 29\n', "6月底前"),
        ('kind = "by_date"\nmonth = 5\nday = 6\n', "6月5日"),
        ('kind = "quota"\nat_least = 1\n', "每半年1次"),
    ],
)
def test_typing_mistakes_beside_what_is_written(tmp_path, text, written):
    assert "written" in remarks(tmp_path, f'{TITLE}{text}written = "{written}"\n')


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('kind = "quota"\nat_least = 2\n', "每年2期以上"),
        ('kind = "by_date"\nmonth = 3\nday = 1\n', "3月1日前"),
        ('kind = "by_date"\nmonth = 12\n', "年底前"),
        ('kind = "within"\namount = 2\nunit = "month"\n', "两个月"),
        ('kind = "within"\namount = 5\nunit = "working_day"\n', "5日"),
        ('kind = "within"\namount = 5\nunit = "working_day"\n', "第5次会议后"),
        ('kind = "within"\namount = 12\nunit = "month"\n', "一年"),
        ('kind = "within"\namount = 1\nunit = "year"\n', "12个月"),
        ('kind = "within"\namount = 18\nunit = "month"\n', "一年半"),
        ('kind = "within"\namount = 6\nunit = "month"\n', "半年"),
        ('kind = "within"\namount = 10\nunit = "calendar_day"\n', "第3次会议后10日"),
        ('kind = "by_date"\nmonth = 6\nday = 30\n', "6月底前"),
        ('kind = "by_date"\nmonth = 6\n', "6月30日前"),
        ('kind = "by_date"\nmonth = 2\nyear = 2024\n', "2月29日前"),
        ('kind = "by_date"\nmonth = 6\nday = 5\n', "6月份5号"),
        ('kind = "quota"\nat_least = 2\n', "每半年一次"),
        ('kind = "quota"\nat_least = 4\n', "每季度一次"),
        ('kind = "quota"\nat_least = 12\n', "每月开展"),
    ],
)
def test_what_is_written_as_it_is_meant(tmp_path, text, written):
    assert "written" not in remarks(tmp_path, f'{TITLE}{text}written = "{written}"\n')


def test_titles_that_were_never_filled_in(tmp_path):
    text = 'title = { zh = "", en = "" }\nkind = "within"\namount = 5\nunit = "working_day"\ntrigger = [""]\n'
    assert {"title", "trigger"} <= set(remarks(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('kind = "reference"\n', "refers_to"),
        ('kind = "reference"\nrefers_to = ["x/a"]\n', "refers_to"),
        ('kind = "sequence"\norder = [{ zh = "先", en = "first" }]\n', "order"),
        ('kind = "soft"\n', "term"),
    ],
)
def test_a_duty_that_says_nothing(tmp_path, text, what):
    assert set(remarks(tmp_path, TITLE + text)) == {what}


def test_a_duty_that_says_something(tmp_path):
    both = ", ".join('{ zh = "步", en = "step" }' for _ in range(2))
    for text in (
        'kind = "reference"\nrefers_to = ["civil-procedure/service-abroad"]\n',
        f'kind = "sequence"\norder = [{both}]\n',
    ):
        assert remarks(tmp_path, TITLE + text, held=["civil-procedure/service-abroad"]) == {}


def test_a_text_with_a_region_that_counts_as_a_national_one(tmp_path):
    text = HEAD.replace('level = "local"\n', "") + "[rules.a]\n" + TITLE + 'kind = "soft"\nterm = "及时"\n'
    (tmp_path / "y.toml").write_text(text, encoding="utf-8")
    assert [each.what for each in rc.lint(rc.catalogue(tmp_path / "y.toml"), as_of=AS_OF)] == ["level"]
