"""Colour and shape of each kind. Shape carries the kind too, for those who do not see the colour."""

from __future__ import annotations

KINDS: dict[str, tuple[str, str]] = {
    "Person": ("#3b6fe0", "dot"),
    "Group": ("#7aa2f2", "dot"),
    "Organization": ("#0e9384", "square"),
    "Incident": ("#e4572e", "star"),
    "Place": ("#7d8794", "triangleDown"),
    "Website": ("#7c4dff", "hexagon"),
    "Domain": ("#a98bf5", "diamond"),
    "Host": ("#b07d2b", "square"),
    "Registration": ("#d667a8", "triangle"),
    "Identifier": ("#d9a400", "diamond"),
    "ContentItem": ("#a83250", "triangle"),
    "Request": ("#3f9142", "hexagon"),
    "Statistic": ("#5b6675", "square"),
    "Technique": ("#c2571a", "hexagon"),
    "Software": ("#2a7f9e", "square"),
    "Mitigation": ("#4f7a3a", "triangleDown"),
    "Concept": ("#8a6fae", "dot"),
}
OTHER = ("#5b6675", "dot")
GLYPHS = {"dot": "●", "square": "■", "star": "★", "triangleDown": "▼", "hexagon": "⬢", "diamond": "◆", "triangle": "▲"}
DISPUTED = "#d1242f"
NEUTRAL = "#9aa4b2"
ALLEGED = "#b86e00"


def colour(kind: str) -> str:
    """Return the colour of a kind."""
    return KINDS.get(kind, OTHER)[0]


def shape(kind: str) -> str:
    """Return the vis-network shape of a kind."""
    return KINDS.get(kind, OTHER)[1]


def glyph(kind: str) -> str:
    """Return the character that stands for the shape of a kind."""
    return GLYPHS[shape(kind)]
