"""What is stored is cleaned of card numbers, to the last byte of a SQLite file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent_tui.domain.tables import (
    Customer,
    Draft,
    Feedback,
    Interaction,
    InteractionTopic,
    Message,
    Note,
    Promise,
)
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.index import IndexEntry
from agent_tui.domain.values.redaction import Cleaned
from agent_tui.errors import BadInput, Unavailable
from agent_tui.services import redacting
from agent_tui.services.desk import Desk
from agent_tui.storage import wiping
from agent_tui.storage.index_upkeep import index_customers
from agent_tui.storage.reader import Row
from agent_tui.storage.stored_texts import rewrite
from tests.builders import NOON, make_desk
from tests.text import cards

VISA = "4111111111111111"
AMEX = "3782 822463 10005"
MASTERCARD = "5555-5555-5555-4444"
CODE = "cvv is 739"
EVERY = (VISA, AMEX, MASTERCARD, "5555555555554444", "378282246310005", CODE)


@pytest.fixture
def desk(migrated_url: str) -> Iterator[Desk]:
    with closing(make_desk(migrated_url)) as made:
        yield made


@pytest.fixture
def file_desk(migrated_sqlite_url: str) -> Iterator[Desk]:
    with closing(make_desk(migrated_sqlite_url)) as made:
        yield made


def soil(desk: Desk) -> int:
    """Store what no service would let in any more; returns the customer's id."""
    with desk.writing() as unit:
        customer = Customer(
            number=unit.take_numbers("customers", 1),
            name=f"Sam {AMEX}",
            given_name="Sam 3782 822463",
            family_name="10005",
            company=f"{VISA} Ltd",
            external_id=None,
            created_at=unit.now,
            updated_at=unit.now,
        )
        unit.add(customer)
        index_customers(unit, [IndexEntry(customer.number, customer.name, customer.company)])
        call = Interaction(
            customer_id=customer.id,
            channel="phone",
            direction="in",
            state="ended",
            peer="+44 20 7946 0018",
            peer_name=f"Sam {VISA}",
            agenda=f"pay with {MASTERCARD}",
            opened_at=unit.now,
        )
        unit.add(call)
        unit.add(
            Message(interaction_id=call.id, sequence=1, speaker="customer", text=f"{VISA}, {CODE}"),
            Message(interaction_id=call.id, sequence=2, speaker="agent", text="thank you"),
            InteractionTopic(interaction_id=call.id, topic=f"a{VISA}"),
            InteractionTopic(interaction_id=call.id, topic="a************1111"),
        )
        old = Note(customer_id=customer.id, text=f"card {MASTERCARD}", at=unit.now)
        unit.add(old)
        unit.add(
            Note(customer_id=customer.id, corrects_id=old.id, text=f"card {AMEX}", at=unit.now),
            Promise(
                customer_id=customer.id,
                note_id=old.id,
                side="ours",
                text=f"charge {VISA}",
                created_at=unit.now,
            ),
            Draft(
                id=new_id(),
                agent_id=desk.agent.id,
                kind="note",
                about="c_1",
                text=f"typing {VISA}",
                updated_at=unit.now,
            ),
        )
        return customer.id


def rows(desk: Desk, sql: str) -> list[Row]:
    return list(desk.store.reader().rows(sql))


def bytes_of(desk: Desk) -> bytes:
    path = desk.store.location.path
    assert path is not None
    return b"".join(file.read_bytes() for file in wiping.files_of(path))


def test_every_text_is_cleaned(desk: Desk) -> None:
    soil(desk)
    found = desk.redacting.clean()
    assert {(one.table, one.column) for one in found.columns} == {
        ("customers", "name"),
        ("customers", "company"),
        ("drafts", "text"),
        ("interaction_topics", "topic"),
        ("interactions", "agenda"),
        ("interactions", "peer_name"),
        ("messages", "text"),
        ("notes", "text"),
        ("promises", "text"),
    }
    assert Cleaned("messages", "text", rows=1, numbers=2) in found.columns
    assert Cleaned("notes", "text", rows=2, numbers=2) in found.columns
    [name] = rows(desk, "SELECT name, given_name, family_name, company FROM customers")
    assert tuple(name) == (
        "Sam **** ****** *0005",
        "Sam **** ******",
        "*0005",
        "************1111 Ltd",
    )
    texts = rows(desk, "SELECT text FROM messages ORDER BY sequence")
    assert [row[0] for row in texts] == ["************1111, cvv is ***", "thank you"]
    assert rows(desk, "SELECT topic FROM interaction_topics") == [("a************1111",)]
    assert rows(desk, "SELECT peer FROM interactions") == [("+44 20 7946 0018",)]


