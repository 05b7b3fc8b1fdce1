"""The sectors of a compound file, in which .xls workbooks stand ([MS-CFB]), followed before calamine follows them.

Calamine takes all memory over sectors that lead in a circle, and ends the whole process.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from graphkit.errors import FileUnreadable

_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA
"""Numbers above this one are no sectors: ends, and what is free."""
_HEAD, _ENTRY, _IN_HEAD = 512, 128, 109
_SHIFTS = (9, 12)


def must_be_sound(path: Path) -> None:
    """Raise FileUnreadable when the sectors of a compound file are not all there or lead in a circle."""
    with path.open("rb") as file:
        if file.read(len(_MARK)) != _MARK:
            return
        try:
            _Compound(file, path.stat().st_size).follow()
        except (ValueError, struct.error) as problem:
            why = str(problem) if type(problem) is ValueError else "it is cut off"
            raise FileUnreadable(f"{path.name}: is a damaged workbook: {why}. Save it anew as .xlsx.") from None


class _Compound:
    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file = file
        self._size = size
        file.seek(0)
        head = file.read(_HEAD)
        (shift,) = struct.unpack_from("<H", head, 30)
        if shift not in _SHIFTS:
            raise ValueError("its sectors are of no size that there is")
        self._sector = 1 << shift
        self._numbers = f"<{self._sector // 4}I"
        self._directory, self._short, self._more = (struct.unpack_from("<I", head, at)[0] for at in (48, 60, 68))
        self._in_head = struct.unpack_from(f"<{_IN_HEAD}I", head, 76)

    def follow(self) -> None:
        """Follow all sectors; ValueError says what is wrong with them."""
        next_ = [number for at in self._tables() for number in self._read(at)]
        _must_end(next_)
        _must_end([number for at in _chain(next_, self._short) for number in self._read(at)])
        for at in _chain(next_, self._directory):
            sector = struct.pack(self._numbers, *self._read(at))
            for start in range(0, self._sector, _ENTRY):
                (size,) = struct.unpack_from("<I", sector, start + 120)
                if sector[start + 66] in (2, 5) and size > self._size:
                    raise ValueError("a part of it is larger than the whole")

    def _tables(self) -> list[int]:
        """Return the sectors that say which sector follows which: the first ones stand in the head."""
        found = list(self._in_head)
        seen: set[int] = set()
        more = self._more
        while more < _LAST:
            if more in seen:
                raise ValueError("its sectors lead in a circle")
            seen.add(more)
            *numbers, more = self._read(more)
            found += numbers
        return [number for number in found if number < _LAST]

    def _read(self, number: int) -> tuple[int, ...]:
        self._file.seek((number + 1) * self._sector)
        return struct.unpack(self._numbers, self._file.read(self._sector))


def _chain(next_: list[int], start: int) -> Iterable[int]:
    """Yield the sectors from one on; they are known to end."""
    while start < _LAST:
        yield start
        if start >= len(next_):
            raise ValueError("it is cut off")
        start = next_[start]


def _must_end(next_: list[int]) -> None:
    """Raise ValueError when sectors lead in a circle."""
    came_from = bytearray(len(next_))
    for start in range(len(next_)):
        walked = []
        at = start
        while at < len(next_) and not came_from[at]:
            came_from[at] = 1
            walked.append(at)
            at = next_[at]
        if at < len(next_) and came_from[at] == 1:
            raise ValueError("its sectors lead in a circle")
        for seen in walked:
            came_from[seen] = 2
