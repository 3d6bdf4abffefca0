"""Chinese numerals: read exactly, the inverse of writing them, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulecal.law.words.numerals import GLYPHS, read_numeral, read_year, write_numeral

KNOWN = {
    "一": 1, "两": 2, "二": 2, "十": 10, "十五": 15, "一十五": 15, "二十": 20, "廿": 20, "廿五": 25, "卅一": 31,
    "三十": 30, "九十": 90, "一百": 100, "一百零五": 105, "一百一十": 110, "一百二十": 120, "两百": 200,
    "一百八十": 180, "三百六十五": 365, "一千": 1000, "两千": 2000, "一千零五": 1005, "一千零五十": 1050,
    "一千五百": 1500, "九千九百九十九": 9999, "壹拾伍": 15, "贰佰": 200, "15": 15, "１５": 15, "05": 5, "9999": 9999,
}  # fmt: skip
UNREAD = (
    "", "零", "0", "00", "〇", "一百二", "一千五", "两三", "三五", "百", "百二十", "一百五零", "十百", "一百百",
    "二十两", "两十", "一二", "2百", "十5", "12345", "-5", "1.5", "²", "十零五", "一百零十", "一零", "几十", "十余",
)  # fmt: skip


@pytest.mark.parametrize(("text", "number"), KNOWN.items())
def test_numerals_as_laws_write_them(text, number):
    assert read_numeral(text) == number


@pytest.mark.parametrize("text", UNREAD)
def test_what_is_not_a_plain_numeral_is_not_read(text):
    assert read_numeral(text) is None


def test_reading_is_the_inverse_of_writing():
    assert [read_numeral(write_numeral(n)) for n in range(1, 10_000)] == list(range(1, 10_000))
    assert len({write_numeral(n) for n in range(1, 10_000)}) == 9_999


@given(st.text("一二三四五六七八九十百千零两廿卅0123456789５", max_size=8))
def test_whatever_is_read_is_a_whole_number(text):
    number = read_numeral(text)
    assert number is None or 1 <= number <= 9999


@given(st.integers(1949, 2200))
def test_years_are_read_digit_by_digit(year):
    chinese = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
    assert read_year(str(year)) == read_year(chinese) == year


@pytest.mark.parametrize("text", ["22", "1948", "2201", "二千", "20222", "二零二", ""])
def test_other_years_are_not(text):
    assert read_year(text) is None


def test_every_character_of_a_numeral_is_known_to_the_grammar():
    assert {glyph for text in KNOWN for glyph in text if not glyph.isdigit()} <= set(GLYPHS)
