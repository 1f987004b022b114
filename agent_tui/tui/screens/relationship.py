"""Relationship: what the records say of how people are served, as counts over time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType

from agent_tui.domain.rules.definitions import DEFINITIONS
from agent_tui.domain.values.friction import FrictionRule
from agent_tui.tui.bindings import bindings_for, bindings_of
from agent_tui.tui.screens.relationship_behind import Behind, BehindRelationship, behind_part
from agent_tui.tui.widgets.figures import count_of, point_name, sentence
from agent_tui.tui.widgets.ink import Line, Span, line
from agent_tui.tui.widgets.matters import ABOUT, MatterKey
from agent_tui.tui.widgets.overview import LENGTHS, Length, whole_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.friction import FrictionByRule
    from agent_tui.domain.values.measures import Figure, Measure, Whose
    from agent_tui.errors import AgentTuiError
    from agent_tui.tui import messages
    from agent_tui.tui.widgets.lines import ListLines
    from agent_tui.tui.widgets.matters import Part
    from agent_tui.tui.widgets.measure_panel import PartsList

RULES_IN_WAY = "relationship friction"
A_CUSTOMER = "customer"


class RelationshipScreen(BehindRelationship):
    """The figures, what is behind them, and the conversations of that; the desk goes on below."""

    NAME = "relationship"
    OWN_SCOPES = ("relationship", "caller")
    REACHED = frozenset(
        {"everywhere", "away", "relationship", "measure", "reading", "list", "caller"}
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("relationship"), *bindings_for("take")]
    in_the_way: FrictionRule = "other"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works right now; those that do not are not shown."""
        if action in ("attach", "new_person"):
            return False
        if action in ("whose", "period", "read_again"):
            return self.asking is not None and self.view in ("figures", "measure")
        if action == "person_at_desk":
            return self._person_here() is not None
        return super().check_action(action, parameters)

    # -- opened

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """Open what was chosen: a measure, a number of it, a row beside it, a conversation."""
        if event.lines is self.measure_list:
            self._open_measure(cast("Measure", event.key))
        elif event.lines is self.matter_list:
            self._open_matter(event.key)
        elif event.lines is self.opened.parts:
            self._open_point()
        elif event.lines is self.behind_list:
            self.read_row()

    def on_list_lines_highlighted(self, _event: ListLines.Highlighted) -> None:
        """What works right now may have changed."""
        self.show_edges()

    def _open_measure(self, measure: Measure) -> None:
        overview = self.overview
        if overview is None:
            return
        if DEFINITIONS[measure].not_counted is not None:
            self.action_help()
            return
        self._was_among_matters = False
        self.go_into("measure")
        self.opened.open(measure, overview, self.whose_name, self.here)

    def _open_point(self) -> None:
        figure = self.opened.figure
        if figure is not None:
            self._open_figure(figure, point_name(figure.period, self.here))

    def on_parts_list_whole_asked(self, event: PartsList.WholeAsked) -> None:
        """Open what is behind all points together."""
        event.stop()
        overview, measure = self.overview, self.opened.measure
        if overview is None or measure is None:
            return
        figure = overview.now(measure)
        if figure is not None and overview.is_whole:
            whole = replace(figure, period=whole_of(overview.stretch))
            self._open_figure(whole, overview.length.words)

    def _open_figure(self, figure: Figure, when: str) -> None:
        part, whose = self.opened.part, self.whose
        if figure.n is None or whose is None:
            return
        measure, period = figure.measure, figure.period
        said = DEFINITIONS[measure]
        words = dict(said.bands).get(part, part)
        title = f"{said.title}: {words} · {when} · {self.whose_name}"
        self.open_behind(
            Behind(
                title,
                count_of(figure, part),
                lambda desk, before: desk.measuring.behind(
                    measure, part, whose, period, before=before
                ),
            )
        )

    def _open_matter(self, key: MatterKey) -> None:
        self._was_among_matters = True
        if key.is_more:
            self.show_whole(key.section)
        elif key.interaction_id is not None:
            self.read(key.interaction_id)
        elif key.section == "friction" and key.parts:
            self._ask_friction()
        elif len(key.parts) == 1:
            self._open_part(key.parts[0])
        elif key.parts:
            self._choose_part(key.parts)
        else:
            self.action_help()

    def _choose_part(self, parts: Sequence[Part]) -> None:
        from agent_tui.tui.screens.prompts import ChooseOne

        rows = [
            Line((Span("  "), Span(part.words)), (Span(f"{part.count:,}", "strong"),), part)
            for part in parts
        ]
        self.app.push_screen(ChooseOne("Which of them?", rows), self._open_part)

    def _open_part(self, part: Part | None) -> None:
        if part is None or self.whose is None or self.overview is None:
            return
        title = f"{ABOUT[part.section].title}: {part.words} · {self.whose_name}"
        period = whole_of(self.overview.stretch)
        self.open_behind(behind_part(part, title, self.whose, period))

    def _ask_friction(self) -> None:
        if self.asking is None or self.overview is None:
            return
        since = self.overview.stretch[0].since
        days = (self.overview.as_of - since).days

        def then(rules: Sequence[FrictionByRule]) -> None:
            from agent_tui.tui.screens.friction_sheet import FrictionSheet

            if self.is_current:
                self.app.push_screen(FrictionSheet(rules, days))

        self.app.typed_ahead.expect()
        self.asking.look_up(
            RULES_IN_WAY, lambda desk: desk.friction.by_rule(since), then, self._warn
        )

    def _warn(self, error: AgentTuiError) -> None:
        self.app.typed_ahead.go_on()
        self.app.notify(error.message, title=error.title, severity="error", markup=False)

    # -- chosen

    def action_whose(self) -> None:
        """Choose whose figures are shown."""
        from agent_tui.tui.screens.prompts import ChooseOne

        rows: list[Line] = [
            line(Span("  "), Span(self.name_of(one)), key=(one, self.name_of(one)))
            for one in self.choices
        ]
        shown, name = self.below.whom.opened, self.below.whom.name
        if shown is not None and name:
            from agent_tui.domain.values.measures import Whose

            theirs = (Whose("customer", customer_id=shown), name)
            rows.append(line(Span("  "), Span(name), Span("  open at the desk", "dim"), key=theirs))
        rows.append(line(Span("  "), Span("a customer: find them…"), key=A_CUSTOMER))
        self.app.push_screen(ChooseOne("Whose figures?", rows), self._chosen)

    def _chosen(self, chosen: tuple[Whose, str] | str | None) -> None:
        if chosen is None:
            return
        if isinstance(chosen, str):
            self._find_customer()
        else:
            self.show_whose(*chosen)

    def _find_customer(self) -> None:
        from agent_tui.tui.screens.choose_person import ChoosePerson

        def found(person: tuple[int, str] | None) -> None:
            from agent_tui.domain.values.measures import Whose

            if person is not None:
                self.show_whose(Whose("customer", customer_id=person[0]), person[1])

        if self.asking is not None:
            prompt = ChoosePerson("Whose figures?", 0, self.asking.people)
            self.app.push_screen(prompt, found)

    def on_people_arrived(self, event: messages.PeopleArrived) -> None:
        """Show who answers, where a customer is to be chosen."""
        from agent_tui.tui.screens.choose_person import ChoosePerson

        if isinstance(self.app.screen, ChoosePerson):
            self.app.screen.show(event.found, event.error, self.here)

    def action_period(self) -> None:
        """Choose how far back is looked, in which steps."""
        from agent_tui.tui.screens.prompts import ChooseOne

        rows = [
            line(
                Span("  "),
                Span(one.words, "strong" if one == self.length else "text"),
                Span("  as now" if one == self.length else "", "dim"),
                key=one,
            )
            for one in LENGTHS
        ]
        self.app.push_screen(ChooseOne("How far back, and in which steps?", rows), self._far)

    def _far(self, length: Length | None) -> None:
        if length is not None and length != self.length:
            self.length = length
            self.read_all()

    def action_read_again(self) -> None:
        """Count everything anew."""
        self.read_all()

    def _person_here(self) -> int | None:
        if self.view == "behind":
            row = self.behind_list.row
            return None if row is None else row.customer_id
        if self.view == "reading":
            call = self.reading.call
            return None if call is None else call.customer_id
        return None

    def action_person_at_desk(self) -> None:
        """Open the customer of the row, or of the conversation, at the desk."""
        customer_id = self._person_here()
        if customer_id is not None:
            self.action_place_desk()
            self.below.open(customer_id)

    # -- explained

    def action_help(self) -> None:
        """What the figure under the cursor means; asked once more, every key that works."""
        from agent_tui.tui.screens import definition_sheet

        matter = self.matter_under_cursor() if self.view == "figures" else None
        measure = self.opened.measure if self.view == "measure" else self.measure_list.key
        if self.view not in ("figures", "measure") or (matter is None and measure is None):
            super().action_help()
            return
        if matter is not None:
            title = ABOUT[matter.section].title
            sentences = definition_sheet.of_section(ABOUT[matter.section])
        else:
            said = DEFINITIONS[cast("Measure", measure)]
            now = self._figure_of(said.measure)
            when = "This point" if self.view == "measure" else "Now"
            title, figure = said.title, "" if now is None else sentence(now)
            sentences = definition_sheet.of_measure(said, figure, when)
        self.app.push_screen(definition_sheet.DefinitionSheet(title, sentences), self._explained)

    def _figure_of(self, measure: Measure) -> Figure | None:
        """The figure that is explained: of the chosen point, or of the whole stretch."""
        if self.view == "measure":
            return self.opened.figure
        return None if self.overview is None else self.overview.now(measure)

    def _explained(self, more: str | None) -> None:
        if more == "keys":
            super().action_help()

    # -- back

    def action_place_relationship(self) -> None:
        """Back to the figures."""
        self.following.turn_to(None)
        self.go_to_figures()

    def action_back(self) -> None:
        """Out of a conversation, a list, a measure; among the figures, stop reading."""
        if self.view == "reading":
            self.leave_reading()
        elif self.view != "figures":
            self.go_back()
        elif self.is_being_read:
            self.stop_reading()
        else:
            self.measure_list.focus()
