"""What kinds of things are called in cells and in the names of sheets."""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = {
    "Person": "person individual people man woman suspect victim human natural-person p i",
    "Organization": "organization organisation company org entity business agency firm office enterprise association"
    " legal-person o e public-body corporation private-limited-company public-limited-company plc ltd ngo bank",
    "Group": "group gang network cell legal-entity",
    "ContentItem": "sha256 sha-256 file-hash-sha256 filehash-sha256",
    "Identifier": "identifier telephone phone email e-mail account handle number bank-account vehicle phone-number"
    " email-address email-src email-dst email-addr",
    "Place": "place location address city country site",
    "Incident": "incident event attack",
    "Website": "website web-site page url",
    "Domain": "domain domain-name hostname host-name dns-name",
    "Host": "ip ip-address ipv4 ipv6 ipv4address ipv6address ip-dst ip-src ip-addr ipv4-addr ipv6-addr",
}
_CALLED = {word.replace("-", " "): kind for kind, words in _WORDS.items() for word in words.split()}
_SCHEMES = {
    "phone": {"telephone", "phone", "mobile", "phone number"},
    "email": {"email", "e mail", "email address", "email src", "email dst", "email addr"},
    "sha256": {"sha256", "sha 256", "file hash sha256", "filehash sha256"},
}


@lru_cache(4096)
def kind(word: str, own: tuple[str, ...] = ()) -> str | None:
    """Return the kind of thing that a word stands for, None for a word that stands for none.

    Several words may stand in a cell, and programs write their own name before a word: ``maltego.Person``, ``:Person``.
    """
    names = {name.casefold(): name for name in own}
    told = (names.get(one.replace(" ", "")) or _CALLED.get(one) for one in _each(word))
    return next(filter(None, told), None)


@lru_cache(4096)
def scheme(word: str) -> str | None:
    """Return the scheme of the ids of what a word stands for, where that has one id in all sources."""
    return next((name for name, words in _SCHEMES.items() if not words.isdisjoint(_each(word))), None)


def titled(title: str) -> str | None:
    """Return the kind of the things that a sheet holds by its name, such as Individuals."""
    plain = title.strip().casefold()
    singular = re.sub(r"ies$", "y", plain) if plain.endswith("ies") else plain.removesuffix("s")
    return next((one for one in (_CALLED.get(plain), _CALLED.get(singular)) if one in ("Person", "Organization")), None)


def _each(word: str) -> list[str]:
    """Return the words of a cell as they are compared, CamelCase cut."""
    each = (part.rpartition(".")[2] if " " not in part.strip() else part for part in re.split(r"[;|:]", word))
    cut = (re.sub(r"(?<=[a-z])(?=[A-Z])", " ", part) for part in each)
    return [plain for part in cut if (plain := " ".join(re.findall(r"[^\W_]+", part.casefold())))]
