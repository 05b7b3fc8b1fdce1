"""One holder at a time, across processes and containers that share a folder.

SQLite keeps the lock, which all platforms have: the system lets go of it when a process ends, killed ones too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def held(path: Path, wait: float = 1.0) -> Iterator[bool]:
    """Hold the lock of a file while the block runs; False when somebody else holds it for ``wait`` seconds."""
    with closing(sqlite3.connect(path, timeout=wait, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as problem:
            if "locked" not in str(problem):
                raise
            yield False
        else:
            yield True
