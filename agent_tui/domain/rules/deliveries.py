"""What a channel's report makes of a message that an agent sent, and whether it may go again."""

from __future__ import annotations

from agent_tui.domain.values.kinds import Delivery


def goes_again(delivery: Delivery, *, is_ours: bool) -> bool:
    """Whether a message may be sent again, as the same message.

    Whatever became of its conversation: a failure may be told of long after the channel ended it
    and somebody wrapped it up. The message alone is on its way again, and whether the customer got
    what they came for stays as it was said. A channel that no longer carries it says so by another
    failure.
    """
    return is_ours and delivery == "failed"


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