def test_the_customer_index_follows(desk: Desk) -> None:
    soil(desk)
    desk.redacting.clean()
    words = {row[0] for row in rows(desk, "SELECT word FROM index_postings")}
    assert "sam" in words
    assert not [word for word in words if "4111" in word or "822463" in word]


def test_a_scan_tells_the_same_and_changes_nothing(desk: Desk) -> None:
    soil(desk)
    before = rows(desk, "SELECT text FROM notes ORDER BY id")
    found = desk.redacting.scan()
    assert rows(desk, "SELECT text FROM notes ORDER BY id") == before
    assert desk.redacting.clean().columns == found.columns


def test_a_second_time_there_is_nothing_to_do(desk: Desk) -> None:
    soil(desk)
    desk.redacting.clean()
    versions = rows(desk, "SELECT id, version FROM notes ORDER BY id")
    again = desk.redacting.clean()
    assert again.columns == ()
    assert rows(desk, "SELECT id, version FROM notes ORDER BY id") == versions


def test_events_say_that_and_where_but_not_what(desk: Desk) -> None:
    soil(desk)
    desk.redacting.clean()
    told = rows(desk, "SELECT detail FROM events WHERE kind = 'text.redacted' ORDER BY sequence")
    assert ("notes 2",) in told
    assert not [
        row for row in rows(desk, "SELECT detail, subject FROM events") if "1111" in str(row)
    ]


def test_more_rows_than_a_page_are_all_cleaned(desk: Desk) -> None:
    customer = soil(desk)
    with desk.writing() as unit:
        unit.insert_many(
            Note,
            [
                {"id": new_id(), "version": 1, "customer_id": customer, "at": NOON, "text": text}
                for text in ("nothing", f"card {VISA}") * 700
            ],
        )
    found = desk.redacting.clean()
    assert Cleaned("notes", "text", rows=702, numbers=702) in found.columns


