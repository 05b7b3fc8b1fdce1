"""Addresses of machines as bytes, and the networks that they are likely let out with."""

from __future__ import annotations

import socket

IPV4, IPV6 = 4, 16
"""How many bytes an address has."""
_FAMILIES = {IPV4: socket.AF_INET, IPV6: socket.AF_INET6}
_NETWORK = {IPV4: 3, IPV6: 6}


def packed(address: str) -> bytes | None:
    """Return the 4 or 16 bytes of an address, None where the text is none."""
    for family in _FAMILIES.values():
        try:
            return socket.inet_pton(family, address)
        except (OSError, ValueError):
            continue
    return None


def network(address: str) -> str | None:
    """Return the network that an address is likely let out with: 256 addresses, or a /48; None where it is none."""
    found = packed(address)
    if found is None:
        return None
    size, named = len(found), _NETWORK[len(found)]
    return f"{socket.inet_ntop(_FAMILIES[size], found[:named].ljust(size, bytes(1)))}/{8 * named}"
