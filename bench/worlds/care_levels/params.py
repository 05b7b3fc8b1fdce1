"""What makes one world differ from the next: each number is drawn from a wide range."""

from __future__ import annotations

from datetime import date

from bench.worlds.care_levels.chance import Chance
from bench.worlds.care_levels.days import number_of

ATTRIBUTES = ("identity", "address", "account", "tracker", "favicon", "certificate", "redirect", "name", "registrar")
KINDS = ("Website", "Registration", "Resolution", "Nameserver", "Tracker", "Favicon", "Certificate", "Redirect")


class OperatorParams:
    """How operators work: shares between 0 and 1, lengths in days, care as the log-odds of using a thing again."""

    def __init__(self, chance: Chance) -> None:
        between = chance.uniform
        self.reuse = between(3, 4)
        self.reuse_spread = between(0.7, 1.4)  # between operators
        self.reuse_uneven = between(0.5, 1)  # between the attributes of one operator
        self.minimal = between(0.02, 0.07)
        self.rotates = between(0.15, 0.55)
        self.bias = {attribute: chance.gauss(0, 0.3) for attribute in ATTRIBUTES}
        self.mistypes = between(0.03, 0.3)
        self.privacy = between(0.05, 0.45)
        self.life = chance.scaled(90, 600)
        self.succession = between(0.4, 0.9)
        self.similar_successor = between(0.35, 0.85)
        self.cdn = between(0.1, 0.6)
        self.server_life = chance.scaled(150, 900)


class MarketParams:
    """Everybody else: how many providers there are, and shares of unrelated sites unless said otherwise."""

    def __init__(self, chance: Chance) -> None:
        between, count = chance.uniform, chance.randint
        self.privacy = between(0.1, 0.5)
        self.redacting = between(0.2, 0.7)  # of registrars
        self.organisation_visible = between(0, 0.5)
        self.junk_phone = between(0, 0.06)
        self.agencies = between(0.02, 0.12)
        self.agency_mailbox = between(0.02, 0.3)
        self.agency_tracker = between(0.02, 0.12)
        self.agency_address = between(0.05, 0.4)
        self.investors = between(0.01, 0.04)
        self.reseller_mailbox = between(0, 0.08)  # of resellers
        self.hosting_mix = [between(*share) for share in ((0.3, 0.6), (0.1, 0.35), *[(0.05, 0.2)] * 3)]
        self.registrar_count = count(12, 35)
        self.host_count = count(12, 40)
        self.reseller_count = count(4, 16)
        self.cdn_count = count(2, 4)
        self.builder_count = count(2, 6)
        self.template_count = count(6, 16)
        self.address_again = between(0.3, 0.85)  # of leases
        self.lookalikes = between(0.01, 0.06)
        self.imitators = between(0.003, 0.025)
        self.same_topics = between(0.05, 0.3)
        self.moves = between(0.2, 1.2)  # moves of a usual site in its life
        self.tracker = between(0.3, 0.7)
        self.favicon = between(0.5, 0.85)
        self.default_favicon = between(0.3, 0.7)
        self.certificate = between(0.4, 0.85)


class ObserverParams:
    """What observers miss, by kind, and how far they err; shares but for the clock, which is days off at most."""

    def __init__(self, chance: Chance) -> None:
        self.missing = {kind: 0.1 + 0.4 * chance.random() ** 1.8 for kind in KINDS}
        self.wrong = chance.uniform(0, 0.02)
        self.overlap = chance.uniform(0.1, 0.6)
        self.undated = chance.uniform(0, 0.12)
        self.clock = chance.choice([1, 2, 7, 30])


class Params:
    """The sizes of a world and all its shares."""

    def __init__(self, chance: Chance) -> None:
        self.sizes, ratio = _sizes(chance)
        self.unrelated = round(sum(self.sizes) * ratio)
        self.start = number_of(date(chance.randint(2012, 2017), chance.randint(1, 12), 1))
        self.end = self.start + int(chance.uniform(6, 10) * 365)
        self.operators = OperatorParams(chance)
        self.market = MarketParams(chance)
        self.observers = ObserverParams(chance)


def _sizes(chance: Chance) -> tuple[list[int], float]:
    """Return how many sites each operator has, and how many unrelated ones there are for each of these."""
    while True:
        count, ratio, steepness = int(chance.scaled(20, 100.99)), chance.scaled(3, 20), chance.uniform(1, 1.9)
        sizes = [
            min(2 + int(chance.paretovariate(steepness) * chance.uniform(0.6, 1.6) - 0.6), chance.randint(22, 32))
            for _ in range(count)
        ]
        if 1000 <= sum(sizes) * (1 + ratio) <= 4950:
            return sizes, ratio
