"""Settings: defaults, then the file, then the environment, then flags."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_tui import config, paths
from agent_tui.config import Settings, load
from agent_tui.errors import SettingsError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AGENT_TUI_HOME", str(tmp_path / "home"))
    for name in ("DB", "AGENT", "REGION"):
        monkeypatch.delenv(f"AGENT_TUI_{name}", raising=False)
    return tmp_path / "home"


def write(content: str | bytes) -> Path:
    file = config.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def test_without_a_file_the_defaults_hold(home: Path) -> None:
    settings = load()
    assert settings == Settings()
    assert settings.database == f"sqlite:///{home}/data/desk.sqlite"
    assert not home.exists()


def test_the_last_one_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    write('db = "file.sqlite"\nagent = "file"\nregion = "DE"\nmouse = false\nkeys.note = "f4"')
    assert (load().agent, load().mouse, load().keys) == ("file", False, {"note": "f4"})
    monkeypatch.setenv("AGENT_TUI_AGENT", "environment")
    monkeypatch.setenv("AGENT_TUI_REGION", "")
    assert (load().agent, load().region) == ("environment", "DE")
    assert load(agent="flag").agent == "flag"
    assert load(agent=None, db="flag.sqlite").database == "flag.sqlite"
    assert load(agent=None).agent == "environment"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("agnet = 'mira'", "there is no setting `agnet`; did you mean `agent`?"),
        ("colour = 'red'", "there is no setting `colour`; known are db,"),
        ("mouse = 'yes'", "`mouse` is to be true or false$"),
        ("theme = 4", "`theme` is to be a text in quotes$"),
        ("snippets = 'x'", "`snippets` is to be a table of names$"),
        ("keys.note = 4", "line 1: the keys of `note` are to be a text"),
        ("lines_of_keys = 4", "there is no setting `lines_of_keys`"),
        ("snippets.greet = 4", "greet|snippets"),
        ("snippets.'two words' = 'x'", "“two words”: its name must be one word"),
        ("db = ", "Invalid value"),
        (b"db = '\xff'", "utf-8"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_file(content: str | bytes, named: str) -> None:
    file = write(content)
    with pytest.raises(SettingsError, match=named) as refused:
        load()
    assert refused.value.message.startswith(str(file))


def test_criteria_are_a_table_of_names_and_kinds() -> None:
    write('[criteria]\n"Kindness" = "customer"\n"Who they are" = "compliance"')
    assert load().criteria == {"Kindness": "customer", "Who they are": "compliance"}
    write('[criteria]\n"Kindness" = "nobody"')
    with pytest.raises(SettingsError, match="criteria"):
        load()


def test_snippets_are_a_table_of_names_and_templates() -> None:
    write('language = "de"\n[snippets]\ngreet = "Hello {{ customer.first_name }}"')
    assert load().snippets == {"greet": "Hello {{ customer.first_name }}"}
    assert load().language == "de"


def test_folders_follow_one_home_or_the_system(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folders = (paths.config_folder(), paths.data_folder(), paths.state_folder())
    assert folders == (home / "config", home / "data", home / "state")
    monkeypatch.delenv("AGENT_TUI_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert paths.data_folder() == tmp_path / "xdg" / "agent-tui"


def test_folders_are_private(home: Path) -> None:
    made = paths.private(paths.data_folder())
    assert made.stat().st_mode & 0o777 == 0o700
    assert paths.private(made) == made


def test_what_came_with_the_program_is_found() -> None:
    assert paths.shipped("demo", "people.jsonl").is_file()


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ('mouse = false\n\n[keys] # mine\nnote = "f2"\n"find"="f3"\n', {"note": 4, "find": 5}),
        ('keys.note = "f2"\nmouse = true\nkeys . find = "f3"', {"note": 1, "find": 3}),
        ('\nkeys = { note = "f2", find = "w" }', {"note": 2, "find": 2}),
        ('[keys]\nnote = "f2"\n[snippets]\nfind = "x"', {"note": 2}),
        ('[snippets]\nnote = "x"', None),
    ],
)
def test_each_key_of_ones_own_is_known_with_its_line(
    content: str, lines: dict[str, int] | None
) -> None:
    write(content)
    assert load().lines_of_keys == lines
