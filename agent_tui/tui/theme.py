"""The two themes of our own, and our five colours for anybody else's theme."""

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
        "dim": "#74828f",
        "act": "#f2a65a",
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
        "dim": "#6b6f73",
        "act": "#a8480b",
        "rule": "#cfcac0",
        "chosen": "#e4eef0",
        "bar": "#f3f1ec",
    },
)

_DIM_BLEND = 0.45
_RULE_BLEND = 0.75
_CHOSEN_BLEND = 0.85


def own_colours(theme: Theme) -> dict[str, str]:
    """Our five colours in the terms of a theme that does not name them."""
    if theme.ansi:
        return {
            "dim": "ansi_bright_black",
            "act": "ansi_yellow",
            "rule": "ansi_bright_black",
            "chosen": "ansi_blue",
            "bar": "ansi_default",
        }
    ground = Color.parse(theme.background or ("#121212" if theme.dark else "#efefef"))
    text = Color.parse(theme.foreground or ("#e0e0e0" if theme.dark else "#202020"))
    return {
        "dim": text.blend(ground, _DIM_BLEND).hex,
        "act": theme.warning or "#f2a65a",
        "rule": text.blend(ground, _RULE_BLEND).hex,
        "chosen": text.blend(ground, _CHOSEN_BLEND).hex,
        "bar": theme.panel or ground.hex,
    }
