"""Contact points are found however they are written; withheld numbers are nobody's."""

from __future__ import annotations

import pytest

from agent_tui.domain.rules.contacts import forms_of_peer, kind_of_peer, normal_form
from tests.text.nasty import NASTY


@pytest.mark.parametrize(
    ("stored", "peer"),
    [
        ("+44 20 7946 0018", "02079460018"),
        ("(020) 7946-0018", "+442079460018"),
        ("020 7946 0018", "0044 20 7946 0018"),
        ("+44 20 7946 0018", "tel:+44-20-7946-0018"),
        ("+49 30 1234567", "+4930 1234567"),
        ("4711", "4711"),
    ],
)
def test_a_number_is_recognised_in_every_writing(stored: str, peer: str) -> None:
    assert normal_form("phone", stored, "GB") in forms_of_peer(peer, "GB")


def test_a_number_kept_without_its_country_is_recognised_with_it() -> None:
    assert normal_form("phone", "020 7946 0018", None) in forms_of_peer("+442079460018", "GB")


def test_addresses_and_handles_are_recognised_regardless_of_case() -> None:
    assert forms_of_peer("K.Smith@Example.COM", None) == ["k.smith@example.com"]
    assert forms_of_peer("@Mira_K", None) == [normal_form("handle", "mira_k", None)]
    assert kind_of_peer("@Mira_K") == "handle"
    assert kind_of_peer("k@example.com") == "email"
    assert kind_of_peer("07700 900118") == "phone"


@pytest.mark.parametrize(
    "peer", ["anonymous", "Anonymous", " UNKNOWN ", "withheld", "anonymous@anonymous.invalid", ""]
)
def test_a_withheld_number_belongs_to_nobody(peer: str) -> None:
    assert forms_of_peer(peer, "GB") == []


def test_each_kind_has_its_normal_form() -> None:
    assert normal_form("email", "Not an address", None) == "not an address"
    assert normal_form("account", "fh-2016 04417", None) == "FH201604417"
    assert normal_form("order", "#W2611340", None) == "W2611340"
    assert normal_form("address", "14 Aviary Rise", None) == normal_form(
        "address", "14  AVIARY rise", None
    )
    assert normal_form("phone", "no digits", "GB") == ""


@pytest.mark.parametrize("peer", NASTY)
def test_any_text_may_call(peer: str) -> None:
    assert all(forms_of_peer(peer, "GB"))
