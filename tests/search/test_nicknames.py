"""Short forms of given names, and what they are short for."""

from __future__ import annotations

from nicknames import NickNamer

from agent_tui.search.nicknames import nicknames


def test_they_are_those_of_the_package() -> None:
    namer = NickNamer()
    known = {*namer.nickname_lookup, *namer.canonical_lookup}
    assert len(known) > 1_000
    for name in known:
        expected = (namer.nicknames_of(name) | namer.canonicals_of(name)) - {name}
        assert nicknames(name) == expected, name


def test_they_go_both_ways_and_a_word_that_is_no_name_has_none() -> None:
    assert "kate" in nicknames("katherine")
    assert "katherine" in nicknames("kate")
    assert nicknames("kathrine-not-a-name") == set()
    assert nicknames("") == set()
