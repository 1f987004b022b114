"""Card numbers and security codes are masked, and what only looks like them is not."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from agent_tui.text.hygiene import clean_text
from agent_tui.text.ibans import overlaps_iban
from agent_tui.text.redaction import digits_in, edited_at, mask_cards, mask_unfinished
from tests.text import cards
from tests.text.strategies import anything, real_data

VISA = "4111111111111111"
GAPS = (
    *("", " ", "-", ".", ",", "/", "_", " - ", ", ", "\n", "\r\n", "  ", "\t", "·"),
    *("\u00a0", "\u2009", "\u202f", "\u3000", "\u2010", "\u2013", "\u2014", "\u2212", "\uff0d"),
    *("\u200b", "\u2060", "\u00ad", "\u202e", "‹RLO›", "\ufe0f\u20e3"),
)
SCRIPTS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "０１２３４５６７８９", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
WORDS = ("", "my card is ", "Karte: ", "#", "(", "no.", "pan=", "\n", "名前 ")
numbered = st.text(st.sampled_from("0123456789 -.+*,#/\n٣cv4411115555"), max_size=80)


def masked(text: str) -> str:
    return mask_cards(text).text


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("digits", cards.PUBLISHED.values(), ids=cards.PUBLISHED)
def test_a_card_is_found_in_every_writing(digits: str, gap: str) -> None:
    if len(digits) == 13 and gap:
        pytest.skip("cards of thirteen digits have no usual groups")
    text = f"it is {cards.grouped(digits, gap)}, thanks"
    found = mask_cards(text)
    assert digits_in(found.text) == digits[-4:]
    assert found.count == 1
    assert digits_in(text[slice(*found.spans[0])]) == digits


@given(cards.numbers, st.sampled_from(WORDS), st.sampled_from(["", ".", " please", "\n", ")", "€"]))
def test_a_card_is_found_between_any_words(digits: str, before: str, after: str) -> None:
    assert digits not in digits_in(masked(before + digits + after))
    assert digits_in(masked(before + digits + after)) in (digits[-4:], "")


@pytest.mark.parametrize("script", SCRIPTS)
def test_digits_of_any_script_count(script: str) -> None:
    text = VISA.translate(dict(zip(map(ord, "0123456789"), script, strict=True)))
    assert masked(text) == "*" * 12 + script[1] * 4


@pytest.mark.parametrize(
    "text",
    [
        "41 11 11 11 11 11 11 11",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "4111 11 11 1111 1111",
        "411 111 111 111 111 1",
        "41111111 11111111",
        "411111-1111111111",
        "4111, 11, 11, 11, 11, 11, 11",
        "378 282 246 310 005",
        "4111 1111  11111111",
        "4111  1111 11111111",
        "41111111  1111 1111",
        "4111-1111 11111111",
        "4111/1111-11111111",
        "411111  111111 1111",
        "378  282 246  310 005",
    ],
)
def test_dictated_groups_are_found(text: str) -> None:
    assert mask_cards(text).count == 1
    assert len(digits_in(masked(text))) == 4


@given(
    cards.numbers,
    st.permutations([4, 4, 8]),
    st.lists(st.sampled_from([" ", "  ", "-", ".", "/", "\n", "\t"]), min_size=2, max_size=2),
)
def test_groups_of_fours_are_found_whatever_single_signs_part_them(
    digits: str, sizes: list[int], gaps: list[str]
) -> None:
    assume(len(digits) == 16)
    first, second, _ = sizes
    groups = digits[:first], digits[first : first + second], digits[first + second :]
    text = f"card {groups[0]}{gaps[0]}{groups[1]}{gaps[1]}{groups[2]} thanks"
    assert digits_in(masked(text)) in (digits[-4:], "")


def test_what_remains_is_the_last_four_digits_in_their_place() -> None:
    assert masked(f"card {VISA} ok") == "card ************1111 ok"
    assert masked("4111 1111-1111 1111") == "**** ****-**** 1111"
    assert masked("#4111 1111 1111 1111") == "#**** **** **** 1111"


def test_several_cards_in_a_row_are_all_found() -> None:
    found = mask_cards("4111 1111 1111 1111 5555 5555 5555 4444\n378282246310005")
    assert found.text == "**** **** **** 1111 **** **** **** 4444\n***********0005"
    assert found.count == 3


def test_of_two_readings_nothing_is_kept() -> None:
    longer = cards.completed("411111111111111112")
    text = f"{longer[:4]} {longer[4:8]} {longer[8:12]} {longer[12:16]} {longer[16:]}"
    assert masked(text) == "**** **** **** **** ***"


@pytest.mark.parametrize(
    "text",
    [
        VISA + "1234",
        "9" + VISA,
        "4111111111111112",
        "+49 4111 1111 11111",
        "tel:+4-378282246310",
        "＋378282246310005",
        "+(44) 378 2822 4631",
        "0.4111111111111111",
        "-12.4111111111111111",
        "4111.111111111111",
        "4111,111111111111",
        "EUR 4111111111111111.00",
        "4111111111111111,50 €",
        "DE27 1007 7777 0209 2997 00",
        "IT60X0542811101000000123456",
        "4,111,111,111,111,116",
        "35202, 41111, 11111, 11111, 1",
        "2026-11-27 2026-11-28 2026-11-29",
        "555-123-4567\n555-987-6543, 555-123-9999",
        "#W2611340 and credit_card_4421486",
        "12/27 10:30 17.50 18.00 4.00",
        "41111111/11111111",
        "4111 1111   11111111",
        "411-111-1111 411-111 1111",
        "4111 111-11111 1111",
        "#41111111, #11111111",
    ],
)
def test_what_is_plainly_something_else_stays(text: str) -> None:
    assert mask_cards(text).count == 0
    assert masked(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "GB29 NWBK 6016 1331 9268 19",
        "NO93 8601 1117 947",
        "FR14 2004 1010 0505 0001 3M02 606",
        "it60x0542811101000000123456, thanks",
    ],
)
def test_an_iban_is_told_from_what_stands_beside_it(text: str) -> None:
    assert overlaps_iban(text, 6, 10)
    assert not overlaps_iban(f"{VISA} {text}", 0, len(VISA))
    assert masked(f"{text} {VISA}").endswith(" ************1111")


def test_an_iban_with_a_wrong_check_is_no_excuse() -> None:
    assert mask_cards("DE00 4111 1111 1111 1111").count == 1


def test_a_card_after_a_telephone_number_is_found() -> None:
    assert masked(f"+1 202 555 0143 {VISA}") == "+1 202 555 0143 ************1111"
    assert masked("+44 20 7946 0018 4111 1111 1111 1111").endswith("**** **** **** 1111")
    assert masked("+4111 1111 1111 1111") == "+**** **** **** 1111"


@pytest.mark.parametrize(
    "text",
    [
        "cvv 123",
        "CVV: 123",
        "cvv is 123",
        "CVC2=123",
        "cvv2/cvc2 123",
        "cid 1234",
        "Security code – 123.",
        "my card security code is 1 2 3",
        "the code on the back is 123",
        "the last three digits on the back are: 123",
        "verification number 12 3",
        "Prüfziffer 123",
        "Kartenprüfnummer lautet 123",
        "Pruefnummer: 123",
        "cryptogramme visuel : 123",
        "code de sécurité est 123",
        "código de seguridad: 123",
        "codice di sicurezza 123",
        "cvv ١٢٣",
        f"{VISA} 12/27 123",
        f"{VISA}, exp 12/2027, 123",
    ],
)
def test_security_codes_are_masked_whole(text: str) -> None:
    found = mask_cards(text)
    code = found.spans[-1]
    assert set(found.text[slice(*code)]) <= set("* ")
    assert len(digits_in(text[slice(*code)])) in (3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "cvv",
        "cvv 12",
        "cvv 12345",
        "123",
        "discvv 123",
        "we paid 123",
        "security 123",
        "order 1234",
    ],
)
def test_other_short_numbers_stay(text: str) -> None:
    assert mask_cards(text).count == 0


@given(st.one_of(anything, numbered, cards.numbers))
@example(f"{VISA} {VISA}")
@example("4444444444444448 1111 1111 1111 1111")
@example("cvv 123 456")
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask_cards(text)
    assert mask_cards(once.text).text == once.text


@given(st.lists(st.one_of(numbered, cards.numbers), max_size=5).map(" ".join))
def test_only_digits_change_and_nothing_moves(text: str) -> None:
    found = mask_cards(text)
    assert len(found.text) == len(text)
    changed = [at for at, (a, b) in enumerate(zip(text, found.text, strict=True)) if a != b]
    assert all(found.text[at] == "*" and text[at].isdecimal() for at in changed)
    assert all(any(start <= at < end for start, end in found.spans) for at in changed)
    assert bool(changed) == bool(found.count)


@given(anything)
def test_text_without_digits_is_returned_as_it_is(text: str) -> None:
    plain = "".join(sign for sign in text if not sign.isdecimal())
    assert mask_cards(plain).text is plain


@given(cards.numbers)
def test_what_is_known_to_be_no_card_stays(digits: str) -> None:
    text = f"order {cards.grouped(digits, ' ')} and {VISA}"
    asked = mask_cards(text, lambda number: number == digits)
    assert cards.grouped(digits, " ") in asked.text
    assert (VISA in asked.text) == (digits == VISA)


def test_time_does_not_explode() -> None:
    hostile = ("4 " * 20_000, "4111111111111111 " * 5_000, "cvv is my " * 9_000 + "123")
    for text in hostile:
        assert len(mask_cards(text).text) == len(text)


@pytest.mark.parametrize("gap", ["", " ", "-"])
@pytest.mark.parametrize("digits", cards.PUBLISHED.values(), ids=cards.PUBLISHED)
def test_a_number_never_shows_more_than_eight_digits_while_it_is_typed(
    digits: str, gap: str
) -> None:
    text = f"card {cards.grouped(digits, gap)}"
    for end in range(len(text) + 1):
        kept = digits_in(mask_unfinished(mask_cards(text[:end]).text).text)
        assert len(kept) <= 8
        assert digits.startswith(kept) or digits.endswith(kept)


def test_a_number_typed_into_the_middle_is_masked_too() -> None:
    text = "see 4111 1111 1111 1 and more"
    cursor = text.index(" and")
    assert mask_unfinished(text, cursor).text == "see 4111 11** **** * and more"
    assert mask_unfinished("4111 11 1111 1111 1", 7).text == "4111 11 **** **** *"
    assert mask_unfinished(text).text == text


def draft(text: str, before: str) -> str:
    """What is kept of a text that was typed on."""
    masked = mask_cards(text).text
    return mask_unfinished(masked, edited_at(before, masked)).text


@given(cards.numbers, st.sampled_from(["", " ", "-"]), st.sampled_from(WORDS), anything)
def test_nor_while_it_is_typed_anywhere_in_a_text(
    digits: str, gap: str, before: str, after: str
) -> None:
    written, behind = cards.grouped(digits, gap), f" {after.lstrip()}"
    # Together with a number right behind it, it would be too long for a card.
    assume(not digits_in(behind[:3]))
    kept = f"{before}{behind}"
    for end in range(1, len(written) + 1):
        kept = draft(f"{before}{written[:end]}{behind}", kept)
        shown = digits_in(kept[: len(kept) - len(behind)])
        assert len(shown) <= 8


@given(anything, anything, anything, st.integers(0, 3))
def test_where_somebody_typed_is_found(head: str, typed: str, tail: str, taken: int) -> None:
    before, after = head + tail[:taken] + tail, head + typed + tail
    cursor = edited_at(before, after)
    assert 0 <= cursor <= len(after)
    if not taken:
        assert len(head) + len(typed) <= cursor


@pytest.mark.parametrize("text", ["cvv 1", "cvv 12", "security code is 1 2"])
def test_a_code_that_is_being_typed_is_masked(text: str) -> None:
    assert digits_in(mask_unfinished(text).text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "call +49 4111 1111 111",
        "ring 020 7946 0018",
        "order 12345678",
        "4111 11 and so on",
        "9" * 30,
    ],
)
def test_what_cannot_become_a_card_stays_while_it_is_typed(text: str) -> None:
    assert mask_unfinished(text).text == text


@given(st.one_of(anything, numbered), st.integers(0, 80))
def test_an_unfinished_number_is_masked_in_its_place(text: str, cursor: int) -> None:
    found = mask_unfinished(text, min(cursor, len(text)))
    assert len(found.text) == len(text)
    assert mask_unfinished(found.text, min(cursor, len(text))).text == found.text


def test_no_telephone_number_of_any_country_is_taken_for_a_card() -> None:
    with (real_data("phonenumbers") / "examples.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    written = [row[column] for row in rows for column in ("e164", "international", "rfc3966")]
    national = [row["national"] for row in rows]
    assert len(rows) > 400
    assert not [number for number in written if mask_cards(f"on {number} after six").count]
    assert not [number for number in national if mask_cards(f"on {number} after six").count]
    assert not [number for number in written if mask_unfinished(f"on {number}").count]


def test_no_order_number_of_a_real_shop_is_taken_for_a_card() -> None:
    for path in sorted((real_data("tau-bench") / "retail" / "data").glob("*.json")):
        assert mask_cards(path.read_text(encoding="utf-8")).count == 0


def test_naughty_strings_hold_no_card() -> None:
    lines = (real_data("blns") / "blns.txt").read_text(encoding="utf-8", errors="replace")
    for line in lines.splitlines():
        assert mask_cards(clean_text(line)).count == 0


def test_the_examples_of_the_manual_hold() -> None:
    page = (Path(__file__).parents[2] / "docs" / "redaction.md").read_text(encoding="utf-8")
    examples = re.findall(r"^\| `([^`]+)` \| (?:`([^`]+)`|as it is).*\|$", page, re.MULTILINE)
    assert len(examples) == 9
    for written, kept in examples:
        assert masked(written) == (kept or written)
