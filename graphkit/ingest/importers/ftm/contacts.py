"""How somebody is reached, as FollowTheMoney writes it: identifiers and websites, and the link to them."""

from __future__ import annotations

import re
from typing import Any

from graphkit.ingest.importers import links, observables
from graphkit.model.schema import Catalog

_IDENTIFIERS = {"email": observables.EMAIL, "phone": observables.PHONE, "website": observables.URL}
_WHOLE_SITE = re.compile(r"(?i)https?://([^/?#:@\s]+)/?")


def contact(catalog: Catalog, owner: links.End, name: str, value: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the record of what a value stands for, and of the relation to it; ValueError says what is wrong with it.

    A website is one when the address is that of all of it; the address of a page is an identifier.
    """
    site = _WHOLE_SITE.fullmatch(value.strip()) if name == "website" else None
    if site:
        domain = observables.DOMAIN.normal(site[1])
        end = (f"website:{domain}", "Website")
        return {"kind": "Website", "domain": domain}, links.related(owner, name, end)
    kind = _IDENTIFIERS[name]
    end = (kind.id(value), kind.kind)
    relation = links.of_kind(catalog, "" if name == "website" else "USES", owner, end)
    return {"kind": end[1], "id": end[0], "value": value}, relation or links.related(owner, name, end)
