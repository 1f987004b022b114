"""Who works here: there is always somebody who may change that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from agent_tui.domain.values.kinds import Role
from agent_tui.errors import Refused, UsageError
from agent_tui.services.desk import Desk
from tests.builders import make_desk


@pytest.fixture
def lead(migrated_url: str) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, handle="noor", role="lead")) as made:
        yield made


def roles(desk: Desk) -> dict[str, str]:
    return {agent.handle: agent.role for agent in desk.staffing.everybody()}


@pytest.mark.parametrize("word", ["nobody", "Me", "@mine", "none", "any"])
def test_a_word_of_the_filters_is_no_handle(lead: Desk, word: str) -> None:
    with pytest.raises(UsageError, match="cannot be a handle, being a word of the filters"):
        lead.staffing.add(word)
    assert list(roles(lead)) == ["noor"]


@pytest.mark.parametrize("role", ["lead", "admin"])
def test_the_last_lead_stays_one(lead: Desk, role: Role) -> None:
    lead.staffing.add("asha")
    lead.staffing.place("noor", role=role)
    with pytest.raises(Refused, match="noor is the last lead here: make somebody else lead"):
        lead.staffing.place("@Noor", role="agent")
    assert roles(lead) == {"asha": "agent", "noor": role}
    lead.staffing.place("asha", role="agent", team="Night")
    lead.staffing.place("noor", team="Night")
    lead.staffing.place("asha", role="admin")
    lead.staffing.place("noor", role="agent")
    assert roles(lead) == {"asha": "admin", "noor": "agent"}
