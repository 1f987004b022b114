"""Capturing: a note is read with the desk's clock, zone, language and people."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from agent_tui.domain.values.people import Customer
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import NotFound
from agent_tui.services.desk import Desk
from agent_tui.services.staffing import add_agent
from tests.builders import NOON, StandingClock, make_desk

ADA = Customer(1, "Ada Hart", company="!x")


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, now=clock, zone=ZoneInfo("Europe/Berlin"))) as made:
        made.snippets = {"greet": "Hello {{ customer.first_name }}", "firm": "{{customer.company}}"}
        yield made


def call_about(desk: Desk, call: str, *topics: str) -> None:
    desk.conversing.take(CallSignal("phone", call, "answered"))
    interaction_id = desk.browsing.recent(limit=1)[0].id
    desk.noting.save(" ".join(f"#{topic}" for topic in topics), interaction_id=interaction_id)


def offered(desk: Desk, text: str, customer: Customer | None = None) -> dict[str, str]:
    found = desk.capturing.complete(text, len(text), customer)
    return {one.insert: one.description for one in found.candidates} if found else {}


def test_due_times_are_the_desks(desk: Desk) -> None:
    [promise] = desk.capturing.read("!call 17:00").marks
    assert promise.due is not None
    assert promise.due.at == datetime(2026, 3, 10, 16, tzinfo=UTC)
    desk.language, desk.region = "de", "US"
    [credit, promise] = desk.capturing.read("gave: $5 !rückruf übermorgen").marks
    assert promise.due is not None
    assert promise.due.at == datetime(2026, 3, 12, 16, tzinfo=UTC)
    assert credit.currency == "USD"


def test_a_note_that_was_written_earlier_is_read_as_of_then(desk: Desk) -> None:
    [promise] = desk.capturing.read("!call tomorrow", at=NOON - timedelta(days=7)).marks
    assert promise.due is not None
    assert (promise.due.at, promise.due.problem) == (NOON.replace(day=4, hour=16), None)


def test_agents_are_those_who_work_here(desk: Desk) -> None:
    def known() -> list[bool]:
        return [mark.is_known for mark in desk.capturing.read("@mira see\n@asha see").marks]

    assert known() == [True, False]
    with desk.writing() as unit:
        add_agent(unit, handle="asha", name="Asha Rao", role="agent")
    desk.capturing.refresh()
    assert known() == [True, True]
    assert offered(desk, "@ra") == {"@asha": "Asha Rao"}


def test_topics_in_use_come_first_and_are_remembered(desk: Desk, clock: StandingClock) -> None:
    for call, topics in enumerate([("zebra", "old"), ("zebra",), ("zebra",)]):
        call_about(desk, f"old-{call}", *topics)
    clock.move(days=100)
    for call, topics in enumerate([("visit", "boiler"), ("boiler",), ("attic",)]):
        call_about(desk, f"new-{call}", *topics)
    assert desk.capturing.vocabulary().topics == ("boiler", "attic", "visit", "old", "zebra")
    call_about(desk, "later", "late")
    assert offered(desk, "#la") == {}
    desk.capturing.refresh()
    assert offered(desk, "#la") == {"#late": "topic"}


def test_snippets_complete_to_their_words(desk: Desk) -> None:
    assert offered(desk, "said ;gr", ADA) == {"Hello Ada": ";greet"}
    assert offered(desk, ";f", ADA) == {"\\!x": ";firm"}
    assert desk.capturing.expand("firm", ADA, for_note=False) == "!x"
    assert desk.capturing.expand("greet") == "Hello {customer.first_name}"
    with pytest.raises(NotFound, match="no snippet “bye”"):
        desk.capturing.expand("bye")


def test_due_times_are_offered_with_what_they_mean(desk: Desk) -> None:
    assert offered(desk, "!call tom") == {
        "tomorrow": "Wed 11 Mar 17:00",
        "tomorrow morning": "Wed 11 Mar 12:00",
    }
    desk.language = "de"
    assert offered(desk, "!anruf über") == {"übermorgen": "Thu 12 Mar 17:00"}


def test_warming_up_changes_nothing(desk: Desk) -> None:
    before = desk.capturing.read("!call fri @mira")
    for language in ("en", "de", "it", "qq"):
        desk.language = language
        desk.capturing.warm_up()
    desk.language = "en"
    assert desk.capturing.read("!call fri @mira") == before


def test_english_notes_load_no_parser_of_dates_and_no_templates() -> None:
    code = (
        "import sys; from datetime import UTC, datetime\n"
        "import agent_tui.services.capturing\n"
        "from agent_tui.domain.rules.marks import Writer, read_note\n"
        "assert read_note('!call fri 10am', Writer(datetime.now(UTC), UTC)).marks[0].due\n"
        "assert not {'dateparser', 'jinja2', 'sqlmodel'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
