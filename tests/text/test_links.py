"""Addresses in a text: found whole, without the sentence around them, and where they lead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.text.links import SCHEMES, host_of, links_in


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://example.com/a?b=1.", ("https://example.com/a?b=1",)),
        ("(http://example.com/x)", ("http://example.com/x",)),
        ("https://example.com/a_(b)", ("https://example.com/a_(b)",)),
        ("write to mailto:ada@example.com, please", ("mailto:ada@example.com",)),
        ("https://a.example https://a.example", ("https://a.example",)),
        ("“https://a.example” and <https://b.example>", ("https://a.example", "https://b.example")),
        ("HTTPS://EXAMPLE.COM", ("HTTPS://EXAMPLE.COM",)),
        ("javascript:alert(1) file:///etc/passwd ftp://example.com www.example.com", ()),
        ("https:// http://) mailto:", ()),
        ("https://[::1", ()),
    ],
)
def test_links_are_found_whole(text: str, links: tuple[str, ...]) -> None:
    assert links_in(text) == links


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://user:secret@bank.example.evil.test/login", "bank.example.evil.test"),
        ("https://аpple.com/", "xn--pple-43d.com"),
        ("mailto:ada@example.com", "ada@example.com"),
        ("https://example.com:8443/", "example.com"),
        ("ftp://example.com", None),
    ],
)
def test_where_an_address_leads_is_told(address: str, host: str | None) -> None:
    assert host_of(address) == host


@given(st.text(alphabet="htps:/mailo.@[](){}<>,! \n\u0430a\u2026%é", max_size=60))
def test_any_text_is_taken_and_only_known_schemes_are_found(text: str) -> None:
    for link in links_in(text):
        assert link in text
        assert link.partition(":")[0].lower() in SCHEMES
        assert not any(letter.isspace() for letter in link)
        assert host_of(link)
