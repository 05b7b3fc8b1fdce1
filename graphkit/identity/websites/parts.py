"""Values that are part of others: the network of an address, the zone of a name server, both halves of an e-mail."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from graphkit.identity.websites.addresses import network

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


def parts(values: pl.DataFrame) -> pl.DataFrame:
    """Return the parts of values, as rows with the columns of these: networks, zones, mailboxes and mail domains."""
    return pl.concat(_of(values, kind, read) for kind, read in _READ.items())


def _of(values: pl.DataFrame, kind: str, read: Callable[[pl.Series], pl.Series]) -> pl.DataFrame:
    whole = values.filter(pl.col("kind") == PARTS[kind])
    texts = whole["value"].unique()
    read_as = pl.DataFrame({"value": texts, "part": read(texts.cast(pl.String)).cast(texts.dtype)})
    found = whole.join(read_as.drop_nulls(), on="value")
    return found.with_columns(kind=pl.lit(kind, values.schema["kind"]), value="part").select(values.columns)


def _mailboxes(emails: pl.Series) -> pl.Series:
    before = emails.str.split("@").list.first().str.split("+").list.first()
    boxes = before.str.replace_all(r"[^a-z0-9]", "").str.replace(r"\d{1,2}$", "")
    return _where((boxes.str.len_chars() >= _LEAST_MAILBOX) & ~boxes.is_in(list(ROLES)), boxes)


def _mail_domains(emails: pl.Series) -> pl.Series:
    domains = emails.str.split("@").list.last()
    return _where(~domains.is_in(list(PUBLIC_MAIL)), domains)


def _where(kept: pl.Series, texts: pl.Series) -> pl.Series:
    return texts.zip_with(kept, pl.Series([None], dtype=pl.String))


def _zone(server: str) -> str:
    """Return the domain under which a name server is."""
    names = server.split(".")
    under = len(names) > 2 and len(names[-1]) == _COUNTRY and names[-2] in _SECOND_LEVEL
    return ".".join(names[-3 if under else -2 :])


_READ: dict[str, Callable[[pl.Series], pl.Series]] = {
    "network": lambda addresses: addresses.map_elements(network, pl.String),
    "ns-zone": lambda servers: servers.map_elements(_zone, pl.String),
    "mailbox": _mailboxes,
    "mail-domain": _mail_domains,
}
