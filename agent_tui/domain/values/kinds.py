"""The closed lists of the domain, as the file and command line contract spells them."""

from __future__ import annotations

from typing import Literal

ContactKind = Literal["phone", "email", "handle", "account", "order", "address"]
Consent = Literal["given", "withdrawn", "unknown"]
ChannelName = Literal["phone", "chat", "email", "sms", "visit", "web", "other"]
MESSAGE_CHANNELS: frozenset[ChannelName] = frozenset({"chat", "email", "sms", "web", "other"})
"""The channels on which an agent sends text; of a call or a visit, lines are marked instead."""
Direction = Literal["in", "out"]
Met = Literal["yes", "partly", "no", "not_asked"]
Speaker = Literal["customer", "agent", "action", "system"]
FactKind = Literal["expects", "values", "prefers", "circumstance", "agreed", "knows", "notice"]
FactSource = Literal["stated", "record", "impression"]
Side = Literal["ours", "theirs"]
PromiseState = Literal["open", "kept", "renegotiated", "withdrawn", "broken"]
CaseKind = Literal["enquiry", "order", "complaint", "request"]
CLOSED_CASE_STATES = frozenset(
    {"closed", "cancelled", "canceled", "delivered", "solved", "resolved", "accepted", "done"}
)
"""States in which a case needs nothing more, as files spell them."""
Role = Literal["agent", "lead", "admin"]
AgentState = Literal["ready", "after_call", "away"]
CallState = Literal["ringing", "talking", "on_hold", "ended", "wrapped_up"]
DraftKind = Literal["note", "message", "wrap_up", "line"]
"""What a text that is not saved yet will be; a `line` answers one of the desk's short questions
(`domain.values.lines`)."""
ReadBack = Literal["agreed", "disputed", "not_done"]
Reaction = Literal["accepted", "escalated"]
FollowUpState = Literal["open", "done", "declined"]
QuestionState = Literal["open", "answered", "dropped"]
Doing = Literal["here", "typing"]
Delivery = Literal["none", "waiting", "sent", "delivered", "failed"]
