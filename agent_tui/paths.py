"""The program's own folders, made private when first used.

`AGENT_TUI_HOME` moves all of them under one folder; otherwise they follow the XDG base
directories (platformdirs).
"""

from __future__ import annotations

import os
from pathlib import Path

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600


def _folder(kind: str) -> Path:
    home = os.environ.get("AGENT_TUI_HOME")
    if home:
        return Path(home).expanduser() / kind
    from platformdirs import user_config_path, user_data_path, user_state_path

    base = {"config": user_config_path, "data": user_data_path, "state": user_state_path}[kind]
    return base("agent-tui", appauthor=False)


def private(folder: Path) -> Path:
    """Make `folder` if it is missing, readable by its owner only, and return it."""
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    return folder


def config_folder() -> Path:
    """Where the settings file and the key map are looked for."""
    return _folder("config")


def data_folder() -> Path:
    """Where the desk's own database lives."""
    return _folder("data")


def state_folder() -> Path:
    """Where the log lives."""
    return _folder("state")


def shipped(*parts: str) -> Path:
    """A file or folder that came with the program: `data/` of a checkout or of the wheel."""
    inside = Path(__file__).parent / "_data"
    root = inside if inside.is_dir() else Path(__file__).parent.parent / "data"
    return root.joinpath(*parts)
