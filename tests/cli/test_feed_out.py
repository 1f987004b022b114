"""`feed --out`: what agents send is printed once, in order, and waits for whoever can print it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

import pytest

from agent_tui.domain.values import ids
from agent_tui.domain.values.signals import CallSignal
from agent_tui.services.desk import Desk
from tests.builders import make_desk
from tests.cli.conftest import Run
from tests.cli.test_docs import SECTIONS, example, shape

PATIENCE_S = 30.0


@pytest.fixture
def agent(desk: Path) -> Iterator[Desk]:
    """An agent at the same desk, on which a chat has begun."""
    from agent_tui.clock import utc_now

    with closing(make_desk(f"sqlite:///{desk}", now=utc_now)) as made:
        made.conversing.take(CallSignal("chat", "7", "ringing", sender="@ada"))
        yield made


def send(agent: Desk, text: str) -> str:
    """Send a text in the chat; the id under which the channel is told of it."""
    chat = agent.store.reader().row("SELECT id FROM interactions WHERE external_id = '7'")
    assert chat is not None
    return ids.show(ids.MESSAGE, agent.sending.send(chat[0], text))


def deliveries(desk: Path) -> list[tuple[str, str | None]]:
    with closing(sqlite3.connect(desk)) as connection:
        return connection.execute(
            "SELECT delivery, failure FROM messages WHERE author_id IS NOT NULL ORDER BY sequence"
        ).fetchall()


def until(desk: Path, sql: str) -> None:
    """Wait until a question has an answer."""
    end = time.monotonic() + PATIENCE_S
    with closing(sqlite3.connect(desk)) as connection:
        while connection.execute(sql).fetchone() is None:
            assert time.monotonic() < end, sql
            time.sleep(0.01)


def feed(*words: str, stdout: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
    """A feed as a process that stays open."""
    return subprocess.Popen(
        [sys.executable, "-m", "agent_tui", "feed", "--out", "--channel", "chat", *words],
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=dict(os.environ),
    )


@contextmanager
def feeding(*words: str) -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes], IO[bytes]]]:
    """A feed with its two ends; it is ended and must end well."""
    with feed(*words) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process, process.stdin, process.stdout
        process.stdin.close()
        assert process.wait(PATIENCE_S) == 0


def told(line: bytes) -> Any:
    return json.loads(line)


def tell(stream: IO[bytes], **event: str) -> None:
    stream.write(json.dumps(event).encode() + b"\n")
    stream.flush()


def test_what_waits_is_printed_as_the_contract_spells_it(
    process: Run, agent: Desk, desk: Path
) -> None:
    message = send(agent, "An engineer comes\n“tomorrow” \x1b[2J at ten.")
    ended = process("feed", "--out", "--channel", "chat")
    assert (ended.code, ended.err) == (0, "")
    assert list(ended.json) == list(example("feed"))
    assert shape(ended.json) == shape(example("feed"))
    assert ended.json["text"].startswith("An engineer comes\n“tomorrow” ")
    assert "\x1b" not in ended.json["text"]
    assert (ended.json["type"], ended.json["call"], ended.json["id"]) == ("send", "7", message)
    assert deliveries(desk) == [("sent", None)]
    assert process("feed", "--out", "--channel", "chat").out == ""


def test_other_channels_and_a_feed_without_out_take_nothing(
    process: Run, agent: Desk, desk: Path
) -> None:
    send(agent, "Hello.")
    assert process("feed", "--channel", "chat").out == ""
    assert process("feed", "--out").out == ""
    assert process("feed", "--out", "--channel", "sms").out == ""
    assert deliveries(desk) == [("waiting", None)]


def test_what_is_sent_while_it_runs_is_printed_and_its_fate_is_taken(
    agent: Desk, desk: Path
) -> None:
    with feeding() as (_, stdin, stdout):
        first = send(agent, "one")
        assert told(stdout.readline())["id"] == first
        until(desk, "SELECT 1 FROM messages WHERE delivery = 'sent'")
        tell(stdin, type="failed", call="7", id=first, reason="no such\nnumber")
        until(desk, "SELECT 1 FROM messages WHERE delivery = 'failed'")
        assert deliveries(desk) == [("failed", "no such number")]
        agent.sending.again(ids.parse(ids.MESSAGE, first) or 0)
        assert told(stdout.readline()) == {"type": "send", "call": "7", "id": first, "text": "one"}
        tell(stdin, type="delivered", call="7", id=first)
        tell(stdin, type="failed", call="7", id=first)
        send(agent, "two")
        assert told(stdout.readline())["text"] == "two"
    assert deliveries(desk) == [("delivered", None), ("sent", None)]


def test_a_report_of_what_was_never_sent_is_a_bad_line(process: Run, agent: Desk) -> None:
    line = b'{"type": "delivered", "call": "7", "id": "m_0SA5F1V8C3N2K"}\n'
    ended = process("feed", "--out", "--channel", "chat", stdin=line)
    assert ended.code == 3
    assert ended.err.startswith("line 1:")


def test_a_line_too_long_for_us_does_not_end_it(process: Run, agent: Desk) -> None:
    send(agent, "Hello.")
    ended = process("feed", "--out", "--channel", "chat", stdin=b"x" * 9_000_000 + b"\n")
    assert ended.code == 3
    assert ended.err.startswith("line 1:")
    assert ended.json["text"] == "Hello."


def test_where_nobody_reads_any_more_the_rest_waits_for_the_next(
    process: Run, agent: Desk, desk: Path
) -> None:
    reading, writing = os.pipe()
    with feed(stdout=writing) as broken:
        os.close(writing)
        send(agent, "one")
        with open(reading, "rb") as stdout:
            assert told(stdout.readline())["text"] == "one"
            until(desk, "SELECT 1 FROM messages WHERE delivery = 'sent'")
        send(agent, "two")
        # Its stdin is still open: that its reader went away is what ends it.
        assert broken.wait(PATIENCE_S) == 0
        assert broken.stderr is not None
        assert broken.stderr.read() == b""
    assert deliveries(desk) == [("sent", None), ("waiting", None)]
    assert process("feed", "--out", "--channel", "chat").json["text"] == "two"


def test_what_was_in_hand_when_it_was_killed_is_printed_again_under_its_id(
    process: Run, agent: Desk, desk: Path
) -> None:
    message = send(agent, "long " * 100_000)
    with feed() as killed:
        # The pipe holds less than the line: it is claimed, and cannot have been printed.
        until(desk, "SELECT 1 FROM messages WHERE claimed_at IS NOT NULL")
        killed.send_signal(signal.SIGKILL)
        killed.wait(PATIENCE_S)
    assert deliveries(desk) == [("waiting", None)]
    half_a_minute_passes(desk)
    ended = process("feed", "--out", "--channel", "chat")
    assert (ended.code, ended.json["id"]) == (0, message)
    assert deliveries(desk) == [("sent", None)]


def half_a_minute_passes(desk: Path) -> None:
    with closing(sqlite3.connect(desk)) as connection, connection:
        connection.execute("UPDATE messages SET claimed_at = claimed_at - 30000000")


def test_two_feeds_print_each_message_once(agent: Desk, desk: Path) -> None:
    with feed() as one, feed() as two:
        sent = [send(agent, str(number)) for number in range(30)]
        ends = [process.communicate(timeout=PATIENCE_S) for process in (one, two)]
        assert (one.returncode, two.returncode) == (0, 0)
    printed = [told(line)["id"] for out, _ in ends for line in out.splitlines()]
    assert sorted(printed) == sorted(sent)
    assert {state for state, _ in deliveries(desk)} == {"sent"}


def test_ctrl_c_ends_it_and_what_waits_goes_on_waiting(agent: Desk, desk: Path) -> None:
    with feed() as process:
        send(agent, "Hello.")
        assert process.stdout is not None
        assert told(process.stdout.readline())["text"] == "Hello."
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == 130


def test_the_reports_in_the_docs_are_taken(process: Run, agent: Desk, desk: Path) -> None:
    message = send(agent, "Hello.")
    process("feed", "--out", "--channel", "chat")
    lines = [line for line in SECTIONS["feed"].splitlines() if line.startswith('{"type": "')]
    reports = [line.replace("m_0SA5F1V8C3N2K", message) for line in lines if "send" not in line]
    assert len(reports) == 2
    ended = process("feed", "--channel", "chat", stdin="\n".join(reversed(reports)).encode())
    assert (ended.code, ended.err) == (0, "")
    assert deliveries(desk) == [("delivered", None)]
