"""What is seen of the sites: less than there was, without some dates, and now and then wrongly."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from bench.worlds.unseen.params import Params
from bench.worlds.unseen.sites import Deed, Site, Span, days
from bench.worlds.unseen.words import Holder

Record = dict[str, Any]

SOURCE: Record = {"kind": "Source", "id": "obs", "name": "An observer of an unseen world", "invented": True}
FIELDS = {
    "Resolution": "ip",
    "Nameserver": "nameserver",
    "Certificate": "fingerprint",
    "Tracker": "tracker",
    "Favicon": "favicon",
    "Redirect": "to_domain",
}
REDACTED = "REDACTED FOR PRIVACY"
HIDDEN_FROM = date(2018, 5, 25)


class Observer:
    """One who looks at sites now and then; how much is missed differs between kinds."""

    def __init__(self, chance: Random, params: Params) -> None:
        self.chance, self.params = chance, params
        kinds = ("Website", "Registration", *FIELDS)
        self.missing = {kind: min(0.8, params.missing * chance.uniform(0.4, 1.6)) for kind in kinds}

    def dates(self, span: Span) -> dict[str, str]:
        """Return when something was first and last seen, within its time, or less than that."""
        length = (span[1] - span[0]).days
        early, late = sorted((self.chance.triangular(0, length, 0), self.chance.triangular(0, length, length)))
        seen = {"first_seen": span[0] + days(early), "last_seen": span[0] + days(max(early, late))}
        return {key: str(day) for key, day in seen.items() if self.chance.random() >= self.params.undated}

    def registration(self, domain: str, deed: Deed) -> Record:
        """Return what a registrar answers on a day within the time of a deed."""
        observed = deed.span[0] + days(self.chance.uniform(0, (deed.span[1] - deed.span[0]).days))
        holder = self._hidden(deed) if observed >= HIDDEN_FROM else dict(deed.holder)
        if self.chance.random() < 0.1:
            holder = {key: value.upper() for key, value in holder.items()}
        whole: Record = {
            "registrar": deed.registrar.name,
            **holder,
            "created": str(deed.span[0]),
            "expires": str(deed.span[1] + days(self.chance.uniform(1, 365))),
            "nameservers": list(deed.nameservers),
        }
        kept = {key: value for key, value in whole.items() if self.chance.random() >= self.params.missing / 4}
        return {"kind": "Registration", "source": "obs", "domain": domain, "observed": str(observed), **kept}

    def _hidden(self, deed: Deed) -> Holder:
        if self.chance.random() >= self.params.redaction:
            return dict(deed.holder)
        if deed.registrar.hides == "d":
            return {}
        left = {"registrant_org"} if deed.registrar.hides == "o" else set()
        return {key: value if key in left else REDACTED for key, value in deed.holder.items()}

    def look(self, site: Site) -> list[Record]:
        """Return all that is seen of a site, which is never less than that it exists."""
        seen = {} if self.chance.random() < self.missing["Website"] / 2 else self.dates(site.span)
        records: list[Record] = [{"kind": "Website", "source": "obs", "domain": site.domain, **seen}]
        for deed in site.deeds:
            for _ in range(self.chance.choice([1, 1, 2])):
                if self.chance.random() >= self.missing["Registration"]:
                    records.append(self.registration(site.domain, deed))
        for kind, value, span in site.stays:
            if self.chance.random() >= self.missing[kind]:
                said = {"domain": site.domain, FIELDS[kind]: value}
                records.append({"kind": kind, "source": "obs", **said, **self.dates(span)})
        return records


def observe(sites: list[Site], chance: Random, params: Params) -> list[Record]:
    """Return all that is seen of the sites; a few values are written down for a domain that never had them."""
    observer = Observer(chance, params)
    records = [record for site in sites for record in observer.look(site)]
    for record in records:
        if record["kind"] not in {"Website", "Redirect"} and chance.random() < params.wrong:
            record["domain"] = chance.choice(sites).domain
    chance.shuffle(records)
    return records
