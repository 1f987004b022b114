"""Telephone numbers in their plain writings, read in a small part of the time.

The package `phonenumbers` reads any writing, with names for what went wrong and extensions in ten
languages; that takes it most of what an import takes. Nearly all numbers of a file are digits with
blanks, brackets, dots, dashes and slashes between them. Of those only the digits and the plus
matter, and the steps of its parser that are left are repeated here over its own numbering plans.
What is rare is left to it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from phonenumbers import PhoneMetadata

Unsure = Literal["unsure"]
UNSURE: Unsure = "unsure"

_PLAIN = re.compile(r"\(?\+?[0-9][0-9 ().\-/]*")
_LONGEST = 40
_FEWEST_DIGITS = 3
_ABROAD = "00"


class _Plan(NamedTuple):
    """The numbering plan of a region."""

    code: str
    """The digits of its country code."""
    assigned: re.Pattern[str] | None
    """What a whole national number looks like."""
    abroad: re.Pattern[str] | None
    """What is dialled before a country code."""
    trunk: re.Pattern[str] | None
    """What is dialled before a national number."""
    rule: str | None
    """What some numbers with a trunk prefix are made into."""
    possible: frozenset[int]
    """How many digits a national number may have."""
    most: int


def is_plain(typed: str) -> bool:
    """Whether a number is in one of the writings that `plain_e164` reads."""
    return len(typed) <= _LONGEST and _PLAIN.fullmatch(typed) is not None


def plain_e164(typed: str, digits: str, region: str | None) -> str | Unsure | None:
    """The E.164 form of a number, None where it is no whole number, or that nothing is decided.

    `typed` is plain, `digits` are those in it. The answer is that of `phonenumbers`; a leading 00
    is an international prefix where the region has none.
    """
    if len(digits) < _FEWEST_DIGITS:
        return UNSURE
    if "+" in typed[:2]:
        return UNSURE if digits.startswith(_ABROAD) else _from_abroad(digits)
    plan = None if region is None else _plan_of(region)
    if plan is None:
        return _from_abroad(digits[2:]) if digits.startswith(_ABROAD) else None
    if plan.abroad is None or (digits.startswith(_ABROAD) and plan.abroad.pattern != _ABROAD):
        return UNSURE
    dialled = plan.abroad.match(digits)
    if dialled and not digits.startswith("0", dialled.end()):
        return _from_abroad(digits[dialled.end() :])
    return UNSURE if digits.startswith(_ABROAD) else _from_inside(digits, plan)


def _from_abroad(digits: str) -> str | Unsure | None:
    """A number that begins with its country code."""
    codes = _country_codes()
    for length in (1, 2, 3):
        if digits[:length] in codes and len(digits) > _FEWEST_DIGITS:
            plan = _plan_of_code(digits[:length])
            return _whole(digits[length:], plan, plan)
    return UNSURE


def _from_inside(digits: str, plan: _Plan) -> str | Unsure | None:
    """A number that was dialled inside a country, perhaps with its code but without a plus."""
    main = _plan_of_code(plan.code)
    if digits.startswith(plan.code):
        rest = _without_trunk(digits[len(plan.code) :], plan)
        if rest is None:
            return UNSURE
        if len(digits) > plan.most or (_matches(plan, rest) and not _matches(plan, digits)):
            return _whole(rest, main, main)
    return _whole(digits, plan, main)


def _whole(national: str, plan: _Plan, main: _Plan) -> str | Unsure | None:
    """The number if it could be dialled from anywhere."""
    if len(national) < 2:
        return None
    rest = _without_trunk(national, plan)
    if rest is None:
        return UNSURE
    if len(rest) in plan.possible or len(rest) > plan.most:
        national = rest
    return f"+{main.code}{national}" if len(national) in main.possible else None


def _without_trunk(digits: str, plan: _Plan) -> str | None:
    """The digits without what is dialled before a national number; None where a rule says more."""
    found = plan.trunk.match(digits) if plan.trunk and digits else None
    if found is None:
        return digits
    if plan.rule and found.groups()[-1] is not None:
        return None
    rest = digits[found.end() :]
    return digits if _matches(plan, digits) and not _matches(plan, rest) else rest


def _matches(plan: _Plan, digits: str) -> bool:
    return plan.assigned is not None and plan.assigned.fullmatch(digits) is not None


@cache
def _country_codes() -> frozenset[str]:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    return frozenset(map(str, COUNTRY_CODE_TO_REGION_CODE))


@cache
def _plan_of(region: str) -> _Plan | None:
    from phonenumbers import SUPPORTED_REGIONS, PhoneMetadata

    if region not in SUPPORTED_REGIONS:
        return None
    return _plan(PhoneMetadata.metadata_for_region(region))


@cache
def _plan_of_code(code: str) -> _Plan:
    from phonenumbers import PhoneMetadata, region_code_for_country_code

    region = region_code_for_country_code(int(code))
    return _plan(PhoneMetadata.metadata_for_region_or_calling_code(int(code), region))


def _plan(metadata: PhoneMetadata | None) -> _Plan:
    assert metadata is not None, "every country code has a plan"
    general = metadata.general_desc
    assert general is not None, "every plan has a general description"
    return _Plan(
        code=str(metadata.country_code),
        assigned=_compiled(general.national_number_pattern),
        abroad=_compiled(metadata.international_prefix),
        trunk=_compiled(metadata.national_prefix_for_parsing),
        rule=metadata.national_prefix_transform_rule,
        possible=frozenset(general.possible_length),
        most=max(general.possible_length),
    )


def _compiled(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None
