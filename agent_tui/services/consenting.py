"""Whether somebody may be written to at all.

Who withdrew their consent for an address is not written to there: no role, reason or file brings
it back, only the customer's own word. An answer is another matter. Who writes to us asks for one,
and answering a request rests on the request, not on consent (Regulation (EU) 2016/679, Article
6(1)(b) beside Article 7(3)); what Directive 2002/58/EC, Article 13, forbids without consent is
unsolicited. So their last word in a conversation may be answered, whenever that is, and an answer
may go on for a day in further messages.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from agent_tui.domain.rules.contacts import forms_of_peer
from agent_tui.errors import Refused
from agent_tui.storage.queries import knowing, messages

if TYPE_CHECKING:
    from agent_tui.domain.tables import Interaction
    from agent_tui.storage.unit import UnitOfWork

GOES_ON_FOR = timedelta(hours=24)
"""For how long behind our first answer further messages are still part of it."""


def check_consent(unit: UnitOfWork, call: Interaction, region: str | None) -> None:
    """Raise Refused where the other end of a conversation may not be written to.

    `region` is the country of phone numbers that do not name one.
    """
    forms = forms_of_peer(call.peer, region) if call.peer else []
    if not knowing.is_withdrawn(unit.reader, normals=forms, customer_id=call.customer_id):
        return
    asked = messages.last_word(unit.reader, interaction_id=call.id)
    if asked is not None and (
        asked.answered_at is None or asked.answered_at >= unit.now - GOES_ON_FOR
    ):
        return
    raise Refused(
        "they withdrew their consent to be written to here: reach them in another way, or wait "
        "until they write"
    )
