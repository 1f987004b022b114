"""Every state of every panel stands in words: nothing, loading, failed, full; at three sizes."""

from __future__ import annotations

import shutil
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from agent_tui.domain.tables.conversations import Interaction, Message
from agent_tui.domain.values.ids import new_id
from agent_tui.errors import Unavailable
from agent_tui.storage import schema
from agent_tui.tui.app import DeskApp
from tests.builders import make_desk
from tests.tui.conftest import NOW, ZONE, Open, Stage

if TYPE_CHECKING:
    from pathlib import Path

    from agent_tui.services.desk import Desk

SIZES = ((80, 24), (120, 36), (200, 60))
each_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: "{}x{}".format(*size))

NOTHING_KNOWN = "Nora Nix"
TALKER = "Tal Kertész"
ENTRIES = 10_000
LAST = f"it was said {ENTRIES}"
LONG = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Cholmondeley Maximiliane von und zu"
NAMES = (
    LONG,
    "أحمد العربي نام",
    "משה כהן נם",
    "👩‍🚒 Emma 🎈 Nam",
    "山田 太郎 ナム",
    "Zoë Ñandú-Łękńam",
    "Nam e\u0301 with marks o\u0308n it",
)
"""Names that are long, are read from right to left, take two cells a letter, or none."""


def named(what: str, size: tuple[int, int]) -> str:
    return "{}-{}x{}".format(what, *size)


