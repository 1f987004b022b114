"""Drafting: what is typed is kept before anything large is loaded, and ends when it is saved."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from agent_tui.domain.tables import Note
from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.signals import CallSignal, MessageSignal
from agent_tui.errors import BadInput
from agent_tui.services.desk import Desk
from agent_tui.services.drafting import TEXT_LIMIT
from agent_tui.services.noting import end_draft
from tests.builders import NOON, make_desk
from tests.processes import run_python

EARLY = """
import sys
from datetime import UTC
from agent_tui.clock import utc_now
from agent_tui.services.desk import Desk
from agent_tui.storage.location import locate
from agent_tui.storage.queries import agents
from agent_tui.storage.store import Store
store = Store(locate(sys.argv[1]))
agent = agents.by_handle(store.reader(), handle="mira")
desk = Desk(store=store, agent=agent, clock=utc_now, zone=UTC, region="GB")
customer, about = int(sys.argv[2]), sys.argv[3]
desk.drafting.journal(about, "sta", draft_id=1)
desk.drafting.journal(about, "stayed home", draft_id=1)
desk.drafting.journal(about, "gone", draft_id=2)
desk.drafting.journal(about, "", draft_id=2)
desk.attending.be_here(customer, None, "typing")
desk.attending.leave()
draft = desk.opening.draft(about)
print(draft.text, *sorted({"sqlalchemy", "sqlmodel", "pydantic"} & set(sys.modules)))
"""


@pytest.fixture
def desk(migrated_url: str) -> Iterator[Desk]:
    with closing(make_desk(migrated_url)) as made:
        yield made


def drafts(desk: Desk) -> list[tuple[object, ...]]:
    rows = desk.store.reader().rows("SELECT id, kind, about, text, corrects_id FROM drafts")
    return [tuple(row) for row in rows]


def test_a_draft_and_who_is_here_are_written_before_any_database_library_is_loaded(
    migrated_url: str, desk: Desk
) -> None:
    ada = desk.registering.customer("Ada Hart")
    about = ids.show(ids.CUSTOMER, ada)
    assert run_python(EARLY, migrated_url, str(ada), about) == "stayed home"


def test_a_draft_goes_along_with_what_it_is_about_and_keeps_what_it_corrects(desk: Desk) -> None:
    ada = desk.registering.customer("Ada Hart")
    about, call = ids.show(ids.CUSTOMER, ada), ids.show(ids.INTERACTION, 5)
    note = desk.noting.save("stayed home", customer_id=ada).id
    desk.drafting.journal(about, "stayed", draft_id=9, corrects_id=note)
    desk.drafting.journal(call, "stayed out", draft_id=9)
    assert drafts(desk) == [(9, "note", call, "stayed out", note)]


def test_a_wrap_up_is_a_draft_until_it_is_empty(desk: Desk) -> None:
    call = ids.show(ids.INTERACTION, 5)
    desk.drafting.journal(call, "outcome: no", draft_id=9, kind="wrap_up")
    assert drafts(desk) == [(9, "wrap_up", call, "outcome: no", None)]
    desk.drafting.journal(call, "", draft_id=9, kind="wrap_up")
    assert drafts(desk) == []


def test_what_is_too_long_is_refused_and_what_was_kept_stays(desk: Desk) -> None:
    about = ids.show(ids.CUSTOMER, 1)
    desk.drafting.journal(about, "short", draft_id=9)
    with pytest.raises(BadInput):
        desk.drafting.journal(about, "x" * (TEXT_LIMIT + 1), draft_id=9)
    assert drafts(desk) == [(9, "note", about, "short", None)]


def test_a_text_that_another_desk_saves_at_the_same_moment_leaves_no_draft(desk: Desk) -> None:
    ada = desk.registering.customer("Ada Hart")
    about, note_id = ids.show(ids.CUSTOMER, ada), new_id()
    desk.drafting.journal(about, "stayed hom", draft_id=note_id)
    entered = threading.Event()

    def journal() -> None:
        entered.set()
        desk.drafting.journal(about, "stayed home", draft_id=note_id)

    with desk.writing() as unit:
        end_draft(unit, note_id)
        thread = threading.Thread(target=journal)
        thread.start()
        entered.wait()
        unit.add(
            Note(id=note_id, customer_id=ada, author_id=desk.agent.id, text="stayed home", at=NOON)
        )
    thread.join()
    assert drafts(desk) == []


def test_whose_a_line_about_what_was_said_or_noted_is_stands_beside_it(desk: Desk) -> None:
    ada = desk.registering.customer("Ada Hart")
    desk.conversing.take(CallSignal("chat", "c1", "answered", sender="ada@hart.example"))
    [call] = desk.browsing.recent(limit=1)
    desk.conversing.attach(call.id, ada)
    desk.conversing.take(MessageSignal("chat", "c1", "m1", "customer", "nobody came"))
    note = desk.noting.save("third time", customer_id=ada)
    reader = desk.store.reader()
    [said] = [row[0] for row in reader.rows("SELECT id FROM messages")]
    for about in (ids.show(ids.MESSAGE, said), ids.show(ids.NOTE, note.id)):
        desk.drafting.journal(f"{about}/review", "well asked", draft_id=new_id(), kind="line")
    left = desk.opening.today().drafts
    assert [(one.subject, one.customer_id, one.over) for one in left] == [
        ("Ada Hart", ada, None),
        ("Ada Hart", ada, None),
    ]
