"""Reviews: who may write, read, answer and withdraw them, on which line, with which criteria."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from agent_tui.domain.rules.reviews import STANDING
from agent_tui.domain.values import ids
from agent_tui.domain.values.reviews import Criterion, Pinned, Review
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import BadInput, Conflict, NotFound, Refused, UsageError
from agent_tui.services.desk import Desk
from agent_tui.text.hygiene import is_clean
from tests.builders import NOON, StandingClock
from tests.services.had import had
from tests.services.noted import rows

VISA = "4111 1111 1111 1111"
HEARD = Criterion("Their agenda was heard", "customer", "met")
ASKED = Criterion("Who they are was verified", "compliance", "missed", "they were not asked")


def talk(desk: Desk, call: str = "1") -> int:
    """An interaction that this desk's agent had, with a line in it."""
    return had(desk, call, "nobody came")


def line_of(desk: Desk, interaction: int) -> int:
    """Its first message."""
    return desk.opening.call(interaction).passages[0].entries[0].id


def test_what_was_begun_is_found_by_what_it_is_about(mira: Desk, lena: Desk) -> None:
    call = talk(mira)
    line = line_of(mira, call)
    note = mira.noting.save("she was patient", interaction_id=call).id
    about, pinned = lena.reviewing.begun(ids.show(ids.INTERACTION, call))
    assert (about.id, about.agent, pinned) == (call, "Mira", None)
    about, pinned = lena.reviewing.begun(ids.show(ids.MESSAGE, line))
    assert (about.id, pinned) == (call, Pinned("message", line, "nobody came"))
    about, pinned = lena.reviewing.begun(ids.show(ids.NOTE, note))
    assert (about.id, pinned) == (call, Pinned("note", note, "she was patient"))
    for gone in (ids.show(ids.INTERACTION, 7), ids.show(ids.MESSAGE, 7), "c_7", "", "x"):
        with pytest.raises(NotFound, match="no longer there"):
            lena.reviewing.begun(gone)


def test_a_review_reaches_its_agent_and_is_answered(
    mira: Desk, lena: Desk, clock: StandingClock
) -> None:
    call = talk(mira)
    line = line_of(mira, call)
    made = lena.reviewing.write(
        call, " Ask first.\x1b[2J\nThen say. ", message_id=line, criteria=[HEARD, ASKED]
    )
    assert (made.agent, made.author, made.kind, made.at) == ("Mira", "Lena", "review", NOON)
    assert made.text.startswith("Ask first.")
    assert made.text.endswith("\nThen say.")
    assert is_clean(made.text)
    assert (made.message_id, made.pinned_words) == (line, "nobody came")
    assert made.criteria == (HEARD, ASKED)
    assert (mira.reviewing.unread(), lena.reviewing.unread()) == (1, 0)
    assert mira.reviewing.for_me(unread=True) == (made,)
    assert mira.reviewing.one(made.id).read_at is None, "looked up is not read"
    clock.move(minutes=5)
    read = mira.reviewing.open(made.id)
    assert (read.read_at, mira.reviewing.unread()) == (clock.now, 0)
    assert mira.reviewing.for_me(unread=True) == ()
    clock.move(minutes=5)
    answered = mira.reviewing.answer(made.id, "I will.", version=read.version)
    assert (answered.answer, answered.answered_at) == ("I will.", clock.now)
    assert lena.reviewing.by_me() == (answered,)
    assert lena.reviewing.all() == (answered,) == lena.reviewing.of_interaction(call)


def test_an_answer_may_be_changed_until_its_author_reads_it(mira: Desk, lena: Desk) -> None:
    made = lena.reviewing.write(talk(mira), "Ask first.")
    first = mira.reviewing.answer(made.id, "No.")
    assert first.read_at == NOON, "who answers has read"
    with pytest.raises(Conflict):
        mira.reviewing.answer(made.id, "Yes.", version=first.version - 1)
    assert mira.reviewing.answer(made.id, "Yes.", version=first.version).answer == "Yes."
    assert lena.reviewing.open(made.id).answer == "Yes."
    lena.reviewing.open(made.id)
    with pytest.raises(Refused, match="what was read stands"):
        mira.reviewing.answer(made.id, "Perhaps.")
    for other, words in ((lena, "Mine."), (mira, "  \n")):
        with pytest.raises((Refused, BadInput)):
            other.reviewing.answer(made.id, words)
    told = [kind for (kind,) in rows(lena, "SELECT kind FROM events WHERE kind LIKE 'review.%'")]
    assert told == [
        "review.written",
        "review.answered",
        "review.answer_changed",
        "review.answer_read",
    ]