@pytest.fixture(scope="module")
def states_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk of people with nothing, with far too much, and with names of all kinds."""
    path = tmp_path_factory.mktemp("states") / "desk.sqlite"
    schema.upgrade(f"sqlite:///{path}")
    desk = make_desk(f"sqlite:///{path}", now=NOW - timedelta(days=1), zone=ZONE)
    desk.registering.customer(NOTHING_KNOWN)
    talker = desk.registering.customer(TALKER)
    talks_much(desk, talker)
    for number, name in enumerate(NAMES):
        customer = desk.registering.customer(name, company=f"{name} & Co", city="Leeds")
        desk.noting.save(f"{name} called\n{name} {name} #visit", customer_id=customer)
        if not number:
            desk.noting.save("!" + f"call {name} back " * 4 + "fri 10am", customer_id=customer)
    desk.close()
    return path


def talks_much(desk: Desk, customer_id: int) -> None:
    """Ten thousand entries in forty chats."""
    calls = 40
    each = ENTRIES // calls
    with desk.writing() as unit:
        for number in range(calls):
            opened = NOW - timedelta(days=calls - number)
            call = Interaction(
                customer_id=customer_id,
                channel="chat",
                direction="in",
                state="wrapped_up",
                met="yes",
                opened_at=opened,
            )
            unit.add(call)
            unit.insert_many(
                Message,
                [
                    {
                        "id": new_id(),
                        "interaction_id": call.id,
                        "sequence": said + 1,
                        "at": opened + timedelta(seconds=said),
                        "speaker": "customer" if said % 2 else "agent",
                        "text": f"it was said {number * each + said + 1}",
                        "final": True,
                        "delivery": "none",
                    }
                    for said in range(each)
                ],
            )


@pytest.fixture
def url(states_file: Path, tmp_path: Path) -> str:
    copy = tmp_path / "states.sqlite"
    shutil.copy(states_file, copy)
    return f"sqlite:///{copy}"


async def open_somebody(stage: Stage, name: str) -> None:
    await stage.type(name)
    await stage.until("▸ ", "Before you speak", gone="Who it is and what matters")
    await stage.press("enter")


@each_size
async def test_while_the_desk_opens_it_says_so(size: tuple[int, int], url: str) -> None:
    wait = threading.Event()
    desk = make_desk(url, now=NOW, zone=ZONE)

    def opened() -> Desk:
        wait.wait(30)
        return desk

    app = DeskApp(opened)
    async with app.run_test(size=size) as pilot:
        stage = Stage(app, pilot, desk, lambda: NOW)  # type: ignore[arg-type]
        try:
            await stage.looks_like(named("state-opening", size))
        finally:
            wait.set()
        await stage.until("Mira")
        await app.action_quit()
    desk.close()


@each_size
async def test_while_somebody_is_read_it_says_so(
    size: tuple[int, int], url: str, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait = threading.Event()
    async with open_app(size=size, url=url) as stage:
        for what in ("customer", "newest"):
            hold(stage.desk.opening, what, wait, monkeypatch)
        await stage.type(NOTHING_KNOWN)
        await stage.until(f"▸ {NOTHING_KNOWN}")
        await stage.press("enter")
        try:
            await stage.looks_like(named("state-loading", size))
        finally:
            wait.set()
        await stage.until("nothing is known yet")


def hold(service: object, what: str, wait: threading.Event, patch: pytest.MonkeyPatch) -> None:
    """Whatever is read there waits for the event."""
    read = getattr(service, what)

    def later(*words: object, **named: object) -> object:
        wait.wait(30)
        return read(*words, **named)

    patch.setattr(service, what, later)


def refuse(*_words: object, **_named: object) -> None:
    raise Unavailable("the server does not answer: ask whoever runs it")


@each_size
async def test_what_cannot_be_read_is_said_where_it_would_stand(
    size: tuple[int, int], url: str, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(size=size, url=url) as stage:
        await stage.type(NOTHING_KNOWN)
        await stage.until(f"▸ {NOTHING_KNOWN}", "nothing is known yet")
        for what in ("customer", "newest"):
            monkeypatch.setattr(stage.desk.opening, what, refuse)
        monkeypatch.setattr(stage.desk.looking_back, "newest", refuse)
        monkeypatch.setattr(stage.desk.finding, "find", refuse)
        await stage.press("enter")
        await stage.until("ask whoever runs it")
        await stage.press("slash")
        await stage.type("n")
        await stage.looks_like(named("state-failed", size))


@each_size
async def test_a_timeline_that_is_read_or_cannot_be_says_so(
    size: tuple[int, int], url: str, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait = threading.Event()
    async with open_app(size=size, url=url) as stage:
        hold(stage.desk.looking_back, "earlier", wait, monkeypatch)
        await open_somebody(stage, TALKER)
        await stage.until(f"about {TALKER}")
        await stage.press("t")
        try:
            await stage.until("Loading…")
            await stage.looks_like(named("state-timeline-loading", size))
        finally:
            wait.set()
        await stage.until("they wrote", gone="Loading…")
    async with open_app(size=size, url=url) as stage:
        monkeypatch.setattr(stage.desk.looking_back, "earlier", refuse)
        await open_somebody(stage, TALKER)
        await stage.until(f"about {TALKER}")
        await stage.press("t")
        await stage.until("server does not", gone="Loading…")
        await stage.looks_like(named("state-timeline-failed", size))


@each_size
async def test_scripts_that_are_read_or_cannot_be_say_so(
    size: tuple[int, int], url: str, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait = threading.Event()
    async with open_app(size=size, url=url) as stage:
        hold(stage.desk.scripting, "fitting", wait, monkeypatch)
        await open_somebody(stage, NOTHING_KNOWN)
        await stage.until(f"about {NOTHING_KNOWN}")
        await stage.press("f5")
        try:
            await stage.until("Reading the scripts…")
            await stage.looks_like(named("state-scripts-loading", size))
        finally:
            wait.set()
        await stage.until("There are no scripts yet")
    async with open_app(size=size, url=url) as stage:
        monkeypatch.setattr(stage.desk.scripting, "fitting", refuse)
        await open_somebody(stage, NOTHING_KNOWN)
        await stage.until(f"about {NOTHING_KNOWN}")
        await stage.press("f5")
        await stage.until("cannot be used right now")
        await stage.looks_like(named("state-scripts-failed", size))


@each_size
async def test_today_that_cannot_be_read_says_so(
    size: tuple[int, int], url: str, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(size=size, url=url) as stage:
        monkeypatch.setattr(stage.desk.opening, "today", refuse)
        stage.app._desk_screen.ask_today()
        await stage.looks_like(named("state-today-failed", size))


@each_size
async def test_nobody_found_says_what_can_be_done(
    size: tuple[int, int], url: str, open_app: Open
) -> None:
    async with open_app(size=size, url=url) as stage:
        await stage.type("xylophone")
        await stage.until("Nobody answers")
        await stage.looks_like(named("state-nobody", size))


@each_size
async def test_somebody_of_whom_nothing_is_known(
    size: tuple[int, int], url: str, open_app: Open
) -> None:
    async with open_app(size=size, url=url) as stage:
        await open_somebody(stage, NOTHING_KNOWN)
        await stage.until(f"about {NOTHING_KNOWN}")
        await stage.looks_like(named("state-nothing-known", size))


@each_size
async def test_somebody_with_ten_thousand_entries(
    size: tuple[int, int], url: str, open_app: Open
) -> None:
    async with open_app(size=size, url=url) as stage:
        await open_somebody(stage, "tal kert")
        await stage.until(f"about {TALKER}", LAST)
        await stage.looks_like(named("state-ten-thousand", size))


@each_size
async def test_names_of_all_kinds_stand_in_their_columns(
    size: tuple[int, int], url: str, open_app: Open
) -> None:
    async with open_app(size=size, url=url) as stage:
        await stage.looks_like(named("state-names-today", size))
        await stage.type("leeds")
        await stage.until("▸ ", "Before you speak")
        await stage.looks_like(named("state-names-found", size))


@each_size
@pytest.mark.parametrize(
    ("what", "query"), [("long", "wolfesch"), ("rtl", "משה"), ("emoji", "emma")]
)
async def test_somebody_with_such_a_name_is_opened(
    size: tuple[int, int], url: str, open_app: Open, what: str, query: str
) -> None:
    async with open_app(size=size, url=url) as stage:
        await open_somebody(stage, query)
        await stage.until("about ", "Timeline", "#visit" if what != "long" else "10am")
        await stage.looks_like(named(f"state-{what}-name", size))


async def test_from_size_to_size_and_back_everything_keeps_its_place(
    url: str, open_app: Open
) -> None:
    async with open_app(size=SIZES[1], url=url) as stage:
        await open_somebody(stage, "tal kert")
        await stage.until(f"about {TALKER}", LAST)
        await stage.press("f4")
        await stage.type("half a thought")
        await stage.until("half a thought", "draft kept")
        before = stage.shown
        for size in (SIZES[0], SIZES[2], (60, 16), (30, 8), SIZES[0], SIZES[1]):
            await stage.pilot.resize_terminal(*size)
            await stage.sees(lambda size=size: stage.app.size == size)  # type: ignore[misc]
        await stage.sees(lambda: stage.shown == before)
        await stage.type(" more")
        await stage.until("half a thought more")
