"""Addresses of machines: the same as Python's own reading, only faster."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.identity.websites.addresses import network, packed


@given(st.ip_addresses(v=4))
def test_an_address_was_let_out_with_256(address: IPv4Address) -> None:
    assert packed(str(address)) == address.packed
    assert network(str(address)) == str(ip_network(f"{address}/24", strict=False))


@given(st.ip_addresses(v=6))
def test_a_long_address_was_let_out_with_a_48(address: IPv6Address) -> None:
    assert packed(str(address)) == address.packed
    found = network(str(address))
    assert found is not None
    assert ip_network(found) == ip_network(f"{address}/48", strict=False)


@pytest.mark.parametrize(
    "text", ["", "192.0.2", "192.0.2.256", "192.0.2.1/24", "host.example", "::1%eth0", "1\0.2.3.4"]
)
def test_what_is_no_address_is_none(text: str) -> None:
    assert packed(text) is None
    assert network(text) is None
