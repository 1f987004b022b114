"""What a channel's report makes of a message that an agent sent."""

from __future__ import annotations

from agent_tui.domain.values.kinds import Delivery


def after_report(delivery: Delivery, *, delivered: bool, in_hand: bool) -> Delivery:
    """The delivery state after a report, whatever came late, twice or out of order.

    What arrived has arrived: no failure takes that back, and it is not sent again. A failure of a
    message that waits and is in no channel's hand (`in_hand`) is about an earlier try.
    """
    if delivered:
        return "delivered"
    if delivery == "delivered" or (delivery == "waiting" and not in_hand):
        return delivery
    return "failed"
