"""Answers of whois and RDAP on one domain, as clients and services write them."""

from __future__ import annotations

from typing import Any

PYTHON_WHOIS = {
    "domain_name": ["RED-KILN.EXAMPLE", "red-kiln.example"],
    "registrar": "Namewimble",
    "whois_server": "whois.namewimble.example",
    "updated_date": ["2024-02-01 00:00:00"],
    "creation_date": ["2024-01-10 00:00:00", "2024-01-10 05:00:00"],
    "expiration_date": "2025-01-10 00:00:00+00:00",
    "name_servers": ["NS1.RACK.EXAMPLE", "NS2.RACK.EXAMPLE"],
    "emails": ["abuse@namewimble.example", "ops@kiln.example"],
    "name": "Ada Venn",
    "org": "Kiln Works",
    "country": "NO",
}
ASYNCWHOIS = {
    "domain_name": "red-kiln.example",
    "created": "2024-01-10T05:00:00+00:00",
    "expires": "2025-01-10T05:00:00+00:00",
    "registrar": "Namewimble",
    "registrant_name": "Ada Venn",
    "registrant_organization": "Kiln Works",
    "registrant_email": "Ops@Kiln.example",
    "registrant_phone": "+47.5550100",
    "registrar_abuse_email": "abuse@namewimble.example",
    "name_servers": ["ns1.rack.example", "ns2.rack.example"],
}
WHODAP = {
    "domain_name": "red-kiln.example",
    "created_date": "2024-01-10T05:00:00+00:00",
    "expires_date": "2025-01-10T05:00:00+00:00",
    "registrar_name": "Namewimble",
    "registrant_name": "Ada Venn",
    "registrant_organization": "Kiln Works",
    "registrant_email": "ops@kiln.example",
    "registrant_phone": "tel:+47.5550100",
    "abuse_email": "abuse@namewimble.example",
    "nameservers": ["ns1.rack.example", "ns2.rack.example"],
}
WHOISDOMAIN = {
    "name": "red-kiln.example",
    "tld": "example",
    "registrar": "Namewimble",
    "registrant": "Kiln Works",
    "creation_date": "2024-01-10 05:00:00",
    "expiration_date": "2025-01-10 05:00:00",
    "name_servers": ["ns1.rack.example", "ns2.rack.example"],
    "emails": ["abuse@namewimble.example"],
}
WHOISXML = {
    "WhoisRecord": {
        "domainName": "red-kiln.example",
        "createdDate": "10-jan-2024",
        "createdDateNormalized": "2024-01-10 05:00:00 UTC",
        "registrarName": "",
        "registrant": {
            "name": "Ada Venn",
            "organization": "Kiln Works",
            "email": "ops@kiln.example",
            "telephone": "475550100",
            "country": "NORWAY",
        },
        "registryData": {
            "registrarName": "Namewimble",
            "expiresDate": "2025-01-10T05:00:00Z",
            "nameServers": {"hostNames": ["ns1.rack.example", "ns2.rack.example"], "rawText": "x", "ips": []},
        },
        "audit": {"createdDate": "2024-02-02 08:00:00 UTC", "updatedDate": "2024-02-03 08:00:00 UTC"},
    }
}
WHOISIT = {
    "handle": "1_DOMAIN",
    "name": "RED-KILN.EXAMPLE",
    "type": "domain",
    "registration_date": "2024-01-10 05:00:00+00:00",
    "expiration_date": "2025-01-10 05:00:00+00:00",
    "entities": {
        "registrar": [{"handle": "292", "name": "Namewimble"}],
        "registrant": [{"name": "Kiln Works", "email": "ops@kiln.example"}],
        "abuse": [{"email": "abuse@namewimble.example"}],
    },
    "nameservers": ["ns1.rack.example", "ns2.rack.example"],
}


def card(*lines: Any) -> list[Any]:
    """Return a jCard of lines, each a name and a value."""
    return ["vcard", [["version", {}, "text", "4.0"], *([name, {}, "text", value] for name, value in lines)]]


def contact(role: str, *lines: Any) -> dict[str, Any]:
    """Return an entity of RDAP."""
    return {"objectClassName": "entity", "roles": [role], "vcardArray": card(*lines)}


RDAP = {
    "rdapConformance": ["rdap_level_0"],
    "objectClassName": "domain",
    "ldhName": "RED-KILN.EXAMPLE",
    "handle": "1_DOMAIN",
    "events": [
        {"eventAction": "registration", "eventDate": "2024-01-10T05:00:00Z"},
        {"eventAction": "expiration", "eventDate": "2025-01-10T05:00:00Z"},
        {"eventAction": "last changed", "eventDate": "2024-02-01T05:00:00Z"},
        {"eventAction": "last update of RDAP database", "eventDate": "2024-02-03T09:34:01Z"},
    ],
    "entities": [
        contact("registrar", ("fn", "Namewimble")) | {"entities": [contact("abuse", ("email", "a@b.example"))]},
        contact(
            "registrant",
            ("fn", "Ada Venn"),
            ("org", "Kiln Works"),
            ("email", "ops@kiln.example"),
            ("tel", "tel:+47.5550100;ext=1"),
        ),
        contact("technical", ("fn", "Bo Lund")),
    ],
    "nameservers": [
        {"objectClassName": "nameserver", "ldhName": "NS1.RACK.EXAMPLE"},
        {"objectClassName": "nameserver", "ldhName": "NS2.RACK.EXAMPLE"},
    ],
}
ANSWERS = {
    "python-whois": PYTHON_WHOIS,
    "asyncwhois": ASYNCWHOIS,
    "whodap": WHODAP,
    "whoisdomain": WHOISDOMAIN,
    "WhoisXML": WHOISXML,
    "whoisit": WHOISIT,
    "RDAP": RDAP,
}
