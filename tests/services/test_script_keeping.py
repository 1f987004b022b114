"""Scripts are kept in versions, by leads, and only where nothing is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agent_tui.errors import BadInput, NotFound, Refused
from agent_tui.services.desk import Desk
from tests.builders import StandingClock, make_desk
from tests.services.noted import rows
from tests.services.scripted import POLICY, VISIT, events, keep, on_the_line

CARD = "4111 1111 1111 1111"


@pytest.fixture
def lead(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    desk = make_desk(migrated_url, handle="noor", role="lead", now=clock)
    yield desk
    desk.close()


def test_a_script_is_kept_as_it_was_written(lead: Desk) -> None:
    taken = lead.scripting.take_in(VISIT.encode(), "visit")
    assert (taken.slug, taken.how, taken.number) == ("visit", "created", 1)
    [one] = lead.scripting.standing()
    assert (one.title, one.kind, one.number) == ("Visit overdue", "help", 1)
    assert (one.topics, one.fits, one.author) == (("boiler", "visit"), ("never came",), "Noor")
    kept = lead.scripting.kept("visit")
    assert kept.source == VISIT.rstrip()
    assert kept == lead.scripting.read(VISIT, "visit")
    assert events(lead) == [("script.created", "1")]


def test_the_same_text_changes_nothing_and_another_is_the_next_version(
    lead: Desk, clock: StandingClock
) -> None:
    keep(lead, visit=VISIT)
    again = lead.scripting.take_in(VISIT + "\r\n\n", "visit")
    assert (again.how, again.number) == ("unchanged", 1)
    clock.move(days=1)
    changed = lead.scripting.take_in(VISIT.replace("I am sorry", "we are sorry"), "visit")
    assert (changed.how, changed.number) == ("new_version", 2)
    [one] = lead.scripting.standing()
    assert one.number == 2
    assert rows(lead, "SELECT number, retired_at IS NULL FROM scripts ORDER BY number") == [
        (1, False),
        (2, True),
    ]
    assert events(lead) == [("script.created", "1"), ("script.new_version", "2")]


def test_a_script_with_errors_is_rejected_with_all_of_them(lead: Desk) -> None:
    wrong = VISIT.replace("-> Book the visit", "-> Bok the visit").replace("prefers D", "shoes D")
    taken = lead.scripting.take_in(wrong, "visit")
    assert (taken.how, taken.number) == ("rejected", None)
    errors = [(one.line, one.message) for one in taken.problems if one.severity == "error"]
    assert [line for line, _ in errors] == sorted(line for line, _ in errors)
    assert {11, 16} <= {line for line, _ in errors}
    assert lead.scripting.every() == ()
    assert events(lead) == []


def test_warnings_are_said_and_the_script_is_kept(lead: Desk) -> None:
    taken = lead.scripting.take_in(VISIT, "visit")
    assert taken.how == "created"
    assert {one.severity for one in taken.problems} == {"warning"}
    assert lead.scripting.check([("visit", VISIT)]) == (taken.problems,)


@pytest.mark.parametrize(
    ("data", "line", "why"),
    [
        (b"# Hello\n\nbad \xff bytes", 3, "UTF-8"),
        (b"# Hello\n\x00", 2, "acts"),
        ("# Hello\n\n\n\u202egnihton".encode(), 4, "acts"),
        (b"---\ntitle: Hello\n", 1, "never ends"),
        (b"# Hello\n\n" + b"word " * 200_000, 3, "too long"),
        ("# Step\n" * 9_000, 201, "steps"),
    ],
)
def test_what_cannot_be_read_is_rejected_with_its_line(
    lead: Desk, data: bytes | str, line: int, why: str
) -> None:
    taken = lead.scripting.take_in(data, "hostile")
    [problem] = taken.problems
    assert (taken.slug, taken.how, problem.line) == ("hostile", "rejected", line)
    assert why in problem.message
    with pytest.raises(BadInput, match=why):
        lead.scripting.read(data, "hostile")
    assert lead.scripting.every() == ()


def test_no_card_number_is_kept(lead: Desk) -> None:
    taken = lead.scripting.take_in(f"# Pay\n\nSay {CARD} aloud.\n", "pay")
    assert (taken.how, [one.severity for one in taken.problems]) == ("created", ["warning"])
    assert CARD not in repr(rows(lead, "SELECT * FROM scripts"))
    again = lead.scripting.take_in(f"# Pay\n\nSay {CARD} aloud.\n", "pay")
    assert again.how == "unchanged"


def test_scripts_of_one_import_lead_to_one_another_but_not_to_wrong_ones(lead: Desk) -> None:
    def leads_to(slug: str) -> str:
        return f"---\ntitle: To {slug}\n---\n\n## Go\n\n1. Go -> script: {slug}\n"

    alone = lead.scripting.take_in(leads_to("b"), "a")
    assert (alone.how, "b" in alone.problems[0].message) == ("rejected", True)
    files = [("a", leads_to("b")), ("b", leads_to("a")), ("c", leads_to("d")), ("d", "---\n")]
    taken = lead.scripting.take_in_all([*files, ("e", leads_to("c"))])
    assert [one.how for one in taken] == ["created", "created", "rejected", "rejected", "rejected"]
    assert lead.scripting.take_in(leads_to("a"), "f").how == "created"


def test_two_files_with_one_slug_are_not_two_versions(lead: Desk) -> None:
    other = "---\nslug: visit\n---\n\n## Hello\n\nHello.\n"
    first, second = lead.scripting.take_in_all([("visit", VISIT), ("other", other)])
    assert (first.how, second.how) == ("created", "rejected")
    assert "visit" in second.problems[0].message


def test_only_leads_take_in_and_retire(lead: Desk, migrated_url: str) -> None:
    keep(lead, visit=VISIT)
    agent = make_desk(migrated_url)
    for forbidden in (
        lambda: agent.scripting.take_in(POLICY, "returns"),
        lambda: agent.scripting.take_in("---\n", "broken"),
        lambda: agent.scripting.retire("visit"),
        lambda: agent.scripting.restore("visit"),
    ):
        with pytest.raises(Refused, match="lead or an admin"):
            forbidden()
    assert [one.slug for one in agent.scripting.standing()] == ["visit"]
    assert agent.scripting.check([("returns", POLICY)]) == ((),)
    agent.close()


def test_a_retired_script_is_not_opened_until_it_is_restored(lead: Desk) -> None:
    keep(lead, visit=VISIT)
    line = on_the_line(lead)
    lead.scripting.retire("visit")
    lead.scripting.retire("visit")
    assert lead.scripting.standing() == ()
    assert lead.scripting.fitting(line.who, line.call) == ()
    assert [one.retired_at is not None for one in lead.scripting.every()] == [True]
    with pytest.raises(Refused, match="retired"):
        lead.scripting.open("visit", line.who, line.call)
    taken = lead.scripting.take_in(VISIT, "visit")
    assert taken.how == "unchanged"
    assert "restore" in taken.problems[-1].message
    lead.scripting.restore("visit")
    lead.scripting.restore("visit")
    assert lead.scripting.open("visit", line.who, line.call).run.script.number == 1
    assert events(lead)[1:3] == [("script.retired", "1"), ("script.restored", "1")]
    for unknown in (lead.scripting.retire, lead.scripting.restore, lead.scripting.kept):
        with pytest.raises(NotFound):
            unknown("nothing")


def test_a_preview_with_a_customer_is_for_who_writes_scripts(lead: Desk, migrated_url: str) -> None:
    keep(lead, visit=VISIT)
    who = on_the_line(lead).who
    blank = lead.scripting.preview(lead.scripting.kept("visit"))
    assert blank[0].lines[0].text.startswith("{customer.first_name}, I am sorry")
    filled = lead.scripting.preview(lead.scripting.kept("visit"), who)
    assert [step.title for step in filled] == ["Say sorry", "Book the visit", "Say what happens"]
    assert filled[0].lines[0].text.startswith("Ada, I am sorry")
    agent = make_desk(migrated_url)
    assert agent.scripting.preview(agent.scripting.kept("visit")) == blank
    with pytest.raises(Refused, match="open the script"):
        agent.scripting.preview(agent.scripting.kept("visit"), who)
    agent.close()
