"""The filter before every engine: user Cypher reads the graph and does nothing else."""

from __future__ import annotations

import re
from itertools import accumulate

from graphkit.errors import Refused
from graphkit.stores.patterns import must_be_simple

_TOKEN = re.compile(
    r"""(?P<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
    r"|(?P<comment>//[^\n]*|/\*.*?\*/)"
    r"|(?P<quoted>`(?:``|[^`])*`)"
    r"|(?P<open>['\"`].*|/\*.*)"
    r"|(?P<word>[^\W\d]\w*)"
    r"|(?P<param>\$\w+)"
    r"|(?P<number>\d+)"
    r"|(?P<space>\s+)"
    r"|(?P<sign>.)",
    re.S,
)
_ESCAPE = re.compile(r"\\[uU]+[0-9a-fA-F]{4}")
_OPENING, _CLOSING = {"(", "[", "{"}, {")", "]", "}"}
MAX_QUERY = 100_000
MAX_DEPTH = 100
WRITES = {
    "CREATE", "MERGE", "SET", "DELETE", "DETACH", "NODETACH", "REMOVE", "DROP", "FOREACH", "INSERT", "ALTER",
    "GRANT", "DENY", "REVOKE", "START", "STOP", "RENAME", "TERMINATE",
}  # fmt: skip
REFUSED = WRITES | {"LOAD", "CSV", "SHOW", "USE", "PERIODIC", "TRANSACTIONS", "PROFILE"}
PROCEDURES = {"db.labels", "db.relationshiptypes", "db.propertykeys"}
STARTS = ("MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL", "EXPLAIN")
_NAMESPACES = ("date", "datetime", "time", "localtime", "localdatetime", "duration", "point")
_FUNCTIONS_REFUSED = ("file", "linenumber")


def tokens(cypher: str) -> list[tuple[str, str]]:
    """Return (sort, text) of the parts of a query, without white space and comments."""
    found = [(match.lastgroup or "sign", match[0]) for match in _TOKEN.finditer(cypher)]
    return [(sort, text) for sort, text in found if sort not in ("space", "comment")]


def _without_comments(cypher: str) -> str:
    return _TOKEN.sub(lambda match: " " if match.lastgroup == "comment" else match[0], cypher)


def read_only(cypher: str, stoppable: bool = True) -> str:
    """Return a query as an engine may be given it; Refused, with the way out, when it could do more than read.

    What is checked is what is returned. Comments are taken out, since not every engine knows all kinds of them, and
    unicode escapes are refused, since engines read them before or after they look for quotes. Some take a clause
    word in backticks for the clause, so backticks excuse nothing. Where matching cannot be stopped (``stoppable``)
    patterns are simple.
    """
    if len(cypher) > MAX_QUERY:
        raise Refused(f"The query is {len(cypher):,} characters long; {MAX_QUERY:,} are allowed. Use parameters.")
    if _ESCAPE.search(cypher):
        raise Refused("Unicode escapes such as \\u0041 are not allowed. Write the character, or use a parameter.")
    text = _without_comments(cypher)
    parts = tokens(text)
    _check(parts)
    if not stoppable:
        must_be_simple(parts)
    return text


def _check(parts: list[tuple[str, str]]) -> None:
    if not parts:
        raise Refused("The query is empty. Try: MATCH (n:Entity) RETURN n.kind, count(*)")
    if any(sort == "open" for sort, _ in parts):
        raise Refused("A quote or comment is opened and never closed.")
    if _depth(parts) > MAX_DEPTH:
        raise Refused(f"Brackets stand within brackets over {MAX_DEPTH} deep. Write it flat.")
    if any(text == ";" for _, text in parts[:-1]):
        raise Refused("One statement at a time: take out the ';' in the middle.")
    for index, (sort, _) in enumerate(parts):
        if sort in ("word", "quoted") and not _is_property(parts, index):
            _check_word(parts, index)
    if parts[0][1].upper() not in STARTS:
        raise Refused(f"A query starts with one of {', '.join(STARTS)}, and not with '{parts[0][1][:40]}'.")


def _depth(parts: list[tuple[str, str]]) -> int:
    steps = accumulate(1 if text in _OPENING else -1 if text in _CLOSING else 0 for _, text in parts)
    return max(steps, default=0)


def _text(parts: list[tuple[str, str]], index: int) -> str:
    return parts[index][1] if 0 <= index < len(parts) else ""


def _is_property(parts: list[tuple[str, str]], index: int) -> bool:
    """Say whether a dot stands before a part, and before the dot something that can have properties."""
    return _text(parts, index - 1) == "." and index > 1 and parts[index - 2][0] != "number"


def _check_word(parts: list[tuple[str, str]], index: int) -> None:
    sort, text = parts[index]
    word, before, after = text.strip("`"), _text(parts, index - 1), _text(parts, index + 1)
    name = word.upper()
    is_alias = sort == "quoted" and before.upper() == "AS"
    is_key = before in ("{", ",") and after == ":"
    is_label = before in (":", "|", "&", "!")
    if name in REFUSED and not (is_alias or is_key or is_label):
        way_out = "Load records to change anything." if name in WRITES else "As a name, choose another word."
        raise Refused(f"'{word}' is not allowed here; queries only read the graph. {way_out}")
    if after in (".", "(") and before.upper().strip("`") != "CALL" and _called(parts, index):
        path = _path(parts, index).lower()
        space, dot, _ = path.rpartition(".")
        if (dot and space not in _NAMESPACES) or path in _FUNCTIONS_REFUSED:
            raise Refused(f"'{path}' is not allowed here; queries only read the graph.")
    if name == "CALL" and after not in ("{", "(") and before != ":" and not is_alias:
        path = _path(parts, index + 1).lower()
        if path not in PROCEDURES:
            raise Refused(f"The procedure '{path}' is not allowed here. Allowed: {', '.join(sorted(PROCEDURES))}.")


def _path(parts: list[tuple[str, str]], index: int) -> str:
    """Return the dotted name that starts here, without backticks."""
    return "".join(text.strip("`") for _, text in parts[index : _end_of_path(parts, index)])


def _called(parts: list[tuple[str, str]], index: int) -> bool:
    return _text(parts, _end_of_path(parts, index)) == "("


def _end_of_path(parts: list[tuple[str, str]], index: int) -> int:
    end = index + 1
    while _text(parts, end) == "." and end + 1 < len(parts) and parts[end + 1][0] in ("word", "quoted"):
        end += 2
    return end
