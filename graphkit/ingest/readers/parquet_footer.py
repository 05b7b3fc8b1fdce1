"""What a Parquet file says of itself, in Thrift's compact protocol, read before Arrow spells anything out.

Arrow ends the whole process over some damaged or encrypted column chunks when it is asked for their sizes.
https://github.com/apache/parquet-format and thrift-compact-protocol.md of Apache Thrift.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_MAX_DEPTH = 16
_TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = 1, 2, 3, 7, 8, 9, 10, 11, 12
_ROW_GROUPS, _ENCRYPTION, _COLUMNS, _META, _VALUES, _UNPACKED = 4, 8, 1, 3, 5, 6
_COLUMN_ENCRYPTION = (8, 9)


@dataclass(frozen=True, slots=True)
class Chunk:
    """One column of a part of the rows: how many values it has, and its bytes less the packing."""

    values: int
    unpacked: int


class Encrypted(ValueError):
    """The file, or a column of it, is encrypted."""


def chunks(footer: bytes) -> list[Chunk]:
    """Return all column chunks; ValueError when the footer is damaged, Encrypted when there is nothing to see."""
    try:
        return list(_chunks(_Compact(footer).struct(0)))
    except (IndexError, KeyError, TypeError, AttributeError) as problem:
        raise ValueError("its footer is damaged") from problem


def _chunks(told: dict[int, Any]) -> Iterator[Chunk]:
    if _ENCRYPTION in told:
        raise Encrypted
    for group in told[_ROW_GROUPS]:
        for column in group[_COLUMNS]:
            if any(field in column for field in _COLUMN_ENCRYPTION):
                raise Encrypted
            meta = column[_META]
            yield Chunk(int(meta[_VALUES]), int(meta[_UNPACKED]))


class _Compact:
    """Reads values one after the other: structs as mappings from field numbers."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def struct(self, depth: int) -> dict[int, Any]:
        found: dict[int, Any] = {}
        number = 0
        while head := self._byte():
            number = number + (head >> 4) if head >> 4 else self._zigzag()
            kind = head & 0x0F
            found[number] = kind == _TRUE if kind in (_TRUE, _FALSE) else self._value(kind, depth + 1)
        return found

    def _value(self, kind: int, depth: int) -> Any:
        if depth > _MAX_DEPTH:
            raise ValueError("its footer is nested too deeply")
        if kind == _STRUCT:
            return self.struct(depth)
        if kind in (_LIST, _SET):
            return self._list(depth)
        if kind == _MAP:
            return self._map(depth)
        if kind == _BINARY:
            return self._skip(self._varint())
        if kind == _DOUBLE:
            return self._skip(8)
        return self._byte() if kind in (_TRUE, _FALSE, _BYTE) else self._zigzag()

    def _list(self, depth: int) -> list[Any]:
        head = self._byte()
        size = head >> 4 if head >> 4 < 15 else self._varint()
        return [self._value(head & 0x0F, depth + 1) for _ in range(size)]

    def _map(self, depth: int) -> None:
        size = self._varint()
        kinds = self._byte() if size else 0
        for _ in range(size):
            self._value(kinds >> 4, depth + 1)
            self._value(kinds & 0x0F, depth + 1)

    def _skip(self, size: int) -> None:
        self._at += size

    def _byte(self) -> int:
        self._at += 1
        return self._content[self._at - 1]

    def _varint(self) -> int:
        found = shift = 0
        while True:
            byte = self._byte()
            found |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return found
            if shift > 63:
                raise ValueError("its footer is damaged")

    def _zigzag(self) -> int:
        number = self._varint()
        return (number >> 1) ^ -(number & 1)
