"""The values that a text may stand for: domains, addresses and other identifiers, however they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from graphkit.model import values

_DEFANGED = (
    (re.compile(r"\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)", re.I), "."),
    (re.compile(r"\[at\]|\(at\)|\[@\]", re.I), "@"),
)
_URL = re.compile(r"h(?:tt|xx)ps?(?::|\[:\])//(?:[^/?#@\s]*@)?([^/?#\s]+?)(?::\d{1,5})?(?:[/?#]\S*)?", re.I)
_PHONE = re.compile(r"\+?[\d\s().\-/]{7,30}")
_TRUNK = re.compile(r"(?<=\d) *\(0\) *(?=\d)")
_LONGEST = 2_000
_WWW = "www."

_OF_ADDRESS = "the host of the address"
_WITHOUT_WWW = "the host without www"


def readings(text: str) -> Iterator[tuple[str, str]]:
    """Yield the normal values that a text may stand for, each with what it is of the text where it is not all of it."""
    if len(text) > _LONGEST:
        return
    refanged = text.strip()
    for pattern, sign in _DEFANGED:
        refanged = pattern.sub(sign, refanged)
    found = _URL.fullmatch(refanged)
    host, left_out = (found[1].strip("[]"), _OF_ADDRESS) if found else (refanged, "")
    for value in _normal(host):
        yield value, left_out
        if value.startswith(_WWW) and value.count(".") > 1:
            yield value.removeprefix(_WWW), _WITHOUT_WWW


def _normal(text: str) -> Iterator[str]:
    seen = set[str]()
    for may_be, normal in _FORMS:
        if may_be(text):
            try:
                value = normal(text)
            except ValueError:
                continue
            if value not in seen:
                seen.add(value)
                yield value


_FORMS: tuple[tuple[Callable[[str], object], Callable[[str], str]], ...] = (
    (lambda text: " " not in text and ("." in text or ":" in text), values.ip),
    (lambda text: " " not in text and "." in text and "@" not in text, values.domain),
    (lambda text: "@" in text, values.email),
    (_PHONE.fullmatch, lambda text: values.phone(_TRUNK.sub("", text))),
    (lambda text: len(text) >= 32, values.hexadecimal),
    (lambda text: True, str.strip),
    (lambda text: True, values.identifier_key),
)