def test_a_row_that_changes_meanwhile_is_not_overwritten(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    soil(desk)
    note, _ = rows(desk, "SELECT id FROM notes ORDER BY id")

    def late(unit, table, before, after):  # type: ignore[no-untyped-def]
        if before.key == tuple(note):
            monkeypatch.setattr(redacting, "rewrite", rewrite)
            unit.execute("UPDATE notes SET text = :t WHERE id = :i", t=f"new {VISA}", i=note[0])
        return rewrite(unit, table, before, after)

    monkeypatch.setattr(redacting, "rewrite", late)
    desk.redacting.clean()
    assert rows(desk, f"SELECT text FROM notes WHERE id = {note[0]}") == [("new ************1111",)]


def test_a_desk_that_was_open_meanwhile_hears_of_it(desk: Desk) -> None:
    soil(desk)
    [before] = rows(desk, "SELECT version FROM customers")
    desk.redacting.clean()
    [after] = rows(desk, "SELECT version FROM customers")
    assert after[0] == before[0] + 1


def test_no_byte_of_the_files_holds_a_number(file_desk: Desk) -> None:
    soil(file_desk)
    assert all(text.encode() in bytes_of(file_desk) for text in (VISA, AMEX, MASTERCARD, CODE))
    found = file_desk.redacting.clean()
    assert found.searched[0] == "desk.sqlite"
    assert (found.remaining, found.identifiers, found.copies) == (0, (), ())
    held = bytes_of(file_desk)
    assert not [text for text in EVERY if text.encode() in held]


def test_what_was_deleted_before_is_wiped_too(file_desk: Desk) -> None:
    soil(file_desk)
    with file_desk.writing() as unit:
        for table in ("promises", "messages", "drafts"):
            unit.execute(f"DELETE FROM {table}")
        unit.execute("UPDATE notes SET text = 'gone'")
        unit.execute("UPDATE interactions SET agenda = NULL, peer_name = NULL")
        unit.execute("DELETE FROM interaction_topics")
        unit.execute("UPDATE customers SET name = 'Sam', given_name = 'Sam', company = NULL")
        number = unit.reader.row("SELECT number FROM customers")
        assert number is not None
        were = [IndexEntry(number[0], f"Sam {AMEX}", f"{VISA} Ltd")]
        index_customers(unit, [IndexEntry(number[0], "Sam")], before=were)
    assert CODE.encode() in bytes_of(file_desk)
    assert file_desk.redacting.clean().columns == ()
    held = bytes_of(file_desk)
    assert not [text for text in EVERY if text.encode() in held]


def test_other_desks_may_stay_open(file_desk: Desk, migrated_sqlite_url: str) -> None:
    soil(file_desk)
    with closing(make_desk(migrated_sqlite_url, handle="tom")) as other:
        assert len(rows(other, "SELECT id FROM notes")) == 2
        assert file_desk.redacting.clean().remaining == 0
        assert rows(other, "SELECT text FROM messages WHERE sequence = 2") == [("thank you",)]
        other.noting.save("still here", customer_id=rows(other, "SELECT id FROM customers")[0][0])


def test_a_reader_that_does_not_let_go_is_told_and_nothing_is_lost(
    file_desk: Desk, migrated_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    soil(file_desk)
    monkeypatch.setattr(wiping, "WAIT_S", 0.1)
    with closing(make_desk(migrated_sqlite_url)) as other, other.store.reader().snapshot():
        rows(other, "SELECT id FROM notes")
        with pytest.raises(Unavailable, match="run this again"):
            file_desk.redacting.clean()
    assert file_desk.redacting.clean().remaining == 0
    held = bytes_of(file_desk)
    assert not [text for text in EVERY if text.encode() in held]


def test_one_that_was_broken_off_is_completed_by_running_it_again(
    file_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    soil(file_desk)
    monkeypatch.setattr(wiping, "wipe", lambda _path: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        file_desk.redacting.clean()
    monkeypatch.undo()
    assert file_desk.redacting.clean().columns == ()
    held = bytes_of(file_desk)
    assert not [text for text in EVERY if text.encode() in held]


def test_a_number_that_is_an_account_too_is_told(file_desk: Desk) -> None:
    soil(file_desk)
    with file_desk.writing() as unit:
        unit.execute("UPDATE interactions SET external_id = :visa", visa=VISA)
    found = file_desk.redacting.clean()
    assert (found.remaining, found.identifiers) == (1, ("interactions.external_id",))


def test_backups_that_hold_a_number_are_named(file_desk: Desk) -> None:
    soil(file_desk)
    path = file_desk.store.location.path
    assert path is not None
    copy = path.with_name("desk.sqlite.before-0002-20260101T000000000000")
    copy.write_bytes(b"x" * 3_000_000 + AMEX.encode())
    path.with_name("desk.sqlite.before-0002-20260102T000000000000").write_bytes(b"clean")
    assert file_desk.redacting.clean().copies == (copy.name,)


@pytest.mark.parametrize("place", [0, (1 << 20) - 5, (1 << 20), 3_000_000])
def test_bytes_are_found_wherever_they_stand(tmp_path: Path, place: int) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"4" * place + b"-411 1-" + b"\xff4" * 9)
    assert wiping.found_in(file, {b"-411 1-", b"nowhere", b"[^x]"}) == {b"-411 1-"}


def test_a_number_that_is_no_card_stays_everywhere(desk: Desk) -> None:
    customer = soil(desk)
    desk.redacting.not_a_card("4111 1111 1111 1111", f"our own order number, not {AMEX}")
    desk.noting.save(f"order {VISA}, card {MASTERCARD}", customer_id=customer)
    [text] = rows(desk, "SELECT text FROM notes WHERE text LIKE 'order%'")
    assert text == (f"order {VISA}, card ****-****-****-4444",)
    desk.redacting.clean()
    assert rows(desk, "SELECT text FROM messages WHERE sequence = 1") == [(f"{VISA}, cvv is ***",)]
    [kept] = rows(desk, "SELECT reason, agent_id FROM not_cards")
    assert kept == ("our own order number, not **** ****** *0005", desk.agent.id)
    assert not [row for row in rows(desk, "SELECT detail, subject FROM events") if VISA in str(row)]


def test_saying_it_twice_is_saying_it_once(desk: Desk) -> None:
    for _ in range(2):
        desk.redacting.not_a_card(VISA, "an order number")
    assert rows(desk, "SELECT count(*) FROM not_cards") == [(1,)]


@pytest.mark.parametrize(
    ("number", "reason"), [(VISA, "  "), ("4111111111111112", "an order"), ("", "x"), ("12", "x")]
)
def test_without_a_reason_or_a_card_there_is_nothing_to_say(
    desk: Desk, number: str, reason: str
) -> None:
    with pytest.raises(BadInput):
        desk.redacting.not_a_card(number, reason)
    assert rows(desk, "SELECT * FROM not_cards") == []


def test_published_cards_of_every_issuer_go(file_desk: Desk) -> None:
    customer = soil(file_desk)
    with file_desk.writing() as unit:
        for number in cards.PUBLISHED.values():
            unit.add(Note(customer_id=customer, text=f"paid by {number}", at=unit.now))
    assert file_desk.redacting.clean().remaining == 0
    held = bytes_of(file_desk)
    assert not [number for number in cards.PUBLISHED.values() if number.encode() in held]


def test_a_score_is_no_text(desk: Desk) -> None:
    customer_id = soil(desk)
    before = desk.redacting.scan()
    with desk.writing() as unit:
        unit.add(Feedback(customer_id=customer_id, asked_at=unit.now, score=4.5))
    assert desk.redacting.scan() == before
