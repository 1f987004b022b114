"""Relationship's figures: read period by period, the newest first, and shown as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.errors import AgentTuiError, Interrupted, Refused
from agent_tui.tui.actions import key_name
from agent_tui.tui.asking import Asking
from agent_tui.tui.screens.relationship_layout import RelationshipLayout
from agent_tui.tui.widgets import matters
from agent_tui.tui.widgets.ink import Span, line, wrapped
from agent_tui.tui.widgets.matters import SECTIONS, MatterKey, Read, Section, matter_lines
from agent_tui.tui.widgets.measure_lines import measure_lines
from agent_tui.tui.widgets.overview import SPREADS, USUAL, Length, Overview, whole_of
from agent_tui.tui.widgets.plot_lines import warm_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget

    from agent_tui.domain.values.measures import Figure, Period, Whose
    from agent_tui.services.desk import Desk
    from agent_tui.tui.widgets.here import Here

FIGURES, MATTERS, CHOICES = "relationship figures", "relationship matters", "relationship choices"
"""The lanes in which questions are asked."""
FOR_LEADS: tuple[Section, ...] = ("friction", "heard")


class FiguresOfRelationship(RelationshipLayout):
    """Carries between the figures and what they are read from."""

    def __init__(self) -> None:
        super().__init__()
        self.length: Length = USUAL
        self.whose: Whose | None = None
        self.whose_name = ""
        self.choices: tuple[Whose, ...] = ()
        self.overview: Overview | None = None
        self._matters: dict[Section, Read] = {}
        self._sections: tuple[Section, ...] = ()
        self._reads: object = None
        """What is being read; parts of another reading are dropped."""
        self._failed = self._why = ""
        self._is_stopped = self._is_done = False
        self._whole: frozenset[Section] = frozenset()
        self._was_among_matters = False

    # -- the desk

    def on_mount(self) -> None:
        """Say that it is opened, or read."""
        self._say("Opening the desk…")
        self.show_edges()
        if self.asking is not None:
            self._ask_choices()
        self._tick_minutes()

    def connect(self, desk: Desk) -> None:
        """The database answered: read."""
        self.asking = Asking(desk, self, self.app.crew)
        if self.is_mounted:
            self._ask_choices()

    def close(self) -> None:
        """Ask nothing more."""
        self._reads = None
        if self.asking is not None:
            self.asking.close()

    def _tick_minutes(self) -> None:
        if self.is_current:
            self.show_edges()
        self.set_timer(60 - self.here.now.second, self._tick_minutes)

    # -- asked

    def _ask_choices(self) -> None:
        if self.asking is not None:
            self._say("Reading whose figures there are…")
            self.asking.look_up(
                CHOICES, lambda desk: desk.measuring.choices(), self._choose_first, self._not_read
            )

    def _choose_first(self, choices: tuple[Whose, ...]) -> None:
        self.choices = choices
        if self.whose is None and choices:
            self.show_whose(choices[0])

    def show_whose(self, whose: Whose, name: str = "") -> None:
        """Show the figures of somebody else; `name` is a customer's."""
        self.whose = whose
        self.whose_name = name or self.name_of(whose)
        self.read_all()

    def name_of(self, whose: Whose) -> str:
        """Whose figures, in words."""
        if whose.kind == "all":
            return "everybody"
        if whose.kind == "team":
            return f"team {whose.name}"
        desk = self.app.desk
        is_me = desk is not None and whose.name == desk.agent.handle
        return f"{whose.name} (me)" if is_me else f"{whose.name or 'somebody'}"

    def read_all(self) -> None:
        """Read everything anew, as of now."""
        asking, whose, desk = self.asking, self.whose, self.app.desk
        if asking is None or desk is None:
            return
        if whose is None:
            self._ask_choices()
            return
        overview = self.overview = Overview(self.length, self.here.now)
        self._failed, self._is_stopped, self._is_done = "", False, False
        reads = self._reads = object()
        is_lead = (self.below.me or desk.agent).role != "agent"
        self._sections = tuple(one for one in SECTIONS if is_lead or one not in FOR_LEADS)
        self._matters = {}
        self.show_figures()
        self.show_matters()

        def goes_on() -> bool:
            return self._reads is reads

        def take(figures: tuple[Figure, ...]) -> None:
            if goes_on():
                overview.take(figures)
                self.show_figures()

        def failed(error: AgentTuiError) -> None:
            if goes_on():
                self._not_read(error)

        def done() -> None:
            if goes_on():
                self._is_done = True
                self.show_figures()

        def take_matter(read: Read) -> None:
            if goes_on():
                self._take_matter(read)

        asking.stream(
            FIGURES,
            lambda desk: _figures(desk, whose, overview),
            take,
            done,
            failed,
            goes_on,
        )
        period, sections, here = whole_of(overview.stretch), self._sections, self.here
        asking.stream(
            MATTERS,
            lambda desk: _matters(desk, whose, period, sections, here),
            take_matter,
            self.show_matters,
            failed,
            goes_on,
        )

    @property
    def is_being_read(self) -> bool:
        """Whether figures are still to come."""
        return self.overview is not None and not (self._is_done or self._is_stopped or self._failed)

    def stop_reading(self) -> None:
        """Leave it at what is read so far."""
        self._reads, self._is_stopped = None, True
        if self.asking is not None:
            self.asking.stop(FIGURES)
            self.asking.stop(MATTERS)
        self.show_figures()
        self.show_matters()

    # -- shown

    def show_figures(self) -> None:
        """Show what is read of the figures, and how far that has come."""
        overview = self.overview
        if overview is None or not self.is_mounted:
            return
        at = ages.clock_time(overview.as_of, self.here.zone)
        detail = f"{self.whose_name} · {overview.length.words} to now · as of {at}"
        self.measures_panel.entitle("Relationship", detail)
        self.measures_panel.remark(self._progress(overview), urgent=bool(self._failed))
        if self._failed and not overview.read:
            self._say(self._failed)
        elif not overview.read:
            self._say("Nothing was read." if self._is_stopped else "Reading the newest…")
        else:
            self.measure_list.show(measure_lines(overview, self.measure_list.size.width))
        if self.view == "measure":
            self.opened.take(overview, self.whose_name, self.here)

    def _progress(self, overview: Overview) -> str:
        by, again = overview.length.by, key_name(self.app.keys.keys["read_again"][0])
        read = f"{by}s read: {overview.read} of {overview.wanted}"
        if self._failed:
            why = f"{self._why} · {read} · " if overview.read else ""
            return f"{why}{again} reads again"
        if self._is_stopped:
            return f"stopped, {read} · {again} reads again"
        if not self._is_done:
            return f"{read} · Esc stops"
        return "Enter opens a measure · ? what it means · Tab beside"

    def show_matters(self) -> None:
        """Show what is read of what stands beside."""
        if not self.is_mounted or not self._sections:
            return
        cells = self.matter_list.size.width
        self.matter_list.show(
            matter_lines(
                self._sections, self._matters, cells, whole=self._whole, stopped=self._is_stopped
            )
        )
        self.matters_panel.entitle("Beside", "what is open, rising, asked")

    def show_whole(self, section: Section) -> None:
        """Show all rows of a section."""
        self._whole |= {section}
        self.show_matters()

    def _take_matter(self, read: Read) -> None:
        if read.is_absent:
            self._sections = tuple(one for one in self._sections if one != read.section)
        self._matters[read.section] = read
        self.show_matters()

    def _not_read(self, error: AgentTuiError) -> None:
        self._failed, self._why = f"{error.title}: {error.message}", error.message
        if self.overview is None:
            self._say(self._failed)
        self.show_figures()

    def _say(self, words: str) -> None:
        """A state in words instead of figures."""
        cells = max(20, self.measure_list.size.width - 2)
        rows = wrapped(words, cells, at_most=6)
        self.measure_list.show([line(Span(f"  {row}", "dim")) for row in rows])

    def on_resize(self) -> None:
        """The columns take another width."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        self.show_figures()
        self.show_matters()

    def _focus_of_figures(self) -> Widget:
        return self.matter_list if self._was_among_matters else self.measure_list

    def matter_under_cursor(self) -> MatterKey | None:
        """The row beside the measures that keys act on, if they do."""
        key = self.matter_list.key
        return key if isinstance(key, MatterKey) and self.matter_list.has_focus else None


def _figures(desk: Desk, whose: Whose, overview: Overview) -> Iterator[tuple[Figure, ...]]:
    """Period by period, the newest first; of spreads, whole stretches by themselves."""
    for number, stretch in enumerate((overview.stretch, overview.before)):
        yield from desk.measuring.points(whose, stretch)
        whole: Period = whole_of(stretch)
        for measure in SPREADS:
            yield (desk.measuring.figure(measure, whose, whole),)
        if not number:
            # A thread has time for what would hold up a key.
            warm_up()


def _matters(
    desk: Desk, whose: Whose, period: Period, sections: tuple[Section, ...], here: Here
) -> Iterator[Read]:
    """Section by section; one that fails says why, and one that is not for who asks is absent."""
    for section in sections:
        try:
            yield _matter(desk, whose, period, section, here)
        except Interrupted:
            raise
        except Refused:
            yield Read(section, is_absent=True)
        except AgentTuiError as error:
            yield Read(section, failed=f"{error.title}: {error.message}")


def _matter(desk: Desk, whose: Whose, period: Period, section: Section, here: Here) -> Read:
    measuring = desk.measuring
    if section == "ageing":
        return matters.ageing_read(measuring.ageing(whose))
    if section == "causes":
        return matters.causes_read(measuring.causes(whose, period))
    if section == "rising":
        return matters.rising_read(measuring.rising())
    if section == "friction":
        return matters.friction_read(desk.friction.by_rule(period.since))
    if section == "surveys":
        return matters.surveys_read(measuring.surveys(whose, period))
    return matters.heard_read(desk.listening.mine(), here)
