"""What is said where nobody answers to what was typed."""

from __future__ import annotations

from agent_tui.text.phones import looks_like_phone

_SHOWN = 30


def nobody_answers(query: str) -> str:
    """That nobody was found, what the words were tried as, and what would find more."""
    said = query.strip()
    shown = said if len(said) <= _SHOWN else f"{said[: _SHOWN - 1]}…"
    if looks_like_phone(said):
        tried = "as the beginning, the end and a part of every number, with and without a country"
        more = "the last four digits are enough"
    elif "@" in said:
        tried = "as an address and as a part of one"
        more = "what stands before the @ is enough"
    else:
        tried = "with slips, by sound, as a nickname, a company, a place, a number, an address"
        more = "fewer letters find more"
    return f"Nobody answers to “{shown}”. Tried: {tried}; {more}."
