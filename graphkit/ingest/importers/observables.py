"""Ids of what can be observed: the same whichever tool saw it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

from graphkit.ingest.checks import MAX_ID
from graphkit.model import values
from graphkit.model.schema import Made


@dataclass(frozen=True, slots=True)
class Observable:
    """What a value stands for, and how the value is written once, whoever wrote it."""

    made: Made
    normal: Callable[[object], str] = values.text

    @property
    def kind(self) -> str:
        """The kind of thing that the value stands for."""
        return self.made.kind

    def id(self, value: object) -> str:
        """Return the id of the thing; ValueError says what is wrong with the value.

        A value that no id can hold, being too long or on several lines, has its hash there.
        """
        id_ = self.made.id(self.normal(value))
        if len(id_) <= MAX_ID and "\n" not in id_ and "\t" not in id_:
            return id_
        return self.made.prefix + blake2b(id_.encode(), digest_size=16).hexdigest()


def _hash(value: object) -> str:
    """Return a hash in lower case where it is hexadecimal; fuzzy ones are taken as they are written."""
    try:
        return values.hexadecimal(value)
    except ValueError:
        return values.text(value)


def _as_number(value: object) -> str:
    words = values.text(value)
    return words[2:].strip() if words[:2].upper() == "AS" else words


def identifier(prefix: str, normal: Callable[[object], str] = values.text) -> Observable:
    """Return what values of an Identifier are whose ids begin so."""
    return Observable(Made("Identifier", f"{prefix}:"), normal)


DOMAIN = Observable(Made("Domain", "domain:"), values.domain)
HOST = Observable(Made("Host", "host:"), values.ip)
CONTENT = Observable(Made("ContentItem", "sha256:"), values.hexadecimal)
FILE = identifier("file", _hash)
EMAIL = identifier("email", values.email)
PHONE = identifier("phone", values.phone)
CERTIFICATE = identifier("cert")
URL = identifier("url")
MAC = identifier("mac")
AS = identifier("as", _as_number)


def handle(service: str) -> Observable:
    """Return what names of accounts at a service are."""
    return identifier(f"handle:{service}")
