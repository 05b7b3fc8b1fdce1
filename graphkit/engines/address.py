"""Where a Neo4j server is, and who asks: everything but the password, which never stands in an address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from graphkit.errors import ChooseAgain

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
_EXAMPLE = "neo4j://neo4j@localhost:7687/neo4j"


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of ``neo4j://user@host:7687/database``; ``database`` is None for the user's home database."""

    uri: str
    user: str
    database: str | None

    @classmethod
    def of(cls, text: str) -> Address:
        """Read an address; ChooseAgain says what is wrong with it, without repeating a password."""
        try:
            parts = urlsplit(text)
            host, port = parts.hostname, parts.port or 7687
        except ValueError as problem:
            raise ChooseAgain(f"The address of the store is wrong: {problem}. An example: {_EXAMPLE}.") from None
        if parts.password is not None:
            raise ChooseAgain(
                "A password does not belong into the address of a store, where others can read it. Take it out and "
                "set GRAPHKIT_NEO4J_PASSWORD, or GRAPHKIT_NEO4J_PASSWORD_FILE to a file that holds it."
            )
        database = unquote(parts.path.strip("/")) or None
        if not host or parts.query or parts.fragment or (database and "/" in database):
            raise ChooseAgain(f"{text} is no address of a Neo4j server. An example: {_EXAMPLE}.")
        if ":" in host:
            host = f"[{host}]"
        return cls(f"{parts.scheme}://{host}:{port}", unquote(parts.username or "neo4j"), database)
