"""Time that a window does not count (不计入), by the reasons beside it: （不包括听证、检验时间）."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rulecal.law.words.glyphs import Plain

_REASON: Final = "[^日天周节假休年月、,。;:()0-9]{2,10}?"
"""Words of a step; what speaks of days or of days off is none."""
_AND: Final = "(?:[、和及与或]|以及|或者)"
_REASONS: Final = re.compile(
    r"[^,。;:()]{0,10}[,(](?:其中)?(?:不包?含|不包括|不计(?:算|入)?|扣除)(?:依法)?(?:需要?|应当)?(?:进行|组织|开展)?"
    rf"(?P<reasons>{_REASON}(?:{_AND}{_REASON})*)等?(?:环节|程序|阶段|过程)?(?:所?需要?|所用|占用)?的?(?:时间|时限|期限|期间?)(?=$|[),。;])"
)


def reasons_beside(plain: Plain, end: int) -> tuple[str, ...]:
    """The reasons that the words right after `end` say are not counted; none where they say none, or something else.

    >>> from rulecal.law.words.glyphs import Plain
    >>> reasons_beside(Plain.of("20个工作日内（不包括听证、专家评审时间）"), 7)
    ('听证', '专家评审')
    """
    said = _REASONS.match(plain.plain, end)
    return tuple(dict.fromkeys(re.split(_AND, said["reasons"]))) if said else ()