def test_its_author_withdraws_it_and_it_stays(
    mira: Desk, asha: Desk, lena: Desk, clock: StandingClock
) -> None:
    made = lena.reviewing.write(talk(mira), "Ask first.")
    for other in (mira, asha):
        with pytest.raises((Refused, NotFound)):
            other.reviewing.withdraw(made.id)
    mira.reviewing.open(made.id)
    with pytest.raises(Conflict):
        lena.reviewing.withdraw(made.id, version=made.version)
    clock.move(hours=1)
    gone = lena.reviewing.withdraw(made.id, version=made.version + 1)
    assert (gone.withdrawn_at, gone.text) == (clock.now, "Ask first.")
    assert mira.reviewing.for_me() == (gone,)
    with pytest.raises(Refused, match="already"):
        lena.reviewing.withdraw(made.id)
    with pytest.raises(Refused, match="nothing left to answer"):
        mira.reviewing.answer(made.id, "Why?")


def test_what_is_withdrawn_unread_asks_nobody_to_read_it(mira: Desk, lena: Desk) -> None:
    made = lena.reviewing.write(talk(mira), "Ask first.")
    lena.reviewing.withdraw(made.id)
    assert (mira.reviewing.unread(), mira.reviewing.for_me(unread=True)) == (0, ())


def test_who_may_write(mira: Desk, asha: Desk, lena: Desk) -> None:
    call = talk(mira)
    with pytest.raises(Refused, match="only a lead or an admin"):
        asha.reviewing.write(call, "Well done?")
    praised = asha.reviewing.write(call, "Well done!", kind="praise")
    assert (praised.kind, praised.author) == ("praise", "Asha")
    with pytest.raises(Refused, match="of their own"):
        mira.reviewing.write(call, "I was good.", kind="praise")
    with pytest.raises(Refused, match="of their own"):
        lena.reviewing.write(talk(lena, "2"), "I was good.")
    mira.conversing.take(CallSignal("phone", "3", "ringing", sender="@3"))
    [(nobodys,)] = rows(mira, "SELECT id FROM interactions WHERE agent_id IS NULL")
    for kind in ("review", "praise"):
        with pytest.raises(Refused, match="nobody had"):
            lena.reviewing.write(nobodys, "Who?", kind=kind)
    with pytest.raises(NotFound):
        lena.reviewing.write(404, "Who?")
    lena.staffing.place("mira", team="Evening")
    with pytest.raises(Refused, match="their own team"):
        lena.reviewing.write(call, "Ask first.")
    assert lena.reviewing.write(call, "Well done!", kind="praise").kind == "praise"
    lena.staffing.place("lena", role="admin")
    assert lena.reviewing.write(call, "Ask first.").kind == "review"


def test_who_may_read(mira: Desk, asha: Desk, lena: Desk) -> None:
    call = talk(mira)
    made = lena.reviewing.write(call, "Ask first.")
    assert asha.reviewing.of_interaction(call) == () == asha.reviewing.all()
    acts: list[Callable[[], object]] = [
        lambda: asha.reviewing.one(made.id),
        lambda: asha.reviewing.open(made.id),
        lambda: asha.reviewing.answer(made.id, "x"),
        lambda: asha.reviewing.withdraw(made.id),
    ]
    for act in acts:
        with pytest.raises(NotFound):
            act()
    lena.staffing.place("asha", role="lead")
    assert asha.reviewing.all() == (made,)
    assert asha.reviewing.open(made.id).read_at is None, "only its agent has read it"
    lena.staffing.place("mira", team="Evening")
    assert asha.reviewing.all() == ()
    assert lena.reviewing.all() == (made,), "what one wrote one reads"
    lena.staffing.place("asha", role="admin")
    assert asha.reviewing.all() == (made,)
    lena.staffing.place("asha", role="agent")
    assert asha.reviewing.all() == ()


