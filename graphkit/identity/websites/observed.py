"""What is seen of websites: which value of which kind each has, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

import polars as pl

from graphkit.model.hidden import PATTERN

VALUES = {"site": pl.String(), "kind": pl.String(), "value": pl.String(), "from": pl.Int32(), "to": pl.Int32()}
SERVICES = {"kind": pl.String(), "value": pl.String(), "why": pl.String()}
LIVES = {"site": pl.String(), "from": pl.Int32(), "to": pl.Int32()}


class Family(IntEnum):
    """What values of a kind are about. Values of one family say much the same and do not count twice."""

    CONTACT = 0
    IDENTITY = 1
    CONTENT = 2
    HOSTING = 3
    OTHER = 4


KINDS = {
    "email": Family.CONTACT,
    "phone": Family.CONTACT,
    "registrant-name": Family.IDENTITY,
    "registrant-org": Family.IDENTITY,
    "tracker": Family.CONTENT,
    "favicon": Family.CONTENT,
    "cert": Family.CONTENT,
    "host": Family.HOSTING,
    "ns": Family.HOSTING,
    "network": Family.HOSTING,
    "ns-zone": Family.HOSTING,
    "email-near": Family.OTHER,
    "name-near": Family.OTHER,
    "mailbox": Family.OTHER,
    "mail-domain": Family.OTHER,
    "stem": Family.OTHER,
    "label": Family.OTHER,
    "redirect": Family.OTHER,
    "registrar": Family.OTHER,
    "created": Family.OTHER,
}
"""The kinds of values by family, in the order in which they are numbered."""
NUMBERS = {kind: number for number, kind in enumerate(KINDS)}
TOLD = pl.Schema({"site": pl.Categorical(), "kind": pl.Enum(list(KINDS)), "value": pl.Categorical()})
"""The columns of text, each text numbered, as they are while values are compared."""
HIDDEN = PATTERN + (
    r"|redacted|privacy|private (?:registration|by design)|withheld|whoisguard|domains? by proxy|data protected"
    r"|(?:identity|whois|domain) protect|protection service|whois agent"
    r"|not disclosed|undisclosed|anonymi[sz]e|1337 services"
    r"|markmonitor|domain admin|dns admin|hostmaster|^\W*$"
    r"|^\s*(?:x{2,}|test|tba|nobody|private|individual|admin|administrator|owner|registrant)\s*$"
    r"|^abuse@|@[^@]*(?:proxy|privacy|whois|anonymi)"
)
"""What registrants are called that hide, what stands in place of them, and who answers for others."""
REGISTRANT = [kind for kind, family in KINDS.items() if family in (Family.CONTACT, Family.IDENTITY)]


@dataclass(frozen=True, slots=True)
class Observed:
    """Websites and what is seen of them.

    ``values`` has one row for each value a site was seen with: site, kind (one of ``KINDS``), value, and the first and
    last day it was seen so, as days since 1970, null where that is not known. ``lives`` has one row a site: the days
    between which the site itself was seen. ``services`` has the values of which a source says that many share them:
    kind, value and why.
    """

    values: pl.DataFrame
    lives: pl.DataFrame
    services: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SERVICES))
