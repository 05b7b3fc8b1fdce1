"""Schemata of FollowTheMoney: of which kind their entities are here, and which of them link two others."""

from __future__ import annotations

from dataclasses import dataclass

DOCUMENTS = frozenset(
    {
        "Article", "Audio", "Document", "Email", "HyperText", "Image", "Message", "Pages", "PlainText", "Table",
        "Video", "Workbook",
    }
)  # fmt: skip
NOT_TAKEN = frozenset(
    {
        "Documentation", "Folder", "Identification", "Mention", "Note", "Package", "Page", "Passport", "Post",
        "TaxRoll",
    }
)  # fmt: skip
"""Schemata that no record has a place for: of id numbers, of what a program found in a text, of folders and notes."""
KINDS = {
    "Person": "Person",
    "LegalEntity": "Group",
    "Agency": "Organization",
    "Company": "Organization",
    "Organization": "Organization",
    "PublicBody": "Organization",
    "Address": "Place",
    "Territory": "Place",
    "Event": "Incident",
    "Trip": "Incident",
    "UserAccount": "Identifier",
} | dict.fromkeys(DOCUMENTS, "Source")


def kind(schema: str) -> str:
    """Return the kind that entities of a schema are of; what no other kind is for is a Concept."""
    return KINDS.get(schema, "Concept")


@dataclass(frozen=True, slots=True)
class Edge:
    """A schema that links the entities in two of its properties.

    ``kind`` is the relation that it is where the ends fit; ``words`` are properties that go to its ``field``, which
    has ``otherwise`` when there are none. What else an edge is has its schema as ``relationship``. ``point`` says that
    it happens on a day and does not last.
    """

    start: str
    end: str
    kind: str = ""
    field: str = ""
    words: tuple[str, ...] = ("role", "status")
    otherwise: tuple[str, ...] = ()
    point: bool = False


EDGES = {
    "Ownership": Edge("owner", "asset", "OWNS", "share", ("percentage",)),
    "Directorship": Edge("director", "organization", "EMPLOYED_BY", "role", otherwise=("Directorship",)),
    "Employment": Edge("employee", "employer", "EMPLOYED_BY", "role"),
    "Membership": Edge("member", "organization", "MEMBER_OF", "role"),
    "Control": Edge("controller", "controlled", words=("controlType", "role", "status")),
    "Representation": Edge("agent", "client"),
    "Family": Edge("person", "relative", words=("relationship",)),
    "Associate": Edge("person", "associate", words=("relationship",)),
    "UnknownLink": Edge("subject", "object"),
    "Succession": Edge("predecessor", "successor", point=True),
    "Occupancy": Edge("holder", "post", words=("status",)),
    "Similar": Edge("candidate", "match", "ALIAS_OF"),
    "CourtCaseParty": Edge("party", "case"),
    "ProjectParticipant": Edge("participant", "project"),
    "ContractAward": Edge("contract", "supplier", point=True),
    "Debt": Edge("creditor", "debtor", point=True),
    "Payment": Edge("payer", "beneficiary", point=True),
    "Call": Edge("caller", "receiver", point=True),
    "EconomicActivity": Edge("sender", "receiver", point=True),
}
GUESSES = frozenset({"Similar"})
"""Schemata of what a program presumes."""
