"""Comparing what a page says that is printed with what was."""

from __future__ import annotations

import re

ANYTHING = "…"


def _plain(lines: list[str]) -> list[str]:
    """Drop empty lines and rules, and make runs of white space one: widths of columns do not matter."""
    single = (" ".join(line.split()) for line in lines)
    return [line for line in single if line and set(line) != {"─"}]


def _pattern(lines: list[str]) -> str:
    parts = []
    for line in _plain(lines):
        if line in (ANYTHING, "..."):
            parts.append(r"(?:[^\n]*\n)*?")
        else:
            parts.append(r"[^\n]*?".join(re.escape(piece) for piece in line.split(ANYTHING)) + r"\n")
    return "".join(parts)


def agrees(expected: list[str], output: str) -> bool:
    """Say whether output is as expected; a line ``…`` or ``...`` stands for any lines, ``…`` in one for any text."""
    return re.fullmatch(_pattern(expected), "".join(f"{line}\n" for line in _plain(output.splitlines()))) is not None
