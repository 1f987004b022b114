"""Noting: a note is saved once and stays; its draft lives until then and no longer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import BadInput, NotFound, Refused
from agent_tui.services.desk import Desk
from agent_tui.text.hygiene import is_clean
from tests.builders import make_desk
from tests.text.nasty import NASTY


@pytest.fixture
def desk(migrated_url: str) -> Iterator[Desk]:
    with closing(make_desk(migrated_url)) as made:
        yield made


@pytest.fixture
def ada(desk: Desk) -> int:
    return desk.registering.customer("Ada Hart")


def call_of(desk: Desk, call: str = "1") -> int:
    desk.conversing.take(CallSignal("phone", call, "answered"))
    return desk.browsing.recent(limit=1)[0].id


def notes(desk: Desk) -> list[str]:
    return [row[0] for row in desk.store.reader().rows("SELECT text FROM notes ORDER BY at, id")]


def test_a_note_saved_twice_is_one(desk: Desk, ada: int) -> None:
    note_id = new_id()
    assert desk.noting.save("stayed home", customer_id=ada, note_id=note_id).id == note_id
    assert desk.noting.save("stayed home", customer_id=ada, note_id=note_id).id == note_id
    assert notes(desk) == ["stayed home"]
    rows = desk.store.reader().rows("SELECT count(*) FROM events WHERE kind = 'note.added'")
    assert rows == [(1,)]


def test_a_draft_lives_until_its_note_is_saved_and_never_rises_again(desk: Desk, ada: int) -> None:
    about, note_id = ids.show(ids.CUSTOMER, ada), new_id()
    for text in ("s", "stayed", "stayed home"):
        desk.drafting.journal(about, text, draft_id=note_id)
    draft = desk.opening.draft(about)
    assert draft is not None
    assert (draft.text, draft.id) == ("stayed home", note_id)
    [shown] = desk.opening.today().drafts
    assert (shown.subject, shown.customer_id) == ("Ada Hart", ada)
    desk.noting.save("stayed home", customer_id=ada, note_id=note_id)
    assert desk.opening.draft(about) is None
    desk.drafting.journal(about, "stayed hom", draft_id=note_id)
    assert desk.opening.draft(about) is None
    assert desk.opening.today().drafts == ()


def test_the_draft_of_another_note_stays(desk: Desk, ada: int) -> None:
    about = ids.show(ids.CUSTOMER, ada)
    desk.drafting.journal(about, "the next one", draft_id=new_id())
    desk.noting.save("this one", customer_id=ada)
    draft = desk.opening.draft(about)
    assert draft is not None
    assert draft.text == "the next one"


def test_a_draft_that_is_emptied_ends(desk: Desk, ada: int) -> None:
    about, note_id = ids.show(ids.CUSTOMER, ada), new_id()
    desk.drafting.journal(about, "text", draft_id=note_id)
    desk.drafting.journal(about, " \n", draft_id=note_id)
    desk.drafting.journal(about, "", draft_id=note_id)
    assert desk.opening.draft(about) is None


def test_a_draft_is_its_agents_own_and_on_its_own_subject(
    desk: Desk, ada: int, migrated_url: str
) -> None:
    about, call = ids.show(ids.CUSTOMER, ada), ids.show(ids.INTERACTION, call_of(desk))
    desk.drafting.journal(about, "on Ada", draft_id=new_id())
    desk.drafting.journal(call, "on the call", draft_id=new_id())
    found = {draft.about: draft.text for draft in desk.opening.today().drafts}
    assert found == {about: "on Ada", call: "on the call"}
    with closing(make_desk(migrated_url, handle="asha")) as other:
        assert other.opening.draft(about) is None
        assert other.opening.today().drafts == ()


def test_a_note_on_a_call_brings_topics_and_its_writer(desk: Desk) -> None:
    call = call_of(desk)
    desk.noting.save("stayed home #Boiler and #boiler, see #12345 #visit", interaction_id=call)
    desk.noting.save("again #visit", interaction_id=call)
    [shown] = desk.browsing.recent()
    assert shown.topics == ("boiler", "visit")
    assert shown.agent == "Mira"
    assert len(notes(desk)) == 2


def test_a_note_on_a_call_belongs_to_its_customer(desk: Desk, ada: int) -> None:
    call = call_of(desk)
    desk.conversing.attach(call, ada)
    desk.noting.save("hers", interaction_id=call)
    rows = desk.store.reader().rows("SELECT customer_id FROM notes")
    assert [row[0] for row in rows] == [ada]
    ben = desk.registering.customer("Ben Moss")
    with pytest.raises(Refused, match="somebody else"):
        desk.noting.save("his?", interaction_id=call, customer_id=ben)
    assert notes(desk) == ["hers"]


def test_what_cannot_be_a_note_is_refused(desk: Desk, ada: int) -> None:
    with pytest.raises(Refused, match="about somebody"):
        desk.noting.save("about nobody")
    for text in ("", " \n\t "):
        with pytest.raises(BadInput, match="empty"):
            desk.noting.save(text, customer_id=ada)
    with pytest.raises(BadInput, match="too long"):
        desk.noting.save("x" * 100_001, customer_id=ada)
    with pytest.raises(NotFound):
        desk.noting.save("text", customer_id=404)
    with pytest.raises(NotFound):
        desk.noting.save("text #topic", interaction_id=404)
    assert notes(desk) == []


def test_hostile_notes_and_drafts_are_kept_and_inert(desk: Desk, ada: int) -> None:
    about, kept = ids.show(ids.CUSTOMER, ada), 0
    for text in NASTY:
        note_id = new_id()
        desk.drafting.journal(about, text, draft_id=note_id)
        if text.strip():
            desk.noting.save(f"{text}#{text}", customer_id=ada, note_id=note_id)
            kept += 1
    assert len(notes(desk)) == kept
    assert all(is_clean(text) for text in notes(desk))


def test_two_agents_write_on_one_call_at_once(migrated_url: str) -> None:
    desks = [make_desk(migrated_url, handle=handle) for handle in ("mira", "asha")]
    call = call_of(desks[0])
    start = threading.Barrier(2)
    failed: list[Exception] = []

    def work(desk: Desk) -> None:
        start.wait()
        try:
            for number in range(8):
                desk.noting.save(
                    f"{desk.agent.handle} {number} #topic{number}", interaction_id=call
                )
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(notes(desks[0])) == 16
    assert len(desks[0].browsing.recent()[0].topics) == 8
    for desk in desks:
        desk.close()


def test_a_draft_goes_along_as_its_call_begins_and_ends(desk: Desk, ada: int) -> None:
    call, note_id = call_of(desk), new_id()
    desk.drafting.journal(ids.show(ids.INTERACTION, call), "hal", draft_id=note_id)
    desk.drafting.journal(ids.show(ids.CUSTOMER, ada), "half", draft_id=note_id)
    assert [draft.text for draft in desk.opening.today().drafts] == ["half"]
    desk.noting.save("half", interaction_id=call, note_id=note_id)
    assert desk.opening.today().drafts == ()


def test_an_empty_text_ends_its_own_draft_only(desk: Desk, ada: int) -> None:
    about = ids.show(ids.CUSTOMER, ada)
    desk.drafting.journal(about, "from before", draft_id=new_id())
    desk.drafting.journal(about, "", draft_id=new_id())
    assert desk.opening.draft(about) is not None


def test_a_draft_on_a_call_is_found_with_its_customer(desk: Desk, ada: int) -> None:
    call, about = call_of(desk), ids.show(ids.CUSTOMER, ada)
    desk.conversing.attach(call, ada)
    desk.drafting.journal(ids.show(ids.INTERACTION, call), "on the call", draft_id=new_id())
    assert desk.opening.draft(about) is None
    found = desk.opening.draft(about, ada)
    assert found is not None
    assert found.text == "on the call"
    assert desk.opening.draft(ids.show(ids.CUSTOMER, new_id()), new_id()) is None


def test_another_text_under_a_saved_id_is_a_note_of_its_own(desk: Desk, ada: int) -> None:
    note_id = new_id()
    first = desk.noting.save("first half", customer_id=ada, note_id=note_id)
    again = desk.noting.save("first half", customer_id=ada, note_id=note_id)
    longer = desk.noting.save("first half and more", customer_id=ada, note_id=note_id)
    assert first.id == again.id == note_id
    assert longer.id != note_id
    said = [entry.text for one in desk.opening.conversation(ada).passages for entry in one.entries]
    assert said == ["first half", "first half and more"]
