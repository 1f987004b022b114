"""What may leave through stdout, and in which form."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from agent_tui.cli import output

Captured = pytest.CaptureFixture[bytes]

ACTING = "\x1b[2J \x9b31m \x7f \u202e \u2028 \u200f \U000e0041 \x00 a\tb\nc"


def printed(capsysbinary: Captured) -> str:
    return capsysbinary.readouterr().out.decode("utf-8")


def test_a_line_is_one_line_and_inert(capsysbinary: Captured) -> None:
    output.line(ACTING)
    text = printed(capsysbinary)
    assert text.endswith("\n")
    assert text[:-1].isprintable()


def test_json_reads_back_as_the_same_text_and_holds_nothing_that_acts(
    capsysbinary: Captured,
) -> None:
    output.json_line({"text": ACTING, "name": "Олена 🏴󠁧󠁢󠁳󠁣󠁴󠁿"})
    text = printed(capsysbinary)
    assert json.loads(text) == {"text": ACTING, "name": "Олена 🏴󠁧󠁢󠁳󠁣󠁴󠁿"}
    assert "Олена" in text
    assert text.removesuffix("\n").isprintable()


def test_json_never_holds_half_a_surrogate_pair(capsysbinary: Captured) -> None:
    output.json_line("a\udcffb")
    assert json.loads(printed(capsysbinary)) == "a\ufffdb"


def test_in_a_pipe_each_row_is_a_line_that_needs_no_header(capsysbinary: Captured) -> None:
    rows = [("山田太郎", "Tokyo", "x" * 90), ("Ann", "", "\x1b[2Jdot")]
    output.table(("name", "city", "note"), rows)
    first, second = printed(capsysbinary).splitlines()
    assert first == f"山田太郎; city: Tokyo; note: {'x' * 90}"
    assert second.startswith("Ann; note: ")
    assert second.isprintable()


def test_on_a_terminal_columns_are_aligned_in_cells(
    capsysbinary: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    output.table(("name", "city"), [("山田太郎", "Tokyo"), ("Ann", "Leeds")])
    assert printed(capsysbinary).splitlines() == [
        "name      city",
        "山田太郎  Tokyo",
        "Ann       Leeds",
    ]


def test_no_rows_are_no_output(capsysbinary: Captured) -> None:
    output.table(("name",), [])
    assert printed(capsysbinary) == ""


def test_a_moment_is_written_in_utc_with_a_z() -> None:
    when = datetime(2026, 3, 1, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    assert output.moment(when) == "2026-03-01T10:00:00Z"
    assert output.moment(datetime(2026, 3, 1, microsecond=5, tzinfo=UTC)) == (
        "2026-03-01T00:00:00.000005Z"
    )
    assert output.moment(None) is None
