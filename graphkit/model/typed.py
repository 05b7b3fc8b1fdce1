"""Websites and domains as people type and read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import idna

from graphkit.model import values

_PREFIXES = ("website:", "domain:")


def domain(given: str) -> str:
    """Return the domain that somebody means: bare, defanged, in Unicode, in an address, or the id of what is there.

    ValueError says why it is none.
    """
    bare = given.strip()
    for prefix in _PREFIXES:
        bare = bare.removeprefix(prefix)
    return values.domain(values.host_of(bare) or bare)


def website(given: str) -> str:
    """Return the id of the website that somebody means; ValueError, which names it, says why it is none."""
    bare = given.strip()
    if ":" in bare and not (bare.startswith(_PREFIXES[0]) or values.host_of(bare)):
        raise ValueError(f"'{given}' is no website. Name it as site.example.")
    try:
        return _PREFIXES[0] + domain(given)
    except ValueError as problem:
        raise ValueError(f"'{given}' {problem}.") from None


def ids(given: str) -> list[str]:
    """Return the ids that may be meant, as it is written first; a domain may mean the website or the domain."""
    try:
        meant = domain(given)
    except ValueError:
        return [given]
    prefixes = [prefix for prefix in _PREFIXES if given.strip().startswith(prefix)] or _PREFIXES
    return list(dict.fromkeys([given, *(prefix + meant for prefix in prefixes)]))


def known(given: str, kinds_of: Callable[[Sequence[str]], Mapping[str, str]]) -> str:
    """Return the first of the ids that may be meant that has a kind, else what is given."""
    meant = ids(given)
    there = kinds_of(meant)
    return next((id_ for id_ in meant if id_ in there), given)


def in_unicode(name: str) -> str:
    """Return a domain as it is read where it is not written in ASCII, else an empty text."""
    if "xn--" not in name:
        return ""
    try:
        return idna.decode(name)
    except idna.IDNAError:
        return ""
