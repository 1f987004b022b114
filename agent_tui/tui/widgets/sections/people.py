"""The people around somebody with what matters to both, and the ways to reach them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules.ties import matter_in_words
from agent_tui.tui.widgets.ink import Span
from agent_tui.tui.widgets.rows import Row
from agent_tui.tui.widgets.sections.laid_out import BETWEEN, Entry

if TYPE_CHECKING:
    from agent_tui.domain.values.knowing import Circle, TieShown
    from agent_tui.domain.values.people import ContactPoint, Dossier
    from agent_tui.tui.widgets.here import Here

_LOUD = ("late_promise", "complaint")
LIVE, WITHDRAWN = "•", "×"


def ties(circle: Circle, here: Here) -> list[Entry]:
    """Those with something open first, each tie as this side would say it."""
    return [_tie(tie, here) for tie in circle.ties]


def _tie(tie: TieShown, here: Here) -> Entry:
    matter = tie.matter
    loud = matter is not None and matter.kind in _LOUD
    live = matter is not None and matter.kind == "live_call"
    words = "" if matter is None else matter_in_words(matter, here.now, here.zone)
    return Entry(
        Row("tie", tie.id, "People", tie.customer_id, None, tie),
        tie.name,
        tie.kind,
        (Span(words, "act" if loud else "text" if live else "dim"),) if words else (),
        glyph="!" if loud else LIVE if live else " ",
        loud=loud,
        unbroken=True,
    )


def ways(dossier: Dossier, _here: Here) -> list[Entry]:
    """Numbers, addresses and handles, preferred ones first, each with what they said of it."""
    points = dossier.customer.contact_points
    return [_way(point, place) for place, point in enumerate(points)]


def _way(point: ContactPoint, place: int) -> Entry:
    consent = "" if point.consent == "unknown" else f"consent {point.consent}"
    withdrawn = point.consent == "withdrawn"
    preferred = Span("preferred" if point.preferred else "", "dim")
    return Entry(
        Row("point", point.id or place, "Reach", None, None, point),
        point.value,
        point.kind,
        _remarks(preferred, Span(consent, "text" if withdrawn else "dim")),
        glyph=WITHDRAWN if withdrawn else " ",
        unbroken=True,
    )


def _remarks(first: Span, second: Span) -> tuple[Span, ...]:
    """Those of two remarks that say something, parted."""
    if first.text and second.text:
        return Span(first.text + BETWEEN, first.ink), second
    return tuple(span for span in (first, second) if span.text)
