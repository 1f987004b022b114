"""The two themes of our own, and our six colours for anybody else's theme.

Every text is legible on every ground that it may lie on: at least 4.5 to 1 (WCAG 2.2, 1.4.3). A
theme of somebody else's keeps its colours as far as they are; what is too faint is drawn nearer
to the colour of its text.
"""

from __future__ import annotations

from textual.color import Color
from textual.theme import Theme

DARK = Theme(
    name="agent-tui-dark",
    primary="#67c3c9",
    secondary="#67c3c9",
    accent="#67c3c9",
    warning="#f2a65a",
    error="#f2a65a",
    success="#67c3c9",
    foreground="#d6dde4",
    background="#0f1419",
    surface="#0f1419",
    panel="#141b22",
    dark=True,
    variables={
        "dim": "#8492a0",
        "act": "#f2a65a",
        "lit": "#67c3c9",
        "rule": "#2b3742",
        "chosen": "#1b2a33",
        "bar": "#141b22",
    },
)

LIGHT = Theme(
    name="agent-tui-light",
    primary="#0f6f7c",
    secondary="#0f6f7c",
    accent="#0f6f7c",
    warning="#a8480b",
    error="#a8480b",
    success="#0f6f7c",
    foreground="#23272b",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#f3f1ec",
    dark=False,
    variables={
        "dim": "#66696d",
        "act": "#a8480b",
        "lit": "#0f6f7c",
        "rule": "#cfcac0",
        "chosen": "#e4eef0",
        "bar": "#f3f1ec",
    },
)

READABLE = 4.5
"""The least contrast of a text with its ground."""

TERMINAL_DARK, TERMINAL_LIGHT = "ansi-dark", "ansi-light"
PLAIN = {DARK.name: TERMINAL_DARK, LIGHT.name: TERMINAL_LIGHT}
"""For each theme of our own the one in the sixteen colours of the terminal itself."""
OTHER = {
    DARK.name: LIGHT.name,
    LIGHT.name: DARK.name,
    TERMINAL_DARK: TERMINAL_LIGHT,
    TERMINAL_LIGHT: TERMINAL_DARK,
}
"""The theme to change to, from light to dark or back; the dark one from any that is not here."""

_EASY = 6.0
"""The contrast that leaves room for texts that are fainter than others."""
_DIM_BLEND = 0.45
_RULE_BLEND = 0.75
_CHOSEN_BLENDS = (0.85, 0.9, 0.94, 1.0)
_STEPS = 20


def names() -> tuple[str, ...]:
    """The themes there are: our own, then Textual's."""
    from textual.theme import BUILTIN_THEMES

    return (*PLAIN, *sorted(BUILTIN_THEMES))


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2, *contrast ratio*)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    """Relative luminance (WCAG 2.2)."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def own_colours(theme: Theme) -> dict[str, str]:
    """Our six colours in the terms of a theme that does not name them: `dim`, `act` and `lit` for
    texts, `rule` for frames, `chosen` and `bar` for grounds."""
    if theme.ansi:
        # What is dim has the attribute for that: no colour of the sixteen can be relied upon.
        return {
            "dim": "ansi_default",
            "act": "ansi_yellow" if theme.dark else "ansi_red",
            "lit": "ansi_cyan" if theme.dark else "ansi_blue",
            "rule": "ansi_bright_black",
            "chosen": "ansi_default",
            "bar": "ansi_default",
        }
    if "lit" in theme.variables:
        return {}
    given = theme.to_color_system().generate()
    ground, text = Color.parse(given["background"]), Color.parse(given["foreground"])
    panel = Color.parse(given["panel"])
    bar = panel if contrast(text, panel) >= _EASY else ground
    chosen = next(
        (
            mixed
            for mixed in (text.blend(ground, share) for share in _CHOSEN_BLENDS)
            if contrast(text, mixed) >= READABLE
        ),
        ground,
    )
    grounds = (ground, bar, chosen)
    return {
        "dim": _legible(text.blend(ground, _DIM_BLEND), text, grounds).hex,
        "act": _legible(Color.parse(given["warning"]), text, grounds).hex,
        "lit": _legible(Color.parse(given["accent"]), text, grounds).hex,
        "rule": text.blend(ground, _RULE_BLEND).hex,
        "chosen": chosen.hex,
        "bar": bar.hex,
    }


def _legible(colour: Color, text: Color, grounds: tuple[Color, ...]) -> Color:
    """The colour, drawn as far to that of the text as it takes to be read on all the grounds."""
    for step in range(_STEPS):
        mixed = colour.blend(text, step / _STEPS)
        if all(contrast(mixed, ground) >= READABLE for ground in grounds):
            return mixed
    return text
