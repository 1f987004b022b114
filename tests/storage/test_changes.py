"""The change feed: every event once, whoever writes and in whatever order it commits."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from agent_tui.errors import StorageError
from agent_tui.storage.changes import IDLE_POLL_SECONDS, POLL_SECONDS, ChangeFeed
from agent_tui.storage.location import locate
from agent_tui.storage.store import Store
from tests.builders import NOON
from tests.postgres import hang_up
from tests.processes import run_python

WRITE = """
import sys
from datetime import UTC, datetime
from agent_tui.storage.location import locate
from agent_tui.storage.store import Store
from tests.postgres import hang_up
store = Store(locate(sys.argv[1]))
for number in range(3):
    with store.writing(now=datetime.now(UTC), agent_id=5) as unit:
        unit.record(f"first.{number}", customer_id=1, interaction_id=2, subject="c_1")
        unit.record(f"second.{number}")
"""


@pytest.fixture
def store(migrated_url: str) -> Iterator[Store]:
    with closing(Store(locate(migrated_url))) as opened:
        yield opened


def write(store: Store, *kinds: str) -> None:
    with store.writing(now=NOON, agent_id=None) as unit:
        for kind in kinds:
            unit.record(kind)


def heard(feed: ChangeFeed, seconds: float = 0.0) -> list[str]:
    return [change.kind for change in feed.wait(seconds)]


def test_what_another_process_commits_is_heard_once_and_in_order(
    store: Store, migrated_url: str
) -> None:
    write(store, "before")
    with closing(store.feed()) as feed:
        assert feed.wait(0) == []
        run_python(WRITE, migrated_url)
        changes = feed.wait(5)
        assert [change.kind for change in changes] == [
            f"{place}.{number}" for number in range(3) for place in ("first", "second")
        ]
        first = changes[0]
        assert (first.agent_id, first.customer_id, first.interaction_id) == (5, 1, 2)
        assert first.subject == "c_1"
        assert feed.wait(0) == []


def test_what_was_undone_is_never_heard(store: Store) -> None:
    with closing(store.feed()) as feed:
        with pytest.raises(RuntimeError):
            _write_and_fail(store)
        assert heard(feed) == []
        write(store, "after")
        assert heard(feed, 5) == ["after"]


def _write_and_fail(store: Store) -> None:
    with store.writing(now=NOON, agent_id=None) as unit:
        unit.record("undone")
        raise RuntimeError


def test_a_feed_goes_on_where_a_lost_one_ended(store: Store) -> None:
    with closing(store.feed()) as feed:
        write(store, "one")
        assert heard(feed, 5) == ["one"]
        place = feed.place
    write(store, "two", "three")
    with closing(store.feed(place)) as feed:
        assert heard(feed) == ["two", "three"]
        assert heard(feed) == []


def test_many_writers_at_once_are_heard_exactly(store: Store) -> None:
    start = threading.Barrier(5)
    left = threading.Semaphore(0)

    def work(name: int) -> None:
        start.wait()
        for number in range(8):
            write(store, f"{name}.{number}a", f"{name}.{number}b")
        left.release()

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    with closing(store.feed()) as feed:
        for thread in threads:
            thread.start()
        start.wait()
        said: list[str] = []
        while any(thread.is_alive() for thread in threads):
            said += heard(feed, 0.05)
        said += heard(feed)
    written = [row[0] for row in store.reader().rows("SELECT kind FROM events")]
    assert len(said) == 64
    assert sorted(said) == sorted(written)
    places = {kind: place for place, kind in enumerate(said)}
    for name in range(4):
        for number in range(8):
            assert places[f"{name}.{number}b"] == places[f"{name}.{number}a"] + 1
        mine = [places[f"{name}.{number}a"] for number in range(8)]
        assert mine == sorted(mine)


def test_transactions_that_commit_out_of_order_are_neither_lost_nor_doubled(
    migrated_postgres_url: str,
) -> None:
    store = Store(locate(migrated_postgres_url))
    insert = "INSERT INTO events (at, kind) VALUES (now(), %s)"
    early = psycopg.connect(migrated_postgres_url)
    undone = psycopg.connect(migrated_postgres_url)
    early.execute(insert, ["before the feed"])
    with closing(store.feed()) as feed:
        early.execute(insert, ["early"])
        undone.execute(insert, ["undone"])
        write(store, "late")
        assert heard(feed, 5) == ["late"]
        write(store, "later")
        assert heard(feed, 5) == ["later"]
        assert heard(feed) == []
        place = feed.place
        early.commit()
        assert heard(feed) == ["before the feed", "early"]
        undone.rollback()
        assert heard(feed) == []
        assert feed.place.beyond == frozenset()
    with closing(store.feed(place)) as again:
        assert heard(again) == ["before the feed", "early"]
    early.close()
    undone.close()
    store.close()


def test_a_lost_server_is_an_error_of_ours(migrated_postgres_url: str) -> None:
    feed = ChangeFeed(locate(migrated_postgres_url))
    hang_up(migrated_postgres_url)
    with pytest.raises(StorageError):
        feed.wait(5)
    feed.close()


class Paused(Exception):
    """A feed was about to wait between two looks; its argument is for how long."""


def test_what_is_written_without_an_event_does_not_hurry_a_feed(
    migrated_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sleep(seconds: float) -> None:
        raise Paused(seconds)

    monkeypatch.setattr(time, "sleep", sleep)
    with (
        closing(Store(locate(migrated_sqlite_url))) as store,
        closing(store.feed()) as feed,
    ):

        def pause() -> float:
            with pytest.raises(Paused) as caught:
                feed.wait(5)
            return float(caught.value.args[0])

        with store.writing(now=NOON, agent_id=None) as unit:
            unit.execute("UPDATE teams SET name = 'Another'")
        assert heard(feed) == []
        assert pause() == IDLE_POLL_SECONDS
        write(store, "news")
        assert heard(feed) == ["news"]
        assert pause() == POLL_SECONDS


def test_a_writer_wakes_the_feed_that_waits(store: Store) -> None:
    entered = threading.Event()
    said: list[list[str]] = []

    def listen() -> None:
        with closing(store.feed()) as feed:
            entered.set()
            said.append(heard(feed, 30))

    thread = threading.Thread(target=listen)
    thread.start()
    entered.wait()
    write(store, "news")
    thread.join(20)
    assert said == [["news"]]
