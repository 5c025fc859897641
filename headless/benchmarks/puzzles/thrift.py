"""Thrift's binary protocol, read into plain dicts by field id: no schema, no dependency.

https://github.com/apache/thrift/blob/master/doc/specs/thrift-binary-protocol.md; a struct is a row of fields, each
with its type, its id and its value, and ends with a zero; lists and sets give their type and length first.
"""

from __future__ import annotations

import struct
from typing import Any

NUMBERS = {3: struct.Struct(">b"), 4: struct.Struct(">d"), 6: struct.Struct(">h"), 8: struct.Struct(">i")}
NUMBERS[10] = struct.Struct(">q")
TRUTH, TEXT, STRUCT, MAP, SET, LIST = 2, 11, 12, 13, 14, 15

DEEPEST = 32
"""Values within values, at most."""

Record = dict[int, Any]


class ThriftError(ValueError):
    """What was to be read is no thrift of the binary protocol; the text says why."""


def read_struct(data: bytes) -> Record:
    """The struct that bytes hold. Raises ThriftError if they end too early or hold anything else."""
    reader = _Reader(data)
    try:
        return reader.struct(0)
    except struct.error:
        raise ThriftError(f"it ends in the middle of a value, after {len(data)} bytes") from None
    except UnicodeDecodeError:
        raise ThriftError(f"the text before byte {reader.at} is not UTF-8") from None


class _Reader:
    """Bytes, and how far they are read."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def number(self, kind: struct.Struct) -> Any:
        (value,) = kind.unpack_from(self.data, self.at)
        self.at += kind.size
        return value

    def struct(self, depth: int) -> Record:
        fields: Record = {}
        while kind := self.number(NUMBERS[3]):
            name = self.number(NUMBERS[6])
            fields[name] = self.value(kind, depth + 1)
        return fields

    def value(self, kind: int, depth: int) -> Any:
        if kind in NUMBERS:
            return self.number(NUMBERS[kind])
        if depth > DEEPEST:
            raise ThriftError(f"values are nested more than {DEEPEST} deep at byte {self.at}")
        if kind == STRUCT:
            return self.struct(depth)
        if kind == TRUTH:
            return bool(self.number(NUMBERS[3]))
        if kind == TEXT:
            return self.text()
        if kind in (LIST, SET):
            inner = self.number(NUMBERS[3])
            return [self.value(inner, depth + 1) for _ in range(self.length())]
        if kind == MAP:
            key, inner = self.number(NUMBERS[3]), self.number(NUMBERS[3])
            return {self.value(key, depth + 1): self.value(inner, depth + 1) for _ in range(self.length())}
        raise ThriftError(f"there is no type {kind} as at byte {self.at}")

    def length(self) -> int:
        """How many values follow; each takes a byte at least."""
        count = int(self.number(NUMBERS[8]))
        if not 0 <= count <= len(self.data) - self.at:
            raise ThriftError(f"{count} values or bytes are told before byte {self.at}, and {len(self.data)} are there")
        return count

    def text(self) -> str:
        count = self.length()
        self.at += count
        return self.data[self.at - count : self.at].decode("utf-8")
