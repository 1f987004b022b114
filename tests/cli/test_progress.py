"""The line that says how far an import has come."""

from __future__ import annotations

import pytest

from agent_tui.cli.progress import Progress

Captured = pytest.CaptureFixture[bytes]


class Timer:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_on_a_terminal_rows_rate_and_share_are_painted_but_not_too_often(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: Captured
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    timer = Timer()
    progress = Progress("people.csv", timer=timer)
    timer.now = 2.0
    progress.show(1_000, 0.25)
    timer.now = 2.05
    progress.show(1_100, 0.26)
    progress.clear()
    painted = capsysbinary.readouterr().err.decode()
    assert painted == "\r25%  1,000 rows  500 rows/s  people.csv\x1b[K\r\x1b[K"


def test_into_a_file_nothing_is_painted(capsysbinary: Captured) -> None:
    progress = Progress("people.csv")
    progress.show(1_000, 0.25)
    progress.clear()
    assert capsysbinary.readouterr().err == b""
