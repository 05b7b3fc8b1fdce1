"""Reading the documentation: which pages there are, and the fenced blocks in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "CHANGELOG.md",
        ROOT / "bench/README.md",
        *(ROOT / "docs").rglob("*.md"),
    ]
)
ON_NEO4J = {"docs/how-to/neo4j.md", "docs/how-to/py2neo.md"}
"""Pages whose examples run on the Neo4j server of the tests, and not on a file."""
_FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.M | re.S)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, the file it stands for (```` ```jsonl records.jsonl ````), where it is."""

    language: str
    file: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a console block and what the page says that it prints."""

    line: str
    expected: list[str]


def name(page: Path) -> str:
    """Return the path of a page inside the project."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page in order."""
    content = page.read_text(encoding="utf-8")
    found = []
    for match in _FENCE.finditer(content):
        language, _, file = match["info"].strip().partition(" ")
        line = content.count("\n", 0, match.start()) + 1
        found.append(Block(language, file.strip(), match["text"], f"{name(page)}:{line}"))
    return found


def commands(block: Block) -> list[Command]:
    """Return the commands of a console block: ``$ `` starts one, ``> `` goes on with it, the rest is printed."""
    found: list[Command] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            found.append(Command(line[2:], []))
        elif line.startswith("> ") and found and not found[-1].expected:
            found[-1] = Command(f"{found[-1].line}\n{line[2:]}", [])
        else:
            assert found, f"{block.place}: a console block starts with a command"
            found[-1].expected.append(line)
    return found