def test_a_call_put_to_another_agent_keeps_the_review_where_it_was(
    mira: Desk, asha: Desk, lena: Desk
) -> None:
    call = talk(mira)
    made = lena.reviewing.write(call, "Ask first.")
    mira.handing_over.offer(call, "asha")
    [offered] = asha.opening.today().handed
    asha.handing_over.accept(offered.id)
    assert rows(mira, "SELECT agent_id FROM interactions") == [(asha.agent.id,)]
    assert (mira.reviewing.for_me(), asha.reviewing.for_me()) == ((made,), ())
    assert lena.reviewing.write(call, "And now?").agent == "Asha"


def test_it_is_pinned_to_a_line_of_that_conversation(mira: Desk, lena: Desk) -> None:
    ada = mira.registering.customer("Ada Hart")
    call, other = talk(mira), talk(mira, "2")
    mira.conversing.attach(call, ada)
    note = mira.noting.save("stayed home", customer_id=ada, interaction_id=call).id
    made = lena.reviewing.write(call, "Good.", note_id=note)
    assert (made.note_id, made.pinned_words, made.customer) == (note, "stayed home", "Ada Hart")
    for wrong in (
        {"message_id": line_of(mira, other)},
        {"note_id": 404},
        {"message_id": note},
    ):
        with pytest.raises(NotFound):
            lena.reviewing.write(call, "Good.", **wrong)  # type: ignore[arg-type]
    with pytest.raises(UsageError):
        lena.reviewing.write(call, "Good.", note_id=note, message_id=line_of(mira, call))


def test_words_and_criteria_come_in_clean(mira: Desk, lena: Desk) -> None:
    call = talk(mira)
    for words in ("", " \n", "x" * 10_001):
        with pytest.raises(BadInput):
            lena.reviewing.write(call, words)
    with pytest.raises(UsageError):
        lena.reviewing.write(call, "x", kind="blame")  # type: ignore[arg-type]
    wrong: list[tuple[Criterion, ...]] = [
        (HEARD, replace(HEARD, name=HEARD.name.upper())),
        (replace(HEARD, name=" "),),
        (replace(HEARD, kind="nobody"),),  # type: ignore[arg-type]
        (replace(HEARD, verdict="perhaps"),),  # type: ignore[arg-type]
        tuple(replace(HEARD, name=f"name {place}") for place in range(51)),
    ]
    for criteria in wrong:
        with pytest.raises(BadInput):
            lena.reviewing.write(call, "x", criteria=criteria)
    with pytest.raises(BadInput, match="without criteria"):
        lena.reviewing.write(call, "x", kind="praise", criteria=[HEARD])
    assert rows(lena, "SELECT 1 FROM reviews") == []
    made = lena.reviewing.write(
        call, f"card {VISA}", criteria=[replace(ASKED, name=f"n {VISA}", comment=f"\x1b {VISA}")]
    )
    stored = repr(rows(lena, "SELECT * FROM review_criteria")) + made.text
    assert VISA not in stored
    assert "4111" not in stored
    mira.reviewing.answer(made.id, f"it was {VISA}")
    assert "4111 1111" not in repr(rows(lena, "SELECT * FROM reviews"))
    assert "Ask" not in repr(rows(lena, "SELECT * FROM events"))


def test_a_desk_begins_with_a_list_of_criteria(mira: Desk) -> None:
    listed = mira.reviewing.criteria()
    assert {one.name: one.kind for one in listed} == STANDING
    mira.criteria = {"Kindness": "customer"}
    assert mira.reviewing.criteria() == (Criterion("Kindness", "customer", "not_applicable"),)


def test_lists_are_newest_first_and_of_a_length(
    mira: Desk, lena: Desk, clock: StandingClock
) -> None:
    call = talk(mira)
    made: list[Review] = []
    for number in range(3):
        clock.move(minutes=1)
        made.append(lena.reviewing.write(call, f"no {number}"))
    for listed in (mira.reviewing.for_me, lena.reviewing.by_me, lena.reviewing.all):
        assert listed(limit=2) == (made[2], made[1])
