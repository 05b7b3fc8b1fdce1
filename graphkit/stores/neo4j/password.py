"""The password of a Neo4j store, which comes from the environment alone."""

from __future__ import annotations

from graphkit.errors import StoreError
from graphkit.settings import Settings


def password() -> str:
    """Return the password that the environment gives; StoreError says how to give one."""
    settings = Settings()
    if settings.neo4j_password is not None:
        return settings.neo4j_password.get_secret_value()
    if settings.neo4j_password_file is None:
        raise StoreError(
            "Neo4j wants a password. Set GRAPHKIT_NEO4J_PASSWORD, or GRAPHKIT_NEO4J_PASSWORD_FILE to a file that "
            "holds it."
        )
    try:
        held = settings.neo4j_password_file.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else "it is not UTF-8 text"
        raise StoreError(
            f"The password cannot be read from {settings.neo4j_password_file}: {why}. "
            "Mend GRAPHKIT_NEO4J_PASSWORD_FILE."
        ) from None
    if not held:
        raise StoreError(
            f"The password file {settings.neo4j_password_file} is empty. Write the password into it, or mend "
            "GRAPHKIT_NEO4J_PASSWORD_FILE."
        )
    return held
