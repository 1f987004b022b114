"""Saved views: one's own, shared with the team, one of them for a beginning."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent_tui.errors import BadInput, Conflict, NotFound, Refused
from agent_tui.services.desk import Desk
from tests.services.noted import rows

VISA = "4111 1111 1111 1111"


def names(desk: Desk) -> list[tuple[str, bool, bool]]:
    """What a desk lists: the name, whether it is one's own, whether Recent opens with it."""
    return [(one.name, one.is_mine, one.is_my_default) for one in desk.viewing.all()]


def test_a_view_is_ones_own_until_it_is_shared(mira: Desk, asha: Desk) -> None:
    made = mira.viewing.save(" Late  promises\x1b ", "promise:late")
    assert (made.text, made.owner, made.is_shared) == ("promise:late", "Mira", False)
    assert made.name.startswith("Late promises")
    assert mira.viewing.all() == (made,)
    assert asha.viewing.all() == ()
    shared = mira.viewing.share(made.id, version=made.version)
    assert [(one.id, one.is_mine) for one in asha.viewing.all()] == [(made.id, False)]
    with pytest.raises(Conflict):
        mira.viewing.share(made.id, version=made.version)
    acts: list[Callable[[], object]] = [
        lambda: asha.viewing.rename(made.id, "mine"),
        lambda: asha.viewing.change(made.id, "met:no"),
        lambda: asha.viewing.share(made.id, is_shared=False),
        lambda: asha.viewing.remove(made.id),
    ]
    for act in acts:
        with pytest.raises(Refused, match="owner"):
            act()
    mira.viewing.share(made.id, is_shared=False, version=shared.version)
    acts = [
        lambda: asha.viewing.rename(made.id, "mine"),
        lambda: asha.viewing.remove(made.id),
        lambda: asha.viewing.open_with(made.id),
    ]
    for act in acts:
        with pytest.raises(NotFound):
            act()


def test_names_are_an_owners_own_whatever_their_case(mira: Desk, asha: Desk) -> None:
    mira.viewing.save("Größe", "met:no")
    other = mira.viewing.save("other", "met:yes")
    for name in ("größe", "GRÖSSE", " Größe "):
        with pytest.raises(Refused, match="already"):
            mira.viewing.save(name, "met:no")
        with pytest.raises(Refused, match="already"):
            mira.viewing.rename(other.id, name)
    assert mira.viewing.rename(other.id, "OTHER").name == "OTHER"
    assert asha.viewing.save("Größe", "met:no").is_mine
    for name in ("", " ", "x" * 101):
        with pytest.raises(BadInput):
            mira.viewing.save(name, "met:no")
    assert mira.viewing.named(" größe ").name == "Größe"
    with pytest.raises(NotFound):
        mira.viewing.named("nothing")


def test_a_view_changes(mira: Desk) -> None:
    made = mira.viewing.save("one", "met:no")
    changed = mira.viewing.change(made.id, f'met:yes agenda:"card {VISA}"', version=made.version)
    assert changed.text.startswith("met:yes")
    assert VISA not in changed.text
    with pytest.raises(Conflict):
        mira.viewing.change(made.id, "met:no", version=made.version)
    assert mira.viewing.remove(made.id).name == "one"
    assert mira.viewing.all() == ()
    with pytest.raises(NotFound):
        mira.viewing.change(made.id, "met:no")


def test_recent_opens_with_one_of_them(mira: Desk, asha: Desk, lena: Desk) -> None:
    assert mira.viewing.default() is None
    assert mira.viewing.open_with(None) is None
    own, shared = mira.viewing.save("own", "met:no"), mira.viewing.save("team", "", is_shared=True)
    mira.viewing.open_with(own.id)
    mira.viewing.open_with(shared.id)
    asha.viewing.open_with(shared.id)
    assert names(mira) == [("own", True, False), ("team", True, True)]
    assert names(asha) == [("team", False, True)]
    lena.staffing.place("asha", team="Evening")
    assert (asha.viewing.all(), asha.viewing.default()) == ((), None)
    lena.staffing.place("asha", team=lena.opening.me().team)
    assert asha.viewing.default() is not None
    mira.viewing.open_with(None)
    assert mira.viewing.default() is None
    assert asha.viewing.default() is not None


def test_what_is_gone_is_nobodys_default(mira: Desk, asha: Desk) -> None:
    for is_removed in (True, False):
        shared = mira.viewing.save("team", "met:no", is_shared=True)
        asha.viewing.open_with(shared.id)
        mira.viewing.open_with(shared.id)
        if is_removed:
            mira.viewing.remove(shared.id)
            assert mira.viewing.default() is None
        else:
            mira.viewing.share(shared.id, is_shared=False)
            assert names(mira) == [("team", True, True)]
        assert asha.viewing.default() is None
    assert rows(mira, "SELECT agent_id FROM default_views") == [(mira.agent.id,)]


def test_an_admin_removes_what_is_shared(mira: Desk, lena: Desk) -> None:
    lena.staffing.place("lena", role="admin")
    own, shared = mira.viewing.save("own", ""), mira.viewing.save("team", "", is_shared=True)
    lena.viewing.remove(shared.id)
    with pytest.raises(NotFound):
        lena.viewing.remove(own.id)
    assert names(mira) == [("own", True, False)]


def test_a_view_that_would_not_be_understood_is_not_kept(mira: Desk) -> None:
    with pytest.raises(BadInput, match="would not be understood"):
        mira.viewing.save("wrong", "chanel:phone")
    made = mira.viewing.save("right", "channel:phone")
    with pytest.raises(BadInput, match="would not be understood"):
        mira.viewing.change(made.id, 'agenda:"never ends')
    assert mira.viewing.all() == (made,)


def test_events_hold_no_words(mira: Desk) -> None:
    made = mira.viewing.save("zanzibar", "zebra", is_shared=True)
    mira.viewing.rename(made.id, "zanzibar 2")
    mira.viewing.open_with(made.id)
    mira.viewing.open_with(None)
    mira.viewing.remove(made.id)
    events = rows(
        mira, "SELECT kind, detail FROM events WHERE kind LIKE 'view.%' ORDER BY sequence"
    )
    assert events == [
        ("view.saved", "shared"),
        ("view.renamed", None),
        ("view.default_set", None),
        ("view.default_dropped", None),
        ("view.removed", "0"),
    ]
