"""What pages carry: icons, tracker ids, certificates; and where typing goes wrong."""

from __future__ import annotations

from random import Random

_CAPITALS = "ABCDEFGHJKLMNPQRSTVWXYZ0123456789"
_CONSONANTS = "BCDFGHJKLMNPQRSTVWXZ23456789"
_KEPT = "@. "


def hexadecimal(chance: Random, length: int) -> str:
    return "".join(chance.choice("0123456789abcdef") for _ in range(length))


def fingerprint(chance: Random) -> str:
    """Return the fingerprint of a new certificate."""
    return hexadecimal(chance, 40)


def icon(chance: Random) -> str:
    """Return the hash of a new favicon."""
    return str(chance.randint(-(2**31), 2**31 - 1))


def tracker(chance: Random) -> str:
    """Return a new id of a service that counts visitors or shows advertisements."""
    kind = chance.random()
    if kind < 0.42:
        return f"UA-{chance.randint(100000, 190000000)}-{1 if chance.random() < 0.8 else chance.randint(2, 9)}"
    if kind < 0.58:
        return "G-" + "".join(chance.choice(_CAPITALS) for _ in range(10))
    if kind < 0.70:
        return "GTM-" + "".join(chance.choice(_CONSONANTS) for _ in range(7))
    if kind < 0.84:
        return f"pub-{chance.randint(10**15, 10**16 - 1):016d}"
    if kind < 0.93:
        return f"ym-{chance.randint(1000000, 99999999)}"
    return f"fbq-{chance.randint(10**14, 10**15 - 1)}"


def has_properties(tracker: str) -> bool:
    """Return whether an id is of an account with numbered properties."""
    return tracker.startswith("UA-")


def property_of(tracker: str, number: int) -> str:
    """Return another property of the same account."""
    return f"{tracker.rsplit('-', 1)[0]}-{number}"


def mistyped(chance: Random, text: str) -> str:
    """Return a text with at most one typing mistake, its dots, spaces and @ kept."""
    if len(text) < 4:
        return text
    at, kind = chance.randint(1, len(text) - 2), chance.random()
    if text[at] in _KEPT:
        return text
    if kind < 0.4:
        return text[:at] + text[at + 1 :]
    if kind < 0.7:
        return text if text[at + 1] in _KEPT else text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + text[at] + text[at:]
