from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agent_tui.text.addresses import normal_email, normal_handle, normal_number
from tests.text.strategies import anything


@pytest.mark.parametrize(
    ("raw", "email"),
    [
        (" Ava.Nguyen+desk@Example.COM ", "ava.nguyen+desk@example.com"),
        ("mailto:ava@example.com?subject=late%20order", "ava@example.com"),
        ("ava@Bücher.example", "ava@xn--bcher-kva.example"),
        ("zoe\u0308@example.com", "zoë@example.com"),
        ("\u202aava@example.com\u202c", "ava@example.com"),
        ("ava@" + "ü" * 80 + ".example", "ava@" + "ü" * 80 + ".example"),
        ("ava@x.\u00b4", "ava@x.\u00b4"),
        ("ava@localhost", None),
        ("ava at example.com", None),
        ("ava@@example.com", None),
        ("ava@example..com", None),
        ("a va@example.com", None),
        ("@example.com", None),
        ("", None),
    ],
)
def test_normal_email(raw: str, email: str | None) -> None:
    assert normal_email(raw) == email


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("#W2611340", "W2611340"),
        ("w-261 1340", "W2611340"),
        ("４７/11", "4711"),
        ("№ 12", "NO12"),
        ("#", ""),
    ],
)
def test_normal_number(raw: str, number: str) -> None:
    assert normal_number(raw) == number


@pytest.mark.parametrize(
    ("raw", "handle"),
    [("@Ava_N", "ava_n"), (" ava_n ", "ava_n"), ("Ava  N", "ava n"), ("@", "")],
)
def test_normal_handle(raw: str, handle: str) -> None:
    assert normal_handle(raw) == handle


@given(st.one_of(anything, st.builds("{}@{}.example".format, anything, anything)))
@example("İ@İ.example")
def test_normal_forms_are_normal(raw: str) -> None:
    email = normal_email(raw)
    assert email is None or normal_email(email) == email
    assert normal_number(normal_number(raw)) == normal_number(raw)
    assert normal_handle(normal_handle(raw)) == normal_handle(raw)
