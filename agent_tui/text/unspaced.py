"""Names that are written without a space: Chinese ones, Korean ones, Japanese ones without it."""

from __future__ import annotations

_SCRIPTS = (("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uac00", "\ud7af"))
"""The first and the last letter of scripts whose words stand next to each other."""

_LONGEST = 4
"""Letters of a name; what is longer is rather a company."""

_OF_TWO = """
    欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 司徒 尉迟 尉遲 公孙 公孫 皇甫 令狐 慕容 东方 東方 夏侯
    长孙 長孫 宇文 端木 南宫 南宮 独孤 獨孤 轩辕 軒轅 呼延 东郭 東郭 闻人 聞人 赫连 赫連 澹台 澹臺
    남궁 황보 제갈 사공 선우 서문 독고 동방
"""
_FAMILIES_OF_TWO = frozenset(_OF_TWO.split())
"""Family names of two letters; Chinese and Korean ones have one but for these."""


def is_unspaced(word: str) -> bool:
    """Whether every letter is of a script in which names are written without a space."""
    return all(any(first <= letter <= last for first, last in _SCRIPTS) for letter in word)


def family_and_given(name: str) -> tuple[str, str] | None:
    """The family and the given part of a name of two to four letters that is written in one; None
    for any other text.

    The family name has one letter, or two where it is one of the known ones that do, or where two
    others follow: those are mostly Japanese (山本太郎).
    """
    if name.isascii() or not 1 < len(name) <= _LONGEST or not is_unspaced(name):
        return None
    letters = 2 if len(name) == _LONGEST or (len(name) > 2 and name[:2] in _FAMILIES_OF_TWO) else 1
    return name[:letters], name[letters:]
