"""Administrative divisions (行政区划) of GB/T 2260, found by code, by Chinese name or by ISO 3166-2 (S6)."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from rulecal.calendars._data import _FOLDER
from rulecal.errors import UnknownRegionError
from rulecal.text import Text

_ISO: Final = (
    "BJ11 TJ12 HE13 SX14 NM15 LN21 JL22 HL23 SH31 JS32 ZJ33 AH34 FJ35 JX36 SD37 HA41 HB42 HN43 GD44 GX45 HI46 CQ50 "
    "SC51 GZ52 YN53 XZ54 SN61 GS62 QH63 NX64 XJ65 TW71 HK81 MO82"
)
_PEOPLES: Final = (
    r"(.{2,}?)((各|回|苗|侗|彝|藏|羌|壮|瑶|傣|佤|土|白|满|畲|黎|水|怒|布依|土家|朝鲜|哈尼|景颇|傈僳|拉祜|布朗|纳西|独龙|普米|仡佬"
    r"|仫佬|毛南|裕固|保安|东乡|撒拉|达斡尔)族|(蒙古|哈萨克|柯尔克孜|锡伯|塔吉克)族?)*"
)
_HINT: Final = "use 6 or 12 digits of GB/T 2260 ('640500'), a name ('中卫市') or ISO 3166-2 ('CN-NX')"


@dataclass(frozen=True, slots=True)
class Division:
    """One administrative division (行政区划).

    Attributes:
        code: The 6 digits of GB/T 2260.
        name: The official Chinese name; the last one, if the code is withdrawn.
        kind: P province (省), A autonomous region, prefecture or county (自治…), C city or prefecture (市, 地区, 盟),
            D district or county (区, 县, 旗), W code withdrawn (撤销) since 2004.
        autonomous: Whether it or a division above it is autonomous, so that it may have festivals of its own.
    """

    code: str
    name: str
    kind: str
    autonomous: bool


def find(region: object) -> Division:
    """The division that a code or a name means.

    A name without its suffix means the highest of divisions that lie in one another (长沙 is 长沙市, not its county);
    the usual short name of a province is the province. What may be in two places is never guessed.

    Args:
        region: 6 digits of GB/T 2260, 12 digits (of a town, say), a name with or without its suffix, or ISO 3166-2.

    Raises:
        UnknownRegionError: If it is none of them, is ambiguous, or lies where the mainland's calendar does not apply.

    >>> find("640500")
    Division(code='640500', name='中卫市', kind='C', autonomous=True)
    >>> find("中卫") == find("中卫市") == find("640500000000"), find("CN-NX").name
    (True, '宁夏回族自治区')
    """
    if isinstance(region, str):
        return _find(region)
    hint = f"pass text: '{region}'" if type(region) is int else _HINT
    raise UnknownRegionError(f"a division is named by text, not by {type(region).__name__}", hint=hint, region=region)


def wrong_region(region: str) -> Text | None:
    """What is needed instead of a region, where it is none; nothing where it is one.

    >>> wrong_region("640500")
    """
    try:
        find(region)
    except UnknownRegionError as err:
        near = err.facts.get("candidates") or err.facts.get("nearest")
        zh = "内地现行行政区划，如 640500" + (f"；是否为 {near}" if near and near != region else "")
        return Text(zh, f"a division: {err.hint} ({err.message})")
    return None


@lru_cache(maxsize=8192)
def _find(region: str) -> Division:
    if re.fullmatch(r"\d{6}(\d{6})?", region, re.ASCII):
        code = region[:6]
    elif iso := re.fullmatch(r"CN-([A-Z]{2})", region) and re.search(rf"{region[3:]}(\d\d)", _ISO):
        code = f"{iso[1]}0000"
    else:
        code = _named(region)
    rows = _rows()
    above = [at for at in (code, code[:4] + "00", code[:2] + "0000") if at == code or rows.get(at, "W")[-1] != "W"]
    at = next((at for at in above if at in rows), "")
    name, kind = rows.get(at, ("", ""))
    if kind == "X":
        why, hint = f"lies in {name}, where mainland working days do not apply", "count with a calendar made for it"
    elif not at:
        why, hint = "begins with no province of GB/T 2260", "the first two digits name it, e.g. 64 is 宁夏, 11 is 北京"
    elif at != code:
        why, hint = f"is no division; the nearest above it is {at} {name}", f"mend the digits or use '{at}'"
    else:
        return Division(code, name, kind, any(re.search("自治[区州县旗]$", rows[at][0]) for at in above))
    raise UnknownRegionError(f"{region!r} {why}", hint=hint, region=region, nearest=at)


def _named(name: str) -> str:
    """The code of the one division of that name."""
    full, short = _names()
    rows, codes = _rows(), full.get(name) or short.get(name, [])
    held = {code[:2] for code in codes if rows[code][1] != "W"}  # what got a new code in its province is what it is now
    codes = [code for code in codes if rows[code][1] != "W" or code[:2] not in held]
    top = re.sub("(00)+$", "", codes[0]) if codes else ""  # what lies in it begins like it
    if len(codes) == 1 or (name not in full and top and all(code.startswith(top) for code in codes)):
        return codes[0]
    if codes:
        message = f"{name!r} may be {'、'.join(f'{code} {rows[code][0]}' for code in codes)}"
        raise UnknownRegionError(message, hint="give the code", region=name, candidates=", ".join(codes))
    from difflib import get_close_matches  # noqa: PLC0415  (only who errs needs it)

    near = "、".join(get_close_matches(name, [*full, *short], cutoff=0.5))
    hint = f"near: {near}; or {_HINT}" if near else _HINT
    raise UnknownRegionError(f"{f'{name!r}':.60} names no division", hint=hint, region=name)


@cache
def _rows() -> dict[str, tuple[str, str]]:
    """Name and kind by code."""
    with open(os.path.join(_FOLDER, "divisions.tsv"), encoding="utf-8") as file:  # noqa: PTH118, PTH123
        rows = [line.rstrip("\n").split("\t") for line in file if line[0] != "#"]
    return {code: (name, kind) for code, name, kind in rows}


@cache
def _names() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Codes by full name (and a province's usual one), and by name without suffix, without peoples (延边, 延边州)."""
    full: dict[str, list[str]] = defaultdict(list)
    short: dict[str, list[str]] = defaultdict(list)
    peoples = re.compile(_PEOPLES)
    for code, (name, _) in _rows().items():
        if name in {"市辖区", "县"} or "直辖" in name:
            continue  # a group, not a place
        full[name].append(code)
        aliases = set()
        if code.endswith("0000"):
            full[name[: 3 if name[0] in "内黑" else 2]] = [code]
        elif name[-3:-1] == "自治" and (bare := peoples.fullmatch(name[:-3])):
            aliases = {name[:-3], bare[1], bare[1] + name[-1]}
        elif len(name) > 2:  # noqa: PLR2004  (赵县 is never 赵)
            aliases = {name[:-2] if len(name) > 3 and name[-2:] in {"地区", "新区", "特区"} else name[:-1]}  # noqa: PLR2004
        for alias in aliases:
            short[alias].append(code)
    return full, short
