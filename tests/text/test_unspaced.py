"""Names that are written in one are told apart from others, and parted where the family ends."""

from __future__ import annotations

import pytest
from hypothesis import given

from agent_tui.text.unspaced import family_and_given, is_unspaced
from tests.text.strategies import anything


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("陆丹", ("陆", "丹")),
        ("王秀梅", ("王", "秀梅")),
        ("欧阳娜", ("欧阳", "娜")),
        ("山本太郎", ("山本", "太郎")),
        ("하서", ("하", "서")),
        ("하승현", ("하", "승현")),
        ("남궁민", ("남궁", "민")),
        ("남궁", ("남", "궁")),
        ("福田 淳", None),
        ("王", None),
        ("北京面包店", None),
        ("さくら", None),
        ("Ann", None),
        ("", None),
    ],
)
def test_a_name_is_parted_behind_its_family(name: str, parts: tuple[str, str] | None) -> None:
    assert family_and_given(name) == parts


@given(anything)
def test_the_parts_are_the_name(name: str) -> None:
    parts = family_and_given(name)
    if parts is not None:
        assert all(parts)
        assert "".join(parts) == name
        assert is_unspaced(name)
