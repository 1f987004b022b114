"""What changed in the conversation on the screen is asked for, one question at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent_tui.domain.values import ids
from agent_tui.domain.values.changes import Change
from agent_tui.domain.values.conversation import Whose
from agent_tui.domain.values.touched import Touched, touched_by
from agent_tui.tui.screens.following import MOST_AT_ONCE, Following
from tests.tui.conversations import NOW

ADA = Whose(1)


def change(kind: str, prefix: str, number: int, customer: int | None = 1, call: int = 5) -> Change:
    return Change(NOW, None, kind, customer, call, ids.show(prefix, number))


def message(number: int, **more: int | None) -> Change:
    return change("message.added", ids.MESSAGE, number, **more)  # type: ignore[arg-type]


class Asked:
    """Remembers what was asked."""

    def __init__(self) -> None:
        self.fresh: list[Touched] = []
        self.again = 0
        self.later: list[Callable[[], None]] = []
        self.following = Following(self.fresh.append, self._again, self._later)

    def _again(self) -> None:
        self.again += 1

    def _later(self, _seconds: float, call: Callable[[], None]) -> None:
        self.later.append(call)


@pytest.fixture
def asked() -> Asked:
    asked = Asked()
    assert asked.following.turn_to(ADA)
    asked.following.read(anew=True)
    return asked


def test_changes_name_what_they_touched() -> None:
    changes = [
        message(7),
        change("note.added", ids.NOTE, 8),
        change("call.ended", ids.INTERACTION, 9),
        change("promise.kept", ids.PROMISE, 10),
        Change(NOW, None, "agent.placed", None, None, "mira"),
        Change(NOW, None, "team.added", None, None, None),
    ]
    assert touched_by(changes) == Touched(frozenset({7}), frozenset({8}), frozenset({9}))
    assert not touched_by(changes[3:])
    assert touched_by([change("interaction.attached", ids.INTERACTION, 9)]).reshaped


def test_what_changes_meanwhile_waits_for_the_answer(asked: Asked) -> None:
    asked.following.hear([message(1)])
    asked.following.hear([message(2)])
    asked.following.hear([message(3)])
    assert [set(one.messages) for one in asked.fresh] == [{1}]
    asked.following.answered()
    asked.following.hear([message(4)])
    assert len(asked.fresh) == 1, "each paint of its own would make the keys wait"
    asked.later.pop()()
    assert [set(one.messages) for one in asked.fresh] == [{1}, {2, 3, 4}]
    asked.following.answered()
    asked.later.pop()()
    assert len(asked.fresh) == 2
    asked.following.hear([message(5)])
    assert len(asked.fresh) == 3, "after a pause a line is asked for at once"


def test_other_peoples_changes_are_not_asked_for(asked: Asked) -> None:
    asked.following.hear([message(1, customer=2), message(1, customer=None)])
    assert asked.fresh == []
    asked.following.turn_to(Whose(interaction_id=6))
    asked.following.read(anew=True)
    asked.following.hear([message(1, customer=None, call=5), message(2, customer=None, call=6)])
    assert [set(one.messages) for one in asked.fresh] == [{2}]


def test_nothing_is_asked_before_there_is_a_page(asked: Asked) -> None:
    asked.following.turn_to(Whose(2))
    asked.following.hear([message(1, customer=2)])
    assert asked.fresh == []
    asked.following.read(anew=True)
    assert len(asked.fresh) == 1


def test_the_same_conversation_is_not_turned_to_twice(asked: Asked) -> None:
    assert not asked.following.turn_to(ADA)
    assert asked.following.turn_to(Whose(2))
    assert asked.following.turn_to(Whose(2)), "it has not been read yet"
    assert not asked.following.turn_to(None)
    asked.following.hear([message(1)])
    assert asked.fresh == []


def test_what_moves_passages_or_is_too_much_is_read_anew(asked: Asked) -> None:
    asked.following.hear([change("interaction.attached", ids.INTERACTION, 9)])
    assert (asked.again, asked.fresh) == (1, [])
    asked.following.hear([message(number) for number in range(MOST_AT_ONCE + 1)])
    assert asked.again == 1
    asked.following.read(anew=True)
    assert (asked.again, asked.fresh) == (2, [])
    asked.following.read(anew=True)
    assert (asked.again, asked.fresh) == (2, [])


def test_a_page_that_took_the_place_of_the_one_read_anew_does_not_end_it(asked: Asked) -> None:
    asked.following.hear([change("interaction.attached", ids.INTERACTION, 9)])
    asked.following.read(anew=False)
    assert asked.again == 2


def test_a_question_that_failed_is_asked_again_with_what_came_since(asked: Asked) -> None:
    asked.following.hear([message(1)])
    asked.following.failed()
    assert len(asked.later) == 1
    asked.later.pop()()
    assert [set(one.messages) for one in asked.fresh] == [{1}, {1}]
    asked.following.failed()
    asked.following.hear([message(2)])
    assert set(asked.fresh[-1].messages) == {1, 2}
    asked.later.pop()()
    assert len(asked.fresh) == 3


def test_an_accepted_hand_over_touches_the_conversation_and_an_offer_does_not() -> None:
    offered = change("hand_over.offered", ids.HAND_OVER, 3)
    assert not touched_by([offered])
    accepted = change("hand_over.accepted", ids.HAND_OVER, 3, call=5)
    assert touched_by([offered, accepted]).interactions == frozenset({5})
