"""Addresses that nobody opens by accident: nothing of them opens, and each comes back as it was."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graphkit.model.defanging import defang, defang_links, defang_name, refang

TEXTS = st.text(max_size=30) | st.text(st.sampled_from("htpxs:/.w[]a"), max_size=12)
BEGINNINGS = st.sampled_from(["", "http", "http://", "https://", "hxxp", "http://www."])


@pytest.mark.parametrize(
    ("address", "defanged"),
    [
        ("https://a.example/x.html", "hxxps://a[.]example/x[.]html"),
        ("HTTP://a.example", "hxxp://a[.]example"),
        ("a.example", "a[.]example"),
        ("httpd.example", "httpd[.]example"),
    ],
)
def test_a_defanged_address_opens_nowhere(address, defanged):
    assert defang(address) == defanged


@given(BEGINNINGS, TEXTS)
def test_a_defanged_address_stays_as_it_is(beginning, rest):
    address = beginning + rest
    assert defang(defang(address)) == defang(address)
    assert not re.match(r"(?i)https?://", defang(address))
    assert "." not in defang(address).replace("[.]", "")


@given(BEGINNINGS, TEXTS)
def test_what_is_defanged_comes_back_as_it_was(beginning, rest):
    address = beginning + rest
    assume("[.]" not in address)
    assume(address.startswith("http") or not re.match(r"(?i)h(tt|xx)ps?://", address))
    assert refang(defang(address)) == address


def test_of_a_name_what_may_be_a_domain_is_defanged_and_no_number():
    assert defang_name("Shop v1.5 at shop.example") == "Shop v1.5 at shop[.]example"
    assert defang_name("HTTP news, hxxps://a[.]example") == "HTTP news, hxxps://a[.]example"


def test_in_a_text_what_becomes_a_link_is_defanged_and_no_sentence():
    assert defang_links("See http://a.b.example/x. It is at www.c.example, or me@d.example.") == (
        "See hxxp://a[.]b[.]example/x. It is at www[.]c[.]example, or me[@]d.example."
    )
