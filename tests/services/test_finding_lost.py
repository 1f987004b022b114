"""A server that was away for a moment: who is looked for is found again once it is back."""

from __future__ import annotations

from contextlib import closing

import psycopg
import pytest

from agent_tui.errors import Unavailable
from tests.builders import make_desk


def test_a_search_goes_on_after_its_connection_was_lost(migrated_postgres_url: str) -> None:
    with closing(make_desk(migrated_postgres_url)) as desk:
        desk.registering.customer("Ava Nguyen")
        assert [hit.name for hit in desk.finding.find("nguyen").hits] == ["Ava Nguyen"]
        with psycopg.connect(migrated_postgres_url, autocommit=True) as server:
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        with pytest.raises(Unavailable):
            desk.finding.find("nguy")
        assert [hit.name for hit in desk.finding.find("nguy").hits] == ["Ava Nguyen"]
