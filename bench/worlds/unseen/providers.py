"""Those whose marks are on the sites of many: registrars, proxies, hosts, networks, traders, makers of kits."""

from __future__ import annotations

from random import Random

from bench.worlds.unseen.params import Params
from bench.worlds.unseen.sites import Place, Registrar, Site, Span, days
from bench.worlds.unseen.words import Holder, Words, mostly_first


class Market:
    """All the providers of one world, and the addresses they have rented out."""

    def __init__(self, chance: Random, params: Params) -> None:
        self.chance, self.params, self.words, few = chance, params, Words(chance), chance.randint
        words, crowd = self.words, params.sites / 100
        self.registrars = [
            Registrar(f"{words.word(3).title()} Domains", self._names(), chance.choice("rrdo"))
            for _ in range(few(8, 30))
        ]
        self.proxies = [(words.person(), words.domain(), chance.choice("osr")) for _ in range(few(2, 8))]
        self.hosts = [self._host(few(1, 6)) for _ in range(few(3, 4 + round(crowd)))]
        self.tolerant = self._host(few(1, 4))
        self.resellers = [(words.person(words.domain()), self._host(few(1, 4))) for _ in range(few(1, 4))]
        self.edges = [words.address() for _ in range(few(10, 15 + round(2 * crowd)))]
        self.edge_names = [f"{words.word(2)}.ns.{words.common[0]}cdn.com" for _ in range(few(6, 30))]
        self.edge_certificates = [words.fingerprint() for _ in range(few(4, 6 + round(crowd)))]
        self.traders, self.shelf = [words.person() for _ in range(few(1, 4))], (self._host(1)[0], words.tracker())
        self.sinkhole, self.seizer = self._host(1)[0], words.person(words.domain())
        self.themes = [(words.favicon(), words.tracker()) for _ in range(few(2, 4 + round(crowd)))]
        self.kits = [(words.favicon(), words.tracker()) for _ in range(few(1, 4))]
        self.rented: dict[str, list[Span]] = {}
        self.stolen: list[Holder] = []

    def _names(self) -> tuple[str, ...]:
        domain = self.words.domain()
        return (f"ns1.{domain}", f"ns2.{domain}")

    def _host(self, servers: int) -> list[Place]:
        names, common = self._names(), self.words.fingerprint() if self.chance.random() < 0.2 else None
        return [Place((self.words.address(),), names, common) for _ in range(servers)]

    def registrar(self) -> Registrar:
        """Return a registrar, the big ones more often."""
        return mostly_first(self.chance, self.registrars)

    def proxy(self, domain: str) -> Holder:
        """Return what a privacy proxy says in place of the holder: one address for all, or one for each domain."""
        person, at, way = mostly_first(self.chance, self.proxies)
        box = {"o": "contact", "s": domain, "r": f"{self.chance.getrandbits(48):x}"}[way]
        name = "Registration Private" if way != "s" else f"Domain Administrator {domain}"
        org = f"Privacy by {at.split('.', maxsplit=1)[0].title()}"
        return person | {"registrant_name": name, "registrant_email": f"{box}@{at}", "registrant_org": org}

    def shared(self) -> Place:
        """Return a server with many customers."""
        return mostly_first(self.chance, mostly_first(self.chance, self.hosts))

    def network(self) -> Place:
        """Return a place at the content delivery network: two of its edges and the name servers of an account."""
        certificate = self.chance.choice(self.edge_certificates) if self.chance.random() < 0.5 else None
        names = tuple(sorted(self.chance.sample(self.edge_names, 2)))
        return Place(tuple(self.chance.sample(self.edges, 2)), names, certificate)

    def machine(self, span: Span) -> Place:
        """Return a rented machine, whose address somebody else may have had at another time."""
        address = self.words.address()
        if self.rented and self.chance.random() < self.params.recycled:
            known = self.chance.choice(list(self.rented))
            if all(span[1] < begin or end < span[0] for begin, end in self.rented[known]):
                address = known
        self.hold(address, span)
        return Place((address,), self.registrar().nameservers)

    def hold(self, address: str, span: Span) -> None:
        """Remember that a machine was rented for a time."""
        self.rented.setdefault(address, []).append(span)

    def surround(self, site: Site, taken: bool) -> None:
        """Let a domain, at times, belong to a trader before or after its life, or be seized."""
        chance, length = self.chance, days(self.chance.uniform(60, 700))
        before = (site.span[0] - length - days(20), site.span[0] - days(20))
        after = (site.span[1] + days(20), site.span[1] + days(20) + length)
        if taken and chance.random() < self.params.seized:
            site.serve(self.sinkhole, self.seizer, self.registrars[0], after)
            after = before
        for span in dict.fromkeys((before, after)):
            if chance.random() < self.params.traded:
                trader = mostly_first(chance, self.traders) if chance.random() < 0.3 else self.proxy(site.domain)
                site.serve(self.shelf[0], trader, self.registrar(), span)
                site.show("Tracker", self.shelf[1], span)
