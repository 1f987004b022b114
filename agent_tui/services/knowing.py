"""Knowing a person: what they said, what they refused, who is around them, what was given and
taken, who else has the same matter, and the one thing that is worth asking."""

from __future__ import annotations

from agent_tui.services.knowing_facts import Facts
from agent_tui.services.knowing_herd import SameMatter
from agent_tui.services.knowing_ledger import Ledger
from agent_tui.services.knowing_prompts import Prompts
from agent_tui.services.knowing_refusals import Refusals
from agent_tui.services.knowing_ties import Ties


class Knowing(Facts, Refusals, Ties, Ledger, SameMatter, Prompts):
    """All that is done about what is known of customers; each part is one idea."""
