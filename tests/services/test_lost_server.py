"""A server that was away for a moment: whoever asks once it is back hears nothing of that."""

from __future__ import annotations

from contextlib import closing

from agent_tui.domain.values.conversation import Whose
from tests.builders import make_desk
from tests.postgres import hang_up


def test_questions_go_on_after_their_connection_was_cut(migrated_postgres_url: str) -> None:
    with closing(make_desk(migrated_postgres_url)) as desk:
        ava = desk.registering.customer("Ava Nguyen")
        desk.noting.save("called", customer_id=ava)
        assert [hit.name for hit in desk.finding.find("nguyen").hits] == ["Ava Nguyen"]
        hang_up(migrated_postgres_url)
        assert [hit.name for hit in desk.finding.find("nguy").hits] == ["Ava Nguyen"]
        hang_up(migrated_postgres_url)
        assert desk.opening.customer(ava).dossier.customer.name == "Ava Nguyen"
        hang_up(migrated_postgres_url)
        desk.noting.save("called again", customer_id=ava)
        hang_up(migrated_postgres_url)
        assert len(desk.opening.newest(Whose(customer_id=ava)).passages) > 0
