"""The marks of a note become records, all of them with the note or none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import Unavailable
from agent_tui.services import capture_calls, capture_records
from agent_tui.services.capture_marks import MARKS_LIMIT, WORDS_LIMIT
from agent_tui.services.desk import Desk
from agent_tui.text.hygiene import is_clean
from tests.builders import NOON, StandingClock, make_desk
from tests.services.noted import EVERY_MARK, a_call, agenda, counts, customers_of, rows, topics
from tests.text.nasty import NASTY

FRIDAY_AT_TEN = NOON.replace(day=13, hour=10)


@pytest.fixture
def desk(migrated_url: str) -> Iterator[Desk]:
    make_desk(migrated_url, handle="asha").close()
    with closing(make_desk(migrated_url)) as made:
        yield made


@pytest.fixture
def ada(desk: Desk) -> int:
    return desk.registering.customer("Ada Hart")


def test_every_mark_becomes_its_record_and_knows_its_words(desk: Desk, ada: int) -> None:
    call = a_call(desk)
    desk.conversing.attach(call, ada)
    saved = desk.noting.save(EVERY_MARK, interaction_id=call)
    [asha, mira] = [row[0] for row in rows(desk, "SELECT id FROM agents ORDER BY handle")]
    assert rows(
        desk,
        "SELECT text, side, owner_id, offered_to_id, offered_by_id, state, mark FROM promises "
        "ORDER BY id",
    ) == [
        ("call back", "ours", mira, asha, mira, "open", "!call back fri 10am @asha"),
        ("send the invoice", "theirs", None, None, None, "open", "theirs: send the invoice +2d"),
    ]
    assert rows(desk, "SELECT kind, text, source, state, mark FROM facts") == [
        ("prefers", "mornings", "stated", "current", "=prefers mornings")
    ]
    assert rows(desk, "SELECT side, kind, amount, currency, mark FROM concessions ORDER BY id") == [
        ("ours", "waived fee", "20", "GBP", "gave: waived fee £20"),
        ("theirs", "patience", None, None, "got: patience"),
    ]
    assert rows(desk, "SELECT what, mark FROM refusals") == [
        ("the service plan", "no: the service plan")
    ]
    assert rows(desk, "SELECT text, mark FROM moods") == [
        ("so tired of this", 'mood: "so tired of this"')
    ]
    [(speakable, title, normal)] = rows(
        desk,
        "SELECT x.speakable, k.title, k.normal FROM cases k JOIN complaints x ON x.case_id = k.id",
    )
    assert (title, normal) == ("nobody came on Monday", speakable)
    assert rows(desk, "SELECT text, state, mark FROM questions") == [
        ("which boiler is it?", "open", "ask: which boiler is it?")
    ]
    assert rows(desk, "SELECT text, owner_id, asked_by_id, state, mark FROM follow_ups") == [
        ("please check the route", asha, mira, "open", "@asha please check the route")
    ]
    assert topics(desk, call) == ["boiler"]
    assert agenda(desk, call) == "the visit that never came"
    assert set(customers_of(desk)["promises"]) == {ada}
    origins = {
        tuple(row)
        for table in ("promises", "facts", "concessions", "refusals", "moods", "cases")
        for row in rows(desk, f"SELECT note_id, interaction_id, customer_id FROM {table}")
    }
    assert origins == {(saved.id, call, ada)}
    assert [(one.kind, one.words) for one in saved.records] == [
        ("promise", "call back"),
        ("fact", "mornings"),
        ("concession", "waived fee"),
        ("concession", "patience"),
        ("refusal", "the service plan"),
        ("mood", "so tired of this"),
        ("complaint", "nobody came on Monday"),
        ("question", "which boiler is it?"),
        ("promise", "send the invoice"),
        ("follow_up", "please check the route"),
        ("topic", "boiler"),
        ("agenda", "the visit that never came"),
    ]
    assert saved.records[0].due_at == FRIDAY_AT_TEN
    assert saved.records[0].id.startswith("p_")
    assert saved.records[-1].id == ids.show(ids.INTERACTION, call)
    assert saved.warnings == ()


def test_a_note_saved_twice_makes_its_records_once(desk: Desk, ada: int) -> None:
    note_id, call = new_id(), a_call(desk)
    desk.conversing.attach(call, ada)
    first = desk.noting.save(EVERY_MARK, interaction_id=call, note_id=note_id)
    made = counts(desk)
    again = desk.noting.save(EVERY_MARK, interaction_id=call, note_id=note_id)
    assert again == first
    assert counts(desk) == made


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (capture_records, "open_complaint"),
        (capture_calls, "add_topics"),
        (capture_calls, "set_agenda"),
    ],
)
def test_where_one_record_fails_nothing_is_left(
    desk: Desk, ada: int, monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    call = a_call(desk)
    desk.conversing.attach(call, ada)
    before = rows(desk, "SELECT count(*) FROM events")

    def full(*_: object, **__: object) -> None:
        raise Unavailable("disk full")

    monkeypatch.setattr(module, name, full)
    with pytest.raises(Unavailable):
        desk.noting.save(EVERY_MARK, interaction_id=call)
    assert counts(desk) == {}
    assert rows(desk, "SELECT * FROM notes") == []
    assert rows(desk, "SELECT count(*) FROM events") == before
    assert agenda(desk, call) is None


def test_a_due_time_counts_from_when_it_was_shown(migrated_url: str) -> None:
    clock = StandingClock()
    with closing(make_desk(migrated_url, now=clock)) as desk:
        ada = desk.registering.customer("Ada Hart")
        shown = clock()
        clock.move(minutes=2)
        saved = desk.noting.save("!call +1h", customer_id=ada, read_at=shown)
        assert saved.records[0].due_at == shown + timedelta(hours=1)
        later = desk.noting.save("!call +1h", customer_id=ada)
        assert later.records[0].due_at == clock() + timedelta(hours=1)
        ahead = clock() + timedelta(days=9)
        capped = desk.noting.save("!again +1h", customer_id=ada, read_at=ahead)
        assert capped.records[0].due_at == clock() + timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "words", "warning"),
    [
        ("!refund 01.02.2026", "refund 01.02.2026", "has passed"),
        ("!refund 31.02.", "refund 31.02.", "could not be told"),
    ],
)
def test_a_due_time_that_is_none_stays_in_the_words(
    desk: Desk, ada: int, text: str, words: str, warning: str
) -> None:
    saved = desk.noting.save(text, customer_id=ada)
    assert [(one.words, one.due_at) for one in saved.records] == [(words, None)]
    assert warning in saved.warnings[0]


def test_an_unknown_colleague_takes_nothing_over(desk: Desk, ada: int) -> None:
    saved = desk.noting.save("!refund +3d @nobody\n@nobody check the route", customer_id=ada)
    assert rows(desk, "SELECT offered_to_id, offered_by_id FROM promises") == [(None, None)]
    assert rows(desk, "SELECT * FROM follow_ups") == []
    assert ["@nobody" in warning for warning in saved.warnings] == [True, True]


def test_a_promise_handed_to_oneself_is_not_offered(desk: Desk, ada: int) -> None:
    saved = desk.noting.save("!refund +3d @mira", customer_id=ada)
    assert rows(desk, "SELECT offered_to_id, offered_by_id FROM promises") == [(None, None)]
    assert saved.warnings == ()


def test_without_an_interaction_the_agenda_stays_in_the_note(desk: Desk, ada: int) -> None:
    saved = desk.noting.save("wants: a visit #boiler", customer_id=ada)
    assert counts(desk) == {}
    assert saved.records == ()
    assert "no conversation is open" in saved.warnings[0]


def test_a_callback_number_is_kept_with_its_promise(desk: Desk, ada: int) -> None:
    desk.noting.save("!call back fri 10am on 020 7946 0018", customer_id=ada)
    [(text, contact)] = rows(desk, "SELECT text, contact FROM promises")
    assert (text, contact) == ("call back", "020 7946 0018")


def test_a_note_says_after_which_message_it_was_written(desk: Desk) -> None:
    call = a_call(desk)
    desk.noting.save("first", interaction_id=call)
    desk.sending.mark_line(call, "hello", "customer")
    desk.sending.mark_line(call, "again", "customer")
    desk.noting.save("second", interaction_id=call)
    assert rows(desk, "SELECT text, after_sequence FROM notes ORDER BY id") == [
        ("first", 0),
        ("second", 2),
    ]


def test_what_is_noted_of_nobody_becomes_records_when_they_are_known(
    desk: Desk, ada: int, migrated_url: str
) -> None:
    call = a_call(desk)
    saved = desk.noting.save(EVERY_MARK, interaction_id=call)
    assert counts(desk) == {"interaction_topics": 1}
    assert agenda(desk, call) == "the visit that never came"
    assert "when it is known who this is" in saved.warnings[-1]
    taken_back = desk.noting.save("!never mind", interaction_id=call)
    desk.noting.undo(taken_back.id)
    written = desk.noting.save("!send the form", interaction_id=call)
    desk.noting.correct(written.id, "!send the right form")
    with closing(make_desk(migrated_url, handle="lena", role="lead")) as other:
        other.conversing.attach(call, ada)
    [(mira,)] = rows(desk, "SELECT id FROM agents WHERE handle = 'mira'")
    assert rows(desk, "SELECT text, owner_id, due_at IS NULL FROM promises ORDER BY id") == [
        ("call back", mira, False),
        ("send the invoice", None, False),
        ("send the right form", mira, True),
    ]
    assert all(owners == {ada} for owners in customers_of(desk).values())
    made = counts(desk)
    desk.conversing.attach(call, ada)
    assert counts(desk) == made


def test_a_caller_whom_the_number_names_later_gets_what_was_noted(desk: Desk) -> None:
    first = a_call(desk, "1", "020 7946 0018")
    ada = desk.conversing.attach_to_new(first, "Ada Hart")
    call = a_call(desk, "2")
    desk.noting.save("!call back", interaction_id=call)
    desk.conversing.take(CallSignal("phone", "2", "held", sender="020 7946 0018"))
    assert customers_of(desk) == {"notes": {ada}, "promises": {ada}}


def test_a_note_that_is_all_marks_makes_no_more_than_anybody_types(desk: Desk, ada: int) -> None:
    saved = desk.noting.save("!a " * (MARKS_LIMIT + 50), customer_id=ada)
    assert counts(desk) == {"promises": MARKS_LIMIT}
    assert str(MARKS_LIMIT) in saved.warnings[0]


def test_long_words_are_cut_in_the_record_alone(desk: Desk, ada: int) -> None:
    text = f"={'long ' * 1_000}"
    desk.noting.save(text, customer_id=ada)
    [(kept,)] = rows(desk, "SELECT text FROM facts")
    assert len(kept) == WORDS_LIMIT
    assert kept.endswith("…")
    assert rows(desk, "SELECT text FROM notes") == [(text.rstrip(),)]


SIGNS = ("!", "theirs: ", "=", "gave: ", "no: ", "mood: ", "complaint: ", "ask: ", "wants: ", "#")


def test_hostile_words_are_inert_in_every_record(desk: Desk, ada: int) -> None:
    call = a_call(desk)
    desk.conversing.attach(call, ada)
    for text in NASTY:
        desk.noting.save(
            "\n".join(f"{sign}x{text} 5 EUR @asha {text}" for sign in SIGNS), interaction_id=call
        )
    found = [
        text
        for table, column in (
            ("promises", "text"),
            ("facts", "text"),
            ("concessions", "kind"),
            ("refusals", "what"),
            ("moods", "text"),
            ("cases", "title"),
            ("questions", "text"),
            ("interactions", "agenda"),
            ("interaction_topics", "topic"),
            ("follow_ups", "text"),
        )
        for (text,) in rows(desk, f"SELECT {column} FROM {table}")
    ]
    assert len(found) > 5 * len(NASTY)
    assert all(is_clean(text) for text in found)


def test_a_card_number_in_a_mark_is_in_no_record(desk: Desk, ada: int) -> None:
    saved = desk.noting.save("!refund to 4111 1111 1111 1111 fri", customer_id=ada)
    assert saved.masked == 1
    [(text, mark)] = rows(desk, "SELECT text, mark FROM promises")
    assert "4111 1111" not in text + mark
    assert "1111" in text


def test_no_event_of_a_note_holds_its_words(desk: Desk, ada: int) -> None:
    call = a_call(desk)
    desk.conversing.attach(call, ada)
    words = "zanzibar"
    every = "\n".join(f"{sign}{words} fri" for sign in SIGNS)
    saved = desk.noting.save(f"{every}\n@asha {words}", interaction_id=call)
    newer = desk.noting.correct(saved.id, f"{every}\n!{words} again")
    desk.noting.undo(newer.id)
    desk.noting.undo(saved.id)
    events = rows(desk, "SELECT * FROM events")
    kinds = {row[0] for row in rows(desk, "SELECT DISTINCT kind FROM events")}
    assert {
        "note.added",
        "note.corrected",
        "note.undone",
        "promise.made",
        "promise.taken_back",
        "fact.made",
        "concession.made",
        "refusal.made",
        "mood.made",
        "question.made",
        "follow_up.made",
        "complaint.opened",
        "agenda.set",
    } <= kinds
    assert words not in repr(events).lower()


PIECES = st.sampled_from(
    [
        *SIGNS,
        "@asha ",
        "@nobody ",
        "call back ",
        "fri 10am ",
        "£20 ",
        "\n",
        '"',
        "\\",
        "x ",
        "31.02. ",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=TEXTS, second=TEXTS, third=TEXTS)
def test_what_is_taken_back_leaves_everything_as_it_was(
    noting_on_a_file: tuple[Desk, int], first: str, second: str, third: str
) -> None:
    desk, call = noting_on_a_file

    def state() -> object:
        kinds = ("text, side, due_at, offered_to_id", "promises"), ("kind, text", "facts")
        told = [sorted(map(repr, rows(desk, f"SELECT {what} FROM {t}"))) for what, t in kinds]
        return counts(desk), agenda(desk, call), topics(desk, call), told

    states = [state()]
    written: list[int] = []
    for text in (first, second, third):
        if not text.strip() or not text.strip("\x00"):
            continue
        if written:
            saved = desk.noting.correct(written[-1], text)
        else:
            saved = desk.noting.save(text, interaction_id=call)
        if saved.id not in written:
            written.append(saved.id)
            states.append(state())
    while written:
        assert state() == states.pop()
        assert desk.noting.last() == written[-1]
        desk.noting.undo(written.pop())
    assert state() == states.pop()


@pytest.fixture
def noting_on_a_file(migrated_sqlite_url: str) -> Iterator[tuple[Desk, int]]:
    make_desk(migrated_sqlite_url, handle="asha").close()
    with closing(make_desk(migrated_sqlite_url)) as desk:
        call = a_call(desk)
        desk.conversing.attach(call, desk.registering.customer("Ada Hart"))
        desk.noting.save("!one before =knows a thing #topic wants: peace", interaction_id=call)
        yield desk, call


def test_what_looks_like_a_sum_and_is_none_is_told(mira: Desk) -> None:
    ada = mira.registering.customer("Ada Hart")
    saved = mira.noting.save("gave: refund £t got: patience gave: £20", customer_id=ada)
    assert saved.warnings == ("“£t” is no sum of money: it was noted without one",)
    assert len(saved.records) == 3
