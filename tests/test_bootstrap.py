"""The wiring: which desk, whose desk, in which country."""

from __future__ import annotations

import secrets
import threading
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from agent_tui.bootstrap import build_desk
from agent_tui.config import Settings
from agent_tui.errors import AgentTuiError, NotFound, Unavailable, UsageError
from tests.builders import NOON


def who(url: str, agent: str | None) -> tuple[str, str]:
    desk = build_desk(Settings(db=url, agent=agent), clock=lambda: NOON)
    desk.close()
    return desk.agent.handle, desk.agent.role


def test_the_first_agent_of_a_file_leads_and_the_next_do_not(sqlite_url: str) -> None:
    assert who(sqlite_url, " @Mira ") == ("mira", "lead")
    assert who(sqlite_url, "asha") == ("asha", "agent")
    assert who(sqlite_url, "MIRA") == ("mira", "lead")
    desk = build_desk(Settings(db=sqlite_url, agent="asha"))
    assert [agent.handle for agent in desk.staffing.everybody()] == ["asha", "mira"]
    desk.close()


def test_on_a_server_its_login_decides(migrated_postgres_url: str) -> None:
    login, password = f"Asha_{secrets.token_hex(4)}", secrets.token_hex(8)
    parts = urlsplit(migrated_postgres_url)
    hers = parts._replace(netloc=f"{login}:{password}@{parts.hostname}:{parts.port}").geturl()
    with psycopg.connect(migrated_postgres_url, autocommit=True) as server:

        def tell(*statements: str) -> None:
            for statement in statements:
                server.execute(statement.encode())

        tell(f"CREATE ROLE \"{login}\" LOGIN PASSWORD '{password}'")
        try:
            assert who(migrated_postgres_url, "mira") == (str(parts.username), "admin")
            with pytest.raises(Unavailable, match="permission denied"):
                who(hers, "mira")
            for kind in ("TABLES", "SEQUENCES"):
                tell(f'GRANT ALL ON ALL {kind} IN SCHEMA public TO "{login}"')
            assert who(hers, "mira") == (login.lower(), "agent")
        finally:
            tell(f'DROP OWNED BY "{login}"', f'DROP ROLE "{login}"')


def test_without_a_name_the_login_name_is_the_agent(
    migrated_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "Noor")
    assert who(migrated_sqlite_url, None)[0] == "noor"

    def nobody() -> str:
        raise KeyError("no such user")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert who(migrated_sqlite_url, None)[0] == "agent"


@pytest.mark.parametrize("agent", ["two words", "@", "x" * 65, "x" * 2_000])
def test_what_cannot_be_a_handle_is_refused(migrated_sqlite_url: str, agent: str) -> None:
    with pytest.raises(AgentTuiError):
        who(migrated_sqlite_url, agent)


@pytest.mark.parametrize("word", ["nobody", "me", "@Mine", "NONE", "any"])
def test_a_word_of_the_filters_makes_no_agent(migrated_sqlite_url: str, word: str) -> None:
    assert who(migrated_sqlite_url, "mira")[0] == "mira"
    with pytest.raises(UsageError, match="cannot be a handle, being a word of the filters"):
        who(migrated_sqlite_url, word)
    desk = build_desk(Settings(db=migrated_sqlite_url, agent="mira"))
    assert [agent.handle for agent in desk.staffing.everybody()] == ["mira"]
    desk.close()


def test_an_agent_at_two_desks_at_once_is_made_once(migrated_url: str) -> None:
    start = threading.Barrier(4)
    made: list[tuple[str, str] | Exception] = []

    def work() -> None:
        start.wait()
        try:
            made.append(who(migrated_url, "mira"))
        except Exception as error:
            made.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1
    assert isinstance(made[0], tuple)


def test_the_country_comes_from_the_settings_or_the_locale(
    migrated_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_TELEPHONE", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def region(setting: str | None) -> str | None:
        desk = build_desk(Settings(db=migrated_sqlite_url, agent="mira", region=setting))
        desk.close()
        return desk.region

    assert region(None) is None
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert region(None) == "GB"
    monkeypatch.setenv("LC_ALL", "de_AT.UTF-8")
    assert region(None) == "AT"
    assert region("us") == "US"
    with pytest.raises(UsageError, match="two letters"):
        region("USA")


def test_the_language_comes_from_the_settings_or_the_locale(
    migrated_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_TIME", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def language(setting: str | None = None) -> str:
        settings = Settings(
            db=migrated_sqlite_url, agent="mira", language=setting, snippets={"bye": "Bye"}
        )
        desk = build_desk(settings)
        desk.close()
        assert desk.capturing.expand("bye") == "Bye"
        return desk.language

    assert language() == "en"
    monkeypatch.setenv("LANG", "pt_BR.UTF-8")
    assert language() == "pt_BR"
    monkeypatch.setenv("LC_TIME", "de_DE@euro")
    assert language() == "de_DE"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert language() == "de_DE"
    assert language("fr") == "fr"
    for wrong in ("french", "f", "fr fr"):
        with pytest.raises(UsageError, match="a code is needed"):
            language(wrong)


def test_the_desk_says_where_it_is(sqlite_url: str, tmp_path: Path) -> None:
    desk = build_desk(Settings(db=sqlite_url, agent="mira"))
    assert desk.place == f"{tmp_path}/desk.sqlite"
    desk.close()


@pytest.mark.parametrize("slip", ["mia", "miira", "mora", "imra", "mirah"])
def test_a_slip_makes_nobody(sqlite_url: str, slip: str) -> None:
    who(sqlite_url, "mira")
    with pytest.raises(
        NotFound, match=f"no agent {slip}: perhaps you mean mira.*agents add {slip}"
    ):
        who(sqlite_url, slip)
    desk = build_desk(Settings(db=sqlite_url, agent="mira"))
    assert [agent.handle for agent in desk.staffing.everybody()] == ["mira"]
    desk.staffing.add(slip)
    desk.close()
    assert who(sqlite_url, slip) == (slip, "agent")


def test_whoever_is_made_is_told_and_a_login_name_is_no_slip(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    for agent, login in (
        ("mira", "x"),
        ("agent1", "x"),
        ("agent2", "x"),
        (None, "mia"),
        ("mira", ""),
    ):
        monkeypatch.setattr("getpass.getuser", lambda login=login: login)
        build_desk(Settings(db=sqlite_url, agent=agent), say=said.append).close()
    assert [sentence.split(":")[0] for sentence in said] == [
        "agent1 is new here and was made as an agent",
        "agent2 is new here and was made as an agent",
        "mia is new here and was made as an agent",
    ]
