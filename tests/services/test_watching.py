"""Watching: changes in order until told to stop, through the loss of a server."""

from __future__ import annotations

import threading

import psycopg

from agent_tui.errors import StorageError
from agent_tui.services.watching import Watching
from tests.builders import make_desk
from tests.postgres import hang_up


class Listener:
    """Runs a watch in a thread and keeps what it says."""

    def __init__(self, watching: Watching) -> None:
        self.kinds: list[str] = []
        self.errors: list[StorageError] = []
        self.news = threading.Condition()
        self.stop = threading.Event()
        self.thread = threading.Thread(
            target=watching.run, args=(self.hear, self.stop, self.lose), daemon=True
        )
        self.thread.start()

    def hear(self, changes: list[object]) -> None:
        with self.news:
            self.kinds += [change.kind for change in changes]  # type: ignore[attr-defined]
            self.news.notify_all()

    def lose(self, error: StorageError) -> None:
        with self.news:
            self.errors.append(error)
            self.news.notify_all()

    def wait_for(self, kind: str) -> None:
        with self.news:
            assert self.news.wait_for(lambda: kind in self.kinds, 20)

    def end(self) -> None:
        self.stop.set()
        self.thread.join(20)
        assert not self.thread.is_alive()


def test_changes_are_heard_until_told_to_stop(migrated_url: str) -> None:
    desk = make_desk(migrated_url)
    listener = Listener(desk.watching)
    other = make_desk(migrated_url, handle="asha")
    names = iter(range(1_000))
    while "customer.added" not in listener.kinds:
        other.registering.customer(f"Ada {next(names)}")
        with listener.news:
            listener.news.wait_for(lambda: "customer.added" in listener.kinds, 0.2)
    listener.end()
    assert listener.errors == []
    desk.close()
    other.close()


def test_what_happened_while_the_server_was_lost_is_heard_too(migrated_postgres_url: str) -> None:
    desk = make_desk(migrated_postgres_url)
    listener = Listener(Watching(desk, retry_seconds=0.01))
    writer = make_desk(migrated_postgres_url, handle="asha")
    names = iter(range(1_000))
    while not listener.kinds:
        writer.registering.customer(f"Ada {next(names)}")
        with listener.news:
            listener.news.wait_for(lambda: bool(listener.kinds), 0.2)
    listener.kinds.clear()
    hang_up(migrated_postgres_url)
    with psycopg.connect(migrated_postgres_url) as server:
        server.execute("INSERT INTO events (at, kind) VALUES (now(), 'meanwhile')")
    listener.wait_for("meanwhile")
    assert listener.errors
    listener.end()
    assert listener.kinds.count("meanwhile") == 1
    desk.close()
    writer.close()
