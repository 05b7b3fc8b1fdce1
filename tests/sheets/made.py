"""Ugly sheets, each two ways ugly at least: ``python -m tests.sheets.made FOLDER`` writes them.

All persons, bodies, places and domains in them are invented.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.sheets import exports, incidents, lists, members, networks, police, requests, websites
from tests.sheets.ugly import Ugly

SHEETS: tuple[Ugly, ...] = (
    *(incidents.GED, incidents.ACLED, incidents.GTD),
    *(police.FRENCH, police.SPANISH, police.MAC),
    *(lists.GERMAN, lists.FRENCH, lists.ARABIC, lists.OFSI),
    *(members.GERMAN, members.CONTACTS),
    *(websites.WHOIS, websites.PASSIVE_DNS, websites.RUSSIAN, websites.CHINESE, websites.OLD, websites.MANY),
    *(networks.GEPHI, networks.CHART, networks.NETWORK),
    *(exports.OFAC, exports.EU, exports.OPEN, exports.NOTICES),
    *(exports.ITEMS, exports.KUMU, exports.CERTIFICATES, exports.SUSPECTS),
    *(requests.LOG, requests.REPORT, requests.HASHES, requests.FORMS),
)


def sheets() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file."""
    for ugly in SHEETS:
        yield ugly.name, ugly.content()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in sheets():
        (folder / name).write_bytes(content)
        print(folder / name)
