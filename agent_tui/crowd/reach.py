"""The ways to reach made-up people: numbers, addresses, handles, as they write them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from agent_tui.crowd.dice import Dice, Weighted
from agent_tui.crowd.locales import Locale, words
from agent_tui.domain.values.kinds import Consent, ContactKind
from agent_tui.text import names

_ACCOUNTS = 1_000_000_000
_ACCOUNT_STEP = 3**18
"""Has no factor in common with the number of accounts, so that no two people share one."""
_CONSENT: Weighted[Consent] = Weighted(("given", "withdrawn", "unknown"), (11, 1, 8))


class Point(NamedTuple):
    """A way to reach somebody, as it is written and in its normal form."""

    kind: ContactKind
    value: str
    normal: str
    preferred: bool = False
    consent: Consent = "unknown"


def points(
    dice: Dice,
    *,
    locale: Locale,
    account: int,
    name: tuple[str, str],
    company: str | None,
    landline: str,
    address: str,
) -> tuple[Point, ...]:
    """How somebody is reached, each way once. `name` is given and family name; `account` is the
    number of their account, should they have one.
    """
    found: list[tuple[ContactKind, str, str]] = [
        *(("phone", *_as_written(one, dice)) for one in _numbers(dice, locale, landline)),
        *(("email", *one) for one in _emails(dice, name, company)),
        *_accounts(dice, account),
    ]
    if dice.percent(5):
        handle = _handle(dice)
        found.append(("handle", f"@{handle}", handle))
    if dice.percent(40):
        found.append(("address", address, names.fold(address)))
    preferred = dice.under(3) if dice.percent(30) else -1
    once = {(kind, normal): (kind, value, normal) for kind, value, normal in found}
    return tuple(
        Point(kind, value, normal, place == preferred, _CONSENT.draw(dice))
        for place, (kind, value, normal) in enumerate(once.values())
    )


def dialled(dice: Dice, pattern: str) -> str:
    """A number of a pattern: # is any digit, @ is 2 to 9."""
    digits = iter(f"{dice.under(10**9):09d}{dice.under(10**6):06d}")
    return "".join(
        next(digits) if sign == "#" else str(2 + int(next(digits)) % 8) if sign == "@" else sign
        for sign in pattern
    )


def _numbers(dice: Dice, locale: Locale, landline: str) -> list[str]:
    numbers = [
        dialled(dice, dice.one_of(locale.mobile)) for share in (85, 8) if dice.percent(share)
    ]
    return [*numbers, landline] if dice.percent(35) else numbers


def _emails(dice: Dice, name: tuple[str, str], company: str | None) -> Iterator[tuple[str, str]]:
    if dice.percent(80):
        yield _email(*name, company, dice)
    if dice.percent(12):
        yield _email(*name, None, dice)


def _accounts(dice: Dice, number: int) -> Iterator[tuple[ContactKind, str, str]]:
    if dice.percent(70):
        account = f"AC-{(number * _ACCOUNT_STEP) % _ACCOUNTS:09d}"
        yield "account", account, account.replace("-", "")
    if dice.percent(45):
        for _ in range(1 + dice.early(3)):
            order = f"W{dice.under(10_000_000):07d}"
            yield "order", f"#{order}", order


def _as_written(number: str, dice: Dice) -> tuple[str, str]:
    """A number in one of the ways in which people write theirs, and its E.164 (ITU-T)."""
    normal = f"+{''.join(filter(str.isdigit, number))}"
    how = dice.under(10)
    if how < 6:
        return number, normal
    if how < 8:
        return normal, normal
    if how < 9:
        return number.replace(" ", "-"), normal
    return f"00{number[1:]}", normal


def _email(given: str, family: str, company: str | None, dice: Dice) -> tuple[str, str]:
    first, last = _bare(given), _bare(family)
    host = (
        f"{_bare(company)}.example" if company and dice.percent(70) else dice.one_of(words().hosts)
    )
    digits = str(dice.under(1_000))
    how = dice.under(20)
    local = (
        f"{first}.{last}" if how < 7
        else f"{first[:1]}.{last}" if how < 10
        else f"{first}{last[:1]}{digits}" if how < 13
        else f"{last}.{first}" if how < 15
        else f"{first}{digits}" if how < 17
        else _handle(dice)
    )  # fmt: skip
    address = f"{local}@{host}"
    return (address.title() if dice.percent(3) else address), address


def _handle(dice: Dice) -> str:
    """A name that people give themselves."""
    handles = words().handles
    return f"{dice.one_of(handles)}.{dice.one_of(handles)}{dice.under(1_000)}"


@lru_cache(maxsize=20_000)
def _bare(text: str) -> str:
    """The small letters and digits of a name, in our letters."""
    return names.fold(text).replace(" ", "") or "x"
