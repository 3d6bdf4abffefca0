"""Why a file is no TOML, in both languages: the parser's words are for programmers, and in English."""

from __future__ import annotations

import re
import tomllib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from typing import TYPE_CHECKING, Final

from rulecal.errors import CatalogueError
from rulecal.text import Text

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def no_toml(file: Traversable, raw: bytes, err: Exception) -> CatalogueError:
    """The fault of a file that cannot be read: from where on, why, and what to do.

    Args:
        file: The file.
        raw: Its bytes, without a byte order mark; empty where they cannot be had.
        err: What the parser, or the system, says.
    """
    line, column = _from_where(raw, err)
    at = Text(f"第{line}行第{column}列", f"line {line}, column {column}")
    cause, needed = _FOLDER if file.is_dir() else _why(raw, err, line, column)
    return CatalogueError(
        f"{file.name}: {at.en}: no TOML: {cause.en}",
        hint=f"needed: {needed.en}",
        file=file.name,
        place=at.en,
        at=at,
        cause=cause,
        expected=needed,
    )


def _from_where(raw: bytes, err: Exception) -> tuple[int, int]:
    """The line and the column from which on a text is no TOML: those that the parser names, else of its end."""
    if found := re.search(r"at line (\d+), column (\d+)", str(err)):
        return int(found[1]), int(found[2])
    long = _LONG_NUMBER.search(raw) if type(err) is ValueError else None
    end = err.start if isinstance(err, UnicodeDecodeError) else long.start() if long else None
    before = raw[:end].decode()
    return before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1


_LONG_NUMBER: Final = re.compile(rb"\d[\d_]{4300,}")
"""Digits that Python does not turn into a number."""


def _why(raw: bytes, err: Exception, line: int, column: int) -> tuple[Text, Text]:
    """The cause, and what is needed."""
    if isinstance(err, OSError):
        return _UNREADABLE
    if isinstance(err, UnicodeDecodeError):
        return _encoding(raw)
    if not isinstance(err, tomllib.TOMLDecodeError):
        return _DEEP if isinstance(err, RecursionError) else _LONG
    at = raw.decode().split("\n")[line - 1][column - 1 :]
    if not at[:1].isascii():
        return _FULL_WIDTH if at[0] in _WIDE else _BARE
    said = str(err)
    return next((why for words, why in _CAUSES.items() if words in said), (Text("从此处起读不出", said), _READABLE))


def _encoding(raw: bytes) -> tuple[Text, Text]:
    """Which encoding it looks like."""
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        looks = "UTF-16"
    else:
        try:
            looks = "GBK" if raw.decode("gb18030") else ""
        except UnicodeDecodeError:
            looks = ""
    cause = Text(f"似为 {looks} 编码", f"it looks like {looks}") if looks else Text("不是 UTF-8", "not UTF-8")
    return cause, Text("另存为 UTF-8", "save it as UTF-8")


_WIDE: Final = "“”‘’＂＇＝［］｛｝，．０１２３４５６７８９"
_FOLDER: Final = Text("是文件夹", "it is a folder"), Text("文件", "a file")
_UNREADABLE: Final = Text("文件打不开", "it cannot be opened"), Text("可读的文件", "a file that can be read")
_DEEP: Final = Text("嵌套过深", "nested too deeply"), Text("少几层括号", "fewer brackets within each other")
_LONG: Final = Text("数字过长", "a number with too many digits"), Text("较短的数", "a shorter number")
_QUOTES: Final = Text('文字加半角引号："…"', 'texts in plain quotes: "…"')
_FULL_WIDTH: Final = (
    Text("全角符号", "a full-width sign"),
    Text("半角引号、等号、括号和数字", "plain quotes, =, brackets and digits"),
)
_BARE: Final = Text("文字未加引号", "a text without quotes"), _QUOTES
_READABLE: Final = Text("能读的 TOML", "TOML that can be read")
_TWICE: Final = (
    Text("同一张表出现两次", "the same table twice"),
    Text("合为一张表，或另取名称", "one table, or another name"),
)
_CAUSES: Final[dict[str, tuple[Text, Text]]] = {
    "Cannot overwrite a value": (Text("同一项写了两次", "the same key twice"), Text("只留一项", "the key once")),
    "Cannot declare": _TWICE,
    "Cannot mutate immutable": _TWICE,
    "Invalid date": (
        Text("没有这一天", "there is no such day"),
        Text("日期，如 2022-03-29", "a date such as 2022-03-29"),
    ),
    "Invalid value": (Text("值读不出，或文字未加引号", "no value, or a text without quotes"), _QUOTES),
    "Expected '='": (Text("项后没有等号", "no = after a key"), Text("项 = 值", "key = value")),
    "Unclosed array": (Text("方括号未闭合", "a [ that is not closed"), Text("补上 ]", "the ] to it")),
    "Illegal character": (
        Text("引号未闭合，或有不能用的字符", "a quote not closed, or a character not allowed"),
        _QUOTES,
    ),
    "Unterminated string": (Text("引号未闭合", "a quote that is not closed"), _QUOTES),
    "Expected newline": (
        Text("值后还有别的字", "something after a value"),
        Text("一行一项；数字不以 0 开头", "one key a line; no number that begins with 0"),
    ),
}
"""What the parser says, as people would."""
