"""Where sources are wrong: another site's value, or a mistyped one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from random import Random

from bench.worlds.other.marks import mistyped
from bench.worlds.other.observation import FIELDS
from bench.worlds.other.sources import Record

_REGISTRANT = ("registrant_name", "registrant_email", "registrant_org", "registrant_phone")


def make_mistakes(chance: Random, records: Sequence[Record], share: float) -> None:
    """Change a share of the records."""
    by_kind: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record["kind"] in FIELDS or record["kind"] == "Registration":
            by_kind[record["kind"]].append(record)
    for kind, alike in sorted(by_kind.items()):
        for record in alike:
            if chance.random() < share:
                other = chance.choice(alike)
                if kind == "Registration":
                    _mix_up(chance, record, other)
                else:
                    _mistake(chance, record, other)


def _mix_up(chance: Random, record: Record, other: Record) -> None:
    """Give a registration the registrant of another, or a part of it."""
    for part in _REGISTRANT if chance.random() < 0.5 else (chance.choice(_REGISTRANT),):
        if part in other:
            record[part] = other[part]
        else:
            record.pop(part, None)


def _mistake(chance: Random, record: Record, other: Record) -> None:
    kind = record["kind"]
    field = FIELDS[kind]
    if kind == "Redirect" or chance.random() < 0.8:
        if other[field] != record["domain"]:
            record[field] = other[field]
    elif kind == "Resolution":
        record[field] = f"{record[field].rpartition('.')[0]}.{chance.randint(1, 254)}"
    else:
        record[field] = mistyped(chance, record[field])
