"""A few words in the two languages of the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["zh", "en"]
LANGUAGES: Final = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """A few words in Chinese and English.

    >>> Text("备案", "filing")["en"]
    'filing'
    """

    zh: str = ""
    en: str = ""

    def __getitem__(self, lang: Language) -> str:
        return self.zh if lang == "zh" else self.en

    def __str__(self) -> str:
        return self.en

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)
