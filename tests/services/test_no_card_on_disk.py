"""A session with card numbers in every place where one can be typed leaves none on the disk."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.records import (
    CaseRecord,
    ConcessionRecord,
    CustomerRecord,
    FactRecord,
    FeedbackRecord,
    InteractionRecord,
    MessageRecord,
    NoteRecord,
    PersonRecord,
    PromiseRecord,
    RefusalRecord,
    RejectedRow,
    SourceRow,
    TieRecord,
)
from agent_tui.domain.values.signals import CallSignal, DeliverySignal, MessageSignal
from agent_tui.exchange.rejects import RejectFile
from agent_tui.services.desk import Desk
from agent_tui.text.redaction import digits_in
from tests.builders import make_desk
from tests.text import cards

VISA = "4111111111111111"
CODE = "cvv 739"
MOST_DIGITS = 8
"""Digits of a number that may ever reach the disk: its first ones while it is typed."""


@pytest.fixture
def desk(migrated_sqlite_url: str) -> Iterator[Desk]:
    with closing(make_desk(migrated_sqlite_url)) as made:
        yield made


def on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def left_of(written: str, held: bytes) -> list[str]:
    """The beginnings of a writing, of nine digits and more, that stand among some bytes."""
    beginnings = (written[:end] for end in range(len(written) + 1))
    long = (one for one in beginnings if len(digits_in(one)) > MOST_DIGITS)
    return [one for one in long if one.encode() in held]


def writings() -> list[str]:
    return [
        cards.grouped(number, gap) for number in cards.PUBLISHED.values() for gap in ("", " ", "-")
    ]


def everywhere(card: str) -> PersonRecord:
    """A record with a card in every field that people fill with words."""
    return PersonRecord(
        CustomerRecord(
            f"Ada {card}", company=f"{card} Ltd", city=card, pronouns=card, language=card
        ),
        interactions=(
            InteractionRecord(
                agenda=f"pay by {card}",
                outcome=f"paid by {card}",
                topics=(f"card {card}",),
                messages=(MessageRecord(f"it is {card}, {CODE}", "customer"),),
                notes=(NoteRecord(f"number {card} #x{VISA}"),),
            ),
        ),
        facts=(FactRecord(f"pays with {card}"),),
        promises=(PromiseRecord(f"charge {card}"),),
        concessions=(ConcessionRecord("ours", f"refund to {card}", reason=card),),
        refusals=(RefusalRecord(f"saving {card}"),),
        cases=(CaseRecord("complaint", title=f"charged {card}", remedy=card, state=card),),
        ties=(TieRecord("k2", f"shares {card}"),),
        feedback=(FeedbackRecord(text=f"never again with {card}"),),
    )


def test_what_is_typed_key_by_key_never_reaches_the_disk(desk: Desk, tmp_path: Path) -> None:
    ada = desk.registering.customer("Ada Hart")
    about = ids.show(ids.CUSTOMER, ada)
    for written in writings():
        draft_id = new_id()
        for end in range(1, len(written) + 1):
            desk.drafting.journal(about, f"card {written[:end]}", draft_id=draft_id)
        text = f"card {written} thanks, {CODE}"
        for end in range(len(text) - len(CODE), len(text) + 1):
            desk.drafting.journal(about, text[:end], draft_id=draft_id)
        desk.noting.save(text, customer_id=ada, note_id=draft_id)
    held = on_disk(tmp_path)
    assert b"card ************1111" in held
    assert [left for written in writings() for left in left_of(written, held)] == []
    assert CODE.encode() not in held


def test_what_is_typed_into_the_middle_never_reaches_the_disk(desk: Desk, tmp_path: Path) -> None:
    about, draft_id = ids.show(ids.CUSTOMER, desk.registering.customer("Ada Hart")), new_id()
    desk.drafting.journal(about, "card  and more", draft_id=draft_id)
    for end in range(1, len(VISA) + 1):
        desk.drafting.journal(about, f"card {VISA[:end]} and more", draft_id=draft_id)
    held = on_disk(tmp_path)
    assert b"card ************1111 and more" in held
    assert left_of(VISA, held) == []


def test_what_is_said_word_by_word_never_reaches_the_disk(desk: Desk, tmp_path: Path) -> None:
    desk.conversing.take(CallSignal("phone", "1", "answered", name=f"Sam {VISA}"))
    for number, written in enumerate(writings()):
        for end in range(1, len(written) + 1):
            desk.conversing.take(
                MessageSignal(
                    "phone", "1", f"u{number}", "customer", f"it is {written[:end]}", False
                )
            )
        said = f"it is {written}, {CODE}"
        desk.conversing.take(MessageSignal("phone", "1", f"u{number}", "customer", said, True))
    held = on_disk(tmp_path)
    assert b"it is ************1111, cvv ***" in held
    assert [left for written in (*writings(), VISA) for left in left_of(written, held)] == []
    assert CODE.encode() not in held


def test_what_a_file_brings_never_reaches_the_disk(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    rows: list[SourceRow | RejectedRow] = [
        SourceRow(line, f"raw {written}", everywhere(written))
        for line, written in enumerate(writings(), start=1)
    ]
    rows += [
        SourceRow(90, f"raw {VISA}", PersonRecord(CustomerRecord(" "), notes_of(VISA))),
        RejectedRow(91, f"no JSON: {VISA}", f"{{ {VISA}"),
    ]
    with RejectFile(tmp_path / "rejects.csv") as rejects:
        for dry_run in (True, False):
            counts = desk.importing.take(rows, source="crm", dry_run=dry_run, rejected=rejects.add)
            assert (counts.created, counts.rejected) == (len(writings()), 2)
        held = on_disk(tmp_path)
    assert b"pay by ************1111" in held
    assert [left for written in writings() for left in left_of(written, held)] == []
    assert CODE.encode() not in held


def notes_of(card: str) -> tuple[InteractionRecord, ...]:
    return (InteractionRecord(notes=(NoteRecord(card),)),)


def test_names_of_rows_are_kept_as_the_file_has_them(desk: Desk, tmp_path: Path) -> None:
    rejected: list[RejectedRow] = []
    known = PersonRecord(CustomerRecord("Ada", external_id=VISA))
    nameless = PersonRecord(CustomerRecord(" ", external_id=VISA))
    rows = [SourceRow(1, f"{VISA},Ada", known), SourceRow(2, f"{VISA}, ", nameless)]
    desk.importing.take(rows, source="crm", rejected=rejected.append)
    assert desk.store.reader().rows("SELECT external_id FROM customers") == [(VISA,)]
    assert [row.raw for row in rejected] == [f"{VISA}, "]


def test_a_file_with_cards_brought_twice_changes_nothing(desk: Desk) -> None:
    rows = [SourceRow(1, "raw", everywhere(VISA))]
    desk.importing.take(rows, source="crm")
    assert desk.importing.take(rows, source="crm").unchanged == 1


def test_names_and_reasons_hold_no_card(migrated_sqlite_url: str, tmp_path: Path) -> None:
    with closing(make_desk(migrated_sqlite_url, role="lead")) as desk:
        desk.registering.customer(f"Sam {VISA}", company=f"{VISA} Ltd", city=VISA)
        desk.staffing.add("tom", name=f"Tom {VISA}", team=f"Team {VISA}")
        desk.conversing.take(CallSignal("chat", "1", "answered", name=f"Sam {VISA}"))
        desk.conversing.take(CallSignal("chat", "1", "held", reason=f"checking {VISA}"))
        desk.conversing.take(MessageSignal("chat", "1", "m1", "agent", "hello"))
        desk.conversing.take(DeliverySignal("chat", "1", "m1", False, reason=f"no {VISA}"))
        [failure] = desk.store.reader().rows("SELECT failure FROM messages")
        assert failure == ("no ************1111",)
    assert left_of(VISA, on_disk(tmp_path)) == []
