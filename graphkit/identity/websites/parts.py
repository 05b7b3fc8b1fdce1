"""Values that are part of others: the network of an address, the zone of a name server, both halves of an e-mail."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

import polars as pl

PARTS = {"network": "host", "ns-zone": "ns", "mailbox": "email", "mail-domain": "email"}
"""The kinds of values that are part of others, each with the kind it is part of."""
ROLES = frozenset(
    {
        "abuse", "admin", "billing", "contact", "dns", "domain", "domains", "hello", "hostmaster", "info", "mail",
        "office", "postmaster", "registrar", "sales", "service", "support", "webmaster",
    }
)  # fmt: skip
"""Mailboxes that everybody has."""
PUBLIC_MAIL = frozenset(
    {
        "126.com", "163.com", "aol.com", "fastmail.com", "gmail.com", "gmx.com", "gmx.de", "gmx.net", "googlemail.com",
        "hotmail.com", "icloud.com", "inbox.ru", "live.com", "mail.com", "mail.ru", "msn.com", "naver.com",
        "outlook.com", "proton.me", "protonmail.com", "qq.com", "rediffmail.com", "tutanota.com", "web.de", "yahoo.com",
        "yandex.com", "yandex.ru", "ymail.com", "zoho.com",
    }
)  # fmt: skip
"""Where everybody can have an e-mail."""
_LEAST_MAILBOX = 6
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})
_COUNTRY = 2
_READ = {"value": pl.String, "part": pl.String}


def parts(values: pl.DataFrame) -> pl.DataFrame:
    """Return the parts of values, as rows with the columns of these: networks, zones, mailboxes and mail domains."""
    made = [_of(values, "network", _network), _of(values, "ns-zone", _zone)]
    text, part = pl.col("value"), pl.col("value").str.split("@")
    emails = values.filter(pl.col("kind") == PARTS["mailbox"])
    box = part.list.first().str.split("+").list.first().str.replace_all(r"[^a-z0-9]", "").str.replace(r"\d{1,2}$", "")
    boxes = emails.with_columns(kind=pl.lit("mailbox"), value=box)
    made.append(boxes.filter((text.str.len_chars() >= _LEAST_MAILBOX) & ~text.is_in(list(ROLES))))
    domains = emails.with_columns(kind=pl.lit("mail-domain"), value=part.list.last())
    made.append(domains.filter(~text.is_in(list(PUBLIC_MAIL))))
    return pl.concat(made)


def _of(values: pl.DataFrame, kind: str, read: Callable[[str], str | None]) -> pl.DataFrame:
    whole = values.filter(pl.col("kind") == PARTS[kind])
    texts = whole["value"].unique()
    read_as = pl.DataFrame({"value": texts, "part": texts.map_elements(read, pl.String)}, schema=_READ)
    found = whole.join(read_as, on="value").drop_nulls("part")
    return found.with_columns(kind=pl.lit(kind), value="part").select(values.columns)


def _network(address: str) -> str | None:
    """Return the network that an address is likely let out with: 256 addresses, or a /48."""
    try:
        version = ipaddress.ip_address(address).version
    except ValueError:
        return None
    return str(ipaddress.ip_network(f"{address}/{24 if version == 4 else 48}", strict=False))


def _zone(server: str) -> str:
    """Return the domain under which a name server is."""
    names = server.split(".")
    under = len(names) > 2 and len(names[-1]) == _COUNTRY and names[-2] in _SECOND_LEVEL
    return ".".join(names[-3 if under else -2 :])
